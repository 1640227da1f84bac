"""An answer that is broken once is asked for again; a site that shows our secrets is not quoted.

The sites are those of `test_past_day_twice`.
"""

# ruff: noqa: DTZ001  instants are naive UTC by convention
from __future__ import annotations

import json
import logging
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
import zstandard

from oyez.config.model import Client
from oyez.landing import Attention
from oyez.sources import catalogue, watch
from oyez.sources.contract import Found, Missed, Window
from oyez.web import Web
from oyez.workspace import Workspace

from .site import Asked, Clock, Reply, running
from .test_past_day_twice import CASES
from .test_wrong_types import ACCOUNTS

NOW = datetime(2026, 3, 12, 5)
WINDOW = Window(datetime(2026, 3, 11), datetime(2026, 3, 12))
HOURS = (-20, 2, 5, 11)
PAGE = b"<html><body>We will be right back</body></html>"


def _bytes(body: Any) -> bytes:
    return body if isinstance(body, bytes) else json.dumps(body).encode()


class OnceBroken:
    """A site whose n-th answer, from 0, is broken; the one after it is whole again."""

    def __init__(self, site: Any, number: int, broken: Callable[[bytes], bytes]) -> None:
        self._site, self._number, self._broken = site, number, broken
        self.count = 0
        self.places: list[str] = []

    def __call__(self, *asked: Any) -> Any:
        answer = self._site(*asked)
        one = asked[0]
        if isinstance(one, Asked) and one.path == "/robots.txt":
            return answer
        self.places.append(str(asked[:2]) if not isinstance(one, Asked) else str(vars(one)))
        is_hit = self.count == self._number
        self.count += 1
        if not is_hit:
            return answer
        if isinstance(answer, Reply):
            return Reply(self._broken(_bytes(answer.body)), answer.status)
        return answer[0], {}, self._broken(_bytes(answer[2]))


def _read(kind: str, site: Any) -> list[Any]:
    case = CASES[kind]
    with case.serving(lambda *asked: site(*asked)) as served:
        url = served if isinstance(served, str) else served.url
        client = Client.model_validate(
            {
                "id": "maison",
                "name": "Verdier",
                "timezone": "UTC",
                "brands": [{"id": "verdier", "name": "Verdier", "accounts": ACCOUNTS}],
                "sources": [{"id": "site", "kind": kind, "options": case.options(url)}],
            }
        )
        source = case.opened(url, Clock(NOW))
        return list(source.fetch(catalogue.query_of(client, client.sources[0]), WINDOW))


def _what(yielded: list[Any]) -> Counter[str]:
    return Counter(
        re.sub(r"^127\.0\.0\.1:\d+", "here", one.native_id) if isinstance(one, Found) else str(one)
        for one in yielded
        if isinstance(one, Found | Attention | Missed)
    )


def _cut(body: bytes) -> bytes:
    # Far enough to end inside a feed's channel: one whose channel is closed lacks nothing.
    return body[: max(1, len(body) - 20)]


@pytest.mark.parametrize("broken", [lambda _: PAGE, _cut], ids=["page", "cut"])
@pytest.mark.parametrize("kind", catalogue.kinds())
def test_a_broken_answer_is_asked_for_once_more(
    kind: str, broken: Callable[[bytes], bytes]
) -> None:
    calm = OnceBroken(CASES[kind].site(HOURS), -1, broken)
    whole = _what(_read(kind, calm))
    assert whole
    for number in range(calm.count):
        site = OnceBroken(CASES[kind].site(HOURS), number, broken)
        assert _what(_read(kind, site)) == whole, calm.places[number]
        # One question more, the same one, and all others as before.
        assert site.count == calm.count + 1, calm.places[number]


SECRET = "tok-3f9a7c51d2e84b60"  # noqa: S105  nobody's
CONNECTIONS = {
    "bluesky": {"login": "verdier.example", "password": SECRET},
    "discourse": {"login": "oyez", "password": SECRET},
    "google_reviews": {
        "login": "client-id",
        "password": SECRET,
        "extra": {"client_secret": f"{SECRET}-too"},
    },
    "mastodon": {"password": SECRET},
    "stackexchange": {"password": SECRET},
    "youtube": {"password": SECRET},
}
ADDRESSES = {
    "google_reviews": ("_API", "_TOKENS"),
    "stackexchange": ("_API",),
    "youtube": ("_API",),
}


def _echo(form: str) -> Callable[[Asked], Reply]:
    """A site that shows in its answer whatever it was sent."""

    def respond(asked: Asked) -> Reply:
        if asked.path == "/robots.txt":
            return Reply(b"", 404)
        sent = f"{dict(asked.headers)} {asked.params} {asked.body.decode()}"
        if form == "page":
            return Reply(f"<p>{sent}</p>".encode())
        if form == "cut":
            return Reply(b'{"error": "' + sent.encode())
        if form == "object":
            return Reply({"error": sent, "message": sent})
        return Reply(sent.encode(), int(form))

    return respond


@pytest.mark.parametrize("form", ["page", "cut", "object", "401", "500"])
@pytest.mark.parametrize("kind", sorted(CONNECTIONS))
def test_a_site_that_shows_our_secret_is_not_quoted(
    kind: str,
    form: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    module = catalogue.connector(kind).__module__
    with running(_echo(form)) as site:
        for name in ADDRESSES.get(kind, ()):
            monkeypatch.setattr(f"{module}.{name}", site.url)
        (tmp_path / "clients").mkdir()
        (tmp_path / "agency.yml").write_text("name: Atelier Nord\n")
        source = {"id": "site", "kind": kind, "allow_private": True}
        if kind in CASES:
            source["options"] = CASES[kind].options(site.url)
        brand = {"id": "verdier", "name": "Verdier", "accounts": ACCOUNTS}
        body = {"id": "maison", "name": "V", "timezone": "UTC", "brands": [brand]}
        (tmp_path / "clients" / "maison.yml").write_text(
            yaml.safe_dump({**body, "sources": [source]})
        )
        monkeypatch.setenv(
            "AIRFLOW_CONN_MAISON__SITE", json.dumps({"host": site.url, **CONNECTIONS[kind]})
        )
        clock = Clock(NOW)
        monkeypatch.setattr(watch, "Web", _patient(clock))
        ws = Workspace.open(tmp_path)
        client = ws.client("maison")
        with caplog.at_level(logging.DEBUG):
            result = watch.watch(ws, client, client.sources[0], date(2026, 3, 11), now=NOW)
        assert site.asked
        assert any(SECRET in f"{one.headers} {one.params} {one.body!r}" for one in site.asked)
    assert result["error"] is not None
    told = f"{result['message']} {result['error']} {result['error'].args} {caplog.text}"
    assert SECRET not in told
    for file in (tmp_path / "data").rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            if file.suffix == ".zst":
                content = zstandard.ZstdDecompressor().decompress(content)
            assert SECRET.encode() not in content, file


def _patient(clock: Clock) -> Callable[..., Web]:
    """The real client, without its waits."""

    def made(**options: Any) -> Web:
        return Web(**options, clock=clock, sleep=clock.sleep, chance=lambda: 0.0)

    return made
