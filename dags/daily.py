"""The day's work: collect, stage, publish, then the editions that are due.

    plan → sources_KIND → collect_KIND[…] → landed → stage[…] → enrich[…] → publish
                                              publish → due → editions[…]; all of them → outcome

The run of 05:00 UTC covers, for each client, the last local day that has ended: at that hour the
day is over everywhere from New York eastwards, and the schedule knows no daylight saving, so no
day is run twice or left out. `oyez.line.plan` is the only place where an instant becomes a day.

A failed source blocks nobody: what did land is published, the editions are built and print the
gap, and `outcome` then turns the run red. So does a client's file with problems: the run goes on
without that client.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib.metadata import entry_points
from typing import Any

from airflow.sdk import (
    CronTriggerTimetable,
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

LEFT_OUT = "left_out"

# A task's pool cannot be mapped, so each kind of source has a task of its own, in its own pool: its
# slots are what the site allows. Names only: no connector is imported here (0.03 s).
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


@dag(
    dag_id="daily",
    schedule=CronTriggerTimetable("0 5 * * *", timezone="UTC"),
    # No start date: it would make the first scheduler to see this file run the last 05:00 at once.
    catchup=False,
    max_active_runs=1,
    tags=["oyez"],
    doc_md=__doc__,
    params={
        "day": Param(
            None,
            type=["null", "string"],
            format="date",
            title="Day",
            description="Local day to cover; empty: each client's last completed day.",
        ),
        "clients": Param(
            None,
            type=["null", "array"],
            items={"type": "string"},
            title="Clients",
            description="Client ids; empty: all of them.",
        ),
    },
    default_args={
        "retries": 3,
        "retry_delay": timedelta(minutes=1),
        "retry_exponential_backoff": 2,
        "max_retry_delay": timedelta(minutes=20),
        "retry_policy": REMEDY_IS_A_PERSON,
        "execution_timeout": timedelta(hours=1),
    },
)
def daily() -> None:
    """Build the daily line: see the module."""

    @task
    def plan() -> list[Unit]:
        """Say which client covers which local day."""
        from datetime import date

        from oyez import line
        from oyez.workspace import Workspace

        context = get_current_context()
        run, params = context["dag_run"], context["params"]
        day = date.fromisoformat(params["day"]) if params["day"] else None
        # A run started by hand without a date has no logical date.
        at = None if day else run.logical_date or run.run_after
        workspace, clients = Workspace.open(), params["clients"]
        # What was left out stays left out, even if somebody mends the file during the run.
        told = [str(error) for error in line.left_out(workspace, clients)]
        context["ti"].xcom_push(key=LEFT_OUT, value=told)
        return line.plan(workspace, at=at, day=day, clients=clients)

    @task
    def sources(plan: list[Unit], kind: str) -> list[list[Unit]]:
        """Say what is to be collected from one kind of source, in batches."""
        from oyez import line
        from oyez.batches import by_client
        from oyez.workspace import Workspace

        units = line.collect_units(Workspace.open(), plan)
        # An empty batch rather than none: `landed` would be skipped after a task that was.
        return by_client([unit for unit in units if unit["kind"] == kind]) or [[]]

    @task(map_index_template=CLIENT_OF_BATCH)
    def collect(batch: list[Unit]) -> list[Unit]:
        """Land what the sources hold of those days."""
        from oyez import line
        from oyez.batches import comes_back_at
        from oyez.errors import SourceDenied, SourceThrottled, SourceUnavailable
        from oyez.workspace import Workspace

        raised = {
            "throttled": SourceThrottled,
            "auth_failed": SourceDenied,
            "source_down": SourceUnavailable,
        }
        try:
            results = line.collect(Workspace.open(), batch)
            for result in results:
                if error := raised.get(result["state"]):
                    raise error(
                        result["message"],
                        client=result["client_id"],
                        source=result["source_id"],
                        where=result["day"],
                    )
        except SourceThrottled as throttled:
            context, now = get_current_context(), datetime.now(UTC)
            first_asked = context["ti"].get_first_reschedule_date(context) or now
            again = comes_back_at(throttled.until, first_asked, now)
            if again is None:
                raise AirflowFailException(f"{throttled} → the next run asks again") from throttled
            raise AirflowRescheduleException(again) from throttled
        return results

    @task(trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS)
    def landed() -> list[list[str]]:
        """List the landed runs that are not staged yet, whoever landed them, in batches."""
        from oyez import line
        from oyez.batches import in_batches
        from oyez.workspace import Workspace

        return in_batches(line.pending_runs(Workspace.open())) or [[]]

    @task
    def stage(batch: list[str]) -> list[Unit]:
        """Parse and match the items of those runs."""
        from oyez import line
        from oyez.workspace import Workspace

        return line.stage(Workspace.open(), batch)

    @task(trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS)
    def staged_runs() -> list[list[str]]:
        """List the staged runs that are not enriched yet, in batches."""
        from oyez import line
        from oyez.batches import in_batches
        from oyez.workspace import Workspace

        return in_batches(line.pending_enrichment(Workspace.open())) or [[]]

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
        """Bring the warehouse up to date, in one transaction."""
        from oyez import line
        from oyez.workspace import Workspace

        return line.publish(Workspace.open(), plan)

    @task
    def due(plan: list[Unit]) -> list[list[Unit]]:
        """Say which reports' periods end on those days, in batches."""
        from oyez import line
        from oyez.batches import by_client
        from oyez.workspace import Workspace

        return by_client(line.editions_due(Workspace.open(), plan))

    @task(
        max_active_tis_per_dag=2,  # a long report takes WeasyPrint several hundred MB
        map_index_template=CLIENT_OF_BATCH,
    )
    def editions(batch: list[Unit]) -> list[Unit]:
        """Freeze the numbers of those reports and print them."""
        from oyez import line
        from oyez.workspace import Workspace

        return line.editions(Workspace.open(), batch)

    @task(trigger_rule=TriggerRule.ALL_DONE)
    def outcome() -> None:
        """Fail if anything failed or was left out, so that a run with a gap is never green."""
        from oyez import line
        from oyez.workspace import Workspace

        context = get_current_context()
        run, own = context["dag_run"], context["ti"]
        states = own.get_task_states(dag_id=run.dag_id, run_ids=[run.run_id])
        failed = sorted(
            name
            for name, state in states[run.run_id].items()
            if state in {"failed", "upstream_failed"}
        )
        told = own.xcom_pull(task_ids="plan", key=LEFT_OUT) or []
        if "plan" not in failed:  # a plan that failed says more in its own log
            broken = line.left_out(Workspace.open(), context["params"]["clients"])
            told += [text for text in map(str, broken) if text not in told]
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
    listed = landed()
    staged = stage.expand(batch=listed)
    ready = staged_runs()
    enriched = enrich.expand(batch=ready)
    published = publish(planned)
    reports = due(planned)
    printed = editions.expand(batch=reports)

    [planned, *collected] >> listed
    staged >> ready
    enriched >> published >> reports
    [
        *(planned, *collected, listed, staged, ready, enriched),
        *(published, reports, printed),
    ] >> outcome()


daily()
