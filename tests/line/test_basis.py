"""An earlier value beside a figure: recomputed, as printed or restated, or refused, and why."""

from __future__ import annotations

from typing import Any

import pytest

from oyez import line
from tests.line.conftest import SMALL_CLIENT, SMALL_MAPPING, Bench, Keep, post, table

pytestmark = pytest.mark.usefixtures("blank_pages")

BOTH_WEEKS = {"start": "2026-05-17T22:00:00+00:00", "end": "2026-05-31T22:00:00+00:00"}
FIRST, SECOND = "2026-05-24", "2026-05-31"


def print_first_week(small: Bench) -> None:
    deliver(small, *(post(number, 18) for number in range(40)))
    small.edition("acme", "weekly", FIRST)


@pytest.fixture
def two_weeks(kept: Keep) -> Bench:
    """Forty posts of the first week, published, and the first week's report kept."""
    return kept(print_first_week)[0]


def deliver(bench: Bench, *rows: tuple[Any, ...], **covers: Any) -> None:
    bench.write("mappings/export.yml", SMALL_MAPPING | {"covers": [BOTH_WEEKS | covers]})
    path = bench.write(f"delivery-{len(list(bench.home.glob('delivery-*')))}.csv", table(*rows))
    bench.land("acme", path, "mappings/export.yml")
    bench.publish()


def second_week() -> list[tuple[Any, ...]]:
    return [post(number, 26) for number in range(100, 150)]


def previous(bench: Bench, figure: str = "mention_volume") -> dict[str, Any]:
    edition = bench.edition("acme", "weekly", SECOND)
    compared: dict[str, Any] = edition["figures"][figure]["comparisons"][0]
    return compared


def test_an_earlier_value_that_stands_is_as_printed(two_weeks: Bench) -> None:
    deliver(two_weeks, *second_week())
    found = previous(two_weeks)
    assert (found["value"], found["status"]) == (40, "ok")
    assert (found["printed"], found["is_restated"], found["changed"]) == (40, False, [])


def test_late_data_restate_what_was_printed(two_weeks: Bench) -> None:
    deliver(two_weeks, *second_week(), *(post(number, 19) for number in range(50, 55)))
    found = previous(two_weeks)
    assert (found["value"], found["printed"]) == (45, 40)
    assert (found["is_restated"], found["changed"]) == (True, ["data"])
    again = two_weeks.edition("acme", "weekly", SECOND)
    assert again["_made"]["new"] is False


def test_a_restated_week_that_is_issued_again_is_as_printed(two_weeks: Bench) -> None:
    deliver(two_weeks, *second_week(), *(post(number, 19) for number in range(50, 55)))
    two_weeks.edition("acme", "weekly", FIRST)
    found = previous(two_weeks)
    assert (found["printed"], found["is_restated"]) == (45, False)


def test_without_a_kept_report_nothing_is_said_of_what_was_printed(small: Bench) -> None:
    deliver(small, *(post(number, 18) for number in range(40)), *second_week())
    found = previous(small)
    assert (found["value"], found["printed"], found["is_restated"]) == (40, None, None)


def test_other_names_are_refused_until_the_rebuild_bridges_them(two_weeks: Bench) -> None:
    """The first week was matched by other names: the two counts are of two things."""
    brand = SMALL_CLIENT["brands"][0] | {"aliases": ["Acme Corp"]}
    two_weeks.write("clients/acme.yml", SMALL_CLIENT | {"brands": [brand]})
    deliver(two_weeks, *second_week())
    found = previous(two_weeks)
    assert (found["status"], found["reason"], found["value"]) == ("not_comparable", "query", 40)
    line.rebuild(two_weeks.workspace)
    found = previous(two_weeks)
    assert (found["status"], found["reason"]) == ("ok", None)
    assert (found["is_restated"], found["changed"]) == (False, [])


def test_new_names_that_find_more_are_why_a_value_is_restated(two_weeks: Bench) -> None:
    deliver(two_weeks, *second_week(), *(post(n, 20, "Rocket skates") for n in range(60, 63)))
    brand = SMALL_CLIENT["brands"][0] | {"aliases": ["Rocket skates"]}
    two_weeks.write("clients/acme.yml", SMALL_CLIENT | {"brands": [brand]})
    line.rebuild(two_weeks.workspace)
    found = previous(two_weeks)
    assert (found["value"], found["printed"], found["status"]) == (43, 40, "ok")
    assert (found["is_restated"], found["changed"]) == (True, ["query"])


def test_a_competitor_that_was_not_heard_before_makes_another_share(small: Bench) -> None:
    deliver(small, *(post(number, 18) for number in range(40)), brands=["acme"])
    globex = [post(number, 27, "Globex too") for number in range(200, 250)]
    deliver(small, *second_week(), *globex, start="2026-05-24T22:00:00+00:00")
    found = previous(small, "share_of_voice")
    assert (found["status"], found["reason"]) == ("not_comparable", "competitors")
    assert previous(small)["status"] == "ok"


def test_no_message_in_a_measured_week_is_a_zero_then_too(two_weeks: Bench) -> None:
    asked = post(100, 26, "@acme where is my order?")
    deliver(two_weeks, *second_week()[1:], asked)
    edition = two_weeks.edition("acme", "weekly", SECOND)
    for name in ("inbound_count", "still_waiting"):
        previous, last_year = edition["figures"][name]["comparisons"]
        assert edition["figures"][name]["value"] == 1
        assert (previous["value"], previous["status"], previous["printed"]) == (0, "ok", 0)
        assert previous["is_restated"] is False
        # Nobody measured a year ago: that is no zero.
        assert (last_year["value"], last_year["status"]) == (None, "not_measured")


def test_nobody_wrote_in_a_measured_week_is_a_zero(small: Bench) -> None:
    deliver(small, *second_week())
    found = previous(small, "author_count")
    assert (found["value"], found["status"]) == (0, "ok")
    assert previous(small)["value"] == 0


def add_source(two_weeks: Bench) -> None:
    print_first_week(two_weeks)
    sources = [*SMALL_CLIENT["sources"], SMALL_CLIENT["sources"][0] | {"id": "archive"}]
    two_weeks.write("clients/acme.yml", SMALL_CLIENT | {"sources": sources})
    deliver(two_weeks, *second_week())
    since = {"start": "2026-05-24T22:00:00+00:00", "end": "2026-05-31T22:00:00+00:00"}
    two_weeks.write("mappings/archive.yml", SMALL_MAPPING | {"covers": [since]})
    rows = [*second_week()[:10], *(post(number, 27, "Acme broke") for number in range(200, 230))]
    path = two_weeks.write("archive.csv", table(*rows))
    two_weeks.land("acme", path, "mappings/archive.yml", source="archive")
    two_weeks.publish()


@pytest.fixture
def added(kept: Keep) -> Bench:
    """A second source since the second week: thirty posts of its own, ten that `export` has too."""
    return kept(add_source)[0]


def test_a_source_that_was_added_is_bridged_on_those_of_both_weeks(added: Bench) -> None:
    edition = added.edition("acme", "weekly", SECOND)
    volume = edition["figures"]["mention_volume"]
    found = volume["comparisons"][0]
    assert (volume["value"], volume["prior"], volume["prior_kind"]) == (80, None, None)
    assert (found["value"], found["status"], found["reason"]) == (40, "bridged", None)
    # Ten posts came through both sources; `archive` comes first in the alphabet and leads them.
    assert found["bridge"] == {"sources": ["export"], "value": 50, "prior": 40}
    assert (found["printed"], found["is_restated"]) == (40, False)
    tone = edition["figures"]["net_sentiment"]["comparisons"][0]
    assert tone["bridge"] == {"sources": ["export"], "value": 100.0, "prior": 100.0}
    negative = edition["figures"]["negative_count"]
    assert negative["value"] == 30
    assert negative["comparisons"][0]["bridge"] == {"sources": ["export"], "value": 0, "prior": 0}
    said = edition["findings"]["volume"][0]
    assert (said["code"], said["params"]) == (
        "volume.bridged",
        {"value": 80, "count": 50, "prior": 40},
    )
    assert edition["findings"]["sentiment"][0]["code"] == "sentiment.bridged"
    # Authors and reach do not add up over sources.
    authors = edition["figures"]["author_count"]["comparisons"][0]
    assert (authors["status"], authors["reason"]) == ("not_comparable", "sources")
    # A year ago nobody listened: nothing is bridged to that.
    assert volume["comparisons"][1]["status"] == "not_measured"
    assert added.edition("acme", "weekly", SECOND)["_made"]["new"] is False


def test_two_weeks_without_a_common_source_are_not_bridged(small: Bench) -> None:
    first = {"start": "2026-05-17T22:00:00+00:00", "end": "2026-05-24T22:00:00+00:00"}
    sources = [*SMALL_CLIENT["sources"], SMALL_CLIENT["sources"][0] | {"id": "archive"}]
    small.write("clients/acme.yml", SMALL_CLIENT | {"sources": sources})
    small.write("mappings/archive.yml", SMALL_MAPPING | {"covers": [first]})
    path = small.write("archive.csv", table(*(post(number, 18) for number in range(40))))
    small.land("acme", path, "mappings/archive.yml", source="archive")
    deliver(small, *second_week(), start="2026-05-24T22:00:00+00:00")
    found = previous(small)
    assert (found["status"], found["reason"], found["bridge"]) == (
        "not_comparable",
        "sources",
        None,
    )


def test_few_cases_or_other_names_are_no_bridge(added: Bench) -> None:
    brand = SMALL_CLIENT["brands"][0] | {"aliases": ["Acme Corp"]}
    sources = [*SMALL_CLIENT["sources"], SMALL_CLIENT["sources"][0] | {"id": "archive"}]
    client = SMALL_CLIENT | {"sources": sources, "minimum_n": 45}
    added.write("clients/acme.yml", client)
    found = previous(added, "net_sentiment")
    assert (found["status"], found["reason"]) == ("not_comparable", "sources")
    assert previous(added)["status"] == "bridged"
    added.write("clients/acme.yml", client | {"brands": [brand]})
    deliver(added, post(300, 28))
    assert previous(added)["bridge"] is None
