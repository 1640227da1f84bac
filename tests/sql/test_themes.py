"""Terms that stand out, against numpy, a case by hand, and chance."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
import pytest
import warehouse

from oyez.days import Period
from oyez.edition import spans, terms
from oyez.edition.reader import Reader
from oyez.edition.themes import merge
from oyez.resources import folder

WEEK = Period("week", date(2026, 5, 25), date(2026, 5, 31))
FIRST = WEEK.start - timedelta(weeks=12)
ZONE = ZoneInfo("Europe/Paris")


def corpus(
    items: list[dict[str, Any]], coverage: list[dict[str, Any]] | None = None, minimum_n: int = 30
) -> Reader:
    """Return a reader over a warehouse with these items, the corpus of themes made."""
    connection = warehouse.empty()
    span = {"from": f"{FIRST} 00:00", "to": f"{WEEK.end + timedelta(1)} 00:00"}
    warehouse.fill(
        connection,
        {"days": [str(FIRST), str(WEEK.end)], "coverage": coverage or [span], "items": items},
    )
    spans.register(connection, spans.spans(WEEK), client_id="client", brand_id="brand", zone=ZONE)
    terms.register(connection, "client", {"tool": terms.Terms("tool"), "new": terms.Terms("new")})
    connection.execute("set variable minimum_n = ?", [minimum_n])
    before = folder("sql") / "report" / "before" / "theme_corpus.sql"
    connection.execute(before.read_text("utf-8"))
    return Reader(connection)


def item(name: object, day: date, said: list[str], **more: Any) -> dict[str, Any]:
    return {"id": str(name), "at": f"{day} 12:00", "terms": said, **more}


def before(number: int) -> date:
    """Return a day of the baseline, each of the twelve weeks in turn."""
    return FIRST + timedelta(weeks=number % 12)


def drawn(chance: Any, vocabulary: list[str], weights: list[float]) -> list[str]:
    """Return the distinct words of an item of eight."""
    odds = np.array(weights) / sum(weights)
    return sorted({str(one) for one in chance.choice(vocabulary, 8, p=odds)})


def test_the_z_by_hand() -> None:
    # 40 of 100 items say "delay" this week; before, 20 of 1,000 did. One term an item: n = 100,
    # n0 = 1,000, prior 100 x 60 / 1,100 = 5.4545.
    items = [
        *(item(f"a{n}", WEEK.start, ["delay" if n < 40 else "seat"]) for n in range(100)),
        *(item(f"b{n}", before(n), ["delay" if n < 20 else "seat"]) for n in range(1000)),
    ]
    (row,) = corpus(items).rows("themes")
    assert (row["term"], row["item_count"], row["baseline_item_count"]) == ("delay", 40, 20)
    # ln(45.4545 / 154.5455) - ln(25.4545 / 1074.5455) = -1.2238 + 3.7428; its deviation
    # sqrt(1 / 45.4545 + 1 / 25.4545) = 0.24756.
    assert float(row["z"]) == pytest.approx(2.51904 / 0.24756, abs=0.002)


def test_all_z_agree_with_numpy() -> None:
    chance = np.random.default_rng(4)
    vocabulary = [f"w{n}" for n in range(60)]
    usual = [1 / (n + 1) for n in range(60)]
    shifted = [weight * (4 if n in (7, 19, 33) else 1) for n, weight in enumerate(usual)]

    def texts(count: int, weights: list[float]) -> list[list[str]]:
        return [drawn(chance, vocabulary, weights) for _ in range(count)]

    now, then = texts(300, shifted), texts(2400, usual)
    rows = corpus(
        [
            *(item(f"a{n}", WEEK.start, said) for n, said in enumerate(now)),
            *(item(f"b{n}", before(n), said) for n, said in enumerate(then)),
        ]
    ).rows("themes")

    # The paper's formulas, written out once more over whole vectors.
    y = np.array([sum(word in said for said in now) for word in vocabulary], float)
    y0 = np.array([sum(word in said for said in then) for word in vocabulary], float)
    prior = y.sum() * (y + y0) / (y + y0).sum()

    def log_odds(counts: Any) -> Any:
        held = counts + prior
        return np.log(held / (counts.sum() + prior.sum() - held))

    z = (log_odds(y) - log_odds(y0)) / np.sqrt(1 / (y + prior) + 1 / (y0 + prior))
    assert {row["term"] for row in rows} >= {"w7", "w19", "w33"}
    for row in rows:
        place = vocabulary.index(row["term"])
        assert (row["item_count"], row["baseline_item_count"]) == (y[place], y0[place])
        assert float(row["z"]) == pytest.approx(z[place], abs=0.001)
    found = [float(row["z"]) for row in rows]
    assert found == sorted(found, reverse=True)
    assert min(found) >= 1.96


def test_chance_alone_rarely_makes_a_theme() -> None:
    # The same words in both spans, twenty weeks drawn: a z of 1.96 for each term alone would name
    # several of sixty terms in every one of them.
    chance = np.random.default_rng(11)
    vocabulary = [f"w{n}" for n in range(60)]
    weights = [1 / (n + 1) for n in range(60)]
    named = 0
    for _ in range(20):
        said = [drawn(chance, vocabulary, weights) for _ in range(780)]
        rows = corpus(
            [item(n, WEEK.start if n < 60 else before(n), one) for n, one in enumerate(said)]
        ).rows("themes")
        named += bool(rows)
    assert named <= 3


@pytest.mark.parametrize("z", [0, 0.5, 1, 1.96, 2.5758, 4])
def test_the_normal_tail(z: float) -> None:
    from statistics import NormalDist

    (row,) = duckdb_with_macros().execute("select normal_tail(?)", [z]).fetchall()
    assert row[0] == pytest.approx(1 - NormalDist().cdf(z), abs=1e-7)


def duckdb_with_macros() -> duckdb.DuckDBPyConnection:
    return warehouse.empty()


def test_a_new_source_is_compared_with_nothing() -> None:
    items = [
        *(item(f"a{n}", WEEK.start, ["seat"]) for n in range(50)),
        *(item(f"c{n}", WEEK.start, ["forum"], source="new") for n in range(50)),
        *(item(f"b{n}", before(n), ["seat"]) for n in range(600)),
    ]
    ever = {"from": f"{FIRST} 00:00", "to": f"{WEEK.end + timedelta(1)} 00:00"}
    week = {**ever, "from": f"{WEEK.start} 00:00", "source": "new"}
    reader = corpus(items, [ever, week])
    assert reader.rows("themes") == []
    assert reader.one("theme_basis") == {
        "read_count": 100,
        "item_count": 50,
        "baseline_item_count": 600,
        "language_count": 1,
        "span_count": 12,
        "left_out": ["new"],
    }


def test_weeks_whose_words_are_gone_are_no_baseline() -> None:
    # Of the first six weeks the words were let go: zero "delay" there is nobody's silence.
    gone = [item(f"g{n}", before(n % 6), []) | {"terms": None} for n in range(300)]
    kept = [item(f"k{n}", before(6 + n % 6), ["delay", "seat"]) for n in range(300)]
    now = [item(f"a{n}", WEEK.start, ["delay", "seat"]) for n in range(60)]
    reader = corpus([*gone, *kept, *now])
    assert reader.one("theme_basis")["span_count"] == 6
    assert reader.rows("themes") == []


def test_more_messages_in_english_are_no_theme() -> None:
    now = [item(f"a{n}", WEEK.start, ["flight"], language="en") for n in range(80)]
    now += [item(f"f{n}", WEEK.start, ["vol"]) for n in range(40)]
    then = [item(f"b{n}", before(n), ["flight"], language="en") for n in range(60)]
    then += [item(f"c{n}", before(n), ["vol"]) for n in range(900)]
    assert corpus(now + then).rows("themes") == []


def test_one_author_makes_no_theme() -> None:
    now = [item(f"a{n}", WEEK.start, ["seat"]) for n in range(60)]
    now += [item(f"x{n}", WEEK.start, ["invoice"], author="ann") for n in range(12)]
    then = [item(f"b{n}", before(n), ["seat"]) for n in range(900)]
    assert corpus(now + then).rows("themes") == []


def test_few_items_are_not_compared() -> None:
    now = [item(f"a{n}", WEEK.start, ["delay"]) for n in range(29)]
    then = [item(f"b{n}", before(n), ["seat"]) for n in range(900)]
    reader = corpus(now + then)
    assert reader.rows("themes") == []
    assert reader.one("theme_basis")["language_count"] == 0


def _row(term: str, ids: range, language: str = "fr") -> dict[str, Any]:
    return {"term": term, "language": language, "item_ids": [str(one) for one in ids]}


def test_a_phrase_swallows_its_words_and_companions_stay_beside() -> None:
    rows = [
        _row("service", range(10)),
        _row("service client", range(8)),
        _row("client", range(15)),  # 8 of 15 say the phrase: 53 %
        _row("attente", range(7)),  # 7 of 8 items of "service client", another word
        _row("remboursement", range(20, 30)),
        _row("retard", range(5, 25)),  # shares 3 items with "service client", 5 with the refund
    ]
    assert [(one["term"], one["also"]) for one in merge(rows)] == [
        ("service client", ["attente"]),
        ("remboursement", []),
        ("retard", []),
    ]


def test_a_phrase_stands_where_its_strongest_word_stood() -> None:
    rows = [
        _row("argent", range(10)),
        _row("retard", range(20, 30)),
        _row("rendre argent", range(6)),
        _row("rendre argent volé", range(4)),  # swallows the phrase, which swallows the word
    ]
    assert [one["term"] for one in merge(rows)] == ["rendre argent volé", "retard"]


def test_a_word_that_lives_without_its_phrase_stays() -> None:
    rows = [_row("service", range(20)), _row("service client", range(8))]
    assert [one["term"] for one in merge(rows)] == ["service", "service client"]
