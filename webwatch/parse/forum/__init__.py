"""Forums: the posts of a thread, or the threads of a board, by whichever engine made the page.

engines      one file each: the posts as the program writes them
selected     the owner's own selectors, where the source has them
structured   what the page says of itself: JSON-LD, microdata
general      the repeated block with an author and a date
listing      the threads that a board or an index links to
walls        a login, a captcha, maintenance: blocked, not empty
entries      raw posts → entries: dates, addresses, positions
pages        which page of a thread this is, and which to ask for next
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch import permalinks
from webwatch.errors import FailureClass, ParseError
from webwatch.model import Further, Parsed, Request
from webwatch.parse import Parser
from webwatch.parse._document import Document
from webwatch.parse.forum import engines, entries, general, listing, pages, selected, structured, walls
from webwatch.parse.forum.post import Reading

if TYPE_CHECKING:
    from webwatch.model import Checkpoint, Context, Page, Source


def start(source: Source, checkpoint: Checkpoint) -> Request:
    """The page itself, conditional on what the last visit to the same address was told."""
    if checkpoint.url != source.url:
        return Request(url=source.url, robots=True)
    return Request(url=source.url, etag=checkpoint.etag, last_modified=checkpoint.last_modified, robots=True)


def parse(page: Page, context: Context) -> Parsed:
    """The posts of a thread, or the threads of a board; raises `ParseError` for what is neither."""
    document = Document(page)
    if document.data is None and not document.source.strip():
        raise ParseError("the answer is empty", FailureClass.BAD_RESPONSE)
    engine, reading = _read(document, context)
    if not (reading.posts or reading.threads or reading.follow) or (not reading.posts and walls.is_wall(document)):
        raise walls.complaint(document, engine)
    language = context.source.language or document.language
    thread, follow = reading.thread, reading.follow
    if thread:
        links = pages.links(document, thread)
        thread = pages.counted(document, thread, links)
        follow = follow or pages.further(document, thread, links)
    found = entries.of(reading, thread, document, context, language)
    return Parsed(
        entries=found,
        title=thread.title if thread else document.title,
        language=language,
        follow=(*follow, *_threads(reading)),
        engine=engine,
        thread=thread,
        threads=reading.threads,
    )


def _read(document: Document, context: Context) -> tuple[str, Reading]:
    """The first way of reading that finds anything, and the engine that made the page."""
    if context.source.select and (reading := selected.read(document, context.source.select, context)).posts:
        return engines.recognised(document), reading
    likeliest = ""
    for engine in engines.candidates(document):
        likeliest = likeliest or engine
        reading = engines.load(engine).read(document)
        if reading.posts or reading.threads or reading.follow:
            return engine, reading
    in_thread = bool(permalinks.of(document.address()).thread)
    others = (structured, general, listing) if in_thread else (structured, listing, general)
    found = (other.read(document, context) for other in others)
    reading = next((reading for reading in found if reading.posts or reading.threads), Reading())
    if reading.threads and not likeliest and not in_thread and not listing.is_list(document):
        seen = general.read(document, context)
        reading = seen if len(seen.posts) >= len(reading.threads) else reading
    return likeliest, reading


def _threads(reading: Reading) -> tuple[Further, ...]:
    return tuple(Further(url=thread.url, why="thread") for thread in reading.threads)


part = Parser(start=start, parse=parse, walks=True)
