"""Prints the ratios of docs/benchmarks.md: `python -m bench --help`."""

from __future__ import annotations

import argparse
import platform
import tempfile
from pathlib import Path

import duckdb

from bench import day, intake, year


def main() -> None:
    """Measure what was asked for and print one table a measure."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", choices=["day", "year", "intake"], action="append")
    parser.add_argument("--sizes", default="1000000,5000000", help="items of the warehouses")
    parser.add_argument("--items-a-day", type=int, default=2_500)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--days", type=int, default=365, help="of the year")
    parser.add_argument("--rows", type=int, default=100_000, help="of the file that is taken in")
    asked = parser.parse_args()
    only = asked.only or ["intake", "year", "day"]
    print(f"DuckDB {duckdb.__version__}, Python {platform.python_version()}; CPU seconds")
    with tempfile.TemporaryDirectory(prefix="oyez-bench-") as folder:
        if "intake" in only:
            _intake(Path(folder), asked.rows)
        if "year" in only:
            _year(Path(folder), asked)
        if "day" in only:
            _day(Path(folder), asked)


def _intake(folder: Path, row_count: int) -> None:
    costs = intake.measure(folder, row_count=row_count, tell=_tell)
    bare = costs["bare"]
    print(f"\nIntake of {row_count:,} rows\n")
    print("| step | CPU s | rows per CPU s | of bare read_json |\n|---|---|---|---|")
    for step, cost in costs.items():
        print(f"| {step} | {cost:.2f} | {row_count / cost:,.0f} | {bare / cost:.3f} |")
    whole = costs["land"] + costs["stage"] + costs["fold"]
    print(
        f"| land + stage + fold | {whole:.2f} | {row_count / whole:,.0f} | {bare / whole:.3f} |",
        flush=True,
    )


def _year(folder: Path, asked: argparse.Namespace) -> None:
    items_a_day = asked.items_a_day // 5
    found = year.measure(
        folder,
        day_count=asked.days,
        items_a_day=items_a_day,
        client_count=max(1, asked.clients // 5),
        tell=_tell,
    )
    print(f"\n{asked.days} days of {items_a_day:,} items: metrics\n")
    print("| | CPU s |\n|---|---|")
    print(f"| {asked.days} daily runs | {found['daily']:.1f} |")
    print(f"| one pass | {found['one_pass']:.1f} |")
    print(f"| ratio | 1/{found['daily'] / found['one_pass']:.0f} |")
    equal = "equal" if found["equal"] else "DIFFERENT"
    print(f"| the {found['rows']:,} rows of all metrics | {equal} |", flush=True)


def _day(folder: Path, asked: argparse.Namespace) -> None:
    sizes = [int(one) for one in asked.sizes.split(",")]
    found = day.measure(
        folder,
        sizes=sizes,
        items_a_day=asked.items_a_day,
        client_count=asked.clients,
        tell=_tell,
    )
    print(f"\nOne day of {asked.items_a_day:,} items and {asked.clients} clients\n")
    print("| items in the warehouse | metrics | ratio | checks | ratio |\n|---|---|---|---|---|")
    for one in found:
        print(
            f"| {one['items']:,.0f} | {one['metrics']:.2f} "
            f"| {one['metrics'] / found[0]['metrics']:.2f} | {one['checks']:.2f} "
            f"| {one['checks'] / found[0]['checks']:.2f} |",
            flush=True,
        )


def _tell(step: str) -> None:
    print(f"  {step}", flush=True)


if __name__ == "__main__":
    main()
