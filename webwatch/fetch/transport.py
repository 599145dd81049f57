"""httpx's seam: a transport whose requests carry a deadline, a size and where they may lead.

Requests are handed to it directly; a `Client` above it would add cookies, redirects and authentication that are not
wanted here. 1,000 conditional requests to 1,000 hosts on loopback, CPU: 0.34 s so, 0.49 s with an `httpx.Client` over
this transport, 0.53 s with httpx's own (CPython 3.11, one thread; see benchmarks/fetching.py).
"""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING, Any

import httpcore
import httpx

from webwatch.errors import FailureClass, FetchError
from webwatch.fetch import trust
from webwatch.fetch.failures import shown
from webwatch.fetch.network import Bounds, Network, is_public, leads_inside, looks_public
from webwatch.fetch.proxies import Proxies

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

_KEEP_ALIVE = 30.0
_HEADERS_ALLOWANCE = 256 * 1024  # on top of the body's bound: headers, chunk sizes, TLS is not counted


class Transport(httpx.BaseTransport):
    """One for all threads; each has its own pool of one connection, and all share one TLS context.

    A request's `extensions` carry `deadline` (of `time.monotonic`), `patience` (the same as a length), `max_bytes` and
    `public_only`; the response's carry `public`: whether its host has a public address. Raises FetchError.
    `resolve` and `is_public` stand in for the name server and the address ranges.
    """

    def __init__(
        self,
        resolve: Callable[..., Any] = socket.getaddrinfo,
        is_public: Callable[[str], bool] = is_public,
    ) -> None:
        self._resolve = resolve
        self._is_public = is_public
        self._proxies = Proxies()
        self._local = threading.local()
        self._lock = threading.Lock()
        self._lanes: list[_Lane] = []
        self._tls: ssl.SSLContext | None = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """One request and the head of its response; the body comes while the response's stream is read."""
        url, bounds = request.url, request.extensions
        lane = self._lane()
        port = url.port or (443 if url.scheme == "https" else 80)
        proxy = self._proxies.proxy(url.scheme, url.host, port)
        public_only = bounds["public_only"]
        if proxy and public_only and not looks_public(url.host):
            raise leads_inside(url.host)
        lane.bounds.renew(
            url.host,
            deadline=bounds["deadline"],
            patience=bounds["patience"],
            max_bytes=bounds["max_bytes"] + _HEADERS_ALLOWANCE,
            public_only=public_only and not proxy,
        )
        pool = lane.pool(url.scheme, proxy, self._tls_for(lane) if url.scheme == "https" else None)
        if public_only:
            pool.close()  # an open connection was checked for the request that opened it, not for this one
        response = _answer(pool, request, lane.bounds)
        public = looks_public(url.host) if proxy else response.extensions["network_stream"].get_extra_info("public")
        return httpx.Response(
            response.status,
            headers=response.headers,
            stream=_Body(response, lane.bounds),
            extensions={"public": public},
        )

    def close(self) -> None:
        """Closes the connections of all threads."""
        with self._lock:
            lanes, self._lanes = self._lanes, []
            self._local = threading.local()
        for lane in lanes:
            lane.close()

    def _lane(self) -> _Lane:
        lane: _Lane | None = getattr(self._local, "lane", None)
        if lane is None:
            lane = self._local.lane = _Lane(self._resolve, self._is_public)
            with self._lock:
                self._lanes.append(lane)
        return lane

    def _tls_for(self, lane: _Lane) -> ssl.SSLContext:
        """Made at the first https address; one of its own for each thread where threads would wait for each other."""
        if lane.tls is None:
            with self._lock:
                lane.tls = self._tls or trust.context()
                if trust.is_shareable(lane.tls):
                    self._tls = lane.tls
        return lane.tls


class _Lane:
    """What one thread has for itself: the bounds of its request, and its pools, each of a single connection."""

    def __init__(self, resolve: Callable[..., Any], is_public: Callable[[str], bool]) -> None:
        self.bounds = Bounds()
        self.tls: ssl.SSLContext | None = None
        self._network = Network(self.bounds, resolve, is_public)
        self._pools: dict[tuple[str, str | None], httpcore.ConnectionPool] = {}

    def pool(self, scheme: str, proxy: str | None, tls: ssl.SSLContext | None) -> httpcore.ConnectionPool:
        key = (scheme, proxy)
        if key not in self._pools:
            self._pools[key] = httpcore.ConnectionPool(
                ssl_context=tls,
                proxy=_proxy(proxy) if proxy else None,
                max_connections=1,
                max_keepalive_connections=1,
                keepalive_expiry=_KEEP_ALIVE,
                network_backend=self._network,
            )
        return self._pools[key]

    def close(self) -> None:
        for pool in self._pools.values():
            pool.close()


class _Body(httpx.SyncByteStream):
    """The body as it comes over the line, with failures as FetchError."""

    def __init__(self, response: httpcore.Response, bounds: Bounds) -> None:
        self._response = response
        self._bounds = bounds

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._response.iter_stream()
        except httpcore.RemoteProtocolError as error:
            raise _breach(error, self._bounds) from None

    def close(self) -> None:
        self._response.close()


def _answer(pool: httpcore.ConnectionPool, request: httpx.Request, bounds: Bounds) -> httpcore.Response:
    url = request.url
    outgoing = httpcore.Request(
        request.method,
        httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=request.headers.raw,
    )
    try:
        return pool.handle_request(outgoing)
    except httpcore.RemoteProtocolError as error:
        raise _breach(error, bounds) from None
    except httpcore.ProxyError as error:
        message = f"the proxy that the environment names does not let us through to {bounds.host} ({shown(str(error))})"
        raise FetchError(FailureClass.BLOCKED, message) from None
    except httpcore.LocalProtocolError as error:
        message = f"the request to {bounds.host} cannot be written ({shown(str(error))})"
        raise FetchError(FailureClass.BAD_RESPONSE, message) from None


def _breach(error: Exception, bounds: Bounds) -> FetchError:
    """HTTP that cannot be read: because it ended too early, or because it is none."""
    if bounds.hung_up:
        return bounds.broke_off()
    message = f"what {bounds.host} sends is not HTTP as it should be ({shown(str(error))})"
    return FetchError(FailureClass.BAD_RESPONSE, message)


def _proxy(address: str) -> httpcore.Proxy:
    url = httpx.Proxy(address).url if address.startswith("http") else None
    if url is None:
        message = f"the proxy {shown(address.rpartition('@')[2])} is of a kind that webwatch cannot use; http:// is"
        raise FetchError(FailureClass.UNREACHABLE, message)
    auth = httpx.Proxy(address).raw_auth
    return httpcore.Proxy(str(url), auth=auth)
