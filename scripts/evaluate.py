"""Prints how far what is judged agrees with people, and how fast: `make evaluate`.

Reads the labelled sets beside the checkout (../shared/data). Sentiment, language and replies go
through the same command that anybody runs on a file of their own, `oyez evaluate`; speed against
vaderSentiment and the two-brand measure are the project's own measured tests. Ends with code 1 when
a part fails, after all parts.
"""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from oyez.cli import app
from oyez.enrich.evaluate_replies import TRAITS

CHECKOUT = Path(__file__).resolve().parents[1]
SHARED = CHECKOUT.parent / "shared" / "data"
REPLY_LABELS = CHECKOUT / "tests" / "unit" / "reply_labels.tsv"
SETS = (
    ("English tweets", "text/umsab_en_val.jsonl", "en"),
    ("Tweets to six airlines", "real/airline_tweets.csv", "en"),
    ("French tweets", "text/umsab_fr_val.jsonl", "fr"),
    ("French film reviews", "text/allocine_fr_test400.jsonl", "fr"),
)
TESTS = (
    ("Speed against vaderSentiment", "test_sentiment_measured.py", "outruns"),
    ("Each brand by its part", "test_clause_measured.py", "by_part"),
)


def as_lines(rows: list[dict[str, Any]], target: Path) -> Path:
    """Write rows as JSONL and return the file."""
    target.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return target


def airlines(table: Path, target: Path) -> Path:
    """Return the airline file as lines of text and label."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = [
            {"text": row["text"], "label": row["airline_sentiment"][:3]}
            for row in csv.DictReader(file)
        ]
    return as_lines(rows, target)


def replies(talks: Path, target: Path) -> Path:
    """Return the labelled replies of the conversations: labels stand beside digests of texts."""
    lines = REPLY_LABELS.read_text("utf-8").splitlines()
    labels = {line.split("\t")[0]: line.split("\t")[1] for line in lines if line[0] != "#"}
    rows = []
    for talk in json.loads(talks.read_text("utf-8")):
        said = talk["dialogContent"]
        author = next(filter(None, (one.get("client") or one.get("client1") for one in said)), None)
        texts = [one["message"] for one in said if one.get("agent")]
        for text in (*texts, talk["agentURL"]["url_utterance"]):
            shows = labels.pop(hashlib.sha256(text.encode()).hexdigest()[:16], None)
            if shows is not None:
                judged = {trait: trait[0] in shows for trait in TRAITS}
                rows.append({"text": text, "author_name": author, "language": "en", **judged})
    return as_lines(rows, target)


def told(title: str, arguments: list[str]) -> bool:
    """Print what one evaluation says, and tell whether it succeeded."""
    done = CliRunner().invoke(app, ["evaluate", *arguments])
    failure = f"failed: {done.exception!r}\n" if done.exit_code else ""
    sys.stdout.write(f"\n{title}\n{done.output}{failure}")
    sys.stdout.flush()
    return done.exit_code == 0


def measured(title: str, file: str, name: str) -> bool:
    """Print what a measured test prints, and tell whether its floors hold."""
    command = [
        *(sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", "-m", "shared"),
        *(f"tests/unit/{file}", "-k", name),
    ]
    sys.stdout.write(f"\n{title}\n")
    sys.stdout.flush()
    return subprocess.run(command, cwd=CHECKOUT, check=False).returncode == 0  # noqa: S603


def main() -> None:
    """Print all numbers."""
    if not SHARED.is_dir():
        sys.exit(f"no labelled data in {SHARED} → oyez evaluate sentiment FILE.jsonl reads yours")
    failed = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = [
            (title, ["sentiment", str(SHARED / place), "--lang", language])
            for title, place, language in SETS
        ]
        parts[1][1][1] = str(airlines(SHARED / SETS[1][1], folder / "airlines.jsonl"))
        parts.append(("Language of tweets", ["language", str(SHARED / "text" / "lid_liga.jsonl")]))
        talks = replies(SHARED / "real" / "support_conversations.json", folder / "replies.jsonl")
        parts.append(("Replies", ["replies", str(talks)]))
        failed += [title for title, arguments in parts if not told(title, arguments)]
    failed += [title for title, file, test in TESTS if not measured(title, file, test)]
    if failed:
        sys.exit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
