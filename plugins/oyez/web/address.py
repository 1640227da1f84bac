"""Which addresses may be asked: public ones, so that no feed explores our network."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable
from urllib.parse import urlsplit

from oyez.errors import SourceDenied

# The client file's key, named in the refusal.
ALLOW_PRIVATE_KEY = "allow_private"

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NAT64_LOCAL = ipaddress.ip_network("64:ff9b:1::/48")
# Special-purpose ranges of IANA that some versions of Python take for public, or that hold public
# islands: 6to4 relays, documentation (RFC 9637), segment routing (RFC 9602), site-local (RFC 3879),
# protocol assignments.
_SPECIAL = tuple(
    ipaddress.ip_network(text)
    for text in (
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "100::/64",
        "100:0:0:1::/64",
        "2001::/23",
        "2001:db8::/32",
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
)
_COMPATIBLE = ipaddress.ip_network("::/96")
# They hand out a machine's credentials to whoever asks from it. No source lives there: refused even
# where private addresses are allowed. AWS, Google, Azure, DigitalOcean; AWS by IPv6; Alibaba;
# Oracle; Azure's second one, which is a public address.
_METADATA = frozenset(
    ipaddress.ip_address(text)
    for text in (
        "169.254.169.254",
        "169.254.170.2",
        "fd00:ec2::254",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
    )
)


def system_resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of a name, as the system knows them.

    Raises:
        OSError: the name is unknown, or nobody answers.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def within(seconds: float, resolve: Resolve, host: str, port: int) -> list[str]:
    """Return what `resolve` says, unless it takes longer: a resolver cannot be interrupted.

    Raises:
        OSError: no answer, or none in time.
    """
    found: list[list[str] | Exception] = []

    def look() -> None:
        try:
            found.append(resolve(host, port))
        except (OSError, UnicodeError) as error:
            found.append(error)

    thread = threading.Thread(target=look, name="oyez-resolve", daemon=True)
    thread.start()
    thread.join(max(seconds, 0.01))
    answer = found[0] if found else TimeoutError("the name was not resolved in time")
    if isinstance(answer, Exception):
        raise answer if isinstance(answer, OSError) else OSError(str(answer))
    return answer


def check_url(url: str, *, allow_private: bool) -> None:
    """Refuse an address that must not be asked, as far as its text tells.

    Raises:
        SourceDenied: not http(s), no host, or a private address in digits.
    """
    host, scheme = _host_and_scheme(url)
    if scheme not in ("http", "https") or not host:
        raise SourceDenied(
            f"{scheme or 'an address without scheme'} is no web address",
            action="write an address that starts with https://",
        )
    if is_ip(host):  # a name's addresses are checked when they are known, at the connection
        check_ip(host, host, allow_private=allow_private)


def check_ip(host: str, text: str, *, allow_private: bool) -> None:
    """Refuse an IP address that is not on the public internet.

    Raises:
        SourceDenied: it is not; the message names the client file's key that allows it.
    """
    ip = ipaddress.ip_address(text.partition("%")[0])
    embedded = [ip, *_embedded(ip)]
    if any(each in _METADATA for each in embedded):
        raise SourceDenied(
            f"{host} leads to {text}, where clouds keep the machine's credentials",
            action="correct the address; this one is never asked",
        )
    if not allow_private and not all(_is_public(each) for each in embedded):
        raise SourceDenied(
            f"{host} leads to {text}, which is not on the public internet",
            action=f"correct the address or, if this source is on your own network, "
            f"write `{ALLOW_PRIVATE_KEY}: true` on it in the client's file",
        )


def is_ip(host: str) -> bool:
    """Tell an IP address from a name."""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _host_and_scheme(url: str) -> tuple[str | None, str]:
    # An error of urlsplit quotes the address: nothing of it may stay in ours.
    try:
        parts = urlsplit(url)
        _ = parts.port
        return parts.hostname, parts.scheme.lower()
    except ValueError:
        return None, ""


def _is_public(ip: IpAddress) -> bool:
    if _embedded(ip):
        return True  # a wrapping: the address inside decides
    if ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback or ip.is_link_local:
        return False
    if ip in _NAT64_LOCAL or any(ip in network for network in _SPECIAL):
        return False
    return ip.is_global


def _embedded(ip: IpAddress) -> list[IpAddress]:
    """Return the IPv4 addresses to which an IPv6 address leads in the end."""
    if isinstance(ip, ipaddress.IPv4Address):
        return []
    inside: list[IpAddress] = [each for each in (ip.ipv4_mapped, ip.sixtofour) if each]
    inside += ip.teredo or ()
    if ip in _NAT64 or (ip in _COMPATIBLE and int(ip) > 1):
        inside.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return inside
