"""The body of a response, bounded on the line and after decompression.

httpx's own decoder is not used: it may make gigabytes of a few kilobytes before the reader sees the first byte.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from webwatch.errors import FailureClass, FetchError
from webwatch.fetch.failures import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_PIECE = 64 * 1024
_MAX_MEMBERS = 1_000
_GZIP_WITH_HEADER = 31  # zlib's wbits


def read(chunks: Iterable[bytes], headers: Mapping[str, str], limit: int, host: str) -> tuple[bytes, int]:
    """The decoded body, and the bytes that came over the line; raises FetchError: TOO_LARGE, BAD_RESPONSE."""
    coding = headers.get("content-encoding", "").strip().lower()
    if coding not in {"", "identity", "gzip", "x-gzip"}:
        message = f"{host} compressed its answer as {shown(coding)!r}, though only gzip was asked for"
        raise FetchError(FailureClass.BAD_RESPONSE, message)
    length = headers.get("content-length", "")
    if length.isascii() and length.isdigit() and (len(length) > 15 or int(length) > limit):
        raise _too_large(host, limit)
    counted = _Counted(chunks, limit, host)
    if coding in {"", "identity"}:
        return b"".join(counted), counted.total
    try:
        return b"".join(_Counted(_gunzipped(counted), limit, host)), counted.total
    except (zlib.error, EOFError) as error:
        message = f"the compressed answer of {host} is damaged ({shown(str(error))})"
        raise FetchError(FailureClass.BAD_RESPONSE, message) from None


class _Counted:
    """Passes pieces on until there are too many bytes of them."""

    def __init__(self, pieces: Iterable[bytes], limit: int, host: str) -> None:
        self._pieces = pieces
        self._limit = limit
        self._host = host
        self.total = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.total += len(piece)
            if self.total > self._limit:
                raise _too_large(self._host, self._limit)
            yield piece


def _gunzipped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """What gzip members (RFC 1952 §2.2, one after the other) hold, in pieces of at most 64 kB.

    What follows the last member and is no member is left unread, as browsers do. Raises zlib.error and EOFError.
    """
    member = None
    members = 0
    for chunk in chunks:
        data = chunk
        while data:
            if member is None:
                if members and not data.startswith(b"\x1f"):
                    return
                members += 1
                if members > _MAX_MEMBERS:
                    raise EOFError("too many parts")
                member = zlib.decompressobj(_GZIP_WITH_HEADER)
            yield member.decompress(data, _PIECE)
            data = member.unused_data if member.eof else member.unconsumed_tail
            member = None if member.eof else member
    if member is not None:
        raise EOFError("it ends too early")


def _too_large(host: str, limit: int) -> FetchError:
    size = f"{limit / 1_000_000:g} MB" if limit >= 1_000_000 else f"{limit:,} bytes"
    message = f"{host} sends more than the {size} that fetch.max_bytes allows"
    return FetchError(FailureClass.TOO_LARGE, message)
