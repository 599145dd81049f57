"""The real world, in one place: the clock, the config file, the database, the screen and the standard streams."""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from webwatch.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import tzinfo

    from webwatch.fetch import Fetcher
    from webwatch.formats import Screen
    from webwatch.model import Config, FetchRules
    from webwatch.store import Store

F = TypeVar("F", bound="Callable[..., Any]")


def common_options(command: F) -> F:
    """`--config` and `--now`, which every command takes, before or after its name."""
    for option in (
        click.option("--now", metavar="ISO", expose_value=False, callback=_remember, help="Run as of this moment."),
        click.option("--config", metavar="FILE", expose_value=False, callback=_remember, help="The configuration."),
    ):
        command = option(command)
    return command


def _remember(ctx: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None and parameter.name:
        ctx.ensure_object(dict)[parameter.name] = value


class Environment:
    """What a command may ask of the world. Everything is looked up when it is asked for."""

    def __init__(self, ctx: click.Context) -> None:
        self._options: dict[str, str | None] = ctx.ensure_object(dict)

    def config(self) -> Config:
        """The owner's configuration; raises `ConfigError`, or `UsageError` where there is none."""
        from webwatch import config

        return config.load(self.config_path(), os.environ)

    def config_path(self) -> Path:
        """Where the configuration is; raises `UsageError` where there is none."""
        from webwatch import config

        return config.find(self._options.get("config"), os.environ, Path.cwd())

    def has_config(self) -> bool:
        """Whether there is a configuration, or one was named."""
        try:
            return self.config_path() is not None
        except UsageError:
            return self.chosen_path() is not None

    def chosen_path(self) -> Path | None:
        """The file that `--config` names, there or not."""
        chosen = self._options.get("config")
        return Path(chosen) if chosen else None

    def now(self, zone: tzinfo = UTC) -> datetime:
        """The moment (UTC, whole seconds) that the command runs as of; a time without a zone is in `zone`."""
        given = self._options.get("now") or os.environ.get("WEBWATCH_NOW")
        if not given:
            return datetime.now(UTC).replace(microsecond=0)
        try:
            moment = datetime.fromisoformat(given.strip())
            return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC).replace(microsecond=0)
        except (ValueError, OverflowError) as error:
            raise UsageError(
                f"--now {given!r} is not a moment; write it as 2026-11-23T09:00 or 2026-11-23T09:00:00Z"
            ) from error

    def store(self, config: Config, *, write: bool = False) -> Store:
        """The database, as a context manager."""
        from webwatch.store import Store

        return Store.open(config.database, write=write)

    def fetcher(self, rules: FetchRules, now: datetime) -> Fetcher:
        """What reads the web, by these rules; `now` is what servers' delays are counted from."""
        import random

        from webwatch.fetch import Fetcher, user_agent

        return Fetcher(
            rules,
            user_agent=user_agent(rules.contact),
            clock=lambda: now,
            sleep=time.sleep,
            random=random.random,
        )

    @staticmethod
    def monotonic() -> float:
        """Seconds that never go back."""
        return time.monotonic()


def screen() -> Screen:
    """What standard output is: its width, and whether it takes colours (https://no-color.org)."""
    from shutil import get_terminal_size

    from webwatch.formats import Screen

    return Screen(width=max(20, get_terminal_size().columns), colour=_takes_colour(sys.stdout))


def is_terminal(stream: TextIO) -> bool:
    """Whether a stream is a terminal that can do more than print lines."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _takes_colour(stream: TextIO) -> bool:
    return is_terminal(stream) and not os.environ.get("NO_COLOR")


def write(text: str, *, utf8: bool = False) -> None:
    """Print data on standard output. What the terminal's encoding cannot show becomes `?`; JSON is always UTF-8."""
    stream: Any = sys.stdout
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8" if utf8 else stream.encoding, errors="replace")
    stream.write(text)


def print_json(value: object) -> None:
    """A JSON document on standard output."""
    from webwatch.formats import json

    write(json.encode(value, indent=2) + "\n", utf8=True)


def say(message: str) -> None:
    """A message for the person, on standard error."""
    click.echo(message, err=True)


def suggestion(wrong: str, known: Sequence[str]) -> str:
    """` (did you mean 'x'?)`, or the list of what there is."""
    from difflib import get_close_matches

    near = get_close_matches(wrong, known, n=1)
    return f" (did you mean {near[0]!r}?)" if near else f"; there is {', '.join(known[:20]) or 'none yet'}"
