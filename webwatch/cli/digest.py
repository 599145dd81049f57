"""`webwatch digest`: what still needs an answer."""

from __future__ import annotations

import click

from webwatch.cli.environment import Environment, common_options
from webwatch.cli.selection import (
    chosen_format,
    format_options,
    print_digest,
    select,
    selection_options,
)
from webwatch.errors import ExitCode
from webwatch.pipeline.digest import digest as build_digest

_LATE = frozenset({"promises_past", "we_went_silent", "overdue"})


@click.command("digest")
@format_options
@click.option("--limit", type=click.IntRange(min=0), help="How many mentions to show (default: `digest.limit`).")
@selection_options
@click.option("--all", "everything", is_flag=True, help="Show everything, also what is history.")
@click.option("--check", is_flag=True, help="Exit with 6 when something is overdue, a promise or an ack among it.")
@common_options
@click.pass_context
def digest_command(
    ctx: click.Context,
    format_name: str | None,
    as_json: bool,
    limit: int | None,
    since: str | None,
    sources: tuple[str, ...],
    keywords: tuple[str, ...],
    everything: bool,
    check: bool,
) -> None:
    """Print what still needs an answer, ranked, and what could not be read.

    \b
    Examples:
      webwatch digest
      webwatch digest --since 2d --source "Our page"
      webwatch digest --format eml | sendmail -t
      webwatch digest --json --now 2026-11-23T09:00     what did Monday's digest look like?
    """
    environment = Environment(ctx)
    format_name = chosen_format(format_name, as_json=as_json)
    config = environment.config()
    now = environment.now(config.timezone)
    selection = select(config, now, since, sources, keywords)
    if limit is None:
        limit = None if everything else config.digest.limit
    with environment.store(config) as store:
        digest = build_digest(config, store, now=now, limit=limit, pick=selection.includes, everything=everything)
    print_digest(digest, format_name)
    if check and any(section.name in _LATE and section.total for section in digest.sections):
        ctx.exit(ExitCode.OVERDUE)
