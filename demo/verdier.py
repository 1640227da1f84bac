"""The first story: Maison Verdier, fourteen months of talk, and a bad buzz in its last week."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import voices_buzz as buzz
import voices_fr as fr
from brands_fr import COMPETITORS, VERDIER, House
from chance import (
    PRESS_HOURS,
    REVIEW_HOURS,
    SOCIAL_HOURS,
    UTC,
    drift,
    instant,
    negative_binomial,
    office_delay,
    pick,
    poisson,
)
from grammar import Unique, capital, contract, expand, follow, typeset
from post import Author, Post, crowd, heat, someone

ZONE = ZoneInfo("Europe/Paris")
FIRST, LAST = date(2025, 4, 1), date(2026, 5, 31)
END = datetime(2026, 6, 1, tzinfo=ZONE).astimezone(UTC)
HOUSES = (VERDIER, *COMPETITORS)
DISPERSION = 1.7
WEEKDAYS = (1.06, 1.05, 1.04, 1.02, 1.0, 0.78, 0.72)
MONTHS = {11: 1.18, 12: 1.45, 1: 1.05, 2: 0.92, 5: 1.08, 7: 0.9, 8: 0.72}
NETWORKS = [
    ("x", 0.24),
    ("instagram", 0.24),
    ("facebook", 0.19),
    ("tiktok", 0.10),
    ("bluesky", 0.05),
    ("youtube", 0.04),
    ("forum", 0.06),
    ("news", 0.035),
    ("blog", 0.02),
]
THEMES = [
    ("qualite", 0.25),
    ("livraison", 0.15),
    ("service", 0.17),
    ("boutique", 0.16),
    ("appli", 0.07),
    ("prix", 0.09),
    ("atelier", 0.11),
]
COMMENTED = {"instagram": 0.5, "facebook": 0.5, "tiktok": 0.45, "youtube": 0.5, "x": 0.1}
OUTAGES = (
    ("2025-08-17T02:00", "2025-08-18T14:00"),
    ("2026-05-12T21:00", "2026-05-13T09:00"),
)
OUTLETS = (
    "L'Écho des Rives",
    "Le Courrier du Bocage",
    "ConsoVigie",
    "Les Nouvelles du Fil",
    "Capital Cuir",
    "Le Phare du Soir",
    "La Dépêche des Coteaux",
    "Minute Éco",
    "Mode & Métiers",
    "Le Petit Estuaire",
    "Radio Marée",
    "Tribune des Marques",
    "Le Quotidien du Vallon",
    "InfoConso",
    "La Lettre du Luxe",
)
BLOGS = (
    "Carnet de cuir",
    "Le sac de Jeanne",
    "Petites coutures",
    "Belle patine",
    "Maison et matières",
)
BUZZ_START, BUZZ_ITEMS = "2026-05-26T20:40", 1250


def local(text: str) -> datetime:
    """A Paris wall-clock time as an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


class Story:
    """Writes every post of the story in an order that the seed alone decides."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.posts: list[Post] = []
        self.reviews: list[Post] = []
        self.unique = Unique()
        sizes = {
            "x": (1700, 310.0),
            "instagram": (1600, 420.0),
            "facebook": (1500, 180.0),
            "tiktok": (900, 260.0),
            "bluesky": (420, 150.0),
            "youtube": (320, 60.0),
            "forum": (140, 0.0),
            "google": (2600, 0.0),
            "app_store": (500, 0.0),
            "shop": (1200, 0.0),
        }
        self.crowds = {
            name: crowd(rng, name, size, median) for name, (size, median) in sizes.items()
        }
        self.own = {
            (house.id, network): Author(
                f"{network[:2]}-{house.handle}",
                "maisonverdier.example"
                if network == "bluesky" and house is VERDIER
                else house.handle,
                house.name,
                audience,
            )
            for house in HOUSES
            for network, audience in (
                ("x", 18400),
                ("instagram", 96200),
                ("facebook", 54100),
                ("tiktok", 31500),
                ("bluesky", 2100),
                ("youtube", 8700),
                ("google", 0),
                ("app_store", 0),
                ("shop", 0),
            )
        }
        self.press = {
            name: Author(f"ne-{index}", "", name, 0)
            for index, name in enumerate((*OUTLETS, *BLOGS))
        }

    # Sentences ---------------------------------------------------------------------------------

    def words(
        self, house: House, author: Author, network: str = "", formal: bool = False
    ) -> dict[str, str]:
        """Slots of a sentence about that brand by that writer."""
        rng = self.rng
        noun, gender = rng.choice(house.products)
        if formal:
            brand = house.name
        elif network in {"x", "instagram", "tiktok", "facebook"} and rng.random() < 0.22:
            brand = "@" + house.handle
        else:
            brand = pick(rng, house.spellings)
        feminine = gender == "f"
        other = (
            rng.choice([one.name for one in HOUSES if one is not house])
            if rng.random() < 0.5
            else "un modèle d'occasion"
        )
        return {
            "b": brand,
            "b0": house.name,
            "n": noun,
            "gender": gender,
            "mon": "ma" if feminine else "mon",
            "le": "la" if feminine else "le",
            "ce": "cette" if feminine else "ce",
            "un": "une" if feminine else "un",
            "il": "elle" if feminine else "il",
            "Il": "Elle" if feminine else "Il",
            "fe": "e" if author.is_woman else "",
            "xse": "se" if author.is_woman else "x",
            "autre": other,
            "heures": str(rng.randrange(5, 19)),
            "surface": str(rng.randrange(8, 30) * 10),
            "pct": str(rng.randrange(3, 19)),
            "effectif": str(rng.randrange(32, 38) * 10),
            "nb": str(rng.randrange(14, 19)),
        }

    def say(
        self, template: str, words: dict[str, str], extra: dict[str, list[str]] | None = None
    ) -> str:
        """The French sentence of a template."""
        return contract(expand(self.rng, template, {**fr.WORDS, **(extra or {})}, words))

    def casual(self, text: str, tone: str, network: str, tags: bool = True) -> str:
        """The sentence as people type it on a network: emoji, hashtags, slips."""
        rng = self.rng
        if network in {"x", "tiktok", "facebook", "youtube"} and rng.random() < 0.18:
            text = text[:1].lower() + text[1:]
        if rng.random() < 0.10:
            text = (
                text.replace("é", "e", 1)
                if rng.random() < 0.5
                else re.sub(r"(\w)\1", r"\1", text, count=1)
            )
        if rng.random() < 0.06:
            text = (
                text.replace("qu'", "k", 1).replace("c'est", "c", 1)
                if network == "tiktok"
                else text.replace(" !", "!!", 1)
            )
        if rng.random() < {"instagram": 0.5, "tiktok": 0.45, "x": 0.22, "facebook": 0.28}.get(
            network, 0.06
        ):
            text += " " + rng.choice(fr.EMOJI[tone]) * rng.choice((1, 1, 1, 2, 3))
        if tags and rng.random() < {
            "instagram": 0.32,
            "tiktok": 0.4,
            "x": 0.16,
            "bluesky": 0.1,
        }.get(network, 0.0):
            text += " " + " ".join(rng.sample(fr.HASHTAGS[tone], rng.choice((1, 1, 2))))
        return text

    def named(self, text: str, words: dict[str, str], house: House) -> str:
        """The text, with the brand in it even when the sentence left it out."""
        if words["b"].lower() in text.lower() or house.name.lower() in text.lower():
            return text
        return self.rng.choice(
            (
                f"{text} ({words['b']})",
                f"{words['b']} : {text[:1].lower() + text[1:]}",
                f"{text} @{house.handle}",
            )
        )

    def opinion(
        self, house: House, author: Author, network: str, tone: str, theme: str | None = None
    ) -> str:
        """What someone thinks of a brand: a core sentence, perhaps a detail and a closing."""
        rng = self.rng

        def write() -> str:
            words = self.words(house, author, network)
            if tone == "neutral":
                core, closings = rng.choice(fr.NEUTRAL), [""]
                details = fr.DETAILS_QUESTION if "?" in core else fr.DETAILS_NEUTRAL
            else:
                bank = fr.POSITIVE if tone == "positive" else fr.NEGATIVE
                core = rng.choice(bank[theme or pick(rng, THEMES)])
                details = fr.DETAILS_POSITIVE if tone == "positive" else fr.DETAILS_NEGATIVE
                closings = fr.CLOSINGS_POSITIVE if tone == "positive" else fr.CLOSINGS_NEGATIVE
            text = capital(self.say(core, words))
            if rng.random() < (
                0.0 if core.startswith(("Vends", "Sondage", "Le catalogue")) else 0.5
            ):
                detail = self.say(rng.choice(details), words)
                text = (
                    f"{text}, {detail}"
                    if not text.endswith("?") and rng.random() < 0.5
                    else follow(text, detail)
                )
            if closings != [""] and rng.random() < 0.4:
                text = follow(text, self.say(rng.choice(closings), words))
            return self.casual(self.named(text, words, house), tone, network)

        return self.unique.draw(write)

    def foreign(self, house: House, tone: str, network: str) -> tuple[str, str]:
        """A sentence in another language, and that language."""
        language = pick(self.rng, [("en", 0.7), ("it", 0.18), ("es", 0.12)])

        def write() -> str:
            words = {"b": pick(self.rng, house.spellings)}
            text = expand(
                self.rng,
                self.rng.choice(fr.FOREIGN[language][tone]),
                {**fr.WORDS, **fr.FOREIGN_WORDS},
                words,
            )
            return self.casual(text, tone, network)

        return self.unique.draw(write), language

    # Posts ---------------------------------------------------------------------------------------

    def add(self, post: Post) -> Post:
        """Keep a post; reposts of it may follow."""
        self.posts.append(post)
        return post

    def social(
        self,
        at: datetime,
        network: str,
        house: House | None,
        tone: str,
        text: str,
        author: Author,
        *,
        story: str | None = None,
        parent: Post | None = None,
        language: str = "fr",
        boost: float = 1.0,
    ) -> Post:
        """One post of a network."""
        kind = (
            "post"
            if parent is None
            else "reply"
            if network in {"x", "bluesky", "forum"}
            else "comment"
        )
        channel = "forum" if network == "forum" else "social"
        return self.add(
            Post(
                at,
                network,
                channel,
                kind,
                text,
                author,
                house.id if house else None,
                tone,
                story,
                language=language,
                parent=parent,
                conversation=(parent.conversation or parent) if parent else None,
                stats={} if network == "forum" else heat(self.rng, network, author.audience, boost),
            )
        )

    def repost(self, original: Post, delay: timedelta) -> None:
        """Someone shares a post as it is."""
        if original.network not in {"x", "bluesky"} or original.at + delay >= END:
            return
        author = someone(self.rng, self.crowds[original.network], 1.4)
        self.add(
            Post(
                original.at + delay,
                original.network,
                "social",
                "repost",
                original.text,
                author,
                original.brand,
                original.tone,
                original.story,
                language=original.language,
                parent=original,
                conversation=original.conversation or original,
            )
        )

    def article(
        self,
        at: datetime,
        house: House | None,
        outlet: str,
        title: str,
        text: str,
        story: str | None = None,
        tone: str = "neutral",
        network: str = "news",
    ) -> Post:
        """A press article or a blog's."""
        return self.add(
            Post(
                at,
                network,
                network,
                "article",
                typeset(text),
                self.press[outlet],
                house.id if house else None,
                tone,
                story,
                title=typeset(title),
                outlet=outlet,
            )
        )

    def reply(self, to: Post, house: House, hours: float) -> None:
        """The brand answers within so many office hours."""
        at = office_delay(to.at, timedelta(hours=hours), ZONE, 9, 18, frozenset({6}))
        if at >= END:
            return
        author = self.own[(house.id, to.network)]

        def write() -> str:
            words = {**self.words(house, author, formal=True), "prenom": to.author.first_name}
            words["signe"] = expand(self.rng, self.rng.choice(fr.SIGNATURES), {}, words)
            return re.sub(
                r"  +", " ", self.say(self.rng.choice(fr.OWN_REPLIES[to.tone]), words, fr.OWN_MORE)
            )

        reply = Post(
            at,
            to.network,
            to.channel,
            "reply"
            if to.network not in {"instagram", "facebook", "tiktok", "youtube"}
            else "comment",
            self.unique.draw(write),
            author,
            house.id,
            "neutral",
            to.story,
            parent=to,
            conversation=to.conversation or to,
            place=to.place,
        )
        (self.reviews if to.channel == "review" else self.posts).append(reply)

    # The daily talk --------------------------------------------------------------------------------

    def talk(self, house: House) -> None:
        """Fourteen months of ordinary posts about a brand, with its own posts and answers."""
        rng = self.rng
        days = (LAST - FIRST).days + 1
        levels = drift(rng, days, 0.16)
        moods = drift(rng, days, 0.25, 4.0)
        own_posts: dict[str, list[Post]] = {}
        for index in range(days):
            day = FIRST + timedelta(days=index)
            for network in ("instagram", "facebook", "x", "tiktok"):
                if rng.random() < (0.42 if house is VERDIER else 0.16):
                    self.own_post(house, network, day, own_posts)
            mean = (
                house.daily_volume
                * levels[index]
                * WEEKDAYS[day.weekday()]
                * MONTHS.get(day.month, 1.0)
            )
            for _ in range(negative_binomial(rng, mean, DISPERSION)):
                self.ordinary(house, day, min(0.6, house.negative_share * moods[index]), own_posts)

    def own_post(
        self, house: House, network: str, day: date, own_posts: dict[str, list[Post]]
    ) -> None:
        """The brand publishes."""
        author = self.own[(house.id, network)]

        def write() -> str:
            words = self.words(house, author, formal=True)
            tail = (
                " " + self.say(self.rng.choice(fr.OWN_TAILS), words)
                if self.rng.random() < 0.7
                else ""
            )
            return capital(self.say(self.rng.choice(fr.OWN_POSTS), words)) + tail

        text = self.unique.draw(write)
        post = self.social(
            instant(
                self.rng,
                day,
                ZONE,
                tuple(w if 8 <= h <= 20 else 0 for h, w in enumerate(SOCIAL_HOURS)),
            ),
            network,
            house,
            "neutral",
            text,
            author,
            boost=0.6,
        )
        own_posts.setdefault(network, []).append(post)

    def ordinary(
        self, house: House, day: date, negative: float, own_posts: dict[str, list[Post]]
    ) -> None:
        """One item of an ordinary day: a post, a comment, an article, a forum message."""
        rng = self.rng
        network = pick(rng, NETWORKS)
        tone = pick(
            rng,
            [
                ("negative", negative),
                ("positive", house.positive_share),
                ("neutral", 1 - negative - house.positive_share),
            ],
        )
        if network in {"news", "blog"}:
            outlet = rng.choice(OUTLETS if network == "news" else BLOGS)
            title, text = self.press_text(house)
            self.article(
                instant(rng, day, ZONE, PRESS_HOURS), house, outlet, title, text, network=network
            )
            return
        author = someone(rng, self.crowds[network])
        at = instant(rng, day, ZONE, SOCIAL_HOURS)
        if network == "forum":
            self.forum_post(house, author, at, tone)
            return
        language = "fr"
        if house is VERDIER and rng.random() < 0.06:
            text, language = self.foreign(house, tone, network)
        else:
            text = self.opinion(house, author, network, tone)
        recent = [
            post
            for post in own_posts.get(network, [])[-3:]
            if post.at < at and at - post.at < timedelta(days=4)
        ]
        parent = (
            rng.choice(recent) if recent and rng.random() < COMMENTED.get(network, 0.0) else None
        )
        post = self.social(at, network, house, tone, text, author, parent=parent, language=language)
        inbound = parent is not None or f"@{house.handle}" in text
        if inbound and rng.random() < (
            {"negative": 0.66, "neutral": 0.6, "positive": 0.4}[tone] if house is VERDIER else 0.4
        ):
            self.reply(post, house, rng.lognormvariate(1.0, 0.9))
        if network in {"x", "bluesky"} and rng.random() < 0.14:
            for _ in range(1 + poisson(rng, 0.6)):
                self.repost(post, timedelta(hours=rng.expovariate(0.4)))

    def press_text(self, house: House) -> tuple[str, str]:
        """A title and two or three sentences."""
        rng = self.rng
        title, bodies = rng.choice(fr.PRESS)
        words = self.words(house, self.press[OUTLETS[0]], formal=True)
        place = {"ville": rng.choice(fr.WORDS["ville"])}
        words |= place

        def write() -> str:
            sentences = list(bodies) if rng.random() < 0.7 else [bodies[0]]
            sentences += rng.sample(fr.PRESS_CONTEXT, rng.choice((1, 1, 2)))
            return " ".join(self.say(one, words) for one in sentences)

        return self.say(title, words), self.unique.draw(write)

    def forum_post(self, house: House, author: Author, at: datetime, tone: str) -> None:
        """A longer message."""
        rng = self.rng
        words = self.words(house, author)
        body = self.opinion(house, author, "forum", tone)
        second = self.opinion(house, author, "forum", tone) if rng.random() < 0.5 else ""
        fillers = [
            self.say(one, words) for one in rng.sample(fr.FORUM_FILLERS, rng.choice((1, 2, 2, 3)))
        ]
        text = rng.choice(fr.FORUM_OPENINGS)
        for part in [body, *fillers, second]:
            text = follow(text, part) if part else text
        self.social(at, "forum", house, tone, text, author)

    # Reviews ---------------------------------------------------------------------------------------

    def review_pages(self) -> None:
        """Reviews of all houses on Google, the app store and the shop; a few also in the listening tool."""
        rng = self.rng
        for house in HOUSES:
            pages = (
                [("google", 1.9), ("app_store", 0.5), ("shop", 1.1)]
                if house is VERDIER
                else [("google", house.daily_volume / 11)]
            )
            for index in range((LAST - FIRST).days + 1):
                day = FIRST + timedelta(days=index)
                for network, mean in pages:
                    crisis = house is VERDIER and day >= date(2026, 5, 27)
                    after_app = (
                        house is VERDIER and network == "app_store" and day >= date(2026, 4, 13)
                    )
                    if crisis:
                        mean *= {"google": 5.0, "app_store": 11.0, "shop": 1.2}[network] * (
                            1.0 if day.day <= 29 else 0.45
                        )
                    for _ in range(poisson(rng, mean)):
                        self.review(
                            house, network, day, 0.72 if crisis else 0.42 if after_app else 0.0
                        )

    def review(self, house: House, network: str, day: date, gloom: float) -> None:
        """One review; gloom is the probability that it is drawn from the angry days."""
        rng = self.rng
        angry = rng.random() < gloom
        rating = (
            pick(rng, [(1, 0.8), (2, 0.2)])
            if angry
            else pick(rng, [(5, 0.56), (4, 0.2), (3, 0.08), (2, 0.06), (1, 0.10)])
        )
        tone = "positive" if rating >= 4 else "negative" if rating <= 2 else "neutral"
        author = someone(rng, self.crowds[network], 1.0)
        theme = (
            "appli"
            if network == "app_store"
            else pick(
                rng,
                [
                    one
                    for one in THEMES
                    if one[0] not in ({"appli"} if network == "google" else {"appli", "boutique"})
                ],
            )
        )
        city = rng.choice(fr.WORDS["ville"])

        def write() -> str:
            words = {**self.words(house, author), "ville": city}
            words["b"] = pick(rng, house.spellings)
            if tone == "neutral":
                text = self.say(rng.choice(fr.REVIEW_MIXED), words)
            elif angry and day >= date(2026, 5, 27):
                text = self.say(rng.choice(buzz.BUZZ["negative"]), words, buzz.BUZZ_WORDS)
            else:
                bank = fr.POSITIVE if tone == "positive" else fr.NEGATIVE
                text = self.say(rng.choice(bank[theme]), words)
                if rng.random() < 0.35:
                    details = fr.DETAILS_POSITIVE if tone == "positive" else fr.DETAILS_NEGATIVE
                    closings = fr.CLOSINGS_POSITIVE if tone == "positive" else fr.CLOSINGS_NEGATIVE
                    text = follow(
                        follow(text, self.say(rng.choice(details), words)),
                        self.say(rng.choice(closings), words),
                    )
                elif rng.random() < 0.5:
                    text = (
                        follow(
                            text,
                            self.say(
                                rng.choice(
                                    fr.DETAILS_POSITIVE
                                    if tone == "positive"
                                    else fr.DETAILS_NEGATIVE
                                ),
                                words,
                            ),
                        )
                        + "."
                    )
            return capital(self.named(text, words, house))

        text = self.unique.draw(write)
        title = (
            self.say(rng.choice(fr.REVIEW_TITLES[tone]), self.words(house, author))
            if network != "google" and rng.random() < 0.8
            else None
        )
        place = (
            f"{house.name} {city}"
            if network == "google"
            else f"{house.name} (application)"
            if network == "app_store"
            else "Boutique en ligne"
        )
        post = Post(
            instant(rng, day, ZONE, REVIEW_HOURS),
            network,
            "review",
            "review",
            text,
            author,
            house.id,
            tone,
            "buzz" if angry and day >= date(2026, 5, 27) else None,
            title=capital(title) if title else None,
            place=place,
            rating=rating,
        )
        self.reviews.append(post)
        if rng.random() < (
            {"google": 0.62, "app_store": 0.35, "shop": 0.45}[network] if house is VERDIER else 0.3
        ):
            self.reply(post, house, rng.lognormvariate(2.2, 0.9))

    # Bursts ------------------------------------------------------------------------------------------

    def burst(
        self,
        house: House,
        start: str,
        hours: float,
        items: int,
        texts: dict[str, list[str]],
        tones: dict[str, float],
        story: str,
        *,
        networks: list[tuple[str, float]],
        hashtag: str = "",
        reposts: float = 0.2,
        peak: float = 0.2,
    ) -> None:
        """A rise and a fall: `items` posts over `hours`, the top at that fraction of them."""
        rng = self.rng
        origin = local(start)
        originals: list[Post] = []
        instants: list[datetime] = [origin]
        while len(instants) < items:
            at = origin + timedelta(hours=hours * rng.triangular(0, 1, peak))
            hour = at.astimezone(ZONE).hour
            if at < END and (hours <= 5 or rng.random() < (SOCIAL_HOURS[hour] + 6) / 72):
                instants.append(at)
        for at in sorted(instants):
            earlier = [
                post
                for post in originals[-60:]
                if post.at < at and post.network in {"x", "bluesky"}
            ]
            if earlier and rng.random() < reposts:
                source = rng.choice(earlier)
                self.repost(source, max(at - source.at, timedelta(seconds=20)))
                continue
            # The first of the list is where it began.
            network = pick(rng, networks) if originals else networks[0][0]
            tone = (
                pick(rng, list(tones.items()))
                if originals
                else max(tones, key=lambda one: tones[one])
            )
            author = someone(rng, self.crowds[network], 1.5)

            def write(network: str = network, tone: str = tone, author: Author = author) -> str:
                words = self.words(house, author, network)
                text = capital(self.say(rng.choice(texts[tone]), words, buzz.BUZZ_WORDS))
                if rng.random() < 0.45:
                    details = {
                        "positive": fr.DETAILS_POSITIVE,
                        "neutral": fr.DETAILS_NEUTRAL,
                        "negative": fr.DETAILS_NEGATIVE,
                    }[tone]
                    if (
                        story not in {"contest", "television", "campaign", "opening"}
                        or tone == "neutral"
                    ):
                        text = follow(text, self.say(rng.choice(details), words, buzz.BUZZ_WORDS))
                if hashtag and rng.random() < 0.4:
                    text += f" {hashtag}"
                return self.casual(self.named(text, words, house), tone, network, tags=False)

            originals.append(
                self.social(at, network, house, tone, self.unique.draw(write), author, story=story)
            )

    def benign_and_older(self) -> None:
        """Campaigns, a contest, television, an opening; two older crises."""
        wide = [("x", 0.3), ("instagram", 0.35), ("facebook", 0.2), ("tiktok", 0.15)]
        fond = {"positive": 0.6, "neutral": 0.35, "negative": 0.05}
        self.burst(
            VERDIER,
            "2025-05-19T08:00",
            110,
            130,
            buzz.MOTHERS,
            fond,
            "campaign",
            networks=wide,
            hashtag="#fetedesmeres",
        )
        self.burst(
            VERDIER,
            "2025-09-15T09:00",
            60,
            340,
            buzz.CAMPAIGN,
            fond,
            "campaign",
            networks=wide,
            hashtag="#GestesVerdier",
        )
        self.burst(
            VERDIER,
            "2025-12-08T12:00",
            44,
            420,
            buzz.CONTEST,
            {"positive": 0.4, "neutral": 0.58, "negative": 0.02},
            "contest",
            networks=[("x", 0.5), ("instagram", 0.5)],
            hashtag="#ConcoursVerdier",
            reposts=0.7,
        )
        self.burst(
            VERDIER,
            "2026-01-18T21:05",
            4,
            260,
            buzz.TELEVISION,
            {"positive": 0.6, "neutral": 0.33, "negative": 0.07},
            "television",
            networks=[("x", 0.7), ("bluesky", 0.15), ("facebook", 0.15)],
            peak=0.3,
        )
        self.burst(
            VERDIER, "2026-03-09T10:00", 30, 110, buzz.OPENING, fond, "opening", networks=wide
        )
        self.burst(
            VERDIER,
            "2026-05-18T08:00",
            110,
            190,
            buzz.MOTHERS,
            fond,
            "campaign",
            networks=wide,
            hashtag="#fetedesmeres",
        )
        self.burst(
            COMPETITORS[0],
            "2025-10-06T09:00",
            40,
            150,
            {
                tone: [t.replace(" « Gestes »", "") for t in lines]
                for tone, lines in buzz.CAMPAIGN.items()
            },
            fond,
            "campaign",
            networks=wide,
        )
        self.burst(
            COMPETITORS[2],
            "2026-04-20T09:00",
            30,
            90,
            {
                tone: [t.replace(" de Noël", "") for t in lines]
                for tone, lines in buzz.CONTEST.items()
            },
            {"positive": 0.4, "neutral": 0.58, "negative": 0.02},
            "contest",
            networks=[("instagram", 1.0)],
        )
        cross = {"negative": 0.72, "neutral": 0.2, "positive": 0.08}
        self.burst(
            VERDIER,
            "2025-11-26T18:20",
            84,
            230,
            buzz.DELAYS,
            cross,
            "delays",
            networks=[("x", 0.5), ("facebook", 0.3), ("instagram", 0.2)],
            hashtag="#maisonverdier",
            reposts=0.35,
            peak=0.25,
        )
        for at, outlet in (
            ("2025-11-27T10:10", "InfoConso"),
            ("2025-11-27T16:40", "Le Phare du Soir"),
        ):
            self.article(
                local(at), VERDIER, outlet, *buzz.DELAYS_PRESS[0], story="delays", tone="negative"
            )
        self.burst(
            COMPETITORS[1],
            "2026-02-11T09:10",
            96,
            430,
            buzz.GREENWASH,
            cross,
            "greenwash",
            networks=[("x", 0.5), ("bluesky", 0.1), ("facebook", 0.2), ("instagram", 0.2)],
            reposts=0.4,
            peak=0.15,
        )
        for at, outlet, which in (
            ("2026-02-11T06:30", "ConsoVigie", 0),
            ("2026-02-11T08:45", "Minute Éco", 1),
            ("2026-02-11T12:10", "InfoConso", 1),
            ("2026-02-12T07:20", "Le Phare du Soir", 0),
            ("2026-02-13T17:00", "Capital Cuir", 2),
        ):
            self.article(
                local(at),
                COMPETITORS[1],
                outlet,
                *buzz.GREENWASH_PRESS[which],
                story="greenwash",
                tone="negative",
            )

    def bad_buzz(self) -> None:
        """The crisis of the reported week, from the first video to the last reimbursement."""
        rng = self.rng
        start = local(BUZZ_START)
        creator = Author("ti999001", "lea.deballe.tout", "Léa D.", 48200, True)
        video = self.social(
            start, "tiktok", VERDIER, "negative", buzz.BUZZ_FIRST_VIDEO, creator, story="buzz"
        )
        video.stats = {"likes": 61240, "replies": 4870, "reposts": 9120, "views": 1184000}
        amplifier = Author("x-999002", "conso_sans_filtre", "Conso sans filtre", 212000)
        relay = self.social(
            local("2026-05-26T22:12"),
            "x",
            VERDIER,
            "negative",
            "Deux débits de 310 €, et le service client de @maisonverdier qui ferme le dossier. La vidéo est accablante, c'est honteux. #VerdierRembourse",
            amplifier,
            story="buzz",
        )
        relay.stats = {"likes": 7420, "replies": 690, "reposts": 3310, "views": 604000}
        statements = [
            self.social(
                local(at),
                network,
                VERDIER,
                "neutral",
                text,
                self.own[(VERDIER.id, network)],
                story="buzz",
                boost=3.0,
            )
            for at, text in buzz.BUZZ_STATEMENTS
            for network in ("x", "instagram", "facebook")
        ]
        hours = [self._buzz_rate(hour) for hour in range(124)]
        # Night hours of the local clock damp the spread, as they do everything else.
        hours = [
            rate * (SOCIAL_HOURS[(start + timedelta(hours=h)).astimezone(ZONE).hour] + 4) / 60
            for h, rate in enumerate(hours)
        ]
        originals: list[Post] = [video, relay]
        schedule = sorted(
            pick(rng, list(enumerate(hours))) + rng.random() for _ in range(BUZZ_ITEMS)
        )
        for elapsed in schedule:
            at = start + timedelta(hours=elapsed, seconds=30)
            if at >= END:
                continue
            sources = [
                post
                for post in originals[-90:]
                if post.network in {"x", "bluesky"} and post.at < at
            ]
            if sources and rng.random() < 0.42:
                source = relay if relay.at < at and rng.random() < 0.22 else rng.choice(sources)
                self.repost(source, at - source.at)
                continue
            originals.append(self._buzz_post(at, elapsed, video, statements))
        self._buzz_press(start)

    @staticmethod
    def _buzz_rate(hour: int) -> float:
        """Relative intensity of the hour: rise, press, first statement, apology, decline."""
        rise = (1 - 2.718281828 ** (-(hour + 0.8) / 3)) ** 1.4
        rate = rise * 2.718281828 ** (-hour / 38)
        if 11 <= hour < 20:
            rate *= 1.5
        if 15 <= hour < 24:
            rate *= 1.25
        if hour >= 46:
            rate *= 0.62
        if 86 <= hour < 92:
            rate *= 1.6
        return float(rate)

    def _buzz_post(self, at: datetime, elapsed: float, video: Post, statements: list[Post]) -> Post:
        rng = self.rng
        if elapsed < 2.5:
            networks = [("tiktok", 0.78), ("instagram", 0.12), ("x", 0.10)]
        elif elapsed < 11:
            networks = [("tiktok", 0.34), ("x", 0.46), ("instagram", 0.15), ("bluesky", 0.05)]
        else:
            networks = [
                ("x", 0.44),
                ("facebook", 0.24),
                ("instagram", 0.14),
                ("tiktok", 0.12),
                ("bluesky", 0.06),
            ]
        network = pick(rng, networks)
        tones = [("negative", 0.8), ("neutral", 0.18), ("positive", 0.02)]
        if elapsed > 43:
            tones = [("negative", 0.5), ("neutral", 0.27), ("positive", 0.23)]
        tone = pick(rng, tones)
        author = someone(rng, self.crowds[network], 1.25)
        asked = elapsed > 15
        bank = [
            line
            for line in buzz.BUZZ[tone]
            if asked
            or not any(
                word in line
                for word in ("communiqué", "Certaines", "annonce que", "rembours", "virale pour")
            )
        ]
        if elapsed <= 43:
            bank = [
                line
                for line in bank
                if tone != "positive" or "soutiens" in line or "adorable" in line
            ] or buzz.BUZZ["positive"][4:5]

        def write() -> str:
            words = self.words(VERDIER, author, network)
            text = capital(self.say(rng.choice(bank), words, buzz.BUZZ_WORDS))
            if rng.random() < 0.5 and tone == "negative":
                text = follow(text, self.say(rng.choice(buzz.BUZZ_DETAILS), words, buzz.BUZZ_WORDS))
            if rng.random() < 0.38:
                text += " #VerdierRembourse"
            return self.casual(self.named(text, words, VERDIER), tone, network, tags=False)

        text = self.unique.draw(write)
        said = [post for post in statements if post.network == network and post.at < at]
        parent = None
        if said and rng.random() < 0.4:
            parent = said[-1]
        elif network == "tiktok" and rng.random() < 0.55:
            parent = video
        post = self.social(
            at, network, VERDIER, tone, text, author, story="buzz", parent=parent, boost=2.2
        )
        inbound = f"@{VERDIER.handle}" in text or (
            parent is not None and parent.author in self.own.values()
        )
        # Overwhelmed on the first two days, the team answers more from Thursday on.
        if inbound and tone != "positive" and rng.random() < (0.22 if elapsed < 42 else 0.62):
            self.reply(post, VERDIER, rng.lognormvariate(2.1 if elapsed < 42 else 1.0, 0.8))
        return post

    def _buzz_press(self, start: datetime) -> None:
        rng = self.rng
        self.article(
            local("2026-05-27T07:42"),
            VERDIER,
            "L'Écho des Rives",
            *buzz.BUZZ_PRESS[0],
            story="buzz",
            tone="negative",
        )
        for index, outlet in enumerate(
            (
                "Le Phare du Soir",
                "La Dépêche des Coteaux",
                "Radio Marée",
                "Le Petit Estuaire",
                "Le Quotidien du Vallon",
                "Le Courrier du Bocage",
            )
        ):
            self.article(
                local("2026-05-27T09:15") + timedelta(minutes=17 * index + rng.randrange(9)),
                VERDIER,
                outlet,
                *buzz.BUZZ_WIRE,
                story="buzz",
                tone="negative",
            )
        slots = [
            ("2026-05-27T10:20", "ConsoVigie", 2),
            ("2026-05-27T12:05", "InfoConso", 1),
            ("2026-05-27T13:40", "Minute Éco", 1),
            ("2026-05-27T17:30", "Tribune des Marques", 3),
            ("2026-05-27T18:10", "La Lettre du Luxe", 4),
            ("2026-05-28T06:55", "Capital Cuir", 3),
            ("2026-05-28T08:20", "Mode & Métiers", 1),
            ("2026-05-28T09:05", "Les Nouvelles du Fil", 4),
        ]
        for at, outlet, which in slots:
            title, text = buzz.BUZZ_PRESS[which]
            context = " ".join(
                rng.sample(
                    [
                        "La vidéo a été vue plus d'un million de fois.",
                        "Contactée, la direction dit « vérifier chaque dossier ».",
                        "L'application avait été lancée à la mi-avril.",
                        "Une association de consommateurs suit le dossier.",
                        "Les achats en boutique ne sont pas concernés.",
                    ],
                    2,
                )
            )
            self.article(
                local(at),
                VERDIER,
                outlet,
                title,
                f"{text} {context}",
                story="buzz",
                tone="negative",
            )
        late = [
            ("2026-05-28T15:50", "L'Écho des Rives", 0),
            ("2026-05-28T16:30", "Minute Éco", 0),
            ("2026-05-28T17:45", "Le Phare du Soir", 1),
            ("2026-05-29T07:15", "ConsoVigie", 1),
            ("2026-05-30T14:20", "InfoConso", 2),
        ]
        for at, outlet, which in late:
            self.article(
                local(at),
                VERDIER,
                outlet,
                *buzz.BUZZ_PRESS_LATE[which],
                story="buzz",
                tone="neutral",
            )

    # Noise --------------------------------------------------------------------------------------------

    def noise(self) -> None:
        """Homonyms, posts about nobody, contest robots."""
        rng = self.rng
        robots = [
            ("x", Author("x-900001", "concours_malin_365", "Concours Malin", 15400)),
            ("x", Author("x-900002", "gagne_tout_fr", "Gagne Tout", 9800)),
            ("instagram", Author("in-900003", "concours.malin.365", "Concours Malin", 22100)),
        ]
        for index in range((LAST - FIRST).days + 1):
            day = FIRST + timedelta(days=index)
            contest = date(2025, 12, 8) <= day <= date(2025, 12, 10)
            for _ in range(poisson(rng, 1.3)):
                self._noise(rng.choice(fr.HOMONYMS), day, "homonym")
            for _ in range(poisson(rng, 0.45)):
                self._noise(rng.choice(fr.NO_BRAND), day, "nobody")
            for _ in range(poisson(rng, 14.0 if contest else 0.35)):
                network, robot = rng.choice(robots)
                text = self.unique.draw(
                    lambda robot=robot: self.say(
                        "🎁 CONCOURS : gagne {un} {n} {b} {couleur} ! Suis, partage et identifie {nbamis} amis avant {heure} h #concours #gagner",
                        {
                            **self.words(VERDIER, robot),
                            "nbamis": str(rng.randrange(2, 5)),
                            "heure": str(rng.randrange(8, 24)),
                        },
                    )
                )
                self.social(
                    instant(rng, day, ZONE, SOCIAL_HOURS),
                    network,
                    None,
                    "neutral",
                    text,
                    robot,
                    story="robot",
                )

    def _noise(self, template: str, day: date, story: str) -> None:
        network = pick(self.rng, [("x", 0.6), ("bluesky", 0.1), ("facebook", 0.3)])
        author = someone(self.rng, self.crowds[network])
        text = self.unique.draw(
            lambda: self.casual(self.say(template, self.words(VERDIER, author)), "neutral", "")
        )
        self.social(
            instant(self.rng, day, ZONE, SOCIAL_HOURS),
            network,
            None,
            "neutral",
            text,
            author,
            story=story,
        )
