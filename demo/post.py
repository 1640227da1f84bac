"""One published item and its writer, before an exporting tool gives them its own words."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from chance import followers, pick, surname


@dataclass(eq=False)
class Author:
    """A writer on one network; is_woman decides the French agreement."""

    id: str
    handle: str
    name: str
    audience: int
    is_woman: bool = False

    @property
    def first_name(self) -> str:
        """The first word of the printed name."""
        return self.name.split(" ")[0]


@dataclass(eq=False)
class Post:
    """An item: tone is what the sentence was drawn from, story the burst it belongs to."""

    at: datetime
    network: str
    channel: str
    kind: str
    text: str
    author: Author
    brand: str | None = None
    tone: str = "neutral"
    story: str | None = None
    title: str | None = None
    language: str = "fr"
    outlet: str | None = None
    place: str | None = None
    rating: int | None = None
    parent: Post | None = None
    conversation: Post | None = None
    number: int = 0
    url: str | None = None
    stats: dict[str, int] = field(default_factory=dict)


FIRST_NAMES_F = [
    "Camille",
    "Léa",
    "Manon",
    "Inès",
    "Chloé",
    "Sarah",
    "Julie",
    "Nora",
    "Claire",
    "Élodie",
    "Lucie",
    "Anaïs",
    "Marion",
    "Jade",
    "Alice",
    "Emma",
    "Zoé",
    "Fanny",
    "Lola",
    "Margot",
    "Agathe",
    "Clara",
    "Noémie",
    "Salomé",
    "Louise",
    "Jeanne",
    "Capucine",
    "Aïcha",
    "Yasmine",
    "Mei",
    "Rosalie",
    "Hélène",
]
FIRST_NAMES_M = [
    "Hugo",
    "Lucas",
    "Théo",
    "Karim",
    "Paul",
    "Antoine",
    "Mehdi",
    "Jules",
    "Adrien",
    "Maxime",
    "Romain",
    "Nicolas",
    "Simon",
    "Bastien",
    "Gabriel",
    "Arthur",
    "Yann",
    "Olivier",
    "Samir",
    "Victor",
    "Loïc",
    "Quentin",
    "Rémi",
    "Tom",
    "Ismaël",
    "Basile",
    "Étienne",
]
FIRST_NAMES_EN = [
    "Avery",
    "Jordan",
    "Maya",
    "Ethan",
    "Priya",
    "Noah",
    "Olivia",
    "Liam",
    "Grace",
    "Dylan",
    "Chloe",
    "Marcus",
    "Nadia",
    "Owen",
    "Ruth",
    "Felix",
    "Ivy",
    "Caleb",
    "Tess",
    "Wyatt",
    "Hana",
    "Omar",
    "Leah",
    "Silas",
    "June",
    "Arjun",
    "Bea",
    "Cole",
    "Dana",
    "Elena",
    "Frank",
    "Gita",
    "Hank",
]
_NICK = (
    "plume",
    "carnet",
    "brume",
    "mistral",
    "cachou",
    "galet",
    "pixel",
    "lavande",
    "canele",
    "tilleul",
    "sardine",
    "comete",
    "noisette",
    "falaise",
    "moka",
    "ardoise",
)
_NICK_EN = (
    "byte",
    "kernel",
    "lint",
    "ferry",
    "pebble",
    "socket",
    "maple",
    "otter",
    "patch",
    "cobalt",
    "raven",
    "kettle",
    "vector",
    "moss",
)


def _plain(word: str) -> str:
    table = str.maketrans("éèêëàâäîïôöûüç", "eeeeaaaiioouuc")
    return word.lower().translate(table)


def crowd(
    rng: Random, network: str, size: int, median_audience: float, english: bool = False
) -> list[Author]:
    """Writers of a network: each has its own handle, a first name and an invented surname."""
    writers: list[Author] = []
    taken: set[str] = set()
    while len(writers) < size:
        woman = rng.random() < 0.55
        first = rng.choice(FIRST_NAMES_EN if english else FIRST_NAMES_F if woman else FIRST_NAMES_M)
        last = surname(rng)
        nick = rng.choice(_NICK_EN if english else _NICK)
        handle = pick(
            rng,
            [
                (f"{_plain(first)}_{last.lower()}", 3.0),
                (f"{last.lower()}{rng.randrange(10, 99)}", 2.0),
                (f"{nick}.{_plain(first)}{rng.randrange(2, 99)}", 3.0),
                (f"{_plain(first)}{last[:3].lower()}_{nick}", 2.0),
            ],
        )
        if handle in taken:
            continue
        taken.add(handle)
        name = pick(rng, [(f"{first} {last[0]}.", 3.0), (f"{first} {last}", 3.0), (first, 1.0)])
        writers.append(
            Author(
                f"{network[:2]}{100000 + len(writers) * 37}",
                handle,
                name,
                followers(rng, median_audience),
                woman and not english,
            )
        )
    return writers


def someone(rng: Random, writers: list[Author], concentration: float = 2.0) -> Author:
    """A writer; the first of the list write most (index = size x u^concentration)."""
    return writers[int(len(writers) * rng.random() ** concentration)]


def heat(rng: Random, network: str, audience: int, boost: float = 1.0) -> dict[str, int]:
    """Counters of a post as that network shows them; views only where it shows any."""
    base = math.sqrt(max(audience, 4)) * boost
    likes = int(base * rng.lognormvariate(-1.3, 1.2))
    counters = {"likes": likes, "replies": int(likes * 0.12 * rng.random() * 2)}
    if network in {"x", "bluesky", "mastodon", "facebook", "tiktok"}:
        counters["reposts"] = int(likes * 0.2 * rng.random() * 2)
    if network in {"x", "tiktok", "youtube"}:
        counters["views"] = int(likes * 22 * (0.5 + rng.random()) + audience * 0.2 * rng.random())
    return counters


def number(rng: Random, posts: Iterable[Post], start: int, step: int) -> list[Post]:
    """The posts by time, each with a number that grows as a tool's would."""
    ordered = sorted(posts, key=lambda post: post.at)
    at = start
    for post in ordered:
        at += rng.randrange(1, step)
        post.number = at
    return ordered
