"""A small made-up web that talks about a made-up bakery, for `webwatch demo`: thirteen sources over loopback HTTP.

What is served lies in `web/`, one file a source. A moment stands there as its distance from now, `{{-26h}}` (RFC 822)
or `{{-26h iso}}` (RFC 3339), so that the demo never grows old. Everything in it is invented.
"""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from importlib import resources
from pathlib import PurePosixPath
from socketserver import ThreadingTCPServer
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable
    from socket import socket
    from socketserver import BaseServer

_CONTENT_TYPES = {
    ".xml": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".rdf": "application/rdf+xml",
    ".json": "application/feed+json",
    ".html": "text/html; charset=utf-8",
}
_MISLABELLED = {"dorpskrant.xml": "iso-8859-1"}
_MOMENT = re.compile(r"\{\{-(\d+)([mhd])( iso)?\}\}")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


class _Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


_OUT_OF_ORDER = {
    "/regioradio.xml": _Answer(503, {"Content-Type": "text/plain"}, b"Down for maintenance.\n"),
    "/klachtenplein.xml": _Answer(429, {"Content-Type": "text/plain", "Retry-After": "3600"}, b"Too many requests.\n"),
}
_NOWHERE = _Answer(404, {"Content-Type": "text/plain"}, b"There is nothing here.\n")


@contextmanager
def serve(now: datetime) -> Iterator[str]:
    """Serve the made-up web as of `now` on a free loopback port; yields its address, such as `http://127.0.0.1:40123`.

    Every feed has an `ETag` and a `Last-Modified` and answers 304 to a visitor that knows them (RFC 9110 §13).
    """
    handler = partial(_Handler, _answers(now.astimezone(UTC)))
    with _Server(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def config_text(base: str) -> str:
    """The owner's config for the web that `serve` put at `base`: YAML, to be written beside the demo's database."""
    text = (resources.files(__name__) / "config.yaml").read_text(encoding="utf-8")
    return text.replace("{base}", base)


def _answers(now: datetime) -> dict[str, _Answer]:
    """The whole web: path → what is answered there."""
    pages = {f"/{file.name}": _page(file.name, file.read_text(encoding="utf-8"), now) for file in _files()}
    return pages | _OUT_OF_ORDER


def _files() -> list[Traversable]:
    return sorted((resources.files(__name__) / "web").iterdir(), key=lambda file: file.name)


def _page(name: str, text: str, now: datetime) -> _Answer:
    body = dated(text, now).encode(_MISLABELLED.get(name, "utf-8"), errors="xmlcharrefreplace")
    headers = {
        "Content-Type": _CONTENT_TYPES[PurePosixPath(name).suffix],
        "ETag": f'"{sha256(body).hexdigest()[:16]}"',
        "Last-Modified": format_datetime(now, usegmt=True),
    }
    return _Answer(200, headers, body)


def dated(text: str, now: datetime) -> str:
    """`text` with each `{{-26h}}` or `{{-26h iso}}` replaced by that moment before `now` (UTC)."""

    def moment(found: re.Match[str]) -> str:
        then = now - timedelta(**{_UNITS[found[2]]: int(found[1])})
        return f"{then:%Y-%m-%dT%H:%M:%SZ}" if found[3] else format_datetime(then, usegmt=True)

    return _MOMENT.sub(moment, text)


class _Server(ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: tuple[str, int]) -> None:
        """Say nothing of a visitor who hung up; anything else is a bug, and shown."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 5

    def __init__(
        self, answers: Mapping[str, _Answer], request: socket, client_address: tuple[str, int], server: BaseServer
    ) -> None:
        self.answers = answers
        super().__init__(request, client_address, server)

    def do_GET(self) -> None:
        answer = self.answers.get(self.path.partition("?")[0], _NOWHERE)
        if self._is_known(answer):
            answer = answer._replace(status=304, body=b"")
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def _is_known(self, answer: _Answer) -> bool:
        """Whether the visitor has this body: If-None-Match decides where it is sent (RFC 9110 §13.1.3)."""
        if answer.status != 200:
            return False
        if (tags := self.headers.get("If-None-Match")) is not None:
            return answer.headers["ETag"] in tags
        return self.headers.get("If-Modified-Since") == answer.headers["Last-Modified"]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the standard library's
        """Say nothing: standard error is the demo's own."""
