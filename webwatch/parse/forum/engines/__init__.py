"""Forum engines, one file each: which program made a page, and how its posts are read.

An engine rests on what the program itself writes (ids, `data-` attributes, addresses, microdata), not on the class
names of one skin, and has a second way where the first finds nothing. docs/forums.md says for each how it is
recognised, what is read, and what is known not to work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from webwatch import registry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from webwatch.parse._document import Document
    from webwatch.parse.forum.post import Reading


class Engine(NamedTuple):
    """A forum program.

    `marks` are strings of which one in `Document.edges` is proof; `recognises` looks closer where none stands there.
    `read` gives the posts of a thread, or the threads of a board; nothing of both where it cannot tell. It raises
    nothing but `ParseError`.
    """

    marks: tuple[str, ...]
    recognises: Callable[[Document], bool]
    read: Callable[[Document], Reading]


def load(name: str) -> Engine:
    """The engine with this name; raises `LookupError` where there is none."""
    engine: Engine = registry.load(__name__, name)
    return engine


def names() -> tuple[str, ...]:
    """The names of all engines, sorted."""
    return registry.names(__name__)


def candidates(document: Document) -> Iterator[str]:
    """The names of the engines that may have made the page, the likeliest first: by a mark, then by a closer look.

    A page may name another program than its own: whoever reads on until one finds something is not misled.
    """
    marked = set()
    for name in names():
        if any(mark in document.edges for mark in load(name).marks):
            marked.add(name)
            yield name
    yield from (name for name in names() if name not in marked and load(name).recognises(document))


def recognised(document: Document) -> str:
    """The name of the engine that made the page; "" where none is known."""
    return next(candidates(document), "")
