"""Writes the first names that the enrichment knows, from Faker's lists: run after a new Faker.

    uv pip install Faker && python scripts/first_names.py

Faker is only needed here: the package reads the file. Spellings are folded (no accents, lower
case) because that is how they are compared.
"""

from __future__ import annotations

import importlib
from pathlib import Path

from faker import VERSION

from oyez.stage.text import folded

TARGET = Path(__file__).parents[1] / "plugins/oyez/enrich/cues/first_names.txt"
# Countries whose people write to brands in French or English, in Latin letters.
LOCALES = (
    *("fr_FR", "fr_BE", "fr_CA", "fr_CH", "fr_DZ", "fr_QC"),
    *("en", "en_US", "en_GB", "en_IE", "en_IN", "en_KE", "en_NG", "en_NZ", "en_PK"),
    *("de_DE", "es_ES", "es_MX", "it_IT", "nl_BE", "nl_NL", "pl_PL", "pt_BR", "pt_PT", "tr_TR"),
)
HEAD = f"""\
# First names, folded, one a line; written by scripts/first_names.py.
# Source: Faker {VERSION}, person providers {" ".join(LOCALES)}.
# Licence: MIT, Copyright (c) 2012 Daniele Faraglia. Permission is hereby granted, free of charge,
# to deal in the lists without restriction; they come without warranty of any kind.
"""


def names(locale: str) -> set[str]:
    """Return a locale's first names, as Faker spells them."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    found: set[str] = set()
    for attribute in dir(provider):
        values = getattr(provider, attribute)
        if attribute.startswith("first_name") and isinstance(values, (dict, list, tuple)):
            found.update(values)
    return found


def main() -> None:
    """Write the file."""
    found = {folded(name) for locale in LOCALES for name in names(locale)}
    # A compound name is recognised by its first part; a single letter is an initial.
    parts = {name.replace("-", " ").split()[0] for name in found}
    kept = sorted(part for part in parts if len(part) > 1 and part.isalpha())
    TARGET.write_text(HEAD + "\n".join(kept) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
