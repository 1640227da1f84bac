"""A figure as a tile: its value in words, its change, and the earlier value beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from oyez.edition.figure import reaches
from oyez.edition.model import Comparison, Edition, Figure
from oyez.render import numbers
from oyez.render.language import NO_BREAK, Language
from oyez.render.sentences import when_phrase

# Only these have a side that is better for every client: more mentions, and so a larger share of
# voice, may be a crisis.
BETTER_WHEN_HIGHER = {
    "net_sentiment",
    "review_score",
    "response_rate",
    "reputation_index",
    "welcome_rate",
}
BETTER_WHEN_LOWER = {
    "negative_count",
    "review_unanswered",
    "still_waiting",
    "first_response_median",
    "first_response_p90",
}
# A bound from below is true of these only: unheard mentions may move a rate or a mean either way.
COUNTED = {"items", "people", "authors", "interactions"}
_RESTATED = ("ok", "partial")
Tone = Literal["better", "worse", "plain"]


@dataclass(frozen=True)
class Tile:
    """What is printed in a tile; every string is ready."""

    name: str
    label: str
    value: str
    unit: str
    is_measured: bool
    is_small: bool  # words instead of a number
    delta: str
    tone: Tone
    arrow: str
    against: str
    last_year: str
    target: str
    restated: str  # what the earlier value was when it was printed, where that was another one
    note: str
    ref: str
    short: str  # the value where a table has one line for it


def tile(name: str, edition: Edition, language: Language) -> Tile:
    """Return the tile of the figure `name`."""
    figure = edition.figures[name]
    say = language.say
    label = say(f"figure.{name}") if language.knows(f"figure.{name}") else name
    value, unit, note, small, short = "", "", "", True, ""
    if figure.status in ("ok", "partial") and figure.value is not None:
        value, unit = numbers.split_unit(figure.value, figure.unit, language)
        small = False
        note = _denominator(name, figure, language)
        if figure.status == "partial" and figure.unit in COUNTED:
            # At least nothing says nothing: a zero stands alone, with how it was measured.
            is_zero = figure.value == 0
            value = value if is_zero else f"≥\u202f{value}"
            note = say("status.partial.zero" if is_zero else "status.partial")
        elif figure.status == "partial":
            note = f"{note}, {say('status.partial.rate')}" if note else say("status.partial.rate")
        elif figure.low is not None and figure.high is not None:
            bounds = [
                numbers.with_unit(x, figure.unit, language) for x in (figure.low, figure.high)
            ]
            note = f"{note} · " if note else ""
            note += say("figure.interval", low=bounds[0], high=bounds[1])
    elif figure.status == "n_too_small":
        value, note = _count(name, figure, edition, language)
    elif figure.status == "not_reached":
        key = "status.not_reached_p90" if name.endswith("p90") else "status.not_reached"
        value, short, note = say(key), say(f"{key}.short"), _answered(figure, edition, language)
    elif figure.status == "not_comparable":
        value, note = say("status.not_comparable"), say("status.not_comparable.why")
    elif figure.status == "unknown":
        value, note = say("status.unknown"), say(f"status.unknown.{figure.unit}")
    elif figure.status == "none":
        value, note = say("status.none"), say("status.none.why")
    else:
        value, note = say("status.not_measured"), say("status.not_measured.why")
    delta, tone, arrow, against = _delta(name, figure, edition, language)
    return Tile(
        name=name,
        label=label,
        value=value,
        unit=unit,
        is_measured=figure.status != "not_measured",
        is_small=small,
        delta=delta,
        tone=tone,
        arrow=arrow,
        against=against,
        last_year=_last_year(figure, edition, language),
        target=_target(figure, language),
        restated=_restated(figure, language),
        note=note,
        ref=say("figure.ref", ref=figure.ref),
        short=short or (f"{value}{NO_BREAK}{unit}" if unit else value),
    )


def _denominator(name: str, figure: Figure, language: Language) -> str:
    if figure.n is None or figure.unit not in ("pct", "points", "stars"):
        return ""
    n = numbers.decimal(figure.n, language)
    key = f"figure.n.{name}"
    if language.knows(key):
        return language.say(key, figure.n, n=n)
    return language.say("figure.n.other", n=n)


def _count(name: str, figure: Figure, edition: Edition, language: Language) -> tuple[str, str]:
    n = figure.n or 0
    why = language.say(
        "status.n_too_small.why",
        n,
        n=numbers.decimal(n, language),
        minimum=numbers.decimal(edition.minimum_n, language),
    )
    if figure.unit == "pct" and figure.value is not None:
        count = int(numbers.rounded(figure.value * n / 100))
        key = f"figure.ratio.{name}"
        key = key if language.knows(key) else "figure.ratio.other"
        text = language.say(
            key, count, value=numbers.decimal(count, language), n=numbers.decimal(n, language)
        )
        return text, why
    if figure.unit == "stars" and figure.value is not None:
        return numbers.with_unit(figure.value, "stars", language), why
    return language.say("status.n_too_small"), why


def _delta(
    name: str, figure: Figure, edition: Edition, language: Language
) -> tuple[str, Tone, str, str]:
    when = when_phrase(edition, figure.prior_kind, language, short=True)
    main = figure.comparisons[0] if figure.comparisons else None
    if main and main.bridge:
        return _bridged(name, figure, main, edition, language)
    if main and main.status not in ("ok", "partial"):
        when = when_phrase(edition, main.kind, language, short=True)
        reason = {
            "not_measured": "delta.prior_not_measured",
            "not_comparable": "delta.not_comparable",
            "n_too_small": "delta.prior_few",
            "not_reached": "delta.prior_not_reached",
            "unknown": "delta.prior_unknown",
        }.get(main.status, "delta.prior_none")
        if main.reason:
            reason = f"{reason}.{main.reason}"
        return "", "plain", "", language.say(reason, when=when)
    prior = figure.prior
    if prior is None:
        return "", "plain", "", language.say("delta.no_prior")
    against = language.say(
        "delta.against", prior=numbers.with_unit(prior, figure.unit, language), when=when
    )
    if figure.status != "ok" or figure.value is None or (main and main.status == "partial"):
        return "", "plain", "", against
    change = figure.value - prior
    text, is_zero = _change(figure, prior, edition, language)
    if is_zero:
        return language.say("delta.same"), "plain", "", against
    arrow = "▲" if change > 0 else "▼"
    return text, _tone(name, change), arrow, against


def _bridged(
    name: str, figure: Figure, main: Comparison, edition: Edition, language: Language
) -> tuple[str, Tone, str, str]:
    """Return the difference on the sources of both periods, and that it is theirs alone."""
    bridge = main.bridge
    assert bridge is not None  # noqa: S101  the caller has looked
    assert bridge.value is not None  # noqa: S101  both are, or there is no bridge
    assert bridge.prior is not None  # noqa: S101
    against = language.say(
        "delta.bridged",
        len(bridge.sources),
        n=numbers.decimal(len(bridge.sources), language),
        value=numbers.with_unit(bridge.value, figure.unit, language),
        prior=numbers.with_unit(bridge.prior, figure.unit, language),
        when=when_phrase(edition, main.kind, language, short=True),
    )
    alike = figure.model_copy(update={"value": bridge.value})
    text, is_zero = _change(alike, bridge.prior, edition, language)
    if is_zero:
        return language.say("delta.same"), "plain", "", against
    change = bridge.value - bridge.prior
    return text, _tone(name, change), "▲" if change > 0 else "▼", against


def _change(
    figure: Figure, prior: float | int, edition: Edition, language: Language
) -> tuple[str, bool]:
    assert figure.value is not None  # noqa: S101  the caller has looked
    change = figure.value - prior
    if figure.unit in ("pct", "points"):
        return numbers.points(change, language), numbers.rounded(change, 1) == 0
    if figure.unit == "stars":
        return numbers.signed(change, language, 2), numbers.rounded(change, 2) == 0
    if figure.unit == "index":
        return numbers.points(change, language, 0), change == 0
    if figure.unit == "minutes":
        text = numbers.duration(change, language)
        return ("+" if change > 0 else "") + text, numbers.rounded(change) == 0
    if prior >= edition.minimum_n:
        share = change / prior * 100
        digits = 0 if abs(share) >= 10 else 1
        space = NO_BREAK if language.code == "fr" else ""
        return f"{numbers.signed(share, language, digits)}{space}%", change == 0
    return numbers.signed(change, language), change == 0


def _answered(figure: Figure, edition: Edition, language: Language) -> str:
    """Return "142 sur 460" under a median that does not exist, where the edition counts both."""
    waiting = edition.figures.get("still_waiting")
    if figure.n is None or waiting is None or waiting.value is None:
        return ""
    answered = figure.n - int(waiting.value)
    return language.say(
        "figure.ratio.response_rate",
        answered,
        value=numbers.decimal(answered, language),
        n=numbers.decimal(figure.n, language),
    )


def _target(figure: Figure, language: Language) -> str:
    """Return the client's target and whether it is reached, where that can be told."""
    one = next((c for c in figure.comparisons if c.kind == "target"), None)
    if one is None or one.value is None:
        return ""
    wanted = numbers.with_unit(one.value, figure.unit, language)
    if figure.unit == "points":
        wanted = wanted.lstrip("+")
    if figure.status != "ok" or figure.value is None:
        return language.say("target.open", target=wanted)
    reached = reaches(figure.value, one)
    return language.say("target.reached" if reached else "target.missed", target=wanted)


def _restated(figure: Figure, language: Language) -> str:
    main = figure.comparisons[0] if figure.comparisons else None
    if main is None or not main.is_restated or main.status not in _RESTATED:
        return ""
    if main.printed is None:
        return language.say("restated.then_none")
    printed = numbers.with_unit(main.printed, figure.unit, language)
    return language.say("restated.then", value=printed)


def _tone(name: str, change: float) -> Tone:
    if name in BETTER_WHEN_HIGHER:
        return "better" if change > 0 else "worse"
    if name in BETTER_WHEN_LOWER:
        return "better" if change < 0 else "worse"
    return "plain"


def _last_year(figure: Figure, edition: Edition, language: Language) -> str:
    found: Comparison | None = next((c for c in figure.comparisons if c.kind == "last_year"), None)
    if found is None or found is figure.comparisons[0]:
        return ""
    when = language.say("short.last_year")
    if found.bridge and found.bridge.value is not None and found.bridge.prior is not None:
        return language.say(
            "last_year.bridged",
            len(found.bridge.sources),
            n=numbers.decimal(len(found.bridge.sources), language),
            value=numbers.with_unit(found.bridge.value, figure.unit, language),
            prior=numbers.with_unit(found.bridge.prior, figure.unit, language),
            when=when,
        )
    if found.status != "ok" or found.value is None:
        return ""
    value = numbers.with_unit(found.value, figure.unit, language)
    if found.is_restated and found.printed is not None:
        printed = numbers.with_unit(found.printed, figure.unit, language)
        return language.say("last_year.restated", when=when, value=value, printed=printed)
    return language.say("last_year.value", when=when, value=value)
