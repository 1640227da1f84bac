"""The median waiting time against worked examples.

The first is the 6-MP arm of the leukaemia trial of Freireich et al. (1963), the textbook case of
Kaplan–Meier estimates (Klein & Moeschberger, Survival Analysis, section 4.2): 21 patients, weeks of
remission, + is censored. Worked by hand:
S(6) = 18/21 = 0.857; S(7) = 0.857 × 16/17 = 0.807; S(10) = × 14/15 = 0.753;
S(13) = × 11/12 = 0.690; S(16) = × 10/11 = 0.627; S(22) = × 6/7 = 0.538; S(23) = × 5/6 = 0.448.
The median is 23 weeks.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import warehouse

from oyez.metrics import runner

REMISSION = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
FREIREICH = (
    REMISSION.split(),
    # share answered → first minute by which it is reached
    {0.142: 6, 0.15: 7, 0.2: 10, 0.3: 13, 0.35: 16, 0.37: 16, 0.46: 22, 0.5: 23, 0.56: None},
)
HALF_EXACTLY = (["5", "10", "15", "20"], {0.5: 10, 0.9: 20, 0.75: 15})  # S(10) = 1/2, reached
NOBODY = (["5+", "6+"], {0.5: None})


def _cases(times: list[str]) -> list[dict[str, object]]:
    return [{"minutes": float(t.rstrip("+")), "is_answered": not t.endswith("+")} for t in times]


@pytest.mark.parametrize(
    ("times", "reached"), [FREIREICH, HALF_EXACTLY, NOBODY], ids=["textbook", "half", "nobody"]
)
def test_macro_against_hand_worked_curves(
    times: list[str], reached: dict[float, int | None]
) -> None:
    connection = warehouse.empty()
    runner.create_macros(connection)
    for share, minutes in reached.items():
        row = connection.execute(
            "select km_minutes($cases, $share)", {"cases": _cases(times), "share": share}
        ).fetchone()
        assert row == (minutes,), f"share {share}"


def test_censored_between_answers_leaves_fewer_at_risk() -> None:
    # 1, 2, 3+, 4, 5+, 6+: S(1) = 5/6, S(2) = 5/6 × 4/5 = 2/3, S(4) = 2/3 × 2/3 = 4/9 ≤ 1/2.
    connection = warehouse.empty()
    runner.create_macros(connection)
    cases = _cases(["1", "2", "3+", "4", "5+", "6+"])
    row = connection.execute(
        "select km_minutes($cases, 1 / 3), km_minutes($cases, 0.5), km_minutes($cases, 0.56)",
        {"cases": cases},
    ).fetchone()
    assert row == (2, 4, None)


def test_the_metric_and_the_macro_agree_on_the_textbook_case() -> None:
    # Weeks become minutes. A message that waits is censored where the data end, so each arrives
    # that many minutes before the end.
    end = datetime.fromisoformat("2026-03-03 00:00")
    items = []
    for number, text in enumerate(FREIREICH[0]):
        weeks = int(text.rstrip("+"))
        asked = end - timedelta(minutes=weeks) if text.endswith("+") else end - timedelta(hours=2)
        items.append({"id": f"q{number}", "at": str(asked), "inbound": True})
        if not text.endswith("+"):
            answered = asked + timedelta(minutes=weeks)
            items.append(
                {
                    "id": f"r{number}",
                    "at": str(answered),
                    "own_voice_of": "brand",
                    "answers": f"q{number}",
                }
            )
    connection = warehouse.empty()
    warehouse.fill(
        connection,
        {
            "days": ["2026-03-02", "2026-03-03"],
            "coverage": [{"from": "2026-03-02 00:00", "to": str(end)}],
            "items": items,
        },
    )
    runner.compute(connection)
    row = connection.execute(
        "select inbound_count, answered_count, median_minutes, p90_minutes "
        "from metric.first_response_time where brand_id = 'brand'"
    ).fetchone()
    assert row == (21, 9, 23, None)
    again = connection.execute(
        "select km_minutes(list({'minutes': observed_minutes, 'is_answered': is_answered}), 0.5) "
        "from metric.response"
    ).fetchone()
    assert again == (23,)
