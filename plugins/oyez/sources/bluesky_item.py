"""From Bluesky's posts, in the several shapes its API gives them, to items.

Where the facts come from: the lexicons `app.bsky.feed.defs`, `app.bsky.feed.post`,
`app.bsky.notification.listNotifications` and `app.bsky.richtext.facet` of bluesky-social/atproto,
and recorded answers. Facets count bytes of UTF-8, not characters. `createdAt` is whatever the
writer's program says: it may lie in 1970 or next year, so `published_at` is the earlier of it and
`indexedAt` (the order in which Bluesky sorts, its `sortAt`), or `indexedAt` where `createdAt`
cannot be true; `indexed_at` stays beside it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from oyez.errors import SourceUnavailable
from oyez.landing import Reject
from oyez.sources import guarded
from oyez.sources.contract import Found
from oyez.sources.item import EARLIEST, BadValue, instant

View = dict[str, Any]
POST, REPOST = "app.bsky.feed.post", "app.bsky.feed.repost"
_SIGNED_IN_ONLY = "!no-unauthenticated"
_UTC = ZoneInfo("UTC")


def parse(body: bytes | Any) -> Iterator[Found | Reject]:
    """Yield the items of any answer of the API that holds posts.

    Args:
        body: the answer's bytes, or its JSON.

    Raises:
        SourceUnavailable: the bytes are no JSON.
    """
    if isinstance(body, bytes):
        try:
            body = json.loads(body)
        except ValueError:
            raise SourceUnavailable("broken JSON", action="try again later") from None
    if not isinstance(body, dict):
        yield Reject("", 1, "bad_shape", "holds no post", body)
    elif "error" in body and "record" not in body:
        yield Reject("", 1, "refused", f"{body['error']}: {body.get('message', '')}", body)
    elif (found := views(body)) is None:
        yield Reject("", 1, "bad_shape", "holds no post", body)
    else:
        for row, view in enumerate(found, start=1):
            yield guarded.one(view, str(view.get("uri")), row, item, view)


def views(body: View) -> list[View] | None:
    """Return the posts and reposts in an answer, as views; None if it is of another kind.

    A view is what the API calls `postView`: uri, author, record, indexedAt and counters. Where the
    API gives less (notifications, bare records) the view has less.
    """
    for name in ("posts", "notifications"):
        if isinstance(body.get(name), list):
            return [one for one in body[name] if isinstance(one, dict) and _is_post(one)]
    if isinstance(body.get("feed"), list):
        return [view for one in body["feed"] if isinstance(one, dict) for view in _fed(one)]
    if isinstance(body.get("records"), list):
        return [of_record(one, {}) for one in body["records"] if isinstance(one, dict)]
    if isinstance(body.get("thread"), dict):
        return list(_threaded(body["thread"]))
    if isinstance(body.get("post"), dict):
        return list(_threaded(body))
    if body.get("$type") in (POST, REPOST):
        return [{"record": body}]
    return [body] if isinstance(body.get("record"), dict) else None


def of_record(entry: View, author: View) -> View:
    """Return the view of a record as a repository lists it."""
    return {
        "uri": entry.get("uri"),
        "cid": entry.get("cid"),
        "record": entry.get("value"),
        "author": author,
    }


def sort_at(view: View) -> datetime | None:
    """Return the instant at which the item counts as published, naive UTC; None if unknown."""
    record = view.get("record")
    created = _instant(record.get("createdAt")) if isinstance(record, dict) else None
    indexed = _instant(view.get("indexedAt"))
    if created is None or created < EARLIEST:
        return indexed or created
    return min(created, indexed) if indexed else created


def indexed_at(view: View) -> datetime | None:
    """Return when Bluesky first saw the item, naive UTC; None if unknown."""
    return _instant(view.get("indexedAt"))


def item(view: View) -> Found | Reject:
    """Return a post or a repost as an item."""
    uri, record, author = view.get("uri"), view.get("record"), view.get("author")
    if not isinstance(uri, str) or not uri:
        return Reject("", 1, "missing_id", "the post has no uri", view)
    if not isinstance(record, dict):
        return Reject(uri, 1, "bad_shape", "the post has no record", view)
    author = author if isinstance(author, dict) else {}
    published, handle = sort_at(view), author.get("handle")
    data: dict[str, Any] = {
        "published_at": published.isoformat() if published else record.get("createdAt"),
        "indexed_at": view.get("indexedAt"),
        "network": "bluesky",
        "channel": "social",
        "author_id": author.get("did") or _did(uri),
        # A handle that its domain no longer confirms.
        "author_handle": None if handle == "handle.invalid" else handle,
        "author_name": author.get("displayName") or None,
        "author_followers": author.get("followersCount"),
    }
    labels = author.get("labels")
    given = [one.get("val") for one in labels or () if isinstance(one, dict)]
    if _SIGNED_IN_ONLY in given:
        data["visibility"] = "signed_in"
    subject = record.get("subject")
    if isinstance(subject, dict):
        data |= {"kind": "repost", "parent_id": subject.get("uri"), "url": _url(subject.get("uri"))}
    else:
        reply = record.get("reply") if isinstance(record.get("reply"), dict) else None
        languages = record.get("langs")
        data |= {
            "kind": "reply" if reply else "post",
            "text": text_of(record),
            "url": _url(uri),
            "language": languages[0] if isinstance(languages, list) and languages else None,
            "parent_id": _uri_in(reply, "parent"),
            "thread_id": _uri_in(reply, "root"),
            "like_count": view.get("likeCount"),
            "repost_count": view.get("repostCount"),
            "reply_count": view.get("replyCount"),
        }
    known = {name: value for name, value in data.items() if value is not None}
    raw = {name: value for name, value in view.items() if name != "viewer"}
    return Found(uri, known, raw, uri)


def text_of(record: View) -> str:
    """Return a post's words; addresses that programs shorten ("example.com/ab…") in full."""
    text = str(record.get("text") or "")
    source, facets = text.encode("utf-8", "surrogatepass"), record.get("facets")
    links = sorted(_links(facets if isinstance(facets, list) else []), reverse=True)
    for start, end, address in links:
        shown = source[start:end]
        if 0 <= start < end <= len(source) and shown.endswith(("…".encode(), b"...")):
            source = source[:start] + address.encode("utf-8", "surrogatepass") + source[end:]
    return source.decode("utf-8", "replace")


def _links(facets: list[Any]) -> Iterator[tuple[int, int, str]]:
    for facet in facets:
        index = facet.get("index") if isinstance(facet, dict) else None
        features = facet.get("features") if isinstance(facet, dict) else None
        if not isinstance(index, dict) or not isinstance(features, list):
            continue
        start, end = index.get("byteStart"), index.get("byteEnd")
        for feature in features:
            address = feature.get("uri") if isinstance(feature, dict) else None
            if isinstance(start, int) and isinstance(end, int) and isinstance(address, str):
                yield start, end, address


def _is_post(view: View) -> bool:
    """Tell a post from a like or a follow among notifications."""
    record = view.get("record")
    return view.get("reason") in (None, "mention", "reply", "quote") or (
        isinstance(record, dict) and record.get("$type") == POST
    )


def _fed(entry: View) -> Iterator[View]:
    """Yield what one line of a feed holds: a post, and the repost that brought it there."""
    post, reason = entry.get("post"), entry.get("reason")
    if not isinstance(post, dict):
        return
    if isinstance(reason, dict) and isinstance(reason.get("by"), dict):
        who, when = reason["by"], reason.get("indexedAt")
        yield {
            # Older servers do not say which record the repost is.
            "uri": reason.get("uri") or f"{post.get('uri')}#repost-{who.get('did')}",
            "author": who,
            "indexedAt": when,
            "record": {"$type": REPOST, "subject": {"uri": post.get("uri")}, "createdAt": when},
        }
    yield post


def _threaded(node: View) -> Iterator[View]:
    """Yield the posts of a thread; a deleted or blocked one has no `post`."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if isinstance(node.get("post"), dict):
            yield node["post"]
        replies = node.get("replies")
        near = [node.get("parent"), *(replies if isinstance(replies, list) else [])]
        waiting += [one for one in near if isinstance(one, dict)]


def _uri_in(reply: View | None, name: str) -> str | None:
    end = (reply or {}).get(name)
    return end.get("uri") if isinstance(end, dict) else None


def _url(uri: Any) -> str | None:
    """Return the address of a post's page, from `at://did/app.bsky.feed.post/key`."""
    parts = str(uri).removeprefix("at://").split("/")
    if len(parts) != 3 or parts[1] != POST:
        return None
    return f"https://bsky.app/profile/{parts[0]}/post/{parts[2]}"


def _did(uri: str) -> str | None:
    owner = uri.removeprefix("at://").partition("/")[0]
    return owner if owner.startswith("did:") else None


def _instant(text: Any) -> datetime | None:
    try:
        return instant(text, date_format=None, zone=_UTC) if isinstance(text, str) else None
    except BadValue:
        return None
