"""Whose place it is: a forum or profile belongs to a brand, and all said there is about it."""

from __future__ import annotations

from oyez.config.model import Brand
from oyez.errors import ConfigError
from oyez.sources.contract import Query


def own_brand(query: Query) -> Brand:
    """Return the brand that `options.brand` names; the client's first by default.

    Raises:
        ConfigError: no brand has this id.
    """
    wanted = query.options.brand or query.brands[0].id
    for brand in query.brands:
        if brand.id == wanted:
            return brand
    raise ConfigError(
        f"options.brand: no brand has the id {wanted!r}",
        client=query.client_id,
        source=query.source_id,
        action=f"write one of: {', '.join(brand.id for brand in query.brands)}",
    )


def handles(query: Query, network: str) -> set[str]:
    """Return the handles of all brands' accounts on a network, folded, without @."""
    return {
        account.handle.removeprefix("@").casefold()
        for brand in query.brands
        for account in brand.accounts
        if account.network == network
    }
