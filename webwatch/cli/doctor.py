"""`webwatch doctor`: whether all of it works, and somebody is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from webwatch.cli.environment import Environment, common_options, print_json, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from webwatch.model import Config, Digest

_STALE_DAYS = 2


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="As webwatch.doctor/1, see docs/json.md.")
@common_options
@click.pass_context
def doctor_command(ctx: click.Context, *, as_json: bool) -> None:
    """Say what is wrong: nothing read for days, sources that fail, a desk that nobody sits at. Exits with 3 then.

    \b
    Examples:
      webwatch doctor
      webwatch doctor --json
    """
    from webwatch.errors import ExitCode
    from webwatch.pipeline.digest import digest

    environment = Environment(ctx)
    config = environment.config()
    now = environment.now(config.timezone)
    with environment.store(config) as store:
        found = digest(config, store, now=now, limit=None)
    troubles = list(_troubles(found, config, now))
    if as_json:
        from webwatch.formats import json

        print_json(json.doctor_object(troubles, now))
    else:
        for _, sentence in troubles:
            write(sentence + "\n")
        if not troubles:
            write("All is well.\n")
    if troubles:
        ctx.exit(ExitCode.SOURCES)


def _troubles(found: Digest, config: Config, now: datetime) -> Iterator[tuple[str, str]]:
    """What is wrong: a word for it, and a sentence with the way out."""
    from webwatch import text

    coverage = found.coverage
    if coverage.last_scan is None:
        yield "no scan", "Nothing was ever read: run `webwatch scan`."
    elif (now - coverage.last_scan).days >= _STALE_DAYS:
        days = (now - coverage.last_scan).days
        yield "stale", f"The last scan was {days} days ago: does cron still run? See docs/commands.md for its line."
    if not config.sources:
        yield "no sources", "There is nothing to read: add sources to the configuration."
    for problem in coverage.problems:
        times = f"{problem.failure} since {problem.since:%Y-%m-%d}, {problem.failures} in a row"
        yield "source", f"{text.line(problem.source)}: {times}: {text.line(problem.message)}"
    if found.away_since is not None:
        days = (now - found.away_since).days
        waiting = sum(section.total for section in found.sections if section.name != "for_your_information")
        yield "away", f"Nobody has done anything for {days} days, and {waiting} mentions wait: run `webwatch next`."
