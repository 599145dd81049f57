"""The repeated block: dates that are written alike, and what belongs to each of them.

The dates of posts are of one kind (the same class, or the same way down to them). Around each stands its post: an
element of a kind of which every such date has one of its own; or, where the page only lines things up, whatever stands
from one date to the next.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import pairwise
from math import log2
from typing import TYPE_CHECKING, NamedTuple

from webwatch.parse.forum import naming
from webwatch.parse.forum.outline import parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from webwatch.parse.forum.outline import Outline
    from webwatch.parse.forum.stamps import Stamp

_MAX_GROUPS = 60
_MAX_CLIMB = 14
_FEWEST_CHARACTERS = 8
_BESIDE_THE_TEXT = 20
_COVERED = 0.7
_LINED_UP = 0.75  # how much less blocks are worth that no element holds together


class Block(NamedTuple):
    """Rows that belong to one date, without the rows of other blocks in them (answers below an answer)."""

    start: int
    end: int
    stamp: Stamp | None
    holes: tuple[tuple[int, int], ...] = ()

    def rows(self) -> Iterator[int]:
        """Its own rows, in their order."""
        row = self.start
        for start, end in self.holes:
            yield from range(row, start)
            row = end
        yield from range(row, self.end)


def groups(outline: Outline, stamps: Sequence[Stamp]) -> list[list[Stamp]]:
    """The dates that are written alike, by each way in which they can be alike; the largest groups first."""
    alike: defaultdict[tuple[str, ...], list[Stamp]] = defaultdict(list)
    for stamp in stamps:
        for key in _kinds(outline, stamp):
            alike[key].append(stamp)
    different = {tuple(stamp.row for stamp in group): group for group in alike.values()}
    return sorted(different.values(), key=len, reverse=True)[:_MAX_GROUPS]


def _kinds(outline: Outline, stamp: Stamp) -> Iterator[tuple[str, ...]]:
    row = outline.element(stamp.row)
    parent = max(outline.parents[row], 0)
    clock = "clock" if stamp.has_clock else "day"
    for word in outline.words(row):
        yield ("word", word)
    for word in outline.words(parent):
        yield ("in", word, outline.tags[row])
    tag, above, further = outline.tags[row], outline.tags[parent], outline.tags[max(outline.parents[parent], 0)]
    yield ("classes", tag, *outline.words(row), above, *outline.words(parent))
    yield ("tags", clock, tag, above, further)
    yield ("tag", clock, tag)


def around(outline: Outline, group: Sequence[Stamp]) -> tuple[list[Block], float]:
    """The blocks around these dates that hold most of the page's text, and how much that is."""
    if len(group) == 1:
        return _alone(outline, group[0])
    best: list[Block] = []
    most = 0.0
    for blocks, trust in _ways(outline, group):
        worth = trust * sum(log2(1 + max(0, plain(outline, block) - _BESIDE_THE_TEXT)) for block in blocks)
        if worth > most:
            best, most = blocks, worth
    return best, most


def _alone(outline: Outline, stamp: Stamp) -> tuple[list[Block], float]:
    """The outermost element around a single date that is called a post."""
    block = None
    for row in outline.above(outline.ends[stamp.row] - 1):
        called = {piece for word in (*outline.words(row), outline.get(row, "id")) for piece in parts(word)}
        if outline.tags[row] != "body" and not called.isdisjoint(naming.SINGLE):
            block = Block(row, outline.ends[row], stamp)
    return ([block], log2(1 + max(0, plain(outline, block) - _BESIDE_THE_TEXT))) if block else ([], 0.0)


def plain(outline: Outline, block: Block) -> int:
    """How much text a block holds that is no link, and not its date."""
    length = outline.length(block.start, block.end) - outline.linked(block.start, block.end)
    for start, end in block.holes:
        length -= outline.length(start, end) - outline.linked(start, end)
    return length - (outline.length(block.stamp.row, outline.ends[block.stamp.row]) if block.stamp else 0)


def _ways(outline: Outline, group: Sequence[Stamp]) -> Iterator[tuple[list[Block], float]]:
    """The different ways to draw the blocks around these dates, the outermost first, and how far to trust each."""
    seen: set[tuple[int, ...]] = set()
    parent, children = _lined_up(outline, group)
    if children:
        seen.add(tuple(children))
        yield cut(outline, list(children), list(children.values())), 1.0
    for rows, stamps in _elements(outline, group):
        if tuple(rows) not in seen:
            seen.add(tuple(rows))
            yield cut(outline, rows, stamps), 1.0
    if len(children) > 1:
        yield _segments(outline, parent, children), _LINED_UP


def _elements(outline: Outline, group: Sequence[Stamp]) -> list[tuple[list[int], list[Stamp]]]:
    """Kinds of elements of which the dates have one each; of a kind the nearest around a date is its own."""
    nearest: defaultdict[tuple[str, str], dict[int, Stamp]] = defaultdict(dict)
    reached: defaultdict[tuple[str, str], int] = defaultdict(int)
    height: defaultdict[tuple[str, str], int] = defaultdict(int)
    for stamp in group:
        passed: set[tuple[str, str]] = set()
        for level, row in enumerate(outline.above(outline.ends[stamp.row] - 1, _MAX_CLIMB)):
            for kind in _signs(outline, row):
                if kind not in passed:
                    passed.add(kind)
                    reached[kind] += 1
                    height[kind] += level
                    nearest[kind].setdefault(row, stamp)
    enough = _COVERED * len(group)
    kinds = [kind for kind, count in reached.items() if count >= enough and len(nearest[kind]) >= max(2.0, count / 2)]
    kinds.sort(key=lambda kind: (-len(nearest[kind]), -height[kind] / reached[kind]))
    found = []
    for kind in kinds[:40]:
        rows = sorted(nearest[kind])
        found.append((rows, [nearest[kind][row] for row in rows]))
    return found


def _signs(outline: Outline, row: int) -> Iterator[tuple[str, str]]:
    tag = outline.tags[row]
    yield (tag, "")
    for word in outline.words(row)[:4]:
        yield (tag, word)
    own = outline.get(row, "id")
    if own[-1:].isdigit():
        yield (tag, f"#{own.rstrip('0123456789')[:40]}")


def _lined_up(outline: Outline, group: Sequence[Stamp]) -> tuple[int, dict[int, Stamp]]:
    """The element most of whose children hold one of the dates, and those children, each with its first date."""
    below: defaultdict[int, dict[int, Stamp]] = defaultdict(dict)
    for stamp in group:
        child = stamp.row
        for row in outline.above(child, _MAX_CLIMB * 2):
            below[row].setdefault(child, stamp)
            child = row
    parent = max(below, key=lambda row: (len(below[row]), row), default=0)
    children = below.get(parent, {})
    return parent, children if len(children) >= _COVERED * len(group) and len(children) > 1 else {}


def cut(
    outline: Outline, rows: Sequence[int], stamps: Sequence[Stamp | None], drawn: Sequence[Block] = ()
) -> list[Block]:
    """A block for each element (or for each of the blocks `drawn`), without the blocks in it."""
    ends = [block.end for block in drawn] or [outline.ends[row] for row in rows]
    holes: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    around: list[int] = []
    for index, row in enumerate(rows):
        while around and ends[around[-1]] <= row:
            around.pop()
        if around:
            holes[around[-1]].append((row, min(ends[index], ends[around[-1]])))
        around.append(index)
    return [Block(row, ends[index], stamps[index], tuple(holes.get(index, ()))) for index, row in enumerate(rows)]


def _segments(outline: Outline, parent: int, children: dict[int, Stamp]) -> list[Block]:
    """What stands from each of these children to the next; or up to each, where nothing follows the last."""
    starts = sorted(children)
    siblings = list(outline.children(parent))
    at = [bisect_left(siblings, start) for start in starts]
    step = sorted(second - first for first, second in pairwise(at))[(len(at) - 1) // 2]
    edges = [*siblings, outline.ends[parent]]
    after = outline.length(outline.ends[starts[-1]], edges[min(at[-1] + step, len(siblings))])
    if after >= _FEWEST_CHARACTERS:
        ends = [edges[index] for index in [*at[1:], min(at[-1] + step, len(siblings))]]
        return [Block(start, end, children[start]) for start, end in zip(starts, ends, strict=True)]
    firsts = [max(0, at[0] - step + 1), *(index + 1 for index in at[:-1])]
    return [
        Block(edges[first], outline.ends[start], children[start]) for first, start in zip(firsts, starts, strict=True)
    ]
