"""Reads a client's own Discourse forum: its public posts, newest first, staff replies included.

Where the facts come from:

- `/posts.json?before=ID`: fifty visible, regular posts of public topics, by descending id;
  `LatestPostsQuery` in discourse/discourse. `before` is exclusive since pull request 30991, and was
  inclusive until then; the order was by date between pull requests 27098 (May 2024) and 30990;
  older servers answer a bracket of fifty ids, which may hold no visible post at all (3126).
- 429 with `Retry-After` and `extras.wait_seconds`: `render_rate_limit_error`, same repository.
- `post_type` 1 is a post, 2 a moderator's action, 3 a small action, 4 a whisper; `actions_summary`
  id 2 counts likes; ids of users below 1 are the forum's own robots.
- The page's shape and names: recorded answers in discourse/discourse_api, `spec/fixtures`, and the
  official OpenAPI description. `/t/ID/NUMBER.json` is not in it: the forum's own pages use it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median_low
from typing import Any, ClassVar
from urllib.parse import urlsplit

from pydantic import Field

from oyez.config.model import Slug, Strict
from oyez.errors import ConfigError, SourceError, SourceUnavailable
from oyez.landing import Reject
from oyez.sources import guarded
from oyez.sources.contract import Capabilities, Found, Gone, Missed, Query, Window, Yield
from oyez.sources.credential import Credential
from oyez.sources.item import BadValue, instant
from oyez.sources.markup import tokens
from oyez.sources.own_place import handles, own_brand
from oyez.sources.plain import plain
from oyez.web import Web, accepting

NETWORK = "discourse"
_REGULAR = 1
_LIKE = 2
# What older servers answer for at once: the ids before, whether anybody may see them or not.
_BRACKET = 50
_EMPTY_BRACKETS = 20
_PAGE_CAP = 600
_LOOK_UPS = 200
# A post carries the date of its writing, its id the order of its arrival: imports and moved posts
# disagree. The search for the id of a past day stays so far above it.
_DATE_MARGIN = timedelta(days=1)
_NEAR_IDS = 500


class Options(Strict):
    """What a client's file says of its forum."""

    url: str | None = Field(
        default=None,
        pattern=r"^https?://[^\s?#]+$",
        description="The forum's address; by default the connection's host.",
    )
    brand: Slug | None = Field(
        default=None, description="Brand whose forum it is; by default the client's first."
    )
    pages_beyond: int = Field(
        default=2,
        ge=1,
        le=50,
        description="So many pages older than the day are read before stopping; more on a forum "
        "that imports old posts.",
    )


class Discourse:
    """A forum of the client's, through an API key of its own."""

    name: ClassVar[str] = "discourse"
    title: ClassVar[str] = "Discourse forum"
    capabilities: ClassVar[Capabilities] = Capabilities(
        past_day="yes", is_sorted=False, needs="owner", recheck_days=30, slice_minutes=15
    )
    Options: ClassVar[type[Strict]] = Options

    def __init__(self, web: Web, credential: Credential | None) -> None:
        self._web, self._credential = web, credential or Credential()

    def fetch(self, query: Query, window: Window) -> Iterator[Yield]:
        """Yield the window's posts, the replies last; only posts dated within the window.

        A staff reply's parent outside the window is looked up; a member's is not, and his reply
        keeps its topic. Posts that nobody may see come as rejects, without their words.

        Raises:
            SourceThrottled: what was read so far was yielded.
            SourceDenied: the key is refused.
            SourceUnavailable: the forum is down or answers something else.
            ConfigError: no address, or an unknown brand.
        """
        base, brand = self._base(query), own_brand(query).id
        staff = handles(query, NETWORK)
        held: list[dict[str, Any]] = []
        ids: dict[tuple[str, str], Any] = {}
        parents: dict[Any, int] = {}
        problem: SourceError | None = None
        try:
            for post in self._walk(query, base, window):
                if isinstance(post, Missed):
                    yield post
                    continue
                ids[str(post.get("topic_id")), str(post.get("post_number"))] = post.get("id")
                if _answers(post):
                    held.append(post)
                else:
                    yield from parse(post, base=base, brand=brand)
            parents = self._parents(base, held, ids, staff)
        except SourceError as caught:
            problem = caught
        for post in held:
            known = ids.get((str(post.get("topic_id")), str(_answers(post))))
            parent = known if isinstance(known, int) else parents.get(_key(post))
            yield from parse(post, base=base, brand=brand, parent=parent)
        if problem:
            raise problem

    def recheck(self, query: Query, native_ids: list[str]) -> Iterator[Gone | Found]:
        """Yield `Gone` for each post that was deleted, hidden or moved out of sight."""
        base, brand = self._base(query), own_brand(query).id
        for native_id in native_ids:
            number = native_id.rpartition("/p/")[2]
            if not number.isdigit():
                continue
            answer = self._get(f"{base}/posts/{number}.json", accept=(403, 404, 410))
            found = [] if answer is None else list(parse(answer, base=base, brand=brand))
            items = [one for one in found if isinstance(one, Found)]
            if items:
                yield from items
            else:
                yield Gone(native_id)

    def probe(self, query: Query) -> str:
        """Return who we are to the forum, and its newest post."""
        base = self._base(query)
        posts = self._page(base, None)
        if not posts:
            return f"{base} answers as {self._user}, who sees no post at all"
        return (
            f"{base} answers as {self._user}; newest post {posts[0].get('id')} "
            f"of {posts[0].get('created_at')}"
        )

    @property
    def _user(self) -> str:
        return self._credential.login or "system"

    def _base(self, query: Query) -> str:
        if query.options.url:
            return str(query.options.url).rstrip("/")
        if self._credential.host:
            return self._credential.base_url
        raise ConfigError(
            "the forum's address is missing",
            client=query.client_id,
            source=query.source_id,
            action="write `options: {url: https://forum.example}`, or a host in the connection",
        )

    def _get(
        self, url: str, *, before: int | None = None, accept: tuple[int, ...] = ()
    ) -> dict[str, Any] | None:
        """Return a JSON object, or None where the forum answers one of `accept`."""
        headers = {"Api-Username": self._user, "Accept": "application/json"}
        if self._credential.password:
            headers["Api-Key"] = self._credential.password
        answer = self._web.get(
            url,
            params=None if before is None else {"before": before},
            headers=headers,
            read=lambda found: None if found.status in accept else found.json(),
            classify=accepting(*accept) if accept else None,
        )
        if answer.status in accept:
            return None
        body = answer.json()
        if not isinstance(body, dict):
            raise SourceUnavailable(
                f"{answer.url} answered a list, a forum answers an object",
                action="check that the address is a Discourse forum",
            )
        return body

    def _page(self, base: str, before: int | None) -> list[dict[str, Any]]:
        body = self._get(f"{base}/posts.json", before=before)
        posts = (body or {}).get("latest_posts")
        if not isinstance(posts, list):
            raise SourceUnavailable(
                f"{base}/posts.json holds no `latest_posts`",
                action="check that the address is a Discourse forum",
            )
        return [post for post in posts if isinstance(post, dict)]

    def _walk(self, query: Query, base: str, window: Window) -> Iterator[dict[str, Any] | Missed]:
        """Yield each post of the window once, and what could not be read of it."""
        page = self._page(base, None)
        if not page:
            reason = "the forum shows no post: it is empty, or the key's user may not read it"
            yield Missed(window.start, window.end, "partial", reason)
            return
        seen: set[Any] = set()
        reached = window.end
        before: int | None = None
        is_inclusive = False
        beyond = empty = 0
        for turn in range(_PAGE_CAP):
            fresh = [post for post in page if _key(post) not in seen]
            seen.update(_key(post) for post in fresh)
            yield from (post for post in fresh if _is_within(post, window))
            ids = [post["id"] for post in page if isinstance(post.get("id"), int)]
            if before is not None and any(number >= before for number in ids):
                is_inclusive = True
            dates = [date for post in fresh if (date := _date(post))]
            if dates:
                reached = min(reached, max(dates))
                beyond = beyond + 1 if max(dates) < window.start else 0
                empty = 0
                if beyond >= query.options.pages_beyond:
                    return
            if turn == 0 and dates and median_low(dates) > window.end + _DATE_MARGIN:
                before = self._entrance(base, min(ids), window.end + _DATE_MARGIN)
            elif fresh and ids:
                following = _cursor(ids)
                if before is not None and following >= before:
                    yield _rest(window, reached, "the forum answers the same page again")
                    return
                before = following
            elif not is_inclusive or before is None or before <= _BRACKET:
                return  # the forum's first post was read
            else:
                empty += 1
                if empty > _EMPTY_BRACKETS:
                    if not beyond:
                        yield _rest(window, reached, "no visible post among a thousand ids")
                    return
                before -= _BRACKET
            page = self._page(base, before)
        yield _rest(window, reached, f"stopped after {_PAGE_CAP} pages")

    def _entrance(self, base: str, top: int, after: datetime) -> int:
        """Return an id above which all posts are later than an instant, by halving."""
        low, high = 0, top
        while high - low > _NEAR_IDS:
            middle = (low + high) // 2
            dates = [date for post in self._page(base, middle) if (date := _date(post))]
            if not dates:
                break  # a bracket without visible posts says nothing
            # One post with a moved date must not decide.
            if median_low(dates) > after:
                high = middle
            else:
                low = middle
        return high

    def _parents(
        self,
        base: str,
        replies: Iterable[dict[str, Any]],
        ids: dict[tuple[str, str], Any],
        staff: set[str],
    ) -> dict[Any, int]:
        """Return reply → the post it answers, for staff replies to posts outside the window."""
        found: dict[Any, int] = {}
        asked: dict[tuple[str, str], Any] = {}
        for post in replies:
            topic, number = post.get("topic_id"), _answers(post)
            place = (str(topic), str(number))
            if place in ids or not isinstance(topic, int) or not _is_staff(post, staff):
                continue
            if place not in asked and len(asked) < _LOOK_UPS:
                asked[place] = self._id_at(base, topic, number)
            if asked.get(place):
                found[_key(post)] = asked[place]
        return found

    def _id_at(self, base: str, topic: Any, number: Any) -> Any:
        # A key of narrow scope may not read topics; a deleted parent answers 404.
        body = self._get(f"{base}/t/{topic}/{number}.json", accept=(403, 404, 410))
        return next(
            (post.get("id") for post in _posts(body or {}) if post.get("post_number") == number),
            None,
        )


def parse(
    body: dict[str, Any],
    *,
    base: str = "https://forum.example",
    brand: str | None = None,
    parent: int | None = None,
) -> Iterator[Found | Reject]:
    """Yield the posts of a page, a topic or one post, or why they are none.

    Args:
        body: a recorded answer.
        base: the forum's address, without a slash at its end.
        brand: id of the brand whose forum it is.
        parent: id of the post that a single post answers.
    """
    posts = _posts(body)
    if not posts:
        yield Reject(base, 1, "no_posts", "the answer holds no posts", None)
    for row, post in enumerate(posts, 1):
        ref = f"{_place(base)}/p/{post.get('id')}"
        if why := _why_not(post):
            # Nobody may see its words, so nobody keeps them.
            kept = {name: post.get(name) for name in ("id", "post_type", "topic_id", "user_id")}
            yield Reject(ref, row, why, f"post {post.get('id')}", kept)
            continue
        yield guarded.one(post, ref, row, _found, post, ref, base, brand, parent)


def _found(
    post: dict[str, Any], ref: str, base: str, brand: str | None, parent: int | None
) -> Found:
    return Found(ref, _data(post, base, brand, parent), post, ref)


def _posts(body: dict[str, Any]) -> list[dict[str, Any]]:
    stream = body.get("post_stream")
    inner = stream.get("posts") if isinstance(stream, dict) else body.get("latest_posts")
    if isinstance(inner, list):
        return [post for post in inner if isinstance(post, dict)]
    return [body] if "post_number" in body and "topic_id" in body else []


def _why_not(post: dict[str, Any]) -> str | None:
    if not isinstance(post.get("id"), int):
        return "missing_id"
    if post.get("post_type", _REGULAR) != _REGULAR:
        return "whisper" if post["post_type"] == 4 else "small_action"
    if post.get("deleted_at") or post.get("user_deleted"):
        return "deleted"
    if post.get("hidden"):
        return "hidden"
    user = post.get("user_id")
    return "automated" if isinstance(user, int) and user < 1 else None


def _data(post: dict[str, Any], base: str, brand: str | None, parent: int | None) -> dict[str, Any]:
    place, topic, number = _place(base), post.get("topic_id"), post.get("post_number")
    is_opener = number == 1
    raw = post.get("raw")
    cooked = post.get("cooked")
    text = plain(_own_words(cooked)) if isinstance(cooked, str) else raw
    user = post.get("user_id")
    return {
        "published_at": post.get("created_at"),
        "text": text if isinstance(text, str) else None,
        "title": post.get("topic_title") if is_opener else None,
        "url": f"{base}/t/{topic}/{number}",
        "network": NETWORK,
        "channel": "community",
        "kind": "question" if is_opener else "reply",
        "author_id": f"{user}@{place}" if user is not None else None,
        "author_handle": post.get("username"),
        "author_name": post.get("name") or post.get("display_username"),
        "parent_id": f"{place}/p/{parent}" if parent else None,
        "thread_id": f"{place}/t/{topic}",
        "like_count": _likes(post),
        "reply_count": post.get("reply_count"),
        "view_count": post.get("reads"),
        "brand": brand,
        "outlet": place,
    }


def _likes(post: dict[str, Any]) -> int:
    """Count likes; an action that nobody took is left out of the summary."""
    actions = post.get("actions_summary")
    for action in actions if isinstance(actions, list) else []:
        if isinstance(action, dict) and action.get("id") == _LIKE:
            return int(action.get("count") or 0)
    return 0


def _place(base: str) -> str:
    """Two forums of a client count their posts alike: their host tells them apart."""
    parts = urlsplit(base)
    return f"{parts.netloc}{parts.path}".lower().rstrip("/")


def _date(post: dict[str, Any]) -> datetime | None:
    try:
        return instant(str(post.get("created_at")), date_format=None, zone=None)
    except BadValue:
        return None


def _answers(post: dict[str, Any]) -> int | None:
    """Return the number of the post that is answered; the API describes it as a text."""
    number = str(post.get("reply_to_post_number") or "")
    return int(number) if number.isdecimal() else None


def _key(post: dict[str, Any]) -> Any:
    number = post.get("id")
    return number if isinstance(number, int) else repr(post)


def _is_within(post: dict[str, Any], window: Window) -> bool:
    """Keep a post without a readable date: it is quarantined, not lost."""
    date = _date(post)
    return date is None or window.holds(date)


def _cursor(ids: list[int]) -> int:
    """Return where the next page starts; a page out of order is overlapped by half of it."""
    if all(left > right for left, right in pairwise(ids)):
        return ids[-1]
    return sorted(ids)[len(ids) // 2] if len(ids) > 2 else min(ids)


def _rest(window: Window, reached: datetime, reason: str) -> Missed:
    end = max(min(reached, window.end), window.start + timedelta(seconds=1))
    return Missed(window.start, end, "partial", reason)


def _is_staff(post: dict[str, Any], accounts: set[str]) -> bool:
    flagged = any(post.get(flag) for flag in ("staff", "moderator", "admin"))
    return flagged or str(post.get("username", "")).casefold() in accounts


def _own_words(cooked: str) -> str:
    # A quote that is never closed would swallow the answer to it.
    if "<aside" not in cooked or cooked.count("<aside") != cooked.count("</aside"):
        return cooked
    parts: list[str] = []
    asides: list[bool] = []
    for token in tokens(cooked):
        is_aside = token.name == "aside"
        if is_aside and token.kind == "start":
            asides.append("quote" in token.attributes.get("class", "").split())
        if not any(asides):
            parts.append(token.raw)
        if is_aside and token.kind == "end" and asides:
            asides.pop()
    return "".join(parts)
