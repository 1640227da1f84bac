"""A handed out warehouse holds one client's rows, as its sites' terms allow, and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from typer.testing import CliRunner

from oyez.cli import app
from oyez.errors import ConfigError, DataError
from oyez.share import share
from oyez.warehouse.connect import current_snapshot, snapshot_key

from .conftest import SMALL_CLIENT, SMALL_MAPPING, Bench, post, table

# Words that occur at one client only.
ACME, YORK = "marmalade", "zeppelin"
HEADER = ("id", "date", "text", "author", "likes", "name", "url")


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A week of two clients; of acme's two sources, one may not be quoted."""
    bench = Bench(tmp_path_factory.mktemp("share") / "home")
    fields = SMALL_MAPPING["fields"] | {"author_name": "name", "url": "url"}
    bench.write("mappings/export.yml", SMALL_MAPPING | {"fields": fields})
    (source,) = SMALL_CLIENT["sources"]
    sources = [source, source | {"id": "secret", "may_quote": False, "may_name_authors": False}]
    bench.write("clients/acme.yml", SMALL_CLIENT | {"sources": sources})
    york = {"id": "york", "name": f"York {YORK}", "brands": [{"id": "york", "name": "Acme"}]}
    bench.write("clients/york.yml", SMALL_CLIENT | york)

    def rows(word: str, first: int) -> list[tuple[Any, ...]]:
        return [
            (
                *post(
                    n, 25 + n % 5, f"Acme and its {word} no {n} are great", author=f"@{word}_{n}"
                ),
                f"Jane {word} {n}",
                f"https://forum.example/{word}_{n}/p{n}",
            )
            for n in range(first, first + 9)
        ]

    for client, source_id, word, first in (
        ("acme", "export", ACME, 0),
        ("acme", "secret", "hushhush", 100),
        ("york", "export", YORK, 200),
    ):
        path = bench.home / f"{client}-{source_id}.csv"
        path.write_text(
            table(
                *rows(word, first),
                ("broken", "no date", YORK if client == "york" else ACME, "", "", "", ""),
                header=HEADER,
            )
        )
        bench.land(client, path, "mappings/export.yml", source_id)
    bench.publish("2026-05-31")
    return bench


def everything(path: Path) -> str:
    """Return every value of every table and view of a file, as text."""
    with duckdb.connect(str(path), read_only=True) as connection:
        names = connection.execute(
            "select schema_name, table_name from duckdb_tables() union all "
            "select schema_name, view_name from duckdb_views() where not internal"
        ).fetchall()
        return "\n".join(
            repr(connection.execute(f"from {schema}.{name}").fetchall()) for schema, name in names
        ).lower()


def plain_bytes(path: Path, folder: Path) -> bytes:
    """Return the bytes of a file's tables and of the file; rewritten where they were compressed."""
    bare = folder / f"{path.stem}-plain.duckdb"
    with duckdb.connect() as connection:
        connection.execute("set force_compression = 'uncompressed'")
        connection.execute(f"attach '{path}' as packed (read_only)")
        connection.execute(f"attach '{bare}' as bare")
        for schema, name in connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'packed'"
        ).fetchall():
            connection.execute(f"create schema if not exists bare.{schema}")
            connection.execute(f"create table bare.{schema}.{name} as from packed.{schema}.{name}")
    return (path.read_bytes() + bare.read_bytes()).lower()


@pytest.fixture(scope="module")
def shared(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("out") / "acme.duckdb"
    share(bench.workspace, "acme", path)
    return path


def test_nothing_of_another_client_is_in_it(bench: Bench, shared: Path, tmp_path: Path) -> None:
    storage = bench.workspace.storage
    snapshot = storage.local(snapshot_key(current_snapshot(storage) or ""))
    for word in (YORK, "york"):
        # Both ways of looking find what is there.
        assert word in everything(snapshot)
        assert word.encode() in plain_bytes(snapshot, tmp_path)
        assert word not in everything(shared)
        assert word.encode() not in plain_bytes(shared, tmp_path)
        (tmp_path / f"{snapshot.stem}-plain.duckdb").unlink()
        (tmp_path / f"{shared.stem}-plain.duckdb").unlink()
    assert ACME in everything(shared)


def test_names_are_handed_out_on_request_only(bench: Bench, shared: Path, tmp_path: Path) -> None:
    assert "jane" not in everything(shared)
    assert f"{ACME}_" not in everything(shared), "addresses that spell out a handle go too"
    named = tmp_path / "named.duckdb"
    share(bench.workspace, "acme", named, with_names=True)
    with duckdb.connect(str(named), read_only=True) as connection:
        names = connection.execute("select author_name from core.author_identity").fetchall()
    assert len(names) == 9
    assert all(ACME in name for (name,) in names), "those of the other source may not be shown"


def test_words_that_may_not_be_shown_are_blank_and_counted(bench: Bench, shared: Path) -> None:
    assert "hushhush" not in everything(shared)
    with duckdb.connect(str(shared), read_only=True) as connection:
        found = connection.execute(
            "select source_id, count(*), count(text), count(sentiment) from report.mentions "
            "group by source_id order by source_id"
        ).fetchall()
        assert found == [("export", 9, 9, 9), ("secret", 9, 0, 9)]
        cues = connection.execute(
            "select i.source_id, sum(len(v.cues)) > 0 from core.verdict as v "
            "inner join core.mention as m using (mention_id) "
            "inner join core.item as i on m.item_id = i.item_id group by all order by all"
        ).fetchall()
        assert cues == [("export", True), ("secret", False)]
        daily = "select * from report.daily where client_id = 'acme' order by all"
        assert connection.execute(daily).fetchall() == bench.query(daily) != []


def test_it_explains_itself(shared: Path) -> None:
    with duckdb.connect(str(shared), read_only=True) as connection:
        bare = connection.execute(
            "select schema_name, table_name, column_name from duckdb_columns() "
            "where comment is null and schema_name in ('core', 'metric', 'report', 'raw', 'ops')"
        ).fetchall()
        assert bare == []
        (version,) = connection.execute(
            "select tags['storage_version'] from duckdb_databases() where not internal"
        ).fetchall()
        assert str(version[0]).startswith("v1.5.0")
        assert connection.execute("select count(*) from ops.publish").fetchall() == [(1,)]


def test_days_bound_what_is_dated(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "two-days.duckdb"
    counts = share(bench.workspace, "acme", path, start=date(2026, 5, 26), end=date(2026, 5, 27))
    with duckdb.connect(str(path), read_only=True) as connection:
        for name in ("core.item", "core.mention", "metric.mention_volume", "core.calendar"):
            days = connection.execute(
                f"select distinct day::varchar from {name} order by 1"  # noqa: S608
            )
            assert days.fetchall() == [("2026-05-26",), ("2026-05-27",)], name
        assert connection.execute("select count(*) from core.item").fetchall() == [
            (counts["core.item"],)
        ]


def test_what_cannot_be_done_is_told(bench: Bench, shared: Path, tmp_path: Path) -> None:
    ws = bench.workspace
    with pytest.raises(ConfigError, match="there already"):
        share(ws, "acme", shared)
    with pytest.raises(ConfigError, match="no client has the id"):
        share(ws, "nobody", tmp_path / "a.duckdb")
    with pytest.raises(ConfigError, match="comes after"):
        share(ws, "acme", tmp_path / "a.duckdb", start=date(2026, 6, 2), end=date(2026, 6, 1))
    with pytest.raises(ConfigError, match="cannot be written"):
        share(ws, "acme", tmp_path / "none" / "a.duckdb")
    empty = Bench(tmp_path / "empty")
    empty.write("clients/acme.yml", SMALL_CLIENT)
    empty.write("mappings/export.yml", SMALL_MAPPING)
    with pytest.raises(DataError, match="nothing was published"):
        share(empty.workspace, "acme", tmp_path / "a.duckdb")
    assert not list(tmp_path.glob("*.duckdb"))


def test_the_command(bench: Bench, tmp_path: Path) -> None:
    arguments = ["share", "acme", str(tmp_path / "a.duckdb"), "--home", str(bench.home)]
    told = CliRunner().invoke(app, [*arguments, "--from", "2026-05-26", "--to", "2026-05-27"])
    assert told.exit_code == 0, told.output
    assert "items" in told.output
    assert "--with-names" in told.output
    assert CliRunner().invoke(app, arguments).exit_code == 1
