"""The numbers of two revisions' tables, cell by cell: which moved, and what each rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from oyez.days import Period
from oyez.edition import spans
from oyez.edition.model import Edition, Number

Row = dict[str, Any]

# What tells a row from the others of its table: the columns of these that it has.
_KEYS = (
    "start",
    "month",
    "day",
    "weekday",
    "hour",
    "hour_local",
    "at",
    "first_day",
    "source_id",
    "network",
    "channel",
    "language",
    "brand_id",
    "media_type",
    "component",
    "bucket",
    "minutes",
    "stars",
    "term",
    "theme_id",
    "story_id",
    "author_key",
    "author",
    "project",
    "article",
)
_NAMES = ("brand_name", "name", "theme_name", "title", "author")  # how people call a row
# Numbers that name nothing that was counted: an order, a place.
_NO_NUMBER = frozenset({"rank", "list_rank", "place"})
_METRICS = {
    "volume_by_hour": "mention_volume_hour",
    "top_authors": "author_activity",
    "share_of_voice": "share_of_voice",
    "reviews_by_month": "review",
    "rating_distribution": "review",
    "reviews_by_brand": "review",
    "response_by_day": "response",
    "response_distribution": "response",
    "response_curve": "response",
    "community_by_period": "active_member",
    "newcomers": "newcomer",
    "reputation": "reputation_index",
    "themes": "theme",
    "own_themes": "theme",
    "stories": "story",
    "media_types": "media_type",
    "dependence": "source_dependence",
    "presence": "presence_proxy",
    "engagement_by_network": "engagement_rate",
    "to_thank": "member_help",
    "gone_quiet": "gone_quiet",
    "returning_members": "returning_member",
}
_JUDGED = ("positive", "negative", "neutral", "sentiment")


@dataclass(frozen=True)
class MovedCell:
    """A number that is another one, and what it rests on.

    Attributes:
        path: where it stands in `edition.json`.
        label: of its row.
        then: in the earlier revision; None where it was not there.
        now: in the newer one.
        figure: a figure that rests on the same.
        metric: card of the table.
        span: whose number it is.
    """

    path: str
    label: str
    then: Number
    now: Number
    figure: str
    metric: str
    span: str


def moved(then: Edition, now: Edition) -> Iterator[MovedCell]:
    """Yield the numbers of tables, coverage and figures' bases that differ, in order of paths."""
    named = spans.spans(Period(now.period.kind, now.period.start, now.period.end))
    for name in sorted(then.figures.keys() | now.figures.keys()):
        before, after = then.figures.get(name), now.figures.get(name)
        known = after or before
        assert known is not None  # noqa: S101  the name is a key of one of them
        for column in ("n", "low", "high"):
            values = (getattr(before, column, None), getattr(after, column, None))
            if values[0] != values[1]:
                path = f"figures.{name}.{column}"
                yield MovedCell(path, name, *values, name, known.metric, "reported")
    for name in sorted(then.tables.keys() | now.tables.keys()):
        yield from _rows(name, then.tables.get(name, []), now.tables.get(name, []), named)
    covered = [one.coverage.model_dump(mode="json") for one in (then, now)]
    for column in sorted(covered[1]):
        if _is_number(covered[0][column]) and covered[0][column] != covered[1][column]:
            values = (covered[0][column], covered[1][column])
            yield MovedCell(
                f"coverage.{column}",
                column,
                *values,
                "mention_volume",
                "mention_volume",
                "reported",
            )
    yield from _rows("sources", covered[0]["sources"], covered[1]["sources"], named, "coverage")


def _rows(
    table: str, then: list[Row], now: list[Row], named: dict[str, Period], group: str = "tables"
) -> Iterator[MovedCell]:
    before, after = _by_key(then), _by_key(now)
    for key in [*after, *(one for one in before if one not in after)]:
        old, new = before.get(key, {}), after.get(key, {})
        row = new or old
        where = ",".join(f"{name}={value}" for name, value in key)
        label = next((str(row[name]) for name in _NAMES if row.get(name)), None)
        label = label or ", ".join(str(value) for _, value in key) or table
        for column in sorted(old.keys() | new.keys()):
            values = (old.get(column), new.get(column))
            is_key = column in dict(key)
            if values[0] == values[1] or is_key or column in _NO_NUMBER:
                continue
            if not any(_is_number(one) for one in values):
                continue
            path = f"{group}.{table}{f'[{where}]' if where else ''}.{column}"
            figure, span = _figure(table, column), _span(table, column, row, named)
            metric = _METRICS.get(table, "mention_volume")
            metric = "net_sentiment" if column == "net_sentiment" else metric
            shown = [one if _is_number(one) else None for one in values]
            yield MovedCell(path, label, shown[0], shown[1], figure, metric, span)


def _by_key(rows: list[Row]) -> dict[tuple[tuple[str, Any], ...], Row]:
    found: dict[tuple[tuple[str, Any], ...], Row] = {}
    for row in rows:
        key = tuple((name, row[name]) for name in _KEYS if row.get(name) is not None)
        number = 2
        unique = key
        while unique in found or (not unique and len(rows) > 1):
            # Two rows about the same: told apart by their order.
            unique = (*key, ("row", number))
            number += 1
        found[unique] = row
    return found


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _figure(table: str, column: str) -> str:
    """Return a figure that rests on the parts that this column rests on."""
    if table == "reputation":
        return "reputation_index"
    if table == "share_of_voice" or column.startswith("share_of_voice"):
        return "share_of_voice"
    if any(word in column for word in _JUDGED):
        return "net_sentiment"
    return "engagement" if "engagement" in column else "mention_volume"


def _span(table: str, column: str, row: Row, named: dict[str, Period]) -> str:
    if column.startswith("prior_"):
        return "previous"
    if column.startswith("last_year_"):
        return "last_year"
    if table == "reviews_by_brand" or column.startswith("year_"):
        return "year"
    start = row.get("start") or row.get("month")
    family = {"volume_by_period": "history_", "community_by_period": "history_"}
    prefix = family.get(table, "month_" if table == "reviews_by_month" else "")
    if not (prefix and start):
        return "reported"
    return next(
        (
            name
            for name, span in named.items()
            if name.startswith(prefix) and span.start.isoformat() == start
        ),
        "reported",
    )
