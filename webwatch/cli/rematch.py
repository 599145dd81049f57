"""`webwatch rematch`: today's keywords, matched against what is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from webwatch.cli.environment import Environment, common_options, print_json, write

if TYPE_CHECKING:
    from webwatch.pipeline.rematch import Change


@click.command("rematch")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--json", "as_json", is_flag=True, help="As webwatch.rematch/1, see docs/json.md.")
@common_options
@click.pass_context
def rematch_command(ctx: click.Context, dry_run: bool, as_json: bool) -> None:
    """Match the keywords against everything that is stored. A scan does so by itself when they have changed.

    \b
    Examples:
      webwatch rematch --dry-run       what a new keyword would find in what was read before
      webwatch rematch
    """
    from webwatch import text
    from webwatch.pipeline.relevance import Relevance
    from webwatch.pipeline.rematch import changes, rematch
    from webwatch.store.lock import run_lock

    environment = Environment(ctx)
    config = environment.config()
    now = environment.now(config.timezone)
    relevance = Relevance.of(config)
    with run_lock(config.database, now), environment.store(config, write=True) as store:
        found = list(changes(config, store, relevance))
        if not dry_run:
            with store.transaction():
                rematch(config, store, relevance, now)
    if as_json:
        print_json(
            {"schema": "webwatch.rematch/1", "dry_run": dry_run, "changes": [_to_dict(change) for change in found]}
        )
        return
    for change in found:
        keywords = ", ".join(dict.fromkeys(match.keyword for match in change.matches))
        kind = "mention" if change.stored.keywords is None else "keyword"
        write(text.line(f"{kind}: {change.stored.entry.title or change.stored.entry.url} ({keywords})") + "\n")
    write(f"{len(found)} stored entries {'would change' if dry_run else 'changed'}.\n")


def _to_dict(change: Change) -> dict[str, object]:
    entry = change.stored.entry
    return {
        "url": entry.url,
        "title": entry.title,
        "source": change.stored.source,
        "keywords": list(dict.fromkeys(match.keyword for match in change.matches)),
        "new": change.stored.keywords is None,
    }
