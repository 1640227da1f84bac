"""What docs/analysts.md promises: every query runs, and gives what a small workspace holds."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from .conftest import SMALL_CLIENT, SMALL_MAPPING, Bench, table

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "analysts.md").read_text("utf-8")
QUERIES = dict(re.findall(r"^### ([^\n]+)\n\n```sql\n(.+?)```", PAGE, re.MULTILINE | re.DOTALL))
HEADER = (
    "id",
    "date",
    "text",
    "author",
    "likes",
    "channel",
    "kind",
    "rating",
    "answers",
    "network",
)
LYON = "our shop in Lyon"


def row(number: str, day: int, hour: int, text: str, author: str, **other: Any) -> tuple[Any, ...]:
    """Return a row of 25 to 31 May 2026, Paris time."""
    return (
        number,
        f"2026-05-{day:02d}T{hour:02d}:00:00+02:00",
        text,
        author,
        other.get("likes", ""),
        other.get("channel", "social"),
        other.get("kind", "post"),
        other.get("rating", ""),
        other.get("answers", ""),
        "x",
    )


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A week: four posts, a review, two questions of which one is answered, two members."""
    bench = Bench(tmp_path_factory.mktemp("analysts") / "home")
    verdier = {
        "id": "maison-verdier",
        "name": "Maison Verdier",
        "accounts": [{"network": "x", "handle": "@verdier"}],
    }
    client = SMALL_CLIENT | {
        "id": "maison-verdier",
        "brands": [verdier],
        "scopes": [{"id": "lyon", "name": "Lyon", "kind": "location", "terms": ["Lyon"]}],
        "themes": [{"id": "price", "name": "Price", "terms": ["expensive"]}],
    }
    fields = {
        "native_id": "id", "published_at": "date", "text": "text", "author_handle": "author",
        "like_count": "likes", "channel": "channel", "kind": "kind", "rating": "rating",
        "parent_id": "answers", "network": "network",
    }  # fmt: skip
    mapping = SMALL_MAPPING | {"fields": fields, "constants": {}, "native_id_is": "network"}
    bench.write("clients/maison-verdier.yml", client)
    bench.write("mappings/export.yml", mapping)
    rows = [
        row("1", 25, 9, "Maison Verdier is wonderful", "ann", likes=5),
        row("2", 26, 9, f"Maison Verdier, {LYON}, is awful and expensive", "bob", likes=50),
        row("3", 27, 9, "Globex is fine", "cat"),
        row("4", 27, 10, "@verdier Maison Verdier, when do you open?", "dan", kind="question"),
        row("5", 27, 12, "At nine!", "@verdier", kind="reply", answers="4"),
        row("6", 28, 10, "@verdier Maison Verdier, where are you?", "eve", kind="question"),
        row("7", 28, 12, "Maison Verdier: a good meal", "fay", channel="review", kind="review",
            rating=4),
        row("8", 29, 12, "Hello, I like Maison Verdier", "gil", channel="community"),
        row("9", 30, 12, "Maison Verdier again", "gil", channel="community"),
        row("10", 30, 13, "Maison Verdier, new here", "hal", channel="community"),
        ("broken", "no date", "", "", "", "", "", "", "", ""),
    ]  # fmt: skip
    path = bench.home / "week.csv"
    path.write_text(table(*rows, header=HEADER), encoding="utf-8")
    bench.land("maison-verdier", path, "mappings/export.yml")
    bench.publish("2026-05-31")
    return bench


def asked(bench: Bench, question: str) -> list[tuple[Any, ...]]:
    return bench.query(QUERIES[question])


def test_there_are_ten() -> None:
    assert len(QUERIES) == 10


@pytest.mark.parametrize("question", sorted(QUERIES))
def test_each_query_runs_as_it_stands(bench: Bench, question: str) -> None:
    asked(bench, question)


def test_volume(bench: Bench) -> None:
    """Eight items by others name the brand: nine of ten but the rival's and the brand's own."""
    ((week, items, _, days),) = asked(bench, "How much was said, week by week?")
    assert (week, items, days) == (date(2026, 5, 25), 8, 7)


def test_share_of_voice(bench: Bench) -> None:
    found = asked(bench, "Who has the share of voice?")
    assert [(row[1], row[2], row[3], row[4]) for row in found] == [
        ("Maison Verdier", 8, 9, Decimal("88.89")),
        ("Globex", 1, 9, Decimal("11.11")),
    ]


def test_first_response(bench: Bench) -> None:
    """One of three messages (the review waits, too) was answered, after two hours."""
    ((_, messages, answered, median),) = asked(bench, "How fast is the first answer?")
    assert (messages, answered, median) == (3, 1, None)
    ((third,),) = bench.query(
        "select km_minutes(list({'minutes': observed_minutes, 'is_answered': is_answered}), 0.3) "
        "from report.responses"
    )
    assert third == 120


def test_newcomers(bench: Bench) -> None:
    """Gil came back the next day; of Hal nobody knows yet."""
    assert asked(bench, "Do newcomers come back?") == [(date(2026, 5, 1), 2, 0, 1, 1, 100.0)]


def test_holes(bench: Bench) -> None:
    holes = asked(bench, "Where are the holes?")
    assert all(row[4] not in (date(2026, 5, day) for day in range(25, 32)) for row in holes)


def test_themes(bench: Bench) -> None:
    assert asked(bench, "What are the top themes, and in what tone?") == [("price", 1, 0, 1)]


def test_the_story_of_the_mention_with_most_likes(bench: Bench) -> None:
    story = asked(bench, "What is the story of one mention?")
    assert [row[0] for row in story] == ["published", "collected", "counted", "judged", "matched"]
    assert {row[3] for row in story} >= {"50 likes", "negative"}


def test_two_scopes(bench: Bench) -> None:
    ((_, brand, lyon, *_),) = asked(bench, "How do two scopes compare?")
    assert (brand, lyon) == (8, 1)


def test_reviews(bench: Bench) -> None:
    ((_, reviews, rated, average, unanswered),) = asked(
        bench, "What is the review score over twelve months?"
    )
    assert (reviews, rated, float(average), unanswered) == (1, 1, 4.0, 1)


def test_quarantine(bench: Bench) -> None:
    ((source, reason, rows, _, ref),) = asked(bench, "What could not be read?")
    assert (source, reason, rows) == ("export", "bad_date", 1)
    assert ref


def test_the_page_names_every_view() -> None:
    views = {path.stem for path in (ROOT / "sql" / "view").glob("*.sql")}
    assert {name for name in views if f"`report.{name}`" not in PAGE} == set()


def test_the_notebook_runs(bench: Bench) -> None:
    pytest.importorskip("marimo", reason="marimo is not installed: pip install 'oyez[notebook]'")
    told = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "notebooks" / "first-look.py")],
        env=os.environ | {"OYEZ_HOME": str(bench.home)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert told.returncode == 0, told.stderr
