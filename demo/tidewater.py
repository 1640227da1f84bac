"""The second story: Tidewater's forum, its staff's answers, and what is said elsewhere."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import voices_dev as dev
from chance import (
    OFFICE_HOURS,
    PRESS_HOURS,
    SOCIAL_HOURS,
    UTC,
    drift,
    followers,
    instant,
    negative_binomial,
    office_delay,
    pick,
    poisson,
)
from grammar import Unique, capital, expand
from post import Author, Post, crowd, heat, number, someone

ZONE = ZoneInfo("America/New_York")
FIRST, LAST = date(2025, 4, 1), date(2026, 5, 31)
END = datetime(2026, 6, 1, tzinfo=ZONE).astimezone(UTC)
STAFF = (("tw-maya", "Maya"), ("tw-jonas", "Jonas"), ("tw-priya", "Priya"))
WEEKDAYS = (1.15, 1.2, 1.2, 1.15, 1.0, 0.45, 0.42)
BRANDS = {"tidewater": "Tidewater", "kelpstack": "Kelpstack", "gantryline": "Gantryline"}
NETWORKS = [
    ("x", 0.30),
    ("bluesky", 0.18),
    ("mastodon", 0.14),
    ("reddit", 0.20),
    ("hackernews", 0.10),
    ("news", 0.08),
]
OUTLETS = ("Build Weekly", "The Pipeline Post", "Dev Ledger", "Infra Notes")


class Member(Author):
    """A forum member: writes from the first day on, and goes quiet after `leaves`."""

    rate: float = 1.0
    leaves: date = LAST


class Town:
    """Writes the forum's topics and the posts of other networks."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.unique = Unique()
        self.forum: list[Post] = []
        self.posts: list[Post] = []
        self.names = crowd(rng, "forum", 900, 0.0, english=True)
        self.staff = [
            Author(f"staff-{index}", handle, name, 0) for index, (handle, name) in enumerate(STAFF)
        ]
        self.releases = Author("staff-9", "tw-releases", "Tidewater releases", 0)
        self.members: list[Member] = []
        for _ in range(70):
            self.join(FIRST, regular=rng.random() < 0.5)
        self.crowds = {
            name: crowd(rng, name, size, median, english=True)
            for name, size, median in (
                ("x", 500, 420.0),
                ("bluesky", 300, 180.0),
                ("mastodon", 260, 210.0),
                ("reddit", 400, 0.0),
                ("hackernews", 300, 0.0),
            )
        }

    def join(self, day: date, regular: bool) -> Member:
        """A new member, with a lifetime that only some stretch to years."""
        who = self.names[len(self.members)]
        member = Member(
            f"u{1000 + len(self.members)}",
            who.handle.replace(".", "-"),
            who.name,
            followers(self.rng, 1),
        )
        member.rate = (
            self.rng.lognormvariate(1.2, 0.6) if regular else self.rng.lognormvariate(-0.9, 0.7)
        )
        member.leaves = day + timedelta(
            days=int(self.rng.expovariate(1 / (330 if regular else 24))) + 1
        )
        self.members.append(member)
        return member

    def member(self, day: date, besides: Author | None = None) -> Member:
        """Someone active on that day, the busy ones more often."""
        active = [
            (one, one.rate) for one in self.members if one.leaves >= day and one is not besides
        ]
        return pick(self.rng, active)

    def say(self, template: str, **words: str) -> str:
        """The English sentence of a template."""
        return expand(self.rng, template, dev.WORDS, words)

    def later(self, at: datetime, hours: float) -> datetime:
        """That many hours on, moved out of the American night."""
        then = at + timedelta(hours=hours)
        local = then.astimezone(ZONE)
        if local.hour < 7:
            then += timedelta(hours=7 - local.hour, minutes=self.rng.randrange(60))
        return then

    def answer(
        self, topic: Post, parent: Post, author: Author, text: str, at: datetime
    ) -> Post | None:
        """A reply in a topic, unless it falls after the export."""
        if at >= END:
            return None
        tone = "neutral"
        post = Post(
            at,
            "forum",
            "community",
            "reply",
            text,
            author,
            "tidewater",
            tone,
            parent=parent,
            conversation=topic,
            title=topic.title,
            language="en",
            stats={"likes": poisson(self.rng, 0.7)},
        )
        self.forum.append(post)
        return post

    def topic(self, day: date, busy: float) -> None:
        """A question (or a showcase) and what follows it."""
        rng = self.rng
        newcomer = rng.random() < 0.24
        author = (
            self.join(day, regular=rng.random() < 0.16)
            if newcomer and len(self.members) < len(self.names)
            else self.member(day)
        )
        at = instant(
            rng,
            day,
            ZONE,
            tuple(0.5 * a + b for a, b in zip(SOCIAL_HOURS, OFFICE_HOURS, strict=True)),
        )
        words = {
            "os": rng.choice(dev.WORDS["os"]),
            "lang": rng.choice(dev.WORDS["lang"]),
            "version": rng.choice(
                dev.WORDS["version"][:6] if day < date(2026, 3, 24) else dev.WORDS["version"][5:7]
            ),
            "thing": rng.choice(dev.WORDS["thing"]),
            "feature": rng.choice(dev.WORDS["feature"]),
            "rival": rng.choice(dev.WORDS["rival"]),
            "code": rng.choice(dev.WORDS["code"]),
            "team": rng.choice(dev.WORDS["team"]),
        }
        if day < date(2026, 3, 24) and words["version"].startswith("6"):
            words["version"] = "5.2"
        if rng.random() < 0.07:
            title, body = rng.choice(dev.SHOWCASES)
            members, staff, kind = (
                dev.RELEASE_REPLIES["positive"][2:3] + dev.RELEASE_REPLIES["neutral"][:1],
                ["Love this, thank you for sharing! I will mention it in the next newsletter."],
                "post",
            )
            bodies = [body]
        else:
            title, bodies, members, staff = rng.choice(dev.TOPICS)
            kind = "question"
        title = self.say(title, **words)
        opening = (
            ""
            if not newcomer or rng.random() < 0.5
            else rng.choice(
                ["First post here, please be gentle. ", "New to Tidewater. ", "Hello everyone! "]
            )
        )
        text = self.unique.draw(
            lambda: self.decorated(
                opening + self.say(rng.choice(bodies), **words),
                words,
                0.0 if kind == "post" else 0.75,
            )
        )
        topic = Post(
            at,
            "forum",
            "community",
            kind,
            text,
            author,
            "tidewater",
            "neutral",
            title=title,
            language="en",
            stats={"likes": poisson(rng, 1.1), "views": 20 + poisson(rng, 60)},
        )
        self.forum.append(topic)
        last = topic
        helped = False
        for _ in range(poisson(rng, 0.9)):
            who = self.member(day, author)
            reply = self.answer(
                topic,
                topic if rng.random() < 0.7 else last,
                who,
                self.unique.draw(
                    lambda: self.decorated(
                        self.say(
                            rng.choice(members if rng.random() < 0.65 else dev.FOLLOW), **words
                        ),
                        words,
                        0.5,
                    )
                ),
                self.later(topic.at, rng.lognormvariate(1.0, 1.1)),
            )
            if reply:
                last, helped = reply, True
        if kind == "question" and rng.random() < 0.74 / busy:
            person = rng.choice(self.staff)
            at = office_delay(
                topic.at,
                timedelta(hours=rng.lognormvariate(0.45 + 0.5 * (busy - 1), 0.95)),
                ZONE,
                9,
                18,
            )
            body = self.unique.draw(
                lambda: (
                    self.say(rng.choice(dev.STAFF_INTROS), first=author.first_name)
                    + self.say(rng.choice(staff), **words)
                    + (self.say(rng.choice(dev.STAFF_MORE), **words) if rng.random() < 0.45 else "")
                    + self.say(rng.choice(dev.STAFF_SIGN), staff=person.name)
                )
            )
            reply = self.answer(topic, topic, person, capital(body), at)
            if reply:
                last, helped = reply, True
        if helped and rng.random() < 0.55:
            lines = dev.THANKS if rng.random() < 0.72 else dev.STILL
            self.answer(
                topic,
                last,
                author,
                self.unique.draw(
                    lambda: (
                        self.say(rng.choice(lines), **words)
                        + (rng.choice(dev.AFTERWORDS) if rng.random() < 0.75 else "")
                    )
                ),
                self.later(last.at, rng.lognormvariate(0.6, 1.2)),
            )

    def decorated(self, text: str, words: dict[str, str], chance: float = 0.75) -> str:
        """The message with the particulars that people add."""
        if self.rng.random() < chance:
            text += " " + self.say(
                self.rng.choice(
                    [
                        "Context: {lang} on {os}.",
                        "We are on {version}.",
                        "About {size} builds a day here.",
                        "It costs us {minutes} minutes per run.",
                        "This is for {team}.",
                        "For what it is worth, {thing} works fine.",
                        "The log says {code}.",
                        "I also tried changing {file}.",
                        "Happening {since}.",
                        "{team_c} runs {lang} on {os}.",
                        "I can share {file} if useful.",
                        "We have seen it {since}, with {size} jobs.",
                        "Not urgent, {minutes} minutes is bearable.",
                    ]
                ),
                **words,
            )
        return text

    def announcements(self) -> None:
        """Releases, prices and an incident, with their replies."""
        rng = self.rng
        for at, title, text in dev.RELEASES:
            start = datetime.fromisoformat(at).replace(tzinfo=ZONE).astimezone(UTC)
            topic = Post(
                start,
                "forum",
                "community",
                "post",
                text,
                self.releases,
                "tidewater",
                title=title,
                language="en",
                stats={"likes": 18 + poisson(rng, 20), "views": 900},
            )
            self.forum.append(topic)
            bad = "pricing" in title or "Incident" in title
            for _ in range(16 + poisson(rng, 14)):
                tone = pick(
                    rng,
                    [
                        ("positive", 0.12 if bad else 0.55),
                        ("neutral", 0.3),
                        ("negative", 0.58 if bad else 0.15),
                    ],
                )
                who = self.member(start.date())
                moment = self.later(start, rng.expovariate(1 / 14))
                reply = self.answer(
                    topic,
                    topic,
                    who,
                    self.unique.draw(
                        lambda tone=tone: (
                            self.say(rng.choice(dev.RELEASE_REPLIES[tone]))
                            + (
                                self.say(
                                    rng.choice(
                                        [
                                            " We run {lang} on {os}.",
                                            " {size} builds a day here.",
                                            " Asking for {team}.",
                                        ]
                                    )
                                )
                                if rng.random() < 0.5
                                else ""
                            )
                        )
                    ),
                    moment,
                )
                if reply and tone != "positive" and rng.random() < 0.5:
                    person = rng.choice(self.staff)
                    text = self.unique.draw(
                        lambda who=who: (
                            f"Hi {who.first_name}, "
                            + rng.choice(
                                [
                                    self.say("yes, see the notes for {os}."),
                                    self.say(
                                        "sorry about that, could you open a topic with {file}?"
                                    ),
                                    self.say("we hear you; {thing} gets a fix this week."),
                                    self.say(
                                        "thanks for saying it plainly. I passed it on to the people who own {thing}."
                                    ),
                                ]
                            )
                        )
                    )
                    self.answer(
                        topic,
                        reply,
                        person,
                        text,
                        office_delay(
                            reply.at, timedelta(hours=rng.lognormvariate(0.6, 0.8)), ZONE, 9, 18
                        ),
                    )

    # Elsewhere -------------------------------------------------------------------------------------------

    def elsewhere(self) -> None:
        """Fourteen months of posts, links and articles about the three tools."""
        rng = self.rng
        days = (LAST - FIRST).days + 1
        bursts = {date.fromisoformat(at[:10]): (70, title) for at, title, _ in dev.RELEASES}
        for brand, mean in (("tidewater", 5.2), ("kelpstack", 3.4), ("gantryline", 2.2)):
            levels = drift(rng, days, 0.2)
            for index in range(days):
                day = FIRST + timedelta(days=index)
                count = negative_binomial(
                    rng, mean * levels[index] * (WEEKDAYS[day.weekday()] * 0.8 + 0.2), 1.6
                )
                for _ in range(count):
                    self.item(brand, day, None)
                if brand == "tidewater":
                    for back, share in ((0, 0.6), (1, 0.28), (2, 0.12)):
                        burst = bursts.get(day - timedelta(days=back))
                        if burst:
                            bad = "pricing" in burst[1] or "Incident" in burst[1]
                            for _ in range(poisson(rng, burst[0] * share * 0.6)):
                                self.item(
                                    brand,
                                    day,
                                    {
                                        "positive": 0.1 if bad else 0.5,
                                        "neutral": 0.3,
                                        "negative": 0.6 if bad else 0.2,
                                    },
                                )
        for index in range(days):
            day = FIRST + timedelta(days=index)
            if rng.random() < 0.12:
                self.posts.append(
                    Post(
                        instant(rng, day, ZONE, SOCIAL_HOURS),
                        "x",
                        "social",
                        "post",
                        self.unique.draw(
                            lambda: (
                                rng.choice(dev.HOMONYMS)
                                + rng.choice(
                                    [
                                        "",
                                        " 🌊",
                                        " today",
                                        " #nature",
                                        f" ({rng.randrange(50, 80)} °F)",
                                    ]
                                )
                            )
                        ),
                        someone(rng, self.crowds["x"]),
                        None,
                        language="en",
                    )
                )
            if rng.random() < 0.1:
                robot = Author("x-800001", "devjobs_firehose", "Dev jobs", 12900)
                self.posts.append(
                    Post(
                        instant(rng, day, ZONE, SOCIAL_HOURS),
                        "x",
                        "social",
                        "post",
                        self.unique.draw(
                            lambda: self.say(
                                "HIRING: {lang} engineer, Tidewater experience a plus, {os}, {money} bonus #devjobs"
                            )
                        ),
                        robot,
                        None,
                        language="en",
                    )
                )

    def item(self, brand: str, day: date, tones: dict[str, float] | None) -> None:
        """One post, link, comment or article."""
        rng = self.rng
        network = pick(rng, NETWORKS)
        tone = pick(
            rng, list((tones or {"positive": 0.34, "neutral": 0.46, "negative": 0.20}).items())
        )
        name = BRANDS[brand]
        if brand == "tidewater" and network in {"x", "mastodon", "bluesky"}:
            name = pick(
                rng,
                [
                    ("Tidewater", 0.7),
                    ("Tidewater CI", 0.12),
                    ("@tidewaterci", 0.18 if network == "x" else 0.0),
                ],
            )
        other = rng.choice([one for one in BRANDS.values() if one != BRANDS[brand]])
        if network == "news":
            title, text = rng.choice(dev.NEWS)
            words = {"b": BRANDS[brand], "feature": rng.choice(dev.WORDS["feature"])}
            outlet = rng.choice(OUTLETS)
            body = self.unique.draw(
                lambda: (
                    self.say(text, **words)
                    + " "
                    + self.say(
                        rng.choice(
                            [
                                "The tool is popular with {lang} developers.",
                                "It competes with {rival}.",
                                "About {size} companies took part.",
                                "The change concerns {thing}.",
                                "Teams report builds of {fast} minutes instead of {minutes}.",
                                "Users of {os} will wait a little longer.",
                            ]
                        ),
                        rival=other,
                    )
                )
            )
            self.posts.append(
                Post(
                    instant(rng, day, ZONE, PRESS_HOURS),
                    "news",
                    "news",
                    "article",
                    body,
                    Author(f"ne-{OUTLETS.index(outlet)}", "", outlet, 0),
                    brand,
                    tone,
                    title=self.say(title, **words),
                    outlet=outlet,
                    language="en",
                )
            )
            return
        author = someone(rng, self.crowds[network], 1.8)

        def write() -> str:
            words = {"b": name, "other": other}
            text = capital(self.say(rng.choice(dev.SOCIAL[tone]), **words))
            if rng.random() < (0.9 if network in {"reddit", "hackernews"} else 0.45):
                text += f"{'' if text.endswith('?') else '.'} {capital(self.say(rng.choice(dev.SOCIAL_MORE[tone])))}."
            if network in {"x", "bluesky", "mastodon"} and rng.random() < 0.18:
                text += " " + rng.choice(
                    {
                        "positive": ["🎉", "🚀", "#ci", "#devtools"],
                        "neutral": ["🤔", "#devtools", "#ci"],
                        "negative": ["😤", "🤦", "#ci"],
                    }[tone]
                )
            return text

        title = (
            self.say(rng.choice(dev.HN_TITLES), b=BRANDS[brand], other=other)
            if network in {"reddit", "hackernews"} and rng.random() < 0.4
            else None
        )
        post = Post(
            instant(rng, day, ZONE, SOCIAL_HOURS),
            network,
            "social",
            "post" if network not in {"hackernews", "reddit"} or title else "comment",
            self.unique.draw(write),
            author,
            brand,
            tone,
            title=title,
            language="en",
            stats=heat(rng, network, max(author.audience, 60)),
        )
        self.posts.append(post)
        if (
            brand == "tidewater"
            and network in {"x", "reddit", "bluesky"}
            and tone != "positive"
            and ("@" in name or rng.random() < 0.12)
            and rng.random() < 0.6
        ):
            handle = {
                "x": "tidewaterci",
                "bluesky": "tidewaterci.example",
                "reddit": "tidewater_team",
            }[network]
            text = self.unique.draw(
                lambda: self.say(
                    rng.choice(
                        [
                            "Hi {first}, sorry to read that. Could you open a topic on the forum with {file}? We will look today.",
                            "Hi {first}, yes: {feature} covers this, docs linked below.",
                            "Thanks {first}, a fix for {thing} ships this week.",
                            "Hi {first}, which version? {version} had a known problem with {thing}.",
                        ]
                    ),
                    first=author.first_name,
                )
            )
            at = office_delay(post.at, timedelta(hours=rng.lognormvariate(0.9, 0.8)), ZONE, 9, 18)
            if at < END:
                self.posts.append(
                    Post(
                        at,
                        network,
                        "social",
                        "reply",
                        text,
                        Author(f"{network[:2]}-tw", handle, "Tidewater", 8400),
                        brand,
                        parent=post,
                        language="en",
                        stats=heat(rng, network, 200),
                    )
                )
        if network in {"x", "bluesky", "mastodon"} and rng.random() < 0.08:
            sharer = someone(rng, self.crowds[network], 1.4)
            at = post.at + timedelta(hours=rng.expovariate(0.3))
            if at < END:
                self.posts.append(
                    Post(
                        at,
                        network,
                        "social",
                        "repost",
                        post.text,
                        sharer,
                        brand,
                        tone,
                        parent=post,
                        language="en",
                    )
                )


def forum_row(post: Post, answers: Counter[int]) -> dict[str, Any]:
    """One line of the forum's export."""
    topic = post.conversation or post
    kind = (
        "announcement"
        if post.author.handle == "tw-releases" and post is topic
        else {"question": "question", "post": "showcase", "reply": "reply"}[post.kind]
    )
    row: dict[str, Any] = {
        "post_id": str(post.number),
        "created_at": post.at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "post_type": kind,
        "topic": {"id": str(topic.number), "title": topic.title},
        "raw": post.text,
        "user": {"id": post.author.id, "username": post.author.handle, "name": post.author.name},
    }
    if post.parent:
        row["reply_to_post_id"] = str(post.parent.number)
    row |= {
        "like_count": post.stats.get("likes", 0),
        "reply_count": answers[id(post)],
        "post_url": f"https://forum.tidewater.example/t/{topic.number}/{post.number}",
    }
    if "views" in post.stats:
        row["reads"] = post.stats["views"]
    return row


def social_row(post: Post) -> dict[str, Any]:
    """One line of the listening tool's export."""
    row: dict[str, Any] = {
        "id": str(post.number),
        "date": post.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "media_type": post.channel,
        "platform": post.network,
        "post_type": post.kind,
        "language": post.language,
    }
    if post.title:
        row["title"] = post.title
    row["content"] = post.text
    if post.outlet:
        row |= {
            "publication": post.outlet,
            "link": f"https://{post.outlet.lower().replace(' ', '-')}.example/{post.at:%Y/%m/%d}/{post.number}",
        }
    else:
        row["link"] = f"https://{post.network}.example/{post.author.handle}/{post.number}"
    if post.parent:
        row["parent"] = str(post.parent.number)
    row["author"] = {"id": post.author.id, "display_name": post.author.name}
    if post.author.handle:
        row["author"]["username"] = post.author.handle
    if post.network in {"x", "bluesky", "mastodon"}:
        row["author"]["followers"] = post.author.audience
    if post.stats:
        row["engagement"] = post.stats
    return row


def write(seed: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
    """Rows of the forum's export, rows of the listening export, and the truth."""
    rng = Random(f"tidewater {seed}")
    town = Town(rng)
    days = (LAST - FIRST).days + 1
    levels = drift(rng, days, 0.15)
    for index in range(days):
        day = FIRST + timedelta(days=index)
        # Since the big release more people ask, and staff fall behind.
        busy = (
            1.3
            if date(2026, 3, 24) <= day < date(2026, 4, 20)
            else 1.12
            if day >= date(2026, 5, 19)
            else 1.0
        )
        for _ in range(
            negative_binomial(rng, 4.6 * busy * levels[index] * WEEKDAYS[day.weekday()], 1.4)
        ):
            town.topic(day, busy)
    town.announcements()
    town.elsewhere()
    for post in [*town.forum, *town.posts]:
        post.at = post.at.replace(microsecond=0)
    forum = number(rng, (post for post in town.forum if post.at < END), 20100, 4)
    social = number(rng, (post for post in town.posts if post.at < END), 930000000, 900)
    answers = Counter(id(post.parent) for post in forum if post.parent)
    team = {handle for handle, _ in STAFF} | {"tw-releases"}
    questions = [post for post in forum if post.kind == "question"]
    by_team: dict[int, datetime] = {}
    for post in forum:
        if post.parent and post.author.handle in team:
            by_team.setdefault(id(post.parent), post.at)
    waits = sorted(
        (by_team[id(post)] - post.at).total_seconds() / 60
        for post in questions
        if id(post) in by_team
    )
    written = Counter(post.author.handle for post in forum if post.author.handle not in team)
    return (
        [forum_row(post, answers) for post in forum],
        [social_row(post) for post in social],
        {
            "forum_posts": len(forum),
            "questions": len(questions),
            "questions_answered_by_staff": len(waits),
            "median_minutes_of_answered": round(waits[len(waits) // 2]),
            "members": len(written),
            "members_with_one_post": sum(count == 1 for count in written.values()),
            "staff": sorted(team),
            "social": dict(sorted(Counter(post.brand or "nobody" for post in social).items())),
        },
    )
