"""What is told first, what is asked of whom, and when a negative spike began."""
# ruff: noqa: E501  one author a line

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sample_edition import french

from oyez.edition.figure import reaches
from oyez.edition.findings import Facts, actions, findings, is_spike
from oyez.edition.model import Comparison, Gap
from oyez.edition.spike import _onset

DAY = date(2026, 5, 27)


def facts(**changed: Any) -> Facts:
    """Return facts of the French sample: its peak of 8 September, two sources with gaps."""
    edition = french()
    tables = {
        **edition.tables,
        "top_authors": [
            {"author": "@warm", "network": "x", "positive_count": 3, "negative_count": 0, "item_count": 3},
            {"author": "@silent", "network": "x", "positive_count": 0, "negative_count": 0, "item_count": 9},
            {"author": "@torn", "network": "x", "positive_count": 4, "negative_count": 1, "item_count": 9},
            {"author": "Le Fil", "network": "news", "positive_count": 5, "negative_count": 0, "item_count": 9},
        ],
    }  # fmt: skip
    return replace(
        Facts(
            figures=edition.figures,
            tables=tables,
            verbatims=edition.verbatims,
            coverage=edition.coverage,
            minimum_n=30,
            models=[],
            unanswered={
                "review_count": 3,
                "negative_review_count": 2,
                "oldest_review_day": date(2026, 9, 4),
                "other_count": 7,
                "oldest_other_day": date(2026, 9, 2),
            },
            usual_count=40,
            last_day=edition.period.end,
            own_measured_pct=98.6,
        ),
        **changed,
    )


def to_do(one: Facts) -> dict[str, dict[str, Any]]:
    found = findings(one)
    return {action.code: action.params for action in actions(one, found, one.last_day)}


def test_a_negative_spike_is_told_before_the_volume():
    found = findings(facts())
    assert [one.code for one in found["summary"]][:2] == ["volume.peak_negative", "volume.change"]
    assert is_spike(found["summary"][0])


def test_zero_of_a_partly_measured_week_says_so_and_what_named_nobody():
    base = facts()
    volume = base.figures["mention_volume"].model_copy(update={"value": 0, "status": "partial"})
    empty = base.figures["share_of_voice"].model_copy(update={"value": None, "status": "none"})
    coverage = base.coverage.model_copy(update={"unmatched_count": 15, "measured_pct": 88.4})
    figures = {**base.figures, "mention_volume": volume, "share_of_voice": empty}
    found = findings(facts(figures=figures, coverage=coverage))
    first, second = found["volume"][:2]
    assert (first.code, first.params) == ("volume.zero_partial", {"measured_pct": 88.4})
    assert (second.code, second.params) == ("volume.unmatched", {"count": 15})
    assert second in found["summary"]
    assert [one.code for one in found["share_of_voice"]] == ["sov.zero"]


def test_an_ordinary_day_is_one_of_the_weeks_before_where_they_were_measured():
    (peak,) = (one for one in findings(facts(usual_count=21))["volume"] if "peak" in one.code)
    assert (peak.params["median_count"], peak.params["basis"]) == (21, "history")
    (peak,) = (one for one in findings(facts(usual_count=None))["volume"] if "peak" in one.code)
    assert peak.params["basis"] == "period"
    assert not is_spike(peak)


def test_only_those_who_wrote_well_of_the_brand_are_thanked():
    quiet = facts(unanswered=None, coverage=french().coverage.model_copy(update={"sources": []}))
    assert to_do(quiet)["action.thank_authors"] == {"authors": ["@warm"]}


def test_unanswered_reviews_are_counted_not_read_off_the_quotations():
    found = {one.code: one.params for one in findings(facts())["reviews"]}
    assert found["reviews.unanswered"]["negative_count"] == 2
    todo = to_do(facts())
    assert todo["action.answer_reviews"]["oldest_day"] == "2026-09-04"
    assert todo["action.answer_waiting"] == {"count": 7, "oldest_day": "2026-09-02"}


@pytest.mark.parametrize(
    ("end", "code"),
    [("2026-10-01T00:00", "action.fix_coverage"), ("2026-09-17T21:15", "action.fill_gap")],
)
def test_a_gap_that_was_closed_is_filled_not_repaired(end, code):
    coverage = french().coverage
    gap = Gap(start="2026-09-17T04:00", end=end, state="source_down")
    first = coverage.sources[0].model_copy(update={"gaps": [gap]})
    todo = to_do(facts(coverage=coverage.model_copy(update={"sources": [first]})))
    assert code in todo
    assert {"action.fix_coverage", "action.fill_gap"} & set(todo) == {code}


def test_a_source_with_a_gap_among_others_that_listened_is_no_missing_hour():
    coverage = french().coverage.model_copy(update={"measured_pct": 100.0})
    codes = [one.code for one in findings(facts(coverage=coverage))["coverage"]]
    assert codes[0] == "coverage.source_gaps"


@pytest.mark.parametrize(
    ("value", "bound", "wanted"),
    [(4.4, "at_least", True), (4.39, "at_least", False), (480, "at_most", True), (481, "at_most", False)],
)  # fmt: skip
def test_a_bound_met_exactly_is_reached(value, bound, wanted):
    target = Comparison(value=4.4 if value < 5 else 480, kind="target", status="ok", bound=bound)
    assert reaches(value, target) is wanted


@pytest.mark.parametrize(
    ("counts", "start"),
    [
        ({(DAY, 7): 9, (DAY, 8): 30}, (DAY, 7)),
        ({(DAY, 3): 9, (DAY, 8): 30}, (DAY, 3)),  # four calm hours are a night
        ({(DAY, 2): 9, (DAY, 8): 30}, (DAY, 8)),  # five are another story
        ({(DAY, 8): 6}, None),  # a usual hour
    ],
)
def test_the_onset_is_the_hour_that_left_the_usual_level(counts, start):
    hours = [(DAY, hour) for hour in range(24)]
    rows = {hour: {"item_count": count} for hour, count in counts.items()}
    assert _onset(hours, rows, DAY, 6) == start
