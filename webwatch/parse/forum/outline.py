"""A page's elements and texts as rows in the order of the page, for readers that look at all of them.

A row's descendants follow it, up to its `end`: so what an element holds is a range, and how much text stands in any
range is one subtraction. What is no text of the page (scripts, menus, forms' fields) has no rows.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from webwatch import text
from webwatch.parse.forum import naming

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webwatch.parse._document import Document, Node

MAX_ROWS = 120_000
QUOTE, LINK = 1, 2
TEXT = "-text"

_SILENT = frozenset(
    [
        *("head", "script", "style", "noscript", "template", "select", "textarea", "svg", "iframe", "nav", "object"),
        *("video", "-comment", "_comment", "!doctype", "-doctype"),
    ]
)
_WHOLE = re.compile(r"content|entry|body|message|post(?:text|_)|comment", re.IGNORECASE)  # a post in a blockquote


_NONE: dict[str, str | None] = {}


class Outline:
    """The rows of a page. All lists are by row; a text's row has no attributes, an element's row no text.

    `flags` says within what a row stands (a quotation, a link).
    """

    def __init__(self, document: Document) -> None:
        self.nodes: list[Node] = []
        self.tags: list[str] = []
        self.parents: list[int] = []
        self.texts: list[str] = []
        self.attributes: list[dict[str, str | None]] = []
        self.flags: list[int] = []
        self._aside: dict[int, bool] = {}
        self._fill(document)
        self.ends = self._ends()
        self._before, self._linked = self._lengths()

    def _fill(self, document: Document) -> None:
        root = document.tree.body
        if root is None:
            return
        rows: dict[int, int] = {}
        row = 0
        for node in root.traverse(include_text=True):
            tag = node.tag or ""
            said = ""
            if tag == TEXT:
                said = " ".join((node.text_content or "").split())
                if not said:
                    continue
            elif tag in _SILENT:
                continue
            above = node.parent if row else None
            parent = rows.get(above.mem_id, -1) if above is not None else -1
            if parent < 0 < row:
                continue
            flags = self.flags[parent] if row else 0
            attributes = _NONE
            if not said:
                rows[node.mem_id] = row
                attributes = node.attributes
                flags |= _flags(tag, attributes.get("class"))
            self.nodes.append(node)
            self.tags.append(tag)
            self.parents.append(parent)
            self.texts.append(said)
            self.attributes.append(attributes)
            self.flags.append(flags)
            row += 1
            if row >= MAX_ROWS:
                return

    def _ends(self) -> list[int]:
        ends = [row + 1 for row in range(len(self.nodes))]
        for row in range(len(ends) - 1, 0, -1):
            parent = self.parents[row]
            ends[parent] = max(ends[parent], ends[row])
        return ends

    def _lengths(self) -> tuple[list[int], list[int]]:
        before, linked = [0], [0]
        for said, flags in zip(self.texts, self.flags, strict=True):
            length = len(said)
            before.append(before[-1] + length)
            linked.append(linked[-1] + (length if flags & LINK else 0))
        return before, linked

    def __len__(self) -> int:
        return len(self.nodes)

    def length(self, start: int, end: int) -> int:
        """How many characters stand in these rows."""
        return self._before[end] - self._before[start]

    def linked(self, start: int, end: int) -> int:
        """How many of them are links' text."""
        return self._linked[end] - self._linked[start]

    def said(self, start: int, end: int, most: int = 200) -> str:
        """The text of these rows on one line, cut at `most` characters."""
        pieces: list[str] = []
        length = 0
        for row in range(start, end):
            if self.texts[row]:
                pieces.append(self.texts[row])
                length += len(self.texts[row])
                if length > most:
                    break
        return text.line(" ".join(pieces))[:most]

    def within(self, row: int) -> str:
        """The text of one row and all that it holds."""
        return self.texts[row] or self.said(row, self.ends[row])

    def get(self, row: int, name: str) -> str:
        """An attribute; "" where there is none."""
        return self.attributes[row].get(name) or ""

    def words(self, row: int) -> tuple[str, ...]:
        """The names in the class of an element, without the numbers in them."""
        return in_class(self.attributes[row].get("class") or "") if self.attributes[row] else ()

    def is_aside(self, row: int) -> bool:
        """Whether a row stands in what is called a sidebar, a widget or the like, and is not most of the page."""
        passed: list[int] = []
        while row >= 0 and row not in self._aside:
            passed.append(row)
            if self._is_called_aside(row):
                self._aside[row] = self.length(row, self.ends[row]) < 0.5 * self.length(0, len(self))
            row = self.parents[row] if row not in self._aside else row
        answer = self._aside.get(row, False)
        self._aside.update(dict.fromkeys(passed, answer))
        return answer

    def _is_called_aside(self, row: int) -> bool:
        called = {piece for word in (*self.words(row), self.get(row, "id")) for piece in parts(word)}
        return self.tags[row] == "aside" or (not naming.ASIDE.isdisjoint(called) and naming.BUT.isdisjoint(called))

    def element(self, row: int) -> int:
        """The element itself, or that of a text."""
        return self.parents[row] if self.tags[row] == TEXT else row

    def above(self, row: int, most: int = 40) -> Iterator[int]:
        """The elements that hold a row, from the inside out."""
        for _ in range(most):
            row = self.parents[row]
            if row < 0:
                return
            yield row

    def children(self, row: int) -> Iterator[int]:
        """The rows right below an element."""
        child = row + 1
        while child < self.ends[row]:
            yield child
            child = self.ends[child]


@lru_cache(maxsize=4096)
def in_class(classes: str) -> tuple[str, ...]:
    """`post post-12 isOdd` → `post`, `isOdd`: each name once, without numbers."""
    found = (re.sub(r"[-_]*\d+", "", name).strip("-_") for name in classes[:300].split()[:12])
    return tuple(dict.fromkeys(name for name in found if name))


@lru_cache(maxsize=4096)
def parts(name: str) -> frozenset[str]:
    """The words that a class, an id or a property is made of: `postAuthorName` → post, author, name, and itself."""
    split = re.split(r"[^a-z]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name[:200]).lower())
    return frozenset(word for word in (*split, re.sub(r"[^a-z]", "", name.lower())) if word)


@lru_cache(maxsize=4096)
def _flags(tag: str, named: str | None) -> int:
    flags = LINK if tag == "a" else 0
    if not named:
        return flags | (QUOTE if tag in {"blockquote", "q"} else 0)
    if tag == "blockquote" and _WHOLE.search(named):
        return flags
    is_quote = tag == "blockquote" or any(re.sub(r"[-_]", "", word.lower()) in naming.QUOTE for word in in_class(named))
    return flags | (QUOTE if is_quote else 0)


_MADE: WeakKeyDictionary[Document, Outline] = WeakKeyDictionary()


def of(document: Document) -> Outline:
    """The rows of a page, made once for all readers of it: none of them changes the tree."""
    if document not in _MADE:
        _MADE[document] = Outline(document)
    return _MADE[document]
