"""Bad files: what is refused with which remedy, what is set aside row by row, what still counts."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import zstandard

from oyez.errors import ConfigError, DataError

from .conftest import SMALL_MAPPING, Bench, post, table

GOOD = [post(number) for number in range(10)]
EXPORT = "mappings/export.yml"
NEVER_A_SPREADSHEET = "import the tool's original export, never opened and saved in a spreadsheet"


def land(bench: Bench, content: str | bytes, name: str = "export.csv", **mapping: Any) -> Any:
    """Land a file by SMALL_MAPPING, with some of its keys changed."""
    if mapping:
        bench.write(EXPORT, SMALL_MAPPING | mapping)
    path = bench.home / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return bench.land("acme", path, EXPORT)


def ndjson(*records: object, fields: dict[str, str] | None = None) -> dict[str, Any]:
    """Return arguments of `land` for an NDJSON file."""
    named = fields or {"native_id": "id", "published_at": "date", "text": "text", "like_count": "n"}
    lines = [one if isinstance(one, str) else json.dumps(one) for one in records]
    return {
        "content": "\n".join(lines) + "\n",
        "name": "export.ndjson",
        "format": "ndjson",
        "fields": named,
    }


def record(number: int, **other: Any) -> dict[str, Any]:
    """Return an NDJSON row."""
    date = f"2026-05-25T10:00:{number:02d}+02:00"
    return {"id": f"p{number}", "date": date, "text": "Acme is great", "n": number} | other


def scrambled(content: bytes) -> bytes:
    """Return the bytes with some in the middle changed."""
    middle = len(content) // 2
    return (
        content[:middle]
        + bytes(byte ^ 0x5A for byte in content[middle : middle + 8])
        + content[middle + 8 :]
    )


LONG = table(
    *(post(number, text=f"Acme {number * 7919} is great") for number in range(200))
).encode()
CHECKED = zstandard.ZstdCompressor(write_checksum=True)
COPY_AGAIN = "copy it again, whole"

REFUSED: dict[str, tuple[dict[str, Any], list[str]]] = {
    "no byte": ({"content": ""}, ["the file is empty", "export it again, or delete it"]),
    "blank lines": ({"content": "\n \n"}, ["the file is empty", "export it again, or delete it"]),
    "only a heading, and nothing says what it covers": (
        {"content": table(), "covers": []},
        ["a heading and no rows", "write `covers` in the mapping: then no row means"],
    ),
    "cp1252 in UTF-8": (
        {"content": table(*GOOD, post(11, text="Acme en été")).encode("cp1252")},
        [
            "line 12 is not utf-8 (byte 0xe9 at offset ",
            "encoding: cp1252 for an old Windows export",
        ],
    ),
    "UTF-16": (
        {"content": table(*GOOD).encode("utf-16")},
        ["the file is UTF-16, the mapping says UTF-8", "write encoding: utf-16;"],
    ),
    "UTF-16 without mark": (
        {"content": table(*GOOD).encode("utf-16-le")},
        ["UTF-16 without a byte order mark", "write encoding: utf-16-le;"],
    ),
    "dates without zone": (
        {"content": table(*(post(one, date=f"2026-05-25 10:00:{one:02d}") for one in range(10)))},
        [
            "column 'date', first bad row 1: '2026-05-25 10:00:00' has no zone",
            "write the zone of these dates in the mapping, e.g. timezone: Europe/Paris",
        ],
    ),
    "one date without zone among good ones": (
        {"content": table(*GOOD, post(11, date="2026-05-25 10:00:00"))},
        ["column 'date', first bad row 11: '2026-05-25 10:00:00' has no zone", "timezone: "],
    ),
    "missing column": (
        {"content": table(*GOOD, header=("id", "datum", "text", "author", "likes"))},
        [
            "column 'date' is missing; the file has id, datum, text, author, likes",
            "the closest one is 'datum'; correct `fields` in the mapping, or export the column",
        ],
    ),
    "column twice": (
        {"content": table(*GOOD, header=("id", "date", "text", "text", "likes"))},
        ["two columns are named 'text'", "rename one of them"],
    ),
    "wrong delimiter": (
        {"content": table(*GOOD).replace(",", ";")},
        [
            "column 'id' is missing; the file has id;date;text;author;likes",
            "one column only: is the delimiter really ','?",
        ],
    ),
    "gzip cut off": (
        {"content": gzip.compress(LONG)[:-40], "name": "export.csv.gz"},
        ["the compressed file is damaged", COPY_AGAIN],
    ),
    "gzip scrambled": (
        {"content": scrambled(gzip.compress(LONG)), "name": "export.csv.gz"},
        ["the compressed file is damaged", COPY_AGAIN],
    ),
    "gzip that is none": (
        {"content": LONG, "name": "export.csv.GZ"},
        ["the compressed file is damaged", COPY_AGAIN],
    ),
    "zst cut off": (
        {"content": zstandard.compress(LONG)[:-40], "name": "export.csv.zst"},
        ["the compressed file is damaged", COPY_AGAIN],
    ),
    "zst cut off after some blocks": (
        {"content": zstandard.compress(LONG * 100, level=-5)[:-100], "name": "export.csv.zst"},
        ["the compressed file is damaged", COPY_AGAIN],
    ),
    "zst scrambled": (
        # With the checksum that the `zstd` command writes; without one nobody can tell.
        {"content": scrambled(CHECKED.compress(LONG)), "name": "export.csv.zst"},
        ["the compressed file is damaged", COPY_AGAIN],
    ),
    "more than a fifth of the rows is bad": (
        {"content": table(*GOOD, *(post(one, date="soon") for one in (20, 21, 22)))},
        [
            "3 of 13 rows cannot be read (bad_date ×3); first bad row 11: 'soon' is not a date",
            "correct the mapping (date_format, timezone, fields, values) and import again",
        ],
    ),
    "ids in scientific notation": (
        {"content": table(*GOOD, post(11, id="5.70306E+17"))},
        [
            "column 'id', first bad row 11: '5.70306E+17': ids were rounded by a spreadsheet",
            NEVER_A_SPREADSHEET,
        ],
    ),
    "ids in scientific notation with a comma": (
        {"content": table(*GOOD, post(11, id="5,70306E+17"))},
        ["ids were rounded by a spreadsheet", NEVER_A_SPREADSHEET],
    ),
    "ids rounded to 15 digits": (
        {
            "content": table(
                *(post(one, id=f"57030613367776{one}000") for one in range(4)), post(5, id="12345")
            )
        },
        [
            "column 'id', first bad row 1: '570306133677760000': ids were rounded by a spreadsheet",
            NEVER_A_SPREADSHEET,
        ],
    ),
    "ids that JSON keeps as decimal numbers": (
        ndjson('{"id": 5.70306133677761e+17, "date": "2026-05-25T10:00:00Z", "text": "Acme"}'),
        ["ids were rounded by a spreadsheet", NEVER_A_SPREADSHEET],
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refused_file_says_why_and_leaves_no_trace(small: Bench, case: str) -> None:
    given, words = REFUSED[case]
    with pytest.raises(DataError) as refusal:
        land(small, **given)
    told = str(refusal.value)
    assert told.startswith("client acme, source export · file export.")
    for one in words:
        assert one in told
    assert told.endswith("; nothing was imported")
    assert not list(small.workspace.storage.list("landing/"))


def test_a_refused_file_waits_beside_its_reason(small: Bench) -> None:
    small.drop("bad.csv", "")
    small.drop("good.csv", table(*GOOD))
    outcome = small.day("2026-05-30")
    assert [str(one) for one in outcome.failures] == [
        "client acme, source export · file bad.csv: the file is empty → "
        "export it again, or delete it; nothing was imported"
    ]
    inbox = small.home / "inbox/acme/export"
    why, way_out = (inbox / "refused/bad.why.txt").read_text("utf-8").strip().split("\n\n")
    assert why == str(outcome.failures[0])
    assert way_out == f"When that is mended, move bad.csv back to {inbox}."
    assert (inbox / "imported/good.csv").is_file()
    assert small.query("select count(*) from core.item") == [(10,)]
    # It is not tried again every morning.
    assert small.day("2026-05-30").failures == []


def test_an_unknown_zone_is_a_mistake_of_the_mapping(small: Bench) -> None:
    small.write(
        EXPORT,
        "format: csv\nfields: {native_id: id, published_at: date, text: text}\n"
        "timezone: Europe/Pariis\n",
    )
    with pytest.raises(ConfigError, match=r"mappings/export\.yml:3, timezone: .*Europe/Paris"):
        small.workspace.mapping(EXPORT)


def test_dates_outside_of_what_the_file_covers_are_told(small: Bench) -> None:
    wrong_month = [post(one, date=f"2026-04-25T10:00:{one:02d}+02:00") for one in range(4)]
    landed = land(small, table(*GOOD, *wrong_month))
    assert landed["warnings"] == [
        "4 of 14 rows lie outside what the mapping says the file covers: "
        "check `covers` and `timezone`"
    ]


# -- rows -----------------------------------------------------------------------------------------

QUARANTINED: dict[str, tuple[dict[str, Any], str, str]] = {
    "a date of 1970": (
        {"content": table(*GOOD, post(11, date="1970-01-01T00:00:00Z"))},
        "bad_date",
        "1970-01-01T00:00:00 is before 1995",
    ),
    "a date ahead": (
        {"content": table(*GOOD, post(11, date="2099-05-25T10:00:00Z"))},
        "date_in_future",
        "2099-05-25T10:00:00 UTC lies ahead of the collection",
    ),
    "a date that no calendar of UTC holds": (
        {"content": table(*GOOD, post(11, date="0001-01-01T00:00:00+14:00"))},
        "bad_date",
        "'0001-01-01T00:00:00+14:00' is not a date of the expected format",
    ),
    "seconds since 1970 beyond every clock": (
        ndjson(*(record(one, date=1779700000 + one) for one in range(10)), record(11, date="1e999"))
        | {"date_format": "epoch"},
        "bad_date",
        "'1e999' is not a date of the expected format",
    ),
    "too few values": (
        {"content": table(*GOOD) + "p11,2026-05-25T10:00:00Z,Acme\n"},
        "bad_row",
        "3 values under 5 columns",
    ),
    "text after a closing quote": (
        {"content": table(*GOOD) + 'p11,2026-05-25T10:00:00Z,"He said "Acme" to me",ann,1\n'},
        "bad_row",
        "the quotes do not pair (',' expected after '\"')",
    ),
    "no id": ({"content": table(*GOOD, post(11, id=""))}, "missing_id", "the row has no native_id"),
    "no date": (
        {"content": table(*GOOD, post(11, date=""))},
        "missing_date",
        "the row has no date",
    ),
    "a count of words": (
        {"content": table(*GOOD, post(11, likes="many"))},
        "bad_number",
        "'many' is not a count",
    ),
    "a count that no column holds": (
        {"content": table(*GOOD, post(11, likes="9" * 60))},
        "bad_number",
        # A message shows enough to find the value by, and marks where it is cut.
        f"'{'9' * 40}…' is not a count",
    ),
    "a count of a billion digits": (
        {"content": table(*GOOD, post(11, likes="1e999999999"))},
        "bad_number",
        "'1e999999999' is not a count",
    ),
    "an infinite count": (
        {"content": table(*GOOD, post(11, likes="Infinity"))},
        "bad_number",
        "'Infinity' is not a count",
    ),
    "a count below zero": (
        {"content": table(*GOOD, post(11, likes="-3"))},
        "bad_number",
        "'-3' is not a count",
    ),
    "an object where a value is expected": (
        ndjson(*map(record, range(10)), record(11, text={"fr": "Acme"})),
        "bad_shape",
        "text holds a list or an object: map a path inside it",
    ),
    "no JSON": (
        ndjson(*map(record, range(10)), '{"id": "p11", "date": "2026-'),
        "bad_json",
        "Unterminated string",
    ),
    "a JSON list": (ndjson(*map(record, range(10)), "[1, 2]"), "bad_json", "not an object"),
    "JSON nested a hundred thousand deep": (
        ndjson(*map(record, range(10)), "[" * 100_000),
        "bad_json",
        "recursion",
    ),
}


@pytest.mark.parametrize("case", QUARANTINED)
def test_a_bad_row_is_set_aside_and_the_others_count(small: Bench, case: str) -> None:
    given, reason, detail = QUARANTINED[case]
    landed = land(small, **given)
    assert (landed["item_count"], landed["reject_count"]) == (10, 1)
    from oyez import landing

    ws = small.workspace
    (reject,) = landing.read(ws.storage, landed["run"], "rejects")
    assert (reject["row"], reject["reason"]) == (11, reason)
    assert detail in reject["detail"]
    assert reject["ref"] == f"{given.get('name', 'export.csv')}:{12 if 'name' not in given else 11}"


def test_quarantined_rows_are_in_the_warehouse_with_number_and_reason(small: Bench) -> None:
    bad = [post(11, date="soon"), post(12, likes="lots")]
    landed = land(small, table(*GOOD, *bad))
    published = small.publish("2026-05-31")
    assert published["item_count"] == 10
    assert small.query(
        "select source_id, row_number, reason, detail, raw_ref from ops.quarantine "
        "order by row_number"
    ) == [
        (
            "export",
            11,
            "bad_date",
            "'soon' is not a date of the expected format",
            f"{landed['run']}#export.csv:12",
        ),
        ("export", 12, "bad_number", "'lots' is not a count", f"{landed['run']}#export.csv:13"),
    ]
    assert small.query("select item_count, quarantined_count, row_count from ops.batch") == [
        (10, 2, 12)
    ]


def test_a_quote_left_open_costs_its_own_row_and_no_other(small: Bench) -> None:
    rows = [f"p{one},2026-05-25T10:00:{one:02d}Z,Acme {one},ann,1\n" for one in range(50)]
    rows[20] = 'p20,2026-05-25T10:00:20Z,"Acme 20,ann,1\n'
    landed = land(small, "id,date,text,author,likes\n" + "".join(rows))
    assert (landed["item_count"], landed["reject_count"]) == (49, 1)
    small.publish("2026-05-31")
    assert small.query("select row_number, reason, detail from ops.quarantine") == [
        (21, "bad_row", "the quotes do not pair (unexpected end of data)")
    ]
    assert small.query("select max(length(text)) from core.item") == [(len("Acme 49"),)]


def test_two_open_quotes_that_pair_by_accident_swallow_nothing(small: Bench) -> None:
    rows = [f"p{one},2026-05-25T10:00:{one:02d}Z,Acme {one},ann,1\n" for one in range(50)]
    rows[20] = 'p20,2026-05-25T10:00:20Z,"Acme 20,ann,1\n'
    rows[30] = 'p30,2026-05-25T10:00:30Z,Acme 30",ann,1\n'
    landed = land(small, "id,date,text,author,likes\n" + "".join(rows))
    assert (landed["item_count"], landed["reject_count"]) == (49, 1)
    small.publish("2026-05-31")
    assert small.query("select row_number, detail from ops.quarantine") == [
        (21, "a quote is opened here and closed some rows below")
    ]


def test_a_text_of_several_lines_is_one_row(small: Bench) -> None:
    landed = land(small, table(post(1, text='Acme\nsays "hi",\r\nand more'), post(2)))
    assert landed["reject_count"] == 0
    small.publish("2026-05-31")
    texts = small.query("select text from core.item order by native_id")
    assert texts[0] == ('Acme\nsays "hi",\r\nand more',)


# -- what counts all the same ---------------------------------------------------------------------


def test_what_bytes_may_hold_reaches_the_report(small: Bench) -> None:
    """Ten thousand characters, NUL bytes, half an emoji, numbers with separators."""
    rows = [
        record(1, text="Acme " + "é" * 10_000),
        record(2, text="Acme \x00is\x00 great", author="a\x00nn"),
        record(3, text="Acme \ud83d", author="b\ud83d"),  # cut in the middle of an emoji
        record(4, text="Acme 😀", n="1 234 567"),
        record(5, text="Acme", n=10**12),
    ]
    fields = {
        "native_id": "id",
        "published_at": "date",
        "text": "text",
        "like_count": "n",
        "author_handle": "author",
    }
    landed = land(small, **ndjson(*rows, fields=fields))
    assert (landed["item_count"], landed["reject_count"]) == (5, 0)
    outcome = small.day("2026-05-31")
    assert outcome.failures == []
    assert [one["new"] for one in outcome.editions] == [True]
    assert small.query(
        "select native_id, text from core.item where length(text) < 99 order by 1"
    ) == [
        ("p2", "Acme is great"),
        ("p3", "Acme \ufffd"),
        ("p4", "Acme 😀"),
        ("p5", "Acme"),
    ]
    assert small.query("select max(length(text)), count(*) from core.item") == [(10_005, 5)]
    assert small.query("select handle from core.author_identity order by 1") == [
        ("ann",),
        ("b\ufffd",),
    ]
    assert small.query("select max(like_count) from core.counter") == [(10**12,)]
    assert small.query("select sum(item_count) from metric.mention_volume") == [(5,)]


@pytest.mark.parametrize("name", ["export.csv.gz", "export.csv.zst", "export.CSV.GZ"])
def test_compressed_files_are_read_whole(small: Bench, name: str) -> None:
    press = gzip.compress if name.lower().endswith("gz") else zstandard.compress
    half = LONG.index(b"\n", len(LONG) // 2) + 1
    # Two frames, one after the other, as `cat` and parallel compressors make them.
    landed = land(small, press(LONG[:half]) + press(LONG[half:]), name=name)
    assert landed["item_count"] == 200


def test_the_declared_encoding_is_used(small: Bench) -> None:
    text = table(*GOOD, post(11, text="Acme en été"))
    assert land(small, text.encode("cp1252"), encoding="cp1252")["item_count"] == 11
    small.publish("2026-05-31")
    assert small.query("select text from core.item where native_id = 'p11'") == [("Acme en été",)]
    assert land(small, text.encode("utf-16"), encoding="utf-16")["item_count"] == 11
    assert land(small, b"\xef\xbb\xbf" + text.encode(), encoding="utf-8")["item_count"] == 11


@pytest.mark.parametrize(
    "rows",
    [[], [post(1, text="Globex only"), post(2, text="neither")]],
    ids=["no row", "other names"],
)
def test_a_week_without_a_mention_is_a_complete_report_that_says_so(
    small: Bench, rows: list[Any]
) -> None:
    land(small, table(*rows))
    small.publish("2026-05-31")
    edition = small.edition("acme", "weekly", "2026-05-31")
    figure = edition["figures"]["mention_volume"]
    assert (float(figure["value"]), figure["status"]) == (0, "ok")
    assert edition["coverage"]["measured_pct"] == 100
    codes = [finding["code"] for finding in edition["findings"]["summary"]]
    assert "volume.zero" in codes
    assert "volume.not_measured" not in codes
    pdf = Path(edition["_made"]["path"])
    assert pdf.read_bytes().startswith(b"%PDF")
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    words = " ".join(page.get_textpage().get_text_range() for page in document).lower()
    assert "no mention" in words or "nobody" in words or "no one" in words


def test_a_file_delivered_twice_is_recognised(small: Bench) -> None:
    first = land(small, table(*GOOD))
    small.publish("2026-05-31")
    before = small.bytes()
    again = land(small, table(*GOOD), name="the same under another name.csv")
    assert (first["state"], again["state"]) == ("landed", "already_landed")
    assert again["run"] == first["run"]
    assert small.publish("2026-05-31")["publish_id"] is None
    assert small.bytes() == before
