"""What the parts of the guidance tell each other: what is known of a mention, and what was found in a text."""

from __future__ import annotations

from typing import NamedTuple

from webwatch.model import AnswerPage  # noqa: TC001 - a real type here, as in the model

INTENTS = ("complaint", "question", "suggestion", "compliment", "other")


class About(NamedTuple):
    """What is known of the mention that is answered; empty where nothing is.

    `language` is the mention's, `told_in` the owner's. `said` is its title and text; `pages` the answer pages of the
    configuration, `ours` what we wrote in its thread so far, oldest first. `business` and `domains` are our own.
    """

    intent: str = ""
    language: str | None = None
    told_in: str = "en"
    author: str = ""
    said: str = ""
    pages: tuple[AnswerPage, ...] = ()
    ours: tuple[str, ...] = ()
    business: str = ""
    domains: tuple[str, ...] = ()


class Remark(NamedTuple):
    """One thing in a text that is worth a second look. `line` and `column` count from 1."""

    rule: str
    line: int
    column: int
    words: str
    reason: str
    advice: str


class Found(NamedTuple):
    """Where a rule found something: `text[start:end]`."""

    rule: str
    start: int
    end: int
