"""Recognises the export of a known tool by its heading."""

from __future__ import annotations

from oyez.config.mapping import Field_, Mapping, presets

# Column names that no other tool writes; two of them tell, since any may have been left out.
_SIGNS: dict[str, frozenset[str]] = {
    "brandwatch": frozenset(
        {"Resource Id", "Query Id", "Query Name", "Page Type", "Thread Entry Type"}
    ),
    "meltwater": frozenset(
        {
            "Hit Sentence",
            "Opening Text",
            "Input Name",
            "AVE",
            "Alternate Date Format",
            "National Viewership",
        }
    ),
    "talkwalker": frozenset(
        {
            "source_type",
            "post_type",
            "search_indexed",
            "title_snippet",
            "content_snippet",
            "extra_author_attributes.name",
        }
    ),
}
_REQUIRED: tuple[Field_, ...] = ("native_id", "published_at", "text")


def fitting(header: list[str]) -> str | None:
    """Return the name of the preset that reads a file with this heading, or None.

    Args:
        header: the names of the columns.
    """
    there = set(header)
    for name in presets():
        if len(_SIGNS[name] & there) < 2:
            continue
        mapping = Mapping.model_validate({"preset": name})
        if all(
            there.issuperset(mapping.join.get(field, [""]))
            or not there.isdisjoint(mapping.columns(field))
            for field in _REQUIRED
        ):
            return name
    return None
