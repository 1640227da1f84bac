"""Landing: what was collected, as it was collected, before anybody interprets it.

A run is a folder `landing/source=S/client=C/day=D/run=R/` with
- `items-00001.ndjson.zst`: one envelope a line, `{"native_id", "author_key", "data", "raw",
"ref"}`:
  `data` holds the item's canonical fields, `raw` the record as the source gave it, `ref` its place
  there;
- `rejects-00001.ndjson.zst`: records that could not be read, `{"ref", "row", "reason", "detail",
"raw"}`;
- `attention-00001.ndjson.zst`: readings of what is counted a day and has no writer nor words,
`{"brand_id", "measure", "subject", "day_utc", "value", "reason"}`; most sources have none;
- `_manifest.json`, written last: a run without it does not exist.
Landing appends; the newest version of an item wins later on. Nothing here is ever edited but by
redaction.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import zstandard

from oyez import keys
from oyez.errors import DataError
from oyez.storage import AlreadyExists, Storage

MANIFEST = "_manifest.json"
_ENCODER = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), default=str)
_PAGE_ROWS = 50_000
_SUFFIX = ".ndjson.zst"


@dataclass(frozen=True)
class Measured:
    """A stretch of time and what is known about it: one interval of coverage (law 11).

    `start` and `end` are naive UTC instants, half-open; `query` is a brand id, or `*` for all.
    """

    start: datetime
    end: datetime
    state: str
    query: str = "*"
    reason: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return a JSON-able form; the manifest keeps it."""
        return {
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "state": self.state,
            "query": self.query,
            "reason": self.reason,
        }

    @classmethod
    def from_json(cls, body: dict[str, Any]) -> Measured:
        """Read what `as_json` wrote."""
        return cls(
            start=datetime.fromisoformat(body["start"]),
            end=datetime.fromisoformat(body["end"]),
            state=body["state"],
            query=body["query"],
            reason=body["reason"],
        )


@dataclass(frozen=True)
class Reject:
    """A record that could not be read: its place, a reason from a short list, and the detail."""

    ref: str
    row: int
    reason: str
    detail: str
    raw: Any


@dataclass(frozen=True)
class Attention:
    """How often something about a brand was looked at on one UTC day: a count, never a mention.

    Attributes:
        brand_id: whom it is about.
        measure: what is counted: `wikipedia_views`.
        subject: what was looked at: `fr.wikipedia/Maison_Verdier`.
        day_utc: the day as the site counts it; it is not the client's day.
        value: None is "not measured", and then `reason` says why.
        reason: why there is no value.
    """

    brand_id: str
    measure: str
    subject: str
    day_utc: date
    value: int | None
    reason: str | None = None


@dataclass(frozen=True)
class Envelope:
    """An item as it landed."""

    native_id: str
    data: dict[str, Any]
    raw: Any
    ref: str
    author_key: str | None = None


def run_key(source_id: str, client_id: str, day: date, run_id: str) -> str:
    """Return the key prefix of a run, without a slash at its end."""
    return f"landing/source={source_id}/client={client_id}/day={day.isoformat()}/run={run_id}"


def client_of(run: str) -> str:
    """Return the id of the client whose run this is."""
    return next(part for part in run.split("/") if part.startswith("client=")).removeprefix(
        "client="
    )


def write(
    storage: Storage,
    run: str,
    *,
    items: Iterable[Envelope],
    rejects: Iterable[Reject],
    coverage: Iterable[Measured],
    author_secret: bytes,
    facts: dict[str, Any],
    attention: Iterable[Attention] = (),
) -> dict[str, Any]:
    """Land a run and return its manifest; a run that was landed before is left as it is.

    Args:
        storage: the data root.
        run: from `run_key`.
        items: envelopes in the source's own order.
        rejects: what could not be read.
        coverage: what the run measured.
        author_secret: the client's key for `author_key`.
        facts: client, source, collected_at (naive UTC, ISO) and whatever else the source records.
        attention: what was counted a day, where the source counts anything.
    """
    if storage.exists(f"{run}/{MANIFEST}"):
        return manifest(storage, run)
    # Pages left by a run that was killed are overwritten, never deleted: another process may be
    # landing the same file right now, and equal content gives equal pages.
    pages: list[dict[str, Any]] = []
    counts = {}
    for name, lines in (
        ("items", (_envelope_line(item, author_secret) for item in items)),
        ("rejects", (_line(vars(reject)) for reject in rejects)),
        ("attention", (_line(vars(reading)) for reading in attention)),
    ):
        counts[name] = 0
        for number, page in enumerate(_pages(lines), start=1):
            key = f"{run}/{name}-{number:05d}.ndjson.zst"
            data = _packed(page)
            storage.replace(key, data)
            pages.append(
                {"key": key, "rows": len(page), "sha256": hashlib.sha256(data).hexdigest()}
            )
            counts[name] += len(page)
    body = {
        **facts,
        "run": run,
        "pages": pages,
        "item_count": counts["items"],
        "reject_count": counts["rejects"],
        "attention_count": counts["attention"],
        "coverage": [one.as_json() for one in coverage],
    }
    try:
        storage.create(f"{run}/{MANIFEST}", json.dumps(body, indent=1, sort_keys=True).encode())
    except AlreadyExists:
        return manifest(storage, run)  # two imports of one file at once: the same content
    return body


def manifest(storage: Storage, run: str) -> dict[str, Any]:
    """Return a run's manifest.

    Raises:
        FileNotFoundError: the run does not exist.
    """
    body: dict[str, Any] = json.loads(storage.read(f"{run}/{MANIFEST}"))
    return body


def runs(storage: Storage, prefix: str = "landing/") -> list[str]:
    """Return the keys of all complete runs, in order."""
    return [
        key.removesuffix(f"/{MANIFEST}")
        for key in storage.list(prefix)
        if key.endswith(f"/{MANIFEST}")
    ]


def read(storage: Storage, run: str, name: str) -> Iterator[dict[str, Any]]:
    """Yield the lines of a run's `items`, `rejects` or `attention` pages.

    Raises:
        DataError: a page is damaged; restore it from a backup, or delete the run and import again.
    """
    for page in manifest(storage, run)["pages"]:
        if not _is_page_of(page, name):
            continue
        data = storage.read(page["key"])
        if hashlib.sha256(data).hexdigest() != page["sha256"]:
            raise DataError(
                "the bytes differ from what the manifest recorded",
                where=page["key"],
                action="restore the file from a backup, or delete the run's folder "
                "and import again",
            )
        yield from _lines(data)


def redact(
    storage: Storage,
    run: str,
    native_ids: set[str],
    outcomes: Callable[[], dict[str, dict[str, Any]]] = dict,
) -> int:
    """Blank the words of these items in a landed run, for good, and return how many were blanked.

    A tombstone stays: the native id, the place and the date, so that the item is not taken for new,
    and what was counted from its words, so that a report as of an earlier day can count it again.
    Redacting twice changes nothing.

    Args:
        storage: the data root.
        run: from `run_key`.
        native_ids: of the items.
        outcomes: gives native id → what staging found, JSON-able; asked only where an item of the
            run is to be blanked.
    """
    if not storage.exists(f"{run}/{MANIFEST}"):
        return 0
    body = manifest(storage, run)
    count = 0
    found: dict[str, dict[str, Any]] = {}
    for page in body["pages"]:
        if not _is_page_of(page, "items"):
            continue
        lines = list(_lines(storage.read(page["key"])))
        hit = [
            line for line in lines if line["native_id"] in native_ids and not line.get("withdrawn")
        ]
        if not hit:
            continue
        found = found or outcomes()
        for line in hit:
            settled = line.get("settled")
            if not line.get("redacted"):  # else what is staged was found in no words
                settled = found.get(line["native_id"])
            if settled:
                line["settled"] = {**settled, "item": {**settled["item"], "url": None}}
            kept = (
                "native_id",
                "published_at",
                "network",
                "channel",
                "kind",
                "parent_id",
                "thread_id",
            )
            line["data"] = {name: line["data"][name] for name in kept if name in line["data"]}
            line["data"]["text"] = ""
            line |= {"author_key": None, "raw": None, "redacted": True, "withdrawn": True}
        data = _packed(_line(line) for line in lines)
        # First the digest to come, then the bytes: a kill in between leaves a page that `read`
        # refuses by name, and the next redaction, which reads without checking, writes both again.
        page["sha256"] = hashlib.sha256(data).hexdigest()
        storage.replace(f"{run}/{MANIFEST}", json.dumps(body, indent=1, sort_keys=True).encode())
        storage.replace(page["key"], data)
        count += len(hit)
    return count


def let_go(storage: Storage, run: str, outcomes: dict[str, dict[str, Any]]) -> None:
    """Replace the words of all items of a landed run by what was found in them, for good.

    What could not be read loses its record too; its reason stays. Doing it twice changes nothing.

    Args:
        storage: the data root.
        run: from `run_key`.
        outcomes: native id → what staging found, JSON-able; items that were redacted stay so.
    """
    body = manifest(storage, run)
    if not body.get("let_go"):
        for page in body["pages"]:
            if not (_is_page_of(page, "items") or _is_page_of(page, "rejects")):
                continue
            lines = list(_lines(storage.read(page["key"])))
            for line in lines:
                line["raw"] = None
                if "detail" in line:
                    line["detail"] = ""  # it may quote the record
                native_id = line.get("native_id")
                if native_id is not None and not line.get("redacted"):
                    line["data"] = {"text": ""}
                    line |= {"redacted": True, "settled": outcomes[native_id]}
            data = _packed(_line(line) for line in lines)
            # A new page under a new name: killed anywhere, the manifest names whole pages.
            page["key"] = page["key"].removesuffix(_SUFFIX) + f"-let-go{_SUFFIX}"
            page["sha256"] = hashlib.sha256(data).hexdigest()
            storage.replace(page["key"], data)
        body["let_go"] = True
        storage.replace(f"{run}/{MANIFEST}", json.dumps(body, indent=1, sort_keys=True).encode())
    named = {page["key"] for page in body["pages"]} | {f"{run}/{MANIFEST}"}
    for key in list(storage.list(f"{run}/")):
        if key not in named:
            storage.delete(key)


def _is_page_of(page: dict[str, Any], name: str) -> bool:
    key: str = page["key"]
    return key.rsplit("/", 1)[1].startswith(f"{name}-")


def _lines(data: bytes) -> Iterator[dict[str, Any]]:
    for line in zstandard.ZstdDecompressor().decompress(data).splitlines():
        yield json.loads(line)


def _packed(lines: Iterable[bytes]) -> bytes:
    return zstandard.ZstdCompressor(level=6).compress(b"".join(lines))


def _pages(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    page: list[bytes] = []
    for line in lines:
        page.append(line)
        if len(page) == _PAGE_ROWS:
            yield page
            page = []
    if page:
        yield page


def _envelope_line(item: Envelope, secret: bytes) -> bytes:
    data = item.data
    who = data.get("author_id") or data.get("author_handle") or data.get("author_name")
    author = keys.author_key(secret, str(data.get("network", "")), str(who)) if who else None
    return _line(
        {
            "native_id": item.native_id,
            "author_key": author,
            "data": data,
            "raw": item.raw,
            "ref": item.ref,
        }
    )


def _line(body: dict[str, Any]) -> bytes:
    # splitlines() above also splits on U+2028 and its kin, so they are written escaped.
    return _ENCODER.encode(body).encode() + b"\n"
