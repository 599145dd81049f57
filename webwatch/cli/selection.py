"""Which mentions a command is about: `--source`, `--keyword`, `--since`, and the formats to print them in."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from webwatch.cli.environment import is_terminal, screen, suggestion, write
from webwatch.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from webwatch.model import Config, Digest, Mention

F = TypeVar("F", bound="Callable[..., Any]")


class Selection(NamedTuple):
    """What the owner asked to see. `since` is a moment; None means from the beginning."""

    sources: frozenset[str]
    keywords: frozenset[str]
    since: datetime | None

    def includes(self, mention: Mention) -> bool:
        """Whether a mention fits."""
        carriers = {mention.source, *(place.source for place in mention.places)}
        return (
            (not self.sources or bool(self.sources & carriers))
            and (not self.keywords or bool(self.keywords.intersection(mention.keywords)))
            and (self.since is None or (mention.entry.published or mention.first_seen) >= self.since)
        )


def selection_options(command: F) -> F:
    """`--since`, `--source`, `--keyword`."""
    for option in (
        click.option("--keyword", "keywords", multiple=True, metavar="NAME", help="Only mentions of this keyword."),
        click.option("--source", "sources", multiple=True, metavar="NAME", help="Only mentions from this source."),
        click.option("--since", metavar="WHEN", help="Only what was published since: 2d, 12h, 2026-11-20."),
    ):
        command = option(command)
    return command


def select(
    config: Config, now: datetime, since: str | None, sources: Sequence[str], keywords: Sequence[str]
) -> Selection:
    """What these options ask for; raises `UsageError` for a name that the config does not have."""
    return Selection(
        sources=_names("source", sources, [source.name for source in config.sources]),
        keywords=_names("keyword", keywords, [keyword.name for keyword in config.keywords]),
        since=_moment(since, config, now) if since else None,
    )


def _names(what: str, given: Sequence[str], known: Sequence[str]) -> frozenset[str]:
    by_name = {name.casefold(): name for name in known}
    for name in given:
        if name.casefold() not in by_name:
            raise UsageError(f"there is no {what} {name!r}{suggestion(name, known)}")
    return frozenset(by_name[name.casefold()] for name in given)


_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def _moment(since: str, config: Config, now: datetime) -> datetime:
    if since[:-1].isdecimal() and since[-1] in _UNITS and len(since) < 6:
        return now - timedelta(**{_UNITS[since[-1]]: int(since[:-1])})
    from webwatch import dates

    moment = dates.parse(since, now=now, zone=config.timezone, language=config.digest.language)
    if moment is None:
        raise UsageError(f"--since {since!r} is not understood; write 2d, 12h, yesterday or 2026-11-20")
    return moment


_FORMATS = ("table", "plain", "json", "jsonl", "markdown", "csv", "html", "eml")


def format_options(command: F) -> F:
    """`--format NAME`, and `--json` for short."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="The same as --format json."),
        click.option(
            "--format",
            "format_name",
            type=click.Choice(_FORMATS),
            metavar="NAME",
            help=f"One of {', '.join(_FORMATS)}.",
        ),
    ):
        command = option(command)
    return command


def chosen_format(format_name: str | None, *, as_json: bool) -> str:
    """The format asked for; a terminal gets a table, everything else plain text."""
    if as_json:
        return "json"
    if format_name is None:
        return "table" if is_terminal(sys.stdout) else "plain"
    return format_name


def print_digest(digest: Digest, format_name: str) -> None:
    """The digest on standard output."""
    from webwatch import formats

    write(formats.load(format_name).render(digest, screen()), utf8=format_name not in {"table", "plain"})
