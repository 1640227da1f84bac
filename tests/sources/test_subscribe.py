"""A feed reader's list becomes lines of a client's file, by hand or by program."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from oyez.cli import app
from oyez.config.load import load_client
from oyez.errors import ConfigError
from oyez.sources.catalogue import query_of
from oyez.sources.subscribe import propose, write
from oyez.workspace import Workspace

CLIENT = """id: acme   # never change
name: Acme
timezone: Europe/Paris
languages: [en]
brands: [{id: acme, name: Acme}]
"""
PRESS = """sources:
  - id: press
    kind: rss
    options:
      feeds:
        - http://www.town.example/feed/   # the town's paper

# Reports below.
reports: []
"""
ALERT = "https://www.google.com/alerts/feeds/123/456"
LIST = f"""<opml version="2.0"><body>
  <outline text="Town: news" xmlUrl="https://town.example/feed"/>
  <outline text="Café &quot;Nord&quot;" xmlUrl="https://cafe.example/rss?a=1&b=2"/>
  <outline text="Google Alert - Acme" xmlUrl="{ALERT}"/>
  <outline text="Inside" xmlUrl="https://ann:pass@intranet.example/feed"/>
  <outline text="Café again" xmlUrl="http://www.cafe.example/rss?a=1&b=2"/>
  <outline text="Mail" xmlUrl="mailto:a@b.example"/>
</body></opml>"""
NEW = [
    '- {url: https://cafe.example/rss?a=1&b=2, name: "Café \\"Nord\\""}',
    f"- {ALERT}",
]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "clients").mkdir()
    (tmp_path / "agency.yml").write_text("name: Atelier Nord\ndefaults: {locale: en-GB}\n")
    (tmp_path / "clients" / "acme.yml").write_text(CLIENT + PRESS)
    (tmp_path / "list.opml").write_text(LIST, encoding="utf-8")
    monkeypatch.setenv("OYEZ_HOME", str(tmp_path))
    return tmp_path


def feeds(home: Path, source: str) -> list[str]:
    client = Workspace.open(home).client("acme")
    found = next(one for one in client.sources if one.id == source)
    return [feed.url for feed in query_of(client, found).options.feeds]


def run(home: Path, *more: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(
        app, ["import-opml", str(home / "list.opml"), "--client", "acme", *more]
    )
    return result.exit_code, result.stdout, " ".join(result.stderr.split())


def test_new_feeds_are_shown_to_be_pasted(home: Path) -> None:
    code, shown, said = run(home)
    assert code == 0
    assert shown.splitlines() == [f"        {line}" for line in NEW]
    assert "list.opml: 2 new feeds, 1 already in the client's file, 2 left out." in said
    assert "at the end of `feeds` of the source press" in said
    assert "left out: Inside: its address holds a password" in said
    assert "left out: Mail:" in said
    assert "pass@" not in said + shown
    assert "Nothing was written" in said
    assert (home / "clients" / "acme.yml").read_text() == CLIENT + PRESS


def test_they_are_written_once_and_nothing_else_changes(home: Path) -> None:
    file = home / "clients" / "acme.yml"
    file.chmod(0o640)
    assert run(home, "--write")[0] == 0
    mark = "# the town's paper\n"
    added = "".join(f"        {line}\n" for line in NEW)
    assert file.read_text("utf-8") == (CLIENT + PRESS).replace(mark, mark + added)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [path.name for path in file.parent.iterdir()] == ["acme.yml"]
    written = file.read_bytes()
    code, shown, said = run(home, "--write")
    assert (code, shown) == (0, "")
    assert "0 new feeds" in said
    assert file.read_bytes() == written


@pytest.mark.parametrize("more", [(), ("--source", "blogs")])
@pytest.mark.parametrize("rest", ["", "sources: []\n"])
def test_a_client_without_feeds_gets_a_source(home: Path, rest: str, more: tuple[str, ...]) -> None:
    (home / "clients" / "acme.yml").write_text(CLIENT + rest)
    code, _, said = run(home, "--write", *more)
    assert code == 0, said
    name = more[1] if more else "feeds"
    assert feeds(home, name) == [
        "https://town.example/feed",
        "https://cafe.example/rss?a=1&b=2",
        ALERT,
    ]
    assert load_client(home / "clients" / "acme.yml").name == "Acme"


def test_another_source_is_made_when_it_is_named(home: Path) -> None:
    assert run(home, "--write", "--source", "alerts")[0] == 0
    assert feeds(home, "press") == ["http://www.town.example/feed/"]
    assert len(feeds(home, "alerts")) == 2  # what another source reads is not read twice


@pytest.mark.parametrize(
    ("client", "source", "words"),
    [
        (PRESS.replace("reports", "  - {id: two, kind: rss, options: {feeds: [https://x.example/]}}\nreports"),
         None, "several sources read feeds: press, two"),
        ("sources: [{id: feeds, kind: hackernews}]\n", None, "another kind (hackernews)"),
        (PRESS, "Not an id", "not"),
        (PRESS.replace("kind: rss", "kind: rss\n    nonsense: 1"), None, "nonsense"),
    ],
)  # fmt: skip
def test_refusals_change_nothing(home: Path, client: str, source: str | None, words: str) -> None:
    file = home / "clients" / "acme.yml"
    file.write_text(CLIENT + client)
    code, _, said = run(home, "--write", *(("--source", source) if source else ()))
    assert code == 1
    assert words in said
    assert "→" in said
    assert file.read_text() == CLIENT + client


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (None, "no such file"),
        (b"", "the file is empty"),
        (LIST[:-20].encode(), "was cut"),
        (b"<opml>" + b" " * (10 * 1024 * 1024), "bytes, more than 10,485,760"),
        (
            b"<opml><body>"
            + b"".join(b'<outline xmlUrl="https://n%d.example"/>' % n for n in range(1000))
            + b"</body></opml>",
            "the source press would have 1,001 feeds, more than 1,000",
        ),
    ],
)
def test_lists_that_cannot_be_used_say_why(home: Path, body: bytes | None, words: str) -> None:
    if body is None:
        (home / "list.opml").unlink()
    else:
        (home / "list.opml").write_bytes(body)
    code, shown, said = run(home, "--write")
    assert (code, shown) == (1, "")
    assert words in said
    assert "→" in said
    assert (home / "clients" / "acme.yml").read_text() == CLIENT + PRESS


def test_an_alias_is_left_to_its_author(home: Path) -> None:
    shared = CLIENT + (
        "sources:\n  - {id: press, kind: rss, options: {feeds: &all [https://x.example/f]}}\n"
        "  - {id: blogs, kind: rss, options: {feeds: *all}}\n"
    )
    file = home / "clients" / "acme.yml"
    file.write_text(shared)
    code, shown, said = run(home, "--source", "blogs")
    assert code == 0
    assert [line.strip() for line in shown.splitlines()][1:] == NEW
    assert "Paste them" in said
    with pytest.raises(ConfigError, match="cannot be added by program"):
        write(propose(Workspace.open(home), "acme", home / "list.opml", "blogs"))
    assert file.read_text() == shared


def test_a_list_as_long_as_a_source_may_be_is_added(home: Path) -> None:
    outlines = "".join(
        f'<outline text="Blog {n}" xmlUrl="https://n{n}.example/f"/>' for n in range(999)
    )
    (home / "list.opml").write_text(f"<opml><body>{outlines}</body></opml>")
    assert run(home, "--write")[0] == 0
    assert len(feeds(home, "press")) == 1000
