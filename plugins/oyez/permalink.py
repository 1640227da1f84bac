"""Permalinks: the addresses that are one item's own, and the id by which their network knows it.

One item has several addresses (Bluesky's with the handle or the writer's DID, Mastodon's `/@ann/11`
and `/users/ann/statuses/11`, a forum's topic with and without its title), and a connector may have
its id alone. All of them give one (network, id). No rule guesses: what has another form is no
permalink, and is told by its address or its words instead (see `oyez.keys`).
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote


@dataclass(frozen=True)
class Permalink:
    """Whose address it is.

    Attributes:
        network: the network that drew the id, whatever a tool calls it.
        id: the network's own id of the item, in one form.
        hosts_comments: the network's comments often carry this address of what they stand under,
            so it is the own address of a post, never that of a comment.
        is_network_wide: no two items of the network have this id. Else it is the writer's own
            numbering, and the words must agree too.
    """

    network: str
    id: str
    hosts_comments: bool = False
    is_network_wide: bool = True


# Bluesky: a record's key is drawn by its writer, from the microsecond and ten bits of chance.
_TID = re.compile(r"[234567abcdefghij][234567a-z]{12}")
_BLUESKY_POST = re.compile(r"/profile/[^/]+/post/([\w.~:-]+)")
_AT_POST = re.compile(r"at://[^/]+/app\.bsky\.feed\.post/([\w.~:-]+)")
_THREADS_POST = re.compile(r"/@[^/]+/post/([\w-]+)|/t/([\w-]+)")
_REDDIT_POST = re.compile(
    r"(?:/(?:r|u|user)/[^/]+)?/(?:comments|gallery)/(\w+)(?:/[^/]*(?:/(\w+))?)?"
)
_REDDIT_ID = re.compile(r"t[13]_\w+")
_FACEBOOK_PATHS = (
    re.compile(r"/([^/]+)/(?:posts|videos|photos|reel)/(?:[^/]+/)*?(\d+|pfbid\w+)"),
    re.compile(r"/groups/([^/]+)/(?:posts|permalink)/(\d+)"),
    re.compile(r"/()(?:reel|watch|events)/(\d+)"),
)
_FACEBOOK_COMMENT = re.compile(rb"comment:\d+_(\d+)")
_INSTAGRAM_POST = re.compile(r"(?:/[\w.]+)?/(?:p|reel|reels|tv)/([\w-]+)((?:/[cr]/\d+)*)")
_TIKTOK_POST = re.compile(r"/@[^/]+/(?:video|photo)/(\d+)|/v/(\d+)(?:\.html)?")
_LINKEDIN_POST = re.compile(r"(?:activity|ugcPost|share|groupPost)[:-]([\d-]+)")
_LINKEDIN_COMMENT = re.compile(r"urn:li:comment:\(.*,(\d+)\)")
_QUESTION = re.compile(r"/questions/(\d+)(?:/(?!\d+$)[^/]+)?(?:/(\d+))?|/q/(\d+)(?:/\d+)?")
_ANSWER = re.compile(r"/a/(\d+)(?:/\d+)?")
_STACK_HOSTS = (
    r"(?:[\w-]+\.)?(?:stackoverflow\.com|superuser\.com|serverfault\.com|askubuntu\.com|"
    r"stackapps\.com|mathoverflow\.net)|[\w.-]+\.stackexchange\.com"
)
_TRUSTPILOT_REVIEW = re.compile(r"/reviews/(\w+)")
_TRIPADVISOR_REVIEW = re.compile(r"/ShowUserReviews-g\d+-d\d+-r(\d+)\b.*")
_AMAZON_REVIEW = re.compile(r"(?:/gp)?/(?:customer-reviews|review)/(R\w{8,})")
# What any host may run: Mastodon and its kin, Discourse.
_STATUS = re.compile(
    r"/(?:(?:web|deck)/)?(?:@([\w.-]+)(?:/statuses)?|users/([\w.-]+)/statuses)/"
    r"(\d+|[0-7][0-9A-HJKMNP-TV-Z]{25})(/activity)?"
)
_NUMBERED_STATUS = re.compile(r"/ap/users/\d+/statuses/(\d{15,})(/activity)?")
_NOTICE = re.compile(r"/(?:notice/([0-9A-Za-z]{18})|notes/([0-9a-z]{10,26}))")
_TOPIC = re.compile(r"(?:/[\w-]+)?/t/(?:(?!\d+(?:/|$))[^/]+/)?(\d+)(?:/(\d+))?")
_SNOWFLAKE_DIGITS = 15

# Pages that speak for a person or a group: an export that has no better address gives theirs.
_PROFILE = re.compile(
    r"/@[^/]+|/(?:in|company|school|showcase|groups|profile|channel|c|user|u|r|people)/[^/]+(?:/[^/]+)?"
)


@lru_cache(maxsize=65_536)  # asked several times for each item of a page
def of_address(address: str) -> Permalink | None:
    """Return whose own address it is, or None.

    Args:
        address: from `oyez.keys.canonical_url`: no scheme, no `www.`.
    """
    place, _, rest = address.partition("?")
    host, slash, path = place.partition("#")[0].partition("/")
    path = slash + path
    query = dict(
        piece.partition("=")[::2] for piece in rest.partition("#")[0].split("&") if "=" in piece
    )
    for is_host, read in _NETWORKS:
        if is_host(host):
            return read(host, path, query)
    return _of_any_host(host, path)


def of_id(network: str, native_id: str) -> Permalink | None:
    """Return whose id it is, where its form says so; None if the id could be anything.

    Args:
        network: as the source names it, lower case.
        native_id: the network's own id.
    """
    if network == "bluesky" and (post := _AT_POST.fullmatch(native_id)):
        return _bluesky(post[1])
    if network == "mastodon" and native_id.startswith(("https://", "http://")):
        host, slash, path = native_id.partition("://")[2].partition("/")
        return _status(host.lower(), slash + path)
    if network == "reddit" and _REDDIT_ID.fullmatch(native_id.lower()):
        return Permalink("reddit", native_id.lower(), native_id[1] == "3")
    if network in ("x", "hackernews") and native_id.isdigit():
        return Permalink(network, native_id)
    if network in ("stackoverflow", "stackexchange") and (
        post := re.fullmatch(r"([\w.-]+)/([aq])/(\d+)", native_id)
    ):
        site = _stack_site(post[1])
        return Permalink("stackexchange", f"{site}/{post[2]}/{post[3]}", post[2] == "q")
    if network == "youtube" and re.fullmatch(r"[\w-]{11}|Ug[\w.-]{15,}", native_id):
        return Permalink("youtube", native_id, len(native_id) == 11)
    return None


def is_profile(address: str) -> bool:
    """Tell the page of a person, a group or a whole network from that of one item.

    Args:
        address: as in `of_address`, and it is no permalink.
    """
    host, slash, path = address.partition("?")[0].partition("#")[0].partition("/")
    path = slash + path
    if host in _POSTS_ONLY:
        return True
    if host in _WITH_PROFILES or host.endswith(".facebook.com"):
        return path.count("/") < 2 or bool(_PROFILE.fullmatch(path))
    return bool(re.fullmatch(r"/@[^/]+", path))


def _x(host: str, path: str, query: dict[str, str]) -> Permalink | None:
    # canonical_url has brought all forms to this one.
    return Permalink("x", path.rpartition("/")[2]) if path.startswith("/i/status/") else None


def _youtube(host: str, path: str, query: dict[str, str]) -> Permalink | None:
    if path != "/watch" or "v" not in query:
        return None
    if comment := query.get("lc"):
        return Permalink("youtube", unquote(comment))
    return Permalink("youtube", unquote(query["v"]), hosts_comments=True)


def _bluesky_address(host: str, path: str, query: dict[str, str]) -> Permalink | None:
    post = _BLUESKY_POST.fullmatch(path)
    return _bluesky(post[1]) if post else None


def _bluesky(key: str) -> Permalink:
    return Permalink("bluesky", key, is_network_wide=bool(_TID.fullmatch(key)))


def _threads(host: str, path: str, query: dict[str, str]) -> Permalink | None:
    post = _THREADS_POST.fullmatch(path)
    return Permalink("threads", post[1] or post[2]) if post else None


def _hackernews(host: str, path: str, query: dict[str, str]) -> Permalink | None:
    number = query.get("id", "")
    return Permalink("hackernews", number) if path == "/item" and number.isdigit() else None


def _reddit(host: str, path: str, query: dict[str, str]) -> Permalink | None:
    if host == "redd.it":
        found = re.fullmatch(r"/(\w+)", path)
        return Permalink("reddit", f"t3_{found[1].lower()}", True) if found else None
    found = _REDDIT_POST.fullmatch(path)
    if not found:
        return None
    if found[2]:
        return Permalink("reddit", f"t1_{found[2].lower()}")
    return Permalink("reddit", f"t3_{found[1].lower()}", hosts_comments=True)


def _facebook(host: str, path: str, query: dict[str, str]) -> Permalink | None:
    post = _facebook_post(path, query)
    comment = query.get("reply_comment_id") or query.get("comment_id")
    if post and comment:
        return Permalink("facebook", f"comment/{_facebook_comment(unquote(comment))}")
    return Permalink("facebook", post, hosts_comments=True) if post else None


def _facebook_post(path: str, query: dict[str, str]) -> str | None:
    owner, number = query.get("id", ""), query.get("story_fbid")
    if path in ("/permalink.php", "/story.php") and number:
        return _facebook_id(owner, number)
    if path in ("/photo", "/photo.php", "/video.php", "/watch") and (
        number := query.get("fbid") or query.get("v")
    ):
        return _facebook_id("", number)
    for form in _FACEBOOK_PATHS:
        if found := form.fullmatch(path):
            return _facebook_id(found[1], found[2])
    return None


def _facebook_id(owner: str, number: str) -> str:
    # Long numbers are drawn for all of Facebook; short ones of its first years, for a page.
    return number if len(number) >= _SNOWFLAKE_DIGITS or not owner else f"{owner}/{number}"


def _facebook_comment(text: str) -> str:
    """Return a comment's number, which newer addresses wrap as base64 of `comment:POST_NUMBER`."""
    if text.isdigit():
        return text
    try:
        found = _FACEBOOK_COMMENT.fullmatch(base64.b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError):
        return text
    return found[1].decode() if found else text


def _instagram(host: str, path: str, query: dict[str, str]) -> Permalink | None:
    found = _INSTAGRAM_POST.fullmatch(path)
    if not found:
        return None
    if found[2]:
        return Permalink("instagram", f"comment/{found[2].rpartition('/')[2]}")
    return Permalink("instagram", found[1], hosts_comments=True)


def _tiktok(host: str, path: str, query: dict[str, str]) -> Permalink | None:
    found = _TIKTOK_POST.fullmatch(path)
    return Permalink("tiktok", found[1] or found[2], hosts_comments=True) if found else None


def _linkedin(host: str, path: str, query: dict[str, str]) -> Permalink | None:
    if comment := _LINKEDIN_COMMENT.fullmatch(unquote(query.get("commentUrn", ""))):
        return Permalink("linkedin", f"comment/{comment[1]}")
    if path.startswith(("/posts/", "/feed/update/")):
        # The words of the title may hold digits; the id comes last.
        found = _LINKEDIN_POST.findall(unquote(path))
        number = found[-1].split("-")[0] if found else ""
        if len(number) >= _SNOWFLAKE_DIGITS:
            return Permalink("linkedin", number, hosts_comments=True)
    return None


def _stack(host: str, path: str, query: dict[str, str]) -> Permalink | None:
    site = _stack_site(host)
    if found := _ANSWER.fullmatch(path):
        return Permalink("stackexchange", f"{site}/a/{found[1]}")
    if found := _QUESTION.fullmatch(path):
        if found[2]:
            return Permalink("stackexchange", f"{site}/a/{found[2]}")
        return Permalink("stackexchange", f"{site}/q/{found[1] or found[3]}", hosts_comments=True)
    return None


def _stack_site(host: str) -> str:
    return host.removesuffix(".stackexchange.com").removesuffix(".com").removesuffix(".net")


def _review(network: str, form: re.Pattern[str]) -> Callable[..., Permalink | None]:
    def read(host: str, path: str, query: dict[str, str]) -> Permalink | None:
        found = form.fullmatch(path)
        return Permalink(network, found[1]) if found else None

    return read


def _google_play(host: str, path: str, query: dict[str, str]) -> Permalink | None:
    review = query.get("reviewId")
    return Permalink("google_play", unquote(review)) if review else None


def _of_any_host(host: str, path: str) -> Permalink | None:
    if status := _status(host, path):
        return status
    if topic := _TOPIC.fullmatch(path):
        # A topic's own address is its first post's; one that answers has its number behind it.
        return Permalink("discourse", f"{host}/{topic[1]}/{topic[2] or 1}", topic[2] is None)
    return None


def _status(host: str, path: str) -> Permalink | None:
    """Return whose status it is on a server of the fediverse; ids are the server's."""
    if found := _NUMBERED_STATUS.fullmatch(path):
        return Permalink("mastodon", f"{host}/{found[1]}")
    if found := _STATUS.fullmatch(path):
        number, user = found[3], (found[1] or found[2]).lower()
        # Short numbers may be drawn by writer, as on other software with such addresses.
        own = number if len(number) >= _SNOWFLAKE_DIGITS else f"@{user}/{number}"
        return Permalink("mastodon", f"{host}/{own}")
    if found := _NOTICE.fullmatch(path):
        return Permalink("mastodon", f"{host}/{found[1] or found[2]}")
    return None


def _one_of(*hosts: str) -> Callable[[str], bool]:
    return set(hosts).__contains__


def _like(form: str) -> Callable[[str], bool]:
    return lambda host: re.fullmatch(form, host) is not None


_X_HOSTS = ("x.com", "twitter.com")
_YOUTUBE_HOSTS = ("youtube.com", "music.youtube.com", "youtube-nocookie.com")
_THREADS_HOSTS = ("threads.net", "threads.com")
# On these hosts all that is no permalink is a profile, a search or a list.
_POSTS_ONLY = frozenset((*_X_HOSTS, *_YOUTUBE_HOSTS, *_THREADS_HOSTS, "bsky.app"))
_WITH_PROFILES = frozenset(
    ("facebook.com", "instagram.com", "tiktok.com", "linkedin.com", "reddit.com", "old.reddit.com")
)
_NETWORKS: tuple[tuple[Callable[[str], bool], Callable[..., Permalink | None]], ...] = (
    (_one_of(*_X_HOSTS), _x),
    (_one_of(*_YOUTUBE_HOSTS), _youtube),
    (_one_of("bsky.app"), _bluesky_address),
    (_one_of(*_THREADS_HOSTS), _threads),
    (_one_of("news.ycombinator.com"), _hackernews),
    (_like(r"redd\.it|(?:\w+\.)?reddit\.com"), _reddit),
    (_like(r"(?:[\w-]+\.)?facebook\.com"), _facebook),
    (_one_of("instagram.com"), _instagram),
    (_one_of("tiktok.com"), _tiktok),
    (_like(r"(?:\w+\.)?linkedin\.com"), _linkedin),
    (_like(_STACK_HOSTS), _stack),
    (_like(r"(?:\w+\.)?trustpilot\.com"), _review("trustpilot", _TRUSTPILOT_REVIEW)),
    (_like(r"tripadvisor\.[\w.]+"), _review("tripadvisor", _TRIPADVISOR_REVIEW)),
    (_like(r"amazon\.[\w.]+"), _review("amazon", _AMAZON_REVIEW)),
    (_one_of("play.google.com"), _google_play),
)
