"""For a terminal: a heading for each section, numbered items under it, addresses folded and never cut.

Foreign text reaches rich only as `Text`, never as markup, and cleaned: rich lets escape sequences pass, and some
unassigned characters make it fail. Lines are wrapped here and not by a rich table, which would pad them with spaces.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from webwatch.formats import Format, Screen
from webwatch.formats._layout import ItemText, Layout, SectionText, lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webwatch.model import Digest

    # A paragraph of the page, and what stands in the margin beside its first line.
    Block = tuple[Text, Text]

NARROWEST, WIDEST = 20, 120
URGENCY = {
    "promises_past": "bold red",
    "we_went_silent": "bold red",
    "they_wrote_again": "bold red",
    "overdue": "bold red",
    "due_today": "bold yellow",
}
CALM = "bold"
BLANK = (Text(), Text())


def render(digest: Digest, screen: Screen) -> str:
    """The whole digest, as wide as the screen (20 to 120 cells); without colour there is not one escape sequence."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=min(max(screen.width, NARROWEST), WIDEST),
        color_system="standard" if screen.colour else None,
        force_terminal=screen.colour,
        force_jupyter=False,
        legacy_windows=False,
        highlight=False,
        _environ={},
    )
    for margin, paragraph in _blocks(lay_out(digest)):
        _print(console, margin, paragraph)
    return out.getvalue()


def _print(console: Console, margin: Text, paragraph: Text) -> None:
    """The paragraph wrapped beside its margin; what is too long for a line is folded."""
    for line in paragraph.wrap(console, console.width - margin.cell_len, overflow="fold") or [paragraph]:
        line.rstrip()
        console.print(Text.assemble(margin, line) if line else line, soft_wrap=True)
        margin = Text(" " * margin.cell_len)


def _blocks(layout: Layout) -> Iterator[Block]:
    none = Text()
    for sentence in layout.verdict:
        yield none, Text(sentence, "bold")
    yield none, Text(layout.dateline, "dim")
    id_width = max((len(str(item.id)) for section in layout.sections for item in section.items), default=0)
    for section in layout.sections:
        yield BLANK
        yield from _section(section, id_width)
    yield BLANK
    for remark in layout.remarks:
        yield none, Text(remark, "dim")
    yield none, Text(f"{layout.coverage}{':' if layout.problems else '.'}", "yellow" if layout.problems else "dim")
    for problem in layout.problems:
        yield Text("  - "), Text(problem)


def _section(section: SectionText, id_width: int) -> Iterator[Block]:
    urgency = URGENCY.get(section.name, CALM)
    yield Text(), Text(section.heading, urgency)
    for number, item in enumerate(section.items):
        if number:
            yield BLANK
        yield from _item(item, urgency, id_width)
    for line in section.lines:
        yield Text("  - "), Text(line)
    if section.more:
        yield BLANK
        yield Text(), Text(section.more, "dim")


def _item(item: ItemText, urgency: str, id_width: int) -> Iterator[Block]:
    indent = Text(" " * (id_width + 2))
    facts = [Text(item.due, urgency)] if item.due else []
    facts += [Text(fact, "dim") for fact in item.facts]
    yield Text(f"{item.id:>{id_width}}  ", "bold cyan"), Text(item.title, "bold")
    yield indent, Text(" · ").join(facts)
    if item.also:
        yield indent, Text(item.also, "yellow")
    if item.excerpt:
        yield indent, _excerpt(item)
    if item.url:
        yield indent, Text(item.url, "cyan")
    yield indent, Text(" · ".join(filter(None, (item.why, item.command))), "dim")


def _excerpt(item: ItemText) -> Text:
    """The excerpt with the words that name us underlined."""
    line = Text(item.excerpt)
    start = item.excerpt.find(item.named) if item.named else -1
    if start >= 0:
        line.stylize("underline", start, start + len(item.named))
    return line


part = Format(render=render)
