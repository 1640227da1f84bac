"""Mentions are written by strangers: nothing of theirs runs, loads or stalls."""
# ruff: noqa: E501  hostile texts are easier to read unbroken

from __future__ import annotations

import http.server
import threading
import time
import zlib

import pytest
from reading import everything
from sample_edition import french, verbatim

from oyez.errors import ConfigError, RenderError
from oyez.render.bundle import BundleFetcher, OutsideBundleError
from oyez.render.logo import safe_logo
from oyez.render.pdf import render_pdf
from oyez.render.text import link, plain
from oyez.render.theme import load_theme

PATIENCE = 45  # seconds, on a busy machine; the unguarded engine needs minutes


def with_text(text, **fields):
    edition = french()
    one = verbatim("2026-09-08T10:12", "x", text, "negative", **fields)
    return edition.model_copy(
        update={
            "verbatims": {"negative": [one], "positive": [one], "waiting": [one], "engaged": [one]},
            "sections": ["verbatims", "responsiveness"],
        }
    )


@pytest.fixture
def server():
    seen: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as one:
        threading.Thread(target=one.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{one.server_port}", seen
        one.shutdown()


def test_html_in_a_mention_is_printed_as_text_and_fetches_nothing(server, theme, tmp_path):
    address, seen = server
    secret = tmp_path / "secret.txt"
    secret.write_text("ultrasecret")
    text = (
        f'<img src="{address}/a"> <link rel=attachment href="file://{secret}"> '
        f"<style>@import url({address}/b)</style> <svg><image href='{address}/c'/></svg>"
    )
    pdf = render_pdf(with_text(text, author=f"<b onload='{address}/d'>x</b>"), theme, None)
    assert seen == []
    assert b"ultrasecret" not in pdf
    assert "<img src=" in everything(pdf)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "http://127.0.0.1:9/x", "bundle:other", "data:,x", "BUNDLE:logo.svg"],
)
def test_the_fetcher_serves_only_its_bundle(url):
    with pytest.raises(OutsideBundleError):
        BundleFetcher({"logo.svg": b"<svg/>"}).fetch(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "https://u:p@example.org",
        "http://",
        "https://a b",
        "//example.org",
        None,
    ],
)
def test_only_web_addresses_are_linked(url):
    assert link(url) is None


def test_a_web_address_is_linked():
    assert link("https://example.org/a?b=1") == "https://example.org/a?b=1"


@pytest.mark.parametrize(
    "text",
    ["a" * 10_000, "😀" * 3_000, "<div>" * 5_000, "e" + "\u0301" * 3_000, "\u202e\u2066" * 2_000 + "x", "{client}{0}%s" * 50, "م" * 9_000],
    ids=["long word", "emoji", "nested", "accents", "bidi", "braces", "arabic"],
)  # fmt: skip
def test_abnormal_texts_are_printed_quickly(text, theme):
    start = time.monotonic()
    edition = with_text(text, author=text, url="https://example.org/" + "p" * 1500)
    edition = edition.model_copy(
        update={"client": edition.client | {"name": text}, "agency": {"name": text}}
    )
    assert render_pdf(edition, theme, None).startswith(b"%PDF")
    assert time.monotonic() - start < PATIENCE


def test_words_from_a_mention_are_never_a_template(theme):
    edition = french()
    findings = edition.findings | {
        "summary": [
            edition.findings["coverage"][0].model_copy(
                update={"params": {"measured_pct": 98.6, "source_names": ["{measured} {x}"]}}
            )
        ]
    }
    pdf = render_pdf(
        edition.model_copy(update={"findings": findings, "sections": ["summary"]}), theme, None
    )
    assert "{measured} {x}" in everything(pdf)


def test_plain_keeps_words_and_marks_its_cuts():
    assert plain("  Bonjour\n\tvous\u200b  ") == "Bonjour vous"
    assert plain("un deux trois", 8) == "un deux…"
    assert plain("x" * 100) == "x" * 41 + "…"


def test_a_rendering_that_takes_too_long_is_stopped(theme):
    with pytest.raises(
        RenderError, match=r"client maison-verdier · report monthly, page .*longer than"
    ):
        render_pdf(french(), theme, None, timeout_seconds=0.05)


def test_an_unknown_finding_names_client_report_and_page(theme):
    edition = french()
    bad = edition.findings["volume"][0].model_copy(update={"code": "horoscope.good"})
    broken = edition.model_copy(update={"findings": edition.findings | {"volume": [bad]}})
    with pytest.raises(
        RenderError, match=r"maison-verdier · report monthly, page volume: unknown finding"
    ):
        render_pdf(broken, theme, None)


def test_a_logo_loses_scripts_links_and_pictures():
    kind, clean = safe_logo(
        "logo.svg",
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" viewBox="0 0 1 1" onload="a()">'
        b'<script>a()</script><image href="http://127.0.0.1/"/><use x:href="#a"/><style>@import "x"</style>'
        b'<path d="M0 0L1 1" fill="url(http://127.0.0.1/)" stroke="#000000"/></svg>',
    )
    assert kind == "svg"
    for word in (b"script", b"image", b"use", b"style", b"127.0.0.1", b"onload"):
        assert word not in clean
    assert b'd="M0 0L1 1"' in clean
    assert b'stroke="#000000"' in clean


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">&a;</svg>',
        b"<svg",
        b"<html/>",
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">' + b"<g>" * 40 + b"</g>" * 40 + b"</svg>",
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">' + b"<path/>" * 700 + b"</svg>",
    ],
    ids=["entity", "broken", "html", "no viewBox", "nested", "crowded"],
)  # fmt: skip
def test_a_dangerous_svg_is_refused(content):
    with pytest.raises(ConfigError, match=r"logo\.svg"):
        safe_logo("logo.svg", content)


def test_a_png_bomb_is_refused_before_it_is_unpacked():
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    header = (13_000).to_bytes(4) + (13_000).to_bytes(4) + bytes([8, 0, 0, 0, 0])
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )
    with pytest.raises(ConfigError, match="13000 × 13000"):
        safe_logo("logo.png", bomb)


def test_a_theme_with_a_wrong_colour_or_a_pale_one_is_refused(tmp_path):
    for value, words in (("red; x", "colours.primary"), ("#FFEE00", "too pale")):
        folder = tmp_path / "mine"
        folder.mkdir(exist_ok=True)
        (folder / "theme.yml").write_text(
            f'name: Mine\ncolours: {{primary: "{value}", accent: "#123456"}}\n'
        )
        with pytest.raises(ConfigError, match=words):
            load_theme("mine", tmp_path)


def test_a_workspace_theme_wins_over_the_built_in_one(tmp_path):
    (tmp_path / "oyez").mkdir()
    (tmp_path / "oyez" / "theme.yml").write_text(
        'name: Ours\ncolours: {primary: "#333333", accent: "#123456"}\n'
    )
    assert load_theme("oyez", tmp_path).tokens.name == "Ours"
    with pytest.raises(ConfigError, match="there is no theme 'nowhere'"):
        load_theme("nowhere", tmp_path)
