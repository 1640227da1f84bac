"""Identities: which item is which, who wrote it, and when two items are the same post (law 4)."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from datetime import datetime
from urllib.parse import quote, unquote, unquote_plus, urlsplit

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
    kind: str | None = None,
    author: str | None = None,
    published_at: datetime | None = None,
    text: str | None = None,
) -> tuple[str, bool]:
    """Return the key that the same post gets through every source, and whether it is strong.

    Strong: an address or an id of the network's own. Weak: same author, minute and words, which two
    posts may share by chance. The address of a reply, comment, review, message or repost counts
    only if it is known to be its own: such items often carry the address of the page they stand
    on, and a hundred reviews of one shop are not one review.

    Args:
        network: where the post was published.
        native_id: the item's id at its source.
        native_id_is_network: whether that id is the network's (else the exporting tool's).
        url: the item's address.
        kind: post, reply, review… as in the mapping.
        author: author's key or handle.
        published_at: naive UTC.
        text: the item's words.
    """
    network = _network(network)
    address = canonical_url(url) if url else ""
    permalink = _permalink(address)
    by_network = native_id_is_network and bool(native_id)
    if by_network and kind in _HOSTED_KINDS:
        return _digest("native", network, native_id), True
    if permalink:
        return _digest("native", *permalink), True
    if _names_a_page(address) and kind not in _HOSTED_KINDS:
        return _digest("url", address), True
    if by_network:
        return _digest("native", network, native_id), True
    words = _plain(text or "")
    minute = published_at.strftime("%Y-%m-%dT%H:%M") if published_at else ""
    if not words or not author or not minute:
        # Too little to recognise it by: it is like nothing else.
        return _digest("alone", network, native_id, minute, author or "", words), False
    return _digest("words", network, author, minute, words), False


def text_hash(text: str) -> str:
    """Return 64 hex digits equal for texts that differ only by case, spaces, links and @handles."""
    return _digest(_plain(text))


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


def _permalink(address: str) -> tuple[str, str] | None:
    """Return (network, the network's own id) of an address whose form says both."""
    if address.startswith("x.com/i/status/"):
        return "x", address.rpartition("/")[2]
    if address.startswith("youtube.com/watch?"):
        pieces = dict(piece.split("=", 1) for piece in address.partition("?")[2].split("&"))
        return "youtube", unquote(pieces.get("lc") or pieces["v"])
    return None


def _names_a_page(address: str) -> bool:
    """Tell a page from a site's front door and, on X and YouTube, from a profile."""
    host, slash, _ = address.partition("/")
    if host in _X_HOSTS or host in _YOUTUBE_HOSTS:
        return False  # their posts were recognised before
    return bool(slash) or "?" in address or "#" in address


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


def _plain(text: str) -> str:
    text = _LINK_OR_HANDLE.sub(" ", unicodedata.normalize("NFKC", text))
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
