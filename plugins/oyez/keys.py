"""Identities: which item is which, who wrote it, and when two items are the same post (law 4)."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from datetime import datetime
from functools import lru_cache
from urllib.parse import quote, unquote_plus, urlsplit

from oyez import permalink
from oyez.permalink import Permalink

# Names under which a network was known before.
_NETWORK_NOW = {"twitter": "x"}

# Parameters that say where a visitor came from, never what he reads.
_TRACKING = re.compile(
    r"utm_.*|at_(?:medium|campaign|format|creation|variant|network|emailtype|link|ptr|recipient_.*|"
    r"custom\d*|link_(?:id|origin|type))|hsa_.*|pk_.*|mtm_.*|matomo_.*|"
    r"fbclid|fb_ref|fb_source|fb_action_(?:ids|types)|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|"
    r"yclid|twclid|ttclid|li_fat_id|igshid|igsh|mc_cid|mc_eid|mkt_tok|_hsenc|_hsmi|_ga|_gl|"
    r"ref_src|ref_url|s_kwcid|vero_id|oly_anon_id|oly_enc_id|xtor|cmpid|ncid|wt_mc|wt\.mc_id|"
    r"ns_(?:campaign|mchannel|source|linkname|fee)|__twitter_impression"
)
_HOST = re.compile(r"\w(?:[\w.-]*\w)?")
_X_STATUS = re.compile(r"/(?:i/web|[^/]+)/status(?:es)?/(\d+)(?:/.*)?")
_YOUTUBE_PATH = re.compile(r"/(?:shorts|live|embed|v)/([\w-]+)(?:/.*)?")
_X_HOSTS = {"x.com", "twitter.com"}
_YOUTUBE_HOSTS = {"youtube.com", "music.youtube.com", "youtube-nocookie.com"}

# Items that often carry the address of the page they stand on rather than their own.
_HOSTED_KINDS = {"reply", "comment", "review", "message", "repost"}
# Stack Exchange writes the id of an answer behind the title, or behind the `#` alone.
_QUESTION = re.compile(r"(/questions/\d+/(?!\d+$)[^/]+)(?:/\d+)?")

_LINK_OR_HANDLE = re.compile(
    r"https?://\S+|www\.\S+|(?<![\w@])@\w[\w.-]*(?:@[\w.-]+)?", re.IGNORECASE
)


def item_id(client: str, source: str, instance: str, native_id: str) -> str:
    """Return the key of an item: 64 hex digits, the same each time the item is collected.

    Args:
        client: client id.
        source: source id.
        instance: which of the network's servers (a Mastodon host, a forum); empty if it has one.
        native_id: the item's id at the source.
    """
    return _digest(client, source, instance, native_id)


def mention_id(item_id: str, brand_id: str) -> str:
    """Return the key of a mention, one item naming one brand: 64 hex digits."""
    return _digest(item_id, brand_id)


def author_key(secret: bytes, network: str, handle_or_id: str) -> str:
    """Return the pseudonym of a writer: 64 hex digits that only the secret's holder can recompute.

    Handles compare as networks compare them: whatever their case, with or without @.

    Args:
        secret: the client's own, so that two clients' authors cannot be joined.
        network: where the author writes.
        handle_or_id: the network's id of the author if known, else the handle.
    """
    handle = unicodedata.normalize("NFKC", handle_or_id).strip().removeprefix("@").casefold()
    return hmac.new(secret, _joined(_network(network), handle), hashlib.sha256).hexdigest()


def original_id(
    *,
    network: str,
    native_id: str,
    native_id_is_network: bool,
    url: str | None = None,
    is_shared: bool = False,
    kind: str | None = None,
    parent_id: str | None = None,
    author: str | None = None,
    published_at: datetime | None = None,
    text: str | None = None,
) -> tuple[str, bool]:
    """Return the key that the same post gets through every source, and whether it is strong.

    Strong: a permalink, the network's own id, or the address of a page that is the item. Weak: same
    author, minute and words, which two posts may share by chance. An item's own permalink counts
    whatever a source calls the item, since what one tool calls a reply is a post in another; any
    other address of a reply, comment, review, message or repost is that of the page that it stands
    on, and a hundred reviews of one shop are not one review.

    Args:
        network: where the post was published.
        native_id: the item's id at its source.
        native_id_is_network: whether that id is the network's (else the exporting tool's).
        url: the item's address.
        is_shared: other items carry that address too, so it is nobody's own.
        kind: post, reply, review… as in the mapping.
        parent_id: the id, at the source, of what it answers or repeats.
        author: author's key or handle.
        published_at: naive UTC.
        text: the item's words.
    """
    network = _network(network)
    words = _plain(text or "")
    by_network = native_id_is_network and bool(native_id)
    by_id = permalink.of_id(network, native_id) if by_network else None
    claimed = None if is_shared else claimed_address(url, kind)
    own = permalink.of_address(claimed) if claimed else None
    if kind == "repost" and by_network and not own:
        subject = permalink.of_id(network, parent_id or "")
    elif kind == "repost" and not own and url:
        subject = permalink.of_address(canonical_url(url))
    else:
        subject = None
    if subject and subject.network == "bluesky" and author:
        # A repost has no address there; an account repeats a post once.
        return _digest("repost", *_parts(subject, ""), author), True
    if by_id and (not own or (kind in _HOSTED_KINDS and own.network == by_id.network)):
        # The address of a comment may be that of what it comments on; its id is its own.
        own = by_id
    if own:
        return _digest("native", *_parts(own, words)), True
    if by_network and kind in _HOSTED_KINDS:
        return _digest("native", network, native_id), True
    if claimed:
        return _digest("url", claimed), True
    if by_network:
        return _digest("native", network, native_id), True
    minute = published_at.strftime("%Y-%m-%dT%H:%M") if published_at else ""
    if not words or not author or not minute:
        # Too little to recognise it by: it is like nothing else.
        return _digest("alone", network, native_id, minute, author or "", words), False
    return _digest("words", network, author, minute, words), False


@lru_cache(maxsize=65_536)  # asked for all items of a run, then for each of them
def claimed_address(url: str | None, kind: str | None) -> str | None:
    """Return the address by which an item of this kind can be recognised, canonical, or None.

    Args:
        url: what the source gives as the item's address.
        kind: as in `original_id`.
    """
    address = canonical_url(url) if url else ""
    own = permalink.of_address(address)
    if kind == "repost":
        # On X a repost is a status of its own, on Mastodon an activity; elsewhere a tool gives the
        # address of what is repeated.
        return address if own and (own.network == "x" or address.endswith("/activity")) else None
    if kind in _HOSTED_KINDS:
        return address if own and not own.hosts_comments else None
    return address if own or _names_a_page(address) else None


def text_hash(text: str) -> str:
    """Return 64 hex digits equal for texts that differ only by case, spaces, links and @handles."""
    return _digest(_plain(text))


@lru_cache(maxsize=65_536)  # asked several times for each item of a page
def canonical_url(url: str) -> str:
    """Return the address with all that does not change the page removed; no scheme.

    Gone: scheme, user, `www.`, `m.` and `mobile.`, ports 80 and 443, tracking parameters, trailing
    slashes, and the fragment unless it is a route (`#/…`, `#!…`). Parameters are sorted by name.
    One post on X has one address whoever is named in it, and one video on YouTube too.
    What is no web address comes back as it is, without surrounding spaces.
    """
    text = url.strip()
    if "://" not in text.split("?")[0].split("#")[0]:
        if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:(?!\d)", text):
            return text  # mailto:, at:, urn:…
        text = "https://" + text.removeprefix("//")
    try:
        parts = urlsplit(text)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return url.strip()
    if parts.scheme.lower() not in ("http", "https") or not _HOST.fullmatch(host):
        return url.strip()
    path = _escaped(parts.path).rstrip("/")
    query = _query(parts.query)
    if host in _X_HOSTS:
        host = "x.com"
        if status := _X_STATUS.fullmatch(path):
            return f"x.com/i/status/{status[1]}"
    if video := _video(host, path, query):
        comment = next((piece for piece in query if piece.startswith("lc=")), None)
        return "youtube.com/watch?" + "&".join(filter(None, (comment, f"v={video}")))
    if host == "news.ycombinator.com" and path == "/item" and parts.fragment.isdecimal():
        query = [f"id={parts.fragment}"]  # a comment on its story's page
    if parts.fragment.isdecimal() and (question := _QUESTION.fullmatch(path)):
        path = f"{question[1]}/{parts.fragment}"  # an answer on its question's page
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    route = _escaped(parts.fragment).rstrip("/") if parts.fragment[:1] in ("!", "/") else ""
    return (
        place
        + path
        + ("?" + "&".join(query) if query else "")
        + (f"#{route}" if route.strip("!") else "")
    )


def _host(name: str) -> str:
    name = unicodedata.normalize("NFKC", name).lower().strip(".")
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            return name
    while name.startswith(("www.", "m.", "mobile.")) and "." in name.partition(".")[2]:
        name = name.partition(".")[2]
    return name


def _query(query: str) -> list[str]:
    """Split a query into its pieces, tracking left out, sorted by name; repeated names in order."""
    pieces = [piece for piece in query.replace("+", "%20").split("&") if piece]
    kept = [
        _escaped(piece)
        for piece in pieces
        if not _TRACKING.fullmatch(unquote_plus(piece.partition("=")[0]).lower())
    ]
    return sorted(kept, key=lambda piece: piece.partition("=")[0])


def _video(host: str, path: str, query: list[str]) -> str | None:
    """Return the id of the YouTube video that an address shows."""
    if host == "youtu.be":
        return path.strip("/").partition("/")[0] or None
    if host not in _YOUTUBE_HOSTS:
        return None
    if found := _YOUTUBE_PATH.fullmatch(path):
        return found[1]
    if path == "/watch":
        return next((piece[2:] for piece in query if piece.startswith("v=") and piece[2:]), None)
    return None


def _names_a_page(address: str) -> bool:
    """Tell a page from a site's front door and from a profile."""
    _, slash, _ = address.partition("/")
    return (bool(slash) or "?" in address or "#" in address) and not permalink.is_profile(address)


def _parts(own: Permalink, words: str) -> tuple[str, ...]:
    return (own.network, own.id) if own.is_network_wide else (own.network, own.id, words)


def _escaped(text: str) -> str:
    """Write each character in its one percent-encoded form."""
    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    text = quote(text, safe="%/:@!$&'()*+,;=~?-._", errors="replace")
    return re.sub(r"%[0-9A-Fa-f]{2}", _one_escape, text)


def _one_escape(found: re.Match[str]) -> str:
    code = int(found[0][1:], 16)
    char = chr(code)
    plain = code < 128 and (char.isalnum() or char in "-._~")
    return char if plain else found[0].upper()


def may_hold_link(text: str) -> bool:
    """Tell whether a search for links is worth its cost: ten times that of this look."""
    return "://" in text or "www." in text.lower()


@lru_cache(maxsize=64)  # asked twice for each item
def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    if "@" in text or may_hold_link(text):
        text = _LINK_OR_HANDLE.sub(" ", text)
    return " ".join(text.casefold().split())


def _network(name: str) -> str:
    name = name.strip().lower()
    return _NETWORK_NOW.get(name, name)


def _digest(*parts: str) -> str:
    return hashlib.sha256(_joined(*parts)).hexdigest()


def _joined(*parts: str) -> bytes:
    # Escaped, so that ("a|b", "c") and ("a", "b|c") differ. JSON may carry lone surrogates.
    escaped = (part.replace("\\", "\\\\").replace("|", "\\|") for part in parts)
    return "|".join(escaped).encode("utf-8", "surrogatepass")
