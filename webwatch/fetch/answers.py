"""What a status says: nothing to complain of (200, and 304 to whom asked for it), or which failure it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch.errors import FailureClass, FetchError
from webwatch.fetch.failures import TransientError, span
from webwatch.fetch.politeness import retry_at

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({500, 502, 503, 504})

_REFUSALS = {
    401: (FailureClass.BLOCKED, "asks for a login: webwatch reads what is public"),
    403: (FailureClass.BLOCKED, "forbids us this page; ask its owner, or look for another feed of the same content"),
    404: (FailureClass.NOT_FOUND, "has no page at this address; look up where the feed has moved to"),
    407: (FailureClass.BLOCKED, "is behind a proxy that asks for a login; name and password can stand in HTTP_PROXY"),
    408: (FailureClass.TIMEOUT, "gave up waiting for our request"),
    410: (FailureClass.GONE, "says that this page is gone for good; take it out of the sources"),
    429: (FailureClass.RATE_LIMITED, "wants to be asked less often"),
    451: (FailureClass.BLOCKED, "may not show this page, for legal reasons"),
}


def refusal(
    status: int, headers: Mapping[str, str], host: str, now: datetime, *, conditional: bool, start: bytes = b""
) -> FetchError | None:
    """The failure that a status stands for; None where the page may be read. `start` is how the body begins."""
    if status == 200 or (status == 304 and conditional):
        return None
    again = retry_at(headers, now)
    if _is_bot_wall(headers, start):
        message = f"{host} lets only browsers in that pass a test ({status}); webwatch does not try to get round that"
        return FetchError(FailureClass.BLOCKED, message, status=status, retry_at=again)
    if status >= 500:
        kind = TransientError if status in _PASSING and again is None else FetchError
        message = f"{host} has trouble of its own ({status}){_until(again, now)}"
        return kind(FailureClass.SERVER_ERROR, message, status=status, retry_at=again)
    failure, what = _REFUSALS.get(status, (FailureClass.BAD_RESPONSE, _unexpected(status)))
    return FetchError(failure, f"{host} {what} ({status}){_until(again, now)}", status=status, retry_at=again)


def _unexpected(status: int) -> str:
    if status == 304:
        return "says that nothing changed since a visit that it never had"
    return "refuses the request" if status >= 400 else "gives an answer without a page"


def _until(again: datetime | None, now: datetime) -> str:
    return f"; it may be asked again in {span(round((again - now).total_seconds()))}" if again else ""


def _is_bot_wall(headers: Mapping[str, str], start: bytes) -> bool:
    """Cloudflare names a challenge in a header; its older ones only say so in the page."""
    if "cf-mitigated" in headers:
        return True
    return headers.get("server", "").lower() == "cloudflare" and b"challenge" in start.lower()
