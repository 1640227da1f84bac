"""Where a redirect leads, and what may be carried there."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import requests

from oyez.web.redact import is_sensitive

MOST = 5
_PORTS = {"http": 80, "https": 443}
# The request's own framing, written anew for each address.
_FRAMING = ("Content-Length", "Content-Type", "Transfer-Encoding")


class RedirectError(Exception):
    """A redirect that must not be followed; the text says why."""


def follow(
    request: requests.PreparedRequest, location: str, status: int
) -> requests.PreparedRequest:
    """Return the request that a redirect asks for.

    Credentials stay with the host that they are for: another host, another port, or the same one
    without TLS gets none of them. A body is repeated (307, 308) on the same terms.

    Args:
        request: the one that was answered.
        location: as the site wrote it, perhaps relative.
        status: of the answer.

    Raises:
        RedirectError: it would leave http(s), or carry a body to another host.
    """
    here = request.url or ""
    there = _joined(here, location)
    if urlsplit(there).scheme not in ("http", "https"):
        raise RedirectError("it redirects away from http(s)")
    is_same = _is_same_place(here, there)
    keeps_body = status in (307, 308) or request.method == "GET"
    if request.body and keeps_body and not is_same:
        raise RedirectError("it redirects what we send to another host")
    following = request.copy()
    if not keeps_body:
        following.method, following.body = "GET", None
        for name in _FRAMING:
            following.headers.pop(name, None)
    if not is_same:
        for name in [name for name in following.headers if is_sensitive(name)]:
            del following.headers[name]
    following.headers.pop("Host", None)
    try:
        following.prepare_url(there, None)
    except requests.RequestException:
        problem = "it redirects to what is no address"
    else:
        return following
    raise RedirectError(problem)


def _joined(here: str, location: str) -> str:
    try:
        return urljoin(here, location.strip()).partition("#")[0]
    except ValueError:
        return ""


def _is_same_place(here: str, there: str) -> bool:
    try:
        old, new = urlsplit(here), urlsplit(there)
        old_port = old.port or _PORTS.get(old.scheme)
        new_port = new.port or _PORTS.get(new.scheme)
    except ValueError:
        return False
    if (old.hostname or "").lower() != (new.hostname or "").lower():
        return False
    is_upgrade = (old.scheme, old_port, new.scheme, new_port) == ("http", 80, "https", 443)
    return is_upgrade or (old.scheme == new.scheme and old_port == new_port)
