"""Markdown (CommonMark), for a chat, a wiki or an issue: foreign text is text there, never markup, link or HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from webwatch.formats import Format, Screen
from webwatch.formats._layout import ItemText, Layout, SectionText, lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webwatch.model import Digest

# What means something inside a line (CommonMark 0.31 §6, and the tables, strikethrough and maths of its dialects), and
# what begins a block where it opens a line.
INLINE = re.compile(r"[\\`*_\[\]<>|~&$#]")
BLOCK = re.compile(r"^(\d{1,9}(?=[.)])|(?=[+=-]))")


def render(digest: Digest, _screen: Screen) -> str:
    """The whole digest, with a heading for each section."""
    return "\n".join(_lines(lay_out(digest))) + "\n"


def _lines(layout: Layout) -> Iterator[str]:
    yield f"# {escaped(layout.dateline)}"
    for sentence in layout.verdict:
        yield ""
        yield f"**{escaped(sentence)}**"
    for section in layout.sections:
        yield ""
        yield from _section(section)
    for remark in layout.remarks:
        yield ""
        yield escaped(remark)
    yield ""
    yield f"{escaped(layout.coverage)}{':' if layout.problems else '.'}"
    if layout.problems:
        yield ""
    for problem in layout.problems:
        yield f"- {escaped(problem)}"


def _section(section: SectionText) -> Iterator[str]:
    yield f"## {escaped(section.heading)}"
    for item in section.items:
        yield ""
        yield from _item(item)
    for number, line in enumerate(section.lines):
        yield from () if number else ("",)
        yield f"- {escaped(line)}"
    if section.more:
        yield ""
        yield escaped(section.more)


def _item(item: ItemText) -> Iterator[str]:
    yield f"### {item.id}: {escaped(item.title)}"
    yield ""
    yield " · ".join(
        filter(None, (f"**{escaped(item.due)}**" if item.due else "", *(escaped(fact) for fact in item.facts)))
    )
    if item.also:
        yield ""
        yield escaped(item.also)
    if item.excerpt:
        yield ""
        yield f"> {escaped(item.excerpt)}"
    if item.url:
        yield ""
        yield f"<{item.link}>" if item.link else escaped(item.url)
    yield ""
    yield " · ".join(filter(None, (escaped(item.why), f"`{item.command}`")))


def escaped(foreign: str) -> str:
    """Foreign text of one line that reads as it is, also where it opens a line."""
    return BLOCK.sub(r"\1\\", INLINE.sub(r"\\\g<0>", foreign))


part = Format(render=render)
