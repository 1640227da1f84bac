"""Write the demo's sample files: `python demo/make_sample.py [client …] [--out FOLDER]`.

The same seed gives the same bytes before compression. Without a client's name, all are written,
with demo/truth.yml beside them.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import lucienne
import tidewater
import verdier_files
import zstandard
from ruamel.yaml import YAML

HERE = Path(__file__).resolve().parent
SEED = 20260531


def ndjson(rows: Iterable[dict[str, Any]]) -> bytes:
    """One JSON object a line."""
    return "".join(
        json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows
    ).encode()


def table(columns: list[str], rows: Iterable[list[str]]) -> bytes:
    """A table as a French spreadsheet saves it: byte order mark, semicolons."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def maison_verdier() -> tuple[dict[str, bytes], dict[str, Any]]:
    """The files of the first story by name, and its truth."""
    listened, reviews, truth = verdier_files.write(SEED)
    return {
        "veille.ndjson": ndjson(listened),
        "avis.csv": table(verdier_files.REVIEW_COLUMNS, reviews),
    }, truth


def tidewater_files() -> tuple[dict[str, bytes], dict[str, Any]]:
    """The files of the second story by name, and its truth."""
    forum, social, truth = tidewater.write(SEED)
    return {"forum.ndjson": ndjson(forum), "social.ndjson": ndjson(social)}, truth


def chez_lucienne() -> tuple[dict[str, bytes], dict[str, Any]]:
    """The files of the third story by name, and its truth."""
    reviews, listened, truth = lucienne.write(SEED)
    return {
        "avis.csv": table(lucienne.REVIEW_COLUMNS, reviews),
        "veille.ndjson": ndjson(listened),
    }, truth


CLIENTS = {
    "maison-verdier": maison_verdier,
    "tidewater": tidewater_files,
    "chez-lucienne": chez_lucienne,
}


def packed(name: str, content: bytes) -> tuple[str, bytes]:
    """The file's name and bytes once compressed: .gz for tables, .zst for JSON lines, no clock inside."""
    if name.endswith(".csv"):
        return f"{name}.gz", gzip.compress(content, 9, mtime=0)
    return f"{name}.zst", zstandard.ZstdCompressor(level=19).compress(content)


def main() -> None:
    """Write the files asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("client", nargs="*", help=f"any of {', '.join(CLIENTS)}")
    parser.add_argument(
        "--out", type=Path, default=HERE, help="folder that holds sample/ and truth.yml"
    )
    asked = parser.parse_args()
    truths: dict[str, Any] = {}
    for client in asked.client or CLIENTS:
        files, truths[client] = CLIENTS[client]()
        folder = asked.out / "sample" / client
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            packed_name, packed_content = packed(name, content)
            (folder / packed_name).write_bytes(packed_content)
            print(
                f"{client}/{packed_name}: {content.count(10):,} lines, {len(packed_content):,} bytes"
            )
    if not asked.client:
        yaml = YAML()
        yaml.indent(mapping=2, sequence=4, offset=2)
        yaml.width = 100
        with (asked.out / "truth.yml").open("w", encoding="utf-8") as stream:
            stream.write(
                "# Written by demo/make_sample.py: what the generator knows, for judging what the platform finds.\n"
            )
            yaml.dump(truths, stream)


if __name__ == "__main__":
    main()
