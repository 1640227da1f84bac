"""HTML to words: one case a row, what a reader sees on the right."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from oyez.sources.item import TEXT_LIMIT
from oyez.sources.plain import CUT, plain


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("no markup  at all ", "no markup at all"),
        ("a line\nanother", "a line\nanother"),
        ("<p>a line\nand its rest</p>", "a line and its rest"),
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("Caf&eacute; &amp; th&#233; &#x2014; 3 &lt; 4", "Café & thé — 3 < 4"),
        ("write &amp;lt; for a bracket", "write &lt; for a bracket"),
        ("3 < 4 and 5 > 4", "3 < 4 and 5 > 4"),
        ('see <a href="https://x.example/?a=1">our page</a>.', "see our page."),
        # Mastodon: parts of one word must not fall apart.
        (
            '<p><span class="h-card"><a href="https://m.example/@ana">@<span>ana</span></a></span> '
            '<a href="https://b.example/c"><span class="invisible">https://</span>'
            '<span class="ellipsis">b.example</span><span class="invisible">/c</span></a></p>',
            "@ana https://b.example/c",
        ),
        ('good <img class="emoji" alt=":smile:" src="s.png"> day', "good :smile: day"),
        ('a <img alt="photo" src="s.png"> b', "a b"),
        ("a<script>alert('x')</script><style>p{}</style>b", "ab"),
        ("before <script>never closed", "before never closed"),
        ("<!-- hidden -->shown", "shown"),
        ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
        ("<pre><code>if a:\n    b</code></pre>", "if a:\nb"),
        ("Slack&nbsp;and <b>Slack</b>", "Slack and Slack"),
        ("<p>unclosed <b>bold<p>next", "unclosed bold\n\nnext"),
    ],
)
def test_reader_sees(html: str, text: str) -> None:
    assert plain(html) == text


NASTY = [
    "<a ",
    "<!--",
    "&",
    "<![",
    "</",
    "<?",
    '<a b="',
    '<a "> ',
    """<a '>'\"""",
    "<svg>",
    "<svg></iframe>",
    "<script>",
    "<img class=emoji alt=x ",
]


def seconds(work: Callable[[str], object], text: str) -> float:
    """Return the shortest of three times."""
    times = []
    for _ in range(3):
        began = time.process_time()
        work(text)
        times.append(time.process_time() - began)
    return min(times)


@pytest.mark.parametrize("piece", NASTY)
def test_twice_the_text_takes_no_four_times_as_long(piece: str) -> None:
    once = piece * (100_000 // len(piece))
    # What is quadratic takes four times as long; a hundredth of a second is noise.
    assert seconds(plain, once * 2) < 3 * seconds(plain, once) + 0.02


def test_a_text_that_is_too_long_says_that_it_was_cut() -> None:
    read = plain("<p>" + "word " * 30_000)
    assert len(read) <= TEXT_LIMIT
    assert read.endswith(f"word\n\n{CUT}")
    assert plain("<b></b>" * 300_000 + "the end").endswith(CUT)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("less <b", "less <b"),
        ('one <a title="a > b">two</a>', "one two"),
        ('one <a title="never closed>two</a> three', "one two three"),
        ("one <!-- never closed two", "one <!-- never closed two"),
        ("it's <b it's>bold</b>", "it's bold"),
        ("a<![CDATA[b]]>c<?php d ?>e", "ace"),
        ("a<SCRIPT>b</SCRIPT>c", "ac"),
        ("<a href=https://x.example/>one</a>", "one"),
    ],
)
def test_malformed_markup_keeps_the_words(html: str, text: str) -> None:
    assert plain(html) == text


def test_huge_html_is_read_in_bounded_time() -> None:
    began = time.monotonic()
    assert plain("<p>word</p>" * 1_000_000).startswith("word\n\nword")
    assert time.monotonic() - began < 20
