"""From the statuses of Mastodon's API, in the shapes its answers give them, to items.

The shapes are those of docs.joinmastodon.org/entities/Status and Notification, and of recorded
answers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from oyez.errors import SourceUnavailable
from oyez.landing import Reject
from oyez.sources import guarded
from oyez.sources.contract import Found
from oyez.sources.plain import plain

Status = dict[str, Any]


def parse(body: bytes | Any, *, domain: str = "") -> Iterator[Found | Reject]:
    """Yield the items of any answer of the API: statuses, notifications, a search, a context.

    Args:
        body: the answer's bytes, or its JSON.
        domain: of handles without one.

    Raises:
        SourceUnavailable: the bytes are no JSON.
    """
    if isinstance(body, bytes):
        try:
            body = json.loads(body)
        except ValueError:
            raise SourceUnavailable("broken JSON", action="try again later") from None
    if isinstance(body, dict) and "error" in body:
        yield Reject("", 1, "refused", str(body["error"]), body)
        return
    if isinstance(body, dict) and not {"uri", "status"} & set(body):
        lists = [body.get(name) for name in ("statuses", "ancestors", "descendants")]
        if not any(isinstance(one, list) for one in lists):
            yield Reject("", 1, "bad_shape", "holds no status", body)
            return
        body = [one for entries in lists if isinstance(entries, list) for one in entries]
    for number, entry in enumerate(body if isinstance(body, list) else [body], start=1):
        status = entry.get("status") if isinstance(entry, dict) and "type" in entry else entry
        if not isinstance(status, dict):
            yield Reject("", number, "bad_shape", "holds no status", entry)
            continue
        ref = str(status.get("id"))
        yield guarded.one(status, ref, number, item, status, domain=domain)


def item(status: Status, *, domain: str) -> Found | Reject:
    """Return a status as an item: HTML as plain text, a boost without the text it repeats."""
    uri = status.get("uri")
    if not isinstance(uri, str) or not uri:
        return Reject(str(status.get("id") or ""), 1, "missing_id", "the status has no uri", status)
    account = status.get("account") if isinstance(status.get("account"), dict) else {}
    assert isinstance(account, dict)  # noqa: S101  narrows the type
    boosted = status.get("reblog") if isinstance(status.get("reblog"), dict) else None
    kind = "reply" if status.get("in_reply_to_id") else "post"
    if status.get("visibility") == "direct":
        kind = "message"
    data: dict[str, Any] = {
        "published_at": status.get("created_at"),
        "network": "mastodon",
        "channel": "social",
        "kind": "repost" if boosted else kind,
        "url": status.get("url") or uri,
        "author_id": account.get("uri") or account.get("url"),
        "author_handle": handle_of(account, domain) if account else None,
        "author_name": account.get("display_name") or account.get("username"),
        "author_followers": _count(account.get("followers_count")),
        "visibility": status.get("visibility"),
    }
    if boosted:
        data["parent_id"] = boosted.get("uri")
    else:
        data |= {
            "text": plain(str(status.get("content") or "")),
            "title": status.get("spoiler_text"),
            "language": status.get("language"),
            "edited_at": status.get("edited_at"),
            "like_count": _count(status.get("favourites_count")),
            "repost_count": _count(status.get("reblogs_count")),
            "reply_count": _count(status.get("replies_count")),
        }
    known = {name: value for name, value in data.items() if value is not None}
    return Found(uri, known, status, str(status.get("id") or uri))


def _count(value: Any) -> int | None:
    # Remote counters are unknown to the server at times: some then say -1.
    return value if isinstance(value, int) and value >= 0 else None


def handle_of(account: Status, domain: str) -> str:
    """Return an account's handle with its domain, without a leading @."""
    acct = str(account.get("acct") or account.get("username") or "")
    return acct if "@" in acct or not domain else f"{acct}@{domain}"


def date_of(entry: Status) -> datetime | None:
    """Return when a status or a notification was created, naive UTC; None if nobody can tell."""
    try:
        moment = datetime.fromisoformat(str(entry.get("created_at")))
    except ValueError:
        return None
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def number_of(status: Status) -> int:
    """Return a status's id where it is a number, else 0."""
    text = str(status.get("id") or "")
    return int(text) if text.isdecimal() and len(text) < 20 else 0


def id_at(moment: datetime) -> int:
    """Return the first id that Mastodon draws at a naive UTC instant."""
    return int(moment.replace(tzinfo=UTC).timestamp() * 1000) << 16


def time_of(number: int) -> datetime:
    """Return when Mastodon drew an id, naive UTC."""
    return datetime.fromtimestamp((number >> 16) / 1000, UTC).replace(tzinfo=None)
