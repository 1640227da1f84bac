"""Adds the feeds of a feed reader's list (OPML) to a client's file."""

from __future__ import annotations

import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from oyez.config import secret
from oyez.config.files import client_files
from oyez.config.insert import InsertError, block, insert
from oyez.config.load import load_client
from oyez.config.model import Client
from oyez.config.problem import KeyPath
from oyez.errors import ConfigError
from oyez.keys import canonical_url
from oyez.sources import opml
from oyez.sources.catalogue import query_of
from oyez.sources.rss import MOST_FEEDS, Rss
from oyez.workspace import Workspace

NEW_SOURCE = "feeds"


@dataclass(frozen=True)
class Proposal:
    """What a list would add to a client's file.

    Attributes:
        file: of the client.
        place: where in it the lines belong, in words.
        added: addresses, in the list's order.
        known: addresses that the file has already.
        left_out: entries of the list that are no feeds, each with the reason.
        lines: YAML to paste at `place`; empty if nothing is new.
        content: the file with the lines; None if they can only be pasted by hand.
        why_not: why `content` is None.
    """

    file: Path
    place: str
    added: list[str]
    known: list[str]
    left_out: list[str]
    lines: str
    content: str | None
    why_not: str = ""


def propose(
    workspace: Workspace, client_id: str, path: Path, source_id: str | None = None
) -> Proposal:
    """Return what a list would add to a client's file; nothing is written.

    Args:
        workspace: where the client is.
        client_id: whose file it is.
        path: the list, as a feed reader exports it.
        source_id: the source that shall read the feeds, new or of kind `rss`; by default the
            client's only one, or a new one.

    Raises:
        ConfigError: the list cannot be read, has too many feeds, or no source can be chosen.
    """
    listed = opml.read_file(path)
    client = workspace.client(client_id)
    position = _position(client, source_id)
    own = {
        one.id: [feed.url for feed in query_of(client, one).options.feeds]
        for one in client.sources
        if one.kind == Rss.name
    }
    have = {canonical_url(url) for urls in own.values() for url in urls}
    entries: list[Any] = []
    added, known, left_out = [], [], list(listed.left_out)
    listed_before: set[str] = set()
    for feed in listed.feeds:
        address = canonical_url(feed.url)
        if address in listed_before:
            continue  # the same feed with http and with https
        listed_before.add(address)
        if secret.is_secret(feed.url):
            left_out.append(f"{feed.title or _host(feed.url)}: its address holds a password")
        elif address in have:
            known.append(feed.url)
        else:
            added.append(feed.url)
            entries.append(_entry(feed))
    file = next(one for one in client_files(workspace.home) if one.stem == client_id)
    if position is None:
        target: KeyPath = ("sources",)
        place = f"clients/{file.name}, at the end of `sources`"
        name = source_id or NEW_SOURCE
        entries = [{"id": name, "kind": Rss.name, "options": {"feeds": entries}}]
        count = len(added)
    else:
        name = client.sources[position].id
        target = ("sources", position, "options", "feeds")
        place = f"clients/{file.name}, at the end of `feeds` of the source {name}"
        count = len(added) + len(own[name])
    if not added:
        return Proposal(file, place, added, known, left_out, "", None)
    if count > MOST_FEEDS:
        raise ConfigError(
            f"the source {name} would have {count:,} feeds, more than {MOST_FEEDS:,}",
            client=client_id,
            action="export fewer folders, or name another source with --source",
        )
    # As it is on the disk: its line ends and its mark stay.
    text = file.read_bytes().decode("utf-8")
    try:
        content, lines = insert(text, target, entries)
    except InsertError as problem:
        lines = block(entries, 2 if position is None else 8)
        return Proposal(file, place, added, known, left_out, lines, None, str(problem))
    _check(content, file, client_id, name)
    return Proposal(file, place, added, known, left_out, lines.strip("\r\n") + "\n", content)


def write(proposal: Proposal) -> None:
    """Write the client's file as proposed, in one step."""
    if proposal.content is None:
        raise ConfigError(
            f"the lines cannot be added by program: {proposal.why_not}",
            where=proposal.place,
            action="paste them yourself",
        )
    file = proposal.file.resolve()  # what a link points at, not the link
    fresh = file.with_name(f".{secrets.token_hex(4)}-{file.name}.new")
    fresh.write_bytes(proposal.content.encode("utf-8"))
    fresh.chmod(file.stat().st_mode)
    os.replace(fresh, file)


def _position(client: Client, source_id: str | None) -> int | None:
    """Return which of the client's sources reads the feeds; None: a new one."""
    numbers = [n for n, one in enumerate(client.sources) if one.kind == Rss.name]
    ids = {one.id: number for number, one in enumerate(client.sources)}
    wanted = source_id or (NEW_SOURCE if not numbers else None)
    if wanted is None and len(numbers) == 1:
        return numbers[0]
    if wanted is None:
        names = ", ".join(client.sources[number].id for number in numbers)
        raise ConfigError(
            f"several sources read feeds: {names}",
            client=client.id,
            action="name one with --source, or write a new id",
        )
    if wanted in ids and ids[wanted] not in numbers:
        raise ConfigError(
            f"the source {wanted!r} is of another kind ({client.sources[ids[wanted]].kind})",
            client=client.id,
            action="name with --source one of kind rss, or write a new id",
        )
    return ids.get(wanted)


def _entry(feed: opml.Feed) -> Any:
    name = " ".join(feed.title.split())
    # Feeds of feeds name the outlet of each entry; a name of ours would take its place.
    host = _host(feed.url)
    is_search = host == "news.google.com" or "/alerts/feeds/" in feed.url
    return {"url": feed.url, "name": name} if name and not is_search else feed.url


def _check(content: str, file: Path, client_id: str, source_id: str) -> None:
    """Read the file as it would be; a list must not break a client.

    Raises:
        ConfigError: it would have problems.
    """
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / file.name
        trial.write_bytes(content.encode("utf-8"))
        client = load_client(trial, f"clients/{file.name} with the new feeds")
    query_of(client, next(one for one in client.sources if one.id == source_id))


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
