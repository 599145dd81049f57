"""A web to test against: a real HTTP server on loopback that does what the test says, hostile things included.

with Web() as web:
    web.page("/feed.xml", b"<rss/>", headers={"ETag": '"1"'})    # answers 304 to whom sends its ETag or Last-Modified
    web.on("/drip", lambda call: call.drip(b"HTTP/1.1 200 OK"))  # anything else: a function that gets the connection
    fetch(web.url("/feed.xml"))                                  # or web.url("/feed.xml", host="127.0.0.2")
    assert [call.path for call in web.requests] == ["/feed.xml"]
"""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from itertools import cycle, islice
from pathlib import Path
from types import TracebackType
from typing import Self

CERTIFICATES = Path(__file__).parent / "fixtures" / "tls"

Pairs = Mapping[str, str] | Iterable[tuple[str, str]]


class Call:
    """One request as it came, and the connection to answer it on."""

    def __init__(self, head: bytes, connection: socket.socket, host: str, closing: threading.Event) -> None:
        request_line, *lines = head.decode("latin-1").split("\r\n")
        self.method, self.path, _ = request_line.split(" ", 2)
        pairs = (line.partition(":") for line in lines if line)
        self.headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
        self.raw = head
        self.connection = connection
        self.host = host
        self._closing = closing

    def send(self, data: bytes) -> None:
        """Sends bytes as they are."""
        self.connection.sendall(data)

    def answer(self, body: bytes = b"", status: int = 200, headers: Pairs = (), *, length: int | None = None) -> None:
        """Sends a whole response; `length` is what Content-Length claims where that is a lie."""
        pairs = list(headers.items() if isinstance(headers, Mapping) else headers)
        if status != 304:
            pairs.append(("Content-Length", str(len(body) if length is None else length)))
        head = "".join(f"{name}: {value}\r\n" for name, value in pairs)
        self.send(f"HTTP/1.1 {status} {_phrase(status)}\r\n{head}\r\n".encode("latin-1") + body)

    def drip(self, data: bytes, every: float = 0.02) -> None:
        """Sends a byte at a time, beginning again at the end, until the other side has gone; after 500 it hangs up."""
        for byte in islice(cycle(data), 500):
            self.send(bytes([byte]))
            if self._closing.wait(every):
                return
        self.connection.close()

    def hang(self) -> None:
        """Says nothing more until the other side has gone."""
        self.connection.settimeout(10)
        while not self._closing.is_set() and self.connection.recv(4096):
            pass

    def reset(self) -> None:
        """Ends the connection with a TCP reset."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        self.connection.close()


Handler = Callable[[Call], None]


class Web:
    """The server. `tls` names a file in tests/fixtures/tls that holds its key and certificate."""

    def __init__(self, tls: str = "") -> None:
        self.requests: list[Call] = []
        self._handlers: dict[str, Handler] = {}
        self._listeners: dict[str, socket.socket] = {}
        self._connections: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._tls: ssl.SSLContext | None = None
        if tls:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(CERTIFICATES / tls)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._closing.set()
        with self._lock:
            open_ones = [*self._listeners.values(), *self._connections]
        for connection in open_ones:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        """The address of a path; each loopback address (127.0.0.2, "localhost") is a host of its own."""
        return f"{'https' if self._tls else 'http'}://{host}:{self.port(host)}{path}"

    def port(self, host: str = "127.0.0.1") -> int:
        """The port on an address, where listening begins with the first question."""
        address = "127.0.0.1" if host == "localhost" else host
        with self._lock:
            if address not in self._listeners:
                listener = socket.create_server((address, 0), backlog=256)
                self._listeners[address] = listener
                threading.Thread(target=self._listen, args=(listener, address), daemon=True).start()
            return self._listeners[address].getsockname()[1]

    def on(self, path: str, handler: Handler) -> None:
        """What a path does; "" is every path that has nothing else."""
        self._handlers[path] = handler

    def page(
        self, path: str, body: bytes | str = b"", *, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        """A page, and 304 where the request carries the ETag or Last-Modified that `headers` has."""
        content = body.encode() if isinstance(body, str) else body
        fixed = dict(headers or {})
        validators = {name.lower(): value for name, value in fixed.items()}

        def answer(call: Call) -> None:
            if etag := call.headers.get("if-none-match"):
                unchanged = etag == validators.get("etag")
            else:
                since = call.headers.get("if-modified-since")
                unchanged = since is not None and since == validators.get("last-modified")
            call.answer(b"" if unchanged else content, 304 if unchanged else status, fixed)

        self.on(path, answer)

    def redirect(self, path: str, to: str, status: int = 302) -> None:
        """A page that leads elsewhere."""
        self.page(path, status=status, headers={"Location": to})

    def _listen(self, listener: socket.socket, address: str) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection, address), daemon=True).start()

    def _serve(self, connection: socket.socket, address: str) -> None:
        with self._lock:
            self._connections.add(connection)
        with contextlib.suppress(OSError, ValueError), connection:
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            while head := _head(connection):
                call = Call(head, connection, address, self._closing)
                with self._lock:
                    self.requests.append(call)
                handler = self._handlers.get(call.path) or self._handlers.get("") or _not_found
                handler(call)
        connection.close()
        with self._lock:
            self._connections.discard(connection)


def _head(connection: socket.socket) -> bytes:
    received = b""
    while b"\r\n\r\n" not in received:
        data = connection.recv(65_536)
        if not data:
            return b""
        received += data
    return received.partition(b"\r\n\r\n")[0]


def _not_found(call: Call) -> None:
    call.answer(b"no such page", 404)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Odd"
