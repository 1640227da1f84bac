"""A first look at a client's numbers, as a marimo notebook.

OYEZ_HOME=WORKSPACE marimo edit docs/notebooks/first-look.py
"""

import marimo

app = marimo.App(width="medium", app_title="oyez: a first look")


@app.cell
def _():
    import os
    import pathlib

    import duckdb
    import marimo as mo

    return duckdb, mo, os, pathlib


@app.cell
def _(duckdb, os, pathlib):
    data = pathlib.Path(os.environ.get("OYEZ_HOME", ".")) / "data"
    snapshot = data / "snapshots" / f"{(data / 'CURRENT').read_text().strip()}.duckdb"
    warehouse = duckdb.connect(str(snapshot), read_only=True)
    return snapshot, warehouse


@app.cell
def _(mo, snapshot, warehouse):
    clients = [row[0] for row in warehouse.execute("from core.client order by all").fetchall()]
    client = mo.ui.dropdown(clients, value=clients[0], label="Client")
    mo.vstack([mo.md(f"# A first look\n\nSnapshot `{snapshot.name}`."), client])
    return (client,)


@app.cell
def _(client, mo, warehouse):
    weeks = warehouse.execute(
        """
        select w.week_start, w.brand_name, w.item_count, w.net_sentiment, w.measured_day_count
        from report.weekly as w
        where w.client_id = $client and w.brand_kind = 'own'
        order by w.week_start desc, w.brand_name
        limit 26
        """,
        {"client": client.value},
    ).fetchdf()
    mo.vstack([mo.md("## Week by week\n\nCompare weeks of equally many measured days."), weeks])
    return


@app.cell
def _(client, mo, warehouse):
    most = warehouse.execute(
        """
        select day, network, sentiment, engagement_count, coalesce(title, text) as words, url
        from report.mentions
        where client_id = $client and not is_own_voice
        order by engagement_count desc nulls last, day desc, mention_id
        limit 20
        """,
        {"client": client.value},
    ).fetchdf()
    mo.vstack([mo.md("## What moved people most"), most])
    return


@app.cell
def _(client, mo, warehouse):
    holes = warehouse.execute(
        """
        select source_id, state, cause, min(day) as first_day, max(day) as last_day,
            count(*) as day_count
        from report.coverage
        where client_id = $client and state not in ('ok', 'ok_empty')
        group by all
        order by first_day desc, source_id
        """,
        {"client": client.value},
    ).fetchdf()
    mo.vstack([mo.md("## What was not measured"), holes])
    return


if __name__ == "__main__":
    app.run()
