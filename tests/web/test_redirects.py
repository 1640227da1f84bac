"""Pages that did not change, moved, or are gone; and what is carried along a redirect."""

from __future__ import annotations

import pytest
from tests.web.conftest import Server, moved_to, send

from oyez.errors import SourceDenied, SourceUnavailable
from oyez.web import Conditional


@pytest.fixture
def elsewhere():
    other = Server()
    yield other
    other.close()


def test_an_unchanged_page_costs_no_body(web, server):
    server.steps = [
        send(b"<rss/>", headers='ETag: W/"a1"\r\nLast-Modified: Sun, 22 Nov 2026 15:00:00 GMT\r\n'),
        lambda conn: conn.sendall(b"HTTP/1.1 304 Not Modified\r\n\r\n"),
        send(b"<rss>2</rss>", headers='ETag: "b2"\r\n'),
    ]
    first = web.get(server.url)
    held = Conditional(first.etag, first.last_modified)
    second = web.get(server.url, conditional=held, read=lambda answer: 1 / len(answer.body))
    assert second.not_modified
    assert second.body == b""
    # This 304 repeats neither: what was sent stays good.
    assert (second.etag, second.last_modified) == (held.etag, held.last_modified)
    assert 'If-None-Match: W/"a1"' in server.heads[1]
    assert "If-Modified-Since: Sun, 22 Nov 2026 15:00:00 GMT" in server.heads[1]
    third = web.get(server.url, conditional=held)
    assert (third.not_modified, third.etag, third.last_modified) == (False, '"b2"', None)


def test_a_page_that_is_gone_is_an_answer(web, server):
    server.steps = [send(b"", status="410 Gone")]
    assert web.get(server.url).gone
    assert len(server.heads) == 1


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ((301,), "/1"),
        ((308,), "/1"),
        ((301, 308), "/2"),
        ((302,), None),
        ((301, 302), "/1"),  # only the first step is for good
        ((302, 301), None),  # what is for good starts from an address that is not ours
    ],
)
def test_a_move_for_good_is_reported(statuses, expected, web, server):
    server.steps = [moved_to(f"/{n}", status) for n, status in enumerate(statuses, 1)] + [
        send(b"ok")
    ]
    answer = web.get(server.url + "/0")
    assert answer.body == b"ok"
    assert answer.moved_to == (server.url + expected if expected else None)


def test_a_new_address_is_reported_whole_but_not_shown(web, server):
    server.steps = [moved_to("/new?token=abcdef123", 301), send(b"ok")]
    answer = web.get(server.url + "/feed?token=abcdef123")
    assert answer.moved_to == server.url + "/new?token=abcdef123"
    assert answer.url == server.url + "/new?token=***"
    assert "abcdef123" not in repr(answer) + str(answer.record())


def test_five_redirects_are_followed_and_six_are_not(web, server):
    server.steps = [moved_to("/a")] * 5 + [send(b"ok")]
    assert web.get(server.url).body == b"ok"
    server.heads.clear()
    server.steps = [moved_to("/a")]
    with pytest.raises(SourceUnavailable, match="more than 5 redirects"):
        web.get(server.url)
    assert len(server.heads) == 6


CREDENTIALS = {
    "Authorization": "Bearer abcdefgh",
    "Api-Key": "0123456789",
    "X-Api-Key": "9876543210",
    "Cookie": "sid=abcdefgh",
    "Accept-Language": "fr",
}


def test_credentials_stay_with_their_host(web, server, elsewhere):
    server.steps = [moved_to("/same"), moved_to(f"{elsewhere.url}/other")]
    elsewhere.steps = [moved_to(f"{server.url}/back"), send(b"ok")]
    server.steps.append(send(b"ok"))
    web.get(server.url, headers=CREDENTIALS)
    for name, value in CREDENTIALS.items():
        assert f"{name}: {value}" in server.heads[1]
        assert (f"{name}: {value}" in elsewhere.heads[0]) is (name == "Accept-Language")
        # Once dropped they do not come back.
        assert (f"{name}: {value}" in server.heads[2]) is (name == "Accept-Language")


def test_a_password_in_the_address_stays_with_its_host(web, server, elsewhere):
    server.steps = [moved_to(elsewhere.url)]
    elsewhere.steps = [send(b"ok")]
    answer = web.get(server.url.replace("//", "//marie:s3same-ouvre@"))
    assert "Authorization: Basic" in server.heads[0]
    assert "Authorization" not in elsewhere.heads[0]
    assert "s3same" not in answer.url + str(answer.record())


@pytest.mark.parametrize(
    "location",
    ["ftp://127.0.0.1/x", "file:///etc/passwd", "gopher://a.example/", "http://[broken", "data:,x"],
)
def test_a_redirect_never_leaves_http(location, web, server):
    server.steps = [moved_to(location)]
    with pytest.raises(SourceUnavailable, match="redirects"):
        web.get(server.url)
    assert len(server.heads) == 1


def test_a_redirect_to_a_private_address_is_refused_in_text(make):
    import responses

    with responses.RequestsMock() as site:
        site.get("https://feed.example.org/", status=302, headers={"Location": "http://10.0.0.8/"})
        with pytest.raises(SourceDenied, match=r"10\.0\.0\.8"):
            make().get("https://feed.example.org/")


def test_a_redirect_to_a_name_of_our_network_is_refused(make, server):
    """The first host counts as public here: its check is told so, that of the second is real."""
    from oyez.web import address, connection

    def lenient(host: str, ip: str, *, allow_private: bool) -> None:
        address.check_ip(host, ip, allow_private=host == "feed.example.org")

    names = {"feed.example.org": ["127.0.0.1"], "inner.example.org": ["127.0.0.1"]}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection, "check_ip", lenient)
        web = make(resolve=lambda host, port: names[host])
        server.steps = [moved_to(f"http://inner.example.org:{server.port}/admin"), send(b"secret")]
        with pytest.raises(SourceDenied, match=r"inner\.example\.org leads to 127\.0\.0\.1"):
            web.get(f"http://feed.example.org:{server.port}/")
    assert len(server.heads) == 1


@pytest.mark.parametrize("status", [301, 302, 303])
def test_a_redirected_post_becomes_a_question(status, web, server, elsewhere):
    server.steps = [moved_to(elsewhere.url, status)]
    elsewhere.steps = [send(b"ok")]
    web.post(server.url, json={"password": "hunter2hunter2"})
    assert elsewhere.heads[0].startswith("GET ")
    assert "Content-Type" not in elsewhere.heads[0]
    assert elsewhere.bodies == [b""]


@pytest.mark.parametrize("status", [307, 308])
def test_a_body_is_repeated_to_the_same_host_only(status, web, server, elsewhere):
    server.steps = [moved_to("/again", status), send(b"ok")]
    web.post(server.url, json={"password": "hunter2hunter2"})
    assert server.bodies[1] == b'{"password": "hunter2hunter2"}'
    server.heads.clear()
    server.steps = [moved_to(elsewhere.url, status)]
    with pytest.raises(SourceUnavailable, match="another host"):
        web.post(server.url, json={"password": "hunter2hunter2"})
    assert elsewhere.heads == []


def test_the_body_of_a_redirect_is_limited_too(make, server):
    server.steps = [send(b"x" * 2000, status="302 Found", headers="Location: /a\r\n")]
    with pytest.raises(SourceUnavailable, match="longer than"):
        make(allow_private=True, max_bytes=1000).get(server.url)


def test_a_redirect_without_location_is_no_answer(web, server):
    server.steps = [send(b"", status="302 Found")]
    with pytest.raises(SourceUnavailable, match="status 302"):
        web.get(server.url)
