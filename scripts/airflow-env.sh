# Airflow's settings for this checkout: source it from the checkout's root (`. scripts/airflow-env.sh`).
# Every process of one installation must see the same values, so they stand here and nowhere else.

export OYEZ_HOME="${OYEZ_HOME:-$PWD}"
export PYTHONPATH="$PWD/plugins${PYTHONPATH:+:$PYTHONPATH}"
export PATH="$PWD/.venv/bin:$PATH"

export AIRFLOW_HOME="${AIRFLOW_HOME:-$PWD/.airflow}"
export AIRFLOW__CORE__DAGS_FOLDER="$PWD/dags"
export AIRFLOW__CORE__PLUGINS_FOLDER="$PWD/plugins"
export AIRFLOW__CORE__LOAD_EXAMPLES=False
export AIRFLOW__CORE__PARALLELISM="${AIRFLOW__CORE__PARALLELISM:-2}"
export AIRFLOW__CORE__EXECUTOR=LocalExecutor
# A paused DAG stalls backfills and runs started by hand without a word.
export AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION=False
export AIRFLOW__CORE__DEFAULT_TASK_EXECUTION_TIMEOUT=3600
export AIRFLOW__DATABASE__SQL_ALCHEMY_CONN="sqlite:///$AIRFLOW_HOME/airflow.db"
export AIRFLOW__LOGGING__LOGGING_LEVEL="${AIRFLOW__LOGGING__LOGGING_LEVEL:-WARNING}"
export AIRFLOW__USAGE_DATA_COLLECTION__ENABLED=False
export AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK=False
export DO_NOT_TRACK=1 SCARF_ANALYTICS=false

# Only this machine may knock.
PORT="${PORT:-8080}"
export AIRFLOW__API__HOST=127.0.0.1
export AIRFLOW__API__PORT="$PORT"
export AIRFLOW__API__BASE_URL="http://127.0.0.1:$PORT"
export AIRFLOW__API__WORKERS=1
export AIRFLOW__CORE__EXECUTION_API_SERVER_URL="http://127.0.0.1:$PORT/execution/"
export AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS="admin:admin"

# Tokens between the processes are signed with one secret, made once for this folder.
mkdir -p "$AIRFLOW_HOME"
if [ ! -s "$AIRFLOW_HOME/jwt-secret" ]; then
    (umask 077 && head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$AIRFLOW_HOME/jwt-secret")
fi
AIRFLOW__API_AUTH__JWT_SECRET="$(cat "$AIRFLOW_HOME/jwt-secret")"
export AIRFLOW__API_AUTH__JWT_SECRET
