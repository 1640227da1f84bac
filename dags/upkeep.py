"""The day's upkeep: see what still exists of what was collected, let go of what may not be kept.

    sources_KIND → look_KIND[…] → publish

Runs after the daily line. An item that its site lacks at two looks on different days is withdrawn;
a text whose term is over is blanked. What that moves in past reports comes out as new revisions
when they are built again; nothing is delivered from here.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib.metadata import entry_points
from typing import Any

from airflow.sdk import CronTriggerTimetable, TriggerRule, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException, AirflowRescheduleException

Unit = dict[str, Any]

ASKED = sorted({point.name for point in entry_points(group="oyez.sources")})


@dag(
    dag_id="upkeep",
    schedule=CronTriggerTimetable("30 8 * * *", timezone="UTC"),
    catchup=False,
    max_active_runs=1,
    tags=["oyez"],
    doc_md=__doc__,
    default_args={
        "retries": 2,
        "retry_delay": timedelta(minutes=10),
        "execution_timeout": timedelta(hours=2),
    },
)
def upkeep() -> None:
    """Build the upkeep: see the module."""

    @task
    def sources(kind: str) -> list[Unit]:
        """List the sources of one kind."""
        from oyez.upkeep import units
        from oyez.workspace import Workspace

        return [unit for unit in units(Workspace.open()) if unit["kind"] == kind]

    @task(map_index_template="{{ task.op_kwargs['unit'].client_id }}")
    def look(unit: Unit) -> Unit:
        """Recheck one source of one client."""
        from oyez.batches import comes_back_at
        from oyez.errors import SourceThrottled
        from oyez.upkeep import upkeep
        from oyez.workspace import Workspace

        try:
            return upkeep(Workspace.open(), unit["client_id"], unit["source_id"])
        except SourceThrottled as throttled:
            context, now = get_current_context(), datetime.now(UTC)
            first_asked = context["ti"].get_first_reschedule_date(context) or now
            again = comes_back_at(throttled.until, first_asked, now)
            if again is None:
                raise AirflowFailException(f"{throttled} → the next run goes on") from throttled
            raise AirflowRescheduleException(again) from throttled

    @task(pool="warehouse", trigger_rule=TriggerRule.ALL_DONE)
    def publish() -> Unit:
        """Bring the warehouse up to date with what was withdrawn."""
        from oyez import line
        from oyez.workspace import Workspace

        return line.publish(Workspace.open(), [])

    @task(trigger_rule=TriggerRule.ALL_DONE)
    def outcome() -> None:
        """Fail if a look failed, so that a site that cannot be asked is never green."""
        context = get_current_context()
        run, own = context["dag_run"], context["ti"]
        states = own.get_task_states(dag_id=run.dag_id, run_ids=[run.run_id])[run.run_id]
        failed = sorted(name for name, state in states.items() if state == "failed")
        if failed:
            raise RuntimeError(f"{', '.join(failed)}: see their logs")

    looked = [
        look.override(task_id=f"look_{kind}", pool=f"source_{kind}").expand(
            unit=sources.override(task_id=f"sources_{kind}")(kind)
        )
        for kind in ASKED
    ]
    looked >> publish() >> outcome()


upkeep()
