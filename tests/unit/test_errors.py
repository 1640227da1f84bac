"""A message says where, what and what next."""

from __future__ import annotations

from datetime import datetime

from oyez import errors
from oyez.errors import ConfigError, OyezError, SourceError, SourceThrottled


def test_a_message_names_the_place_and_the_next_action() -> None:
    error = SourceError(
        "the export lacks the column Date",
        client="united",
        source="tweets",
        where="export.csv",
        action="correct `published_at` in mappings/tweets.yml",
    )
    assert str(error) == (
        "client united, source tweets · export.csv: the export lacks the column Date "
        "→ correct `published_at` in mappings/tweets.yml"
    )


def test_a_message_leaves_out_what_is_not_known() -> None:
    assert str(ConfigError("no agency.yml")) == "no agency.yml"
    assert str(ConfigError("wrong", where="a.yml:3")) == "a.yml:3: wrong"


def test_a_throttled_source_says_when_to_come_back() -> None:
    until = datetime(2015, 2, 16, 9)  # noqa: DTZ001  naive UTC by convention
    error = SourceThrottled("too many requests", until=until, client="united")
    assert error.until == until
    assert error.client == "united"


def test_every_error_is_one_of_ours() -> None:
    classes = [one for one in vars(errors).values() if isinstance(one, type)]
    ours = [one for one in classes if issubclass(one, Exception)]
    assert len(ours) == 9
    assert all(issubclass(one, OyezError) for one in ours)
