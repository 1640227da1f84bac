"""What the templates may say: the edition's numbers already written out, and nothing raw."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date
from typing import Any

from oyez.edition.changes import Changes
from oyez.edition.model import Edition, Finding, Gap, SourceCoverage, Verbatim
from oyez.render import changed, numbers, text
from oyez.render.attention import Looked, looked
from oyez.render.language import Language
from oyez.render.names import language_name, network_name
from oyez.render.palette import mix
from oyez.render.plates import Plates
from oyez.render.sections import has_few_voices, has_languages, inside_events, is_complete
from oyez.render.sentences import finding_sentence, when_phrase
from oyez.render.theme import Theme
from oyez.render.tiles import Tile, tile

FULL, HALF = 672.0, 324.0  # CSS pixels: the text's width, and one of two columns
QUOTE_LENGTH = 280
MOST_GAPS = 3  # on the summary; all of them stand on the data completeness page
MOST_SHORT = 5  # of one source, on the data completeness page


class View:
    """One edition, ready to be printed in one language and in one theme."""

    utc = UTC

    def __init__(
        self,
        edition: Edition,
        language: Language,
        theme: Theme,
        agency_theme: Theme | None,
        changes: Changes | None = None,
    ) -> None:
        self.edition, self.language, self.theme = edition, language, theme
        self.changes = changes
        self.agency_theme = agency_theme
        self.plates = Plates(edition, language, theme.palette)
        self.section_pages: dict[str, int] = {}

    @property
    def title(self) -> str:
        """The report's title."""
        own = text.plain(self.edition.report.get("title", ""), 80)
        return own or self.language.say(f"title.{self.edition.period.kind}")

    def names(self) -> dict[str, Any]:
        """Return everything that a template can name."""
        period = self.edition.period
        return {
            "e": self.edition,
            "v": self,
            "lang": self.language.tag,
            "say": self.language.say,
            "plates": self.plates,
            "FULL": FULL,
            "HALF": HALF,
            "title": self.title,
            "client": text.plain(self.edition.client["name"], 60),
            "brand": text.plain(self.edition.brand["name"], 60),
            "agency": text.plain(self.edition.agency["name"], 60),
            "period_text": text.span(period.start, period.end, self.language),
            "previous_text": text.span(period.previous.start, period.previous.end, self.language),
            "issued_text": text.day(period.issued_on, self.language, year=True),
            "theme": self.theme,
            "agency_theme": self.agency_theme,
            "agency_url": text.link(self.edition.agency.get("website")),
        }

    def colours_css(self) -> str:
        """Return the theme's tokens as CSS variables; every value was validated."""
        palette, tokens = self.theme.palette, self.theme.tokens
        serif = "'Source Serif 4', 'Source Serif Ext', 'Oyez Marks', 'Oyez Emoji', serif"
        sans = "Inter, 'Inter Ext', 'Oyez Marks', 'Oyez Emoji', sans-serif"
        values = {
            "primary": palette.primary,
            "accent": palette.accent,
            "positive": palette.positive,
            "negative": palette.negative,
            "neutral": palette.neutral,
            "ink": palette.ink,
            "muted": palette.muted,
            "rule": palette.rule,
            "surface": palette.surface,
            "tint": palette.tint,
            "on-primary-soft": mix(palette.primary, "#ffffff", 0.72),
            "cover-rule": mix(palette.primary, "#ffffff", 0.3),
            "better-ink": mix(palette.positive, "#000000", 0.22),
            "worse-ink": mix(palette.negative, "#000000", 0.1),
            "sans": sans,
            "serif": serif,
            "headings": serif if tokens.headings == "serif" else sans,
        }
        return ":root{" + "".join(f"--{name}:{value};" for name, value in values.items()) + "}"

    # --- words

    def number(self, value: float | None, digits: int = 0) -> str:
        """A number, or "non mesuré" where there is none."""
        if value is None:
            return self.language.say("words.not_measured")
        return numbers.decimal(value, self.language, digits)

    def percent(self, value: float | None) -> str:
        """A share, or "non mesuré"."""
        if value is None:
            return self.language.say("words.not_measured")
        return numbers.percent(value, self.language)

    def voice(self, row: dict[str, Any], column: str = "share_pct") -> str:
        """A brand's share of voice: a dash where few spoke or nobody did, "non mesuré" if so."""
        if row["item_count"] is not None and (row[column] is None or has_few_voices(self.edition)):
            return "–"
        return self.percent(row[column])

    def network_share(self, row: dict[str, Any]) -> str:
        """A network's share of the mentions, or a dash where there are few."""
        count = sum(one["item_count"] for one in self.edition.tables["volume_by_source"])
        return self.percent(row["share_pct"]) if count >= self.edition.minimum_n else "–"

    def voice_change(self, row: dict[str, Any]) -> str:
        """The change of a brand's share in points, or a dash."""
        if has_few_voices(self.edition):
            return "–"
        return self.points_difference(row["share_pct"], row["prior_share_pct"])

    def usual(self, row: dict[str, Any]) -> str:
        """How many items a theme would have had, said as often as before."""
        share = row["baseline_item_count"] / row["baseline_item_total"]
        value = share * row["item_total"]
        return numbers.decimal(value, self.language, 0 if value >= 10 or not value else 1)

    def times(self, row: dict[str, Any]) -> str:
        """How many times as often as before a theme was said, or that it is new."""
        if row["times"] is None:
            return self.language.say("themes.is_new")
        text = numbers.decimal(row["times"], self.language, 0 if row["times"] >= 10 else 1)
        return f"×\u00a0{text}"

    def has_languages_of_themes(self) -> bool:
        """Tell whether the themes that stand out are said in more than one language."""
        return len({row["language"] for row in self.edition.tables.get("themes", [])}) > 1

    def stories(self) -> str:
        """How many mentions said something first and how many repeated it, in a sentence."""
        (row,) = self.edition.tables["stories"]
        parts = {
            name: self.language.say(
                f"stories.{name}", row[f"{name}_count"], n=self.number(row[f"{name}_count"])
            )
            for name in ("item", "story", "pick_up")
        }
        return self.language.say("stories.line", **parts)

    def top_stories(self) -> list[tuple[dict[str, Any], Verbatim]]:
        """The stories that were picked up most, each with the words that tell it."""
        told = self.edition.verbatims.get("story", [])
        return list(zip(self.edition.tables["top_stories"], told, strict=True))

    def counted(self, value: int | None) -> str:
        """A count, or a dash where nobody knows."""
        return "–" if value is None else self.number(value)

    def points(self, value: float | None) -> str:
        """Net sentiment with its unit, or a dash where too few cases bear one."""
        return "–" if value is None else numbers.points(value, self.language)

    def difference(self, value: float | None, prior: float | None) -> str:
        """A signed difference of counts, or a dash."""
        if value is None or prior is None:
            return "–"
        return numbers.signed(value - prior, self.language)

    def points_difference(self, value: float | None, prior: float | None) -> str:
        """A signed difference of shares in points, or a dash."""
        if value is None or prior is None:
            return "–"
        return numbers.points(value - prior, self.language)

    def day(self, value: date | str, year: bool = False) -> str:
        """A day in words."""
        return text.day(value, self.language, year)

    def short_day(self, value: date | str) -> str:
        """A day for a table."""
        return text.short_day(value, self.language)

    def moment(self, value: str) -> str:
        """A local minute in words."""
        return text.moment(value, self.language)

    def duration(self, minutes: float) -> str:
        """A length of time in words."""
        return numbers.duration(minutes, self.language)

    def network(self, name: str) -> str:
        """A network's name."""
        return network_name(name, self.language)

    def tongue(self, code: str) -> str:
        """A language's name."""
        return language_name(code, self.language)

    def plain(self, words: str, limit: int = 120) -> str:
        """A stranger's words, made printable."""
        return text.plain(words, limit)

    def link(self, url: str | None) -> str | None:
        """A web address that may be followed, or None."""
        return text.link(url)

    def words(self, one: Verbatim, limit: int = 120) -> str:
        """The text of a verbatim, or why it may not be printed."""
        if one.withheld:
            site = text.plain(one.site or "", 60)
            return self.language.say(f"verbatims.withheld_{one.withheld}", site=site)
        return text.plain(one.text, limit)

    def quote(self, one: Verbatim, limit: int = QUOTE_LENGTH) -> str:
        """The text of a verbatim between the language's quotation marks."""
        if one.withheld:
            return self.words(one, limit)
        body = text.plain(one.text, limit)
        if one.is_cut and not body.endswith("…"):
            body += "…"
        return f"«\u00a0{body}\u00a0»" if self.language.code == "fr" else f"“{body}”"

    def stars(self, rating: float | None) -> str:
        """A rating as stars out of five."""
        if rating is None:
            return ""
        return self.language.say(
            "words.stars",
            n=numbers.decimal(rating, self.language, 0 if float(rating).is_integer() else 1),
        )

    # --- findings, figures

    def sentence(self, finding: Finding) -> str:
        """A finding or an action as a sentence."""
        return finding_sentence(finding, self.edition, self.language)

    def headline(self, section: str) -> str:
        """The section's first finding, or what the section is when nothing was found."""
        if section == changed.SECTION and self.changes:
            return changed.headline(self.edition, self.changes, self.language)
        found = self.edition.findings.get(section, [])
        if not found:
            return self.language.say("empty.section")
        return self.sentence(found[0])

    def further(self, section: str) -> list[str]:
        """The section's other findings."""
        return [self.sentence(one) for one in self.edition.findings.get(section, [])[1:]]

    def contents(self) -> list[str]:
        """The printed sections in their order, the cover left out."""
        names = [name for name in self.edition.sections if name != "cover"]
        if self.changes:
            names.insert(1 if names[:1] == ["summary"] else 0, changed.SECTION)
        return names

    def moved(self) -> list[changed.Line]:
        """The numbers that moved since the revision before."""
        if self.changes is None:
            return []
        return changed.lines(self.edition, self.changes, self.language)

    def other_changes(self) -> str:
        """What else differs from the revision before."""
        return changed.others(self.changes, self.language) if self.changes else ""

    def tile(self, name: str) -> Tile:
        """A figure as a tile."""
        return tile(name, self.edition, self.language)

    def figure(self, name: str) -> str:
        """A figure's value in one string."""
        one = self.edition.figures[name]
        return "" if one.value is None else numbers.with_unit(one.value, one.unit, self.language)

    def prior(self, name: str) -> str:
        """The main comparison's value in one string, or a dash."""
        one = self.edition.figures[name]
        main = one.comparisons[0] if one.comparisons else None
        if main and main.status == "bridged" and main.value is not None:
            return numbers.with_unit(main.value, one.unit, self.language)
        return "–" if one.prior is None else numbers.with_unit(one.prior, one.unit, self.language)

    def prior_count(self, value: int | None) -> str:
        """An earlier count of mentions: a dash where the periods may not be compared."""
        main = self.edition.figures["mention_volume"].comparisons
        if value is None and main and main[0].status in ("not_comparable", "bridged"):
            return "–"
        return self.number(value)

    def printed_mark(self, name: str) -> str:
        """Whether an earlier value is as printed then (=) or restated (≠), where that is known."""
        compared = self.edition.figures[name].comparisons
        if not compared or compared[0].is_restated is None or self.prior(name) == "–":
            return ""
        return "≠" if compared[0].is_restated else "="

    def last_year(self, names: Iterable[str]) -> str:
        """Which days "last year" means in the tiles of these figures, or an empty string."""
        if not any(self.tile(name).last_year for name in names):
            return ""
        older = self.edition.period.last_year
        span = text.span(older.start, older.end, self.language)
        return self.language.say("compared.last_year", span=span)

    def restated(self, names: Iterable[str]) -> str:
        """Why earlier values of these figures are not those printed then, or an empty string."""
        shown = [name for name in names if self.tile(name).restated]
        if not shown:
            return ""
        main = [self.edition.figures[name].comparisons[0] for name in shown]
        changed = {part for one in main for part in one.changed}
        order = ("formula", "query", "exclusions", "sources", "competitors", "model", "data")
        told = [self.language.say(f"changed.{part}") for part in order if part in changed]
        if not told:
            return self.language.say("restated.note")
        return self.language.say("restated.why", what=", ".join(told))

    def reputation(self) -> list[dict[str, str]]:
        """The components of the reputation index, ready to print."""
        rows = []
        for row in self.edition.tables.get("reputation", []):
            is_known = row["status"] == "ok"
            rows.append(
                {
                    "label": self.language.say(f"component.{row['component']}"),
                    "value": numbers.with_unit(row["value"], row["unit"], self.language)
                    if is_known
                    else self.language.say(f"component.{row['status']}"),
                    "score": self.number(row["score"]) if is_known else "–",
                    "prior": "–" if row["prior_score"] is None else self.number(row["prior_score"]),
                    "weight": self.number(row["weight"]),
                    "share": self.percent(row["share_pct"]) if is_known else "–",
                    "n": self.number(row["n"]),
                }
            )
        return rows

    def reputation_note(self) -> str:
        """Which components are missing from the index, and that the others share their weight."""
        rows = self.edition.tables.get("reputation", [])
        missing = [
            self.language.say(f"component.{row['component']}")
            for row in rows
            if row["status"] != "ok"
        ]
        note = self.language.say("reputation.note")
        if not missing:
            return note
        names = ", ".join(one[0].lower() + one[1:] for one in missing)
        return f"{note} {self.language.say('reputation.missing', len(missing), names=names)}"

    def media_lines(self) -> list[str]:
        """Dependence on one network, the brand's own part and the rates, as sentences."""
        say, tables = self.language.say, self.edition.tables
        lines = []
        for row in tables.get("dependence", []):
            words = {
                "network": network_name(row["top_network"], self.language),
                "share": self.percent(row["top_network_pct"]),
                "index": numbers.decimal(row["network_herfindahl"], self.language, 2),
                "n": self.number(row["network_count"]),
            }
            lines.append(say("media.dependence", row["network_count"], **words))
        for row in tables.get("presence", []):
            if row["own_voice_pct"] is not None:
                lines.append(
                    say(
                        "media.own_voice",
                        share=self.percent(row["own_voice_pct"]),
                        n=self.number(row["voice_count"]),
                    )
                )
            if row["own_link_pct"] is not None:
                words = {
                    "share": self.percent(row["own_link_pct"]),
                    "count": self.number(row["own_link_count"]),
                    "n": self.number(row["read_count"]),
                }
                lines.append(say("media.own_link", row["own_link_count"], **words))
        rates = [
            f"{network_name(row['network'], self.language)} "
            f"{numbers.percent(row['engagement_rate_pct'], self.language, 2)}"
            for row in tables.get("engagement_by_network", [])
            if row["engagement_rate_pct"] is not None
        ]
        if rates:
            lines.append(say("media.rates", rates=", ".join(rates)))
        return lines

    def when(self) -> str:
        """The main comparison in words, such as "la semaine précédente"."""
        return when_phrase(self.edition, None, self.language)

    def attention(self) -> list[Looked]:
        """How often the brand was looked at, which is no mention of it."""
        return looked(self.edition, self.language)

    # --- coverage

    def is_complete(self) -> bool:
        """Tell whether nothing is missing from the period."""
        return is_complete(self.edition)

    def gap_words(self, page: int | None) -> str:
        """What is missing in a sentence, with the page that lists it all."""
        say, coverage = self.language.say, self.edition.coverage
        if coverage.measured_pct >= 100 and any(one.gaps for one in coverage.sources):
            words = say("gap.notice_source")
        else:
            words = say("gap.notice_plain", pct=self.percent(coverage.measured_pct))
        return f"{words} {say('gap.where', page=str(page))}" if page else words

    def gaps(self) -> list[tuple[SourceCoverage, Gap]]:
        """Every gap with its source, oldest first."""
        found = [(one, gap) for one in self.edition.coverage.sources for gap in one.gaps]
        return sorted(found, key=lambda pair: (pair[1].start, pair[0].source_id))

    def gap_reason(self, gap: Gap) -> str:
        """Why a stretch is missing: in the source's own words, or why nothing was tried."""
        return text.plain(gap.reason, 90) if gap.reason else self._cause(gap) or "–"

    def _cause(self, gap: Gap) -> str:
        key = f"cause.{gap.cause}"
        return self.language.say(key) if gap.cause and self.language.knows(key) else ""

    def unmet(self) -> list[str]:
        """What sources were expected to give and did not, as sentences."""
        lines = []
        for source in self.edition.coverage.sources:
            name, missing = text.plain(source.name, 40), len(source.missing)
            if missing and source.expected:
                key = f"expected.{source.expected}"
                lines.append(self.language.say(key, missing, source=name, n=self.number(missing)))
            for one in source.short[:MOST_SHORT]:
                lines.append(
                    self.language.say(
                        "expected.short",
                        one.item_count,
                        source=name,
                        when=text.span(one.start, one.end, self.language),
                        n=self.number(one.item_count),
                        minimum=self.number(one.minimum_rows),
                    )
                )
            if more := len(source.short[MOST_SHORT:]):
                lines.append(
                    self.language.say("expected.short_more", more, source=name, n=self.number(more))
                )
        return lines

    def unusual(self) -> list[str]:
        """Which days of which source look thin or silent beside its own past, as sentences."""
        lines = []
        for source in self.edition.coverage.sources:
            name = text.plain(source.name, 40)
            for one in source.unusual[:MOST_SHORT]:
                lines.append(
                    self.language.say(
                        f"unusual.{one.kind}",
                        one.number,
                        source=name,
                        day=text.span(one.end, one.end, self.language),
                        n=self.number(one.number),
                        usual=self.number(one.usual),
                    )
                )
            if more := len(source.unusual[MOST_SHORT:]):
                lines.append(
                    self.language.say("unusual.more", more, source=name, n=self.number(more))
                )
        return lines

    def checked(self) -> list[str]:
        """What people confirmed of each model's verdicts, and what else they put right."""
        lines = []
        for row in self.edition.agreement:
            words = {
                "language": language_name(row["language"] or "und", self.language),
                "model": text.plain(row["model"], 60),
                "agreed": self.number(row["agreed_count"]),
                "n": self.number(row["checked_count"]),
            }
            if row["checked_count"] < self.edition.minimum_n:
                lines.append(self.language.say("methods.agreement.few", **words))
                continue
            words["share"] = numbers.percent(row["agreement_pct"], self.language, 0)
            words |= {name: self.number(row[f"{name}_pct"]) for name in ("low", "high")}
            lines.append(self.language.say("methods.agreement", **words))
        for what, count in self.edition.corrected.items():
            if count:
                key = f"methods.corrected.{what}"
                lines.append(self.language.say(key, count, n=self.number(count)))
        return lines

    def handled(self) -> list[str]:
        """What was left out and counted, as sentences; one says so where nothing was."""
        coverage = self.edition.coverage
        lines = [
            self.language.say(f"coverage.{name}", count, n=self.number(count))
            for name, count in (
                ("duplicates", coverage.duplicate_count),
                ("excluded", coverage.excluded_count),
                ("unmatched", coverage.unmatched_count),
            )
            if count
        ]
        if coverage.quarantined_count:
            count = coverage.quarantined_count
            line = self.language.say("coverage.quarantined", count, n=self.number(count))
            reasons = ", ".join(
                self.language.say(
                    "coverage.reason",
                    reason=text.plain(str(one["reason"]), 60),
                    n=self.number(one["row_count"]),
                )
                for one in coverage.quarantine_reasons
            )
            lines.append(f"{line} ({reasons})" if reasons else line)
        return [*(lines or [self.language.say("coverage.nothing_left_out")]), *self._suspects()]

    def _suspects(self) -> list[str]:
        """What looks automated, and is counted all the same."""
        lines = []
        for row in self.edition.tables.get("suspects", []):
            count, total = row["suspect_count"], row["item_count"]
            words = {
                "n": self.number(count),
                "total": self.number(total),
                "share": numbers.percent(100 * count / total, self.language, 0),
            }
            # A handful out of a hundred thousand is not "0 %", one of two is no share.
            has_share = total >= self.edition.minimum_n and 200 * count >= total
            key = "coverage.suspects" if has_share else "coverage.suspects_few"
            lines.append(self.language.say(key, count, **words))
        return lines

    def has_response_rate(self) -> bool:
        """Tell whether enough messages came in for shares of them to be printed."""
        inbound = self.edition.figures.get("inbound_count")
        return inbound is None or (inbound.value or 0) >= self.edition.minimum_n

    def language_line(self) -> str:
        """The main language and its share, where that is all there is to say of languages."""
        if has_languages(self.edition) or not self.edition.tables.get("volume_by_language"):
            return ""
        return self.plates.main_language()

    def rating(self, value: float | None) -> str:
        """An average rating out of five, or a dash where no review bears one."""
        return "–" if value is None else numbers.with_unit(value, "stars", self.language)

    def rivals(self) -> list[dict[str, Any]]:
        """The brand and its neighbours: reviews of twelve months beside the share of voice."""
        tables = self.edition.tables
        shares = {row["brand_id"]: row for row in tables.get("share_of_voice", [])}
        rated = tables.get("reviews_by_brand", [])
        found = [
            {
                "name": row["brand_name"],
                "is_own": row["is_own"],
                "rating": row["average_rating"],
                "reviews": row["review_count"],
                "share": shares.get(row["brand_id"], {}).get("share_pct"),
                "mentions": shares.get(row["brand_id"], {}).get("item_count"),
            }
            for row in rated
        ]
        listed = {row["brand_id"] for row in rated}
        return found + [
            {
                "name": row["brand_name"],
                "is_own": row["is_own"],
                "rating": None,
                "reviews": None,
                "share": row["share_pct"],
                "mentions": row["item_count"],
            }
            for row in shares.values()
            if row["brand_id"] not in listed
        ]

    def names_of(self, rows: list[dict[str, Any]]) -> str:
        """The names in a table's column `author`, as an enumeration."""
        return self.language.join([text.plain(row["author"], 30) for row in rows])

    def first_gaps(self) -> list[str]:
        """The first gaps as sentences."""
        return [
            self.language.say(
                "gap.line",
                source=text.plain(source.name, 40),
                state=self._cause(gap) or self.state(gap.state),
                start=self.moment(gap.start),
                end=self.moment(gap.end),
            )
            for source, gap in self.gaps()[:MOST_GAPS]
        ]

    def hidden_gaps(self) -> int:
        """How many gaps the summary leaves to the data completeness page."""
        return max(len(self.gaps()) - MOST_GAPS, 0)

    def state(self, name: str) -> str:
        """A coverage state in words."""
        key = f"state.{name}"
        return self.language.say(key if self.language.knows(key) else "state.other")

    def events(self) -> list[tuple[str, str, str]]:
        """The period's events, numbered as on the chart."""
        return self.plates.events()

    def has_events(self) -> bool:
        """Tell whether an event fell in the period."""
        return bool(inside_events(self.edition))

    def unit(self, name: str) -> str:
        """A card's unit in words."""
        key = f"unit.{name}"
        if self.language.knows(key):
            return self.language.say(key)
        return self.language.say("unit.other", unit=text.plain(name, 30))

    def fingerprint(self) -> str:
        """The first digits of the document's hash."""
        return self.edition.content_hash()[:12]
