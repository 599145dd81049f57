"""The proxy that the environment or the system names for an address.

`urllib.request.getproxies` reads HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and the settings of macOS and Windows. NO_PROXY is
read here: httpx 0.28.1 fails on `[::1]` and never matches `*.example.com`.
"""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from urllib.request import getproxies, proxy_bypass


class Proxies:
    """What the environment says, read once."""

    def __init__(self) -> None:
        self._proxies = getproxies()
        self._direct = [name for name in self._proxies.pop("no", "").replace(",", " ").lower().split() if name]

    def proxy(self, scheme: str, host: str, port: int) -> str | None:
        """The proxy's address for a host (an IPv6 one without brackets), or None for a direct connection."""
        proxy = self._proxies.get(scheme) or self._proxies.get("all")
        if not proxy or _is_loopback(host) or proxy_bypass(host):
            return None
        if any(covers(name, host.lower(), port) for name in self._direct):
            return None
        return proxy if "://" in proxy else f"http://{proxy}"


def covers(name: str, host: str, port: int) -> bool:
    """Whether one word of NO_PROXY, in lower case, means this host.

    `example.com` and `.example.com` and `*.example.com` mean the domain and what is below it; `*` all; also
    `host:port`, `[::1]` and `10.0.0.0/8`.
    """
    if name == "*":
        return True
    if "/" in name:
        return _in_network(host, name)
    if name.endswith(f":{port}") and (name.count(":") == 1 or "]:" in name):
        name = name.removesuffix(f":{port}")
    name = name.strip("[]").removeprefix("*").removeprefix(".")
    return bool(name) and (host == name or host.endswith(f".{name}"))


def _in_network(host: str, network: str) -> bool:
    try:
        return ip_address(host) in ip_network(network, strict=False)
    except ValueError:
        return False


def _is_loopback(host: str) -> bool:
    """A proxy's own loopback is not ours."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
