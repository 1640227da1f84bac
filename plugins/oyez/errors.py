"""The errors of the platform, classed by what the reader can do about them.

    OyezError
    ├── ConfigError         fix the file that the message names
    ├── SourceError
    │   ├── SourceThrottled    come back later (`until`)
    │   ├── SourceUnavailable  try again
    │   └── SourceDenied       fix the credential
    ├── DataError           the data are wrong: nothing was published
    ├── RenderError         the edition is right, its page is not
    └── DeliveryError       the report exists, its delivery failed

A message names the client, the source, the window or the row, and the next action; never a secret.
"""

from __future__ import annotations

from datetime import datetime


class OyezError(Exception):
    """Any failure that the platform explains.

    Args:
        message: what happened, in one sentence.
        client: the client's id, where one is concerned.
        source: the source's id, where one is concerned.
        where: window, file and line, or row: the place to look at.
        action: what the reader should do next.
    """

    def __init__(
        self,
        message: str,
        *,
        client: str | None = None,
        source: str | None = None,
        where: str | None = None,
        action: str | None = None,
    ) -> None:
        self.message, self.client, self.source = message, client, source
        self.where, self.action = where, action
        super().__init__(message)

    def __str__(self) -> str:
        place = ", ".join(
            f"{name} {value}"
            for name, value in (("client", self.client), ("source", self.source))
            if value
        )
        head = " · ".join(part for part in (place, self.where) if part)
        text = f"{head}: {self.message}" if head else self.message
        return f"{text} → {self.action}" if self.action else text


class ConfigError(OyezError):
    """A file written by a person is wrong; its remedy is an edit of that file."""


class SourceError(OyezError):
    """A site did not give what it was asked for."""


class SourceThrottled(SourceError):
    """The site asks us to come back later.

    Args:
        until: naive UTC instant from which asking again makes sense; None when the site did not
            say.
    """

    def __init__(self, message: str, *, until: datetime | None = None, **place: str | None) -> None:
        super().__init__(message, **place)
        self.until = until


class SourceUnavailable(SourceError):
    """The site is down or answers nonsense; a retry may succeed.

    Args:
        is_answered: whether there was an answer that could not be used, rather than none: another
            stretch of time may then be read all the same.
    """

    def __init__(self, message: str, *, is_answered: bool = True, **place: str | None) -> None:
        super().__init__(message, **place)
        self.is_answered = is_answered


class SourceDenied(SourceError):
    """The site refuses the credential; no retry will help."""


class DataError(OyezError):
    """The data cannot be trusted; nothing of them was imported or published."""


class RenderError(OyezError):
    """A page could not be made from a sound edition."""


class DeliveryError(OyezError):
    """A finished report could not be handed over."""
