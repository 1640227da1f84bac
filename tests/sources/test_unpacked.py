"""A compressed file is unpacked as far as it may be, and no further."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
import zstandard

from oyez.errors import DataError
from oyez.sources import file

from .test_preset import parse

MAPPING: dict[str, Any] = {
    "format": "csv",
    "timezone": "UTC",
    "fields": {"native_id": "id", "published_at": "at", "text": "text"},
}
TABLE = b"id,at,text\n" + b"".join(b"%d,2026-05-25T10:00,Acme\n" % row for row in range(50_000))


def zstd(*parts: bytes) -> bytes:
    return b"".join(zstandard.ZstdCompressor().compress(part) for part in parts)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("export.csv.gz", gzip.compress(TABLE)),
        ("export.csv.gz", gzip.compress(TABLE[:1000]) + gzip.compress(TABLE[1000:])),
        ("export.csv.zst", zstd(TABLE)),
        ("export.csv.zst", zstd(TABLE[:1000], b"", TABLE[1000:])),
    ],
    ids=["gz", "two members", "zst", "three frames"],
)
def test_a_compressed_file_is_read_whole(tmp_path: Path, name: str, data: bytes) -> None:
    assert len(parse(tmp_path, data, name, **MAPPING).items) == 50_000
    with pytest.raises(DataError, match="the compressed file is damaged"):
        parse(tmp_path, data[:-9], name, **MAPPING)


@pytest.mark.parametrize(
    ("name", "pack"), [("bomb.csv.gz", gzip.compress), ("bomb.csv.zst", zstd)], ids=["gz", "zst"]
)
def test_a_bomb_is_refused_by_name_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, pack: Any
) -> None:
    monkeypatch.setattr(file, "UNPACKED_LIMIT", 8 << 20)
    largest = 0
    joined = file._joined

    def watched(pieces: Any) -> bytes:
        def each() -> Any:
            nonlocal largest
            for piece in pieces:
                largest += len(piece)
                yield piece

        return joined(each())

    monkeypatch.setattr(file, "_joined", watched)
    with pytest.raises(DataError, match=r"file bomb.csv.\w+: .* more than 8 MB.*split the export"):
        parse(tmp_path, pack(bytes(400 << 20)), name, **MAPPING)
    assert largest < 200 << 20
