"""Reads a CSV, XLSX or NDJSON file through a mapping: exports of listening tools, reviews, all.

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
import zipfile
import zlib
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from xml.etree.ElementTree import ParseError
from zoneinfo import ZoneInfo

import zstandard

from oyez.config.mapping import Field_, Mapping
from oyez.errors import DataError
from oyez.landing import Envelope, Measured, Reject
from oyez.sources import sheet
from oyez.sources.item import ROUNDED_EPOCH, SCIENTIFIC, BadValue, canonical, instant

# Above this share of unreadable rows the mapping is wrong, not the rows.
REFUSE_ABOVE = 0.20
# A spreadsheet keeps 15 significant digits: longer whole numbers end in zeros afterwards.
_SPREADSHEET_DIGITS = 15
# Several times the largest export seen; a small file can promise a thousand times its weight.
UNPACKED_LIMIT = 512 << 20  # bytes
_PIECE = 1 << 20
_HEAD_BYTES = 1 << 12
_ZSTD_PIECE = 1 << 11
_ANY_ZONE = ZoneInfo("UTC")  # where only the form of a date is asked
_DELIMITERS = (",", ";", "\t", "|")
_PREAMBLE_ROWS = 30
# A line that spreadsheets write above the heading for themselves.
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[;,\t|]*\r?\n', re.IGNORECASE)
_DAY_IN_NAME = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
_PREAMBLE_FROM = {"from", "start", "start date", "du", "date de début"}
_PREAMBLE_TO = {"to", "end", "end date", "au", "date de fin"}

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
        path: a `.csv`, `.xlsx` or `.ndjson` file, plain or compressed (`.gz`, `.zst`).
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
        # Asked for each row, so they are read off the mapping once.
        self._constants = {str(name): text for name, text in mapping.constants.items()}
        self._mapped: tuple[Field_, ...] = tuple({**mapping.fields, **mapping.join})
        self._places = {
            name: (tuple(mapping.join.get(name, ())), mapping.columns(name))
            for name in (*self._mapped, "published_at")
        }
        self._date_formats = mapping.date_formats
        self._is_1904 = False  # how a workbook counts its days
        self._is_workbook = False
        self._preamble: list[list[str]] = []

    def fetch(self, collected_at: datetime) -> Parsed:
        """Read the whole file.

        Args:
            collected_at: naive UTC instant of this reading.

        Raises:
            DataError: the file cannot be trusted; the message names the column, the first bad row
                and the remedy, and nothing was imported.
        """
        content = self.content()
        parsed = Parsed(sha256=hashlib.sha256(content).hexdigest())
        records = self._records(content)
        ids: list[tuple[int, str, str]] = []
        rows: list[int] = []  # of the items
        unread: dict[str, list[tuple[int, str]]] = {}
        zoneless: tuple[int, str] | None = None
        rounded: tuple[int, str] | None = None
        for row, ref, record in records:
            if "__broken__" in record:
                parsed.rejects.append(
                    Reject(ref, row, record["__reason__"], record["__broken__"], record["__raw__"])
                )
                continue
            fields = self._fields(record)
            ids.append((row, ref, str(fields.get("native_id") or "")))
            dated = str(fields.get("published_at") or "").strip()
            if rounded is None and ROUNDED_EPOCH.match(dated):
                rounded = (row, dated)
            absent: dict[str, str] = {}
            try:
                item = canonical(
                    fields,
                    date_format=self._date_format(fields.get("published_at")),
                    zone=self._zone,
                    collected_at=collected_at,
                    optional=self.mapping.optional,
                    unread=absent,
                )
            except BadValue as problem:
                if problem.reason == "date_without_zone" and zoneless is None:
                    zoneless = (row, str(problem))
                parsed.rejects.append(Reject(ref, row, problem.reason, str(problem), record))
                continue
            parsed.items.append(Envelope(item["native_id"], item, record, ref))
            rows.append(row)
            for name, why in absent.items():
                unread.setdefault(name, []).append((row, why))
        if parsed.row_count == 0 and not self._says_what_it_covers():
            raise self._refusal(
                "the file has a heading and no rows, and the mapping does not say what it covers",
                "write `covers` in the mapping: then no row means that nothing was said; or delete "
                "the file",
            )
        self._refuse_damaged_ids(ids, parsed)
        if rounded:
            raise self._refusal(
                f"column {self._column('published_at')!r}, first bad row {rounded[0]}: "
                f"{rounded[1]!r}: dates were rounded by a spreadsheet",
                "import the tool's original export, never opened and saved in a spreadsheet",
            )
        identities: tuple[Field_, ...] = ("author_id", "thread_id", "parent_id")
        for name in identities:
            self._leave_out_damaged(name, rows, parsed)
        for number, found in unread.items():
            column, (first, why) = self._column(cast(Field_, number)), found[0]
            parsed.warnings.append(
                f"column {column!r}: {len(found)} of {parsed.row_count} rows have no readable "
                f"{number}, and count without one (the first, row {first}: {why})"
            )
        if zoneless:
            raise self._refusal(
                f"column {self._column('published_at')!r}, first bad row {zoneless[0]}: "
                f"{zoneless[1]}",
                "write the zone of these dates in the mapping, e.g. timezone: Europe/Paris",
            )
        self._refuse_mostly_bad(parsed)
        parsed.coverage = self._coverage(parsed, collected_at)
        return parsed

    # -- bytes to records ----------------------------------------------------------------------

    def content(self) -> bytes:
        """Return the file's bytes, decompressed. Raises as `fetch`."""
        data = self.path.read_bytes()
        try:
            if self.path.suffix.lower() == ".gz":
                data = _joined(_gunzipped(data))
            elif self.path.suffix.lower() == ".zst":
                data = _joined(_unpacked(data))
        except _TooBig:
            raise self._refusal(
                f"the compressed file unpacks to more than {UNPACKED_LIMIT >> 20} MB",
                "split the export into several files",
            ) from None
        except (OSError, EOFError, zlib.error, zstandard.ZstdError) as problem:
            raise self._refusal(
                f"the compressed file is damaged ({problem})", "copy it again, whole"
            ) from None
        if not data.strip():
            raise self._refusal("the file is empty", "export it again, or delete it")
        return data

    def _records(self, data: bytes) -> Iterator[Record]:
        is_workbook = data.startswith((sheet.WORKBOOK, sheet.OLD_WORKBOOK))
        if self.mapping.format == "xlsx" or (self.mapping.format == "csv" and is_workbook):
            return self._workbook(data)
        text = self._decode(data)
        return self._csv(text) if self.mapping.format == "csv" else self._ndjson(text)

    def _decode(self, data: bytes) -> str:
        encoding = self.mapping.encoding
        if encoding == "auto":
            encoding = detected_encoding(data)
        if encoding.lower().replace("-", "") == "utf8":
            if data.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise self._refusal(
                    "the file is UTF-16, the mapping says UTF-8", "write encoding: utf-16"
                )
            if (found := detected_encoding(data)) != "utf-8":
                raise self._refusal(
                    "the file is UTF-16 without a byte order mark, the mapping says UTF-8",
                    f"write encoding: {found}",
                )
            encoding = "utf-8-sig"
        try:
            return data.decode(encoding).removeprefix("\ufeff")
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
        told, below = separator_line(text)
        delimiter = self._delimiter(below, told)
        lines = _Lines(below, first=1 if told else 0)
        # Strict: otherwise a quote that is never closed makes one row of all the rows below it.
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        try:
            header = self._header(reader)
        except csv.Error as problem:
            raise self._refusal(
                f"line {lines.number} is no CSV heading ({problem})", "export the file again"
            ) from None
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
            values = _fitted(values, len(header), header)
            if len(values) == len(header) and self._has_swallowed(
                lines.taken[1:-1], header, delimiter
            ):
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

    def _has_swallowed(self, lines: list[str], header: list[str], delimiter: str) -> bool:
        """Tell whether lines inside of a quoted text are rows: as many values, a date in place."""
        for line in lines:
            values = line.rstrip("\r\n").split(delimiter)
            if len(values) != len(header):
                continue
            written = self._value("published_at", dict(zip(header, values, strict=True)))
            if written is None:
                continue
            try:
                instant(str(written), date_format=self._date_format(written), zone=_ANY_ZONE)
            except BadValue:
                continue
            return True
        return False

    def _workbook(self, data: bytes) -> Iterator[Record]:
        try:
            table = sheet.read(data, self.mapping.sheet)
            self._is_1904, self._is_workbook = table.is_1904, True
            numbered = iter(table.rows)
            header = self._header(cells for _, cells in numbered)
            for row, (number, cells) in enumerate(numbered, start=1):
                values = cells + [""] * (len(header) - len(cells))
                ref = f"{self.path.name}:{number}"
                if len(values) == len(header):
                    yield row, ref, dict(zip(header, values, strict=True))
                    continue
                broken = f"{len(values)} values under {len(header)} columns"
                raw = "\t".join(values)
                yield row, ref, {"__broken__": broken, "__reason__": "bad_row", "__raw__": raw}
        except sheet.SheetProblem as problem:
            raise self._refusal(str(problem), problem.remedy) from None
        except (zipfile.BadZipFile, zlib.error, ParseError, KeyError, EOFError) as problem:
            raise self._refusal(
                f"the workbook is damaged ({problem})", "copy it again, whole"
            ) from None

    def _header(self, rows: Iterator[list[str]]) -> list[str]:
        """Return the names of the columns; what stands above them is kept as the preamble."""
        first: list[str] = []
        best: list[str] = []
        for number, values in enumerate(rows, start=1):
            header = [str(name).strip() for name in values]
            first = first or header
            if not self.mapping.preamble or not self._missing(header):
                self._require_columns(header)
                return header
            if len(self._missing(header)) < len(self._missing(best or first)):
                best = header
            self._preamble.append(header)
            if number == _PREAMBLE_ROWS:
                break
        self._preamble = []
        self._require_columns(best or first)
        return best or first

    def _delimiter(self, text: str, told: str) -> str:
        """Return the delimiter; `auto` is the one under which the columns are found.

        Args:
            text: from the heading or its preamble on.
            told: what a line `sep=;` said above; empty if there is none.
        """
        if self.mapping.delimiter != "auto":
            return self.mapping.delimiter
        if told:
            return told
        fewest = {}
        for delimiter in _DELIMITERS:
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            rows = _PREAMBLE_ROWS if self.mapping.preamble else 1
            try:
                found = [
                    self._missing([name.strip() for name in row])
                    for row, _ in zip(reader, range(rows), strict=False)
                ]
            except csv.Error:
                continue
            fewest[delimiter] = min((len(missing) for missing in found), default=99)
        return min(fewest, key=lambda one: fewest[one]) if fewest else ","

    def _ndjson(self, text: str) -> Iterator[Record]:
        read = json.JSONDecoder(parse_float=str).decode
        row = 0
        for number, line in enumerate(text.split("\n"), start=1):
            if not line.strip():
                continue
            row += 1
            ref = f"{self.path.name}:{number}"
            try:
                record = read(line)
                if not isinstance(record, dict):
                    raise ValueError("not an object")
            except (ValueError, RecursionError) as problem:
                broken = {"__broken__": str(problem), "__reason__": "bad_json", "__raw__": line}
                yield row, ref, broken
                continue
            yield row, ref, record

    def _missing(self, header: list[str]) -> list[str]:
        """Return the columns that the mapping needs and a heading lacks: one for each field."""
        there = set(header)
        needed = [*self.mapping.fields, *(set(self.mapping.join) - set(self.mapping.fields))]
        missing = []
        for name in needed:
            parts = self.mapping.join.get(name, [])
            if name in self.mapping.optional or (parts and there.issuperset(parts)):
                continue
            columns = self.mapping.columns(name)
            if columns and there.isdisjoint(columns):
                missing.append(columns[0])
            elif not columns:
                missing.append(next(part for part in parts if part not in there))
        return missing

    def _require_columns(self, header: list[str]) -> None:
        doubled = [name for name, times in Counter(header).items() if times > 1]
        wanted = {
            column
            for name in [*self.mapping.fields, *self.mapping.join]
            for column in (*self.mapping.columns(name), *self.mapping.join.get(name, []))
        }
        for name in doubled:
            if name in wanted:
                raise self._refusal(f"two columns are named {name!r}", "rename one of them")
        missing = self._missing(header)
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
        fields: dict[str, Any] = dict(self._constants)
        for name in self._mapped:
            value = self._value(name, record)
            if value is not None:
                fields[name] = value
        return fields

    def _value(self, name: Field_, record: dict[str, Any]) -> Any:
        """Return what a record says of a field, in the field's words, or None."""
        joined, columns = self._places[name]
        parts = [self._cell(record, column) for column in joined]
        if parts and all(part not in (None, "") for part in parts):
            return sheet.joined([one if isinstance(one, str) else str(one) for one in parts])
        for column in columns:
            value = self._cell(record, column)
            if value is None or value == "":
                continue
            value = self.mapping.translated(name, value)
            if value == "":
                continue
            return self._dated(value) if name in ("published_at", "collected_at") else value
        return None

    def _cell(self, record: dict[str, Any], column: str) -> Any:
        return _path(record, column) if self.mapping.format == "ndjson" else record.get(column)

    def _dated(self, value: Any) -> Any:
        """Return a spreadsheet's day number as a date."""
        formats = self._date_formats
        if self._is_workbook and not {"epoch", "epoch_ms"} & set(formats):
            return sheet.from_serial(str(value), is_1904=self._is_1904) or value
        for name in ("serial", "serial_1904"):
            if name in formats:
                return sheet.from_serial(str(value), is_1904=name == "serial_1904") or value
        return value

    def _date_format(self, value: Any) -> str | None:
        """Return the format, of those of the mapping, in which a date is written."""
        formats = self._date_formats
        if isinstance(value, sheet.SheetDate):
            return None
        formats = [one for one in formats if one not in ("serial", "serial_1904")] or [None]
        text = str(value).strip()
        if text.isdigit():  # ISO reads some counts of milliseconds as days of the Middle Ages
            formats = sorted(formats, key=lambda one: one not in ("epoch", "epoch_ms"))
        for one in formats[:-1]:
            try:
                instant(text, date_format=one, zone=_ANY_ZONE)
            except BadValue:
                continue
            return one
        return formats[-1]

    def _column(self, name: Field_) -> str:
        if name in self.mapping.join:
            return " + ".join(self.mapping.join[name])
        return (self.mapping.columns(name) or (name,))[0]

    def _refuse_damaged_ids(self, ids: list[tuple[int, str, str]], parsed: Parsed) -> None:
        column = self._column("native_id")
        bad = _rounded([(row, one) for row, _, one in ids])
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

    def _leave_out_damaged(self, name: Field_, rows: list[int], parsed: Parsed) -> None:
        """Drop a column of ids that a spreadsheet rounded: different people would become one.

        Raises:
            DataError: nothing else says who wrote the rows.
        """
        filled = [
            (row, one.data) for row, one in zip(rows, parsed.items, strict=True) if name in one.data
        ]
        bad = _rounded([(row, data[name]) for row, data in filled])
        if bad is None:
            return
        column = self._column(name)
        if name == "author_id" and not all("author_handle" in data for _, data in filled):
            raise self._refusal(
                f"column {column!r}, first bad row {bad[0]}: {bad[1]!r}: "
                "ids of authors were rounded by a spreadsheet, and no handle says who wrote",
                "import the tool's original export, never opened and saved in a spreadsheet",
            )
        for _, data in filled:
            del data[name]
        instead = "; the handles tell the authors apart" if name == "author_id" else ""
        parsed.warnings.append(
            f"column {column!r}, first bad row {bad[0]}: {bad[1]!r}: ids were rounded by a "
            f"spreadsheet, so no {name} of the file is kept{instead} → import the tool's original "
            "export, never opened and saved in a spreadsheet"
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

    def _says_what_it_covers(self) -> bool:
        return bool(
            self.mapping.covers
            or self.mapping.covers_in == "name"
            or (self.mapping.covers_in == "preamble" and self._preamble_span())
        )

    def _coverage(self, parsed: Parsed, collected_at: datetime) -> list[Measured]:
        dates = sorted(datetime.fromisoformat(one.data["published_at"]) for one in parsed.items)
        spans = [
            (self._utc(span.start), self._utc(span.end), span.brands or ["*"])
            for span in self.mapping.covers
        ]
        if not spans and self.mapping.covers_in == "name":
            spans = [(*self._span_in_name(), ["*"])]
        if not spans and self.mapping.covers_in == "preamble":
            if found := self._preamble_span():
                spans = [(*found, ["*"])]
            else:
                parsed.warnings.append(
                    "no `From` and `To` with readable dates stand above the heading: the file "
                    "counts as measured from its first to its last row only"
                )
        if not spans:
            if not dates:
                return []
            reason = "not declared by the mapping: from the first to the last row"
            return [Measured(dates[0], dates[-1] + timedelta(seconds=1), "ok", "*", reason)]
        measured = []
        for start, end, brands in spans:
            # What had not happened yet when the file was read, it cannot have measured.
            end = min(end, collected_at) if self.mapping.covers_in != "rows" else end
            if start >= end:
                raise self._refusal(
                    f"the file says that it covers {start.isoformat()} UTC and later, which is "
                    "still to come",
                    "correct the dates in its name or above its heading",
                )
            state = "ok" if any(start <= one < end for one in dates) else "ok_empty"
            measured += [Measured(start, end, state, query) for query in brands]
        outside = sum(
            not any(one.start <= moment < one.end for one in measured) for moment in dates
        )
        if outside:
            place = {"name": "its name", "preamble": "the lines above its heading"}.get(
                self.mapping.covers_in, "`covers`"
            )
            parsed.warnings.append(
                f"{outside} of {len(dates)} rows lie outside what the mapping says the file "
                f"covers: check {place} and `timezone`"
            )
        return measured

    def _span_in_name(self) -> tuple[datetime, datetime]:
        """Return what the dates in the file's name say, whole days of the client, in naive UTC."""
        found = _DAY_IN_NAME.findall(self.path.name)
        try:
            days = [date.fromisoformat(one) for one in found]
        except ValueError:
            days = []
        if len(days) not in (1, 2) or days[0] > days[-1]:
            raise self._refusal(
                "its name does not say which days it covers (covers_in: name)",
                "name it by its first and last day, such as "
                f"{self.path.stem.split('.')[0]}_2026-05-25_2026-05-31{self.path.suffix}",
            )
        return self._whole_days(days[0], days[-1])

    def _whole_days(self, first: date, last: date) -> tuple[datetime, datetime]:
        zone = self._client_zone
        return tuple(  # type: ignore[return-value]
            datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
            for day in (first, last + timedelta(days=1))
        )

    def _preamble_span(self) -> tuple[datetime, datetime] | None:
        """Return what `From` and `To` above the heading say, in naive UTC."""
        start = end = None
        for row, following in zip(self._preamble, [*self._preamble[1:], []], strict=False):
            label = row[0].rstrip(" :").casefold() if row else ""
            beside = [cell for cell in row[1:] if cell]
            value = beside[0] if beside else (following[0] if len(following) == 1 else "")
            if label in _PREAMBLE_FROM:
                start = value
            elif label in _PREAMBLE_TO:
                end = value
        if not start or not end:
            return None
        try:
            if len(start) == len(end) == len("2026-05-25"):
                return self._whole_days(date.fromisoformat(start), date.fromisoformat(end))
            zone = self._zone or self._client_zone
            first, last = (
                instant(one, date_format=self._date_format(one), zone=zone) for one in (start, end)
            )
        except (ValueError, BadValue):
            return None
        # Tools write the last second of a period: 23:59:59.
        last += timedelta(seconds=last.second == 59)
        return (first, last) if first < last else None

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


def detected_encoding(data: bytes) -> str:
    """Return the encoding that the first bytes tell: UTF-16 of either order, else UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    # Delimiters, digits and line ends are every other byte of UTF-16 that is nothing; a heading in
    # Greek may begin without. UTF-8 has no such byte, or a stray one.
    head = data[:_HEAD_BYTES]
    high, low = (head[start::2].count(0) for start in (0, 1))
    if max(high, low) < 2 or 20 * max(high, low) < len(head) or high == low:
        return "utf-8"
    return "utf-16-be" if high > low else "utf-16-le"


def separator_line(text: str) -> tuple[str, str]:
    """Return what a first line `sep=;` says, empty if there is none, and the text below it."""
    found = _SEPARATOR_LINE.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def _rounded(ids: list[tuple[int, str]]) -> tuple[int, str] | None:
    """Return row and text of the first id that a spreadsheet rounded, if it rounded them."""
    bad = next((pair for pair in ids if SCIENTIFIC.match(pair[1])), None)
    if bad is not None:
        return bad
    long = [pair for pair in ids if pair[1].isdigit() and len(pair[1]) > _SPREADSHEET_DIGITS]
    rounded = [pair for pair in long if not pair[1][_SPREADSHEET_DIGITS:].strip("0")]
    # Chance ends an 18-digit id in three zeros once in a thousand; a spreadsheet, always.
    return rounded[0] if len(rounded) >= 3 and len(rounded) * 2 > len(long) else None


def _fitted(values: list[str], width: int, header: list[str]) -> list[str]:
    """Return a row without its empty cells to the right of the heading, or with those it lacks."""
    if len(values) > width and not any(values[width:]):
        return values[:width]
    if 0 < len(values) < width and not any(header[len(values) :]):
        return values + [""] * (width - len(values))
    return values


class _Lines:
    """The lines of a text, for a reader that may have to give back those of a broken record."""

    def __init__(self, text: str, first: int = 0) -> None:
        self._rest = io.StringIO(text, newline="")
        self._returned: deque[str] = deque()
        self.taken: list[str] = []
        self.number = first  # of the lines above the text

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


class _TooBig(Exception):
    """More was unpacked than may be."""


def _joined(pieces: Iterator[bytes]) -> bytes:
    """Return the pieces as one; nothing beyond the limit is unpacked."""
    kept, size = [], 0
    for piece in pieces:
        size += len(piece)
        if size > UNPACKED_LIMIT:
            raise _TooBig
        kept.append(piece)
    return b"".join(kept)


def _gunzipped(data: bytes) -> Iterator[bytes]:
    with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
        while piece := packed.read(_PIECE):
            yield piece


def _unpacked(data: bytes) -> Iterator[bytes]:
    # Frame by frame: the library's stream reader takes a file that was cut off for a whole one.
    rest = memoryview(data)
    while rest:
        frame = zstandard.ZstdDecompressor().decompressobj()
        while rest and not frame.eof:
            # Few bytes at once: four of them may say to repeat one byte 131,072 times.
            taken, rest = rest[:_ZSTD_PIECE], rest[_ZSTD_PIECE:]
            yield frame.decompress(taken)
        if not frame.eof:
            raise EOFError("it ends in the middle")
        rest = memoryview(data)[len(data) - len(rest) - len(frame.unused_data) :]


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
