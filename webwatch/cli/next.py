"""`webwatch next` and `loops`: what is to be done now, and what still has no ending."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from webwatch.cli.environment import Environment, common_options, print_json, say, write

if TYPE_CHECKING:
    from datetime import tzinfo

    from webwatch.model import Ranked


@click.command("next")
@click.option("--for", "name", metavar="NAME", help="Only what NAME, or nobody in particular, deals with.")
@click.option("--json", "as_json", is_flag=True, help="As webwatch.next/1, see docs/json.md.")
@common_options
@click.pass_context
def next_command(ctx: click.Context, name: str | None, *, as_json: bool) -> None:
    """Show the one mention to deal with now: its text, the thread so far, and what we did with this person before.

    \b
    Examples:
      webwatch next
      webwatch next --for Ann
    """
    from webwatch.cli import view
    from webwatch.pipeline.digest import digest

    environment = Environment(ctx)
    config = environment.config()
    now = environment.now(config.timezone)
    with environment.store(config) as store:
        sections = digest(config, store, now=now, limit=None).sections
        todo = view.work([item for section in sections for item in section.items], name)
        shown = view.view(config, store, todo[0], now) if todo else None
    if as_json:
        from webwatch.formats import json

        print_json(json.next_object(shown, len(todo), now))
    elif shown is None:
        say("Nothing waits for an answer.")
    else:
        write("\n".join(view.lines(shown, config.timezone)) + f"\n{todo[0].mention.id}: ")
        from webwatch.desk.agenda import command

        write(f"{command(todo[0])}    ({len(todo)} to do)\n")


@click.command("loops")
@click.option("--all", "everything", is_flag=True, help="Also those that we answered a short while ago, or long ago.")
@click.option("--json", "as_json", is_flag=True, help="As webwatch.list/1, see docs/json.md.")
@common_options
@click.pass_context
def loops_command(ctx: click.Context, *, everything: bool, as_json: bool) -> None:
    """List what was answered, and of which nobody told how it ended; the longest ago first.

    \b
    Examples:
      webwatch loops
      webwatch loops --all --json
    """
    from webwatch.pipeline.digest import ranked_mentions

    environment = Environment(ctx)
    config = environment.config()
    now = environment.now(config.timezone)
    with environment.store(config) as store:
        answered = store.answered_mentions(now) if everything else store.live_mentions(now)
        ranked = ranked_mentions(config, store, answered, now)
    loops = [item for item in ranked if item.standing.state == "replied" and (everything or item.due <= now)]
    loops.sort(key=lambda item: (item.standing.word or now, item.mention.id))
    if as_json:
        from webwatch.formats import json

        print_json(json.list_object(loops, now))
        return
    for item in loops:
        write(_line(item, config.timezone) + "\n")
    if not loops:
        say("Every answer has its ending." if everything else "No answer waits for its ending (see --all).")


def _line(item: Ranked, zone: tzinfo) -> str:
    from webwatch import text

    said = text.shorten(text.line(item.mention.headline or item.mention.entry.text), 60)
    stands = item.standing
    day = (stands.word or item.due).astimezone(zone)
    moved = f"  moved to {stands.moved_to}" if stands.moved_to else ""
    thanked = "  the customer said thanks" if stands.told_by == "customer?" else ""
    return f"{item.mention.id:>5}  answered {day:%Y-%m-%d}  {said}  ({text.line(item.mention.source)}){moved}{thanked}"
