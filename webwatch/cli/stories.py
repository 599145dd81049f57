"""`webwatch story` and `person`: one matter in several places, one author on several sites."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from webwatch.cli.acting import bounded, by_option, clock, ids_argument, json_option, person, print_standing, shown
from webwatch.cli.environment import Environment, common_options, print_json, say, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime, tzinfo

    from webwatch.model import Author, Ranked

_WITH_VALUE = frozenset({"--config", "--now", "--by"})


class _ShowGroup(click.Group):
    """A group whose `show` need not be named: `webwatch story 42`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        words = (
            word
            for before, word in zip(["", *args], args, strict=False)
            if before not in _WITH_VALUE and not word.startswith("-")
        )
        first = next(words, None)
        if first is not None and first not in self.commands:
            args = ["show", *args]
        return super().parse_args(ctx, args)


@click.group("story", cls=_ShowGroup)
@common_options
def story_command() -> None:
    """See where a story stands, and what was done in each place; take it apart, or put it together.

    A story is the same text in several places, or the same person with the same matter on several sites. It is one
    line in the digest.

    \b
    Examples:
      webwatch story 42
      webwatch story split 43
      webwatch story join 42 57
    """


@story_command.command("show")
@click.argument("mention_id", metavar="ID", type=int)
@click.option("--json", "as_json", is_flag=True, help="As webwatch.story/1, see docs/json.md.")
@common_options
@click.pass_context
def show_story_command(ctx: click.Context, mention_id: int, *, as_json: bool) -> None:
    """The places of a story, and what was done in each.

    \b
    Example:
      webwatch story 42
    """
    environment = Environment(ctx)
    config = environment.config()
    now = environment.now(config.timezone)
    with environment.store(config) as store:
        item = shown(config, store, [mention_id], now)[0]
    items = sorted((item, *item.story), key=_moment)
    if as_json:
        from webwatch.formats import json

        print_json(json.story_object(items, now))
        return
    for one in items:
        write("\n".join(_place(one, config.timezone)) + "\n")
    if len(items) == 1:
        write("    It stands alone: no other mention says the same.\n")


@story_command.command("split")
@ids_argument
@by_option
@json_option
@common_options
@click.pass_context
def split_command(ctx: click.Context, ids: Sequence[int], by: str | None, *, as_json: bool) -> None:
    """Each ID is a story of its own, whatever it looks like.

    \b
    Examples:
      webwatch story split 43
      webwatch story split 43 44
    """
    _decide(ctx, dict.fromkeys(ids), "story_split", lambda _: "", by, as_json=as_json)


@story_command.command("join")
@ids_argument
@by_option
@json_option
@common_options
@click.pass_context
def join_command(ctx: click.Context, ids: Sequence[int], by: str | None, *, as_json: bool) -> None:
    """These are one story. What was split off before comes back where it was.

    \b
    Examples:
      webwatch story join 42 57
    """
    first, *others = dict.fromkeys(ids)
    if not others:
        raise click.UsageError("a story is joined of two mentions or more: webwatch story join 42 57", ctx)
    _decide(ctx, others, "story_join", lambda _: str(first), by, as_json=as_json, beside=first)


def _decide(
    ctx: click.Context,
    ids: Any,
    kind: str,
    value: Callable[[int], str],
    by: str | None,
    *,
    as_json: bool,
    beside: int | None = None,
) -> None:
    from webwatch.model import Action
    from webwatch.pipeline import desk, stories

    environment = Environment(ctx)
    config = environment.config()
    now = environment.now(config.timezone)
    numbers: dict[int, int] = {}
    with environment.store(config, write=True) as store:
        with store.transaction():
            made = []
            kept = desk.find(store, beside, now).story if beside is not None else None
            for mention_id in ids:
                story = desk.find(store, mention_id, now).story
                if story is None if beside is None else story is not None and story == kept:
                    say(f"webwatch: {mention_id} {'stands alone' if beside is None else 'is in that story'} already")
                    continue
                action = Action(kind=kind, at=now, moment=now, by=person(by), value=value(mention_id))
                numbers[mention_id] = desk.act(store, mention_id, action)
                made.append(action._replace(mention_id=mention_id))
            stories.decided(config, store, made)
        ranked = shown(config, store, [*([] if beside is None else [beside]), *ids], now)
    if as_json:
        print_standing(ranked, now)
        return
    for item in ranked:
        if item.mention.id in numbers:
            others = ", ".join(str(other.mention.id) for other in item.story)
            write(f"{item.mention.id} {f'is one story with {others}' if others else 'stands alone'}\n")
            write(f"    undo: webwatch undo {numbers[item.mention.id]}\n")


def _moment(item: Ranked) -> tuple[datetime, int]:
    return item.mention.entry.published or item.mention.first_seen, item.mention.id


def _place(item: Ranked, zone: tzinfo) -> Iterator[str]:
    """Two lines: number, where, who, when, how it stands; the address."""
    from webwatch import text

    entry, stands = item.mention.entry, item.standing
    facts = [
        text.line(item.mention.source) + (f" ({text.line(entry.site)})" if entry.site else ""),
        text.line(entry.author),
        clock(entry.published or item.mention.first_seen, zone),
        f"answered {clock(stands.word, zone)}" if stands.answered and stands.word else "",
        stands.state if stands.state != "replied" else "",
        item.section.replace("_", " "),
    ]
    yield f"{item.mention.id:>5}  {' · '.join(filter(None, facts))}"
    title = text.shorten(text.line(item.mention.headline or entry.text), 100)
    yield f"       {title or '(no text)'}"
    if entry.url:
        yield f"       {text.line(entry.url)}"


# --------------------------------------------------------------------------------------------------------- people


@click.group("person", cls=_ShowGroup)
@common_options
def person_command() -> None:
    """See what one author wrote on all sites, and what we did; join names that are one person's.

    \b
    Examples:
      webwatch person marieke82
      webwatch person merge "Marieke Smit" marieke82 msmit
    """


@person_command.command("show")
@click.argument("words", metavar="NAME", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="As webwatch.person/1, see docs/json.md.")
@common_options
@click.pass_context
def show_person_command(ctx: click.Context, words: Sequence[str], *, as_json: bool) -> None:
    """One author's mentions on all sites, with their state, and what we did.

    The same name on another site is the same person where it tells the same story, or where you said so
    (`person merge`, or `people:` in the configuration); else it is listed apart.

    \b
    Example:
      webwatch person marieke82
    """
    from webwatch.pipeline import people

    environment = Environment(ctx)
    config = environment.config()
    now = environment.now(config.timezone)
    with environment.store(config) as store:
        found = people.author(config, store, bounded(" ".join(words)), now)
    if as_json:
        from webwatch.formats import json

        print_json(json.person_object(found, now))
    else:
        write("\n".join(_page(found, config.timezone)) + "\n")


def _page(found: Author, zone: tzinfo) -> Iterator[str]:
    from webwatch import text

    also = f" (also {', '.join(map(text.line, found.also))})" if found.also else ""
    known = ", ".join(filter(None, ("VIP" if found.vip else "", f"reach {found.reach}" if found.reach else "")))
    yield f"{text.line(found.name)}{also}{f', {known}' if known else ''}"
    answered = sum(item.standing.answered for item in found.items)
    waiting = sum(item.standing.state == "open" for item in found.items)
    yield f"{len(found.items)} mentions, {answered} answered, {waiting} open"
    for item in found.items:
        yield ""
        yield from _place(item, zone)
        yield from (f"       {_done(action, zone)}" for action in item.mention.log)
    if found.namesakes:
        yield ""
        name = _quoted(found.name)
        yield f"Of the same name, and perhaps somebody else (webwatch person merge {name} {name} joins them):"
        for item in found.namesakes:
            yield from _place(item, zone)


def _done(action: Any, zone: tzinfo) -> str:
    by = f" by {action.by}" if action.by else ""
    return f"{clock(action.moment, zone)}  {action.kind.replace('_', ' ')}{by}"


def _quoted(name: str) -> str:
    from shlex import quote

    return quote(name)


@person_command.command("merge")
@click.argument("names", metavar="NAME OTHER...", nargs=-1, required=True)
@by_option
@common_options
@click.pass_context
def merge_command(ctx: click.Context, names: Sequence[str], by: str | None) -> None:
    """All of these names are one person's, called NAME. The same name twice: all who have it, on all sites.

    \b
    Examples:
      webwatch person merge "Marieke Smit" marieke82 msmit
      webwatch person merge Jan Jan
    """
    from webwatch.pipeline import people

    if len(names) < 2:
        raise click.UsageError("a person is merged of two names or more: webwatch person merge NAME OTHER", ctx)
    environment = Environment(ctx)
    config = environment.config()
    now = environment.now(config.timezone)
    given = [bounded(name) for name in names]
    with environment.store(config, write=True) as store, store.transaction():
        numbers = people.merge(config, store, given, person(by), now)
    for other, number in zip(given[1:], numbers, strict=True):
        write(f"{other} is {given[0]}\n    undo: webwatch undo {number}\n")
