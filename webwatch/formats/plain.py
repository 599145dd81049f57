"""Plain text, as cron mails it: at most 78 columns, our own punctuation in ASCII, every address whole on its line."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from webwatch.formats import Format, Screen
from webwatch.formats._layout import ItemText, Layout, SectionText, lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webwatch.model import Digest

WIDTH = 78
INDENT = "    "
ASCII = str.maketrans({
    "…": "...", "–": "-", "—": "-", "‐": "-", "‑": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "„": '"', "•": "*",
})  # fmt: skip


def render(digest: Digest, _screen: Screen) -> str:
    """The whole digest; the width of the screen does not matter, because nobody knows the reader's."""
    return plain_text(lay_out(digest))


def plain_text(layout: Layout) -> str:
    """The plain text of a digest that is laid out already."""
    return "\n".join(_lines(layout)) + "\n"


def _lines(layout: Layout) -> Iterator[str]:
    for sentence in (*layout.verdict, layout.dateline):
        yield from _wrapped(sentence)
    for section in layout.sections:
        yield ""
        yield from _section(section)
    yield ""
    for remark in layout.remarks:
        yield from _wrapped(remark)
    yield from _wrapped(f"{layout.coverage}{':' if layout.problems else '.'}")
    for problem in layout.problems:
        yield from _wrapped(problem, first="  - ", rest="    ")


def _section(section: SectionText) -> Iterator[str]:
    yield from _wrapped(section.heading.upper())
    for item in section.items:
        yield ""
        yield from _item(item)
    for line in section.lines:
        yield from _wrapped(line, first="  - ", rest="    ")
    if section.more:
        yield ""
        yield from _wrapped(section.more)


def _item(item: ItemText) -> Iterator[str]:
    yield from _wrapped(item.title, first=f"{item.id:<3} ", rest=INDENT)
    yield from _wrapped(" | ".join(filter(None, (item.due, *item.facts))), first=INDENT, rest=INDENT)
    if item.also:
        yield from _wrapped(item.also, first=INDENT, rest=INDENT)
    if item.excerpt:
        yield from _wrapped(item.excerpt, first=INDENT, rest=INDENT)
    if item.url:
        yield f"{INDENT}{item.url}"
    yield from _wrapped(" | ".join(filter(None, (item.why, item.command))), first=INDENT, rest=INDENT)


def _wrapped(paragraph: str, first: str = "", rest: str = "") -> list[str]:
    """Lines of at most 78 characters; only what has no space in it, such as an address, may be longer."""
    return textwrap.wrap(
        paragraph.translate(ASCII),
        width=WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


part = Format(render=render)
