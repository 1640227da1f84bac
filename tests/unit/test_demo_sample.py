"""The demo's files: the same when written again, true to their mappings and to their truth."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import subprocess
import sys
from collections import Counter
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import zstandard
from ruamel.yaml import YAML

from oyez.config.mapping import Mapping
from oyez.config.model import Agency, Client

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "demo" / "sample"
CLIENTS = ("maison-verdier", "tidewater", "chez-lucienne")
# Shares, shown in docs/demo.md: reposts and press copies aside.
REPEATED_AT_MOST = 0.05
SAMPLE_BYTES_AT_MOST = 6_000_000


def load(path: Path) -> Any:
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


@cache
def client_of(name: str) -> Client:
    return Client.model_validate(load(ROOT / "clients" / f"{name}.yml"))


def content(path: Path) -> bytes:
    raw = path.read_bytes()
    if path.suffix == ".gz":
        return gzip.decompress(raw)
    return zstandard.ZstdDecompressor().stream_reader(raw).read()


def value(row: dict[str, Any], path: str) -> Any:
    if path in row:
        return row[path]
    found: Any = row
    for key in path.split("."):
        found = found.get(key) if isinstance(found, dict) else None
    return found


def sources() -> list[tuple[str, str]]:
    return [(name, source.id) for name in CLIENTS for source in client_of(name).sources]


@cache
def read(name: str, source_id: str) -> tuple[Mapping, list[dict[str, Any]]]:
    """Canonical fields of each row, values translated."""
    source = next(one for one in client_of(name).sources if one.id == source_id)
    mapping = Mapping.model_validate(load(ROOT / source.mapping))
    (path,) = (SAMPLE / name).glob(f"{source_id}.*")
    text = content(path).decode("utf-8-sig")
    rows: list[dict[str, Any]] = (
        list(csv.DictReader(io.StringIO(text, newline=""), delimiter=mapping.delimiter))
        if mapping.format == "csv"
        else [json.loads(line) for line in text.splitlines()]
    )
    items = []
    for row in rows:
        item: dict[str, Any] = dict(mapping.constants)
        for field, column in mapping.fields.items():
            got = value(row, column)
            if got not in (None, ""):
                item[field] = mapping.values[field][got] if field in mapping.values else got
        items.append(item)
    return mapping, items


def instant(mapping: Mapping, item: dict[str, Any]) -> datetime:
    if mapping.date_format:
        local = datetime.strptime(item["published_at"], mapping.date_format)  # noqa: DTZ007
        return local.replace(tzinfo=ZoneInfo(mapping.timezone or "UTC"))
    return datetime.fromisoformat(item["published_at"])


def cut_off(name: str) -> datetime:
    """The local midnight that ends 31 May 2026."""
    return datetime(2026, 6, 1, tzinfo=client_of(name).zone)


def test_agency_and_clients_are_valid() -> None:
    agency = Agency.model_validate(load(ROOT / "clients" / "agency.yml"))
    assert agency.brand == "atelier-nord"
    for name in CLIENTS:
        client = client_of(name)
        assert client.id == name
        assert {report.cadence for report in client.reports} <= {"weekly", "monthly"}


@pytest.mark.parametrize("name", ["tidewater", "chez-lucienne"])
def test_written_again_the_files_hold_the_same_bytes(name: str, tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "demo" / "make_sample.py"), name, "--out", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    committed = sorted((SAMPLE / name).iterdir())
    assert [path.name for path in committed] == sorted(
        path.name for path in (tmp_path / "sample" / name).iterdir()
    )
    for path in committed:
        assert content(tmp_path / "sample" / name / path.name) == content(path), path.name


def test_the_sample_is_small() -> None:
    assert sum(path.stat().st_size for path in SAMPLE.rglob("*.*")) <= SAMPLE_BYTES_AT_MOST


@pytest.mark.parametrize(("name", "source_id"), sources())
def test_source(name: str, source_id: str) -> None:
    mapping, items = read(name, source_id)
    instants = [instant(mapping, item) for item in items]
    ends = [
        one.end.replace(tzinfo=one.end.tzinfo or ZoneInfo(mapping.timezone or "UTC"))
        for one in mapping.covers
    ]

    assert max(ends) == cut_off(name)
    assert all(any(one.start <= at < one.end for one in mapping.covers) for at in instants)

    ids = [item["native_id"] for item in items]
    assert len(set(ids)) == len(ids)
    assert {item["parent_id"] for item in items if "parent_id" in item} <= set(ids)
    urls = [item["url"] for item in items]
    assert len(set(urls)) == len(urls)
    assert all(re.match(r"https://[a-z0-9.-]+\.example/", url) for url in urls)

    voices = [
        item["text"] for item in items if item["kind"] not in {"repost", "article"} and item["text"]
    ]
    assert len(voices) == sum(item["kind"] not in {"repost", "article"} for item in items)
    again = sum(count - 1 for count in Counter(voices).values())
    assert again / len(voices) <= REPEATED_AT_MOST

    for text in (*voices, *(item["text"] for item in items if item["kind"] == "article")):
        assert not re.search(r"[\w.+-]+@[\w-]+\.(?!example)\w{2,}", text), text
        assert not re.search(r"\b0[1-9](?:[ .-]?\d\d){4}\b|\+\d{10,}|\b\d{3}-\d{3}-\d{4}\b", text)
        assert not re.search(r"[{}<>|]|\?\.|\.\.(?!\.)", text), text
    assert all("sentiment" not in item for item in items)


def test_the_bad_buzz_is_in_the_file_as_the_truth_says() -> None:
    truth = load(ROOT / "demo" / "truth.yml")["maison-verdier"]["bad_buzz"]
    mapping, items = read("maison-verdier", "veille")
    (first,) = [item for item in items if item["url"] == truth["first_post_url"]]
    assert instant(mapping, first) == datetime.fromisoformat(truth["onset_at"])
    assert first["network"] == truth["origin_network"] == "tiktok"
    press = [
        instant(mapping, item)
        for item in items
        if item["channel"] == "news"
        and re.search("doubles? débits?|débit", item["title"] + item["text"], re.I)
    ]
    assert min(press) == datetime.fromisoformat(truth["first_press_at"])
    tagged = Counter(
        instant(mapping, item).astimezone(ZoneInfo("Europe/Paris")).date().isoformat()
        for item in items
        if "#VerdierRembourse" in item["text"]
    )
    assert min(tagged) == "2026-05-26"
    assert tagged.most_common(1)[0][0] == max(
        truth["items_by_day"], key=truth["items_by_day"].__getitem__
    )


def test_some_reviews_are_in_both_files_under_one_address() -> None:
    _, listened = read("maison-verdier", "veille")
    _, reviews = read("maison-verdier", "avis")
    twins = {item["url"] for item in listened} & {item["url"] for item in reviews}
    truth = load(ROOT / "demo" / "truth.yml")["maison-verdier"]
    assert len(twins) == truth["in_both_files"] > 0
