"""The files that travel inside the PDF: the edition and its tables, for those who count again."""

from __future__ import annotations

import csv
import io
from datetime import datetime

from weasyprint import Attachment

from oyez.edition.changes import Changes
from oyez.edition.model import Edition
from oyez.spreadsheet import harmless_in_csv


def table_csv(rows: list[dict[str, object]]) -> bytes:
    """Return the rows as CSV with a byte order mark, which spreadsheets need to read accents."""
    out = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in names])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return harmless_in_csv(value)  # names of authors are written by strangers


def attachments(
    edition: Edition, at: datetime, edition_title: str, changes: Changes | None = None
) -> list[Attachment]:
    """Return edition.json and one CSV a table that has rows, dated `at` so that bytes repeat.

    A later revision has changes.json besides.
    """
    files = {"edition.json": (edition.canonical(), edition_title)}
    if changes:
        files["changes.json"] = (changes.canonical(), "changes")
    for name, rows in sorted(edition.tables.items()):
        if rows:
            files[f"{name}.csv"] = (table_csv(rows), name)
    return [
        Attachment(
            file_obj=io.BytesIO(content),
            name=name,
            description=description,
            created=at,
            modified=at,
            relationship="Source" if name == "edition.json" else "Data",
        )
        for name, (content, description) in files.items()
    ]
