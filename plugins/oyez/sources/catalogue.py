"""The connectors of this installation, by the name that a client's file uses (`kind`)."""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import Any

from pydantic import ValidationError

from oyez.config.model import Client
from oyez.config.model import Source as SourceFile
from oyez.errors import ConfigError
from oyez.sources.contract import Query, Source

GROUP = "oyez.sources"
FILE = "file"


def kinds() -> list[str]:
    """Return the names of all connectors, without importing any."""
    return sorted({point.name for point in entry_points(group=GROUP)})


def connector(kind: str) -> type[Source]:
    """Return a connector's class.

    Raises:
        ConfigError: no installed package registers this kind.
    """
    for point in entry_points(group=GROUP):
        if point.name == kind:
            found: type[Source] = point.load()
            return found
    raise ConfigError(
        f"there is no source of kind {kind!r}",
        action=f"known kinds: {', '.join([FILE, *kinds()])}",
    )


def counts_attention(kind: str) -> bool:
    """Tell whether sources of a kind count attention and hear no mentions (decision 0042)."""
    return kind in kinds() and connector(kind).capabilities.quality == "attention"


def query_of(client: Client, source: SourceFile) -> Query:
    """Return what a source of a client asks its site for, its options validated.

    Raises:
        ConfigError: an unknown kind, or options that the connector refuses.
    """
    cls = connector(source.kind)
    try:
        options: Any = cls.Options.model_validate(source.options)
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(part) for part in ("options", *first["loc"]))
        raise ConfigError(
            f"{where}: {first['msg']}",
            client=client.id,
            source=source.id,
            action=f"correct it in clients/{client.id}.yml; see docs/sources.md, {cls.title}",
        ) from None
    brands = (*client.brands, *client.competitors)
    names = [
        term
        for brand in brands
        for term in ([brand.name] if brand.match_name else []) + list(brand.aliases)
    ]
    terms = getattr(options, "terms", None) or names
    return Query(
        client_id=client.id,
        source_id=source.id,
        terms=tuple(dict.fromkeys(terms)),
        brands=brands,
        languages=tuple(client.languages),
        options=options,
    )
