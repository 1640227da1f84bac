"""What the sixteen laws forbid, looked for in warehouse, files and code; see docs/laws.md."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from oyez import landing, line
from oyez.enrich.tables import TABLES as ENRICHED
from oyez.errors import DataError
from oyez.stage.run import stage_key
from oyez.stage.tables import TABLES
from oyez.warehouse.connect import open_snapshot

from .conftest import SMALL_CLIENT, SMALL_MAPPING, Bench, post, table

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "plugins" / "oyez"
MODULES = sorted(PACKAGE.rglob("*.py"))
STATEMENTS = sorted((ROOT / "sql").rglob("*.sql"))
SUNDAY = "2026-05-31"


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A week of two clients, published; they hear of the same authors."""
    bench = Bench(tmp_path_factory.mktemp("laws") / "home")
    fields = SMALL_MAPPING["fields"] | {"author_name": "name"}
    bench.write("mappings/export.yml", SMALL_MAPPING | {"fields": fields})
    for client in ("acme", "york"):
        bench.write(f"clients/{client}.yml", SMALL_CLIENT | {"id": client})
        rows = [
            (*post(n, 25 + n % 5, "Acme is great", author=f"@Handle{n}"), f"Jane Roe {n}")
            for n in range(9)
        ]
        header = ("id", "date", "text", "author", "likes", "name")
        bench.drop("week.csv", table(*rows, header=header), client)
    assert bench.day("2026-05-30").failures == []
    return bench


# -- law 2: storage -------------------------------------------------------------------------------

WRITERS = {
    "plugins/oyez/storage.py": "the data root itself",
    "plugins/oyez/warehouse/publish.py": "the live warehouse, scratch in data/work",
    "plugins/oyez/warehouse/connect.py": "the lock and the live warehouse, scratch in data/work",
    "plugins/oyez/warehouse/rewrite.py": "the live warehouse, scratch in data/work",
    "plugins/oyez/sources/collect.py": "the inbox, which people fill",
    "plugins/oyez/cli/init.py": "`oyez init`, which makes a workspace",
    "plugins/oyez/cli/preview.py": "`oyez import --preview`, which writes a mapping to edit",
    "plugins/oyez/config/docs.py": "the committed reference, written by developers",
    "plugins/oyez/config/schema.py": "the committed JSON Schemas, written by developers",
    "plugins/oyez/metrics/docs.py": "the committed reference, written by developers",
    "plugins/oyez/warehouse/docs.py": "the committed reference, written by developers",
    "plugins/oyez/sources/docs.py": "the committed reference, written by developers",
    "plugins/oyez/asof.py": "a workspace of its own, in a temporary folder",
    "plugins/oyez/cli/why.py": "the table that somebody asked for, where they said",
    "plugins/oyez/enrich/seen.py": "what the model said of texts, scratch in data/work",
    "plugins/oyez/sources/memory.py": "what a connector remembers, scratch in data/work",
    "plugins/oyez/sources/documents.py": "a site's last answers, scratch in data/work",
    "plugins/oyez/sources/subscribe.py": "`oyez import-opml`, which adds to a client's file",
    "plugins/oyez/sources/bluesky_session.py": "a site's session, readable by its owner alone",
}
WRITING = {
    "write_bytes", "write_text", "mkdir", "unlink", "rename", "rmdir", "rmtree", "copytree",
    "copyfile", "copy2", "move", "symlink_to", "hardlink_to", "makedirs",
}  # fmt: skip


def test_only_storage_writes_below_the_data_root() -> None:
    found = {}
    for path in MODULES:
        calls = {
            node.func.attr
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        }
        if calls & WRITING:
            found[name(path)] = sorted(calls & WRITING)
    unknown = {path: calls for path, calls in found.items() if path not in WRITERS}
    assert unknown == {}, "write through oyez.storage, or say above what the module may write"


def test_only_the_workspace_knows_where_the_data_root_is() -> None:
    knowing = [
        name(path)
        for path in MODULES
        if re.search(r"""["']data["']|["']data/|work_dir\b""", path.read_text("utf-8"))
        and re.search(r"\bhome\b|\bwork_dir\b", path.read_text("utf-8"))
    ]
    assert set(knowing) <= {
        "plugins/oyez/workspace.py",
        "plugins/oyez/warehouse/connect.py",
        "plugins/oyez/warehouse/publish.py",
        "plugins/oyez/sources/watch.py",  # hands a connector its folder in data/work
        "plugins/oyez/enrich/run.py",  # hands the model its memory in data/work
        "plugins/oyez/upkeep.py",  # remembers what it looked for, in data/work
        "plugins/oyez/asof.py",  # a workspace of its own over the same landing
    }


def test_what_a_run_leaves_lies_in_the_folders_of_the_data_root(published: Bench) -> None:
    assert {key.split("/")[0] for key in published.bytes()} == {
        "landing",
        "stage",
        "journal",
        "snapshots",
        "CURRENT",
    }


# -- law 3: workspace -----------------------------------------------------------------------------


def test_each_edition_keeps_the_hash_of_its_configuration(small: Bench, blank_pages: None) -> None:
    small.drop("week.csv", table(*map(post, range(5))))
    (made,) = small.day(SUNDAY).editions
    ws = small.workspace
    provenance = json.loads(
        ws.storage.read(made["edition"].replace("edition.json", "provenance.json"))
    )
    assert provenance["config_hash"] == ws.config_hash("acme")


def test_the_package_does_not_import_airflow() -> None:
    code = (
        "import sys, pkgutil, importlib, oyez\n"
        "class Refuse:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name.split('.')[0] == 'airflow': raise AssertionError(name)\n"
        "sys.meta_path.insert(0, Refuse())\n"
        "for one in pkgutil.walk_packages(oyez.__path__, 'oyez.'):\n"
        "    importlib.import_module(one.name)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT / "plugins")
    for path in MODULES:
        assert not re.search(r"^\s*(import|from) airflow\b", path.read_text("utf-8"), re.M), path


# -- law 5: authors -------------------------------------------------------------------------------


def test_names_stand_in_one_table_only(published: Bench) -> None:
    connection = open_snapshot(published.workspace.storage)
    holding = set()
    for schema, relation in connection.execute(
        "select schema_name, table_name from duckdb_tables() union all "
        "select schema_name, view_name from duckdb_views() where not internal"
    ).fetchall():
        rows = connection.execute(f"from {schema}.{relation}").fetchall()
        if re.search(r"handle\d|jane roe", repr(rows), re.IGNORECASE):
            holding.add(f"{schema}.{relation}")
    connection.close()
    assert holding == {"core.author_identity"}


def test_one_author_has_another_key_at_each_client(published: Bench) -> None:
    keys = {
        client: {
            key
            for (key,) in published.query(
                "select author_key from core.item where client_id = ?", [client]
            )
        }
        for client in ("acme", "york")
    }
    assert len(keys["acme"]) == len(keys["york"]) == 9
    assert not keys["acme"] & keys["york"]
    handles = published.query("select count(distinct handle), count(*) from core.author_identity")
    assert handles == [(9, 18)]


def test_the_secret_of_the_keys_is_in_no_snapshot_and_no_log(published: Bench) -> None:
    ws = published.workspace
    secrets = [ws.storage.read(f"journal/author-key/{client}") for client in ("acme", "york")]
    for key in ws.storage.list():
        if not key.startswith(("journal/author-key/", "work/")):
            assert not any(secret in ws.storage.read(key) for secret in secrets), key


# -- law 6: landing -------------------------------------------------------------------------------


def test_each_landed_line_is_one_envelope(published: Bench) -> None:
    ws = published.workspace
    lines = [
        one for run in landing.runs(ws.storage) for one in landing.read(ws.storage, run, "items")
    ]
    assert len(lines) == 18
    for one in lines:
        assert {"native_id", "author_key", "data", "raw", "ref"} <= set(one)
        assert one["raw"]["text"] == one["data"]["text"]


def test_a_landed_run_is_never_written_again(small: Bench) -> None:
    small.drop("week.csv", table(*map(post, range(5))))
    small.day("2026-05-30")
    landed = small.bytes("landing/")
    stamps = {path: path.stat().st_mtime_ns for path in (small.home / "data/landing").rglob("*.*")}
    small.drop("again.csv", table(*map(post, range(5))))
    small.drop("more.csv", table(*map(post, range(5, 9))))
    small.day("2026-05-30")
    now = small.bytes("landing/")
    assert {key: now[key] for key in landed} == landed
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps


def test_the_warehouse_keeps_no_payload(published: Bench) -> None:
    columns = published.query(
        "select table_name, column_name from duckdb_columns() where not internal"
    )
    assert not {column for _, column in columns} & {"raw", "payload", "data", "envelope"}


# -- law 7: time ----------------------------------------------------------------------------------


def test_every_instant_is_naive_utc_and_every_day_a_date(published: Bench) -> None:
    columns = published.query(
        "select schema_name || '.' || table_name || '.' || column_name, data_type "
        "from duckdb_columns() where not internal"
    )
    assert [one for one in columns if "TIME ZONE" in one[1]] == []
    assert {kind for column, kind in columns if column.endswith(".day")} == {"DATE"}
    assert {kind for column, kind in columns if column.endswith("_at")} == {"TIMESTAMP"}


def test_no_clock_decides_a_number() -> None:
    """`now()` and its kin stand in no SELECT of core, metric or report."""
    clock = re.compile(
        r"\b(now|today|current_date|current_timestamp|get_current_\w+)\b", re.IGNORECASE
    )
    for path in STATEMENTS:
        if path.parent.name in {"core", "metric", "report", "publish", "check"}:
            bare = re.sub(r"--.*", "", path.read_text("utf-8"))
            bare = re.sub(r"\b(as|join \S+ as) now\b|\bnow\.", "", bare)
            assert not clock.search(bare), name(path)


# -- law 11: coverage -----------------------------------------------------------------------------


def test_what_was_not_measured_is_no_zero(small: Bench) -> None:
    """The file covers the week; the days around it hold no row, and the report prints no 0."""
    small.drop("week.csv", table(*map(post, range(5))))
    small.day("2026-06-07")
    days = small.query(
        "select min(day)::varchar, max(day)::varchar, count(distinct day) "
        "from metric.mention_volume"
    )
    assert days == [("2026-05-25", SUNDAY, 7)]
    assert small.query("select distinct state from core.coverage_day where day > '2026-05-31'") == [
        ("not_measured",)
    ]
    after = small.edition("acme", "weekly", "2026-06-07")
    assert (after["figures"]["mention_volume"]["value"], after["coverage"]["measured_pct"]) == (
        None,
        0,
    )
    assert {row["item_count"] for row in after["tables"]["volume_by_day"]} == {None}


# -- law 13: publish ------------------------------------------------------------------------------


def inject(bench: Bench, table: str, **other: Any) -> None:
    """Add a copy of a staged table's first row, changed, to the batch that waits."""
    ws = bench.workspace
    (run,) = line.pending_runs(ws)
    line.stage(ws, [run])
    line.enrich(ws, [run])
    path = ws.storage.local(f"{stage_key(run)}/{table}.parquet")
    schema = {**TABLES, **ENRICHED}[table]
    rows = pq.read_table(path).to_pylist()
    pq.write_table(pa.Table.from_pylist([*rows, rows[0] | other], schema=schema), path)


@pytest.mark.parametrize(
    ("staged", "other", "check"),
    [
        (
            "item",
            {"item_id": "f" * 64, "published_at": datetime.fromisoformat("2026-05-01")},
            "item_in_calendar",
        ),
        ("mention", {}, "mention_unique"),
        ("mention", {"mention_id": "f" * 64}, "mention_unique"),
        ("score", {}, "verdict_unique"),
    ],
    ids=["a day that is another's", "a mention twice", "a brand twice", "two verdicts"],
)
def test_a_failing_check_publishes_nothing(
    small: Bench, staged: str, other: dict[str, Any], check: str
) -> None:
    small.drop("a.csv", table(*map(post, range(5))))
    small.day("2026-05-30")
    rows, files = small.rows(without=set()), small.bytes()
    small.drop("b.csv", table(*map(post, range(5, 9))))
    ws = small.workspace
    line.collect(ws, line.collect_units(ws, [{"client_id": "acme", "day": "2026-05-30"}]))
    inject(small, staged, **other)
    with pytest.raises(DataError, match=rf"{check}.*nothing was published"):
        line.publish(ws, [])
    assert small.rows(without=set()) == rows
    now = small.bytes()
    assert {key: now[key] for key in files} == files
    assert {key.split("/")[0] for key in now.keys() - files.keys()} == {"landing", "stage"}
    # Restaged as it should be, it is published; nothing was lost by the refusal.
    for key in list(ws.storage.list("stage/")):
        ws.storage.delete(key)
    small.publish("2026-05-30")
    assert small.query("select count(*) from core.item") == [(9,)]


# -- law 14: the SQL that every catalog takes -----------------------------------------------------


def test_the_warehouse_has_no_keys_indexes_sequences_enums(published: Bench) -> None:
    asked = {
        "constraints": "select table_name, constraint_type from duckdb_constraints()",
        "indexes": "select index_name from duckdb_indexes()",
        "sequences": "select sequence_name from duckdb_sequences()",
        "enums": "select type_name from duckdb_types() "
        "where logical_type = 'ENUM' and not internal",
        "defaults": "select table_name, column_name from duckdb_columns() "
        "where not internal and column_default is not null and column_default <> 'NULL'",
    }
    found = {what: published.query(query) for what, query in asked.items()}
    assert {what: rows for what, rows in found.items() if rows} == {}


def test_the_migrations_name_nothing_that_the_catalogs_refuse() -> None:
    refused = re.compile(
        r"\b(primary key|unique|check\s*\(|references|create (unique )?index|create sequence|"
        r"as enum|generated always|insert or (replace|ignore)|on conflict)\b",
        re.IGNORECASE,
    )
    for path in STATEMENTS:
        bare = re.sub(r"--.*", "", path.read_text("utf-8"))
        assert not refused.search(bare), name(path)


def test_no_template_stands_in_the_sql() -> None:
    for path in STATEMENTS:
        assert not re.search(r"\{\{|\{%|\bf\"", path.read_text("utf-8")), name(path)


# One line each, and nothing of the domain in them: counting, naming, copying what is registered.
SQL_IN_PYTHON = re.compile(
    r"^\s*(select|insert|delete|update|merge|create|alter|drop|with|from)\b.*"
    r"\b(from|into|table|set|select|view|schema|as)\b",
    re.IGNORECASE | re.DOTALL,
)
LONGEST = 180
ALLOWED_LONGER: set[str] = set()


def test_sql_stands_in_sql_files() -> None:
    long = {}
    for path in MODULES:
        tree = ast.parse(path.read_text("utf-8"))
        documented = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and node.body
            and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in documented
            ):
                text = node.value
                if SQL_IN_PYTHON.match(text) and (
                    "\n" in text or len(text) > LONGEST or "join" in text
                ):
                    long[f"{name(path)}:{node.lineno}"] = text[:80]
    assert {
        place: text for place, text in long.items() if place.split(":")[0] not in ALLOWED_LONGER
    } == {}


# -- law 15: delivery apart -----------------------------------------------------------------------


def test_days_rebuilds_and_backfills_deliver_nothing() -> None:
    """Whatever delivers is imported neither by the line nor by the daily DAG."""
    for path in (PACKAGE / "line.py", ROOT / "dags" / "daily.py"):
        imported = re.findall(r"^\s*(?:from|import)\s+(\S+)", path.read_text("utf-8"), re.MULTILINE)
        assert [
            one for one in imported if "deliver" in one or one.startswith(("smtplib", "email"))
        ] == []


# -- law 16: idempotence: see test_twice.py and test_kill.py --------------------------------------


def test_the_analyst_s_snapshot_cannot_be_written(published: Bench) -> None:
    connection = open_snapshot(published.workspace.storage)
    with pytest.raises(duckdb.Error, match="read-only"):
        connection.execute("delete from core.item")
    with pytest.raises(duckdb.Error, match="disabled"):
        connection.execute("copy (select 1) to '/tmp/never.csv'")
    connection.close()
