"""The shape of an import mapping: how the columns of a file become items, and what it covers."""

from __future__ import annotations

import codecs
from datetime import datetime
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

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
]

Channel = Literal["social", "news", "blog", "forum", "review", "community", "support", "other"]
Kind = Literal["post", "repost", "reply", "comment", "review", "article", "question", "message"]


Sentiment = Literal["positive", "neutral", "negative"]

# Fields whose values are a closed list.
_ALLOWED: dict[Field_, tuple[str, ...]] = {
    "channel": get_args(Channel),
    "kind": get_args(Kind),
    "sentiment": get_args(Sentiment),
}


def _known_encoding(name: str) -> str:
    try:
        codecs.lookup(name)
    except LookupError:
        raise ValueError("write a character encoding such as utf-8 or cp1252") from None
    return name


Encoding = Annotated[str, AfterValidator(_known_encoding)]
Instant = Annotated[datetime, BeforeValidator(iso)]


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


class Mapping(Strict):
    """How to read one kind of file."""

    format: Literal["csv", "ndjson"] = Field(
        description="`csv`: a table with a heading row; `ndjson`: one JSON object a line."
    )
    encoding: Encoding = Field(
        default="utf-8", description="Of the bytes; a byte order mark is accepted."
    )
    delimiter: str = Field(default=",", min_length=1, max_length=1, description="CSV only.")
    fields: dict[Field_, str] = Field(
        description="Field of an item → column (CSV) or dotted path (NDJSON)."
    )
    constants: dict[Field_, str] = Field(
        default_factory=dict, description="Fields with the same value in every row."
    )
    values: dict[Field_, dict[str, str]] = Field(
        default_factory=dict,
        description="Translation of a column's values, e.g. sentiment: {neg: negative}.",
    )
    date_format: str | None = Field(
        default=None, description="strptime format of the dates; by default ISO 8601."
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
        description="What the file measured; without it, from its first to its last row.",
    )

    @model_validator(mode="after")
    def _required(self) -> Mapping:
        given = set(self.fields) | set(self.constants)
        missing = [name for name in ("native_id", "published_at", "text") if name not in given]
        if missing:
            raise PointedError(
                f"required fields are not mapped: {', '.join(missing)}",
                "name their columns under `fields`, or their value under `constants`",
                "fields",
            )
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
                if text.strip().lower() not in allowed:
                    raise PointedError(
                        f"{name} cannot be `{text}`", f"write one of: {', '.join(allowed)}", *path
                    )
        return self


Item = Annotated[dict[str, object], "see oyez.sources.item"]

__all__ = ["Channel", "Covers", "Field_", "Kind", "Mapping", "Network"]
