"""What a report reads for the reputation index, the kinds of media and its basis."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest
import warehouse

from oyez.config.model import Client
from oyez.days import Period
from oyez.edition import basis, media, reputation, spans
from oyez.edition.figure import FigureMaker, Measure
from oyez.edition.reader import Reader
from oyez.metrics import card as cards
from oyez.metrics import runner

WEEK = Period("week", date(2026, 5, 25), date(2026, 5, 31))
THIS, BEFORE = "2026-05-26", "2026-05-19"
MEASURES = {name: Measure("ok", 100.0, ("tool",)) for name in ("reported", "previous", "last_year")}
CLIENT = Client.model_validate(
    {
        "id": "client",
        "name": "Client",
        "timezone": "Europe/Paris",
        "brands": [{"id": "brand", "name": "Brand"}],
        "competitors": [{"id": "rival", "name": "Rival"}],
    }
)


def said(day: str) -> list[dict[str, Any]]:
    """Return the story of reputation_index/each_component.yml on another day."""
    return [
        {"id": f"a{day}", "at": f"{day} 09:00", "sentiment": "positive"},
        {"id": f"b{day}", "at": f"{day} 10:00", "sentiment": "positive"},
        {"id": f"c{day}", "at": f"{day} 11:00", "sentiment": "negative"},
        {"id": f"d{day}", "at": f"{day} 12:00", "sentiment": "neutral"},
        {"id": f"p{day}", "at": f"{day} 16:00", "names": ["rival"], "sentiment": "positive"},
        {"id": f"q{day}", "at": f"{day} 17:00", "names": ["rival"], "sentiment": "positive"},
    ]


def reviews(day: str) -> list[dict[str, Any]]:
    review = {"channel": "review", "kind": "review", "network": "google"}
    reply = {"own_voice_of": "brand", "kind": "reply", "channel": "review", "network": "google"}
    return [
        {"id": f"r5{day}", "at": f"{day} 13:00", "rating": 5, **review},
        {"id": f"r3{day}", "at": f"{day} 14:00", "rating": 3, **review},
        {"id": f"reply{day}", "at": f"{day} 15:00", "answers": f"r3{day}", **reply},
    ]


def opened(items: list[dict[str, Any]], *changes: str) -> tuple[duckdb.DuckDBPyConnection, Reader]:
    """Return a warehouse with these items, measured for two weeks, and a reader of its report."""
    connection = warehouse.empty()
    first = WEEK.previous.start
    covered = {"from": f"{first} 00:00", "to": f"{WEEK.end + timedelta(1)} 00:00"}
    warehouse.fill(
        connection, {"days": [str(first), str(WEEK.end)], "coverage": [covered], "items": items}
    )
    for change in changes:
        connection.execute(change)
    runner.compute(connection, [("client", day) for day in (*WEEK.previous.days, *WEEK.days)])
    spans.register(
        connection,
        spans.spans(WEEK),
        client_id="client",
        brand_id="brand",
        zone=ZoneInfo("Europe/Paris"),
    )
    reputation.register(connection, CLIENT, minimum_n=1)
    return connection, Reader(connection)


def maker() -> FigureMaker:
    return FigureMaker(
        MEASURES,
        minimum_n=1,
        key="k",
        basis=lambda metric, figure: {},
        refusal=lambda figure, span: None,
        beside=lambda figure, metric, one: one,
        targets={},
        bridges={},
    )


def test_the_index_of_a_period_is_the_metrics_formula() -> None:
    """61.11 by hand in reputation_index/each_component.yml; the week before is the same."""
    _, reader = opened([*said(THIS), *reviews(THIS), *said(BEFORE), *reviews(BEFORE)])
    found = reputation.reputation(reader, maker())
    index = found.figures["reputation_index"]
    assert (index.value, index.prior, index.status) == (61, 61, "ok")
    rows = {row["component"]: row for row in found.tables["reputation"]}
    assert {name: (row["value"], row["score"], row["n"]) for name, row in rows.items()} == {
        "net_sentiment": (25.0, 62.5, 4),
        "review_score": (4.0, 75.0, 2),
        "positive_share_of_voice": (50.0, 50.0, 4),
        "response_rate": (50.0, 50.0, 2),
        "crisis_free_days": (None, None, 0),
    }
    assert rows["crisis_free_days"]["status"] == "not_detected"
    assert rows["net_sentiment"]["share_pct"] == 33.3  # 30 of the 90 that are known
    assert sum(row["share_pct"] or 0 for row in rows.values()) == pytest.approx(100, abs=0.2)


def test_indexes_of_other_components_are_not_compared() -> None:
    _, reader = opened([*said(THIS), *reviews(THIS), *said(BEFORE)])
    index = reputation.reputation(reader, maker()).figures["reputation_index"]
    assert index.prior is None
    assert (index.comparisons[0].status, index.comparisons[0].reason) == (
        "not_comparable",
        "components",
    )


def test_an_index_needs_half_of_the_weight() -> None:
    # Reviews and answers alone weigh 40 of 100.
    _, reader = opened(reviews(THIS))
    assert reputation.reputation(reader, maker()).figures == {}


def test_a_week_is_added_up_before_it_is_divided() -> None:
    # Three items on x on Tuesday, two reviews and an answer on Wednesday: 3 of 5 items by others.
    items = [*said(THIS)[:3], *reviews("2026-05-27")]
    items[0] |= {"links": 1, "links_to": ["brand"]}
    _, reader = opened(items)
    found = media.media(reader, maker()).tables
    counts = {
        row["media_type"]: (row["item_count"], row["share_pct"]) for row in found["media_types"]
    }
    assert counts == {
        "earned": (2, 33.3),
        "shared": (3, 50.0),
        "owned": (1, 16.7),
        "paid": (0, 0.0),
    }
    (depends,) = found["dependence"]
    assert (depends["top_network"], depends["top_network_pct"]) == ("x", 60.0)
    assert depends["network_herfindahl"] == 0.52  # 9/25 + 4/25
    (present,) = found["presence"]
    assert (present["own_voice_pct"], present["own_link_pct"]) == (16.7, 20.0)
    assert present["own_link_among_links_pct"] == 100.0


def refusals(items: list[dict[str, Any]], *changes: str) -> tuple[Any, Any]:
    """Return why net sentiment, and mention volume, may not be compared with the week before."""
    _, reader = opened(items, *changes)
    rests_on = basis.bases(reader, CLIENT, MEASURES, cards.load_all())
    return rests_on.refusal("net_sentiment", "previous"), rests_on.refusal(
        "mention_volume", "previous"
    )


def test_another_model_refuses_sentiment_and_not_volume() -> None:
    other = "update core.verdict set model = 'n' where day = '2026-05-19'"
    assert refusals([*said(THIS), *said(BEFORE)]) == (None, None)
    assert refusals([*said(THIS), *said(BEFORE)], other) == ("model", None)


def test_a_language_of_one_week_only_is_no_change_of_model() -> None:
    english = [
        {"id": f"e{n}", "at": f"{THIS} 18:0{n}", "language": "en", "sentiment": "positive"}
        for n in range(9)
    ]
    other = "update core.verdict set model = 'english' where mention_id like 'e%'"
    assert refusals([*said(THIS), *english, *said(BEFORE)], other) == (None, None)
