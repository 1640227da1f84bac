"""Numbers as a reader of the language writes them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_decimal

from oyez.render.language import NO_BREAK, Language

MINUS = "\u2212"
Value = int | float | Decimal


def rounded(value: Value, digits: int = 0) -> Decimal:
    """Return `value` rounded half up, the way people round; never minus zero."""
    step = Decimal(1).scaleb(-digits)
    return Decimal(str(value)).quantize(step, ROUND_HALF_UP) + 0


def decimal(value: Value, language: Language, digits: int = 0) -> str:
    """Return `12 840` or `4,2`, with exactly `digits` decimals."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    number = format_decimal(rounded(value, digits), format=pattern, locale=language.locale)
    return number.replace("-", MINUS)


def percent(value: Value, language: Language, digits: int | None = None) -> str:
    """Return `27,4 %` of a value in 0 to 100; one decimal under 100 unless `digits` says else."""
    if digits is None:
        digits = 0 if rounded(value, 1) in (0, 100) else 1
    space = NO_BREAK if language.code == "fr" else ""
    return f"{decimal(value, language, digits)}{space}%"


def signed(value: Value, language: Language, digits: int = 0) -> str:
    """Return `+12` or `−3`; nothing before a zero."""
    number = rounded(value, digits)
    sign = "+" if number > 0 else ""
    return sign + decimal(number, language, digits)


def points(value: Value, language: Language, digits: int = 1) -> str:
    """Return a difference in points, `+1,6 pt`, `+3,2 pts`: French is singular under 2."""
    number = rounded(value, digits)
    unit = language.say("unit.pt", int(abs(number)) if language.code == "fr" else _plural(number))
    return f"{signed(value, language, digits)}{NO_BREAK}{unit}"


def _plural(number: Decimal) -> int:
    return 1 if abs(number) == 1 else 2


def compact(value: Value, language: Language) -> str:
    """Return a large number with its scale: `8,4 M`, `412 k`; exact under 100,000."""
    space = NO_BREAK if language.code == "fr" else ""
    exact = Decimal(str(value))
    if abs(exact) >= 1_000_000:
        return f"{decimal(exact / 1_000_000, language, 1)}{space}{language.say('unit.million')}"
    if abs(exact) >= 100_000:
        return f"{decimal(exact / 1_000, language)}{space}{language.say('unit.thousand')}"
    return decimal(value, language)


def duration(minutes: Value, language: Language) -> str:
    """Return a length of time in its two leading units: `45 min`, `7 h 30`, `2 j 4 h`."""
    total = int(abs(rounded(minutes)))
    sign = MINUS if minutes < 0 and total else ""
    days, rest = divmod(total, 1440)
    hours, mins = divmod(rest, 60)
    if days:
        key, words = ("duration.days_hours", {"days": days, "hours": hours})
        if not hours:
            key = "duration.days"
    elif hours:
        key, words = ("duration.hours_minutes", {"hours": hours, "minutes": mins})
        if not mins:
            key = "duration.hours"
    else:
        key, words = ("duration.minutes", {"minutes": mins})
    pad = {name: f"{n:02d}" if name == "minutes" and hours else str(n) for name, n in words.items()}
    return sign + language.say(key, **pad).replace(" ", NO_BREAK)


def split_unit(value: float | int, unit: str, language: Language) -> tuple[str, str]:
    """Return a figure's number and the sign that follows it smaller."""
    if unit == "pct":
        text = percent(value, language)
        return text.removesuffix("%").rstrip(NO_BREAK), "%"
    if unit == "points":
        signed_number, _, name = points(value, language).partition(NO_BREAK)
        return signed_number, name
    if unit == "minutes":
        return duration(value, language), ""
    if unit == "stars":
        return decimal(value, language, 2), "/5"
    if unit == "index":
        return decimal(value, language), "/100"
    return compact(value, language), ""


def with_unit(value: float | int, unit: str, language: Language) -> str:
    """Return a figure's number with its sign, as it stands inside a sentence."""
    number, sign = split_unit(value, unit, language)
    is_close = unit in ("stars", "index") or (language.code == "en" and unit == "pct")
    space = "" if is_close else NO_BREAK
    return f"{number}{space}{sign}" if sign else number
