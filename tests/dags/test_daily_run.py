"""The daily DAG, run from end to end over a line that only notes what it is asked."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from types import ModuleType, SimpleNamespace

import pytest

import oyez
from oyez import line as real_line
from oyez.config.model import Client
from oyez.errors import ConfigError, DataError, SourceThrottled

AT = datetime(2026, 6, 1, 5, tzinfo=UTC)
NO_DELAY = timedelta(0)


class Line(ModuleType):
    """Two clients of one source each; `broken` maps a client to what its collection raises."""

    def __init__(self) -> None:
        super().__init__("oyez.line")
        self.asked: list[tuple[str, object]] = []
        self.plans: list[dict] = []
        self.broken: dict[str, list[Exception]] = {}
        self.states: dict[str, str] = {}
        self.landed: list[str] = []
        self.wrong_files: dict[str, Exception] = {}
        self.publish_error: Exception | None = None

    def plan(self, ws, *, at, day, clients):
        self.plans.append({"at": at, "day": day, "clients": clients})
        covered = (day or (at - timedelta(days=1)).date()).isoformat()
        sound = [one for one in clients or ["acme", "zinc"] if one not in self.wrong_files]
        return [{"client_id": one, "day": covered} for one in sound]

    def left_out(self, ws, clients):
        return [e for one, e in self.wrong_files.items() if not clients or one in clients]

    def collect_units(self, ws, plan):
        return [{**unit, "source_id": "press", "kind": "file"} for unit in plan]

    def collect(self, ws, units):
        if not units:
            return []
        client = units[0]["client_id"]
        self.asked.append(("collect", client))
        if self.broken.get(client):
            raise self.broken[client].pop(0)
        run = f"{client}/press/1"
        self.landed.append(run)
        state = self.states.get(client, "ok")
        return [{**unit, "runs": [run], "state": state, "message": "…"} for unit in units]

    def pending_runs(self, ws):
        return sorted(self.landed)

    def stage(self, ws, runs):
        self.asked.append(("stage", tuple(runs)))
        return [{"run": run} for run in runs]

    def pending_enrichment(self, ws):
        return [run for stage, runs in self.asked if stage == "stage" for run in runs]

    def enrich(self, ws, runs):
        self.asked.append(("enrich", tuple(runs)))
        return [{"run": run} for run in runs]

    def publish(self, ws, plan):
        if self.publish_error:
            raise self.publish_error
        self.asked.append(("publish", tuple(unit["client_id"] for unit in plan)))
        return {"publish_id": "p1", "days": len(plan)}

    def editions_due(self, ws, plan):
        return [{**unit, "report_id": "weekly"} for unit in plan]

    def editions(self, ws, units):
        self.asked.append(("editions", tuple(unit["client_id"] for unit in units)))
        return [{**unit, "revision": 1, "pdf": "x.pdf", "new": True} for unit in units]

    def times(self, stage, what):
        return self.asked.count((stage, what))


@pytest.fixture
def line(monkeypatch):
    """Put the noting line in the package's place."""
    fake = Line()
    workspace = ModuleType("oyez.workspace")
    workspace.Workspace = SimpleNamespace(open=lambda home=None: None)
    for name, module in (("line", fake), ("workspace", workspace)):
        monkeypatch.setitem(sys.modules, f"oyez.{name}", module)
        monkeypatch.setattr(oyez, name, module, raising=False)
    return fake


@pytest.fixture
def run(airflow_db, daily, line, monkeypatch):
    """Run the DAG, with retries that do not wait; returns the run and its states by task."""
    for task in daily.tasks:
        if hasattr(task, "partial_kwargs"):
            monkeypatch.setitem(task.partial_kwargs, "retry_delay", NO_DELAY)
        else:
            monkeypatch.setattr(task, "retry_delay", NO_DELAY)

    def go(**how):
        done = daily.test(**{"logical_date": AT, **how})
        states: dict[str, list[str]] = {}
        for ti in sorted(done.get_task_instances(), key=lambda ti: ti.map_index):
            states.setdefault(ti.task_id, []).append(str(ti.state))
        return done.state, states

    return go


def test_a_run_goes_through_every_stage(run, line):
    state, states = run()
    assert state == "success"
    assert states["collect_file"] == states["editions"] == ["success", "success"]
    # dag.test() runs mapped tasks in any order; the stages' order is what counts.
    assert [stage for stage, _ in line.asked] == [
        *("collect", "collect"),
        "stage",
        "enrich",
        "publish",
        *("editions", "editions"),
    ]
    assert set(line.asked) == {
        ("collect", "acme"),
        ("collect", "zinc"),
        ("stage", ("acme/press/1", "zinc/press/1")),
        ("enrich", ("acme/press/1", "zinc/press/1")),
        ("publish", ("acme", "zinc")),
        ("editions", ("acme",)),
        ("editions", ("zinc",)),
    }
    assert line.plans == [{"at": AT, "day": None, "clients": None}]


def test_a_wrong_client_file_fails_at_once_and_stops_nobody(run, line):
    line.broken["acme"] = [ConfigError("no such mapping", client="acme")] * 4
    state, states = run()
    assert states["collect_file"] == ["failed", "success"]
    assert line.times("collect", "acme") == 1
    assert ("publish", ("acme", "zinc")) in line.asked, "acme's gap is published too"
    assert states["editions"] == ["success", "success"], "acme's report prints its gap"
    assert (state, states["outcome"]) == ("failed", ["failed"])


WRONG_FILE = ConfigError(
    "no such zone", client="zinc", where="clients/zinc.yml:3, timezone", action="write Europe/Paris"
)


def test_the_run_goes_on_without_a_client_whose_file_is_wrong(run, line):
    line.wrong_files["zinc"] = WRONG_FILE
    state, states = run()
    assert states["collect_file"] == states["editions"] == ["success"]
    assert ("publish", ("acme",)) in line.asked
    assert ("editions", ("acme",)) in line.asked
    assert (state, states["outcome"]) == ("failed", ["failed"])


@pytest.mark.parametrize("is_mended", [True, False])
def test_a_file_that_breaks_or_is_mended_during_the_run_is_told(run, line, monkeypatch, is_mended):
    if is_mended:
        line.wrong_files["zinc"] = WRONG_FILE
    real = line.publish

    def publish(ws, plan):
        if is_mended:
            line.wrong_files.clear()
        else:
            line.wrong_files["zinc"] = WRONG_FILE
        return real(ws, plan)

    monkeypatch.setattr(line, "publish", publish)
    state, states = run()
    assert (state, states["outcome"]) == ("failed", ["failed"])


def test_a_source_that_is_down_is_tried_again(run, line):
    line.broken["acme"] = [RuntimeError("reset by peer")]
    state, _ = run()
    assert state == "success"
    assert line.times("collect", "acme") == 2


def test_a_bad_coverage_state_turns_the_run_red(run, line):
    line.states["acme"] = "auth_failed"
    state, states = run()
    assert states["collect_file"] == ["failed", "success"]
    assert line.times("collect", "acme") == 1
    assert ("stage", ("acme/press/1", "zinc/press/1")) in line.asked, "what landed is kept"
    assert state == "failed"


def test_a_throttled_source_is_asked_again_when_it_said(run, line):
    soon = datetime.now(UTC).replace(tzinfo=None) + timedelta(seconds=1)
    line.broken["acme"] = [SourceThrottled("later", until=soon)]
    state, states = run()
    assert state == "success"
    assert states["collect_file"] == ["success", "success"]
    assert line.times("collect", "acme") == 2


def test_a_source_throttled_for_the_day_does_not_hold_the_others(run, line):
    tomorrow = datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1)
    line.broken["acme"] = [SourceThrottled("later", until=tomorrow)]
    state, states = run()
    assert states["collect_file"] == ["failed", "success"]
    assert line.times("collect", "acme") == 1
    assert states["editions"] == ["success", "success"]
    assert state == "failed"


def test_editions_are_built_when_nothing_was_collected(run, line):
    line.collect_units = lambda ws, plan: []
    state, states = run()
    assert ("publish", ("acme", "zinc")) in line.asked, "the gap is published"
    assert states["editions"] == ["success", "success"]
    assert state == "success"


def test_nothing_due_is_a_success(run, line):
    line.editions_due = lambda ws, plan: []
    state, states = run()
    assert (state, states["editions"]) == ("success", ["skipped"])


def test_no_edition_is_built_on_a_refused_publish(run, line):
    line.publish_error = DataError("two rows for one key")
    state, states = run()
    assert states["publish"] == ["failed"]
    assert states["editions"] == ["upstream_failed"]
    assert state == "failed"


def test_nothing_runs_on_a_plan_that_failed(run, line, monkeypatch):
    def refuse(ws, **_):
        raise ConfigError("agency.yml is missing")

    monkeypatch.setattr(line, "plan", refuse)
    state, states = run()
    assert states["plan"] == ["failed"]
    assert line.asked == []
    assert state == "failed"


def test_a_run_by_hand_without_a_date_uses_its_own_instant(run, line):
    now = datetime(2026, 6, 3, 14, 30, tzinfo=UTC)
    run(logical_date=None, run_after=now)
    assert [plan["at"] for plan in line.plans] == [now]


@pytest.mark.parametrize(
    ("at", "days"),
    [
        # Los Angeles still lives 31 May; New York has been in June for an hour.
        (AT, {"paris": "2026-05-31", "new-york": "2026-05-31", "los-angeles": "2026-05-30"}),
        # In winter it is midnight in New York: the day has just ended.
        (
            datetime(2026, 1, 15, 5, tzinfo=UTC),
            {"paris": "2026-01-14", "new-york": "2026-01-14", "los-angeles": "2026-01-13"},
        ),
    ],
)
@pytest.mark.parametrize("is_by_hand", [False, True])
def test_each_client_gets_its_last_completed_day(run, line, monkeypatch, at, days, is_by_hand):
    zones = {"paris": "Europe/Paris", "new-york": "America/New_York"}
    zones["los-angeles"] = "America/Los_Angeles"
    clients = {
        one: Client.model_validate(
            {"id": one, "name": one, "timezone": zone, "brands": [{"id": "own", "name": "Own"}]}
        )
        for one, zone in zones.items()
    }
    workspace = SimpleNamespace(clients=clients, client=clients.__getitem__)
    planned: list[dict] = []

    def plan(_, **how):
        planned.extend(real_line.plan(workspace, **how))
        return planned

    monkeypatch.setattr(line, "plan", plan)
    run(**({"logical_date": None, "run_after": at} if is_by_hand else {"logical_date": at}))
    assert {unit["client_id"]: unit["day"] for unit in planned} == days


def test_day_and_clients_can_be_chosen(run, line):
    run(run_conf={"day": "2026-02-28", "clients": ["zinc"]})
    assert line.plans == [{"at": None, "day": date(2026, 2, 28), "clients": ["zinc"]}]
    assert line.asked[0] == ("collect", "zinc")


def test_a_run_for_other_clients_is_not_red_for_a_wrong_file(run, line):
    line.wrong_files["zinc"] = WRONG_FILE
    state, _ = run(run_conf={"day": "2026-02-28", "clients": ["acme"]})
    assert state == "success"
