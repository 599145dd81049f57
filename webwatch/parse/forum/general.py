"""The general reader: the posts of a page by no known program, by what posts have in common.

The posts of a page look alike, and each has an author and a date. `stamps` finds the dates, `blocks` what repeats
around them, `parts` and `bodies` the author, permalink and text in each, and `evidence` says whether those are posts at
all: rather none than a list of threads or of news taken for posts.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from math import log2
from typing import TYPE_CHECKING, NamedTuple

from webwatch import text
from webwatch.model import Thread
from webwatch.parse._document import inner_text
from webwatch.parse.forum import blocks, bodies, evidence, parts, stamps
from webwatch.parse.forum import outline as outlines
from webwatch.parse.forum.blocks import plain
from webwatch.parse.forum.post import Post, Reading
from webwatch.parse.forum.recipe import MAX_POSTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from webwatch.model import Context
    from webwatch.parse._document import Document
    from webwatch.parse.forum.blocks import Block
    from webwatch.parse.forum.outline import Outline
    from webwatch.parse.forum.stamps import Stamp

_MOST_TRIED = 6
_LITTLE = 120
_ADVERTISER = re.compile(
    r"(?:publicité|pub|werbung|anzeige|reclame|advertentie|advert(?:isement|iser)?s?|ads?|sponsor(?:ed)?)\b.{0,20}",
    re.IGNORECASE,
)


class Found(NamedTuple):
    """Blocks that may be posts, and what speaks for it."""

    blocks: Sequence[Block]
    terms: Mapping[str, float]

    @property
    def points(self) -> float:
        """The sum of the evidence."""
        return sum(self.terms.values())


def read(document: Document, context: Context) -> Reading:
    """The posts of the page, where it is as good as certain that they are some."""
    if document.data is not None:
        return Reading()
    outline = outlines.of(document)
    best = _best(outline, document, context)
    posts = _posts(outline, document, best) if best else ()
    return Reading(posts=posts, thread=thread_of(document)) if posts else Reading()


def thread_of(document: Document) -> Thread:
    """The page as a thread: its only heading, else what it calls itself."""
    headings = document.all("h1")
    title = inner_text(headings[0]) if len(headings) == 1 else ""
    return Thread(url=document.address(), title=title or text.line(document.title))


def _best(outline: Outline, document: Document, context: Context) -> list[Block]:
    """Of the groups of dates the blocks that are the most like posts; none where none are enough like them.

    Others that are enough like posts too are joined to it: the post that opens the thread, comments below the posts.
    """
    language = context.source.language or document.language
    dated = stamps.found(outline, context, language)
    drawn = [blocks.around(outline, group) for group in blocks.groups(outline, dated)]
    drawn = sorted((each for each in drawn if each[0]), key=lambda each: -each[1])
    alike = (_alike(outline, _amid(outline, found)[:MAX_POSTS]) for found, _ in drawn[:_MOST_TRIED])
    tried = [weigh(outline, document, found) for found in alike]
    tried = sorted((found for found in tried if evidence.is_enough(found.terms, len(found.blocks))), key=_rank)
    if not tried:
        return []
    best, *others = reversed(tried)
    drawn_best = list(best.blocks)
    for other in others:
        if evidence.is_sure(other.terms) and _is_apart(other.blocks, drawn_best):
            drawn_best = _joined(outline, drawn_best, other.blocks)
    opening = _opening(outline, document, drawn_best[0].start, dated)
    return [opening, *drawn_best] if opening else drawn_best


def _amid(outline: Outline, found: Sequence[Block]) -> Sequence[Block]:
    """The blocks without those that stand beside the page's matter, unless all do."""
    return [block for block in found if not outline.is_aside(block.start)] or found


def _alike(outline: Outline, found: Sequence[Block]) -> Sequence[Block]:
    """The blocks without a first one that is of another kind than all others and says little: the thread's head."""
    if len(found) < 3 or plain(outline, found[0]) > _LITTLE:
        return found
    first, *kinds = [{outline.tags[block.start], *outline.words(block.start)} for block in found]
    common = set.intersection(*kinds)
    return found if first & common or not common else found[1:]


def _rank(found: Found) -> float:
    return found.points * log2(1 + len(found.blocks))


def _is_apart(others: Sequence[Block], found: Sequence[Block]) -> bool:
    """Whether the others are different posts: none of them holds one of these, or one of their dates."""
    starts = sorted(block.start for block in found)
    dates = sorted(block.stamp.row for block in found if block.stamp)
    return not any(
        bisect_left(rows, other.end) > bisect_left(rows, other.start) for other in others for rows in (starts, dates)
    )


def _joined(outline: Outline, found: Sequence[Block], others: Sequence[Block]) -> list[Block]:
    """Both, in the order of the page; blocks within a block are cut out of it."""
    both = sorted([*found, *others], key=lambda block: (block.start, -block.end))[:MAX_POSTS]
    return blocks.cut(outline, [block.start for block in both], [block.stamp for block in both], both)


def _opening(outline: Outline, document: Document, first: int, dated: Sequence[Stamp]) -> Block | None:
    """The post that opens the thread, where it is written otherwise than the answers to it."""
    for stamp in dated:
        if stamp.row >= first:
            return None
        alone, _ = blocks.around(outline, [stamp])
        if alone and alone[0].end <= first:
            weighed = weigh(outline, document, alone)
            if weighed.terms["authors"] >= 2 and not weighed.terms["leads away"] and weighed.points >= evidence.ENOUGH:
                return alone[0]
    return None


def weigh(outline: Outline, document: Document, found: Sequence[Block]) -> Found:
    """What speaks for these blocks being posts, by a few of them."""
    few = evidence.sample(found)
    names = parts.authors(outline, few)
    links = parts.links(outline, document, few, names)
    return Found(found, evidence.weighed(outline, document, found, few, names, links))


def _posts(outline: Outline, document: Document, found: Sequence[Block]) -> tuple[Post, ...]:
    names = parts.authors(outline, found)
    links = parts.links(outline, document, found, names)
    texts = bodies.rows_of(outline, found, names)
    posts = []
    seen = set()  # an answer that is marked as the best may stand above the others too
    for block, name, link, rows in zip(found, names, links, texts, strict=True):
        body, quoted = bodies.own_words(outline, rows)
        said = text.from_html(body)
        told = (name.shown, block.stamp.moment if block.stamp else None, said)
        if (
            _ADVERTISER.fullmatch(name.shown)
            or told in seen
            or not (said or quoted or bodies.shows_something(outline, rows))
        ):
            continue
        seen.add(told)
        posts.append(
            Post(
                body=body,
                author=name.shown,
                author_url=name.url,
                date=block.stamp.raw if block.stamp else "",
                link=link,
                number=parts.number(outline, block),
                quotes=quoted,
            )
        )
    return tuple(posts)
