"""Stages one landed run: each envelope becomes an item, its mentions and their verdicts.

A pure function of the run, the client's file and the code: staging a run twice writes equal rows,
so a killed task is simply run again.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from oyez import keys, landing
from oyez.config.model import Client
from oyez.days import local_day, local_time
from oyez.errors import ConfigError
from oyez.stage.keys_seen import observed
from oyez.stage.language import Detector
from oyez.stage.match import Match, Matcher
from oyez.stage.parquet import write
from oyez.stage.settled import restored
from oyez.stage.sites import Sites
from oyez.stage.tables import TABLES
from oyez.storage import Storage
from oyez.workspace import Workspace

MANIFEST = landing.MANIFEST
# What changes while the content stays: read anew at each collection, kept in core.counter.
_COUNTERS = ("like_count", "repost_count", "reply_count", "view_count")
_YES = frozenset({"true", "yes", "1", "oui", "vrai"})
IMPORTED = "imported"  # the model name of a tone that came with the item
_IMPORTED_POLARITY = {"positive": Decimal(1), "neutral": Decimal(0), "negative": Decimal(-1)}

Rows = dict[str, list[dict[str, Any]]]


def stage_key(run: str) -> str:
    """Return the key prefix under which a landed run is staged."""
    return "stage/" + run.removeprefix("landing/")


def is_staged(storage: Storage, run: str) -> bool:
    """Tell whether a run was staged, published since or not."""
    return storage.exists(f"{stage_key(run)}/{MANIFEST}")


def matching_hash(client: Client) -> str:
    """Return the SHA-256 of all in a client's file that decides what its items are about."""
    parts = ("brands", "competitors", "scopes", "exclude", "languages", "timezone")
    body = client.model_dump(mode="json", include=set(parts))
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def matching_parts(client: Client) -> dict[str, str]:
    """Return eight hex digits of each part of a client's file by which items are matched.

    `query`: what is said of the client's own brands and their scopes; `exclusion`: what is noise;
    `competitor`: the set that the brands are compared with.
    """
    parts = {
        "query": ("brands", "scopes", "languages", "timezone"),
        "exclusion": ("exclude",),
        "competitor": ("competitors",),
    }
    return {
        part: hashlib.sha256(
            json.dumps(client.model_dump(mode="json", include=set(names)), sort_keys=True).encode()
        ).hexdigest()[:8]
        for part, names in parts.items()
    }


def outdated(workspace: Workspace) -> dict[str, int]:
    """Return client id → runs staged by names, exclusions or a zone that changed since."""
    counts: Counter[str] = Counter()
    for key in workspace.storage.list("stage/"):
        if key.endswith(f"/{MANIFEST}"):
            body = json.loads(workspace.storage.read(key))
            client = workspace.clients.get(body["client"])
            if client and body.get("matching") != matching_hash(client):
                counts[client.id] += 1
    return dict(counts)


def stage(workspace: Workspace, run: str) -> dict[str, Any]:
    """Stage one landed run and return its counts; a run that was staged before is left as it is.

    Raises:
        ConfigError: the run's client has no file any more; restore it or delete the run.
        DataError: the run's bytes are damaged.
    """
    storage = workspace.storage
    target = stage_key(run)
    if storage.exists(f"{target}/{MANIFEST}"):
        body: dict[str, Any] = json.loads(storage.read(f"{target}/{MANIFEST}"))
        return {**body, "state": "already_staged"}
    manifest = landing.manifest(storage, run)
    client = workspace.clients.get(manifest["client"])
    if client is None:
        raise ConfigError(
            "a landed run belongs to a client without a file",
            client=manifest["client"],
            where=run,
            action=f"restore clients/{manifest['client']}.yml, or delete the run's folder",
        )
    rows = _RunReader(client, manifest).read(storage, run)
    write(storage, target, TABLES, rows)
    body = {
        "run": run,
        "client": client.id,
        "source": manifest["source"],
        "item_count": len(rows["item"]),
        "mention_count": len(rows["mention"]),
        "quarantined_count": len(rows["quarantine"]),
        "unmatched_count": rows["batch"][0]["unmatched_count"],
        "matching": matching_hash(client),
    }
    storage.replace(f"{target}/{MANIFEST}", json.dumps(body, indent=1, sort_keys=True).encode())
    return {**body, "state": "staged"}


def rows_of(workspace: Workspace, run: str) -> Rows:
    """Return table → rows of a landed run as it would be staged now; nothing is written.

    Raises:
        ConfigError: no such client.
        DataError: the run's bytes are damaged.
    """
    manifest = landing.manifest(workspace.storage, run)
    client = workspace.client(manifest["client"])
    return _RunReader(client, manifest).read(workspace.storage, run)


class _RunReader:
    """Interprets the envelopes of one run for one client."""

    def __init__(self, client: Client, manifest: dict[str, Any]) -> None:
        self.client, self.manifest = client, manifest
        self.source_id: str = manifest["source"]
        self.batch_id: str = manifest["run"]
        self.collected_at = datetime.fromisoformat(manifest["collected_at"])
        self.mapping_brands: dict[str, str] = manifest.get("brands", {})
        self.native_id_is_network: bool = manifest.get("native_id_is", "network") == "network"
        self.matcher = Matcher(client)
        self.sites = Sites(client)

    @cached_property
    def detector(self) -> Detector:
        # Loading its model takes half a second, and many exports say the language themselves.
        return Detector(self.client.languages)

    def read(self, storage: Storage, run: str) -> Rows:
        rows: Rows = {name: [] for name in TABLES}
        envelopes = self._newest(landing.read(storage, run, "items"))
        shared = _shared_addresses(envelopes)
        authors: dict[str, dict[str, Any]] = {}
        unmatched = 0
        for envelope in envelopes:
            if "settled" in envelope:
                unmatched += not self._settled(envelope, rows)
                continue
            item = self._item(envelope, shared)
            rows["item"].append(item)
            rows["counter"] += self._counters(item, envelope["data"])
            mentions = self._mentions(item, envelope["data"])
            unmatched += not mentions
            rows["mention"] += mentions
            rows["verdict"] += self._verdicts(mentions, envelope["data"].get("sentiment"))
            identity = self._author(item, envelope["data"])
            if identity:
                known = authors.setdefault(identity["author_key"], identity)
                if identity["seen_at"] >= known["seen_at"]:
                    authors[identity["author_key"]] = identity
        rows["author"] = list(authors.values())
        rows["quarantine"] = list(self._quarantine(storage, run))
        rows["coverage"] = list(self._coverage())
        rows["attention"] = list(self._attention(storage, run))
        rows["batch"] = [
            {
                "batch_id": self.batch_id,
                "client_id": self.client.id,
                "source_id": self.source_id,
                "source_kind": self.manifest.get("kind"),
                **{f"{part}_hash": value for part, value in matching_parts(self.client).items()},
                "landed_at": self.collected_at,
                "row_count": self.manifest["item_count"] + self.manifest["reject_count"],
                "item_count": len(rows["item"]),
                "quarantined_count": len(rows["quarantine"]),
                "unmatched_count": unmatched,
                **self._spent(),
            }
        ]
        rows["key"] = [
            {
                "client_id": self.client.id,
                "source_id": self.source_id,
                "batch_id": self.batch_id,
                "observed_at": self.collected_at,
                **seen,
            }
            for seen in observed(envelope["raw"] for envelope in envelopes)
        ]
        # Day order keeps the warehouse's row groups prunable by day (shuffled rows cost 3.9 times).
        for name in ("item", "counter", "mention", "verdict"):
            rows[name].sort(key=lambda row: (row["day"], row["item_id"], row.get("mention_id", "")))
        return rows

    @staticmethod
    def _newest(lines: Iterator[dict[str, Any]]) -> list[dict[str, Any]]:
        # One file may hold an item twice; its last row is the newest reading.
        newest: dict[str, dict[str, Any]] = {}
        for envelope in lines:
            newest.pop(envelope["native_id"], None)
            newest[envelope["native_id"]] = envelope
        return list(newest.values())

    def _item_id(self, native_id: str) -> str:
        instance = self.manifest.get("instance", "")
        return keys.item_id(self.client.id, self.source_id, instance, native_id)

    def _item(self, envelope: dict[str, Any], shared: set[str]) -> dict[str, Any]:
        data = envelope["data"]
        published = datetime.fromisoformat(data["published_at"])
        collected = data.get("collected_at")
        url = _web_address(data.get("url"))
        text, title = data["text"], data.get("title")
        full_text = f"{title}\n{text}" if title else text
        handle = data.get("author_handle") or data.get("author_id")
        original, is_strong = keys.original_id(
            network=data["network"],
            native_id=envelope["native_id"],
            native_id_is_network=self.native_id_is_network,
            url=url,
            is_shared=keys.claimed_address(url, data["kind"]) in shared,
            kind=data["kind"],
            parent_id=data.get("parent_id"),
            author=envelope["author_key"],
            published_at=published,
            text=full_text,
        )
        content = {name: value for name, value in data.items() if name not in _COUNTERS}
        content.pop("collected_at", None)
        parent = data.get("parent_id")
        text_hash = keys.text_hash(full_text)
        link_count, linked = self.sites.linked(full_text)
        item_id = self._item_id(envelope["native_id"])
        return {
            "client_id": self.client.id,
            "day": local_day(published, self.client.zone),
            "item_id": item_id,
            "published_at": published,
            "hour_local": local_time(published, self.client.zone).hour,
            "collected_at": datetime.fromisoformat(collected) if collected else self.collected_at,
            "source_id": self.source_id,
            "network": data["network"],
            "channel": data["channel"],
            "kind": data["kind"],
            "native_id": envelope["native_id"],
            "url": url,
            "original_id": original,
            "is_strong_original": is_strong,
            "story_id": item_id,  # until the publish finds what it repeats
            "author_key": envelope["author_key"],
            "follower_count": data.get("author_followers"),
            "owned_brand_id": self.matcher.owner(data["network"], handle),
            "parent_item_id": self._item_id(parent) if parent else None,
            "thread_id": data.get("thread_id"),
            "title": title,
            "text": text,
            "text_hash": text_hash,
            "language": data.get("language", "")[:2].lower() or self.detector.detect(full_text),
            "rating": Decimal(data["rating"]) if "rating" in data else None,
            "outlet": data.get("outlet"),
            "place": data.get("place"),
            "visibility": data.get("visibility"),
            "is_paid": data["is_paid"].lower() in _YES if "is_paid" in data else None,
            "site_brand_id": self.sites.owner(url),
            "link_count": link_count,
            "linked_brand_ids": linked,
            "exclusion": self.matcher.exclusion(
                network=data["network"], handle=handle, url=url, text=full_text
            ),
            "content_hash": _content_hash(content),
            "batch_id": self.batch_id,
            "raw_ref": f"{self.batch_id}#{envelope['ref']}",
        }

    def _settled(self, envelope: dict[str, Any], rows: Rows) -> int:
        """Add the rows of an item whose words are gone; return how many brands it names."""
        outcome = envelope["settled"]
        (item,) = restored(outcome, "item")
        published = item["published_at"]
        item |= {
            "client_id": self.client.id,
            "source_id": self.source_id,
            "batch_id": self.batch_id,
            "raw_ref": f"{self.batch_id}#{envelope['ref']}",
            "item_id": self._item_id(envelope["native_id"]),
            "day": local_day(published, self.client.zone),
            "hour_local": local_time(published, self.client.zone).hour,
        }
        rows["item"].append(item)
        same = {name: item[name] for name in ("client_id", "day", "item_id")}
        rows["counter"] += [{**row, **same} for row in restored(outcome, "counter")]
        for name in ("mention", "verdict"):
            for row in restored(outcome, name):
                mention = keys.mention_id(item["item_id"], row["brand_id"])
                added = {**row, **same, "mention_id": mention, "batch_id": self.batch_id}
                if name == "verdict":
                    del added["brand_id"]
                rows[name].append(added)
        rows["settled"].append(
            {"item_id": item["item_id"], "enriched": json.dumps(outcome.get("enriched", {}))}
        )
        return len(outcome["mention"])

    def _counters(self, item: dict[str, Any], data: dict[str, Any]) -> list[dict[str, Any]]:
        counts = {name: data.get(name) for name in _COUNTERS}
        if all(value is None for value in counts.values()):
            return []
        same = ("client_id", "day", "item_id", "collected_at")
        return [{**{name: item[name] for name in same}, **counts}]

    def _mentions(self, item: dict[str, Any], data: dict[str, Any]) -> list[dict[str, Any]]:
        full_text = f"{item['title']}\n{item['text']}" if item["title"] else item["text"]
        matches = self._match(full_text, item, data.get("brand"))
        addressed = self.matcher.addressed(full_text)
        target = data.get("addressed_to")
        if target and target.lower() in _YES:
            addressed |= {match.brand_id for match in matches}
        elif target:
            # An export of a support tool says whom a message is addressed to: that names the brand.
            known = {match.brand_id for match in matches}
            for match in self._match(full_text, item, target):
                addressed.add(match.brand_id)
                if match.brand_id not in known:
                    matches.append(match)
        return [
            {
                "client_id": item["client_id"],
                "day": item["day"],
                "mention_id": keys.mention_id(item["item_id"], match.brand_id),
                "item_id": item["item_id"],
                "brand_id": match.brand_id,
                "matched_by": match.matched_by,
                "matched_term": match.matched_term,
                "is_addressed": match.brand_id in addressed,
                "content_hash": item["content_hash"],
                "batch_id": self.batch_id,
            }
            for match in matches
        ]

    def _match(self, text: str, item: dict[str, Any], brand_value: str | None) -> list[Match]:
        return self.matcher.match(
            text,
            brand_value=brand_value,
            mapping_brands=self.mapping_brands,
            owner=item["owned_brand_id"],
            language=item["language"],
            network=item["network"],
            place=item["place"],
        )

    @staticmethod
    def _verdicts(mentions: list[dict[str, Any]], label: str | None) -> list[dict[str, Any]]:
        """Return what the source itself says of the item's tone; the models speak later."""
        if label is None:
            return []
        same = ("client_id", "day", "item_id", "mention_id", "content_hash", "batch_id")
        return [
            {
                **{name: mention[name] for name in same},
                "model": IMPORTED,
                "model_version": "1",
                "polarity": _IMPORTED_POLARITY[label],
                "sentiment": label,
                "confidence": None,
                "cues": [],
                "is_part": None,
            }
            for mention in mentions
        ]

    def _author(self, item: dict[str, Any], data: dict[str, Any]) -> dict[str, Any] | None:
        if not item["author_key"]:
            return None
        return {
            "client_id": item["client_id"],
            "author_key": item["author_key"],
            "network": item["network"],
            "handle": data.get("author_handle"),
            "author_name": data.get("author_name"),
            "seen_at": item["published_at"],
            "author_url": _web_address(data.get("author_url")),
        }

    def _spent(self) -> dict[str, int | None]:
        # A file costs no calls; that is not the same as none having been counted.
        spent = self.manifest.get("spent", {})
        named = {"call_count": "calls", "cost_count": "cost", "byte_count": "bytes"}
        return {column: spent.get(name) for column, name in named.items()}

    def _quarantine(self, storage: Storage, run: str) -> Iterator[dict[str, Any]]:
        for reject in landing.read(storage, run, "rejects"):
            yield {
                "client_id": self.client.id,
                "source_id": self.source_id,
                "batch_id": self.batch_id,
                "raw_ref": f"{self.batch_id}#{reject['ref']}",
                "row_number": reject["row"],
                "reason": reject["reason"],
                "detail": reject["detail"][:500],
                "first_seen_at": self.collected_at,
            }

    def _attention(self, storage: Storage, run: str) -> Iterator[dict[str, Any]]:
        for line in landing.read(storage, run, "attention"):
            yield {
                "client_id": self.client.id,
                **line,
                "day_utc": date.fromisoformat(line["day_utc"]),
                "source_id": self.source_id,
                "collected_at": self.collected_at,
                "batch_id": self.batch_id,
            }

    def _coverage(self) -> Iterator[dict[str, Any]]:
        if self.manifest.get("quality") == "attention":
            return  # it heard no mention, so it measured no hour of them (decision 0042)
        for body in self.manifest["coverage"]:
            measured = landing.Measured.from_json(body)
            yield {
                "client_id": self.client.id,
                "source_id": self.source_id,
                "query": measured.query,
                "start_at": measured.start,
                "end_at": measured.end,
                "state": measured.state,
                "reason": measured.reason,
                "batch_id": self.batch_id,
            }


def _shared_addresses(envelopes: list[dict[str, Any]]) -> set[str]:
    # An address that several items of one run would have as theirs is the page they stand on.
    carriers: Counter[str] = Counter()
    for envelope in envelopes:
        if "settled" in envelope:
            continue
        data = envelope["data"]
        claimed = keys.claimed_address(_web_address(data.get("url")), data["kind"])
        if claimed:
            carriers[claimed] += 1
    return {address for address, times in carriers.items() if times > 1}


def _web_address(url: str | None) -> str | None:
    return url if url and url.lower().startswith(("http://", "https://")) else None


def _content_hash(content: dict[str, Any]) -> str:
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
