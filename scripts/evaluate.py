"""Prints how far sentiment and language agree with people: `make evaluate`.

Reads the labelled sets beside the checkout (../shared/data), through the same command that anybody
runs on a file of their own: `oyez evaluate`.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from pathlib import Path

from typer.testing import CliRunner

from oyez.cli import app

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
SETS = (
    ("English tweets", "text/umsab_en_val.jsonl", "en"),
    ("Tweets to six airlines", "real/airline_tweets.csv", "en"),
    ("French tweets", "text/umsab_fr_val.jsonl", "fr"),
    ("French film reviews", "text/allocine_fr_test400.jsonl", "fr"),
)


def as_lines(table: Path, folder: Path) -> Path:
    """Return the airline file as lines of text and label, in a folder."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = [
            {"text": row["text"], "label": row["airline_sentiment"][:3]}
            for row in csv.DictReader(file)
        ]
    target = folder / f"{table.stem}.jsonl"
    target.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return target


def tell(title: str, arguments: list[str]) -> None:
    """Print what one evaluation says."""
    sys.stdout.write(f"\n{title}\n{CliRunner().invoke(app, ['evaluate', *arguments]).output}")


def main() -> None:
    """Print all numbers."""
    if not SHARED.is_dir():
        sys.exit(f"no labelled data in {SHARED} → oyez evaluate sentiment FILE.jsonl reads yours")
    with tempfile.TemporaryDirectory() as name:
        for title, place, language in SETS:
            file = SHARED / place
            if file.suffix == ".csv":
                file = as_lines(file, Path(name))
            tell(title, ["sentiment", str(file), "--lang", language])
    tell("Language of tweets", ["language", str(SHARED / "text" / "lid_liga.jsonl")])


if __name__ == "__main__":
    main()
