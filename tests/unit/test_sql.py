"""`oyez sql`: what it prints and writes, what it refuses, and what it says then."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from oyez.cli import app
from oyez.errors import ConfigError
from oyez.spreadsheet import csv_text, harmless, harmless_in_csv
from oyez.storage import Storage
from oyez.warehouse.connect import CURRENT, snapshot_key
from oyez.warehouse.question import ask

run = CliRunner().invoke
EVIL = '=HYPERLINK("http://x")'


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose snapshot holds one table of words and numbers, and one view."""
    home = tmp_path_factory.mktemp("sql")
    (home / "agency.yml").write_text("name: Atelier Nord\ndefaults: {locale: en-GB}\n")
    path = home / "small.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema core; create schema report")
        connection.execute(
            "create table core.said as from (values (1, ?, -2.50, date '2026-05-25', ['a', 'b']), "
            "(2, 'fine', null, null, null)) as t (id, text, amount, day, themes)",
            [EVIL],
        )
        connection.execute("create view report.daily as select id, day from core.said")
        connection.execute("comment on view report.daily is 'One row for a brand and a day.'")
    storage = Storage(home / "data")
    storage.create(snapshot_key("p1"), path)
    storage.replace(CURRENT, b"p1")
    return home


def sql(home: Path, *arguments: str) -> str:
    told = run(app, ["sql", *arguments, "--home", str(home)])
    assert told.exit_code == 0, told.output
    return told.stdout


def refused(home: Path, *arguments: str) -> str:
    told = run(app, ["sql", *arguments, "--home", str(home)])
    assert told.exit_code == 1, told.output
    assert " → " in told.stderr, "an error tells how to mend it"
    return re.sub(r"\s+", " ", told.stderr)


# -- forms of an answer ----------------------------------------------------------------------------


def test_a_table(home: Path) -> None:
    printed = sql(home, "select id, text from core.said order by id")
    assert [line.split() for line in printed.splitlines()] == [
        ["id", "text"],
        ["1", EVIL],
        ["2", "fine"],
    ]


def test_a_long_table_says_how_many_rows_there_are(home: Path) -> None:
    assert "… 3 of 10 rows" in sql(home, "from range(10)", "--limit", "3")
    assert sql(home, "from range(10) where range > 10").splitlines()[-1] == "(no row)"


def test_without_a_query_the_views_are_listed(home: Path) -> None:
    printed = sql(home)
    assert "report.daily" in printed
    assert "One row for a brand and a day." in printed


def test_a_query_of_a_file(home: Path, tmp_path: Path) -> None:
    (tmp_path / "query.sql").write_text("-- how many\nselect count(*) as n\nfrom core.said;\n")
    assert sql(home, "--file", str(tmp_path / "query.sql"), "--csv") == "n\n2\n"
    assert "cannot be read" in refused(home, "--file", str(tmp_path / "none.sql"))
    assert "two queries" in refused(home, "select 1", "--file", str(tmp_path / "query.sql"))


def test_csv(home: Path) -> None:
    rows = list(csv.reader(io.StringIO(sql(home, "from core.said order by id", "--csv"))))
    assert rows == [
        ["id", "text", "amount", "day", "themes"],
        ["1", f"'{EVIL}", "-2.50", "2026-05-25", '["a", "b"]'],
        ["2", "fine", "", "", ""],
    ]


def test_json(home: Path) -> None:
    assert json.loads(sql(home, "from core.said order by id", "--json")) == [
        {"id": 1, "text": EVIL, "amount": -2.5, "day": "2026-05-25", "themes": ["a", "b"]},
        {"id": 2, "text": "fine", "amount": None, "day": None, "themes": None},
    ]
    assert json.loads(sql(home, "from core.said where id > 9", "--json")) == []


def test_parquet_keeps_the_types(home: Path, tmp_path: Path) -> None:
    sql(home, "from core.said order by id", "--parquet", str(tmp_path / "said.parquet"))
    table = pq.read_table(tmp_path / "said.parquet")
    assert str(table.schema.field("amount").type) == "decimal128(3, 2)"
    assert table.to_pylist()[0]["amount"] == Decimal("-2.50")
    assert table.to_pylist()[0]["text"] == EVIL  # no spreadsheet reads Parquet
    assert [path.name for path in tmp_path.iterdir()] == ["said.parquet"]


def test_xlsx_holds_numbers_as_numbers_and_formulas_as_text(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "said.xlsx"
    sql(home, "select *, 'a' || chr(1) as odd from core.said order by id", "--xlsx", str(path))
    first = openpyxl.load_workbook(path).active[2]  # type: ignore[index]
    assert [(cell.value, cell.data_type) for cell in first[:3]] == [
        (1, "n"),
        (f"'{EVIL}", "s"),
        (-2.5, "n"),
    ]
    assert first[3].value.isoformat() == "2026-05-25T00:00:00"
    assert first[5].value == "a"


def test_a_text_too_long_for_a_cell_is_told(home: Path, tmp_path: Path) -> None:
    query, path = "select repeat('x', 40000) as t", str(tmp_path / "a.xlsx")
    told = run(app, ["sql", query, "--xlsx", path, "--home", str(home)])
    assert "1 texts were too long for a cell" in told.stderr


def test_a_file_that_cannot_be_written(home: Path, tmp_path: Path) -> None:
    assert "cannot be written" in refused(
        home, "select 1", "--parquet", str(tmp_path / "none" / "a.parquet")
    )
    assert "one form" in refused(home, "select 1", "--csv", "--json")


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "-", "--1"],
)
def test_what_a_spreadsheet_would_run_is_text(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize(
    "value", [-5, -2.5, Decimal("-0.10"), "-5", "+3,5", "fine", "a=b", "", None]
)
def test_what_it_would_not_run_stays(value: object) -> None:
    assert harmless(value) is value


SPLIT = [
    "hello Acme;=HYPERLINK(1)",
    "hello Acme\t=1+1",
    "hello\n@SUM(A1)",
    "hello\r\n+1+cmd",
    'a, b; "=1+1"',
    ';""-1+2',
    "x;;＝1",
    "=1;=2;=3",
    "word;-",
]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("text", SPLIT)
def test_nothing_is_run_wherever_a_spreadsheet_splits(text: str, delimiter: str) -> None:
    """Each place in a row: quotes protect a cell that begins one, and none in the middle."""
    printed = csv_text(["a", "b", "c"], [[text, 1, "end"], [1, text, text], ["x, y", text, -2]])
    cells = [cell for row in csv.reader(io.StringIO(printed), delimiter=delimiter) for cell in row]
    cells += [cell for line in printed.splitlines() for cell in line.split(delimiter)]
    bare = [cell.strip(' "') for cell in cells]
    assert [cell for cell in bare if cell.startswith(("=", "+", "@", "＝"))] == []
    assert {cell for cell in bare if cell.startswith("-")} <= {"-2"}


def test_an_answer_is_harmless_wherever_it_is_split(home: Path) -> None:
    query = "select 'hello Acme;=HYPERLINK(1)' as a, 'hi' || chr(9) || '=1+1' as \"b;=2\", -3 as c"
    assert sql(home, query, "--csv") == ("a,b;'=2,c\nhello Acme;'=HYPERLINK(1),hi\t'=1+1,-3\n")


@pytest.mark.parametrize("value", ["a;b", "1;-5", "-5", "low\t-2,5\nhigh\t+3.5", "a;b=c", -5, None])
def test_what_is_harmless_where_it_is_split_stays(value: object) -> None:
    assert harmless_in_csv(value) == value


# -- what it refuses -------------------------------------------------------------------------------

ORDERS = [
    "copy core.said to '{out}'",
    "copy (select 1) to '{out}'",
    "export database '{out}'",
    "import database '{out}'",
    "attach '{out}' as other",
    "detach small",
    "install excel",
    "load excel",
    "force install excel from 'http://localhost:1'",
    "set enable_external_access = true",
    "set memory_limit = '64GB'",
    "set lock_configuration = false",
    "reset lock_configuration",
    "pragma memory_limit = '64GB'",
    "pragma database_list",
    "call pragma_version()",
    "create table core.mine as select 1",
    "create temp table mine as select 1",
    "create macro f(x) as x",
    "create secret (type s3)",
    "insert into core.said (id) values (3)",
    "update core.said set id = 3",
    "delete from core.said",
    "drop table core.said",
    "alter table core.said add column x int",
    "begin",
    "checkpoint",
    "vacuum",
    "use core",
    "prepare p as select 1",
    "copy (pivot core.said on text using sum(id)) to '{out}'",
    "create table core.mine as pivot core.said on text using sum(id)",
    "create temp table mine as pivot core.said on text using sum(id)",
    "explain analyze copy (pivot core.said on text using sum(id)) to '{out}'",
    "insert into core.said (id) select a from (pivot core.said on text using sum(id))",
    "pivot core.said on text using sum(id); delete from core.said",
    "set variable x = 1",
    "select 1; delete from core.said",
    "",
]
READINGS = [
    "from read_csv('{secret}')",
    "from read_text('{secret}')",
    "from read_blob('{secret}')",
    "from read_json('{secret}')",
    "from read_parquet('{secret}')",
    "from sniff_csv('{secret}')",
    "from '{secret}'",
    "from glob('/etc/*')",
    "from parquet_schema('{secret}')",
    "from read_csv('http://127.0.0.1:1/x')",
    "from query('from read_csv(''{secret}'')')",
    "from query('copy core.said to ''{out}''')",
    "from query_table('{secret}')",
    "from duckdb_secrets()",
    "select getenv('HOME')",
    "pivot '{secret}' on word using count(*)",
    "from (pivot read_csv('{secret}') on word using count(*))",
    "from seen",  # a variable of the Python that runs the query
]


@pytest.mark.parametrize(
    "query",
    [
        "pivot core.said on id using count(*) group by text order by text",
        "from (pivot core.said on id using count(*) group by text) order by text; -- ids",
        "with p as (pivot core.said on id using count(*) group by text) from p order by text",
        "pivot core.said on id in (1, 2) using count(*) group by text order by text",
    ],
)
def test_a_pivot_is_a_question(home: Path, query: str) -> None:
    rows = list(csv.reader(io.StringIO(sql(home, query, "--csv"))))
    assert rows == [["text", "1", "2"], [f"'{EVIL}", "1", "0"], ["fine", "0", "1"]]
    assert json.loads(sql(home, query, "--json"))[1] == {"text": "fine", "1": 0, "2": 1}


def test_a_pivot_is_taken_back(home: Path, tmp_path: Path) -> None:
    query = "unpivot (from core.said) on id into name what value number order by number"
    assert "number" in sql(home, query)
    path = tmp_path / "wide.parquet"
    sql(home, "pivot core.said on id using count(*)", "--parquet", str(path))
    assert set(pq.read_table(path).column_names) >= {"1", "2"}


@pytest.mark.parametrize("query", ORDERS + READINGS)
def test_there_is_no_way_out(home: Path, tmp_path: Path, query: str) -> None:
    secret, out = tmp_path / "secret.csv", tmp_path / "out"
    secret.write_text("word\nswordfish\n")
    told = refused(home, query.format(secret=secret, out=out))
    assert "swordfish" not in told
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]
    assert sql(home, "select count(*) as n from core.said", "--csv") == "n\n2\n"


@pytest.mark.parametrize(
    "order",
    [one for one in ORDERS if one.startswith(("copy", "export", "attach", "install", "set "))],
)
def test_the_engine_refuses_it_too(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    """Were the first wall to fall, the second one stands; `set variable` changes no setting."""
    if order == "set variable x = 1":
        return
    monkeypatch.setattr("oyez.warehouse.question._refuse_orders", lambda *_: None)
    with (
        pytest.raises(ConfigError),
        ask(Storage(home / "data"), order.format(out=tmp_path / "out")) as answer,
    ):
        list(answer.rows())
    assert list(tmp_path.iterdir()) == []


def test_what_was_not_read_does_not_hold_the_snapshot(home: Path) -> None:
    """In a process of its own: were it held, the second question would spin without end."""
    code = """
import sys
from pathlib import Path
from oyez.storage import Storage
from oyez.warehouse.question import ask

storage = Storage(Path(sys.argv[1]))
kept = []
for _ in range(2):
    with ask(storage, "select * from core.said, range(100000)") as answer:
        kept.append(answer.batches())
        kept[-1].read_next_batch()
print("asked twice")
"""
    told = subprocess.run(
        [sys.executable, "-c", code, str(home / "data")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert told.stdout == "asked twice\n", told.stderr


def test_a_query_that_takes_too_long_is_ended(home: Path) -> None:
    started = time.monotonic()
    told = refused(
        home, "select count(*) from range(10000000) a, range(10000000) b", "--seconds", "0.5"
    )
    assert "took longer than 0.5 seconds" in told
    assert "--seconds" in told
    assert time.monotonic() - started < 30


def test_a_query_that_takes_too_much_is_ended(home: Path) -> None:
    query = "select list(range::varchar) from range(20000000)"
    told = refused(home, query, "--memory", "100MB")
    assert "more than 100MB of memory" in told
    assert "--memory" in told
    assert "no amount of memory" in refused(home, "select 1", "--memory", "much")


def test_a_mistake_is_told_with_its_remedy(home: Path) -> None:
    assert "oyez sql` alone" in refused(home, "select * from core.sayd")
    assert "oyez sql` alone" in refused(home, "select txt from core.said")
    assert "docs/analysts.md" in refused(home, "selec 1")
