"""Writes `docs/sources.md`: what each connector declares, and how to get its key.

The hand-written part of each is `docs/sources/KIND.md`.

python -m oyez.sources.docs        # at the root of a checkout, after changing a connector
"""

from __future__ import annotations

from pathlib import Path

from pydantic.fields import FieldInfo

from oyez.sources.catalogue import connector, kinds
from oyez.sources.contract import Capabilities, Source

PAGE = Path("docs/sources.md")
_NEEDS = {
    "nothing": "nothing",
    "key": "a free key",
    "account": "an account of yours",
    "owner": "the client's own access",
}
_HEAD = """# Sources

<!-- Written by `python -m oyez.sources.docs`; edit docs/sources/*.md or the connectors instead. -->

A source of kind `file` reads exports that people drop ([getting started](getting-started.md)). The
others ask a site. A client's file names them:

```yaml
sources:
  - {id: feeds, kind: rss, options: {feeds: ["https://blog.example/feed.xml"]}}
```

What needs a credential takes it from the Airflow connection `CLIENT__SOURCE` (dashes as
underscores), or from the environment variable `AIRFLOW_CONN_CLIENT__SOURCE`;
`oyez connect CLIENT SOURCE` explains and tests it. `oyez sources` lists all of them.
"""


def page(root: Path) -> str:
    """Return the whole page.

    Args:
        root: a checkout, for its docs/sources.

    Raises:
        FileNotFoundError: a connector has no hand-written part; write docs/sources/KIND.md.
    """
    found = [connector(kind) for kind in kinds()]
    rows = [
        f"| [`{one.name}`](#{one.name}) | {one.title} | {_NEEDS[one.capabilities.needs]} "
        f"| {past_day(one.capabilities)} |"
        for one in found
    ]
    parts = [
        _HEAD,
        "| Kind | Site | Needs | A past day |\n|---|---|---|---|\n" + "\n".join(rows) + "\n",
        *(_section(one, root) for one in found),
    ]
    return "\n".join(parts)


def past_day(able: Capabilities) -> str:
    """Return, in words, whether a past day can be asked for."""
    if able.past_day == "yes":
        return "yes"
    if able.past_day == "no":
        return "no: only what is new"
    return f"the last {able.history_days} days" if able.history_days else "recent ones"


def _quota(able: Capabilities) -> str:
    if not able.daily_quota:
        return "none known"
    return f"{able.daily_quota:,} {able.quota_unit}, from midnight {able.quota_zone}"


def _section(source: type[Source], root: Path) -> str:
    able = source.capabilities
    facts = [
        ("Needs", _NEEDS[able.needs]),
        ("A past day", past_day(able)),
        ("Pages", "newest first" if able.is_sorted else "in no sure order"),
        ("Requests at once", str(able.pool_slots)),
        ("Quota a day", _quota(able)),
        (
            "Left out when broken",
            f"{able.slice_minutes} minutes at least" if able.slice_minutes else "the whole answer",
        ),
        (
            "Words and names kept",
            f"{able.retention_days} days" if able.retention_days else "no limit known",
        ),
        ("May be quoted", "yes" if able.may_show_text else "no"),
        ("Author may be named", "yes" if able.may_show_author else "no"),
        ("Named in the report", able.attribution.text if able.attribution else "not asked for"),
        (
            "Deletions looked for",
            f"over {able.recheck_days} days" if able.recheck_days else "the site cannot be asked",
        ),
    ]
    options = [
        f"| `{name}` | {'required' if field.is_required() else _default(field)} "
        f"| {field.description or ''} |"
        for name, field in source.Options.model_fields.items()
    ]
    table = "| | |\n|---|---|\n" + "\n".join(f"| {name} | {value} |" for name, value in facts)
    told = "\n\n| Option | Default | Meaning |\n|---|---|---|\n" + "\n".join(options)
    written = (root / "docs" / "sources" / f"{source.name}.md").read_text("utf-8").strip()
    return (
        f'<a id="{source.name}"></a>\n\n## {source.title}\n\n{table}'
        f"{told if options else ''}\n\n{written}\n"
    )


def _default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True)
    return "" if value in (None, [], {}, ()) else f"`{value}`"


if __name__ == "__main__":
    PAGE.write_text(page(Path.cwd()), encoding="utf-8")
