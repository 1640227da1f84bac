"""Chance that a seed makes repeatable: counts of a day, instants of a day, names, followers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

UTC = ZoneInfo("UTC")
T = TypeVar("T")

# Relative volume of the local hours 0-23.
SOCIAL_HOURS = (
    14,
    8,
    5,
    4,
    4,
    6,
    14,
    28,
    40,
    46,
    48,
    50,
    58,
    54,
    46,
    44,
    46,
    52,
    60,
    64,
    66,
    62,
    46,
    28,
)
PRESS_HOURS = (0, 0, 0, 0, 1, 6, 18, 26, 22, 18, 16, 14, 12, 10, 10, 12, 14, 14, 10, 6, 4, 2, 1, 0)
REVIEW_HOURS = (
    4,
    2,
    1,
    0,
    0,
    1,
    4,
    8,
    14,
    18,
    20,
    18,
    20,
    20,
    20,
    18,
    18,
    22,
    26,
    30,
    32,
    30,
    22,
    10,
)
OFFICE_HOURS = (0, 0, 0, 0, 0, 0, 0, 2, 12, 26, 28, 24, 12, 18, 26, 26, 24, 18, 6, 0, 0, 0, 0, 0)


def pick(rng: Random, weighted: Sequence[tuple[T, float]]) -> T:
    """One of the values, with probabilities proportional to the weights."""
    total = sum(weight for _, weight in weighted)
    at = rng.random() * total
    for value, weight in weighted:
        at -= weight
        if at < 0:
            return value
    return weighted[-1][0]


def poisson(rng: Random, mean: float) -> int:
    """A Poisson count; Knuth's product in slices, exact for any mean."""
    count = 0
    while mean > 20:
        # The sum of two independent Poisson counts is one: slices keep the product above zero.
        count += poisson(rng, 20)
        mean -= 20
    limit, product = math.exp(-mean), rng.random()
    while product > limit:
        count += 1
        product *= rng.random()
    return count


def negative_binomial(rng: Random, mean: float, dispersion: float) -> int:
    """A count of that mean and of variance = dispersion x mean (dispersion > 1)."""
    if mean <= 0:
        return 0
    shape = mean / (dispersion - 1)
    return poisson(rng, rng.gammavariate(shape, dispersion - 1))


def drift(rng: Random, days: int, spread: float, memory_days: float = 12.0) -> list[float]:
    """A factor near 1 for each day: exp of an Ornstein-Uhlenbeck walk of that spread."""
    keep = math.exp(-1 / memory_days)
    level, factors = rng.gauss(0, spread), []
    for _ in range(days):
        factors.append(math.exp(level - spread * spread / 2))
        level = keep * level + math.sqrt(1 - keep * keep) * rng.gauss(0, spread)
    return factors


def instant(rng: Random, day: date, zone: ZoneInfo, hours: Sequence[float]) -> datetime:
    """An instant (UTC, whole seconds) of that local day, drawn from the hour profile."""
    hour = pick(rng, [(hour, weight) for hour, weight in enumerate(hours)])
    second = rng.randrange(3600)
    local = datetime(day.year, day.month, day.day, hour, second // 60, second % 60, tzinfo=zone)
    return local.astimezone(UTC)


def office_delay(
    start: datetime,
    worked: timedelta,
    zone: ZoneInfo,
    opens: int,
    closes: int,
    closed_weekdays: frozenset[int] = frozenset({5, 6}),
) -> datetime:
    """The instant (UTC) at which `worked` office time has passed since `start`."""
    at = start.astimezone(zone)
    left = worked
    while True:
        opening = at.replace(hour=opens, minute=0, second=0)
        closing = at.replace(hour=closes, minute=0, second=0)
        if at.weekday() not in closed_weekdays and at < closing:
            at = max(at, opening)
            if at + left < closing:
                return (at + left).astimezone(UTC)
            left -= closing - at
        at = (opening + timedelta(days=1)).replace(hour=opens)


def followers(rng: Random, median: float = 240) -> int:
    """An audience: log-normal, with a Pareto tail."""
    size = rng.lognormvariate(math.log(max(median, 1)), 1.3)
    if rng.random() < 0.02:
        size *= rng.paretovariate(1.1) * 4
    return min(int(size), 900_000)


def surname(rng: Random) -> str:
    """An invented family name (syllables, so that it is nobody's)."""
    starts = (
        "Bru",
        "Cal",
        "Dor",
        "Fen",
        "Gar",
        "Jol",
        "Kel",
        "Lam",
        "Mor",
        "Nav",
        "Pla",
        "Quer",
        "Ral",
        "Sav",
        "Tev",
        "Ver",
        "Zel",
        "Bri",
        "Cro",
        "Dru",
    )
    middles = ("ma", "ne", "li", "vo", "ra", "sto", "gui", "lo", "de", "ni", "bu", "te")
    ends = ("lin", "ret", "vard", "quet", "zon", "mel", "dier", "gue", "rin", "tal", "nec", "sac")
    name = rng.choice(starts) + rng.choice(middles) + rng.choice(ends)
    return "Calmolin" if name == "Verdier" else name
