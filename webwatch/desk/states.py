"""Which action is possible in which state, and where it leads. docs/desk.md prints this table.

open → acknowledged → replied → closed, beside watching, snoozed, dismissed
"""

from __future__ import annotations

from typing import NamedTuple

from webwatch.errors import DeskError

STATES = ("open", "acknowledged", "replied", "watching", "snoozed", "dismissed", "closed")

_ALL = frozenset(STATES)
_LIVE = _ALL - {"dismissed", "closed"}
_ANSWERED = frozenset({"acknowledged", "replied"})


class Kind(NamedTuple):
    """A kind of action: in which states it is possible, which state it leads to ("" for none), what it does in words.

    `command` is what a person types; `holds` says what the fields of such an `Action` mean.
    """

    possible: frozenset[str]
    leads_to: str
    does: str
    command: str = ""
    holds: str = ""


KINDS: dict[str, Kind] = {
    "ack": Kind(_LIVE, "acknowledged", "a holding reply was given; the second clock runs", "ack", "until: its clock"),
    "reply": Kind(
        _LIVE,
        "replied",
        "we answered",
        "reply",
        "url: where; value: moved to mail or phone; text: what we wrote; evidence: our post",
    ),
    "outcome": Kind(
        _LIVE, "closed", "the ending was told in public", "outcome", "value: told by us or customer; url, text"
    ),
    "close": Kind(_LIVE, "closed", "no ending will be told, and why", "close", "text: why"),
    "dismiss": Kind(_LIVE, "dismissed", "it needs no answer, and why", "dismiss", "value: the reason; text: a note"),
    "snooze": Kind(_LIVE, "snoozed", "it comes back at a moment, or when somebody writes", "snooze", "until: when"),
    "watch": Kind(_LIVE, "watching", "it comes back when its thread grows or turns negative", "watch"),
    "reopen": Kind(_ALL - {"open"}, "open", "it waits for an answer again", "reopen"),
    "wrote_again": Kind(
        _ALL - {"open", "dismissed"}, "open", "somebody else wrote after us", "", "evidence: their post"
    ),
    "thanked": Kind(_ALL, "", "the customer said thanks: an ending, if we say so", "", "evidence: their post"),
    "promise": Kind(_ALL, "", "we said we would do something", "promise", "text: what; until: by when; value: who"),
    "promise_kept": Kind(_ALL, "", "we did it", "promise-kept", "of: the promise"),
    "promise_broken": Kind(_ALL, "", "we did not, and will not", "promise-broken", "of: the promise"),
    "assign": Kind(_ALL, "", "somebody deals with it", "assign", "value: who"),
    "label": Kind(_ALL, "", "what it wants, as a person sees it", "label", "value: the intent"),
    "tag": Kind(_ALL, "", "a word to find it by", "tag", "value: the tag"),
    "story_split": Kind(_ALL, "", "it is a story of its own", "story split"),
    "story_join": Kind(_ALL, "", "it is one story with another mention", "story join", "value: the other mention"),
    "person_merge": Kind(
        _ALL, "", "its author has more names", "person merge", "value: the name that stands for all; text: another"
    ),
    "note": Kind(_ALL, "", "a note", "note", "text: the note"),
    "undo": Kind(_ALL, "", "an action is taken back", "undo", "of: the action"),
}

# What is said of stories and people changes nothing about the mention that it is logged with.
ABOUT_STORIES = frozenset({"story_split", "story_join", "person_merge"})
DISMISS_REASONS = ("not-us", "spam", "no-answer-needed", "other")


def possible(state: str) -> tuple[str, ...]:
    """The commands that a mention in this state allows, in the order of the table."""
    return tuple(kind.command for kind in KINDS.values() if kind.command and state in kind.possible)


def require(kind: str, state: str, mention_id: int) -> None:
    """Raise `DeskError`, saying what is possible, where an action is not."""
    if state not in KINDS[kind].possible:
        commands = ", ".join(command for command in possible(state))
        raise DeskError(
            f"mention {mention_id} is {state}: {KINDS[kind].command} is not possible; these are: {commands}"
        )
