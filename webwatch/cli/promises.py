"""`webwatch promise`, `promises`, `promise-kept`, `promise-broken`: what we said we would do, and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from webwatch.cli.acting import (
    bounded,
    by_option,
    clock,
    desk_options,
    json_option,
    looking,
    person,
    print_standing,
    read_ahead,
    shown,
    told,
    when_option,
)
from webwatch.cli.environment import Environment, common_options, print_json, write
from webwatch.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from webwatch.model import Mention, Promise
    from webwatch.store import Store


@click.command("promise")
@click.argument("mention_id", metavar="ID", type=int)
@click.argument("words", metavar="TEXT", nargs=-1, required=True)
@when_option("--by", "By when it is done.", required=True)
@click.option("--who", metavar="NAME", default="", help="Who does it.")
@desk_options
def promise_command(
    ctx: click.Context, mention_id: int, words: Sequence[str], due: str, who: str, *, as_json: bool
) -> None:
    """We said in public that we will do something. Past its hour it is line 1 of every digest.

    \b
    Examples:
      webwatch promise 42 "call back" --by "tomorrow 12:00" --who Ann
    """
    from webwatch.model import Action
    from webwatch.pipeline import desk

    environment = Environment(ctx)
    config = environment.config()
    now = environment.now(config.timezone)
    action = Action(
        kind="promise",
        at=now,
        moment=now,
        by=person(None),
        until=read_ahead(due, looking(config, now)),
        value=bounded(who),
        text=bounded(" ".join(words)),
    )
    with environment.store(config, write=True) as store:
        with store.transaction():
            number = desk.act(store, mention_id, action)
        ranked = shown(config, store, [mention_id], now)
    if as_json:
        print_standing(ranked, now)
    else:
        write(f"{told(ranked[0], action, config.timezone)}\n    done: webwatch promise-kept {number}\n")


@click.command("promises")
@click.option("--all", "everything", is_flag=True, help="Also those that were kept or broken.")
@click.option("--json", "as_json", is_flag=True, help="As webwatch.promises/1, see docs/json.md.")
@common_options
@click.pass_context
def promises_command(ctx: click.Context, *, everything: bool, as_json: bool) -> None:
    """List what we promised, the first one due first.

    \b
    Examples:
      webwatch promises
      webwatch promises --all --json
    """
    environment = Environment(ctx)
    config = environment.config()
    now = environment.now(config.timezone)
    with environment.store(config) as store:
        made = _promises(store.all_mentions(now) if everything else store.live_mentions(now), now)
    made = [(mention, promise) for mention, promise in made if everything or not promise.ended]
    if as_json:
        from webwatch.formats import json

        print_json(json.promises_object(made, now))
        return
    for mention, promise in made:
        state = promise.ended or ("PAST" if promise.due < now else "open")
        who = f" ({promise.who})" if promise.who else ""
        write(f"{promise.id:>5}  {state:<6}  {clock(promise.due, config.timezone)}  {_line(promise, mention)}{who}\n")
    if not made:
        write("Nothing is promised.\n" if everything else "Nothing that was promised is open (see --all).\n")


def _line(promise: Promise, mention: Mention) -> str:
    from webwatch import text

    return f"{text.shorten(text.line(promise.text), 60)}  (mention {mention.id})"


def _promises(mentions: Sequence[Mention], now: Any) -> list[tuple[Mention, Promise]]:
    from webwatch.desk.standing import standing

    made = [
        (mention, promise) for mention in mentions if mention.log for promise in standing(mention.log, now).promises
    ]
    return sorted(made, key=lambda pair: (pair[1].due, pair[1].id))


@click.command("promise-kept")
@click.argument("promise_id", metavar="PID", type=int)
@by_option
@json_option
@common_options
@click.pass_context
def promise_kept_command(ctx: click.Context, promise_id: int, by: str | None, *, as_json: bool) -> None:
    """We did what we promised. PID is its number in `webwatch promises`.

    \b
    Examples:
      webwatch promise-kept 7
    """
    _end(ctx, promise_id, "promise_kept", by, as_json=as_json)


@click.command("promise-broken")
@click.argument("promise_id", metavar="PID", type=int)
@by_option
@json_option
@common_options
@click.pass_context
def promise_broken_command(ctx: click.Context, promise_id: int, by: str | None, *, as_json: bool) -> None:
    """We did not do what we promised, and will not.

    \b
    Examples:
      webwatch promise-broken 7
    """
    _end(ctx, promise_id, "promise_broken", by, as_json=as_json)


def _end(ctx: click.Context, promise_id: int, kind: str, by: str | None, *, as_json: bool) -> None:
    from webwatch.model import Action
    from webwatch.pipeline import desk

    environment = Environment(ctx)
    config = environment.config()
    now = environment.now(config.timezone)
    with environment.store(config, write=True) as store:
        with store.transaction():
            mention_id = _mention_of(store, promise_id, now)
            number = desk.act(store, mention_id, Action(kind=kind, at=now, moment=now, by=person(by), of=promise_id))
        ranked = shown(config, store, [mention_id], now)
    if as_json:
        print_standing(ranked, now)
    else:
        ended = "kept" if kind == "promise_kept" else "broken"
        write(f"Promise {promise_id} is {ended} (mention {mention_id})\n    undo: webwatch undo {number}\n")


def _mention_of(store: Store, promise_id: int, now: Any) -> int:
    """The mention that a promise was made about; raises `UsageError` with those that are open."""
    made = _promises(store.live_mentions(now), now)
    for mention, promise in made:
        if promise.id == promise_id:
            if promise.ended:
                raise UsageError(
                    f"promise {promise_id} is {promise.ended} already; `webwatch log {mention.id}` says when"
                )
            return mention.id
    numbers = ", ".join(str(promise.id) for _, promise in made if not promise.ended)
    raise UsageError(f"there is no open promise {promise_id}; open are: {numbers or 'none'}")
