from __future__ import annotations

import logging
import traceback

import pytest
from tests.web.conftest import reset, send

from oyez.errors import OyezError, SourceDenied, SourceUnavailable
from oyez.web.redact import Secrets, is_sensitive

SECRET = "s3cr/t+Wörd=42"  # noqa: S105  nobody's


@pytest.mark.parametrize(
    "name",
    [
        "key",
        "token",
        "access_token",
        "api_key",
        "apikey",
        "api-key",
        "password",
        "Authorization",
        "Proxy-Authorization",
        "Api-Key",
        "X-Api-Key",
        "Cookie",
        "client_secret",
        "refresh_token",
        "appsecret_proof",
        "x-auth-token",
    ],
)
def test_these_names_hold_secrets(name):
    assert is_sensitive(name)


@pytest.mark.parametrize(
    "name",
    ["q", "keyword", "pageToken", "next_token", "Api-Username", "cursor", "tokens", "author"],
)
def test_these_do_not(name):
    assert not is_sensitive(name)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://a.example/?q=1&key=AIza_x-1&z=2", "https://a.example/?q=1&key=***&z=2"),
        ("/v3/search?access_token=abc HTTP/1.1", "/v3/search?access_token=*** HTTP/1.1"),
        ("https://marie:pw@a.example/x", "https://***@a.example/x"),
        ("https://tok@a.example/x", "https://***@a.example/x"),
        (
            "url=https%3A%2F%2Fa.example%3Ftoken%3Dabc&x=1",
            "url=https%3A%2F%2Fa.example%3Ftoken%3D***&x=1",
        ),
        ("Authorization: Bearer abc.def", "Authorization: ***"),
        ("{'Authorization': 'Bearer abc.def', 'A': 'b'}", "{'Authorization': '***', 'A': 'b'}"),
        ("sent Bearer abc.def-ghi today", "sent Bearer *** today"),
        ('{"password": "a b\\"c", "x": 1}', '{"password": "***", "x": 1}'),
        ("Set-Cookie: a=b; c=d", "Set-Cookie: ***"),
        ("the keyword=shoes and monkey=bars", "the keyword=shoes and monkey=bars"),
        ("mail marie@a.example", "mail marie@a.example"),
    ],
)
def test_a_text_is_shown_without_secrets(text, shown):
    assert Secrets().clean(text) == shown


def test_a_known_secret_is_hidden_wherever_it_stands():
    secrets = Secrets()
    secrets.learn_url("https://a.example/?token=s3cret%2Fx")
    secrets.learn_headers({"Authorization": "Basic bWFyaWU6aHVudGVyMg=="})
    secrets.learn_json({"a": [{"password": "hunter3"}]})
    text = "GET /hooks/s3cret/x and s3cret%2Fx, bWFyaWU6aHVudGVyMg==, hunter2, hunter3"
    assert secrets.clean(text) == "GET /hooks/*** and ***, ***, ***, ***"


def chain(error: BaseException) -> str:
    """All that a careless logger could print of an error."""
    texts: list[str] = []
    links: list[BaseException | None] = [error]
    while links:
        seen = links.pop()
        if seen is None:
            continue
        texts += [str(seen), repr(seen), repr(seen.args), repr(vars(seen))]
        links += [seen.__cause__, seen.__context__]
    return "\n".join([*texts, "".join(traceback.format_exception(error))])


STEPS = {
    "reset": reset,
    "server error": send(b"", status="500 Oops"),
    "denied, quoting the request": send(f"bad token: {SECRET}".encode(), status="403 Forbidden"),
    "no JSON, quoting the request": send(f"you sent {SECRET}".encode()),
    "limit": send(b"", status="429 Slow", headers="Retry-After: 999\r\n"),
    "redirect away": send(b"", status="302 F", headers="Location: ftp://x/?token=s3cr%2Ft\r\n"),
    "redirect inside": send(b"", status="302 F", headers="Location: http://169.254.169.254/\r\n"),
    "headers that urllib3 cannot parse": send(b"x", headers="broken\r\nX: y\r\n"),
    "compressed otherwise": send(b"x", headers="Content-Encoding: br\r\n"),
}


@pytest.mark.parametrize("name", STEPS)
def test_no_error_and_no_log_holds_a_secret(name, web, server, caplog):
    caplog.set_level(logging.DEBUG)
    server.steps = [STEPS[name]]
    url = server.url.replace("//", "//marie:pAssw0rd@") + "/feed"
    try:
        answer = web.get(
            url,
            params={"key": SECRET, "token": SECRET, "q": "shoes"},
            headers={
                "Api-Key": SECRET.encode().decode("latin-1"),
                "Authorization": "Bearer abcdefgh",
            },
            read=lambda answer: answer.json(),
        )
    except OyezError as error:
        shown = chain(error)
    else:
        shown = repr(answer) + str(answer.record())
    log = "\n".join(
        record.getMessage() + repr(record.args) + (record.exc_text or "")
        for record in caplog.records
    )
    for secret in (SECRET, "s3cr%2Ft", "s3cr/t", "pAssw0rd", "abcdefgh", "bWFyaWU6"):
        assert secret not in shown
        assert secret not in log
    assert "q=shoes" in log  # the rest stays readable: urllib3 did log the address


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/?token=abcdef123",
        "http://10.0.0.1/?token=abcdef123",
        "http://marie:abcdef123@127.0.0.1:9/",
        "http://a.example:abcdef123/",
        "ftp://marie:abcdef123@a.example/",
        "http://a..example/?key=abcdef123",
    ],
)
def test_an_address_that_fails_is_quoted_without_its_secret(url, make):
    with pytest.raises(OyezError) as caught:
        make(resolve=lambda host, port: ["10.0.0.1"]).get(url)
    assert "abcdef123" not in chain(caught.value)


# By name: a traceback quotes the lines of this file.
PATH_TOKEN = "T0K3N-in-path"  # noqa: S105  nobody's
SPLIT_HEADER = "abcdef123\r\nX: y"


def test_a_secret_in_a_path_is_hidden_when_told(web, server, caplog):
    caplog.set_level(logging.DEBUG)
    web.hide(PATH_TOKEN)
    server.steps = [send(b"no", status="404 Not Found")]
    with pytest.raises(SourceUnavailable) as caught:
        web.get(f"{server.url}/hooks/{PATH_TOKEN}/x")
    assert PATH_TOKEN not in chain(caught.value) + caplog.text
    assert "/hooks/***/x" in str(caught.value)


def test_a_raw_record_holds_the_request_without_its_secrets(web, server):
    server.steps = [send(b"{}", headers="ETag: x\r\nX-RateLimit-Remaining: 9\r\nServer: y\r\n")]
    record = web.get(
        server.url, params={"key": SECRET, "q": "é"}, headers={"Api-Key": "0123456789", "A": "b"}
    ).record()
    assert record["request"]["url"] == server.url + "/?key=***&q=%C3%A9"
    assert record["request"]["headers"]["Api-Key"] == "***"
    assert record["request"]["headers"]["A"] == "b"
    assert record["headers"] == {"etag": "x", "x-ratelimit-remaining": "9"}
    assert record["fetched_at"] == "2026-11-22T16:00:00"


def test_netrc_is_not_read(web, server, tmp_path, monkeypatch):
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login marie password abcdef123\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    server.steps = [send(b"{}")]
    web.get(server.url)
    assert "Authorization" not in server.heads[0]


def test_an_own_header_that_cannot_be_sent_is_refused(web):
    with pytest.raises(SourceDenied) as caught:
        web.get("http://127.0.0.1:9/", headers={"Api-Key": SPLIT_HEADER})
    assert "abcdef123" not in chain(caught.value)
