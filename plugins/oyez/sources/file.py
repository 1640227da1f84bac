"""Reads a CSV or NDJSON file through a mapping: exports of listening tools, reviews, anything.

The whole file is read before anything lands: a file that a spreadsheet has damaged, that lacks a
column or whose dates have no zone is refused and imports nothing; single bad rows are quarantined.
"""

from __future__ import annotations

import csv
import difflib
import gzip
import hashlib
import io
import json
import re
import zlib
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import zstandard

from oyez.config.mapping import Mapping
from oyez.errors import DataError
from oyez.landing import Envelope, Measured, Reject
from oyez.sources.item import BadValue, canonical, instant

# Above this share of unreadable rows the mapping is wrong, not the rows.
REFUSE_ABOVE = 0.20
_SCIENTIFIC = re.compile(r"^[+-]?\d(?:[.,]\d+)?[eE]\+?\d+$")
# A spreadsheet keeps 15 significant digits: longer whole numbers end in zeros afterwards.
_SPREADSHEET_DIGITS = 15
_ANY_ZONE = ZoneInfo("UTC")  # where only the form of a date is asked

Record = tuple[int, str, dict[str, Any]]  # row number (from 1), place in the file, the record


@dataclass
class Parsed:
    """What a file holds: items, rows that could not be read, and what it measured."""

    items: list[Envelope] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    coverage: list[Measured] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    sha256: str = ""

    @property
    def row_count(self) -> int:
        """Rows read, good and bad."""
        return len(self.items) + len(self.rejects)


class FileSource:
    """One file of one client's source.

    Args:
        path: a `.csv` or `.ndjson` file, plain or compressed (`.gz`, `.zst`).
        mapping: how to read it.
        client_id: for messages.
        source_id: for messages.
        timezone: the client's zone, in which a mapping's `covers` without offset are written when
            the mapping names no zone of its own.
    """

    name = "file"

    def __init__(
        self, path: Path, mapping: Mapping, *, client_id: str, source_id: str, timezone: str
    ) -> None:
        self.path, self.mapping = path, mapping
        self.client_id, self.source_id = client_id, source_id
        self._client_zone = ZoneInfo(timezone)
        self._zone = ZoneInfo(mapping.timezone) if mapping.timezone else None

    def fetch(self, collected_at: datetime) -> Parsed:
        """Read the whole file.

        Args:
            collected_at: naive UTC instant of this reading.

        Raises:
            DataError: the file cannot be trusted; the message names the column, the first bad row
                and the remedy, and nothing was imported.
        """
        content = self._content()
        parsed = Parsed(sha256=hashlib.sha256(content).hexdigest())
        text = self._decode(content)
        records = self._csv(text) if self.mapping.format == "csv" else self._ndjson(text)
        ids: list[tuple[int, str, str]] = []
        zoneless: tuple[int, str] | None = None
        for row, ref, record in records:
            if "__broken__" in record:
                parsed.rejects.append(
                    Reject(ref, row, record["__reason__"], record["__broken__"], record["__raw__"])
                )
                continue
            fields = self._fields(record)
            ids.append((row, ref, str(fields.get("native_id") or "")))
            try:
                item = canonical(
                    fields,
                    date_format=self.mapping.date_format,
                    zone=self._zone,
                    collected_at=collected_at,
                )
            except BadValue as problem:
                if problem.reason == "date_without_zone" and zoneless is None:
                    zoneless = (row, str(problem))
                parsed.rejects.append(Reject(ref, row, problem.reason, str(problem), record))
                continue
            parsed.items.append(Envelope(item["native_id"], item, record, ref))
        if parsed.row_count == 0 and not self.mapping.covers:
            raise self._refusal(
                "the file has a heading and no rows, and the mapping does not say what it covers",
                "write `covers` in the mapping: then no row means that nothing was said; or delete "
                "the file",
            )
        self._refuse_damaged_ids(ids, parsed)
        if zoneless:
            raise self._refusal(
                f"column {self._column('published_at')!r}, first bad row {zoneless[0]}: "
                f"{zoneless[1]}",
                "write the zone of these dates in the mapping, e.g. timezone: Europe/Paris",
            )
        self._refuse_mostly_bad(parsed)
        parsed.coverage = self._coverage(parsed)
        return parsed

    # -- bytes to records ----------------------------------------------------------------------

    def _content(self) -> bytes:
        data = self.path.read_bytes()
        try:
            if self.path.suffix.lower() == ".gz":
                data = gzip.decompress(data)
            elif self.path.suffix.lower() == ".zst":
                data = _unpacked(data)
        except (OSError, EOFError, zlib.error, zstandard.ZstdError) as problem:
            raise self._refusal(
                f"the compressed file is damaged ({problem})", "copy it again, whole"
            ) from None
        if not data.strip():
            raise self._refusal("the file is empty", "export it again, or delete it")
        return data

    def _decode(self, data: bytes) -> str:
        encoding = self.mapping.encoding
        if encoding.lower().replace("-", "") == "utf8":
            if data.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise self._refusal(
                    "the file is UTF-16, the mapping says UTF-8", "write encoding: utf-16"
                )
            if b"\x00" in data[:2]:
                raise self._refusal(
                    "the file is UTF-16 without a byte order mark, the mapping says UTF-8",
                    f"write encoding: utf-16-{'le' if data[1] == 0 else 'be'}",
                )
            encoding = "utf-8-sig"
        try:
            return data.decode(encoding)
        except LookupError:
            raise self._refusal(
                f"the mapping's encoding {encoding!r} is unknown", "write utf-8 or cp1252"
            ) from None
        except UnicodeDecodeError as problem:
            line = data[: problem.start].count(b"\n") + 1
            raise self._refusal(
                f"line {line} is not {self.mapping.encoding} "
                f"(byte 0x{data[problem.start]:02x} at offset {problem.start})",
                "write the file's real encoding in the mapping (encoding: cp1252 for an old "
                "Windows export), or export it again as UTF-8",
            ) from None

    def _csv(self, text: str) -> Iterator[Record]:
        csv.field_size_limit(16 << 20)
        lines = _Lines(text)
        # Strict: otherwise a quote that is never closed makes one row of all the rows below it.
        reader = csv.reader(lines, delimiter=self.mapping.delimiter, strict=True)
        try:
            header = [name.strip() for name in next(reader)]
        except csv.Error as problem:
            raise self._refusal(
                f"line 1 is no CSV heading ({problem})", "export the file again"
            ) from None
        self._require_columns(header)
        row = 0
        while True:
            lines.mark()
            try:
                values = next(reader)
                broken = f"{len(values)} values under {len(header)} columns"
            except StopIteration:
                return
            except csv.Error as problem:
                values, broken = [], f"the quotes do not pair ({problem})"
            if lines.taken and not values and not "".join(lines.taken).strip():
                continue
            row += 1
            if len(values) == len(header) and self._has_swallowed(lines.taken[1:-1], header):
                values, broken = [], "a quote is opened here and closed some rows below"
            if len(values) == len(header):
                ref = f"{self.path.name}:{lines.number}"
                yield row, ref, dict(zip(header, values, strict=True))
                continue
            # What a stray quote has swallowed are rows of their own: they are read again.
            first = lines.return_all_but_first()
            yield (
                row,
                f"{self.path.name}:{lines.number}",
                {
                    "__broken__": broken,
                    "__reason__": "bad_row",
                    "__raw__": first.rstrip("\r\n"),
                },
            )

    def _has_swallowed(self, lines: list[str], header: list[str]) -> bool:
        """Tell whether lines inside of a quoted text are rows: as many values, a date in its place."""
        if not lines or "published_at" not in self.mapping.fields:
            return False
        place = header.index(self.mapping.fields["published_at"])
        for line in lines:
            values = line.rstrip("\r\n").split(self.mapping.delimiter)
            if len(values) == len(header):
                try:
                    instant(values[place], date_format=self.mapping.date_format, zone=_ANY_ZONE)
                except BadValue:
                    continue
                return True
        return False

    def _ndjson(self, text: str) -> Iterator[Record]:
        row = 0
        for number, line in enumerate(text.split("\n"), start=1):
            if not line.strip():
                continue
            row += 1
            ref = f"{self.path.name}:{number}"
            try:
                record = json.loads(line, parse_float=str)
                if not isinstance(record, dict):
                    raise ValueError("not an object")
            except (ValueError, RecursionError) as problem:
                broken = {"__broken__": str(problem), "__reason__": "bad_json", "__raw__": line}
                yield row, ref, broken
                continue
            yield row, ref, record

    def _require_columns(self, header: list[str]) -> None:
        doubled = [name for name, times in Counter(header).items() if times > 1]
        wanted = list(self.mapping.fields.values())
        for name in doubled:
            if name in wanted:
                raise self._refusal(f"two columns are named {name!r}", "rename one of them")
        missing = [column for column in wanted if column not in header]
        if not missing:
            return
        close = difflib.get_close_matches(missing[0], header, n=1)
        hint = f"the closest one is {close[0]!r}; " if close else ""
        delimiter = ""
        if len(header) == 1:
            delimiter = f" (one column only: is the delimiter really {self.mapping.delimiter!r}?)"
        raise self._refusal(
            f"column {missing[0]!r} is missing; the file has {', '.join(header)[:300]}{delimiter}",
            f"{hint}correct `fields` in the mapping, or export the column",
        )

    # -- records to items ----------------------------------------------------------------------

    def _fields(self, record: dict[str, Any]) -> dict[str, Any]:
        fields: dict[str, Any] = dict(self.mapping.constants)
        for name, column in self.mapping.fields.items():
            value = record.get(column) if self.mapping.format == "csv" else _path(record, column)
            if value is None or value == "":
                continue
            translation = self.mapping.values.get(name)
            fields[name] = translation.get(str(value), value) if translation else value
        return fields

    def _column(self, name: str) -> str:
        return self.mapping.fields.get(name, name)  # type: ignore[call-overload, no-any-return]

    def _refuse_damaged_ids(self, ids: list[tuple[int, str, str]], parsed: Parsed) -> None:
        column = self._column("native_id")
        bad = next(((row, one) for row, _, one in ids if _SCIENTIFIC.match(one)), None)
        if bad is None:
            long = [
                (row, one)
                for row, _, one in ids
                if one.isdigit() and len(one) > _SPREADSHEET_DIGITS
            ]
            rounded = [pair for pair in long if not pair[1][_SPREADSHEET_DIGITS:].strip("0")]
            # Chance ends an 18-digit id in three zeros once in a thousand; a spreadsheet, always.
            if len(rounded) >= 3 and len(rounded) * 2 > len(long):
                bad = rounded[0]
        if bad is None:
            return
        also = ""
        dates = [one for one in parsed.rejects if one.reason in ("bad_date", "date_without_zone")]
        if dates:
            also = (
                f"; its dates were rewritten too (column {self._column('published_at')!r}, row "
                f"{dates[0].row}: {dates[0].detail}): say date_format and timezone if the tool "
                "itself writes them so"
            )
        raise self._refusal(
            f"column {column!r}, first bad row {bad[0]}: {bad[1]!r}: "
            f"ids were rounded by a spreadsheet{also}",
            "import the tool's original export, never opened and saved in a spreadsheet",
        )

    def _refuse_mostly_bad(self, parsed: Parsed) -> None:
        if len(parsed.rejects) <= REFUSE_ABOVE * parsed.row_count:
            return
        reasons = Counter(reject.reason for reject in parsed.rejects)
        first = parsed.rejects[0]
        listed = ", ".join(f"{reason} ×{times}" for reason, times in reasons.most_common(4))
        raise self._refusal(
            f"{len(parsed.rejects)} of {parsed.row_count} rows cannot be read ({listed}); "
            f"first bad row {first.row}: {first.detail}",
            "correct the mapping (date_format, timezone, fields, values) and import again",
        )

    # -- coverage ------------------------------------------------------------------------------

    def _coverage(self, parsed: Parsed) -> list[Measured]:
        dates = sorted(datetime.fromisoformat(one.data["published_at"]) for one in parsed.items)
        if not self.mapping.covers:
            if not dates:
                return []
            reason = "not declared by the mapping: from the first to the last row"
            return [Measured(dates[0], dates[-1] + timedelta(seconds=1), "ok", "*", reason)]
        measured = []
        for span in self.mapping.covers:
            start, end = self._utc(span.start), self._utc(span.end)
            state = "ok" if any(start <= one < end for one in dates) else "ok_empty"
            measured += [Measured(start, end, state, query) for query in span.brands or ["*"]]
        outside = sum(
            not any(one.start <= date < one.end for one in measured) for date in dates
        )
        if outside:
            parsed.warnings.append(
                f"{outside} of {len(dates)} rows lie outside what the mapping says the file "
                "covers: check `covers` and `timezone`"
            )
        return measured

    def _utc(self, moment: datetime) -> datetime:
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self._zone or self._client_zone)
        return moment.astimezone(UTC).replace(tzinfo=None)

    def _refusal(self, message: str, action: str) -> DataError:
        return DataError(
            message,
            client=self.client_id,
            source=self.source_id,
            where=f"file {self.path.name}",
            action=f"{action}; nothing was imported",
        )


class _Lines:
    """The lines of a text, for a reader that may have to give back those of a broken record."""

    def __init__(self, text: str) -> None:
        self._rest = io.StringIO(text, newline="")
        self._returned: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._returned.popleft() if self._returned else next(self._rest)
        self.taken.append(line)
        self.number += 1
        return line

    def mark(self) -> None:
        """Begin a record: the lines taken from here on are its own."""
        self.taken = []

    def return_all_but_first(self) -> str:
        """Give the record's lines back but the first, which is returned."""
        first, *others = self.taken
        self._returned.extendleft(reversed(others))
        self.number -= len(others)
        return first


def _unpacked(data: bytes) -> bytes:
    # Frame by frame: the library's stream reader takes a file that was cut off for a whole one.
    frames = []
    while data:
        frame = zstandard.ZstdDecompressor().decompressobj()
        frames.append(frame.decompress(data))
        if not frame.eof:
            raise EOFError("it ends in the middle")
        data = frame.unused_data
    return b"".join(frames)


def _path(record: dict[str, Any], path: str) -> Any:
    if path in record:
        return record[path]
    value: Any = record
    for part in path.split("."):
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            return None
    return value
