"""One request, two tries: what the rest of webwatch sees of the network."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from webwatch import __version__
from webwatch.fetch.failures import TransientError
from webwatch.fetch.politeness import Gates
from webwatch.fetch.robots import Robots

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from types import ModuleType

    import httpx

    from webwatch.model import FetchRules, Page, Request

_SHORTEST_PAUSE = 0.2
_LONGEST_PAUSE = 2.0


def user_agent(contact: str) -> str:
    """Who asks, honestly: "webwatch/0.1.0 (+mailto:info@example.nl)"; what cannot stand in a header is left out."""
    contact = re.sub(r"[^!-'*-\[\]-~]+", "", contact)
    return f"webwatch/{__version__} (+{contact})" if contact else f"webwatch/{__version__}"


class Fetcher:
    """Gets pages, for all threads. `sleep` takes seconds; `random` gives 0.0 to 1.0; `transport` is httpx's seam."""

    def __init__(
        self,
        rules: FetchRules,
        *,
        user_agent: str,
        clock: Callable[[], datetime],
        sleep: Callable[[float], None],
        random: Callable[[], float],
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        _leave_out_the_command_line_of_httpx()
        from webwatch.fetch.attempt import Attempts  # which imports httpx: 75 ms
        from webwatch.fetch.transport import Transport

        self._transport = transport or Transport()
        gates = Gates(rules.per_host_pause, sleep)
        self._attempts = Attempts(rules, user_agent, gates, clock, self._transport)
        self._robots = Robots(self._read, user_agent, gates.slow_down)
        self._pause = rules.per_host_pause.total_seconds()
        self._sleep = sleep
        self._random = random

    def get(self, request: Request) -> Page:
        """The page, after a second try where the first failure may pass; raises FetchError."""
        self._check(request)
        return self._read(request)

    def _check(self, request: Request) -> None:
        if request.robots:
            self._robots.check(request)

    def _read(self, request: Request) -> Page:
        try:
            return self._attempts.page(request, self._check)
        except TransientError:
            self._sleep(min(max(self._pause, _SHORTEST_PAUSE) * (1 + self._random()), _LONGEST_PAUSE))
        return self._attempts.page(request, self._check)

    def close(self) -> None:
        """Closes the connections."""
        self._transport.close()


def _leave_out_the_command_line_of_httpx() -> None:
    """Spare 45 ms: httpx loads rich and pygments for a command line of its own, and does without where it cannot."""
    modules: dict[str, ModuleType | None] = sys.modules  # type: ignore[assignment]
    modules.setdefault("httpx._main", None)
