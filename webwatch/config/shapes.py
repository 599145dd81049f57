"""What a setting can look like, as data: a single value, one of several words, a list, or a section of settings.

`decode` reads nodes by these shapes, `describe` turns them into a JSON Schema; the table itself is `schema`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class Value(NamedTuple):
    """A single value. `read` gets the text as typed, stripped and not empty.

    It raises `ValueError(problem)` with what follows the text in a sentence ("is not a number"), or
    `ValueError(problem, detail)` where the detail, which follows at once, repeats part of the text and is left out
    where that holds a secret.
    """

    read: Callable[[str], Any]
    schema: Mapping[str, Any]


class Choice(NamedTuple):
    """One of several words, in any case. `also` maps words that people use instead to the one they mean."""

    words: Callable[[], tuple[str, ...]]
    also: Mapping[str, str] = {}


class ListOf(NamedTuple):
    """A list, decoded to a tuple. A single value stands for a list of one, except where the items are sections.

    `unique` names the attributes in which no two items may agree, each with what makes two spellings the same.
    """

    item: Shape
    at_least: int = 0
    unique: Mapping[str, Callable[[str], str]] = {}


class Derived(NamedTuple):
    """A default that is made out of another setting's text, as typed."""

    setting: str
    derive: Callable[[str], str]


class Setting(NamedTuple):
    """A key of a section. The default is written as in the file; None: there is none, and the value is None."""

    shape: Shape
    default: str | tuple[str, ...] | Derived | None
    help: str
    required: bool = False


class Section(NamedTuple):
    """Settings by key. `bare` names the setting that a single value in place of the section stands for.

    `faults` gets the values, None where one is wrong, and gives (key, problem) for those that do not go together;
    `make` builds the result from all values.
    """

    settings: Mapping[str, Setting]
    make: Callable[[dict[str, Any]], Any]
    faults: Callable[[Mapping[str, Any]], Iterable[tuple[str, str]]] = lambda _: ()
    bare: str = ""


Shape = Value | Choice | ListOf | Section
