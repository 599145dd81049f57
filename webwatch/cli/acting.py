"""What the commands of the desk have in common: IDs, who did it, when it was, and what is told afterwards."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from webwatch.cli.environment import Environment, common_options, print_json, say, write
from webwatch.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime, tzinfo

    from webwatch.model import Action, Config, Ranked
    from webwatch.store import Store
    from webwatch.when import Desk

ids_argument = click.argument("ids", metavar="ID...", type=int, nargs=-1, required=True)
by_option = click.option("--by", metavar="NAME", help="Who did it (default: $WEBWATCH_USER, or your login).")
json_option = click.option("--json", "as_json", is_flag=True, help="As webwatch.show/1, see docs/json.md.")
_LONGEST = 10_000


def desk_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--json`, `--config`, `--now`, and the context."""
    return json_option(common_options(click.pass_context(command)))


def when_option(name: str, help_: str, *, required: bool = False) -> Callable[..., Any]:
    """An option that takes a moment as people type it."""
    parameter = {"--until": "until_", "--at": "at", "--by": "due"}[name]
    example = "17:00, tomorrow 12:00, vrijdag, 2d" if name != "--at" else "9:30, yesterday 16:00, 2h"
    return click.option(name, parameter, metavar="WHEN", required=required, help=f"{help_} WHEN: {example}.")


class Until(NamedTuple):
    """A clock as it was typed; `default` names the setting that counts where nothing was."""

    typed: str | None
    at_opening: bool = False
    default: str = ""


def until(typed: str | None, *, at_opening: bool = False, default: str = "") -> Until:
    """A clock, to be read once the configuration is known."""
    return Until(typed, at_opening, default)


def act_on(
    ctx: click.Context,
    ids: Sequence[int],
    kind: str,
    *,
    as_json: bool,
    by: str | None = None,
    until: Until | None = None,
    moment: str | None = None,
    value: str = "",
    text: str = "",
    url: str = "",
    promising: bool = False,
) -> None:
    """Do one thing with each of these mentions, all or none, and tell how they stand now.

    `promising`: what `text` says that we will do, and by when, is promised with it.
    """
    from webwatch.model import Action
    from webwatch.pipeline import desk

    environment = Environment(ctx)
    config = environment.config()
    now = environment.now(config.timezone)
    view = looking(config, now)
    action = Action(
        kind=kind,
        at=now,
        moment=_understood(moment, view) if moment else now,
        by=person(by),
        until=_clock(until, view, config) if until else None,
        value=bounded(value),
        text=bounded(text),
        url=bounded(url),
    )
    actions = [action, *(_promises_in(action, view) if promising else ())]
    with environment.store(config, write=True) as store:
        with store.transaction():
            numbers = [[desk.act(store, mention_id, one) for one in actions] for mention_id in dict.fromkeys(ids)]
        ranked = shown(config, store, dict.fromkeys(ids), now)
    if as_json:
        print_standing(ranked, now)
    else:
        for item, logged in zip(ranked, numbers, strict=True):
            for one, number in zip(actions, logged, strict=True):
                write(told(item, one, config.timezone) + f"\n    undo: webwatch undo {number}\n")
    if promising and len(actions) == 1:
        say('webwatch: no "by when" is understood in the draft, so nothing is promised')


def _promises_in(action: Action, view: Desk) -> list[Action]:
    """The promises that the text of an action makes, as of the moment that it was written."""
    from webwatch.guidance.promises import promised

    return [
        action._replace(kind="promise", value=action.by, until=promise.due, text=promise.text)
        for promise in promised(action.text, view._replace(now=action.moment))
    ]


def shown(config: Config, store: Store, ids: Iterable[int], now: datetime) -> list[Ranked]:
    """These mentions as they stand, in the order given."""
    from webwatch.pipeline import desk
    from webwatch.pipeline.digest import ranked_mentions

    found = [desk.find(store, mention_id, now) for mention_id in ids]
    by_id = {item.mention.id: item for item in ranked_mentions(config, store, found, now)}
    return [by_id[mention.id] for mention in found]


def print_standing(ranked: Sequence[Ranked], now: datetime) -> None:
    """One mention as `webwatch.show/1`, several as `webwatch.list/1`."""
    from webwatch.formats import json

    print_json(json.show_object(ranked[0], now) if len(ranked) == 1 else json.list_object(ranked, now))


def looking(config: Config, now: datetime) -> Desk:
    """From where the owner looks at the clock."""
    from webwatch.when import Desk

    return Desk(now=now, zone=config.timezone, hours=config.office_hours)


def read_ahead(typed: str, view: Desk, *, at_opening: bool = False) -> datetime:
    """A moment that lies ahead; raises `UsageError`."""
    from webwatch import when

    try:
        return when.ahead(typed, view, at_opening=at_opening)
    except ValueError as error:
        raise UsageError(str(error)) from None


def _understood(typed: str, view: Desk) -> datetime:
    from webwatch import when

    try:
        return when.behind(typed, view)
    except ValueError as error:
        raise UsageError(str(error)) from None


def _clock(given: Until, view: Desk, config: Config) -> datetime:
    from webwatch import officehours

    if given.typed:
        return read_ahead(given.typed, view, at_opening=given.at_opening)
    return officehours.due(view.now, getattr(config.desk, given.default), config.office_hours, config.timezone)


def person(given: str | None) -> str:
    """Who does it: as given, else as the environment knows."""
    names = (given, *(os.environ.get(name) for name in ("WEBWATCH_USER", "USER", "LOGNAME", "USERNAME")))
    name = next((name for name in names if name), "")
    if name == "webwatch":
        name = "webwatch (a person)"
    return bounded(name)[:100]


def bounded(typed: str) -> str:
    """What a person typed, as text that can be kept and shown."""
    from webwatch import text

    return text.clean(typed)[:_LONGEST].strip()


def told(item: Ranked, action: Action, zone: tzinfo) -> str:
    """How a mention stands after an action: "42 is acknowledged, until Tue 24 Nov 2026 12:00: Lekke band"."""
    from webwatch import text

    title = text.shorten(text.line(item.mention.headline or item.mention.entry.text), 60)
    return f"{item.mention.id} is {', '.join(_standing(item, action, zone))}: {title or item.mention.entry.url}"


def _standing(item: Ranked, action: Action, zone: tzinfo) -> Iterator[str]:
    stands = item.standing
    yield stands.state
    if action.until and action.kind != "promise":
        yield f"until {clock(action.until, zone)}"
    if action.kind == "reply":
        yield f"answered {clock(action.moment, zone)}"
        if action.value:
            yield f"moved to {action.value} (tell the ending in public: webwatch outcome {item.mention.id})"
    if action.kind == "assign":
        yield f"assigned to {stands.assigned}" if stands.assigned else "assigned to nobody"
    if action.kind == "label":
        yield f"a {stands.label}" if stands.label != "other" else "nothing that wants an answer (other)"
    if action.kind == "tag":
        yield f"tagged {' '.join(stands.tags)}"
    if action.kind == "promise" and action.until:
        yield f"promised by {clock(action.until, zone)}: {action.text}"


def clock(moment: datetime, zone: tzinfo) -> str:
    """A moment as it is echoed: in the owner's zone."""
    return f"{moment.astimezone(zone):%a %d %b %Y %H:%M}"
