"""Dates in words, and strangers' texts made printable."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from urllib.parse import urlsplit

from babel.dates import format_date, get_day_names

from oyez.render.language import NO_BREAK, Language

LONGEST_WORD = 42
MOST_SYMBOLS = 24
MOST_MARKS = 2  # combining marks on one letter
MOST_CHARACTERS = 4000
_INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Cn"}


def day(value: date | str, language: Language, year: bool = False) -> str:
    """Return `8 septembre`, `1er août 2026`: held together by no-break spaces."""
    when = value if isinstance(value, date) else date.fromisoformat(value[:10])
    month = format_date(when, "MMMM", locale=language.locale)
    number = "1er" if language.code == "fr" and when.day == 1 else str(when.day)
    if language.tag == "en-US":
        words = [f"{month}{NO_BREAK}{number}" + ("," if year else "")]
    else:
        words = [f"{number}{NO_BREAK}{month}"]
    return NO_BREAK.join([*words, *([str(when.year)] if year else [])])


def short_day(value: date | str, language: Language) -> str:
    """Return `8 sept.`, for tables and axes."""
    when = value if isinstance(value, date) else date.fromisoformat(value[:10])
    month = format_date(when, "MMM", locale=language.locale)
    number = "1er" if language.code == "fr" and when.day == 1 else str(when.day)
    order = (month, number) if language.tag == "en-US" else (number, month)
    return NO_BREAK.join(order)


def month(value: date | str, language: Language, year: bool = False) -> str:
    """Return `sept.`, or `sept. 2026`."""
    when = value if isinstance(value, date) else date.fromisoformat(value[:10])
    name: str = format_date(when, "MMM y" if year else "MMM", locale=language.locale)
    return name.replace(" ", NO_BREAK)


def weekdays(language: Language) -> list[str]:
    """Return the seven short names, Monday first."""
    names = get_day_names("abbreviated", locale=language.locale)
    return [names[index] for index in range(7)]


def weekday(number: int, language: Language) -> str:
    """Return the full name of weekday 1 (Monday) to 7."""
    name: str = get_day_names("wide", locale=language.locale)[number - 1]
    return name


def span(start: date, end: date, language: Language) -> str:
    """Return the two ends in words, naming month and year once where they are the same."""
    if start == end:
        return day(start, language, year=True)
    whole_months = start.day == 1 and (end.toordinal() + 1) == _next_first(end).toordinal()
    if whole_months and (start.year, start.month) == (end.year, end.month):
        return format_date(start, "MMMM y", locale=language.locale).replace(" ", NO_BREAK)
    last = day(end, language, year=True)
    if (start.year, start.month) == (end.year, end.month) and language.tag != "en-US":
        first = "1er" if language.code == "fr" and start.day == 1 else str(start.day)
    else:
        first = day(start, language, year=start.year != end.year)
    return language.say("span.from_to", start=first, end=last)


def _next_first(value: date) -> date:
    return date(value.year + value.month // 12, value.month % 12 + 1, 1)


def moment(value: str, language: Language) -> str:
    """Return a local minute in words: `26 mai, 14 h 05`."""
    when = datetime.fromisoformat(value)  # local, naive by the edition's contract
    return language.say(
        "moment",
        day=short_day(when.date(), language),
        time=language.say("clock", hours=str(when.hour), minutes=f"{when.minute:02d}").replace(
            " ", NO_BREAK
        ),
    )


def plain(text: str, limit: int = 400) -> str:
    """Return a stranger's text as one printable line of at most `limit` characters.

    Control and direction-changing characters go; words longer than a line, floods of symbols and
    piles of accents are cut: each has kept a layout engine busy for minutes.
    """
    kept: list[str] = []
    marks = symbols = 0
    for char in unicodedata.normalize("NFC", text[:MOST_CHARACTERS]):
        category = unicodedata.category(char)
        if char.isspace():
            kept.append(" ")
            continue
        if category in _INVISIBLE:
            continue
        if category.startswith("M"):
            marks += 1
            if marks > MOST_MARKS:
                continue
        else:
            marks = 0
        if category == "So" or ord(char) > 0x1F000:
            symbols += 1
            if symbols > MOST_SYMBOLS:
                continue
        kept.append(char)
    words = [
        word if len(word) <= LONGEST_WORD else word[: LONGEST_WORD - 1] + "…"
        for word in "".join(kept).split()
    ]
    line = " ".join(words)
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def link(url: str | None) -> str | None:
    """Return `url` if it is a plain web address that a reader may be led to, else None."""
    if not url or len(url) > 2000 or re.search(r"[\s\x00-\x1f]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
    return url if is_web else None
