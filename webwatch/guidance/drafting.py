"""A draft: the template of an intent, in the language of the mention, signed by a person, with blanks to fill in."""

from __future__ import annotations

import re
from typing import NamedTuple

from webwatch import text
from webwatch.errors import UsageError
from webwatch.guidance import blanks, pages, personal, templates, tone
from webwatch.guidance.about import INTENTS, About
from webwatch.model import AnswerPage  # noqa: TC001 - a real type here, as in the model

KINDS = ("ack", "reply", "outcome")
_LONGEST_NAME = 60
_NOBODY = frozenset({"anonymous", "anoniem", "guest", "gast", "unknown", "onbekend", "admin", "deleted user", "user"})
_MACHINES = frozenset({"root", "admin", "administrator", "webwatch", "www-data", "nobody", "daemon", "user", "ubuntu"})
_HINTS = {
    "complaint": ("facts", "name", "mail", "when", "ending"),
    "question": ("page", "facts", "name", "mail"),
    "suggestion": ("decide", "name", "when", "ending"),
    "compliment": ("thank", "name", "no_apology"),
    "other": ("facts", "name", "mail", "when"),
}


class Draft(NamedTuple):
    """A text to fill in. `blanks` are its `[…]`, `pages` the answer pages that it names, `hints` what to think of."""

    text: str
    language: str
    intent: str
    kind: str
    blanks: tuple[str, ...]
    pages: tuple[AnswerPage, ...]
    hints: tuple[str, ...]


def compose(about: About, kind: str = "reply", *, intent: str = "", by: str = "") -> Draft:
    """A draft of this kind, as `by` would sign it; raises `UsageError` where the template of `intent` does not fit."""
    chosen = fitting(about.intent, intent)
    language = language_of(about)
    words = templates.load(language)
    linked = pages.tied(about.said, about.pages) if chosen != "compliment" and kind != "outcome" else ()
    name = _customer(about.author)
    paragraphs = [
        words.greeting.format(name=name) if name else words.greeting_nobody,
        words.bodies[chosen][kind],
        *(words.page.format(url=page.url) for page in linked),
        f"{words.closing}\n{first_name(by) or words.own_name}",
    ]
    draft = "\n\n".join(paragraphs)
    return Draft(
        text=draft,
        language=language,
        intent=chosen,
        kind=kind,
        blanks=blanks_of(draft),
        pages=linked,
        hints=hints(chosen, about.told_in),
    )


def blanks_of(draft: str) -> tuple[str, ...]:
    """What is left to fill in, each once."""
    return tuple(dict.fromkeys(draft[start:end] for start, end in blanks.find(draft)))


def fitting(known: str, wanted: str) -> str:
    """The intent whose template is used: as wanted, where it fits what the mention is known to be.

    Its own template fits each intent, the neutral one of `other` all of them.
    """
    if wanted and wanted not in INTENTS:
        raise UsageError(f"{wanted!r} is no intent; these are: {', '.join(INTENTS)}")
    if not wanted or wanted == known:
        return known or "other"
    if known in {"", "other"} or wanted == "other":
        return wanted
    raise UsageError(
        f"the template of a {wanted} does not fit a {known}; these do: {known}, other "
        f"(if it is a {wanted} after all, label it first: webwatch label ID {wanted})"
    )


def hints(intent: str, language: str) -> tuple[str, ...]:
    """What to think of when answering such a mention, in the owner's language."""
    words = templates.load(language if language in templates.codes() else "en")
    return tuple(words.hints[name] for name in _HINTS[intent or "other"])


def language_of(about: About) -> str:
    """The mention's language, by what it says it is, else by its words, else the owner's; one that has templates."""
    codes = templates.codes()
    said_to_be = (about.language or "").partition("-")[0].lower()
    if said_to_be in codes:
        return said_to_be
    guessed = "" if said_to_be else tone.language(about.said)
    return next(code for code in (guessed, about.told_in, "en") if code in codes)


def first_name(name: str) -> str:
    """The first name of a person, or of a login that looks like one; "" where it is nobody's."""
    words = text.line(name)[:_LONGEST_NAME].split()
    if not words or words[0].casefold() in _MACHINES:
        return ""
    first = words[0].rstrip(",")
    if len(words) == 1:
        first = re.split(r"[._@\d]", first)[0]
    elif first.endswith("."):
        first = " ".join(words)
    return first[:1].upper() + first[1:]


def _customer(author: str) -> str:
    """The name to greet; "" where it is none, or one that should not be repeated (a mail address)."""
    name = text.line(author)
    is_name = 0 < len(name) <= _LONGEST_NAME and any(letter.isalpha() for letter in name)
    if not is_name or text.fold(name) in _NOBODY or "[" in name or personal.find(name, ()):
        return ""
    return name
