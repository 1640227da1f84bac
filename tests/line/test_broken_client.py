"""One client's wrong file is its own matter; the others' morning goes on, and the run is red."""

from __future__ import annotations

from datetime import date

import pytest
from typer.testing import CliRunner

from oyez import line
from oyez.cli import app
from oyez.config.problem import ConfigFileError

from .conftest import OF_THE_CLOCK, SMALL_CLIENT, Bench, differing, post, table

SUNDAY = "2026-05-31"
WRONG = "id: zinc\nname: Zinc\ntimezone: Europe/Pariis\nbrands: [{id: zinc, name: Zinc}]\n"


@pytest.fixture
def pair(small: Bench) -> Bench:
    """Two clients, the Monday of both published."""
    for client in ("acme", "zinc"):
        given = SMALL_CLIENT | {"id": client, "name": client.title()}
        given["brands"] = [{"id": client, "name": client.title()}]
        small.write(f"clients/{client}.yml", given)
        text = f"{client} is great"
        small.drop("monday.csv", table(*(post(n, text=text) for n in range(5))), client)
    assert small.day("2026-05-25").failures == []
    return small


def of(bench: Bench, client: str) -> dict[str, list[object]]:
    """Return a client's rows of every table."""
    rows = bench.rows(without=OF_THE_CLOCK | {"metric_version", "migration"})
    return {name: [row for row in table if client in row] for name, table in rows.items()}


def test_the_others_get_their_day_and_the_run_ends_red(pair: Bench, blank_pages: None) -> None:
    before = of(pair, "zinc")
    assert before["core.client"]
    assert before["core.calendar"]
    assert before["metric.mention_volume"]
    mended = (pair.home / "clients/zinc.yml").read_text()
    for client in ("acme", "zinc"):
        pair.drop("rest.csv", table(*(post(n, 28, f"{client} broke") for n in range(5, 9))), client)
    pair.write("clients/zinc.yml", WRONG)

    ws = pair.workspace
    planned = line.plan(ws, day=date.fromisoformat(SUNDAY))
    assert planned == [{"client_id": "acme", "day": SUNDAY}]
    outcome = line.run_day(ws, planned)
    assert [(one["client_id"], one["new"]) for one in outcome.editions] == [("acme", True)]
    (failure,) = outcome.failures
    assert str(failure).startswith("client zinc · clients/zinc.yml:3, timezone: ")
    assert "Europe/Paris" in str(failure)
    assert pair.query("select count(*) from core.item where client_id = 'acme'") == [(9,)]
    # What was known of the other stays as it was, names and calendar included.
    assert differing(of(pair, "zinc"), before) == {}
    # And again: nothing to publish, red all the same.
    again = pair.day(SUNDAY)
    assert (again.published["publish_id"], len(again.failures)) == (None, 1)

    pair.write("clients/zinc.yml", mended)
    outcome = pair.day(SUNDAY)
    assert outcome.failures == []
    assert {one["client_id"]: one["new"] for one in outcome.editions} == {
        "acme": False,
        "zinc": True,
    }
    assert pair.query("select count(*) from core.item where client_id = 'zinc'") == [(9,)]


def test_what_is_landed_or_staged_waits_for_the_file(pair: Bench) -> None:
    """The file breaks between two stages of the line."""
    mended = (pair.home / "clients/zinc.yml").read_text()
    for name, is_staged in (("landed", False), ("staged", True)):
        number = 30 + 10 * is_staged
        pair.drop(f"{name}.csv", table(*(post(number + n, 28, "zinc") for n in range(3))), "zinc")
        ws = pair.workspace
        units = line.plan(ws, day=date.fromisoformat(SUNDAY))
        line.collect(ws, line.collect_units(ws, units))
        if is_staged:
            line.stage(ws, line.pending_runs(ws))
            line.enrich(ws, line.pending_enrichment(ws))
        pair.write("clients/zinc.yml", WRONG)
        broken = pair.workspace
        assert line.pending_runs(broken) == []
        assert {unit["client_id"] for unit in line.collect_units(broken, units)} == {"acme"}
        assert {unit["client_id"] for unit in line.editions_due(broken, units)} == {"acme"}
        published = line.publish(broken, units)
        assert pair.query("select count(*) from core.item where native_id = ?", [f"p{number}"]) == [
            (0,)
        ]
        wait = "client zinc: 1 staged batches wait → mend or restore clients/zinc.yml"
        assert published["warnings"] == ([wait] if is_staged else [])
        pair.write("clients/zinc.yml", mended)
        assert pair.day("2026-05-30").failures == []
        assert pair.query("select count(*) from core.item where native_id = ?", [f"p{number}"]) == [
            (1,)
        ]


def test_commands_about_the_client_name_the_file_the_line_and_the_remedy(pair: Bench) -> None:
    pair.write("clients/zinc.yml", WRONG)
    ws = pair.workspace
    for about in (
        lambda: ws.client("zinc"),
        lambda: ws.settings("zinc"),
        lambda: ws.config_hash("zinc"),
        lambda: ws.inbox("zinc", "export"),
        lambda: line.plan(ws, day=date.fromisoformat(SUNDAY), clients=["zinc"]),
        lambda: line.editions(ws, [{"client_id": "zinc", "report_id": "weekly", "day": SUNDAY}]),
    ):
        with pytest.raises(ConfigFileError, match=r"client zinc · clients/zinc\.yml:3, timezone"):
            about()
    run = CliRunner().invoke
    home = ["--home", str(pair.home)]
    for command, code in (
        (["check", *home], 1),
        (["day", SUNDAY, "--client", "zinc", *home], 1),
        (["edition", "zinc", "weekly", "--day", SUNDAY, *home], 1),
        (["rebuild", *home], 1),
        (["day", "2026-05-30", *home], 1),
        (["day", "2026-05-30", "--client", "acme", *home], 0),
        (["sql", "select 1", *home], 0),
        (["reports", *home], 0),
    ):
        told = run(app, command)
        assert told.exit_code == code, (command, told.output)
        assert ("clients/zinc.yml:3" in told.output) == bool(code), (command, told.output)
