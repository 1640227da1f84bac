"""The third story: a restaurant of Lyon, a dozen reviews a month, noise and waiting since spring."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import voices_bistro as bistro
from chance import REVIEW_HOURS, SOCIAL_HOURS, UTC, instant, pick, poisson
from grammar import Unique, capital, contract, expand, typeset
from post import Author, Post, crowd, heat, number, someone

ZONE = ZoneInfo("Europe/Paris")
FIRST, LAST = date(2025, 4, 1), date(2026, 5, 31)
END = datetime(2026, 6, 1, tzinfo=ZONE).astimezone(UTC)
# Place, address, reviews a day, weights of 5 to 1 stars, share of reviews answered.
PLACES = {
    "chez-lucienne": (
        "Chez Lucienne",
        "Lyon 1er, montée des Tilleuls",
        0.38,
        (0.58, 0.24, 0.08, 0.05, 0.05),
        0.52,
    ),
    "bouchon-des-pentes": (
        "Le Bouchon des Pentes",
        "Lyon 1er, rue de la Navette",
        0.50,
        (0.50, 0.24, 0.12, 0.07, 0.07),
        0.25,
    ),
    "table-d-hortense": (
        "La Table d'Hortense",
        "Lyon 4e, place du Métier",
        0.34,
        (0.62, 0.23, 0.07, 0.04, 0.04),
        0.70,
    ),
}
REVIEW_COLUMNS = [
    "Référence",
    "Date",
    "Site",
    "Nature",
    "Établissement",
    "Adresse",
    "Étoiles",
    "Titre",
    "Avis",
    "Profil",
    "Pseudo",
    "Nom affiché",
    "Réponse à",
    "Lien",
]
SITES = {"google": "Google", "tripadvisor": "TripAdvisor"}


class Tables:
    """Writes the reviews, the posts and the articles of the three places."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.unique = Unique()
        self.reviews: list[Post] = []
        self.posts: list[Post] = []
        self.crowds = {
            "google": crowd(rng, "google", 900, 0.0),
            "tripadvisor": crowd(rng, "tripadvisor", 400, 0.0),
            "instagram": crowd(rng, "instagram", 160, 380.0),
            "facebook": crowd(rng, "facebook", 120, 150.0),
        }
        self.owners = {
            (place, network): Author(
                f"{network[:2]}-{place}",
                place if network in SITES else "chezlucienne.lyon",
                PLACES[place][0],
                2600,
            )
            for place in PLACES
            for network in (*SITES, "instagram", "facebook")
        }

    def say(self, template: str, **words: str) -> str:
        """The French sentence of a template."""
        return contract(expand(self.rng, template, bistro.WORDS, words))

    def review(self, place: str, day: date) -> None:
        """One review, and perhaps the owner's answer."""
        rng = self.rng
        _, address, _, stars, answered = PLACES[place]
        strained = place == "chez-lucienne" and day >= date(2026, 4, 15)
        weights = (0.47, 0.20, 0.10, 0.12, 0.11) if strained else stars
        network = pick(rng, [("google", 0.68), ("tripadvisor", 0.32)])
        rating = pick(rng, list(zip((5, 4, 3, 2, 1), weights, strict=True)))
        tone = "positive" if rating >= 4 else "negative" if rating <= 2 else "neutral"
        author = someone(rng, self.crowds[network], 1.0)

        def write() -> str:
            if rng.random() < 0.09:
                return rng.choice(bistro.ENGLISH[tone]) + rng.choice(
                    (".", "!", ". Lyon, we miss you already." if tone == "positive" else ".")
                )
            if tone == "neutral":
                return capital(self.say(rng.choice(bistro.MIXED))) + "."
            if tone == "positive":
                core, more = (
                    rng.sample(bistro.POSITIVE, rng.choice((1, 2, 2, 3))),
                    bistro.POSITIVE_MORE,
                )
            else:
                banks = (
                    [bistro.NEGATIVE_NOISE, bistro.NEGATIVE_WAIT]
                    if strained
                    else [bistro.NEGATIVE_NOISE, bistro.NEGATIVE_WAIT, bistro.NEGATIVE_FOOD]
                )
                core, more = (
                    [rng.choice(bank) for bank in rng.sample(banks, rng.choice((1, 1, 2)))],
                    bistro.NEGATIVE_MORE,
                )
            # The same dish is praised once.
            text = ". ".join(dict.fromkeys(capital(self.say(one)) for one in core)) + "."
            return text + (" " + self.say(rng.choice(more)) if rng.random() < 0.6 else "")

        title = rng.choice(bistro.TITLES[tone]) if network == "tripadvisor" else None
        post = Post(
            instant(rng, day, ZONE, REVIEW_HOURS),
            network,
            "review",
            "review",
            self.unique.draw(write),
            author,
            place,
            tone,
            title=title,
            place=address,
            rating=rating,
        )
        self.reviews.append(post)
        if rng.random() < answered - (0.12 if strained else 0.0):
            self.answer(post, place)

    def answer(self, post: Post, place: str) -> None:
        """The owner answers some mornings later."""
        rng = self.rng
        day = post.at.astimezone(ZONE).date() + timedelta(days=1 + int(rng.expovariate(0.4)))
        at = instant(
            rng, day, ZONE, tuple(1.0 if hour in {9, 10, 15, 16} else 0.0 for hour in range(24))
        )
        if at >= END:
            return
        templates = (
            bistro.ANSWERS[post.tone]
            if place == "chez-lucienne"
            else bistro.NEIGHBOUR_ANSWERS[-1:]
            if post.tone == "negative"
            else bistro.NEIGHBOUR_ANSWERS[:-1]
        )
        text = self.say(rng.choice(templates), nom=post.author.first_name)
        self.reviews.append(
            Post(
                at,
                post.network,
                "review",
                "reply",
                text,
                self.owners[(place, post.network)],
                place,
                parent=post,
                place=post.place,
            )
        )

    def town(self) -> None:
        """Posts and articles of fourteen months."""
        rng = self.rng
        for index in range((LAST - FIRST).days + 1):
            day = FIRST + timedelta(days=index)
            for place, mean in (
                ("chez-lucienne", 0.2),
                ("bouchon-des-pentes", 0.12),
                ("table-d-hortense", 0.08),
            ):
                for _ in range(poisson(rng, mean)):
                    network = pick(rng, [("instagram", 0.7), ("facebook", 0.3)])
                    author = someone(rng, self.crowds[network], 1.3)
                    name = PLACES[place][0]
                    chez = (
                        ""
                        if place == "chez-lucienne"
                        else "au"
                        if place == "bouchon-des-pentes"
                        else "à"
                    )
                    shown = name.removeprefix("Le ") if chez == "au" else name

                    def write(chez: str = chez, shown: str = shown, name: str = name) -> str:
                        template = rng.choice(bistro.POSTS)
                        inside = template.replace(
                            "{chez} {b}", f"{chez} {shown}" if chez else "Chez Lucienne"
                        )
                        return capital(self.say(inside, b=name))

                    text = self.unique.draw(write)
                    self.posts.append(
                        Post(
                            instant(rng, day, ZONE, SOCIAL_HOURS),
                            network,
                            "social",
                            "post",
                            text,
                            author,
                            place,
                            stats=heat(rng, network, author.audience),
                        )
                    )
            if rng.random() < 0.15 and day.weekday() != 0:
                network = pick(rng, [("instagram", 0.75), ("facebook", 0.25)])
                owner = self.owners[("chez-lucienne", network)]
                text = self.unique.draw(lambda: capital(self.say(rng.choice(bistro.OWN))))
                own = Post(
                    instant(
                        rng,
                        day,
                        ZONE,
                        tuple(1.0 if hour in {10, 11, 17} else 0.0 for hour in range(24)),
                    ),
                    network,
                    "social",
                    "post",
                    text,
                    owner,
                    "chez-lucienne",
                    stats=heat(rng, network, owner.audience),
                )
                self.posts.append(own)
                for _ in range(poisson(rng, 0.5)):
                    author = someone(rng, self.crowds[network], 1.3)
                    at = own.at + timedelta(minutes=rng.randrange(5, 1200))
                    asked = self.unique.draw(
                        lambda: capital(
                            self.say(
                                rng.choice(
                                    [
                                        "Vous ouvrez {quand} chez Lucienne ?",
                                        "Reste-t-il une table {convives} {quand} chez Lucienne ?",
                                        "{plat_c} de chez Lucienne, j'adore ! Bravo",
                                        "{dessert_c} chez Lucienne, un délice, merci !",
                                        "Trop hâte de revenir {convives}, on mange si bien chez Lucienne",
                                    ]
                                )
                            )
                        )
                    )
                    self.posts.append(
                        Post(
                            at,
                            network,
                            "social",
                            "comment",
                            asked,
                            author,
                            "chez-lucienne",
                            parent=own,
                        )
                    )
        press = Author("pr-1", "", "Le Canut du matin", 0)
        for at, title, text in bistro.ARTICLES:
            self.posts.append(
                Post(
                    datetime.fromisoformat(at).replace(tzinfo=ZONE).astimezone(UTC),
                    "news",
                    "news",
                    "article",
                    typeset(text),
                    press,
                    "chez-lucienne",
                    title=typeset(title),
                    outlet="Le Canut du matin",
                )
            )


def write(seed: int) -> tuple[list[list[str]], list[dict[str, Any]], dict[str, Any]]:
    """Rows of the reviews' table, rows of the listening export, and the truth."""
    rng = Random(f"lucienne {seed}")
    tables = Tables(rng)
    for place, (_, _, mean, _, _) in PLACES.items():
        for index in range((LAST - FIRST).days + 1):
            day = FIRST + timedelta(days=index)
            for _ in range(poisson(rng, mean * (1.25 if day.weekday() >= 5 else 0.9))):
                tables.review(place, day)
    tables.town()
    for post in [*tables.reviews, *tables.posts]:
        post.at = post.at.replace(microsecond=0)
    reviews = number(rng, (post for post in tables.reviews if post.at < END), 8100000, 900)
    posts = number(rng, (post for post in tables.posts if post.at < END), 55000000, 9000)
    table = [
        [
            str(post.number),
            post.at.astimezone(ZONE).strftime("%d/%m/%Y %H:%M"),
            SITES[post.network],
            "Avis" if post.kind == "review" else "Réponse du propriétaire",
            PLACES[post.brand or ""][0],
            post.place or "",
            str(post.rating or ""),
            post.title or "",
            post.text,
            post.author.id,
            post.author.handle,
            post.author.name,
            str(post.parent.number) if post.parent else "",
            f"https://{post.network}.example/{post.brand}/{post.number}",
        ]
        for post in reviews
    ]
    names = {"post": "publication", "comment": "commentaire", "article": "article"}
    lines: list[dict[str, Any]] = []
    for post in posts:
        row: dict[str, Any] = {
            "id": str(post.number),
            "date": post.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "canal": "presse" if post.channel == "news" else "social",
            "reseau": post.network,
            "type": names[post.kind],
        }
        if post.title:
            row["titre"] = post.title
        row["texte"] = post.text
        row["url"] = (
            f"https://canut-du-matin.example/{post.at:%Y/%m}/{post.number}"
            if post.outlet
            else f"https://{post.network}.example/{post.author.handle}/{post.number}"
        )
        if post.outlet:
            row["media"] = post.outlet
        if post.parent:
            row["parent"] = str(post.parent.number)
        row["auteur"] = {"id": post.author.id, "nom": post.author.name} | (
            {"compte": "@" + post.author.handle, "abonnes": post.author.audience}
            if post.author.handle
            else {}
        )
        if post.stats:
            row["chiffres"] = {
                {"likes": "aimes", "reposts": "partages", "replies": "commentaires"}[key]: value
                for key, value in post.stats.items()
            }
        lines.append(row)
    own = [post for post in reviews if post.brand == "chez-lucienne" and post.kind == "review"]
    month = [post for post in own if post.at.astimezone(ZONE).date() >= date(2026, 5, 1)]
    answered = {id(post.parent) for post in reviews if post.parent}
    return (
        table,
        lines,
        {
            "reviews": dict(
                sorted(
                    Counter(post.brand or "" for post in reviews if post.kind == "review").items()
                )
            ),
            "own_reviews_answered": sum(id(post) in answered for post in own),
            "last_month": {
                "review_count": len(month),
                "rating_sum": sum(post.rating or 0 for post in month),
                "unanswered_count": sum(id(post) not in answered for post in month),
            },
            "posts": dict(sorted(Counter(post.network for post in posts).items())),
        },
    )
