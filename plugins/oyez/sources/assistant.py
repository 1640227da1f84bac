"""Proposes how to read an unknown export: by its heading where the names speak, else by content.

What a file cannot tell is asked, never guessed: whether 03/04 is in March or in April, and in which
zone its clock runs. A proposal with an open question imports nothing until somebody answers it.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

from oyez.config.mapping import Field_, Mapping
from oyez.errors import DataError
from oyez.sources import sheet
from oyez.sources.file import FileSource, detected_encoding, separator_line
from oyez.sources.item import (
    COUNTS,
    FUTURE_TOLERANCE,
    SCIENTIFIC,
    BadValue,
    instant,
    is_no_number,
)
from oyez.sources.preset import fitting

DateOrder = Literal["day", "month"]

_SAMPLE = 500
_HEAD = 30
_MOST = 0.9  # of a column's cells that must look alike
_SEVERAL = "Several columns are named"
_ZONE = ZoneInfo("UTC")
_READER: dict[str, Any] = {
    "format": "csv",
    "fields": {"native_id": "-", "published_at": "-", "text": "-"},
}

# Names of columns, folded: no accents, no case, no punctuation. The first name is the surest.
_NAMES: dict[Field_, str] = {
    "native_id": "native id|id|identifiant|mention id|post id|id mention|id du post|reference|"
    "review id|comment id|tweet id|message id|id avis|uuid|guid|numero|n",
    "published_at": "published at|published|publication date|date de publication|date|date time|"
    "created at|created|date publication|date et heure|timestamp|published date|review date|"
    "date de creation|posted at|jour|day|date de l avis|date avis|date de diffusion|air date|"
    "date heure|heure de publication",
    "text": "text|full text|content|contenu|message|body|texte|texte integral|commentaire|comment|"
    "review|avis|review text|review body|mention|extrait|snippet|description|verbatim|resume|"
    "summary|post|corps|tweet|caption|legende",
    "title": "title|titre|headline|subject|objet|sujet|review title|titre de l avis|titre article|"
    "programme|emission|program",
    "url": "url|link|lien|permalink|permalien|post url|mention url|web address|adresse|source url|"
    "lien vers la mention|lien web|review link",
    "network": "network|reseau|platform|plateforme|reseau social|social network|site|support|"
    "store|canal social",
    "channel": "channel|canal|media type|type de media|source type|type de source|type de support|"
    "page type",
    "kind": "kind|post type|type de post|type|nature|content type|type de contenu|type de mention",
    "language": "language|langue|lang|language code|code langue",
    "author_id": "author id|user id|id auteur|identifiant auteur|profile id|reviewer id",
    "author_handle": "author handle|username|user name|handle|screen name|compte|pseudo|account|"
    "nom d utilisateur|login|author username|reviewer nickname",
    "author_name": "author name|author|auteur|name|nom|display name|full name|nom affiche|"
    "journaliste|journalist|reviewer|reviewer name|client|consumer|influencer|nom de l auteur|"
    "reviewer display name",
    "author_followers": "author followers|followers|abonnes|follower count|nombre d abonnes|"
    "nb abonnes|audience auteur|fans",
    "thread_id": "thread id|conversation id|id conversation|topic id|discussion id",
    "parent_id": "parent id|in reply to|reply to|en reponse a|reponse a",
    "rating": "rating|stars|note|etoiles|star rating|score etoiles|number of stars|"
    "nombre d etoiles|review rating",
    "like_count": "likes|like count|j aime|nb likes|nombre de likes|favorites|reactions|aimes|"
    "nombre de j aime",
    "repost_count": "reposts|retweets|shares|partages|share count|repost count|nombre de partages|"
    "nb partages",
    "reply_count": "replies|comments|commentaires|comment count|reply count|reponses|"
    "nombre de commentaires|nb commentaires",
    "view_count": "views|view count|vues|nombre de vues|nb vues|plays",
    "brand": "brand|marque|query name|enseigne|etablissement",
    "sentiment": "sentiment|tonalite|tone|ton|polarity|polarite|sentiment label",
    "outlet": "outlet|media|publication|source|source name|titre de presse|nom du media|"
    "nom de la source|chaine|station|channel name|journal|support presse",
    "place": "place|city|ville|lieu|location|boutique|magasin|store name|adresse postale",
}
_WORDS: dict[Field_, dict[str, str]] = {
    "sentiment": {
        "positive": "positive|positif|positives|positifs|pos|positiv|positivo|favorable|bon",
        "neutral": "neutral|neutre|neutres|neu|neutro|factuel|mitige|mixed|nuance",
        "negative": "negative|negatif|negatives|negatifs|neg|negativ|negativo|defavorable|mauvais",
    },
    "network": {
        "x": "x|twitter|x twitter|twitter x|tweet",
        "facebook": "facebook|fb",
        "instagram": "instagram|insta|ig",
        "linkedin": "linkedin",
        "youtube": "youtube",
        "tiktok": "tiktok|tik tok",
        "bluesky": "bluesky",
        "mastodon": "mastodon",
        "threads": "threads",
        "reddit": "reddit",
        "google": "google|google maps|google my business|google business profile|google reviews",
        "trustpilot": "trustpilot",
        "tripadvisor": "tripadvisor|trip advisor",
        "app_store": "app store|apple app store|ios",
        "google_play": "google play|play store|android",
        "news": "news|presse|press|web|online news|presse en ligne|sites web|actualites",
        "blog": "blog|blogs",
        "forum": "forum|forums",
        "tv": "tv|television|tele",
        "radio": "radio",
        "print": "print|presse ecrite|papier",
    },
    "channel": {
        "social": "social|social media|reseaux sociaux|reseau social|twitter|x|facebook|instagram|"
        "linkedin|youtube|tiktok",
        "news": "news|presse|press|online news|presse en ligne|presse ecrite|print|tv|radio|"
        "television|web|web news|podcast|article|magazine|quotidien|agence",
        "blog": "blog|blogs",
        "forum": "forum|forums|message board",
        "review": "review|reviews|avis|avis consommateurs",
        "support": "support|ticket|sav",
        "community": "community|communaute",
        "other": "other|autre|autres",
    },
    "kind": {
        "post": "post|publication|tweet|original|video|photo|image|status|story|reel",
        "repost": "repost|retweet|rt|share|partage|republication",
        "reply": "reply|reponse|answer",
        "comment": "comment|commentaire",
        "review": "review|avis",
        "article": "article|news|presse|news article|web article|depeche",
        "question": "question",
        "message": "message|message prive|dm|private message",
    },
}
_CHANNEL_OF = {
    "google": "review", "trustpilot": "review", "tripadvisor": "review", "app_store": "review",
    "google_play": "review", "news": "news", "tv": "news", "radio": "news", "print": "news",
    "blog": "blog", "forum": "forum", "reddit": "forum",
}  # fmt: skip
_LANGUAGE = re.compile(
    r"(aa|ar|bg|bn|ca|cs|da|de|el|en|es|et|eu|fa|fi|fr|ga|gl|he|hi|hr|hu|id|is|it|ja|ko|lt|lv|ms|nb|"
    r"nl|no|pl|pt|ro|ru|sk|sl|sq|sr|sv|th|tl|tr|uk|ur|vi|zh|und)([-_]\w+)?$",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://\S+$", re.IGNORECASE)
_HANDLE = re.compile(r"@[\w.-]+$")
_CLOCK = re.compile(r"\d{1,2}[:h]\d{2}(:\d{2})?( ?[AaPp][Mm])?$")
_STARS = re.compile(r"[1-5]([.,]\d)?$")
_NUMBER = re.compile(r"[+-]?\d[\d\s.,]*$")

_CLOCKS = (
    "", " %H:%M", " %H:%M:%S", ", %H:%M", ", %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", " %I:%M%p",
    " à %H:%M", " %Hh%M", "T%H:%M:%S", " %H:%M %z", " %H:%M:%S %z",
)  # fmt: skip
_DAY_FIRST = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%y", "%d.%m.%y")
_MONTH_FIRST = tuple(
    one.replace("%d", "#").replace("%m", "%d").replace("#", "%m") for one in _DAY_FIRST
)
_CLEAR = ("%Y/%m/%d", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y", "%b %d, %Y", "%B %d, %Y",
          "%a, %d %b %Y")  # fmt: skip


@dataclass(frozen=True)
class Question:
    """What the file cannot tell.

    Attributes:
        key: of the mapping.
        text: for people.
        candidates: what may be written, the likeliest first.
    """

    key: str
    text: str
    candidates: tuple[str, ...]


@dataclass
class Proposal:
    """How a file could be read, why, and what must be asked first.

    Attributes:
        keys: of the mapping, without the open ones.
        why: field → what made us think so.
        questions: open ones.
        notes: what else the reader should check.
        header: the names of the columns.
    """

    keys: dict[str, Any]
    why: dict[str, str] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    header: list[str] = field(default_factory=list)

    def mapping(self) -> Mapping:
        """Return the mapping, open questions answered by their first candidate: for a look only."""
        open_keys = {one.key: one.candidates[0] for one in self.questions if one.candidates}
        return Mapping.model_validate({**self.keys, **open_keys})


@dataclass(frozen=True)
class _Column:
    name: str
    cells: list[str]  # the filled ones, stripped

    def share(self, test: Callable[[str], Any]) -> float:
        return sum(bool(test(cell)) for cell in self.cells) / len(self.cells) if self.cells else 0.0

    @property
    def is_unique(self) -> bool:
        return len(set(self.cells)) == len(self.cells) > 0


@dataclass(frozen=True)
class _Table:
    """A file's head: its columns, and how it is wrapped."""

    keys: dict[str, Any]
    columns: list[_Column]
    row_count: int
    notes: list[str]
    dated: frozenset[str] = frozenset()  # columns whose cells a workbook knows to be dates

    def column(self, name: str) -> _Column | None:
        return next((one for one in self.columns if one.name == name), None)


def propose(
    path: Path,
    *,
    client_zone: str | None = None,
    order: DateOrder | None = None,
    timezone: str | None = None,
) -> Proposal:
    """Return how a file could be read.

    Args:
        path: the export.
        client_zone: the client's zone, a candidate for dates without one.
        order: the answer to "does the day or the month come first", if known.
        timezone: the zone of the file's dates, if known.

    Raises:
        DataError: the file is no table and no list of JSON objects.
    """
    table = _table(path)
    header = [column.name for column in table.columns]
    preset = fitting(header)
    if preset:
        proposal = Proposal(
            {"preset": preset}, {"": f"the heading is that of {preset}"}, header=header
        )
        _ask_zone_of_preset(proposal, table, client_zone, timezone)
        return proposal
    proposal = Proposal(dict(table.keys), notes=list(table.notes), header=header)
    fields = _by_name(table, proposal)
    _by_content(table, fields, proposal)
    _dates(table, fields, proposal, order, client_zone, timezone)
    if proposal.keys.get("date_format") == "serial" and proposal.keys["format"] == "csv":
        _ask_epoch(table, fields, proposal, datetime.fromtimestamp(path.stat().st_mtime, _ZONE))
    _identity(table, fields, proposal)
    proposal.keys["fields"] = fields
    _values(table, fields, proposal)
    _channel(fields, proposal)
    constants: dict[str, str] = {}
    if "rating" in fields and "channel" not in fields:
        constants["channel"] = "review"
        proposal.why["channel"] = "there are ratings: these are reviews"
    if constants:
        proposal.keys["constants"] = constants
    if "text" not in fields:
        if "title" in fields:
            fields["text"] = fields["title"]
            proposal.why["text"] = "no other column holds words"
        else:
            raise DataError(
                f"no column of {path.name} holds words; it has {', '.join(header)[:300]}"
                + _doubled(table),
                action="name the column of the text in a mapping of your own",
            )
    return proposal


def as_yaml(proposal: Proposal, file: str) -> str:
    """Return the proposal as a mapping file whose comments say why, and what is still open.

    Args:
        proposal: see `propose`.
        file: the name of the file it was made from.
    """
    lines = [
        "# yaml-language-server: $schema=mapping.schema.json",
        f"# Proposed from {file}: look at each line, then see what comes of it with",
        "# oyez import FILE --preview --mapping THIS_FILE",
    ]
    lines += [f"# {note}" for note in proposal.notes]
    for question in proposal.questions:
        lines.append(f"# OPEN: {question.text}")
        for candidate in question.candidates:
            lines.append(f"# {question.key}: {_scalar(candidate)}")
    for key, value in proposal.keys.items():
        if not isinstance(value, dict):
            why = proposal.why.get("") if key == "preset" else None
            lines.append(f"{key}: {_flow(value)}" + (f"  # {why}" if why else ""))
            continue
        lines.append(f"{key}:")
        place = {name: number for number, name in enumerate(_NAMES)}
        for name, inner in sorted(value.items(), key=lambda one: place.get(one[0], len(place))):
            why = proposal.why.get(name) if key in ("fields", "join", "constants") else None
            lines.append(f"  {name}: {_flow(inner)}" + (f"  # {why}" if why else ""))
    return "\n".join(lines) + "\n"


# -- the file -------------------------------------------------------------------------------------


def _table(path: Path) -> _Table:
    reader = FileSource(
        path, Mapping.model_validate(_READER), client_id="", source_id="", timezone="UTC"
    )
    data = reader.content()
    if data.startswith((sheet.WORKBOOK, sheet.OLD_WORKBOOK)):
        try:
            rows = [cells for _, cells in islice(sheet.read(data).rows, _SAMPLE + _HEAD)]
        except sheet.SheetProblem as problem:
            raise DataError(str(problem), where=path.name, action=problem.remedy) from None
        return _headed({"format": "xlsx"}, rows, [])
    notes = []
    encoding = detected_encoding(data)
    try:
        text = data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError:
        encoding = "cp1252"
        text = data.decode(encoding, "replace")
        notes.append(
            "The bytes are not UTF-8; cp1252 is taken: see whether accents come out right."
        )
    text = text.removeprefix("\ufeff")
    if text.lstrip()[:1] == "{":
        return _objects(text, encoding)
    if text.lstrip()[:1] == "[":
        raise DataError(
            "the file is one JSON list",
            where=path.name,
            action="write one object a line, e.g. with: jq -c '.[]' export.json > export.ndjson",
        )
    told, text = separator_line(text)
    delimiter, rows = _split(text, (told,) if told else (",", ";", "\t", "|"))
    keys: dict[str, Any] = {"format": "csv"}
    if encoding != "utf-8":
        keys["encoding"] = encoding
    if delimiter != ",":
        keys["delimiter"] = delimiter
    return _headed(keys, rows, notes)


def _split(text: str, delimiters: tuple[str, ...]) -> tuple[str, list[list[str]]]:
    """Return the delimiter under which most rows have one and the same width, and the rows."""
    csv.field_size_limit(16 << 20)
    best: tuple[float, str, list[list[str]]] = (0.0, delimiters[0], [])
    for delimiter in delimiters:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            rows = [row for row in islice(reader, _SAMPLE + _HEAD) if any(row)]
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows)
        width, times = max(widths.items(), key=lambda one: one[1] * min(one[0], 8), default=(0, 0))
        score = times / len(rows) * min(width, 8) if rows and width > 1 else 0.1
        if score > best[0]:
            best = (score, delimiter, rows)
    return best[1], best[2]


def _headed(keys: dict[str, Any], rows: list[list[str]], notes: list[str]) -> _Table:
    widths = Counter(len(row) for row in rows)
    width = max(widths, key=lambda one: (widths[one] * min(one, 8), one), default=0)
    place = next(
        (
            number
            for number, row in enumerate(rows[:_HEAD])
            if len(row) >= min(2, width)
            and len([cell for cell in row if cell.strip()]) >= 0.6 * width
            and not any(_is_value(cell.strip()) for cell in row)
        ),
        None,
    )
    if place is None:
        raise DataError(
            "no row looks like a heading: names of columns, no dates, links or numbers",
            action="add a first row with the names of the columns",
        )
    header = [name.strip() for name in rows[place]]
    if place:
        keys["preamble"] = True
        notes.append(f"{place} rows stand above the heading.")
    body = [row for row in rows[place + 1 :] if any(cell.strip() for cell in row)][:_SAMPLE]
    counts = Counter(header)
    columns = []
    dated = set()
    for number, name in enumerate(header):
        if not name:
            continue
        if counts[name] > 1:
            notes.append(f"{_SEVERAL} {name!r}: rename one to use it.")
            continue
        raw = [row[number] for row in body if number < len(row) and row[number].strip()]
        if raw and all(isinstance(cell, sheet.SheetDate) for cell in raw):
            dated.add(name)
        columns.append(_Column(name, [cell.strip() for cell in raw]))
    return _Table(keys, columns, len(body), list(dict.fromkeys(notes)), frozenset(dated))


def _doubled(table: _Table) -> str:
    """Return what a refusal must add: a column may be missing because two have its name."""
    return "".join(f". {note}" for note in table.notes if note.startswith(_SEVERAL)).rstrip(".")


def _objects(text: str, encoding: str) -> _Table:
    found: dict[str, list[str]] = {}
    count = 0
    for line in islice((one for one in text.split("\n") if one.strip()), _SAMPLE):
        try:
            record = json.loads(line, parse_float=str)
        except ValueError:
            continue
        if isinstance(record, dict):
            count += 1
            for name, value in _leaves(record, ""):
                found.setdefault(name, []).append(value)
    keys: dict[str, Any] = {"format": "ndjson"}
    if encoding != "utf-8":
        keys["encoding"] = encoding
    return _Table(keys, [_Column(name, cells) for name, cells in found.items()], count, [])


def _leaves(node: dict[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in node.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{prefix}{name}.")
        elif value is not None and not isinstance(value, list) and str(value).strip():
            yield f"{prefix}{name}", str(value).strip()


def _is_value(cell: str) -> bool:
    return bool(
        isinstance(cell, sheet.SheetDate)
        or _URL.match(cell)
        or _NUMBER.match(cell)
        or _CLOCK.match(cell)
        or len(cell) > 60
        or re.match(r"\d{4}-\d{2}-\d{2}", cell)
    )


# -- the fields -----------------------------------------------------------------------------------


def _by_name(table: _Table, proposal: Proposal) -> dict[str, str]:
    """Return field → column for the columns whose names and contents agree."""
    fields: dict[str, str] = {}
    taken: set[str] = set()
    ranked = sorted(
        (rank, name, column)
        for name, synonyms in _NAMES.items()
        for rank, synonym in enumerate(synonyms.split("|"))
        for column in (one.name for one in table.columns)
        if synonym in (_folded(column), _folded(column.rpartition(".")[2]))
    )
    for _, name, column_name in ranked:
        column = cast(_Column, table.column(column_name))
        if name in fields or column_name in taken or not _fits(name, column, table):
            continue
        fields[name] = column_name
        taken.add(column_name)
        proposal.why[name] = "by its name"
    return fields


def _fits(name: str, column: _Column, table: _Table) -> bool:
    """Tell whether a column's cells can be what its name says."""
    if not column.cells:
        return False
    if name == "published_at":
        return column.name in table.dated or bool(_formats(column))
    if name == "url":
        return column.share(_URL.match) >= _MOST
    if name == "native_id":
        return column.is_unique and column.share(_URL.match) < _MOST
    if name == "rating" or name in COUNTS:
        # What stands where there is no number says nothing against the others.
        given = _Column(column.name, [one for one in column.cells if not is_no_number(one)])
        return given.share((_STARS if name == "rating" else _NUMBER).match) >= _MOST
    if name == "sentiment":
        return column.share(lambda cell: _meaning("sentiment", cell)) >= 0.5
    if name in ("network", "channel", "kind"):
        known = column.share(lambda cell: _meaning(cast(Field_, name), cell))
        return known >= 0.5 or (name == "network" and len(set(column.cells)) <= 30)
    if name == "text":
        return column.share(_URL.match) < 0.5 and column.share(_NUMBER.match) < 0.5
    return True


def _by_content(table: _Table, fields: dict[str, str], proposal: Proposal) -> None:
    """Give the fields without a speaking name to the columns that look like them."""

    def take(name: str, test: Callable[[_Column], float], why: str, least: float = _MOST) -> None:
        if name in fields:
            return
        free = [one for one in table.columns if one.cells and one.name not in fields.values()]
        best = max(free, key=test, default=None)
        if best is not None and test(best) >= least:
            fields[name] = best.name
            proposal.why[name] = f"by content: {why}; check it"

    def words(column: _Column) -> float:
        if column.share(_URL.match) > 0.1 or column.share(_NUMBER.match) > 0.5:
            return 0.0
        return sum(len(cell) for cell in column.cells if " " in cell) / len(column.cells)

    def stars(column: _Column) -> float:
        enough = len(column.cells) >= 5 and len(set(column.cells)) >= 3
        return column.share(_STARS.match) if enough else 0.0

    take("url", lambda one: one.share(_URL.match), "links")
    take("sentiment", lambda one: one.share(lambda c: _meaning("sentiment", c)), "sentiment words")
    take("network", lambda one: one.share(lambda c: _meaning("network", c)), "names of networks")
    take("language", lambda one: one.share(_LANGUAGE.match), "language codes")
    take("author_handle", lambda one: one.share(_HANDLE.match), "names that begin with @")
    take("rating", stars, "numbers from 1 to 5", 1.0)
    take("text", words, "the longest texts", 20.0)


def _identity(table: _Table, fields: dict[str, str], proposal: Proposal) -> None:
    """Find what tells two rows apart, and say whose number it is."""
    _tell_rounded(table, fields, proposal)
    name = fields.get("native_id")
    if name:
        is_network = "tweet" in _folded(name)
        proposal.keys["native_id_is"] = "network" if is_network else "tool"
        return
    proposal.keys["native_id_is"] = "tool"
    url = table.column(fields.get("url", ""))
    if url and url.is_unique and len(url.cells) == table.row_count:
        fields["native_id"] = url.name
        proposal.why["native_id"] = "no number tells the rows apart, their links do"
        return
    unique = [
        column
        for column in table.columns
        if column.is_unique
        and len(column.cells) == table.row_count
        and column.name not in fields.values()
        and column.share(lambda cell: re.fullmatch(r"[\w:.-]{3,}", cell)) == 1
        and not _formats(column)
    ]
    if unique:
        fields["native_id"] = unique[0].name
        proposal.why["native_id"] = "by content: different in every row; check it"
        return
    parts = [
        *proposal.keys.get("join", {}).get("published_at", [fields.get("published_at")]),
        *(fields.get(one) for one in ("outlet", "author_name", "author_handle", "title", "text")),
    ]
    always = [one.name for one in table.columns if len(one.cells) == table.row_count]
    filled = dict.fromkeys(one for one in parts if one in always)
    proposal.keys.setdefault("join", {})["native_id"] = list(filled)
    proposal.why["native_id"] = "nothing tells the rows apart but all of these together"


def _tell_rounded(table: _Table, fields: dict[str, str], proposal: Proposal) -> None:
    """Say which columns of ids a spreadsheet rounded; they identify nothing any more."""
    for column in table.columns:
        bad = next((cell for cell in column.cells if SCIENTIFIC.match(cell)), None)
        if bad is None or column.name in (fields.get(one) for one in (*COUNTS, "rating")):
            continue
        for name in ("native_id", "author_id", "thread_id", "parent_id"):
            if fields.get(name) == column.name:
                del fields[name]
                proposal.why.pop(name, None)
        proposal.notes.append(
            f"{column.name!r} holds numbers such as {bad}, which a spreadsheet rounded: it is not "
            "used. Ask for the tool's original export, never opened and saved in a spreadsheet."
        )


def _values(table: _Table, fields: dict[str, str], proposal: Proposal) -> None:
    """Translate the words of the closed lists, and say which ones are unknown."""
    values: dict[str, dict[str, str]] = {}
    closed: tuple[Field_, ...] = ("sentiment", "network", "channel", "kind")
    for name in closed:
        column = table.column(fields.get(name, ""))
        if column is None:
            continue
        found: dict[str, str] = {}
        for cell, _ in Counter(column.cells).most_common(40):
            meaning = _meaning(name, cell)
            if meaning:
                found[cell] = meaning
            elif name != "network":
                found[cell] = ""
                proposal.notes.append(
                    f"{name}: {cell!r} is unknown here and counts as not given: translate it."
                )
        values[name] = found
    if values:
        proposal.keys["values"] = values


def _channel(fields: dict[str, str], proposal: Proposal) -> None:
    """Let the network say the channel where no column does."""
    networks = proposal.keys.get("values", {}).get("network")
    if not networks or "channel" in fields:
        return
    fields["channel"] = fields["network"]
    proposal.why["channel"] = "from the network"
    proposal.keys["values"]["channel"] = {
        cell: _CHANNEL_OF.get(network, "social") for cell, network in networks.items()
    } | {"*": "other"}


# -- dates ----------------------------------------------------------------------------------------


def _dates(
    table: _Table,
    fields: dict[str, str],
    proposal: Proposal,
    order: DateOrder | None,
    client_zone: str | None,
    timezone: str | None,
) -> None:
    """Find the date, its format and its zone; ask what the cells cannot tell."""
    if "published_at" not in fields:
        free = [one for one in table.columns if one.name not in fields.values()]
        dated = [one for one in free if one.name in table.dated or _formats(one)]
        if not dated:
            raise DataError(
                "no column holds dates that can be read" + _doubled(table),
                action="name the column and its date_format in a mapping of your own",
            )
        fields["published_at"] = dated[0].name
        proposal.why["published_at"] = "by content: dates; check it"
    column = cast(_Column, table.column(fields["published_at"]))
    if column.name in table.dated:
        clock = None
        if all(cell.endswith("T00:00:00") for cell in column.cells):
            clock = _clock_beside(table, fields)
        _join_clock(column, clock, fields, proposal)
        _ask_zone(proposal, client_zone, timezone)
        return
    formats = _formats(column)
    has_clock = any(_has_time(one, column) for one in formats)
    clock = None if has_clock else _clock_beside(table, fields)
    if clock is not None:
        cells = [f"{day} {time}" for day, time in zip(column.cells, clock.cells, strict=False)]
        joined = _Column(f"{column.name} + {clock.name}", cells)
        if _formats(joined):
            _join_clock(column, clock, fields, proposal)
            column, formats = joined, _formats(joined)
    _ask_order(proposal, column, formats, order)
    if any(_lacks_zone(cell, one) for cell in column.cells[:50] for one in formats[:1]):
        _ask_zone(proposal, client_zone, timezone)
    if not has_clock and clock is None:
        proposal.notes.append("The dates have no hour: every row counts at midnight.")


def _ask_order(
    proposal: Proposal, column: _Column, formats: list[str | None], order: DateOrder | None
) -> None:
    day = [one for one in formats if one and _is(one, _DAY_FIRST)]
    month = [one for one in formats if one and _is(one, _MONTH_FIRST)]
    if None in formats:
        return
    if day and month:
        if order is not None:
            proposal.keys["date_format"] = (day if order == "day" else month)[0]
            proposal.why["published_at"] = f"the {order} comes first, as you said"
            return
        proposal.questions.append(
            Question(
                "date_format",
                f"does the day or the month come first in {column.cells[0]!r}? Every date of the "
                "file can be read both ways.",
                (day[0], month[0]),
            )
        )
        return
    chosen = formats[0]
    proposal.keys["date_format"] = chosen
    if chosen and (day or month):
        sure = next((one for one in column.cells if _proves(one, bool(day))), column.cells[0])
        proposal.why["published_at"] = (
            f"the {'day' if day else 'month'} comes first: {sure!r} can be read in no other way"
        )


def _ask_epoch(
    table: _Table, fields: dict[str, str], proposal: Proposal, written_at: datetime
) -> None:
    """Ask from which year a text file's day numbers count, unless one answer lies ahead of it."""
    column = cast(_Column, table.column(fields["published_at"]))
    newest = max(column.cells, key=lambda cell: float(cell.replace(",", ".")))
    since_1904 = cast(str, sheet.from_serial(newest, is_1904=True))
    if datetime.fromisoformat(since_1904) > written_at.replace(tzinfo=None) + FUTURE_TOLERANCE:
        return  # nobody exports what is still to be said
    del proposal.keys["date_format"]
    days = [str(sheet.from_serial(newest, is_1904=one))[:10] for one in (False, True)]
    proposal.questions.append(
        Question(
            "date_format",
            f"is {newest!r} {days[0]}, or {days[1]} (serial_1904: day numbers of an old "
            "Macintosh)? The file does not say.",
            ("serial", "serial_1904"),
        )
    )


def _ask_zone(proposal: Proposal, client_zone: str | None, timezone: str | None) -> None:
    if timezone:
        proposal.keys["timezone"] = timezone
        return
    candidates = tuple(dict.fromkeys(filter(None, (client_zone, "UTC"))))
    proposal.questions.append(
        Question(
            "timezone",
            "in which zone are the dates written? The file does not say; the tool's account does.",
            candidates,
        )
    )


def _ask_zone_of_preset(
    proposal: Proposal, table: _Table, client_zone: str | None, timezone: str | None
) -> None:
    mapping = Mapping.model_validate(proposal.keys)
    if mapping.timezone is not None:
        return
    for name in (*mapping.columns("published_at"), *mapping.join.get("published_at", [])):
        column = table.column(name)
        if column and column.cells and not column.cells[0].isdigit():
            formats = mapping.date_formats
            cell = column.cells[0]
            if column.name in table.dated or any(_lacks_zone(cell, one) for one in formats):
                _ask_zone(proposal, client_zone, timezone)
            return


def _clock_beside(table: _Table, fields: dict[str, str]) -> _Column | None:
    for column in table.columns:
        if column.name not in fields.values() and column.share(_CLOCK.match) >= _MOST:
            return column
    return None


def _join_clock(
    column: _Column, clock: _Column | None, fields: dict[str, str], proposal: Proposal
) -> None:
    if clock is not None:
        proposal.keys["join"] = {"published_at": [column.name, clock.name]}
        del fields["published_at"]
        proposal.why["published_at"] = "the day and the clock stand in two columns"


def _formats(column: _Column) -> list[str | None]:
    """Return the formats in which every cell of a column is a date, ISO (None) first."""
    cells = column.cells[:200]
    if not cells:
        return []
    if all(cell.isdigit() for cell in cells):
        for name, length in (("epoch_ms", 13), ("epoch", 10)):
            if all(len(cell) == length for cell in cells):
                return [name]
        return []
    if all(sheet.from_serial(cell, is_1904=False) for cell in cells):
        return ["serial"] if any("." in cell or "," in cell for cell in cells) else []
    possible: list[str | None] = [None]
    possible += [day + clock for day in (*_DAY_FIRST, *_MONTH_FIRST, *_CLEAR) for clock in _CLOCKS]
    for cell in cells:
        possible = [one for one in possible if _parses(cell, one)]
        if not possible:
            return []
    return possible


def _parses(cell: str, form: str | None) -> bool:
    if form is None and not re.match(r"\d{4}-?\d{2}-?\d{2}", cell):
        return False
    try:
        moment = instant(cell, date_format=form, zone=_ZONE)
    except BadValue:
        return False
    return moment.year >= 1995


def _has_time(form: str | None, column: _Column) -> bool:
    if form is None:
        return any(len(cell) > 10 for cell in column.cells)
    return "%M" in form or form in ("epoch", "epoch_ms", "serial")


def _lacks_zone(cell: str, form: str | None) -> bool:
    try:
        instant(cell, date_format=None if form == "serial" else form, zone=None)
    except BadValue as problem:
        return problem.reason == "date_without_zone" or form == "serial"
    return False


def _is(form: str, forms: tuple[str, ...]) -> bool:
    return form.startswith(forms)


def _proves(cell: str, day_first: bool) -> bool:
    numbers = re.findall(r"\d+", cell)
    return len(numbers) > 1 and int(numbers[0 if day_first else 1]) > 12


# -- words ----------------------------------------------------------------------------------------


def _folded(text: str) -> str:
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text.replace("œ", "oe"))
        if not unicodedata.combining(letter)
    )
    plain = re.sub(r"([a-z])([A-Z])", r"\1 \2", plain)
    return " ".join(re.findall(r"[a-z0-9]+", plain.casefold()))


def _meaning(name: Field_, cell: str) -> str | None:
    folded = _folded(cell)
    for meaning, words in _WORDS[name].items():
        if folded in words.split("|"):
            return meaning
    return None


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if re.fullmatch(r"[A-Za-z][\w/ -]*\w", text) and text.lower() not in (
        "no",
        "yes",
        "on",
        "off",
        "true",
        "false",
        "null",
    ):
        return text
    return json.dumps(text, ensure_ascii=False)


def _flow(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_quoted(one) for one in value)}]"
    if isinstance(value, dict):
        inner = ", ".join(f"{_quoted(key)}: {_quoted(one)}" for key, one in value.items())
        return f"{{{inner}}}"
    return _scalar(value)


def _quoted(value: object) -> str:
    # Inside brackets a comma, a colon or a brace would end the word.
    text = _scalar(value)
    return text if text.startswith('"') or re.fullmatch(r"[\w ./-]+", text) else json.dumps(text)


def readings(question: Question, cell: str) -> list[str]:
    """Return what a date would be under each candidate of a question about its format.

    Args:
        question: with key `date_format`.
        cell: as the file writes it.
    """
    return [f"{_day(cell, one):%d %B %Y}" for one in question.candidates]


def _day(cell: str, form: str) -> datetime:
    if form in ("serial", "serial_1904"):
        return datetime.fromisoformat(
            cast(str, sheet.from_serial(cell, is_1904=form == "serial_1904"))
        )
    return datetime.strptime(cell, form)  # noqa: DTZ007  a day, for people
