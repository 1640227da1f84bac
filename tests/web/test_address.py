from __future__ import annotations

import socket
import threading

import pytest
from tests.web.conftest import send

from oyez.errors import SourceDenied, SourceUnavailable
from oyez.web.address import check_ip, check_url

PRIVATE = [
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",  # noqa: S104  refused, not listened on
    "0.1.2.3",
    "169.254.1.1",
    "100.64.0.1",
    "100.127.255.254",
    "192.0.0.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.19.255.255",
    "192.0.2.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "100::1",
    "2001:2::1",
    "2001:10::1",
    "2001:db8::1",
    "3fff::1",
    "3fff:fff:ffff::1",
    "5f00::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",  # Teredo of 127.0.0.1
]
METADATA = [
    "169.254.169.254",
    "::ffff:169.254.169.254",
    "fd00:ec2::254",
    "100.100.100.200",
    "168.63.129.16",
    "64:ff9b::a9fe:a9fe",
]


@pytest.mark.parametrize("ip", PRIVATE)
def test_an_address_of_our_own_network_is_refused_unless_allowed(ip):
    with pytest.raises(SourceDenied, match="`allow_private: true` on it in the client's file"):
        check_ip("forum.example", ip, allow_private=False)
    check_ip("forum.example", ip, allow_private=True)


@pytest.mark.parametrize("ip", METADATA)
@pytest.mark.parametrize("allow_private", [True, False])
def test_credentials_of_the_machine_are_never_asked(ip, allow_private):
    with pytest.raises(SourceDenied, match="never asked"):
        check_ip("forum.example", ip, allow_private=allow_private)


@pytest.mark.parametrize(
    "ip", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"]
)
def test_a_public_address_is_allowed(ip):
    check_ip("forum.example", ip, allow_private=False)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example/",
        "file:///etc/passwd",
        "gopher://a.example/",
        "a.example/feed",
        "//a.example/feed",
        "http://",
        "http://[::1",
        "http://a.example:99999/",
        "javascript:alert(1)",
        "",
    ],
)
def test_what_is_no_web_address_is_refused(url, make):
    with pytest.raises(SourceDenied):
        check_url(url, allow_private=True)
    with pytest.raises(SourceDenied):
        make(allow_private=True).get(url)


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "[::ffff:10.0.0.1]", "169.254.169.254"])
def test_digits_are_refused_before_any_connection(host, make):
    def never(host: str, port: int) -> list[str]:
        raise AssertionError("resolved")

    with pytest.raises(SourceDenied):
        make(resolve=never).get(f"http://{host}/latest/meta-data/")


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "localhost"])
def test_other_spellings_of_a_private_address_are_refused(host, make, server, clock):
    server.steps = [send(b"secret")]
    with pytest.raises(SourceDenied):
        make().get(f"http://{host}:{server.port}/")
    assert server.connections == 0
    assert clock.slept == []


def test_one_private_address_among_public_ones_forbids_the_name(make):
    with pytest.raises(SourceDenied, match=r"10\.0\.0\.1"):
        make(resolve=lambda host, port: ["8.8.8.8", "10.0.0.1"]).get("http://mixed.example/")


def test_a_name_is_resolved_once_and_its_address_is_the_one_connected_to(make, server):
    """DNS rebinding: a second answer would lead elsewhere, so there is no second question."""
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    def no_other_question(*args: object, **kwargs: object) -> None:
        raise AssertionError("resolved behind our back")

    server.steps = [send(b"ok")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", no_other_question)
        web = make(allow_private=True, resolve=rebinding)
        for _ in range(2):
            assert web.get(f"http://site.example:{server.port}/").body == b"ok"
    assert asked == ["site.example"]
    assert f"Host: site.example:{server.port}" in server.heads[0]


def test_a_second_connection_is_checked_again(make, server):
    """A name that turns private between two connections is refused at the second."""
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])
    server.steps = [send(b"ok", headers="Connection: close\r\n")]
    web = make(allow_private=True, resolve=lambda host, port: next(answers))
    web.get(f"http://site.example:{server.port}/")
    with pytest.raises(SourceDenied):
        web.get(f"http://site.example:{server.port}/")


def test_an_address_that_does_not_answer_gives_way_to_the_next(make, server):
    server.steps = [send(b"ok")]
    web = make(allow_private=True, resolve=lambda host, port: ["127.0.0.9", "127.0.0.1"])
    assert web.get(f"http://site.example:{server.port}/").body == b"ok"


def test_an_unknown_name_is_asked_for_again(make, clock):
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(SourceUnavailable, match="Name or service not known"):
        make(resolve=unknown).get("http://nowhere.example/")
    assert len(clock.slept) == 3


def test_a_resolver_that_hangs_does_not_hang_us(make):
    released = threading.Event()

    def hangs(host: str, port: int) -> list[str]:
        released.wait(20)
        return []

    with pytest.raises(SourceUnavailable, match=r"not resolved in time|not finished"):
        make(resolve=hangs, deadline_seconds=0.1).get("http://slow.example/")
    released.set()


def test_proxies_of_the_environment_are_not_used(make, server):
    """A proxy would resolve the name itself, out of our sight."""
    server.steps = [send(b"ok")]
    with pytest.MonkeyPatch.context() as patch:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
            patch.setenv(name, "http://127.0.0.1:9")
        assert make(allow_private=True).get(server.url).body == b"ok"
