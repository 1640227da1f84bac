"""Draws the edition's tables: each plate is a chart and the sentence that says what it shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from markupsafe import Markup

from oyez.edition.model import Edition
from oyez.render import numbers
from oyez.render.charts.bars import Bar, bars
from oyez.render.charts.canvas import Canvas
from oyez.render.charts.columns import Column, Words, columns
from oyez.render.charts.curve import answered_curve
from oyez.render.charts.diverging import diverging
from oyez.render.charts.donut import donut
from oyez.render.charts.heatmap import heatmap
from oyez.render.charts.line import line, sparkline
from oyez.render.charts.strip import strip
from oyez.render.language import Language
from oyez.render.names import language_name, network_name, network_place
from oyez.render.palette import Palette
from oyez.render.sections import LEAST_HISTORY, has_few_voices
from oyez.render.text import day, month, plain, short_day, weekday, weekdays
from oyez.render.text import span as span_words

Row = dict[str, Any]
FAST = ("under_1h", "1h_4h")
BUCKETS = ("under_1h", "1h_4h", "4h_24h", "1d_3d", "over_3d", "waiting")
MOST_BARS = 10
MOST_SOURCES = 12
_STRIP = {"ok": "full", "ok_empty": "empty", "partial": "part"}


@dataclass(frozen=True)
class Plate:
    """A chart, and its "so what" in one sentence (may be empty)."""

    svg: Markup
    note: str = ""


def _unmeasured(row: Row, column: str) -> bool:
    return row.get(column) is None and row.get("status") == "not_measured"


class Plates:
    """Draws one edition in one language and one palette. Widths and heights are CSS pixels."""

    def __init__(self, edition: Edition, language: Language, palette: Palette) -> None:
        self.edition, self.language, self.palette = edition, language, palette

    def _rows(self, table: str) -> list[Row]:
        return self.edition.tables.get(table, [])

    def _say(self, key: str, count: int | None = None, /, **words: str) -> str:
        return self.language.say(key, count, **words)

    def _count(self, value: float) -> str:
        return numbers.decimal(value, self.language)

    def _polarity(self) -> tuple[str, str, str]:
        return self.palette.positive, self.palette.neutral, self.palette.negative

    def _polarity_names(self) -> tuple[str, str, str]:
        positive, neutral, negative = (
            self._say(f"words.{one}") for one in ("positive", "neutral", "negative")
        )
        return positive, neutral, negative

    def _words(
        self, title: str, ghost: str = "", legend: tuple[str, ...] = (), older: str = ""
    ) -> Words:
        return Words(
            title=title,
            not_measured=self._say("words.not_measured"),
            number=self._count,
            legend=legend,
            ghost=ghost,
            older=older,
            partial=self._say("words.partial"),
        )

    def _split(self, row: Row) -> tuple[float, ...] | None:
        if row.get("item_count") is None:
            return None
        positive, negative = row.get("positive_count") or 0, row.get("negative_count") or 0
        # What got no sentiment is drawn with the neutral ones, so that columns add up.
        return positive, max(row["item_count"] - positive - negative, 0), negative

    def events(self) -> list[tuple[str, str, str]]:
        """Return (number on the chart, day in words, label) of the period's events."""
        span = self.edition.period
        inside = [
            one
            for one in self.edition.events
            if span.start <= date.fromisoformat(one["date"]) <= span.end
        ]
        return [
            (str(index), day(one["date"], self.language), plain(one["label"], 60))
            for index, one in enumerate(inside, 1)
        ]

    def volume_days(self, width: float, height: float) -> Plate:
        """Mentions a day by sentiment, the earlier period as a dotted line, events flagged."""
        rows = self._rows("volume_by_day")
        flags: dict[str, str] = {}
        span = self.edition.period
        inside = [
            one
            for one in self.edition.events
            if span.start <= date.fromisoformat(one["date"]) <= span.end
        ]
        for index, one in enumerate(inside, 1):
            flags.setdefault(one["date"], str(index))
        drawn = [
            Column(
                label=short_day(row["day"], self.language),
                parts=None if row.get("status") == "not_measured" else self._split(row),
                is_partial=row.get("status") == "partial",
                ghost=row.get("prior_item_count"),
                older=row.get("last_year_item_count"),
                event=flags.get(row["day"], ""),
            )
            for row in rows
        ]
        last_year = self.edition.period.last_year
        older = span_words(last_year.start, last_year.end, self.language)
        words = self._words(
            self._say("chart.volume_days"),
            self._say("legend.prior"),
            self._polarity_names(),
            self._say("legend.span", when=self._say("legend.last_year"), span=older),
        )
        svg = columns(drawn, self._polarity(), words, self.palette, width, height)
        return Plate(svg, self._days_note(rows))

    def _days_note(self, rows: list[Row]) -> str:
        blind = [
            row
            for row in rows
            if row.get("item_count") is None or row.get("status") == "not_measured"
        ]
        missing = len(blind)
        known = [row for row in rows if row not in blind]
        notes = []
        if known and not any(row["item_count"] for row in known):
            is_partial = any(row.get("status") == "partial" for row in known)
            if is_partial:
                notes.append(self._say("note.days.zero_partial"))
            elif not missing:
                notes.append(self._say("note.days.zero"))
        elif len(known) > 1:
            high = max(known, key=lambda row: (row["item_count"], row["day"]))
            low = min(known, key=lambda row: (row["item_count"], row["day"]))
            notes.append(
                self._say(
                    "note.days",
                    high_day=day(high["day"], self.language),
                    high=self._count(high["item_count"]),
                    low_day=day(low["day"], self.language),
                    low=self._count(low["item_count"]),
                )
            )
        if missing:
            notes.append(self._say("note.days.missing", missing, n=self._count(missing)))
        # What arrived by chance from a day that nobody watched counts in the total.
        stray = sum(row.get("item_count") or 0 for row in blind)
        if stray:
            notes.append(self._say("note.days.stray", stray, n=self._count(stray)))
        return " ".join(notes)

    def _period_label(self, row: Row) -> str:
        if self.edition.period.kind in ("month", "quarter"):
            return month(row["start"], self.language)
        return short_day(row["start"], self.language)

    def volume_periods(self, width: float, height: float) -> Plate:
        """The last periods, the reported one set off: a week means little without them."""
        rows = self._rows("volume_by_period")
        drawn = [
            Column(
                label=self._period_label(row),
                parts=None if row["item_count"] is None else (row["item_count"],),
                is_partial=row.get("status") == "partial",
                is_strong=index == len(rows) - 1,
            )
            for index, row in enumerate(rows)
        ]
        words = self._words(self.periods_title())
        svg = columns(drawn, [self.palette.primary], words, self.palette, width, height)
        known = [row["item_count"] for row in rows if row["item_count"] is not None]
        if len(known) < 2:
            return Plate(svg)
        note = self._say(
            "note.periods",
            n=str(len(known)),
            low=self._count(min(known)),
            high=self._count(max(known)),
            median=self._count(median(known)),
        )
        return Plate(svg, note)

    def periods_title(self) -> str:
        """Return "Les 13 dernières semaines"."""
        kind = self.edition.period.kind
        return self._say(f"chart.volume_periods.{kind}", n=str(len(self._rows("volume_by_period"))))

    def volume_hours(self, width: float, height: float) -> Plate:
        """Weekdays by hours."""
        rows = self._rows("volume_by_hour")
        cells = {(row["weekday"] - 1, row["hour"]): row["item_count"] for row in rows}
        hours = [self._say("words.hour", n=str(hour)) for hour in range(24)]
        title = self._say("chart.volume_hours")
        svg = heatmap(
            cells, weekdays(self.language), hours, title, self.palette, width, height,
            self._blind_hours(),
        )  # fmt: skip
        top = max(rows, key=lambda r: (r["item_count"], -r["weekday"], -r["hour"]), default=None)
        if not top or not top["item_count"]:
            return Plate(svg)
        note = self._say(
            "note.hours",
            top["item_count"],
            weekday=weekday(top["weekday"], self.language),
            start=hours[top["hour"]].replace(" ", "\u00a0"),
            end=self._say("words.hour", n=str(top["hour"] + 1)).replace(" ", "\u00a0"),
            count=self._count(top["item_count"]),
        )
        return Plate(svg, note)

    def _blind_hours(self) -> set[tuple[int, int]]:
        """Return (weekday from 0, hour) that no source measured on any of the period's days."""
        blind: list[set[datetime]] = []
        for source in self.edition.coverage.sources:
            hours: set[datetime] = set()
            for gap in source.gaps:
                at, end = datetime.fromisoformat(gap.start), datetime.fromisoformat(gap.end)
                while at + timedelta(hours=1) <= end:
                    hours.add(at)
                    at += timedelta(hours=1)
            blind.append(hours)
        silent = set.intersection(*blind) if blind else set()
        span = self.edition.period
        start = datetime.combine(span.start, time())  # local, naive as the gaps are
        every = (start + timedelta(hours=n) for n in range(24 * ((span.end - span.start).days + 1)))
        seen = {(at.weekday(), at.hour) for at in every if at not in silent}
        return {(at.weekday(), at.hour) for at in silent} - seen

    def has_history(self, table: str, column: str) -> bool:
        """Tell whether enough periods were measured for a history to say something."""
        known = sum(row.get(column) is not None for row in self._rows(table))
        return known >= LEAST_HISTORY

    def has_negative_days(self) -> bool:
        """Tell whether enough days bear a share of negative mentions for a line of them."""
        return sum(value is not None for value in self._negative_shares()) >= LEAST_HISTORY

    def _negative_shares(self) -> list[float | None]:
        values: list[float | None] = []
        for row in self._rows("volume_by_day"):
            scored = sum(
                row.get(f"{one}_count") or 0 for one in ("positive", "neutral", "negative")
            )
            told = row.get("status") != "not_measured" and scored >= self.edition.minimum_n
            values.append(100 * row["negative_count"] / scored if told else None)
        return values

    def negative_days(self, width: float, height: float) -> Plate:
        """The share of negative mentions a day: what stands where there is no history yet."""
        rows = self._rows("volume_by_day")
        values = self._negative_shares()

        def number(value: float) -> str:
            return numbers.percent(value, self.language, 0)

        svg = line(
            [short_day(row["day"], self.language) for row in rows],
            values,
            [row.get("status") == "not_measured" for row in rows],
            self._say("chart.negative_days"),
            self._say("words.not_measured"),
            number,
            self.palette,
            width,
            height,
            (0, 100),
        )
        known = [value for value in values if value is not None]
        if len(known) < 2:
            return Plate(svg)
        return Plate(
            svg, self._say("note.negative_days", low=number(min(known)), high=number(max(known)))
        )

    def spike_hours(self, width: float, height: float) -> Plate:
        """Hour by hour around a negative peak: negative mentions on top of the others."""
        rows = self._rows("spike_by_hour")
        drawn = [
            Column(
                label=self._hour_label(row),
                parts=None
                if row["item_count"] is None
                else (row["negative_count"], row["item_count"] - row["negative_count"]),
            )
            for row in rows
        ]
        legend = (self._say("words.negative"), self._say("words.other_mentions"))
        words = replace(self._words(self._say("chart.spike_hours"), legend=legend), every=6)
        colours = (self.palette.negative, self.palette.neutral)
        return Plate(columns(drawn, colours, words, self.palette, width, height))

    def _hour_label(self, row: Row) -> str:
        if row["hour"] == 0:
            return short_day(row["day"], self.language)
        return self._say("words.hour", n=str(row["hour"]))

    def sentiment_split(self, width: float, height: float) -> Plate:
        """A ring of the period's positive, neutral and negative mentions."""
        rows = [row for row in self._rows("volume_by_day") if row.get("item_count") is not None]
        keys = ("positive_count", "neutral_count", "negative_count")
        counts = [sum(row.get(key) or 0 for row in rows) for key in keys]
        rated = sum(counts)
        total = sum(row["item_count"] for row in rows)
        parts = []
        for name, count, colour in zip(
            self._polarity_names(), counts, self._polarity(), strict=True
        ):
            text = self._count(count)
            if rated >= self.edition.minimum_n:
                text += f" · {numbers.percent(count / rated * 100, self.language)}"
            parts.append((name, count, text, colour))
        title = self._say("chart.sentiment_split")
        centre = self._count(rated) if rows else "–"
        caption = self._say("words.mentions") if rows else self._say("words.not_measured")
        svg = donut(parts, centre, caption, title, self.palette, width, height)
        notes = []
        if rated:
            words = {"negative": self._count(counts[2]), "total": self._count(rated)}
            if rated >= self.edition.minimum_n:
                share = numbers.percent(counts[2] / rated * 100, self.language)
                notes.append(self._say("note.split", counts[2], pct=share, **words))
            else:
                notes.append(self._say("note.split.few", counts[2], **words))
        if total > rated:
            unrated = total - rated
            notes.append(self._say("note.split.unrated", unrated, n=self._count(unrated)))
        return Plate(svg, " ".join(notes))

    def _periods_line(
        self, table: str, column: str, title: str, digits: int, width: float, height: float,
        bounds: tuple[float, float] | None = None, suffix: str = "",
    ) -> Plate:  # fmt: skip
        rows = self._rows(table)
        values = [None if row.get(column) is None else float(row[column]) for row in rows]
        labels = [self._period_label(row) for row in rows]

        def number(value: float) -> str:
            if column == "net_sentiment":
                return numbers.signed(value, self.language)
            return numbers.decimal(value, self.language, digits) + suffix

        svg = line(
            labels,
            values,
            [_unmeasured(row, column) for row in rows],
            title,
            self._say("words.not_measured"),
            number,
            self.palette,
            width,
            height,
            bounds,
        )
        known = [value for value in values if value is not None]
        if len(known) < 2:
            return Plate(svg)
        return Plate(
            svg,
            self._say(
                "note.line", low=number(min(known)), high=number(max(known)), n=str(len(known))
            ),
        )

    def sentiment_periods(self, width: float, height: float) -> Plate:
        """Net sentiment over the last periods."""
        title = self._say("chart.sentiment_periods")
        return self._periods_line(
            "volume_by_period", "net_sentiment", title, 0, width, height, (0, 0)
        )

    def sentiment_networks(self, width: float, height: float) -> Plate:
        """Negative and positive mentions a network."""
        rows = [r for r in self._rows("volume_by_source") if r["item_count"]][:MOST_BARS]
        drawn = []
        for row in rows:
            net = row.get("net_sentiment")
            rated = sum(row.get(f"{one}_count") or 0 for one in ("positive", "neutral", "negative"))
            text = "–"
            if net is not None and rated >= self.edition.minimum_n:
                text = numbers.points(net, self.language)
            drawn.append(
                (
                    network_name(row["network"], self.language),
                    row["negative_count"] or 0,
                    row["positive_count"] or 0,
                    text,
                )
            )
        negative_name, positive_name = self._say("words.negative"), self._say("words.positive")
        svg = diverging(
            drawn, negative_name, positive_name, self._say("col.net"),
            self._say("chart.sentiment_networks"), self._count, self.palette, width, height,
        )  # fmt: skip
        every = self._rows("volume_by_source")
        total = sum(row["negative_count"] or 0 for row in every)
        if not total:
            return Plate(svg, self._say("note.networks.none") if drawn else "")
        worst = max(every, key=lambda row: row["negative_count"] or 0)
        note = self._say(
            "note.networks",
            worst["negative_count"],
            network=network_place(worst["network"], self.language),
            count=self._count(worst["negative_count"]),
            total=self._count(total),
        )
        return Plate(svg, note)

    def share_of_voice(self, width: float, height: float) -> Plate:
        """Brands by their share, the earlier share as a tick; by their count where few spoke."""
        drawn = []
        few = has_few_voices(self.edition)
        for row in self._rows("share_of_voice"):
            share = row.get("share_pct")
            text = self._say("words.not_measured")
            if share is not None and not few:
                text = numbers.percent(share, self.language)
            elif row.get("item_count") is not None:
                text = self._count(row["item_count"])
            drawn.append(
                Bar(
                    label=plain(row["brand_name"], 60),
                    value=None if share is None else float(share),
                    text=text,
                    prior=None
                    if few or row.get("prior_share_pct") is None
                    else float(row["prior_share_pct"]),
                    is_strong=bool(row["is_own"]),
                )
            )
        svg = bars(
            drawn, self._say("chart.sov"), self.palette, width, height,
            prior_label=self._say("legend.prior"),
        )  # fmt: skip
        own = next((row for row in self._rows("share_of_voice") if row["is_own"]), None)
        if few or not own or own.get("share_pct") is None or own.get("prior_share_pct") is None:
            return Plate(svg)
        change = numbers.rounded(own["share_pct"] - own["prior_share_pct"], 1)
        trend = "flat" if not change else "up" if change > 0 else "down"
        note = self._say(
            f"note.sov.{trend}",
            change=numbers.points(abs(change), self.language).lstrip("+"),
            prior=numbers.percent(own["prior_share_pct"], self.language),
        )
        return Plate(svg, note)

    def sov_periods(self, width: float, height: float) -> Plate:
        """The brand's share over the last periods."""
        title = self._say("chart.sov_periods")
        return self._periods_line("volume_by_period", "share_of_voice_pct", title, 1, width, height)

    def source_bar(self, row: Row, width: float, height: float) -> Markup:
        """One network's mentions by sentiment, on the busiest's scale; the earlier as a tick."""
        rows = self._rows("volume_by_source")[:MOST_SOURCES]
        most = max(max(one["item_count"], one.get("prior_item_count") or 0) for one in rows) or 1
        name = network_name(row["network"], self.language)
        canvas = Canvas(width, height, f"{name}, {self._count(row['item_count'])}")
        canvas.rect(0, 1, width, height - 2, self.palette.surface)
        x = 0.0
        for part, colour in zip(self._split(row) or (), self._polarity(), strict=False):
            canvas.rect(x, 1, width * part / most, height - 2, colour)
            x += width * part / most
        if row.get("prior_item_count") is not None:
            tick = min(max(width * row["prior_item_count"] / most, 0.8), width - 0.8)
            canvas.line((tick, 0), (tick, height), self.palette.ink, 1.6)
        return canvas.markup()

    def theme_bar(self, row: Row, table: str, name: str, width: float, height: float) -> Markup:
        """One theme's mentions by sentiment, on the scale of the largest of its table."""
        most = max(one["item_count"] for one in self._rows(table)) or 1
        canvas = Canvas(width, height, f"{plain(name, 60)}, {self._count(row['item_count'])}")
        canvas.rect(0, 1, width, height - 2, self.palette.surface)
        x = 0.0
        for part, colour in zip(self._split(row) or (), self._polarity(), strict=False):
            canvas.rect(x, 1, width * part / most, height - 2, colour)
            x += width * part / most
        return canvas.markup()

    def sources_note(self) -> str:
        """The network that moved most, in a sentence, and what the tick of a bar means."""
        rows = self._rows("volume_by_source")[:MOST_SOURCES]
        moved = [row for row in rows if row.get("prior_item_count") is not None]
        if not moved:
            return ""
        most = max(moved, key=lambda row: abs(row["item_count"] - row["prior_item_count"]))
        change = most["item_count"] - most["prior_item_count"]
        tick = self._say("note.tick")
        if not change:
            return tick
        note = self._say(
            "note.sources",
            network=network_name(most["network"], self.language),
            change=numbers.signed(change, self.language),
            prior=self._count(most["prior_item_count"]),
        )
        return f"{note} {tick}"

    def languages(self, width: float, height: float) -> Plate:
        """Languages by their mentions."""
        rows = self._rows("volume_by_language")[:6]
        drawn = [
            Bar(
                language_name(row["language"], self.language),
                row["item_count"],
                self._count(row["item_count"]),
            )
            for row in rows
        ]
        svg = bars(drawn, self._say("chart.languages"), self.palette, width, height)
        if not rows:
            return Plate(svg)
        return Plate(svg, self.main_language())

    def main_language(self) -> str:
        """The main language in a sentence: its share, or its count where few spoke."""
        rows = self._rows("volume_by_language")
        name = language_name(rows[0]["language"], self.language)
        total = sum(row["item_count"] for row in rows)
        if total < self.edition.minimum_n:
            count = self._count(rows[0]["item_count"])
            return self._say("note.languages.few", language=name, count=count, n=self._count(total))
        share = numbers.percent(rows[0]["share_pct"], self.language)
        return self._say("note.languages", language=name, share=share)

    def rating_months(self, width: float, height: float) -> Plate:
        """The average rating over twelve months."""
        rows = self._rows("reviews_by_month")
        values = [
            None if row.get("average_rating") is None else float(row["average_rating"])
            for row in rows
        ]
        labels = [month(row["month"], self.language) for row in rows]

        def number(value: float) -> str:
            return numbers.decimal(value, self.language, 1)

        title = self._say("chart.rating_months")
        svg = line(
            labels,
            values,
            [_unmeasured(row, "average_rating") for row in rows],
            title,
            self._say("words.not_measured"),
            number,
            self.palette,
            width,
            height,
            (3, 5),
        )
        known = [value for value in values if value is not None]
        if len(known) < 2:
            return Plate(svg)
        return Plate(
            svg, self._say("note.rating_months", low=number(min(known)), high=number(max(known)))
        )

    def review_months(self, width: float, height: float) -> Plate:
        """New reviews over twelve months."""
        rows = self._rows("reviews_by_month")
        drawn = [
            Column(
                label=month(row["month"], self.language),
                parts=None if row["review_count"] is None else (row["review_count"],),
                is_partial=row.get("status") == "partial",
                is_strong=index == len(rows) - 1,
            )
            for index, row in enumerate(rows)
        ]
        words = self._words(self._say("chart.review_months"))
        svg = columns(drawn, [self.palette.primary], words, self.palette, width, height)
        known = [row["review_count"] for row in rows if row["review_count"] is not None]
        if not known:
            return Plate(svg)
        note = self._say(
            "note.review_months",
            sum(known),
            n=self._count(sum(known)),
            most=self._count(max(known)),
        )
        return Plate(svg, note)

    def rating_distribution(self, width: float, height: float, column: str) -> Plate:
        """Ratings from five stars to one; `column` is `period_count` or `year_count`."""
        rows = sorted(self._rows("rating_distribution"), key=lambda row: -row["stars"])
        drawn = [
            Bar(self._say("words.stars", n=str(r["stars"])), r[column], self._count(r[column]))
            for r in rows
        ]
        key = "chart.rating_distribution" + ("_year" if column == "year_count" else "")
        svg = bars(drawn, self._say(key), self.palette, width, height)
        total = sum(row[column] for row in rows)
        if not total:
            return Plate(svg, self._say("note.ratings.none"))
        good = sum(row[column] for row in rows if row["stars"] >= 4)
        return Plate(
            svg, self._say("note.ratings", good, good=self._count(good), total=self._count(total))
        )

    def response_days(self, width: float, height: float) -> Plate:
        """Inbound messages a day, answered or not."""
        rows = self._rows("response_by_day")
        drawn = [
            Column(
                short_day(row["day"], self.language),
                None
                if row["inbound_count"] is None
                else (
                    row["answered_count"] or 0,
                    max(row["inbound_count"] - (row["answered_count"] or 0), 0),
                ),
            )
            for row in rows
        ]
        legend = (self._say("words.answered"), self._say("words.unanswered"))
        words = self._words(self._say("chart.response_days"), legend=legend)
        colours = (self.palette.primary, self.palette.ghost)
        svg = columns(drawn, colours, words, self.palette, width, height)
        known = [row for row in rows if row["inbound_count"] is not None]
        total = sum(row["inbound_count"] for row in known)
        if not total:
            return Plate(svg)
        answered = sum(row["answered_count"] or 0 for row in known)
        top = max(known, key=lambda row: row["inbound_count"])
        note = self._say(
            "note.response_days",
            total,
            answered=self._count(answered),
            total=self._count(total),
            day=day(top["day"], self.language),
            count=self._count(top["inbound_count"]),
        )
        return Plate(svg, note)

    def response_distribution(self, width: float, height: float) -> Plate:
        """How long answers took, by classes."""
        counts = {row["bucket"]: row["item_count"] for row in self._rows("response_distribution")}
        drawn = [
            Bar(
                self._say(f"bucket.{name}"),
                counts.get(name, 0),
                self._count(counts.get(name, 0)),
                is_strong=name != "waiting",
            )
            for name in BUCKETS
        ]
        svg = bars(drawn, self._say("chart.response_distribution"), self.palette, width, height)
        total = sum(counts.values())
        if not total:
            return Plate(svg)
        fast = sum(counts.get(name, 0) for name in FAST)
        return Plate(
            svg, self._say("note.buckets", fast, fast=self._count(fast), total=self._count(total))
        )

    def response_curve(self, width: float, height: float) -> Plate:
        """The share answered within a delay."""
        rows = sorted(self._rows("response_curve"), key=lambda row: row["minutes"])
        steps = [(float(row["minutes"]), float(row["answered_pct"])) for row in rows]
        figure = self.edition.figures.get("first_response_median")
        middle = float(figure.value) if figure and figure.value and figure.status == "ok" else None
        svg = answered_curve(
            steps, middle, self._say("chart.response_curve"),
            lambda value: numbers.duration(value, self.language),
            lambda value: numbers.percent(value, self.language, 0), self.palette, width, height,
        )  # fmt: skip
        before = [step for step in steps if step[0] <= 1440]
        if not before:
            return Plate(svg)
        note = self._say(
            "note.curve",
            time=numbers.duration(1440, self.language)
            if self.language.code == "en"
            else self._say("duration.hours", hours="24").replace(" ", "\u00a0"),
            share=numbers.percent(before[-1][1], self.language),
        )
        return Plate(svg, note)

    def community_members(self, width: float, height: float) -> Plate:
        """Active members over the last periods, newcomers on top."""
        rows = self._rows("community_by_period")
        drawn = [
            Column(
                self._period_label(row),
                None
                if row["active_member_count"] is None
                else (
                    row["active_member_count"] - (row["newcomer_count"] or 0),
                    row["newcomer_count"] or 0,
                ),
                row.get("status") == "partial",
                index == len(rows) - 1,
            )
            for index, row in enumerate(rows)
        ]
        legend = (self._say("figure.active_members"), self._say("figure.newcomers"))
        words = self._words(self._say("chart.community_members"), legend=legend)
        colours = (self.palette.primary, self.palette.accent)
        svg = columns(drawn, colours, words, self.palette, width, height)
        known = [r["active_member_count"] for r in rows if r["active_member_count"] is not None]
        return Plate(svg, self._range_note(known))

    def community_posts(self, width: float, height: float) -> Plate:
        """Posts of members over the last periods."""
        title = self._say("chart.community_posts")
        return self._periods_line("community_by_period", "post_count", title, 0, width, height)

    def _range_note(self, known: list[int]) -> str:
        if len(known) < 2:
            return ""
        low, high = self._count(min(known)), self._count(max(known))
        return self._say("note.line", low=low, high=high, n=str(len(known)))

    def strip(self, width: float, height: float) -> Plate:
        """Sources by days: what was measured."""
        coverage = self.edition.coverage
        start = self.edition.period.start
        most = max((len(one.day_states) for one in coverage.sources), default=0)
        labels = [
            short_day(date.fromordinal(start.toordinal() + index), self.language)
            for index in range(most)
        ]
        rows = [
            (
                plain(one.name, 40),
                [_STRIP.get(state, "none") for state in one.day_states],
                numbers.percent(one.measured_pct, self.language),
            )
            for one in coverage.sources
        ]
        legend = [
            (state, self._say(f"legend.{state}")) for state in ("full", "empty", "part", "none")
        ]
        title = self._say("chart.strip")
        svg = strip(rows, labels, title, legend, self.palette, width, height)
        hatched = any(state in ("none", "part") for _, states, _ in rows for state in states)
        return Plate(svg, self._say("note.strip") if hatched else "")

    def spark(self, name: str, width: float, height: float) -> Markup:
        """The small line of a tile; empty markup where the edition has no series for it."""
        table, column = {
            "mention_volume": ("volume_by_period", "item_count"),
            "positive_count": ("volume_by_period", "positive_count"),
            "negative_count": ("volume_by_period", "negative_count"),
            "net_sentiment": ("volume_by_period", "net_sentiment"),
            "share_of_voice": ("volume_by_period", "share_of_voice_pct"),
            "active_members": ("community_by_period", "active_member_count"),
            "newcomers": ("community_by_period", "newcomer_count"),
            "community_posts": ("community_by_period", "post_count"),
            "review_score": ("reviews_by_month", "average_rating"),
            "review_count": ("reviews_by_month", "review_count"),
        }.get(name, ("", ""))
        rows = self._rows(table)
        if not self.has_history(table, column):
            return Markup("")
        values = [None if row.get(column) is None else float(row[column]) for row in rows]
        gaps = [_unmeasured(row, column) for row in rows]
        return sparkline(values, gaps, self._say(f"figure.{name}"), self.palette, width, height)
