"""A body read to its end: never more bytes than allowed, never a cut one taken for a whole one.

We decompress ourselves, piece by piece: a library that decompresses first and counts afterwards has
already filled the memory, and none of them says that a compressed stream stopped before its end.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from urllib3.response import BaseHTTPResponse

_PIECE_BYTES = 1 << 16
_GZIP, _ZLIB, _RAW = 31, 15, -15
_MAGIC = b"\x1f\x8b"
# What we say that we understand.
ACCEPT_ENCODING = "gzip, deflate"


class BodyError(Exception):
    """The body cannot be used.

    Args:
        reason: for people.
        may_retry: whether the next attempt may bring a better one.
    """

    def __init__(self, reason: str, *, may_retry: bool) -> None:
        super().__init__(reason)
        self.may_retry = may_retry


@dataclass(frozen=True)
class Body:
    """Bytes after decompression, and how many came over the wire."""

    content: bytes
    wire_count: int


def read_body(raw: BaseHTTPResponse, *, max_bytes: int, may_cut: bool = False) -> Body:
    """Return the whole body, decompressed.

    Args:
        raw: unread.
        max_bytes: most bytes, counted both before and after decompression.
        may_cut: return the first `max_bytes` of a longer one instead of failing.

    Raises:
        BodyError: too long, cut within its compression, or compressed in a way we did not offer.
        urllib3.exceptions.HTTPError: cut, reset, or too slow.
    """
    unpack = _Unpack(raw.headers.get("Content-Encoding", ""))
    content, wire_count = bytearray(), 0
    while piece := raw.read1(_PIECE_BYTES, decode_content=False):
        wire_count += len(piece)
        # One byte of room beyond the limit tells a body that is too long from one that just fits.
        content += unpack.feed(piece, max_bytes + 1 - len(content))
        if len(content) > max_bytes or wire_count > max_bytes:
            if may_cut:
                return Body(bytes(content[:max_bytes]), wire_count)
            raise BodyError(f"the body is longer than {max_bytes:,} bytes", may_retry=False)
    if not unpack.is_complete:
        raise BodyError("the body stops within its compression", may_retry=True)
    return Body(bytes(content), wire_count)


class _Unpack:
    """Decompression with a limit on what comes out."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding.strip().lower().removeprefix("x-")
        if self._encoding not in ("", "identity", "gzip", "deflate"):
            raise BodyError(f"the body is compressed with {self._encoding!r}", may_retry=False)
        self._stream: zlib._Decompress | None = None
        self._after = b""  # what follows a finished stream: another member of gzip, or padding
        self._has_ended = False
        self.is_complete = True

    def feed(self, piece: bytes, room: int) -> bytes:
        """Return at most `room` bytes of what is compressed; the caller stops when they fill it."""
        if self._encoding in ("", "identity"):
            return piece
        content, piece = b"", self._after + piece
        while piece and len(content) < room:
            if self._stream is None:
                if self._has_ended and not (self._encoding == "gzip" and piece[:2] == _MAGIC):
                    self._after = piece[:1] if piece == _MAGIC[:1] else b""
                    break
                self._stream, self._after = zlib.decompressobj(self._wbits(piece)), b""
            try:
                content += self._stream.decompress(piece, room - len(content))
            except zlib.error:
                raise BodyError("the body's compression is broken", may_retry=True) from None
            self.is_complete = self._stream.eof
            if not self._stream.eof:
                break
            piece, self._stream, self._has_ended = self._stream.unused_data, None, True
        return content

    def _wbits(self, piece: bytes) -> int:
        if self._encoding == "gzip":
            return _GZIP
        # "deflate" means zlib; many servers send it bare.
        return _ZLIB if piece[0] & 0x0F == 8 and piece[0] >> 4 <= 7 else _RAW
