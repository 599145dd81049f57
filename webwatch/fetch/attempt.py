"""One try to get a page: the redirects followed, each host in its turn, one deadline over all of them."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

import httpx

from webwatch.addresses import server
from webwatch.errors import FailureClass, FetchError
from webwatch.fetch import body, redirects
from webwatch.fetch.answers import REDIRECTS, refusal
from webwatch.fetch.failures import TransientError, shown
from webwatch.model import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from webwatch.fetch.politeness import Gates
    from webwatch.fetch.redirects import Hop
    from webwatch.model import FetchRules, Request

_ACCEPT = (
    b"application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    b"application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, text/html;q=0.5, */*;q=0.1"
)


class Attempts:
    """What all tries of a run share."""

    def __init__(
        self,
        rules: FetchRules,
        user_agent: str,
        gates: Gates,
        clock: Callable[[], datetime],
        transport: httpx.BaseTransport,
    ) -> None:
        self._rules = rules
        name = user_agent.encode("ascii", "replace")
        self._headers = [(b"User-Agent", name), (b"Accept", _ACCEPT), (b"Accept-Encoding", b"gzip")]
        self._gates = gates
        self._clock = clock
        self._transport = transport

    def page(self, request: Request, check: Callable[[Request], None]) -> Page:
        """One try; raises FetchError. Waiting for a host's turn does not count against the deadline.

        `check` is asked about each address that a redirect leads to, and raises where that may not be visited.
        """
        hop = redirects.start(request.url)._replace(public_only=request.public_only)
        public = None
        left = self._rules.timeout.total_seconds()
        while True:
            with self._gates.turn(server(str(hop.url))):
                started = monotonic()
                response = self._send(hop, request, started + left)
                public = response.extensions.get("public", False) if public is None else public
                try:
                    headers = _headers(response)
                    if response.status_code not in REDIRECTS:
                        return self._read(response, headers, hop, request)._replace(public=public)
                finally:
                    response.close()
            left -= monotonic() - started
            location = headers.get("location", "").encode("latin-1")
            hop = redirects.follow(hop, location, site=request.site, from_public=public)
            check(request._replace(url=str(hop.url), public_only=hop.public_only))

    def _send(self, hop: Hop, request: Request, deadline: float) -> httpx.Response:
        outgoing = httpx.Request(
            "GET",
            hop.url,
            headers=[*self._headers, *_own_headers(hop, request)],
            extensions={
                "deadline": deadline,
                "patience": self._rules.timeout.total_seconds(),
                "max_bytes": self._rules.max_bytes,
                "public_only": hop.public_only,
            },
        )
        try:
            return self._transport.handle_request(outgoing)
        except httpx.TransportError as error:
            raise _translated(error, hop.url.host) from error

    def _read(self, response: httpx.Response, headers: dict[str, str], hop: Hop, request: Request) -> Page:
        status, host, now = response.status_code, hop.url.host, self._clock()
        conditional = bool(request.etag or request.last_modified)
        start = _start(response) if status == 503 and headers.get("server") == "cloudflare" else b""
        if complaint := refusal(status, headers, host, now, conditional=conditional, start=start):
            raise complaint
        content, wire_bytes = self._content(response, headers, host)
        return Page(
            url=str(hop.url),
            status=status,
            headers=headers,
            body=content,
            not_modified=status == 304,
            wire_bytes=wire_bytes,
        )

    def _content(self, response: httpx.Response, headers: dict[str, str], host: str) -> tuple[bytes, int]:
        chunks = _chunks(response)
        try:
            if response.status_code == 304:
                return b"".join(chunks), 0
            return body.read(chunks, headers, self._rules.max_bytes, host)
        except httpx.TransportError as error:
            raise _translated(error, host) from error


def _own_headers(hop: Hop, request: Request) -> Iterator[tuple[bytes, bytes]]:
    """The login and the validators, which go back as they came: `_headers` reads them as Latin-1 too."""
    if hop.authorization:
        yield b"Authorization", hop.authorization
    if request.etag:
        yield b"If-None-Match", request.etag.encode("latin-1", "replace")
    if request.last_modified:
        yield b"If-Modified-Since", request.last_modified.encode("latin-1", "replace")


def _headers(response: httpx.Response) -> dict[str, str]:
    """Lower-case names; the values of a name that stands several times are joined (RFC 9110 §5.3)."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in response.headers.raw:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def _chunks(response: httpx.Response) -> Iterable[bytes]:
    if not isinstance(response.stream, httpx.SyncByteStream):
        raise TypeError("the transport must be synchronous")
    return response.stream


def _start(response: httpx.Response) -> bytes:
    return next(iter(_chunks(response)), b"")


def _translated(error: httpx.TransportError, host: str) -> FetchError:
    """What a transport other than ours raises."""
    if isinstance(error, httpx.TimeoutException):
        return FetchError(FailureClass.TIMEOUT, f"{host} did not answer in time")
    if isinstance(error, httpx.ProtocolError):
        return FetchError(FailureClass.BAD_RESPONSE, f"what {host} sends is not HTTP as it should be")
    return TransientError(FailureClass.UNREACHABLE, f"{host} cannot be reached ({shown(str(error))})")
