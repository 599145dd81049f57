"""Serves a made web on loopback, one address for each feed, much faster than anything that reads it.

    python benchmarks/make_web.py FOLDER --serve [--port 8765] [--latency 50-200]

Every response is made once, in advance; ETag and Last-Modified are honoured (RFC 9110 §13); connections are kept alive
unless the visitor wants it otherwise. The addresses 127.0.1.1 … 127.0.4.250 need no set-up on Linux.
"""

from __future__ import annotations

import asyncio
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CONTENT_TYPES = {".rss": "application/rss+xml", ".atom": "application/atom+xml", ".rdf": "application/rdf+xml"}
LAST_MODIFIED = "Tue, 30 Jun 2026 18:00:00 GMT"


class Answer(NamedTuple):
    """What a feed answers: to a visitor that has it already, and to any other. `latency` is in seconds."""

    etag: bytes
    whole: bytes
    unchanged: bytes
    latency: float


def address(feed: int) -> str:
    """The loopback address of a feed: 127.0.1.1 … 127.0.1.250, 127.0.2.1 …, so that each is a host of its own."""
    return f"127.0.{feed // 250 + 1}.{feed % 250 + 1}"


def etag(body: bytes) -> str:
    """The strong validator of a body, quotes included."""
    return f'"{sha256(body).hexdigest()[:20]}"'


def answers(folder: Path, latency: tuple[float, float]) -> dict[str, Answer]:
    """Loopback address → answer, for every feed in the folder; the latencies are spread evenly over the feeds."""
    low, high = latency
    return {
        address(feed): _answer(file, low + (high - low) * (feed * 7919 % 1000) / 999)
        for feed, file in enumerate(sorted((folder / "feeds").iterdir()))
    }


def _answer(file: Path, latency: float) -> Answer:
    body = file.read_bytes()
    validators = f"ETag: {etag(body)}\r\nLast-Modified: {LAST_MODIFIED}\r\n"
    whole = (
        f"HTTP/1.1 200 OK\r\nContent-Type: {CONTENT_TYPES[file.suffix]}\r\nContent-Length: {len(body)}\r\n"
        f"{validators}\r\n"
    )
    unchanged = f"HTTP/1.1 304 Not Modified\r\n{validators}\r\n"
    return Answer(etag(body).encode(), whole.encode() + body, unchanged.encode(), latency)


class Connection(asyncio.Protocol):
    """One visitor's connection: requests come in order, also several in one packet."""

    def __init__(self, web: Mapping[str, Answer]) -> None:
        self.web = web
        self.received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The address that the visitor came to says which feed is meant."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.answer = self.web.get(transport.get_extra_info("sockname")[0])

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete."""
        self.received += data
        while b"\r\n\r\n" in self.received:
            request, _, self.received = self.received.partition(b"\r\n\r\n")
            self._reply(request)

    def _reply(self, request: bytes) -> None:
        first, _, headers = request.lower().partition(b"\r\n")
        closes = b"connection: close" in headers or first.endswith(b"http/1.0")
        if self.answer is None:
            self._send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", closes)
        elif self.answer.latency:
            reply = self._chosen(self.answer, headers)
            asyncio.get_running_loop().call_later(self.answer.latency, self._send, reply, closes)
        else:
            self._send(self._chosen(self.answer, headers), closes)

    @staticmethod
    def _chosen(answer: Answer, headers: bytes) -> bytes:
        """If-None-Match outweighs If-Modified-Since (RFC 9110 §13.1.3)."""
        if b"if-none-match:" in headers:
            known = answer.etag in headers
        else:
            known = b"if-modified-since: " + LAST_MODIFIED.lower().encode() in headers
        return answer.unchanged if known else answer.whole

    def _send(self, reply: bytes, closes: bool) -> None:
        if not self.transport.is_closing():
            self.transport.write(reply)
            if closes:
                self.transport.close()


def latency(text: str) -> tuple[float, float]:
    """`50-200` or `80`, in milliseconds → the lowest and the highest, in seconds."""
    low, _, high = text.partition("-")
    return float(low) / 1_000, float(high or low) / 1_000


def run(folder: Path, port: int, between: tuple[float, float]) -> None:
    """Serve the folder until interrupted; prints one line when it is ready."""
    asyncio.run(_serve(answers(folder, between), port))


async def _serve(web: Mapping[str, Answer], port: int) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: Connection(web), "0.0.0.0", port, backlog=4_096)
    print(f"serving {len(web)} feeds at port {port}", flush=True)
    async with server:
        await server.serve_forever()
