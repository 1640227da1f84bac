from __future__ import annotations

import time
from datetime import timedelta

import pytest
from tests.web.conftest import moved_to, send

from oyez.errors import SourceDenied, SourceThrottled, SourceUnavailable
from oyez.web.robots import parse

AGENT = "AtelierNord-eReputation"


@pytest.mark.parametrize(
    ("rules", "path", "is_allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow: /private", "/private/x", False),
        ("User-agent: *\nDisallow: /private", "/public", True),
        # the longest match decides, whatever the order
        ("User-agent: *\nDisallow: /a\nAllow: /a/feed", "/a/feed.xml", True),
        ("User-agent: *\nAllow: /a/feed\nDisallow: /a", "/a/other", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        # wildcards
        ("User-agent: *\nDisallow: /*?", "/feed?x=1", False),
        ("User-agent: *\nDisallow: /*?", "/feed", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf.html", True),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /a*b*c", "/axxbxxc/d", False),
        ("User-agent: *\nDisallow: /*a*$", "/xay", False),
        ("User-agent: *\nDisallow: /ab*ab$", "/ab", True),
        # our own group replaces the general one
        (f"User-agent: *\nDisallow: /\nUser-agent: {AGENT.lower()}\nDisallow: /x", "/a", True),
        (f"User-agent: {AGENT}/2.0\nDisallow: /\n\nUser-agent: *\nDisallow:", "/a", False),
        (f"User-agent: other\nUser-agent: {AGENT}\nDisallow: /", "/a", False),
        ("User-agent: other\nDisallow: /", "/a", True),
        (f"User-agent: *\nDisallow: /\nUser-agent: {AGENT}\nCrawl-delay: 1", "/a", True),
        # writing
        ("user-AGENT : *  # all\r\nDISALLOW: /a # this", "/a", False),
        ("\ufeffUser-agent: *\nDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /caf\u00e9", "/caf%C3%A9", False),
        ("Disallow: /a", "/a", True),
        ("<!doctype html><p>User-agent: nobody", "/a", True),
    ],
)
def test_rules(rules, path, is_allowed):
    assert parse(rules, AGENT).allows(f"https://a.example{path}") is is_allowed


def test_a_hostile_pattern_costs_no_time():
    rules = parse("User-agent: *\nDisallow: /" + "a*" * 2000 + "b$", AGENT)
    start = time.monotonic()
    assert rules.allows("https://a.example/" + "a" * 5000)
    assert time.monotonic() - start < 1


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("10", 10), ("0.5", 0.5), ("soon", 0), ("-3", 0), ("", 0)],
)
def test_crawl_delay(text, seconds):
    assert parse(f"User-agent: *\nCrawl-delay: {text}", AGENT).delay_seconds == seconds


def paths(server) -> list[str]:
    return [head.split()[1] for head in server.heads]


def test_rules_are_asked_once_a_day(make, server, clock):
    web = make(allow_private=True, task_seconds=86_400)
    server.steps = [send(b"User-agent: *\nDisallow: /no")]
    for _ in range(3):
        web.get(server.url + "/feed", robots=True)
    assert paths(server) == ["/robots.txt", "/feed", "/feed", "/feed"]
    with pytest.raises(SourceDenied, match="/no/x"):
        web.get(server.url + "/no/x", robots=True)
    clock.now += timedelta(hours=12)
    web.get(server.url + "/feed", robots=True)
    assert paths(server)[4:] == ["/robots.txt", "/feed"]
    assert "AtelierNord" in server.heads[0]


def test_apis_are_asked_without_rules(web, server):
    server.steps = [send(b"{}")]
    web.get(server.url + "/api")
    assert paths(server) == ["/api"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_no_rules_allow_all(status, web, server):
    server.steps = [send(b"User-agent: *\nDisallow: /", status=f"{status} No"), send(b"ok")]
    assert web.get(server.url + "/feed", robots=True).body == b"ok"


def test_rules_that_cannot_be_read_forbid_all(web, server):
    server.steps = [send(b"", status="500 Oops")]
    with pytest.raises(SourceUnavailable, match="rules for programs could not be read"):
        web.get(server.url + "/feed", robots=True)
    assert set(paths(server)) == {"/robots.txt"}


def test_rules_that_come_too_often_defer(web, server):
    server.steps = [send(b"", status="429 Slow", headers="Retry-After: 3600\r\n")]
    with pytest.raises(SourceThrottled):
        web.get(server.url + "/feed", robots=True)


def test_the_sites_pace_is_kept(web, server, clock):
    server.steps = [send(b"User-agent: *\nCrawl-delay: 7")]
    for _ in range(3):
        web.get(server.url + "/feed", robots=True)
    assert clock.slept == [7, 7]


def test_a_pace_beyond_a_minute_defers(web, server):
    server.steps = [send(b"User-agent: *\nCrawl-delay: 90")]
    web.get(server.url + "/feed", robots=True)
    with pytest.raises(SourceThrottled):
        web.get(server.url + "/feed", robots=True)


def test_a_redirect_obeys_the_rules_of_where_it_leads(web, server):
    server.steps = [
        send(b"User-agent: *\nDisallow: /no"),
        moved_to("/no/feed"),
    ]
    with pytest.raises(SourceDenied, match="/no/feed"):
        web.get(server.url + "/feed", robots=True)
    assert paths(server) == ["/robots.txt", "/feed"]


def test_endless_rules_are_read_as_far_as_the_standard_asks(web, server):
    server.steps = [send(b"User-agent: *\nDisallow: /no\n" + b"#" * 600_000), send(b"ok")]
    assert web.get(server.url + "/feed", robots=True).body == b"ok"
    with pytest.raises(SourceDenied):
        web.get(server.url + "/no", robots=True)


def test_rules_are_not_what_the_connector_counts(make, server):
    costs: list[int] = []
    web = make(allow_private=True, ledger=lambda host, status, size, cost: costs.append(cost))
    server.steps = [send(b"")]
    web.get(server.url + "/feed", robots=True)
    assert costs == [0, 1]
