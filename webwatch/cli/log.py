"""`webwatch log` and `undo`: what was done, and how it is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from webwatch.cli.acting import by_option, clock, json_option, person, print_standing, shown
from webwatch.cli.environment import Environment, common_options, print_json, write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from webwatch.model import Action


@click.command("log")
@click.argument("mention_id", metavar="[ID]", type=int, required=False)
@click.option("--limit", type=click.IntRange(min=1), default=50, help="How many of the latest (default: 50).")
@click.option("--json", "as_json", is_flag=True, help="As webwatch.log/1, see docs/json.md.")
@common_options
@click.pass_context
def log_command(ctx: click.Context, mention_id: int | None, limit: int, *, as_json: bool) -> None:
    """What was done, by whom and when: of one mention from its beginning, else the latest of all.

    \b
    Examples:
      webwatch log
      webwatch log 42 --json
    """
    from webwatch.pipeline import desk

    environment = Environment(ctx)
    config = environment.config()
    now = environment.now(config.timezone)
    with environment.store(config) as store:
        if mention_id is None:
            actions: Sequence[Action] = list(reversed(store.latest_actions(now, limit)))
        else:
            actions = desk.find(store, mention_id, now).log
    if as_json:
        from webwatch.formats import json

        print_json(json.log_object(actions, now))
        return
    undone = {action.of for action in actions if action.kind == "undo"}
    for action in actions:
        write(log_line(action, config.timezone, is_undone=action.id in undone) + "\n")
    if not actions:
        write("Nothing was done yet.\n")


def log_line(action: Action, zone: tzinfo, *, is_undone: bool) -> str:
    """One action as the log prints it."""
    from webwatch import text

    said = [
        action.value,
        action.until and f"until {clock(action.until, zone)}",
        action.of and f"of {action.of}",
        text.shorten(text.line(action.text), 60),
        text.line(action.url),
        action.moment != action.at and f"took place {clock(action.moment, zone)}",
        is_undone and "undone",
    ]
    what = "  ".join(str(part) for part in said if part)
    by = f"  by {text.line(action.by)}" if action.by else ""
    return f"{action.id:>5}  {clock(action.at, zone)}  {action.mention_id:>5}  {action.kind:<14}{by}  {what}".rstrip()


@click.command("undo")
@click.argument("number", metavar="[ACTION]", type=int, required=False)
@by_option
@json_option
@common_options
@click.pass_context
def undo_command(ctx: click.Context, number: int | None, by: str | None, *, as_json: bool) -> None:
    """Take an action back: the one of this number in `webwatch log`, else the latest that a person did.

    An undo is an action too, and can itself be undone.

    \b
    Examples:
      webwatch undo
      webwatch undo 17
    """
    from webwatch.pipeline import desk, stories

    environment = Environment(ctx)
    config = environment.config()
    now = environment.now(config.timezone)
    with environment.store(config, write=True) as store:
        with store.transaction():
            undone, made = desk.undo(store, number, person(by), now)
            stories.undone(config, store, undone)
        ranked = shown(config, store, [undone.mention_id], now)
    if as_json:
        print_standing(ranked, now)
    else:
        state = ranked[0].standing.state
        write(f"Action {undone.id} ({undone.kind}) is undone: mention {undone.mention_id} is {state} again\n")
        write(f"    redo: webwatch undo {made}\n")
