"""Killed anywhere and run again, or run twice at once: the same rows and bytes (laws 13 and 16)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from .conftest import SMALL_CLIENT, SMALL_MAPPING, Bench, differing, post, table
from .killed import GO, POINTS, WAIT_INSIDE

ROOT = Path(__file__).parents[2]
SUNDAY = "2026-05-31"
HALF = [post(number, day=25, text="Acme is great") for number in range(5)]
REST = [post(number, day=26 + number % 5, text="Acme broke") for number in range(5, 15)]


def start(home: Path, point: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.line.killed", str(home), SUNDAY, point],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": f"{ROOT}/plugins:{ROOT}"},
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def monday(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """A workspace whose Monday was published; the rest of the week waits in the inbox."""
    bench = Bench(tmp_path_factory.mktemp("kill") / "home")
    bench.write("clients/acme.yml", SMALL_CLIENT)
    bench.write("mappings/export.yml", SMALL_MAPPING)
    bench.drop("half.csv", table(*HALF))
    bench.day("2026-05-25")
    bench.drop("rest.csv", table(*REST))
    return bench


Result = tuple[dict[str, Any], dict[str, str], set[str]]


def result(bench: Bench) -> Result:
    """Return rows, editions, and which other objects there are."""
    stamped = ("snapshots/", "CURRENT")  # their names and bytes hold the publish id
    others = {key for key in bench.bytes() if not key.startswith(stamped)}
    return bench.rows(), bench.editions(), others


def assert_equal(these: Result, those: Result) -> None:
    assert differing(these[0], those[0]) == {}
    assert differing(these[1], those[1]) == {}
    assert these[2] == those[2]


@pytest.fixture(scope="module")
def undisturbed(monday: Bench, tmp_path_factory: pytest.TempPathFactory) -> Result:
    """What the week gives when nothing happens."""
    bench = monday.copy(tmp_path_factory.mktemp("calm") / "home")
    (bench.home / "go").touch()
    process = start(bench.home, GO)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 0, told
    return result(bench)


# One point of each stage on every commit; the others, which take as long, with `make test-e2e`.
OFTEN = {
    "landing: half a page",
    "stage: tables, no manifest",
    "publish: in the transaction",
    "publish: half a snapshot",
    "edition: half a page",
}


@pytest.mark.parametrize(
    "point",
    [pytest.param(one, marks=[] if one in OFTEN else [pytest.mark.e2e]) for one in POINTS],
)
def test_a_killed_run_is_simply_run_again(
    monday: Bench, undisturbed: Result, tmp_path: Path, point: str, blank_pages: None
) -> None:
    bench = monday.copy(tmp_path / "home")
    old = bench.rows()
    process = start(bench.home, point)
    _, told = process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL, told
    # Readers see the old state or the new one, never anything between.
    assert bench.rows() == (undisturbed[0] if "cleared" in point or "edition" in point else old)
    outcome = bench.day(SUNDAY)
    assert outcome.failures == []
    assert_equal(result(bench), undisturbed)
    files = bench.bytes()
    assert bench.day(SUNDAY).published["publish_id"] is None
    assert bench.bytes() == files


def test_readers_see_the_old_snapshot_while_the_publisher_works(
    monday: Bench, undisturbed: Result, tmp_path: Path, blank_pages: None
) -> None:
    bench = monday.copy(tmp_path / "home")
    old = bench.rows()
    process = start(bench.home, WAIT_INSIDE)
    try:
        deadline = time.monotonic() + 60
        while not (bench.home / "inside").exists():
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert bench.rows() == old
    finally:
        process.kill()
        process.communicate(timeout=60)
    assert bench.rows() == old
    bench.day(SUNDAY)
    assert_equal(result(bench), undisturbed)


def test_two_runs_of_one_day_at_once(monday: Bench, undisturbed: Result, tmp_path: Path) -> None:
    bench = monday.copy(tmp_path / "home")
    both = [start(bench.home, GO) for _ in range(2)]
    time.sleep(2)  # both have imported what they need
    (bench.home / "go").touch()
    told = [process.communicate(timeout=90)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    assert_equal(result(bench), undisturbed)
