"""Digest → text, one file for each output format: `--format json` is `formats/json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from webwatch import registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from webwatch.model import Digest


class Screen(NamedTuple):
    """What the text will be shown on: its width in cells, and whether colours may be used."""

    width: int = 80
    colour: bool = False


class Format(NamedTuple):
    """An output format: the whole text, ending in a newline."""

    render: Callable[[Digest, Screen], str]


def load(name: str) -> Format:
    """The format of this name; raises `LookupError` where there is none."""
    format_: Format = registry.load(__name__, name)
    return format_


def names() -> tuple[str, ...]:
    """The names of all formats, sorted."""
    return registry.names(__name__)
