"""The shape of an import mapping: how the columns of a file become items, and what it covers."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from datetime import datetime
from fnmatch import fnmatchcase
from functools import cache
from itertools import combinations
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)

from oyez import resources
from oyez.config.document import parse
from oyez.config.model import Network, PointedError, Slug, Strict, Timezone, iso

Field_ = Literal[
    "native_id",
    "published_at",
    "collected_at",
    "text",
    "title",
    "url",
    "network",
    "channel",
    "kind",
    "language",
    "author_id",
    "author_handle",
    "author_name",
    "author_followers",
    "author_url",
    "parent_id",
    "thread_id",
    "rating",
    "like_count",
    "repost_count",
    "reply_count",
    "view_count",
    "brand",
    "addressed_to",
    "sentiment",
    "outlet",
    "place",
    "visibility",
    "is_paid",
]

Channel = Literal["social", "news", "blog", "forum", "review", "community", "support", "other"]
Kind = Literal["post", "repost", "reply", "comment", "review", "article", "question", "message"]


Sentiment = Literal["positive", "neutral", "negative"]
# Who may see an item; only what anybody may see is quoted.
Visibility = Literal["public", "unlisted", "signed_in", "private", "direct"]

# Fields whose values are a closed list.
_ALLOWED: dict[Field_, tuple[str, ...]] = {
    "channel": get_args(Channel),
    "kind": get_args(Kind),
    "sentiment": get_args(Sentiment),
    "visibility": get_args(Visibility),
}


def _known_encoding(name: str) -> str:
    if name == "auto":
        return name
    try:
        codecs.lookup(name)
    except LookupError:
        raise ValueError("write a character encoding such as utf-8 or cp1252") from None
    return name


def _one_or_several(value: object) -> str | list[str]:
    """Return a text or a list of texts as it is, and say of anything else that it is neither."""
    several = value if isinstance(value, list) else [value]
    if not several:
        raise PointedError("the list is empty", "write one name at least")
    for one in several:
        if isinstance(one, dict | list) or one is None:
            raise PointedError("a text stands here, or a list of texts", "write one text")
        if not isinstance(one, str):
            raise PointedError(
                f"`{one}` is read as a number, not as text", f'put it in quotes: "{one}"'
            )
    return value  # type: ignore[return-value]


def _one_character(text: str) -> str:
    if text != "auto" and len(text) != 1:
        raise ValueError('write one character such as ";" or "\\t", or auto')
    return text


Encoding = Annotated[str, AfterValidator(_known_encoding)]
Delimiter = Annotated[str, AfterValidator(_one_character)]
Instant = Annotated[datetime, BeforeValidator(iso)]
_TEXTS = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
Texts = Annotated[str | list[str], PlainValidator(_one_or_several), WithJsonSchema(_TEXTS)]

# Written with each format and read back: two formats that read one text as two dates contradict.
_PROBE = datetime(2004, 3, 5, 6, 7, 8)  # noqa: DTZ001  a form, not a moment


class Covers(Strict):
    """A stretch of time that the file measured completely, for all brands or for some."""

    start: Instant = Field(description="First instant measured; with an offset, or in `timezone`.")
    end: Instant = Field(description="First instant no longer measured.")
    brands: list[Slug] = Field(
        default_factory=list, description="Brand ids it holds for; empty: all brands."
    )

    @model_validator(mode="after")
    def _forward(self) -> Covers:
        if (self.start.tzinfo is None) != (self.end.tzinfo is None):
            raise PointedError(
                "one end has an offset, the other has none", "write both with, or both without"
            )
        if self.start >= self.end:
            raise PointedError("start must come before end", "write an earlier start")
        return self


def presets() -> list[str]:
    """Return the names of the mappings that ship with oyez."""
    return sorted(path.stem for path in resources.folder("sources/presets").glob("*.yml"))


@cache
def _preset(name: str) -> dict[str, Any]:
    path = resources.folder("sources/presets") / f"{name}.yml"
    return parse(path, f"preset {name}").data


def _completed(given: dict[str, Any]) -> dict[str, Any]:
    """Return a preset's keys with those of a mapping on top; blocks are merged key by key."""
    preset = _preset(given["preset"])
    merged = {**preset, **given}
    for block in ("fields", "join", "constants", "values"):
        merged[block] = _over(preset.get(block), given.get(block))
        if merged[block] is None:
            del merged[block]
    if isinstance(given.get("values"), dict):
        # Own rules come first: a preset ends its tables with one for all other values.
        for name, own in given["values"].items():
            below = preset.get("values", {}).get(name)
            if isinstance(own, dict) and below:
                merged["values"][name] = {
                    **own,
                    **{value: below[value] for value in below if value not in own},
                }
    own_fields = given.get("fields")
    if isinstance(own_fields, dict):
        # A column that people name themselves must be there; one that a preset names may.
        if "optional" not in given:
            merged["optional"] = [
                name for name in merged.get("optional", []) if name not in own_fields
            ]
        if "join" not in given:
            merged["join"] = {
                name: columns
                for name, columns in merged.get("join", {}).items()
                if name not in own_fields
            }
    return merged


def _over(below: Any, above: Any) -> Any:
    if isinstance(below, dict) and isinstance(above, dict):
        return {**below, **above}
    return below if above is None else above


def _either_preset_or_all(schema: dict[str, Any]) -> None:
    required = schema.pop("required", [])
    schema["anyOf"] = [{"required": ["preset"]}, {"required": required}]


class Mapping(Strict):
    """How to read one kind of file: all of it here, or a preset with what differs from it."""

    model_config = ConfigDict(json_schema_extra=_either_preset_or_all)

    preset: str | None = Field(
        default=None,
        description="A mapping that ships with oyez: `brandwatch`, `meltwater`, `talkwalker`. The "
        "keys written beside it win over its own.",
    )
    format: Literal["csv", "xlsx", "ndjson"] = Field(
        description="`csv`: a table with a heading row, as text or as an Excel workbook (the file "
        "itself tells); `xlsx`: a workbook only; `ndjson`: one JSON object a line. Required "
        "without `preset`."
    )
    sheet: str | None = Field(default=None, description="Workbook only: its sheet; else the first.")
    encoding: Encoding = Field(
        default="utf-8",
        description="Of the bytes; a byte order mark is accepted. `auto`: UTF-16 where the first "
        "bytes say so, else UTF-8.",
    )
    delimiter: Delimiter = Field(
        default=",",
        description='CSV only: one character ("\\t": tab). `auto`: the one of `,` `;` tab `|` '
        "under which the heading holds the mapped columns.",
    )
    preamble: bool = Field(
        default=False,
        description="The heading is not the first row: it is the first of 30 that holds the mapped "
        "columns.",
    )
    fields: dict[Field_, Texts] = Field(
        description="Field of an item → column (CSV) or dotted path (NDJSON), or a list of them: "
        "the first one that the row fills. Required without `preset`."
    )
    join: dict[Field_, list[str]] = Field(
        default_factory=dict,
        description="Field → columns joined with a space, e.g. published_at: [Date, Time]; where a "
        "row does not fill all of them, `fields` stands in.",
    )
    optional: list[Field_] = Field(
        default_factory=list, description="Fields whose column a file may lack."
    )
    constants: dict[Field_, str] = Field(
        default_factory=dict, description="Fields with the same value in every row."
    )
    values: dict[Field_, dict[str, str]] = Field(
        default_factory=dict,
        description="Translation of a column's values, e.g. sentiment: {neg: negative}. A `*` "
        "stands for any letters (`*TWITTER*`), case does not count, and an empty translation "
        'means "not given".',
    )
    date_format: Texts | None = Field(
        default=None,
        description="strptime format of the dates, or `iso`, `epoch`, `epoch_ms`, `serial`, "
        "`serial_1904` (a spreadsheet's day numbers); or a list of them, the first that fits. By "
        "default `iso`.",
    )
    timezone: Timezone | None = Field(
        default=None, description="Zone of dates without offset; without it they are refused."
    )
    brands: dict[str, Slug] = Field(
        default_factory=dict,
        description="Value of the brand column → brand id; names and aliases match by themselves. "
        "A row whose brand column is filled is about that brand, whatever its text says.",
    )
    native_id_is: Literal["network", "tool"] = Field(
        default="network",
        description="`network`: the network's own id, equal in every tool; `tool`: the exporting "
        "tool's own number, of no meaning elsewhere.",
    )
    covers: list[Covers] = Field(
        default_factory=list,
        description="What each file measured; without it, see `covers_in`.",
    )
    covers_in: Literal["rows", "name", "preamble"] = Field(
        default="rows",
        description="Where a file says what it measured. `rows`: from its first to its last row; "
        "`name`: one or two dates in its name, `…_2026-05-25_2026-05-31.csv`, which are whole days "
        "of the client; `preamble`: `From` and `To` above the heading.",
    )

    @model_validator(mode="before")
    @classmethod
    def _take_preset(cls, given: Any) -> Any:
        if not isinstance(given, dict) or given.get("preset") is None:
            return given
        if given["preset"] not in presets():
            raise PointedError(
                f"no preset is named `{given['preset']}`",
                f"write one of: {', '.join(presets())}",
                "preset",
            )
        return _completed(given)

    def columns(self, name: Field_) -> tuple[str, ...]:
        """Return the columns that may hold a field, in order of preference."""
        given = self.fields.get(name, [])
        return (given,) if isinstance(given, str) else tuple(given)

    def translated(self, name: Field_, value: object) -> object:
        """Return a column's value in the field's own words; as it is where no rule speaks of it."""
        table = self.values.get(name)
        if not table:
            return value
        text = str(value).strip()
        if text in table:
            return table[text]
        folded = text.casefold()
        for pattern, meaning in table.items():
            if fnmatchcase(folded, pattern.casefold().replace("[", "[[]").replace("?", "[?]")):
                return meaning
        return value

    @property
    def date_formats(self) -> list[str | None]:
        """The formats of the dates, None for ISO 8601, in order of preference."""
        given = [self.date_format] if isinstance(self.date_format, str) else self.date_format
        return [None if one == "iso" else one for one in given or ["iso"]]

    @model_validator(mode="after")
    def _required(self) -> Mapping:
        given = set(self.fields) | set(self.constants) | set(self.join)
        missing = [name for name in ("native_id", "published_at", "text") if name not in given]
        if missing:
            raise PointedError(
                f"required fields are not mapped: {', '.join(missing)}",
                "name their columns under `fields`, or their value under `constants`",
                "fields",
            )
        return self

    @model_validator(mode="after")
    def _one_reading(self) -> Mapping:
        for first, second in _contradictions([one for one in self.date_formats if one]):
            raise PointedError(
                f"`{first}` and `{second}` read one text as two dates",
                "keep the one that the tool writes",
                "date_format",
            )
        if self.covers and self.covers_in == "name":
            raise PointedError(
                "`covers` and `covers_in: name` both say what a file measured",
                "keep one",
                "covers_in",
            )
        if self.format == "ndjson" and (self.preamble or self.covers_in == "preamble"):
            raise PointedError("NDJSON has no rows above a heading", "remove the key", "preamble")
        return self

    @model_validator(mode="after")
    def _says_what_we_know(self) -> Mapping:
        for name, allowed in _ALLOWED.items():
            given: list[tuple[tuple[str, ...], str]] = [
                (("values", name, value), text) for value, text in self.values.get(name, {}).items()
            ]
            if name in self.constants:
                given.append((("constants", name), self.constants[name]))
            for path, text in given:
                if text.strip() and text.strip().lower() not in allowed:
                    raise PointedError(
                        f"{name} cannot be `{text}`", f"write one of: {', '.join(allowed)}", *path
                    )
        return self


def _contradictions(formats: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of formats that read one text as two dates, as dd/mm and mm/dd do."""
    for first, second in combinations(formats, 2):
        if not ("%" in first and "%" in second):
            continue
        for writer, reader in ((first, second), (second, first)):
            try:
                text = _PROBE.strftime(writer)
                same = datetime.strptime(text, writer)  # noqa: DTZ007
                if datetime.strptime(text, reader) != same:  # noqa: DTZ007
                    yield first, second
                    break
            except ValueError:
                continue


__all__ = ["Channel", "Covers", "Field_", "Kind", "Mapping", "Network", "presets"]
