"""The invented leather-goods houses of the first story: names in use, goods, volume, mood."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class House:
    """A brand as people name it; volume is the mean number of items a day."""

    id: str
    name: str
    handle: str
    spellings: tuple[tuple[str, float], ...]
    products: tuple[tuple[str, str], ...]
    daily_volume: float
    negative_share: float
    positive_share: float


VERDIER = House(
    "maison-verdier",
    "Maison Verdier",
    "maisonverdier",
    (("Maison Verdier", 0.6), ("Verdier", 0.25), ("maison verdier", 0.15)),
    (
        ("sac Galet", "m"),
        ("besace Alma", "f"),
        ("portefeuille Pli", "m"),
        ("cabas Ondine", "m"),
        ("ceinture Sillon", "f"),
        ("pochette Brume", "f"),
        ("plaid Bruyère", "m"),
        ("lampe Tamis", "f"),
        ("plateau Ligne", "m"),
        ("trousse Écume", "f"),
        ("sac de voyage Cap", "m"),
        ("sacoche Quai", "f"),
    ),
    46.0,
    0.17,
    0.40,
)
COMPETITORS = (
    House(
        "corvane",
        "Corvane",
        "corvane",
        (("Corvane", 0.85), ("Atelier Corvane", 0.15)),
        (
            ("sac Lune", "m"),
            ("besace Rive", "f"),
            ("portefeuille Carré", "m"),
            ("sacoche Nord", "f"),
            ("cabas Mistral", "m"),
        ),
        12.0,
        0.15,
        0.38,
    ),
    House(
        "delbray",
        "Delbray & Fils",
        "delbray",
        (("Delbray", 0.7), ("Delbray & Fils", 0.3)),
        (
            ("sac Régence", "m"),
            ("valise Tour", "f"),
            ("portefeuille Louis", "m"),
            ("ceinture Pont", "f"),
            ("cartable Lycée", "m"),
        ),
        9.0,
        0.21,
        0.30,
    ),
    House(
        "osterel",
        "Osterel",
        "osterel",
        (("Osterel", 1.0),),
        (("sac Opale", "m"), ("pochette Sel", "f"), ("cabas Dune", "m"), ("trousse Vent", "f")),
        5.5,
        0.13,
        0.43,
    ),
    House(
        "tannerie-armault",
        "Tannerie Armault",
        "armault",
        (("Tannerie Armault", 0.6), ("Armault", 0.4)),
        (
            ("sac Chêne", "m"),
            ("gibecière Forêt", "f"),
            ("portefeuille Tan", "m"),
            ("ceinture Roche", "f"),
        ),
        3.0,
        0.14,
        0.36,
    ),
)
