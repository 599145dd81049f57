"""Posts found on forum pages, against the posts that a person saw there.

The pages are those of tests/fixtures/forum; what a person saw stands beside each. They are read twice: as they are, and
as if no engine knew them, which is how the pages of a program that nobody has heard of are read.

    python -m tests.quality.forum FOLDER [--without-engines]

measures any other folder that holds pages and `<page>.expected.json` beside them, and prints what is wrong where.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from tests.test_forum import FIXTURES, NOW, ZONE, address, expectation, pages_in
from webwatch import permalinks
from webwatch.errors import ParseError
from webwatch.formats.json import read_object
from webwatch.model import Context, Page, Source
from webwatch.parse import forum
from webwatch.parse._document import Document
from webwatch.parse.forum import entries, general, structured

SAME_POST = 0.6  # share of the words that two texts have in common
SAME_TEXT = 0.95

Told = dict[str, Any]


class Tally(NamedTuple):
    """Sums over pages: posts that are there, that were found, found truly, and right in each respect."""

    there: int = 0
    found: int = 0
    true: int = 0
    author: int = 0
    permalink: int = 0
    date: int = 0
    text: int = 0


def as_it_is() -> dict[str, float]:
    """With everything that webwatch has."""
    return measure(FIXTURES, read_all)


def without_engines() -> dict[str, float]:
    """By structured data and the general reader alone."""
    return measure(FIXTURES, read_without_engines, suffix=".html")


def measure(folder: Path, read, complain=lambda _line: None, suffix: str = "") -> dict[str, float]:
    """The figures over every page of a thread in a folder; `complain` hears what is wrong."""
    total = Tally()
    for path in pages_in(folder):
        truth = (
            json.loads(expectation(path).read_text("utf-8")).get("entries", []) if path.name.endswith(suffix) else []
        )
        if truth:
            faults: list[str] = []
            tally = compare(truth, read(path), faults)
            total = Tally(*map(sum, zip(total, tally, strict=True)))
            for fault in faults:
                complain(f"{path.parent.name}/{path.name}: {fault}")
    return {
        "found": total.true / total.there,
        "genuine": total.true / max(total.found, 1),
        **{name: getattr(total, name) / max(total.true, 1) for name in ("author", "permalink", "date", "text")},
    }


def compare(truth: list[Told], found: list[Told], faults: list[str]) -> Tally:
    """The posts found beside the posts that are there; what is missing, invented or wrong goes to `faults`."""
    left = list(found)
    right: Counter[str] = Counter()
    for post in truth:
        other = _same_post(post, left)
        if other is None:
            faults.append(f"missed {_name(post)}")
            continue
        left.remove(other)
        right["true"] += 1
        for respect, is_right in _respects(post, other).items():
            right[respect] += is_right
            if not is_right:
                faults.append(f"{respect} of {_name(post)}: {_told(other, respect)!r}, not {_told(post, respect)!r}")
    faults.extend(f"invented {_name(post)}" for post in left)
    return Tally(there=len(truth), found=len(found), **right)


def _same_post(post: Told, among: list[Told]) -> Told | None:
    """The one that says the same, best of the same author; else None."""
    scored = [(_overlap(post, other), _get(post, "author") == _get(other, "author"), -index, other)
              for index, other in enumerate(among)]  # fmt: skip
    best = max(scored, default=None, key=lambda score: score[:3])
    return best[3] if best and best[0] >= SAME_POST else None


def _overlap(one: Told, other: Told) -> float:
    """Twice the words in common, by all the words; quotes count, which a reader may have taken for text."""
    first, second = (Counter(_get(post, "text").split()) for post in (one, other))
    if not first and not second:
        return 1.0
    return 2 * (first & second).total() / (first.total() + second.total())


def _respects(post: Told, other: Told) -> dict[str, bool]:
    return {
        "author": _get(post, "author").casefold() == _get(other, "author").casefold(),
        "permalink": _place(_get(post, "url")) == _place(_get(other, "url")),
        "date": post.get("published") == other.get("published"),
        "text": _overlap(post, other) >= SAME_TEXT,
    }


def _told(post: Told, respect: str) -> str:
    return _get(post, {"permalink": "url", "date": "published"}.get(respect, respect))[:200]


def _place(url: str) -> str:
    return permalinks.of(url).post or url


def _get(post: Told, name: str) -> str:
    return post.get(name) or ""


def _name(post: Told) -> str:
    return f"#{post.get('position', '?')} by {_get(post, 'author')} ({_get(post, 'text')[:40]!r})"


def read_all(path: Path) -> list[Told]:
    """The posts as `webwatch read` gives them."""
    page = Page(url=address(path), body=path.read_bytes())
    try:
        return read_object(forum.parse(page, _context(page)), page.url, "forum")["entries"]
    except ParseError:
        return []


def read_without_engines(path: Path) -> list[Told]:
    """The posts as the readers find them that know no engine."""
    page = Page(url=address(path), body=path.read_bytes())
    document = Document(page)
    for reader in (structured, general):
        reading = reader.read(document, _context(page))
        if reading.posts:
            found = entries.of(reading, reading.thread, document, _context(page), document.language)
            return [{"author": entry.author, "url": entry.url, "text": entry.text, "position": entry.position,
                     "published": entry.published and entry.published.isoformat().replace("+00:00", "Z")}
                    for entry in found]  # fmt: skip
    return []


def _context(page: Page) -> Context:
    return Context(source=Source(name="measured", url=page.url, kind="forum"), now=NOW, zone=ZONE)


if __name__ == "__main__":
    reader = read_without_engines if "--without-engines" in sys.argv else read_all
    folders = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("--")]
    for name, figure in measure(folders[0] if folders else FIXTURES, reader, print).items():
        print(f"{name:<12} {figure:7.4f}")
