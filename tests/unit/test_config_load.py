"""Every mistake in a file is told with its line, its key and its remedy."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from textwrap import dedent

import pytest

from oyez.config.load import load_agency, load_client, load_mapping
from oyez.config.problem import ConfigFileError, Problem
from oyez.errors import ConfigError

GOOD = """\
id: united
name: United
timezone: America/Chicago
brands:
  - id: united
    name: United
"""
MAPPING = """\
format: csv
fields:
  native_id: tweet_id
  published_at: created
  text: text
"""


def a_file(folder: Path, text: str, name: str = "united.yml") -> Path:
    path = folder / name
    path.write_text(dedent(text), encoding="utf-8")
    return path


def problems_of(folder: Path, text: str, load=load_client) -> list[Problem]:
    path = a_file(folder, text)
    with pytest.raises(ConfigFileError) as caught:
        load(path, "clients/united.yml")
    assert isinstance(caught.value, ConfigError)
    problems = list(caught.value.problems)
    assert all(problem.fix and problem.message for problem in problems)
    return problems


def the_problem(folder: Path, text: str, load=load_client) -> Problem:
    (problem,) = problems_of(folder, text, load)
    return problem


def test_a_sound_file_loads_with_its_times_and_dates(tmp_path: Path) -> None:
    text = GOOD + dedent("""\
        deliver_at: 07:30
        events: [{date: 2015-02-18, label: Strike}]
        office_hours:
          monday: {opens: 9:00, closes: "18:30"}
        holidays: {country: NO}
        targets: {net_sentiment: {at_least: 4.2}}
        """)
    client = load_client(a_file(tmp_path, text))
    assert client.deliver_at == time(7, 30)
    assert client.events[0].date == date(2015, 2, 18)
    assert client.office_hours["monday"].opens == time(9)
    assert client.holidays.country == "NO"  # Norway, not false
    assert str(client.targets["net_sentiment"].at_least) == "4.2"


@pytest.mark.parametrize(
    ("added", "line", "path", "message", "fix"),
    [
        ("timezon: UTC", 7, "timezon", "unknown key `timezon`", "did you mean `timezone`?"),
        ("zzz: 1", 7, "zzz", "unknown key `zzz`", "write one of: id, name, locale"),
        ("locale: fr", 7, "locale", "unknown value `fr`", "did you mean `fr-FR`?"),
        ("deliver_at: 7", 7, "deliver_at", "`7` does not fit", "such as 07:00"),
        ("deliver_at: 25:00", 7, "deliver_at", "`25:00` does not fit", "such as 07:00"),
        ("theme: My Theme", 7, "theme", "`My Theme` does not fit", "lower-case letters"),
        ("theme: a--b", 7, "theme", "`a--b` does not fit", "single dashes"),
        ("competitors:", 7, "competitors", "the key has no value", "or remove the line"),
        ("competitors: delta", 7, "competitors", "a list stands here", "lines that start with -"),
        ("exclude: [delta]", 7, "exclude", "a block of keys stands here", "`key: value`"),
        ("languages: [french]", 7, "languages[0]", "`french` does not fit", "^[a-z]{2}$"),
        ("minimum_n: 0", 7, "minimum_n", "greater than or equal to 1", "correct the value"),
        ("holidays: {country: France}", 7, "holidays.country", "`France`", "ISO country code"),
        (
            "events:\n  - {date: 2015-02-30, label: x}",
            8,
            "events[0].date",
            "2015-02-30",
            "Local day",
        ),
        ("events: [{date: 20150218, label: x}]", 7, "events[0].date", "`20150218`", "2015-02-16"),
        (
            "targets:\n  volume: {at_least: 1}",
            8,
            "targets.volume",
            "unknown key `volume`",
            "mention_volume",
        ),
        (
            "targets: {review_score: {at_least: 1, at_most: 2}}",
            7,
            "targets.review_score",
            "one bound",
            "either at_least or at_most",
        ),
        (
            "office_hours: {monday: {opens: 18:00, closes: 9:00}}",
            7,
            "office_hours.monday",
            "opens must come before closes",
            "an earlier opening",
        ),
        (
            "sources:\n  - {id: a, kind: file, mapping: 12}",
            8,
            "sources[0].mapping",
            "read as a number",
            'quotes: "12"',
        ),
        (
            "sources:\n  - {id: a, kind: file}",
            8,
            "sources[0].kind",
            "needs a mapping",
            "mappings/NAME.yml",
        ),
        (
            "sources:\n  - {id: a, kind: rss, mapping: mappings/a.yml}",
            8,
            "sources[0].mapping",
            "no other kind has one",
            "remove it",
        ),
        (
            "reports:\n  - {id: a, cadence: weekly, scope: b}",
            8,
            "reports[0].scope",
            "no brand or scope is `b`",
            "write one of: united",
        ),
        (
            "scopes:\n  - {id: fr, name: France, kind: country, brand: uni, languages: [fr]}",
            8,
            "scopes[0].brand",
            "no brand of the client is `uni`",
            "write one of: united",
        ),
        (
            "competitors:\n  - {id: united, name: United Fruit}",
            8,
            "competitors[0].id",
            "`united` is taken",
            "each brand, competitor or scope its own id",
        ),
        (
            "scopes:\n  - {id: fr, name: France, kind: country}",
            8,
            "scopes[0]",
            "the scope holds everything",
            "terms, languages, places or networks",
        ),
    ],
)
def test_a_mistake_has_a_line_a_key_and_a_remedy(
    tmp_path: Path, added: str, line: int, path: str, message: str, fix: str
) -> None:
    problem = the_problem(tmp_path, GOOD + added + "\n")
    assert problem.path == path
    assert message in problem.message
    assert fix in problem.fix
    if path:
        assert problem.line == line
    assert problem.file == "clients/united.yml"


def test_a_key_of_an_inner_block_is_explained_by_that_block(tmp_path: Path) -> None:
    text = GOOD + "    alias: [UA]\n"
    problem = the_problem(tmp_path, text)
    assert problem.where == "clients/united.yml:7, brands[0].alias"
    assert problem.fix == "did you mean `aliases`?"


def test_all_mistakes_are_told_at_once_in_order(tmp_path: Path) -> None:
    text = """\
        id: united
        nam: United
        timezone: Europe/Pari
        brands:
          - id: united
            name: United
            aliases: UA
        """
    problems = problems_of(tmp_path, text)
    assert [(problem.line, problem.path) for problem in problems] == [
        (None, "name"),
        (2, "nam"),
        (3, "timezone"),
        (7, "brands[0].aliases"),
    ]
    with pytest.raises(ConfigFileError) as caught:
        load_client(tmp_path / "united.yml")
    assert str(caught.value).startswith("4 problems\n")
    assert "write one like Europe/Paris" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "message", "fix"),
    [
        ("id: a\nname: b\nid: c\n", 3, "`id` is written twice", "keep one"),
        ("id: a\nb: {c: 1, c: 2}\n", 2, "`c` is written twice", "keep one"),
        ("id: a\nhandle: @delta\n", 2, "starts with @", "in quotes"),
        ("id: a\nb:\n\t- c\n", 3, "a tab", "spaces"),
        ("id: a\nname: b: c\n", 2, "a second `: `", "in quotes"),
        ("id: a\nname: 'b\n", 3, "never closed", "close the quote"),
        ("id: [a\nname: b\n", 2, "not YAML", "this line"),
        ("id: *nobody\n", 1, "not YAML", "line"),
        ("id: \x07\n", None, "not YAML", "correct"),
        ("- a\n- b\n", None, "holds no block of keys", "`name: …`"),
        ("# nothing\n", None, "is empty", "`name: …`"),
        ("a: " + "[" * 40 + "]" * 40, None, "too many values", "anchors"),
    ],
)
def test_what_is_no_yaml_is_told_with_its_line(
    tmp_path: Path, text: str, line: int | None, message: str, fix: str
) -> None:
    problem = the_problem(tmp_path, text)
    assert problem.line == line
    assert message in problem.message
    assert fix in problem.fix or fix in problem.message


def test_a_file_that_unfolds_without_end_is_refused(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 9)]
    assert "too many values" in the_problem(tmp_path, "\n".join(lines)).message


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "united.yml"
    path.write_bytes("id: a\nname: Société\n".encode("cp1252"))
    with pytest.raises(ConfigFileError, match=r"united.yml:2: .* UTF-8"):
        load_client(path)


def test_a_missing_file_and_a_byte_order_mark(tmp_path: Path) -> None:
    with pytest.raises(ConfigFileError, match="no such file"):
        load_client(tmp_path / "nobody.yml")
    path = tmp_path / "united.yml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert load_client(path).id == "united"


def test_the_id_is_the_name_of_the_file(tmp_path: Path) -> None:
    path = a_file(tmp_path, GOOD, "delta.yml")
    with pytest.raises(ConfigFileError, match=r"delta.yml:1, id: .*`united`.*→ write `id: delta`"):
        load_client(path)


@pytest.mark.parametrize(
    "value",
    [
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "AKIAIOSFODNN7EXAMPLE",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc",
        "https://ann:hunter2@api.example/feed",
        "5f4dcc3b5aa765d61d8327deb882cf99",
        "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLE9KEY1",
    ],
)
def test_a_value_like_a_secret_is_refused_and_not_repeated(tmp_path: Path, value: str) -> None:
    text = GOOD + f'sources: [{{id: a, kind: "{value}", mapping: "{value}"}}]\n'
    problems = problems_of(tmp_path, text)
    assert {problem.path for problem in problems} == {"sources[0].kind", "sources[0].mapping"}
    for problem in problems:
        assert value not in str(problem)
        assert "write the connection's name" in problem.fix


@pytest.mark.parametrize("key", ["api_key", "access-token", "password", "client_secret"])
def test_a_key_for_a_secret_is_refused_and_its_value_not_repeated(tmp_path: Path, key: str) -> None:
    problem = the_problem(tmp_path, GOOD + f"{key}: hunter2\n")
    assert problem.path == key
    assert "hunter2" not in str(problem)
    assert "write the connection's name" in problem.fix


@pytest.mark.parametrize(
    "value",
    ["airline_sentiment_gold_and_more_words", "https://united.example/a", "A long name, 12"],
)
def test_ordinary_values_are_no_secrets(tmp_path: Path, value: str) -> None:
    path = a_file(tmp_path, MAPPING.replace("created", f'"{value}"'))
    assert load_mapping(path).fields["published_at"] == value


def test_a_mapping_reads_its_stretches_in_their_own_zone(tmp_path: Path) -> None:
    text = MAPPING + dedent("""\
        covers:
          - {start: 2015-02-16, end: 2015-02-17T12:00}
          - {start: 2015-02-16T00:00:00+01:00, end: "2015-02-17T00:00:00Z"}
        """)
    naive, aware = load_mapping(a_file(tmp_path, text)).covers
    assert naive.start.replace(tzinfo=UTC) == datetime(2015, 2, 16, tzinfo=UTC)
    assert aware.start == datetime(2015, 2, 15, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        (
            "format: csv\nfields: {text: t}\n",
            "fields",
            "native_id, published_at",
        ),
        (MAPPING + "  txt: t\n", "fields.txt", "unknown key `txt`"),
        (MAPPING + "encoding: latin-9000\n", "encoding", "`latin-9000` does not fit"),
        (
            MAPPING + "constants: {channel: tv}\n",
            "constants.channel",
            "`tv` → write one of: social",
        ),
        (MAPPING + "values: {sentiment: {'-1': bad}}\n", "values.sentiment.-1", "`bad`"),
        (MAPPING + "values: {rating: {1: low}}\n", "values.rating[1]", "`1` is read as a number"),
        (MAPPING + "covers: [{start: 20150216, end: 20150217}]\n", "covers[0]", "2015"),
        (MAPPING + "covers: [{start: 2015-02-17, end: 2015-02-16}]\n", "covers[0]", "before end"),
        (
            MAPPING + "covers: [{start: 2015-02-16T00:00Z, end: 2015-02-18}]\n",
            "covers[0]",
            "offset",
        ),
    ],
)
def test_a_mapping_is_held_to_its_words(tmp_path: Path, text: str, path: str, message: str) -> None:
    problems = problems_of(tmp_path, text, load_mapping)
    assert problems[0].path.startswith(path)
    assert message in str(problems[0])


def test_the_agency_needs_no_more_than_a_name(tmp_path: Path) -> None:
    agency = load_agency(a_file(tmp_path, "name: Atelier\n", "agency.yml"))
    assert agency.defaults.deliver_at == time(7)
    assert agency.defaults.theme == "oyez"
