"""`webwatch triage`: one mention after the other, a single key each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from webwatch.cli import keys
from webwatch.cli.environment import Environment, common_options, say, write
from webwatch.desk.states import DISMISS_REASONS
from webwatch.errors import UsageError, WebwatchError

if TYPE_CHECKING:
    from datetime import datetime

    from webwatch.model import Action, Config, Ranked
    from webwatch.store import Store

KEYS = {
    "r": "we answered",
    "a": "ack: a holding reply was given",
    "d": "dismiss",
    "s": "snooze",
    "w": "watch",
    "n": "note",
    "l": "label: what it wants",
    "o": "outcome: it ended, and that was told",
    "k": "the promise was kept",
    "u": "undo the last one",
    " ": "leave it, go on",
    "?": "these keys",
    "q": "stop",
}
_LABELS = {"c": "complaint", "q": "question", "s": "suggestion", "p": "compliment", "o": "other"}


@click.command("triage")
@click.option("--for", "name", metavar="NAME", help="Only what NAME, or nobody in particular, deals with.")
@click.option("--by", metavar="NAME", help="Who does it (default: $WEBWATCH_USER, or your login).")
@common_options
@click.pass_context
def triage_command(ctx: click.Context, name: str | None, by: str | None) -> None:
    """Go through what is to be done, one after the other, with single keys; `?` lists them.

    Each key is kept at once: stop whenever you like.

    \b
    Examples:
      webwatch triage
      webwatch triage --for Ann
    """
    from webwatch.cli import view
    from webwatch.cli.acting import person
    from webwatch.pipeline.digest import digest

    environment = Environment(ctx)
    config = environment.config()
    now = environment.now(config.timezone)
    with environment.store(config, write=True) as store:
        sections = digest(config, store, now=now, limit=None).sections
        todo = view.work([item for section in sections for item in section.items], name)
        session = _Session(config, store, now, person(by))
        done = session.run(todo)
    say(f"{done} of {len(todo)} dealt with." if todo else "Nothing waits for an answer.")


class _Stop(Exception):  # noqa: N818 - no error: the person has had enough
    pass


class _Session(NamedTuple):
    """One sitting: the desk, the moment, and who sits there."""

    config: Config
    store: Store
    now: datetime
    who: str

    def run(self, todo: list[Ranked]) -> int:
        """Show each, take a key, do what it says; how many were dealt with."""
        done: list[int] = []
        index = 0
        try:
            while index < len(todo):
                self._show(todo[index], index, len(todo))
                step = self._ask(todo[index].mention.id)
                if step < 0 and index:
                    done = done[:-1]
                elif step > 0:
                    done.append(index)
                index = max(0, index + (step or 1))
        except (_Stop, click.Abort, EOFError):
            pass
        return len(done)

    def _show(self, item: Ranked, index: int, total: int) -> None:
        from webwatch.cli import view

        width = 80
        write(f"\n{'-' * width}\n{index + 1} of {total}\n\n")
        for line in view.lines(view.view(self.config, self.store, item, self.now), self.config.timezone):
            write(_wrapped(line, width) + "\n")

    def _ask(self, mention_id: int) -> int:
        """1: dealt with; 0: left alone; -1: the last one was undone, show it again."""
        while True:
            key = keys.ask("\n[r]eplied [a]ck [d]ismiss [s]nooze [w]atch [n]ote [l]abel [u]ndo [?] [q] > ")
            write(f"{key if key.isprintable() and key.strip() else ''}\n")
            if key == "q" or key in keys.END:
                raise _Stop
            if key in {" ", "\r", "\n"}:
                return 0
            try:
                step = self._do(key, mention_id)
            except WebwatchError as error:
                write(f"{error}\n")
                continue
            if step is not None:
                return step

    def _do(self, key: str, mention_id: int) -> int | None:
        """What a key does; None where the same mention is asked about again."""
        from webwatch.pipeline import desk

        if key == "u":
            with self.store.transaction():
                undone, _ = desk.undo(self.store, None, self.who, self.now)
            write(f"undone: {undone.kind} of {undone.mention_id}\n")
            return -1 if undone.mention_id != mention_id else None
        if key not in KEYS or key == "?":
            write("".join(f"  {'space' if known == ' ' else known:<6} {does}\n" for known, does in KEYS.items()))
            return None
        action = self._action(key, mention_id)
        with self.store.transaction():
            number = desk.act(self.store, mention_id, action)
        until = f", until {action.until.astimezone(self.config.timezone):%a %d %b %H:%M}" if action.until else ""
        write(f"{action.kind}{until}  (action {number}; u takes it back)\n")
        return None if key in "nl" else 1

    def _action(self, key: str, mention_id: int) -> Action:
        from webwatch import officehours
        from webwatch.cli.acting import bounded, looking, read_ahead
        from webwatch.model import Action

        action = Action(kind=_KIND[key], at=self.now, moment=self.now, by=self.who)
        desk = looking(self.config, self.now)
        if key == "a":
            typed = keys.line("Answer follows by (empty: the usual time)")
            rules = self.config.desk.ack_within, self.config.office_hours, self.config.timezone
            action = action._replace(until=read_ahead(typed, desk) if typed else officehours.due(self.now, *rules))
        elif key == "s":
            action = action._replace(until=read_ahead(keys.line("Until when"), desk, at_opening=True))
        elif key == "d":
            action = action._replace(value=_reason())
        elif key == "n":
            action = action._replace(text=bounded(keys.line("Note")))
        elif key == "l":
            action = action._replace(value=_label())
        elif key == "o":
            action = action._replace(value="us", text=bounded(keys.line("How did it end (may be empty)")))
        elif key == "k":
            action = action._replace(of=self._promise(mention_id))
        return action

    def _promise(self, mention_id: int) -> int:
        from webwatch.desk.standing import open_promises, standing
        from webwatch.pipeline import desk

        promises = open_promises(standing(desk.find(self.store, mention_id, self.now).log, self.now))
        if not promises:
            raise UsageError(f"nothing is promised about mention {mention_id}")
        return promises[0].id


_KIND = {
    "r": "reply", "a": "ack", "d": "dismiss", "s": "snooze", "w": "watch", "n": "note", "l": "label", "o": "outcome",
    "k": "promise_kept",
}  # fmt: skip


def _reason() -> str:
    write("".join(f"  {number} {reason}\n" for number, reason in enumerate(DISMISS_REASONS, 1)))
    key = _key("Reason: ")
    if key not in "1234":
        raise UsageError(f"{key!r} is no reason: press 1 to {len(DISMISS_REASONS)}")
    return DISMISS_REASONS[int(key) - 1]


def _label() -> str:
    write("  c complaint  q question  s suggestion  p compliment (praise)  o other\n")
    key = _key("It is a: ")
    if key not in _LABELS:
        raise UsageError(f"{key!r} is no label: press c, q, s, p or o")
    return _LABELS[key]


def _key(question: str) -> str:
    key = keys.ask(question)
    write("\n" if key in keys.END else f"{key}\n")
    if key in keys.END:
        raise _Stop
    return key


def _wrapped(line: str, width: int) -> str:
    import textwrap

    indent = " " * (len(line) - len(line.lstrip()))
    return "\n".join(
        textwrap.fill(part, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
        for part in line.split("\n")
    )
