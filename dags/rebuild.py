"""Past periods: a range of days in one pass, started by hand, never delivering.

    plan → sources_KIND → collect_KIND[…] → landed → stage[…] → enrich[…] → publish
                                              publish → due → editions[…]; all of them → outcome

The same stages, pools and rules as the daily run, and the same functions as `oyez backfill`. Sites
that can be asked for the past are asked for the days that no run measured whole, so a run that was
stopped goes on where it was. One publish computes the metrics of the whole range; each period that
ends in it gets its edition, a new revision where something differs from the last one.

Parameters: `from`, `to` (local days, both included), `clients`, `stages`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib.metadata import entry_points
from typing import Any

from airflow.sdk import (
    ExceptionRetryPolicy,
    Param,
    RetryAction,
    RetryRule,
    TriggerRule,
    dag,
    get_current_context,
    task,
)
from airflow.sdk.exceptions import AirflowFailException, AirflowRescheduleException

Unit = dict[str, Any]

# Nothing of oyez is imported at the top: whatever stands here is paid again by every task.

STAGES = ["collect", "stage", "enrich", "publish", "editions"]
PATIENCE = timedelta(hours=26)  # a daily quota that is spent is full again the next day
EDITIONS_PER_BATCH = 50

LEFT_OUT = "left_out"
FILE = "file"
ASKED = sorted({point.name for point in entry_points(group="oyez.sources")})


def pool_of(kind: str) -> str:
    """Return the pool of a kind of source; scripts/steps.py creates them."""
    return "default_pool" if kind == FILE else f"source_{kind}"


CLIENT_OF_BATCH = (
    "{{ (task.op_kwargs['batch'] | first | default({'client_id': 'nothing'})).client_id }}"
)

REMEDY_IS_A_PERSON = ExceptionRetryPolicy(
    rules=[
        RetryRule(
            exception=[
                "oyez.errors.ConfigError",
                "oyez.errors.SourceDenied",
                "oyez.errors.DataError",
            ],
            action=RetryAction.FAIL,
            reason="trying again gives the same answer: the message says what to mend",
        )
    ]
)


def wants(stage: str) -> bool:
    """Tell whether the run was asked for a stage."""
    return stage in (get_current_context()["params"]["stages"] or STAGES)


@dag(
    dag_id="rebuild",
    schedule=None,
    catchup=False,
    max_active_runs=1,
    tags=["oyez"],
    doc_md=__doc__,
    params={
        "from": Param(type="string", format="date", title="From", description="First local day."),
        "to": Param(type="string", format="date", title="To", description="Last local day."),
        "clients": Param(
            None,
            type=["null", "array"],
            items={"type": "string"},
            title="Clients",
            description="Client ids; empty: all of them.",
        ),
        "stages": Param(
            None,
            type=["null", "array"],
            items={"type": "string", "enum": STAGES},
            title="Stages",
            description="Some of collect, stage, enrich, publish, editions; empty: all of them.",
        ),
    },
    default_args={
        "retries": 3,
        "retry_delay": timedelta(minutes=1),
        "retry_exponential_backoff": 2,
        "max_retry_delay": timedelta(minutes=20),
        "retry_policy": REMEDY_IS_A_PERSON,
        "execution_timeout": timedelta(hours=3),
    },
)
def rebuild() -> None:
    """Build the rebuild: see the module."""

    @task
    def plan() -> list[Unit]:
        """Say which days of which client are to be done."""
        from datetime import date

        from oyez import backfill, line
        from oyez.workspace import Workspace

        context = get_current_context()
        params, workspace = context["params"], Workspace.open()
        told = [str(error) for error in line.left_out(workspace, params["clients"])]
        context["ti"].xcom_push(key=LEFT_OUT, value=told)
        first, last = date.fromisoformat(params["from"]), date.fromisoformat(params["to"])
        stages = params["stages"] or STAGES
        return backfill.plan(workspace, first, last, params["clients"], stages=stages)

    @task
    def sources(plan: list[Unit], kind: str) -> list[list[Unit]]:
        """Say what one kind of source still has to give, in batches."""
        from oyez import backfill
        from oyez.batches import by_client
        from oyez.workspace import Workspace

        units = backfill.collect_units(Workspace.open(), plan) if wants("collect") else []
        # An empty batch rather than none: `landed` would be skipped after a task that was.
        return by_client([unit for unit in units if unit["kind"] == kind]) or [[]]

    @task(map_index_template=CLIENT_OF_BATCH)
    def collect(batch: list[Unit]) -> list[Unit]:
        """Land what the sources hold of those days; a day that was measured is not asked again."""
        from oyez import backfill
        from oyez.batches import comes_back_at
        from oyez.errors import OyezError, SourceThrottled
        from oyez.workspace import Workspace

        workspace = Workspace.open()
        results, failures = [], []
        for unit in batch:
            try:
                results.append(backfill.collect(workspace, unit))
            except OyezError as failure:
                failures.append(failure)
        for throttled in failures:
            if not isinstance(throttled, SourceThrottled):
                continue
            context, now = get_current_context(), datetime.now(UTC)
            first_asked = context["ti"].get_first_reschedule_date(context) or now
            again = comes_back_at(throttled.until, first_asked, now, PATIENCE)
            if again is None:
                raise AirflowFailException(f"{throttled} → clear this task to go on") from throttled
            raise AirflowRescheduleException(again) from throttled
        if failures:
            raise failures[0]
        return results

    @task(trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS)
    def landed(plan: list[Unit]) -> list[list[str]]:
        """List the landed runs of those clients that are not staged yet, in batches."""
        from oyez import backfill, line
        from oyez.batches import in_batches
        from oyez.workspace import Workspace

        runs = line.pending_runs(Workspace.open()) if wants("stage") else []
        return in_batches(backfill.of_clients(runs, plan)) or [[]]

    @task
    def stage(batch: list[str]) -> list[Unit]:
        """Parse and match the items of those runs."""
        from oyez import line
        from oyez.workspace import Workspace

        return line.stage(Workspace.open(), batch)

    @task(trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS)
    def staged_runs(plan: list[Unit]) -> list[list[str]]:
        """List the staged runs of those clients that are not enriched yet, in batches."""
        from oyez import backfill, line
        from oyez.batches import in_batches
        from oyez.workspace import Workspace

        runs = line.pending_enrichment(Workspace.open()) if wants("enrich") else []
        return in_batches(backfill.of_clients(runs, plan)) or [[]]

    @task
    def enrich(batch: list[str]) -> list[Unit]:
        """Judge the mentions of those runs: sentiment, intents, replies."""
        from oyez import line
        from oyez.workspace import Workspace

        return line.enrich(Workspace.open(), batch)

    @task(
        pool="warehouse",  # DuckDB has one writer
        trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS,
        execution_timeout=timedelta(hours=3),
    )
    def publish(plan: list[Unit]) -> Unit:
        """Compute the metrics of the whole range, in one transaction."""
        from oyez import backfill
        from oyez.workspace import Workspace

        return backfill.publish(Workspace.open(), plan) if wants("publish") else {}

    @task
    def due(plan: list[Unit]) -> list[list[Unit]]:
        """Say which reports' periods end on those days, in batches."""
        from oyez import backfill
        from oyez.batches import AT_MOST
        from oyez.workspace import Workspace

        units = backfill.editions_due(Workspace.open(), plan) if wants("editions") else []
        size = max(EDITIONS_PER_BATCH, -(-len(units) // AT_MOST))
        return [units[start : start + size] for start in range(0, len(units), size)]

    @task(
        max_active_tis_per_dag=2,  # a long report takes WeasyPrint several hundred MB
        map_index_template=CLIENT_OF_BATCH,
    )
    def editions(batch: list[Unit]) -> list[Unit]:
        """Freeze the numbers of those reports and print them; equal ones stand as they are."""
        from oyez import line
        from oyez.workspace import Workspace

        return line.editions(Workspace.open(), batch)

    @task(trigger_rule=TriggerRule.ALL_DONE)
    def outcome() -> None:
        """Fail if anything failed or was left out, so that a run with a gap is never green."""
        context = get_current_context()
        run, own = context["dag_run"], context["ti"]
        states = own.get_task_states(dag_id=run.dag_id, run_ids=[run.run_id])
        failed = sorted(
            name
            for name, state in states[run.run_id].items()
            if state in {"failed", "upstream_failed"}
        )
        told = own.xcom_pull(task_ids="plan", key=LEFT_OUT) or []
        if failed:
            told.append(f"{', '.join(failed)}: see their logs")
        if told:
            raise AirflowFailException("\n".join([*told, "What does not depend on them was made."]))

    planned = plan()
    collected = [
        collect.override(task_id=f"collect_{kind}", pool=pool_of(kind)).expand(
            # Airflow maps a whole result only, so each kind has a task that lists it.
            batch=sources.override(task_id=f"sources_{kind}")(planned, kind)
        )
        for kind in (FILE, *ASKED)
    ]
    listed = landed(planned)
    staged = stage.expand(batch=listed)
    ready = staged_runs(planned)
    enriched = enrich.expand(batch=ready)
    published = publish(planned)
    reports = due(planned)
    printed = editions.expand(batch=reports)

    collected >> listed
    staged >> ready
    enriched >> published >> reports
    [
        *(planned, *collected, listed, staged, ready, enriched),
        *(published, reports, printed),
    ] >> outcome()


rebuild()
