"""What a person may start an answer from: one file a language, one template for each intent and kind of answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from webwatch import registry

if TYPE_CHECKING:
    from collections.abc import Mapping


class Templates(NamedTuple):
    """The templates of a language. What stands in `[…]` is for the person to fill in.

    `greeting` names the customer as {name}, `greeting_nobody` is for who gave none. `page` gives an answer page as
    {url}. `closing` stands above the name, for which `own_name` is the blank. `bodies` go by intent, then by kind
    (`ack`, `reply`, `outcome`); `hints` are what to think of, by name.
    """

    greeting: str
    greeting_nobody: str
    page: str
    closing: str
    own_name: str
    bodies: Mapping[str, Mapping[str, str]]
    hints: Mapping[str, str]


def load(code: str) -> Templates:
    """The templates of a language; raises `LookupError` where it has none."""
    templates: Templates = registry.load(__name__, code)
    return templates


def codes() -> tuple[str, ...]:
    """The languages that a draft can be in."""
    return registry.names(__name__)
