"""Readings of Wikipedia: what counts, what is zero, and what nobody knows yet."""

# ruff: noqa: DTZ001  instants are naive UTC by convention
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from oyez.config.model import Brand
from oyez.errors import ConfigError, SourceThrottled, SourceUnavailable
from oyez.landing import Attention, Reject
from oyez.sources.contract import Query, Window
from oyez.sources.wikipedia import LATE_DAYS, MEASURE, Article, Wikipedia

from .site import Asked, Clock, Reply, patient_web, running

VERDIER = "fr.wikipedia/Maison_Verdier"
# Paris, 26 May 2026, asked the next morning.
DAY = date(2026, 5, 26)
WINDOW = Window(datetime(2026, 5, 25, 22), datetime(2026, 5, 26, 22))
MORNING = datetime(2026, 5, 27, 5)
NOT_FOUND = {
    "type": "about:blank",
    "title": "Not Found",
    "detail": "The date(s) you used are valid, but we either do not have data for those date(s).",
}


def item(day: date, views: Any, **other: Any) -> dict[str, Any]:
    """A row as the API gives it (recorded in github.com/Commonists/pageview-api/issues/5)."""
    return {
        "project": "fr.wikipedia",
        "article": "Maison_Verdier",
        "granularity": "daily",
        "timestamp": f"{day:%Y%m%d}00",
        "access": "all-access",
        "agent": "user",
        "views": views,
        **other,
    }


class Counts:
    """The API over article → day → views; days without views are left out, as the API does."""

    def __init__(self, views: dict[str, dict[date, int]]) -> None:
        self.views = views

    def __call__(self, asked: Asked) -> Reply:
        project, access, agent, title, grain, start, end = asked.path.strip("/").split("/")
        assert (access, agent, grain) == ("all-access", "user", "daily")
        first, last = (date.fromisoformat(one[:8]) for one in (start, end))
        assert start[8:] == end[8:] == "00"
        known = self.views.get(f"{project}/{title}", {})
        rows = [item(day, count) for day, count in known.items() if first <= day <= last]
        return Reply({"items": rows}) if rows else Reply(NOT_FOUND, 404)


def query(articles: dict[str, list[str]] | None = None) -> Query:
    return Query(
        client_id="verdier",
        source_id="wiki",
        terms=("Maison Verdier",),
        brands=(Brand(id="verdier", name="Maison Verdier"), Brand(id="roque", name="Roque")),
        languages=("fr",),
        options=Wikipedia.Options(articles=articles or {"verdier": [VERDIER]}),
    )


def read(
    respond: Any,
    *,
    window: Window = WINDOW,
    now: datetime = MORNING,
    articles: dict[str, list[str]] | None = None,
) -> tuple[list[Any], list[Asked], Exception | None]:
    """Return what was yielded, what was asked, and how it ended."""
    found: list[Any] = []
    ended: Exception | None = None
    with running(respond) as site:
        source = Wikipedia(patient_web(Clock(now)), base_url=site.url, clock=lambda: now)
        try:
            for one in source.fetch(query(articles), window):
                found.append(one)
        except Exception as problem:
            ended = problem
        return found, site.asked, ended


def by_day(found: list[Any], subject: str = VERDIER) -> dict[date, Attention]:
    rows = [one for one in found if isinstance(one, Attention) and one.subject == subject]
    days = [one.day_utc for one in rows]
    assert len(days) == len(set(days))
    return {one.day_utc: one for one in rows}


def before(days: int) -> date:
    return DAY - timedelta(days=days)


def every(count: int = LATE_DAYS) -> dict[date, int]:
    return {before(n): 100 + n for n in range(count)}


def test_a_day_is_counted_and_the_late_ones_asked_again_in_one_request() -> None:
    found, asked, ended = read(Counts({VERDIER: every()}))
    assert ended is None
    rows = by_day(found)
    assert len(found) == len(rows) == LATE_DAYS
    assert rows[DAY] == Attention("verdier", MEASURE, VERDIER, DAY, 100)
    assert rows[before(3)].value == 103
    (one,) = asked
    assert one.path.endswith(
        "/fr.wikipedia/all-access/user/Maison_Verdier/daily/2026051300/2026052600"
    )
    assert one.headers["User-Agent"] == "Test-oyez/1"


def test_a_day_without_count_is_unknown_for_48_hours() -> None:
    """Only once the day after next is over, and a later day was counted, is silence a zero."""
    views = every()
    del views[DAY], views[before(1)], views[before(2)]
    # On 27 May at 05:00 the 24th ended 53 hours ago, the 25th 29 hours ago.
    rows = by_day(read(Counts({VERDIER: views}))[0])
    assert (rows[DAY].value, rows[DAY].reason) == (None, "not loaded yet")
    assert (rows[before(1)].value, rows[before(1)].reason) == (None, "not loaded yet")
    assert rows[before(2)].value is None
    assert rows[before(2)].reason == "no count of it or of a later day: zero, or not loaded"
    assert rows[before(3)].value == 103


def test_a_settled_day_that_a_later_one_overtook_was_not_read() -> None:
    views = every()
    del views[before(2)]
    rows = by_day(read(Counts({VERDIER: views}))[0])
    assert (rows[before(2)].value, rows[before(2)].reason) == (0, None)
    # The same silence a day younger is not a zero, although a later day is there.
    views = every()
    del views[before(1)]
    rows = by_day(read(Counts({VERDIER: views}))[0])
    assert rows[before(1)].value is None


def test_no_count_at_all_is_never_zero() -> None:
    rows = by_day(read(Counts({}))[0])
    assert {one.value for one in rows.values()} == {None}
    assert all(one.reason for one in rows.values())


def test_a_past_day_is_judged_by_the_days_after_it() -> None:
    old = date(2019, 3, 4)
    window = Window(datetime(2019, 3, 3, 23), datetime(2019, 3, 4, 23))
    views = {old + timedelta(days=3): 7, old - timedelta(days=1): 5}
    found, asked, _ = read(Counts({VERDIER: views}), window=window)
    assert {day: one.value for day, one in by_day(found).items()} == {
        old - timedelta(days=1): 5,
        old: 0,
    }
    assert asked[0].path.endswith("/2019030300/2019031800")


def test_before_the_first_day_nothing_is_asked() -> None:
    window = Window(datetime(2014, 3, 3, 23), datetime(2014, 3, 4, 23))
    found, asked, _ = read(Counts({VERDIER: every()}), window=window)
    assert asked == []
    assert {one.reason for one in found} == {"nothing was counted before 2015-07-01"}


@pytest.mark.parametrize(
    ("start", "hours", "day"),
    [
        (datetime(2026, 5, 25, 22), 24, date(2026, 5, 26)),  # Paris
        (datetime(2026, 10, 24, 22), 25, date(2026, 10, 25)),  # Paris, the long day
        (datetime(2026, 5, 26, 4), 24, date(2026, 5, 26)),  # New York
        (datetime(2026, 5, 25, 15), 24, date(2026, 5, 26)),  # Tokyo
        (datetime(2026, 1, 25, 11), 24, date(2026, 1, 25)),  # Auckland: 26 January is 11 hours in
    ],
)
def test_a_client_day_asks_for_the_utc_day_it_mostly_is(
    start: datetime, hours: int, day: date
) -> None:
    assert Window(start, start + timedelta(hours=hours)).utc_day == day


def test_a_day_that_is_not_over_is_unknown() -> None:
    now = datetime(2026, 5, 26, 12)
    rows = by_day(read(Counts({VERDIER: every()}), window=Window(WINDOW.start, now), now=now)[0])
    today = rows[DAY]
    assert (today.value, today.reason) == (None, "the UTC day is not over")


def test_however_it_ends_every_article_has_every_day() -> None:
    """The second of three articles fails: the first keeps its counts, the others say why not."""
    others = ["fr.wikipedia/Verdier", "en.wikipedia/Maison_Verdier"]

    def respond(asked: Asked) -> Reply:
        if "/Verdier/" in asked.path:
            return Reply(b"", 429, {"Retry-After": "3600"})
        return Counts({VERDIER: every()})(asked)

    found, asked, ended = read(
        respond, articles={"verdier": [VERDIER, others[0]], "roque": others[1:]}
    )
    assert isinstance(ended, SourceThrottled)
    assert by_day(found)[DAY].value == 100
    for subject in others:
        rows = by_day(found, subject)
        assert len(rows) == LATE_DAYS
        assert {one.value for one in rows.values()} == {None}
        assert "asks for a pause" in str(rows[DAY].reason)
    assert {one.brand_id for one in by_day(found, others[1]).values()} == {"roque"}
    assert not [one for one in asked if "/en.wikipedia/" in one.path]


def test_a_page_instead_of_counts_is_no_silence() -> None:
    found, _, ended = read(lambda _: Reply(b"<html>gone</html>", 404))
    assert isinstance(ended, SourceUnavailable)
    assert {one.value for one in found} == {None}
    assert read(lambda _: Reply({"totals": []}))[2] is not None


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (item(before(2), "many"), "bad_number"),
        (item(before(2), -1), "bad_number"),
        (item(before(2), True), "bad_number"),
        (item(before(2), 5, timestamp="2026059900"), "bad_date"),
        (item(before(2), 5, timestamp=None), "bad_date"),
        ("a row", "bad_date"),
    ],
)
def test_a_broken_row_is_quarantined_and_never_zero(broken: Any, reason: str) -> None:
    found, _, ended = read(lambda _: Reply({"items": [item(DAY, 9), broken]}))
    assert ended is None
    (reject,) = [one for one in found if isinstance(one, Reject)]
    assert reject.reason == reason
    rows = by_day(found)
    assert rows[DAY].value == 9
    assert rows[before(2)].value is None


@pytest.mark.parametrize(
    ("written", "subject"),
    [
        ("fr.wikipedia/Maison_Verdier", VERDIER),
        ("fr.wikipedia/maison Verdier", VERDIER),
        ("fr.wikipedia.org/Maison__Verdier_", VERDIER),
        ("https://fr.wikipedia.org/wiki/Maison_Verdier?oldid=12#Histoire", VERDIER),
        ("https://fr.m.wikipedia.org/wiki/Maison%20Verdier", VERDIER),
        ("https://fr.wikipedia.org/wiki/%C3%89clair_(g%C3%A2teau)", "fr.wikipedia/Éclair_(gâteau)"),
        ("fr.wikipedia/E\u0301clair", "fr.wikipedia/Éclair"),
        ("en.wikipedia/AC/DC", "en.wikipedia/AC/DC"),
        ("en.wikipedia/What's Up?", "en.wikipedia/What's_Up?"),
        ("pt-br.wikipedia/iPhone", "pt-br.wikipedia/IPhone"),
        ("de.wikipedia/ßeta", "de.wikipedia/ßeta"),
    ],
)  # fmt: skip
def test_an_article_has_one_name_however_it_is_written(written: str, subject: str) -> None:
    assert str(Article.read(written)) == subject
    assert query({"verdier": [written, subject]}).options.articles == {"verdier": [subject]}


def test_titles_are_asked_for_as_one_part_of_the_address() -> None:
    odd = "en.wikipedia/AC/DC_100%_(live)?"
    paths = []

    def respond(asked: Asked) -> Reply:
        paths.append(asked.path)
        return Reply({"items": [item(DAY, 3)]})

    read(respond, articles={"verdier": [odd]})
    # Unquoted once by the site in the tests: nothing of the title was taken for a query.
    assert "/user/AC/DC_100%_(live)?/daily/" in paths[0]


@pytest.mark.parametrize(
    "articles",
    [
        {},
        {"verdier": []},
        {"verdier": ["Maison Verdier"]},
        {"verdier": ["https://example.org/wiki/Verdier"]},
        {"verdier": ["fr.wikipedia/[[Verdier]]"]},
        {"verdier": ["https://fr.wikipedia.org/wiki/#top"]},
    ],
)
def test_what_names_no_article_is_refused(articles: dict[str, list[str]]) -> None:
    with pytest.raises(ValidationError):
        Wikipedia.Options(articles=articles)


def test_a_brand_that_the_client_has_not_is_refused() -> None:
    found, asked, ended = read(Counts({}), articles={"belcour": [VERDIER]})
    assert isinstance(ended, ConfigError)
    assert "belcour" in str(ended)
    assert "verdier, roque" in str(ended)
    assert (found, asked) == ([], [])


def probe(pages: dict[str, dict[str, Any]], articles: list[str]) -> str:
    def respond(asked: Asked) -> Reply:
        if asked.path == "/fr.wikipedia/w/api.php":
            assert asked.params["redirects"] == "1"
            return Reply({"query": pages[asked.params["titles"]]})
        return Counts({VERDIER: every()})(asked)

    with running(respond) as site:
        source = Wikipedia(
            patient_web(Clock(MORNING)),
            base_url=site.url,
            wiki_url=f"{site.url}/{{}}".format,
            clock=lambda: MORNING,
        )
        return source.probe(query({"verdier": articles}))


def test_probe_tells_redirects() -> None:
    here = {"pages": [{"pageid": 1, "ns": 0, "title": "Maison Verdier"}]}
    moved = here | {"redirects": [{"from": "Verdier", "to": "Maison Verdier"}]}
    told = probe({"Maison Verdier": here, "Verdier": moved}, [VERDIER, "fr.wikipedia/Verdier"])
    # 100 to 106 on the seven days to 26 May.
    assert told == (
        "answers without a key; fr.wikipedia/Maison_Verdier was read 721 times on 7 of the last "
        "7 days; fr.wikipedia/Verdier redirects to Maison_Verdier, which is counted apart "
        "→ list both"
    )


def test_probe_refuses_a_title_that_does_not_exist() -> None:
    nothing = {"pages": [{"ns": 0, "title": "Maison Verdier", "missing": True}]}
    with pytest.raises(ConfigError, match="has no article 'Maison_Verdier'"):
        probe({"Maison Verdier": nothing}, [VERDIER])
