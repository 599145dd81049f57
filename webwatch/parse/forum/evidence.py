"""What speaks for repeated blocks being posts, and what against it: a few named terms, added up.

Posts have authors, dates in order, ids or permalinks on this page, and things to do with them. A list of threads, of
news or of products leads away from the page, has prices, or stands beside the page's matter.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from webwatch import permalinks
from webwatch.parse.forum import naming
from webwatch.parse.forum.blocks import plain
from webwatch.parse.forum.outline import QUOTE, Outline, parts
from webwatch.parse.forum.parts import PERMALINK, POST_PATH, is_deed, is_profile
from webwatch.parse.forum.stamps import is_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from webwatch.parse._document import Document
    from webwatch.parse.forum.blocks import Block
    from webwatch.parse.forum.parts import Name

ENOUGH = 8.0
SURE = 9.0
ENOUGH_OF_TWO = 8.5
ENOUGH_OF_ONE = 9.5

_WORDS = re.compile(
    r"^(?:reply|quote|report|like|citeer|citeren|quoten|quote deze|antwoord(?:en)?|reageer|reageren|meld(?:en)?"
    r"|zitieren|zitat"
    r"|antworten|gefällt mir|citer|répondre|signaler|permalink|share|edit|profile|profil|profiel|pm|top|up"
    r"|nach oben|omhoog"
    r"|flag|link|vastaa|lainaa|ilmoita|helpful|vote)\b",
    re.IGNORECASE,
)
_PART_OF_A_POST = re.compile(
    r"(?:post|comment|message|msg|review)[-_]?(?:body|text|content|author|details|date|info|header)s?$", re.IGNORECASE
)
_PRICE = re.compile(
    r"(?:€|\$|£|EUR)\s?\d{1,5}(?:[.,]\d\d|,-)|\d[.,]\d\d\s?(?:€|EUR)"
    r"|in winkel|add to (?:cart|basket)|warenkorb|au panier",
    re.IGNORECASE,
)
_POST_ID = re.compile(
    r"(?:p|c|m|pid|post|msg|message|comment|reply|reactie|bericht|beitrag)[-_]?(\d{3,})", re.IGNORECASE
)
_FEW = 12
_SOME = 8


def sample(found: Sequence[Block]) -> Sequence[Block]:
    """A few of many blocks, from the first to the last: enough to tell what they are."""
    return found[:: max(1, -(-len(found) // _FEW))]


def weighed(
    outline: Outline,
    document: Document,
    found: Sequence[Block],
    few: Sequence[Block],
    names: Sequence[Name],
    links: Sequence[str],
) -> Mapping[str, float]:
    """The terms, each with its points; `names` and `links` are those of a `few` of the blocks."""
    count = len(few)
    named = [name for name in names if name.shown]
    return {
        "many": min(1.0, 0.25 * (len(found) - 2)),
        "text": 2.0 * sum(plain(outline, block) >= _SOME for block in few) / count,
        "authors": sum(min(name.strength, 4) for name in named) / count * 0.75,
        "called posts": _called(outline, found[0]),
        "called a thread": 1.5 if _is_thread(document) else 0.0,
        "own links": 2.0 * sum(bool(link) for link in links) / count,
        "times": 1.5 * sum(bool(block.stamp and block.stamp.has_clock) for block in few) / count,
        "for machines": 0.5 * sum(bool(block.stamp and not is_text(outline, block.stamp)) for block in few) / count,
        "in order": _in_order(found),
        "deeds": 1.5 * sum(_has_deeds(outline, block) for block in few) / count,
        "leads away": -6.0 * max(0.0, _leading_away(outline, document, few, names, alone=len(found) < 3) - 0.4) / 0.6,
        "links alone": -4.0 * sum(_is_links(outline, block) for block in few) / count,
        "prices": -4.0 * sum(_has_price(outline, block) for block in few) / count,
        "beside the matter": -4.0 if outline.is_aside(found[0].start) else 0.0,
        "named nowhere": -3.0 if len(named) < 0.5 * count else 0.0,
    }


def is_enough(terms: Mapping[str, float], count: int) -> bool:
    """Whether so many blocks with these points are posts."""
    needed = ENOUGH if count > 2 else ENOUGH_OF_TWO if count == 2 else ENOUGH_OF_ONE
    if terms["called posts"] <= 0:
        needed += 0.5 if terms["own links"] >= 1.0 else 2.0
    if count < 3 and (min(terms["called posts"], terms["own links"] + terms["deeds"]) <= 0 or terms["text"] < 2.0):
        return False
    return terms["text"] >= 0.8 and sum(terms.values()) >= needed


def is_sure(terms: Mapping[str, float]) -> bool:
    """Whether nothing speaks against it, so that even beside better ones these are posts."""
    return sum(terms.values()) >= SURE and terms["called posts"] > 0 and min(terms.values()) > -1.0


def _is_thread(document: Document) -> bool:
    """Whether the page's address is that of a thread in a forum (what is commented on has no number of a thread)."""
    thread = permalinks.of(document.address()).thread
    return bool(thread) and not thread.endswith(" thread")


def _called(outline: Outline, block: Block) -> float:
    """Whether the block, or an element closely around or in it, is called a post, or rather a row of a list."""
    rows = [block.start, *outline.above(block.start, 2), *range(block.start + 1, min(block.start + 4, block.end))]
    words: set[str] = set()
    for row in rows:
        for name in (*outline.words(row), outline.get(row, "id")):
            words |= parts(name)
    own = {piece for name in outline.words(block.start) for piece in parts(name)}
    if not own.isdisjoint(naming.LIST) and own.isdisjoint(naming.POST):
        return -2.0
    if not words.isdisjoint(naming.POST):
        return 2.0
    if _own_number(outline, block):
        return 1.5
    inside = range(block.start, min(block.start + 60, block.end))
    return float(any(_PART_OF_A_POST.match(name) for row in inside for name in outline.words(row)))


def _in_order(found: Sequence[Block]) -> float:
    """Whether the dates only grow, or only go back, but for a few (answers below answers)."""
    moments = [block.stamp.moment for block in found if block.stamp]
    if len(moments) < 3:
        return 0.0
    grow = sum(first <= second for first, second in pairwise(moments)) / (len(moments) - 1)
    return 1.5 * max(0.0, 2 * max(grow, 1 - grow) - 1)


def _has_deeds(outline: Outline, block: Block) -> bool:
    """Whether there is something to do with the block: reply, quote, report."""
    return any(0 < len(outline.texts[row]) < 25 and _WORDS.match(outline.texts[row]) for row in block.rows())


def _leading_away(
    outline: Outline, document: Document, few: Sequence[Block], names: Sequence[Name], *, alone: bool
) -> float:
    """In how many of the blocks a link leads to a page that is the block's own, but no post's.

    Each row of a list has such a link. In posts there may be some, but not in most of them.
    """
    authors = {document.absolute(name.url) for name in names if name.url} | {name.shown for name in names}
    here = document.address().partition("#")[0]
    targets = [_elsewhere(outline, document, block, authors, here, titles_alone=alone) for block in few]
    seen = Counter(target for each in targets for target in each)
    return sum(any(seen[target] <= _shared(target, len(few)) for target in each) for each in targets) / len(few)


def _shared(target: str, blocks: int) -> int:
    """How many rows of a list may lead to the same place: several hits of a search may be in one thread."""
    return max(1, blocks // 2) if " thread " in target else 1


def _elsewhere(
    outline: Outline, document: Document, block: Block, authors: set[str], here: str, *, titles_alone: bool
) -> set[str]:
    """The other pages that a block leads to at its beginning, but for profiles, posts and things to do."""
    thread = permalinks.of(here).thread
    found: set[str] = set()
    middle = 0.5 * outline.length(block.start, block.end)
    own_number = _own_number(outline, block)
    for row in block.rows():
        if outline.length(block.start, row) > middle:
            break
        if not _is_candidate(outline, row, block, authors) or (titles_alone and not _is_title(outline, row, block)):
            continue
        address = document.absolute(outline.get(row, "href"))
        if own_number and own_number in address and not _is_title(outline, row, block):
            continue
        page = address.partition("#")[0]
        link = permalinks.of(address)
        if link.thread:
            own = link.thread == thread or bool(link.post and not thread and titles_alone)
        else:
            own = bool(link.post or POST_PATH.search(page) or _is_permalink(outline, row))
        if page not in {"", here} and not own and address not in authors:
            found.add(link.thread or page)
    return found


def _is_candidate(outline: Outline, row: int, block: Block, authors: set[str]) -> bool:
    """Whether a row is a link that says something, but no author, no date, and nothing to do."""
    if outline.tags[row] != "a" or outline.flags[row] & QUOTE or outline.length(row, outline.ends[row]) < 3:
        return False
    href = outline.get(row, "href")
    if not href or href.startswith("#") or is_deed(href) or is_profile(href):
        return False
    stamp = block.stamp.row if block.stamp else -1
    is_date = row <= stamp < outline.ends[row] or stamp == outline.parents[row]
    return not is_date and outline.said(row, outline.ends[row]) not in authors


def _own_number(outline: Outline, block: Block) -> str:
    """The number in the id of a block that is called a post: a link that has it leads to the post itself."""
    found = _POST_ID.fullmatch(outline.get(block.start, "id"))
    return found[1] if found else ""


def _is_permalink(outline: Outline, row: int) -> bool:
    return bool(PERMALINK.search(outline.get(row, "class")) or PERMALINK.search(outline.get(row, "rel")))


def _is_title(outline: Outline, row: int, block: Block) -> bool:
    """Whether a link is a heading, is called a title, or leads the block."""
    for above in (row, *outline.above(row, 3)):
        if above < block.start:
            break
        if outline.tags[above] in {"h1", "h2", "h3", "h4"}:
            return True
        if any(
            not parts(name).isdisjoint({"title", "titel", "titre", "headline", "subject"})
            for name in outline.words(above)
        ):
            return True
    return False


def _is_links(outline: Outline, block: Block) -> bool:
    length = outline.length(block.start, block.end)
    return outline.linked(block.start, block.end) > 0.6 * length


def _has_price(outline: Outline, block: Block) -> bool:
    return any(len(outline.texts[row]) < 30 and _PRICE.search(outline.texts[row]) for row in block.rows())
