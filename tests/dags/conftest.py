"""An Airflow of its own for each test worker, made before anything imports airflow."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from airflow.dag_processing.dagbag import DagBag
    from airflow.sdk import DAG

CHECKOUT = Path(__file__).parents[2]

_home = TemporaryDirectory(prefix="oyez-airflow-", ignore_cleanup_errors=True)
os.environ.update(
    AIRFLOW_HOME=_home.name,
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=f"sqlite:///{_home.name}/airflow.db",
    AIRFLOW__CORE__DAGS_FOLDER=str(CHECKOUT / "dags"),
    AIRFLOW__CORE__PLUGINS_FOLDER=str(CHECKOUT / "plugins"),
    AIRFLOW__CORE__LOAD_EXAMPLES="False",
    AIRFLOW__LOGGING__LOGGING_LEVEL="WARNING",
    AIRFLOW__USAGE_DATA_COLLECTION__ENABLED="False",
)


@pytest.fixture(scope="session")
def airflow_db() -> None:
    subprocess.run(
        [sys.executable, "-m", "airflow", "db", "migrate"], check=True, capture_output=True
    )


@pytest.fixture(scope="session")
def dagbag() -> DagBag:
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(str(CHECKOUT / "dags"))


@pytest.fixture(scope="session")
def daily(dagbag: DagBag) -> DAG:
    assert not dagbag.import_errors
    return dagbag.dags["daily"]
