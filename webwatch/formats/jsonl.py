"""One item a line (https://jsonlines.org), each the `webwatch.digest/1` item with its section; items only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch.formats import Format, Screen
from webwatch.formats._json import encode
from webwatch.formats._mention import mention_object

if TYPE_CHECKING:
    from webwatch.model import Digest


def render(digest: Digest, _screen: Screen) -> str:
    """A line for each item in rank order; nothing at all when there are no items."""
    return "".join(
        f"{encode({'section': section.name, **mention_object(ranked)})}\n"
        for section in digest.sections
        for ranked in section.items
    )


part = Format(render=render)
