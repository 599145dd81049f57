"""`webwatch list`, `show` and `open`: the mentions one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from webwatch.cli.environment import Environment, common_options, print_json, say, write
from webwatch.cli.log import log_line
from webwatch.cli.selection import select, selection_options
from webwatch.desk.states import STATES
from webwatch.errors import UsageError

if TYPE_CHECKING:
    from datetime import datetime

    from webwatch.model import Config, Ranked, Standing


@click.command("list")
@selection_options
@click.option("--state", "states", multiple=True, type=click.Choice(STATES), help="Only mentions in this state.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only mentions with this tag.")
@click.option("--for", "names", multiple=True, metavar="NAME", help="Only what NAME deals with.")
@click.option("--limit", type=click.IntRange(min=0), help="How many to list (default: all of them).")
@click.option("--all", "everything", is_flag=True, help="Also what is history.")
@click.option("--json", "as_json", is_flag=True, help="As webwatch.list/1, see docs/json.md.")
@common_options
@click.pass_context
def list_command(
    ctx: click.Context,
    since: str | None,
    sources: tuple[str, ...],
    keywords: tuple[str, ...],
    states: tuple[str, ...],
    tags: tuple[str, ...],
    names: tuple[str, ...],
    limit: int | None,
    everything: bool,
    as_json: bool,
) -> None:
    """List mentions, a line each, the first to answer first.

    \b
    Examples:
      webwatch list
      webwatch list --state replied --for Ann
      webwatch list --all --since 2026-11-01 --json
    """
    environment = Environment(ctx)
    config = environment.config()
    now = environment.now(config.timezone)
    selection = select(config, now, since, sources, keywords)
    from webwatch.pipeline.digest import ranked_mentions

    with environment.store(config) as store:
        mentions = store.all_mentions(now) if everything or states else store.live_mentions(now)
        ranked = ranked_mentions(config, store, filter(selection.includes, mentions), now)
    shown = (item for item in ranked if everything or states or item.section)
    ranked = [item for item in shown if _fits(item.standing, states, tags, names)][:limit]
    if as_json:
        from webwatch.formats import json

        print_json(json.list_object(ranked, now))
        return
    for item in ranked:
        write(_line(item, config) + "\n")
    if not ranked:
        say("There are no such mentions." if everything else "There are no such mentions that are open (see --all).")


def _fits(stands: Standing, states: tuple[str, ...], tags: tuple[str, ...], names: tuple[str, ...]) -> bool:
    """Whether it is one of those asked for; asking for nothing is asking for all."""
    held = ((states, [stands.state]), (tags, stands.tags), (names, [stands.assigned]))
    return all(
        not asked or {word.casefold() for word in asked} & {word.casefold() for word in has} for asked, has in held
    )


def _line(item: Ranked, config: Config) -> str:
    from webwatch import text

    entry = item.mention.entry
    state = "history" if item.mention.history and not item.mention.log else item.section or item.standing.state
    state = state.replace("_", " ")
    title = text.shorten(text.line(item.mention.headline or entry.text) or entry.url, 70)
    day = (entry.published or item.mention.first_seen).astimezone(config.timezone).strftime("%Y-%m-%d")
    return f"{item.mention.id:>5}  {day}  {state:<20}  {title}  ({text.line(item.mention.source)})"


@click.command("show")
@click.argument("mention_id", metavar="ID", type=int)
@click.option("--why", is_flag=True, help="Print the sum that ranks it.")
@click.option("--json", "as_json", is_flag=True, help="As webwatch.show/1, see docs/json.md.")
@common_options
@click.pass_context
def show_command(ctx: click.Context, mention_id: int, why: bool, as_json: bool) -> None:
    """Show one mention in full.

    \b
    Examples:
      webwatch show 42
      webwatch show 42 --why        and the sum that ranks it
    """
    environment = Environment(ctx)
    config = environment.config()
    now = environment.now(config.timezone)
    item = _ranked(environment, config, mention_id, now)
    if as_json:
        from webwatch.formats import json

        print_json(json.show_object(item, now))
    else:
        write("\n".join(_page(item, config, why=why)) + "\n")


def _page(item: Ranked, config: Config, *, why: bool) -> list[str]:
    from webwatch import text

    mention, entry = item.mention, item.mention.entry
    facts = {
        "Where": text.line(f"{mention.source} ({item.kind})" + (", our own profile" if item.own else "")),
        "Author": text.line(entry.author),
        "Published": _moment(entry.published, config) or "no date given",
        "First seen": _moment(mention.first_seen, config),
        "Due": f"{_moment(item.due, config)} ({item.section.replace('_', ' ')})",
        "State": item.standing.state + (", history" if mention.history else ""),
        "Keywords": text.line(", ".join(mention.keywords)) or "none: everything on our own profile counts",
        "Address": text.line(entry.url),
    }
    lines = [f"{mention.id}  {text.line(mention.headline)}", ""]
    lines += [f"{name + ':':<12} {value}" for name, value in facts.items() if value]
    lines += [f"{'Also at:':<12} {text.line(place.url)} ({text.line(place.source)})" for place in mention.places[1:]]
    lines += ["", text.clean(entry.text) or "(no text)"]
    if item.posts:
        lines += ["", "Said since our last word:"]
        lines += [
            f"  {_moment(post.at, config)}  {text.line(post.author)}: {text.line(post.text)}" for post in item.posts
        ]
    if mention.log:
        undone = {action.of for action in mention.log if action.kind == "undo"}
        lines += ["", "What was done:"]
        lines += [log_line(action, config.timezone, is_undone=action.id in undone) for action in mention.log]
    if why:
        lines += ["", "Why it ranks where it does:"]
        lines += [f"{reason.points:>8.1f}  {reason.why}" for reason in item.reasons]
        lines += [f"{item.score:>8.1f}  in all"]
    return lines


def _moment(moment: datetime | None, config: Config) -> str:
    return moment.astimezone(config.timezone).strftime("%a %d %b %Y %H:%M") if moment else ""


@click.command("open")
@click.argument("mention_id", metavar="ID", type=int)
@common_options
@click.pass_context
def open_command(ctx: click.Context, mention_id: int) -> None:
    """Open one mention in the browser; prints its address as well.

    \b
    Example:
      webwatch open 42
    """
    environment = Environment(ctx)
    config = environment.config()
    url = _ranked(environment, config, mention_id, environment.now(config.timezone)).mention.entry.url
    if not url.startswith(("http://", "https://")):
        raise UsageError(f"mention {mention_id} has no address that a browser can open")
    write(url + "\n")
    click.launch(url)


def _ranked(environment: Environment, config: Config, mention_id: int, now: datetime) -> Ranked:
    """The mention of this number; raises `UsageError` with the nearest numbers where there is none."""
    from webwatch.cli.acting import shown

    with environment.store(config) as store:
        return shown(config, store, [mention_id], now)[0]
