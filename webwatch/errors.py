"""What can go wrong, as one tree; the leaves say where and what the way out is.

    WebwatchError              shown without a traceback
    ├── ConfigError            the YAML is wrong; carries every fault at once
    ├── UsageError             the command line asks for what cannot be
    │   └── DeskError          not in this state of the mention; says what is possible
    ├── SourceError            becomes a line in the report; the run goes on
    │   ├── FetchError         carries the class of failure that the owner reads
    │   └── ParseError         a response that could not be read as what it should be
    └── StoreError             database locked, read-only, full, corrupt, or newer than this webwatch
        └── RunLockedError          another run holds the lock

What is not a `WebwatchError` is a bug, and loud.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


class ExitCode(IntEnum):
    """What the shell is told; the table in docs/commands.md explains each."""

    OK = 0
    BUG = 1
    USAGE = 2
    SOURCES = 3
    LOCKED = 4
    DATABASE = 5
    OVERDUE = 6
    WARNINGS = 7


class FailureClass(StrEnum):
    """Why a source could not be read, in the words that an owner understands."""

    NOT_FOUND = "not found"
    GONE = "gone"
    BLOCKED = "blocked"
    RATE_LIMITED = "rate limited"
    SERVER_ERROR = "server error"
    TIMEOUT = "timeout"
    NO_SUCH_HOST = "no such host"
    UNREACHABLE = "unreachable"
    TLS = "TLS"
    TOO_LARGE = "too large"
    NOT_A_FEED = "not a feed"
    BAD_RESPONSE = "bad response"


class WebwatchError(Exception):
    """The root: a sentence for the owner, and the code that the shell gets."""

    exit_code = ExitCode.BUG


class UsageError(WebwatchError):
    """The command line asks for what cannot be."""

    exit_code = ExitCode.USAGE


class DeskError(UsageError):
    """What is asked for is not possible in the state of the mention; the message says what is."""


class ConfigError(WebwatchError):
    """The configuration is wrong. `faults` holds each complaint, ready to print, in file order."""

    exit_code = ExitCode.USAGE

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class QueryError(WebwatchError):
    """A keyword's query cannot be read; `column` (from 1) is where in its text."""

    exit_code = ExitCode.USAGE

    def __init__(self, problem: str, column: int) -> None:
        super().__init__(f"column {column}: {problem}")
        self.problem = problem
        self.column = column


class SourceError(WebwatchError):
    """A source could not be read this time; `seconds` were spent on it."""

    exit_code = ExitCode.SOURCES
    failure = FailureClass.BAD_RESPONSE
    seconds = 0.0


class FetchError(SourceError):
    """No usable response.

    `status` is the HTTP status where there was one, `retry_at` when the server allows the next request, if it said so.
    """

    def __init__(
        self,
        failure: FailureClass,
        message: str,
        *,
        status: int | None = None,
        retry_at: datetime | None = None,
    ) -> None:
        super().__init__(message)
        self.failure = failure
        self.status = status
        self.retry_at = retry_at


class ParseError(SourceError):
    """A response came, and is not what the source's kind reads."""

    def __init__(self, message: str, failure: FailureClass = FailureClass.NOT_A_FEED) -> None:
        super().__init__(message)
        self.failure = failure


class StoreError(WebwatchError):
    """The database cannot be used; the message names the file and the way out."""

    exit_code = ExitCode.DATABASE


class RunLockedError(StoreError):
    """Another scan is running; the message says which process, and since when."""

    exit_code = ExitCode.LOCKED
