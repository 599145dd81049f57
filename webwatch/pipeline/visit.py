"""One visit to one source: ask for the page (in a thread), then make entries of it.

Feeds are not read in the threads: two threads that both compute only fight over the interpreter lock (1,000 feeds:
3.4 s of CPU for parsing in threads, 2.3 in one). A forum is, since what stands on a page says which one to ask for
next; its threads mostly wait for the pause between two requests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from webwatch import parse
from webwatch.errors import SourceError
from webwatch.fetch import politeness
from webwatch.model import Parsed
from webwatch.pipeline.steps import hash_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from webwatch.model import Checkpoint, Context, KnownThread, Page, Source
    from webwatch.pipeline.walk import Walk, Walker


class Target(NamedTuple):
    """What to visit: a source, or a `thread` that is followed for itself."""

    source: Source
    thread: KnownThread | None = None

    @property
    def url(self) -> str:
        """Where it is."""
        return self.thread.last_url or self.thread.thread.url if self.thread else self.source.url

    @property
    def name(self) -> str:
        """Whose visit it is."""
        return self.source.name


class Answer(NamedTuple):
    """What the network said. `page` is None where the server asked to be left alone for now; `walk` is of a forum."""

    page: Page | None
    seconds: float = 0.0
    walk: Walk | None = None


class Visit(NamedTuple):
    """What a visit came to. `parsed` is None where the page is as it was; `checkpoint` is for the next visit."""

    answer: Answer
    parsed: Parsed | None
    checkpoint: Checkpoint


def ask(
    target: Target, checkpoint: Checkpoint, walker: Walker, now: datetime, monotonic: Callable[[], float]
) -> Answer:
    """Fetch a source's page, or walk through its forum, unless the server said to wait; raises `SourceError`."""
    source = target.source
    waits = checkpoint.not_before is not None and checkpoint.not_before > now
    if waits and (checkpoint.failing or target.thread is None):
        return Answer(None)
    started = monotonic()
    parser = parse.load(source.kind)
    page, walk = None, None
    try:
        if target.thread:
            if target.thread.key not in walker.visited:
                walk = walker.followed(source, target.thread)
        elif parser.walks:
            page, walk = walker.source(source, checkpoint)
        else:
            page = walker.get(parser.start(source, checkpoint))
    except SourceError as error:
        error.seconds = monotonic() - started
        raise
    return Answer(page, monotonic() - started, walk)


def read(source: Source, checkpoint: Checkpoint, answer: Answer, context: Context) -> Visit:
    """Make entries of a page that is new; raises `ParseError`."""
    page = answer.page
    if page is None:
        return Visit(answer, None, checkpoint)
    if page.not_modified:
        kept = checkpoint._replace(
            etag=page.headers.get("etag", checkpoint.etag),
            last_modified=page.headers.get("last-modified", checkpoint.last_modified),
        )
        return Visit(answer, None, _read_now(kept, page, context.now))
    if parse.load(source.kind).walks:
        return _walked(answer, page, checkpoint, context.now)
    body_hash = hash_of(page.body)
    parsed = None if body_hash == checkpoint.body_hash else parse.load(source.kind).parse(page, context)
    kept = checkpoint._replace(
        etag=page.headers.get("etag", ""), last_modified=page.headers.get("last-modified", ""), body_hash=body_hash
    )
    if parsed:
        kept = kept._replace(parsed_at=context.now, had_entries=bool(parsed.entries), blocks=parsed.blocks)
    return Visit(answer, parsed, _read_now(kept, page, context.now))


def _read_now(checkpoint: Checkpoint, page: Page, now: datetime) -> Checkpoint:
    return checkpoint._replace(not_before=politeness.fresh_until(page.headers, now), failing=False, read_at=now)


def _walked(answer: Answer, page: Page, checkpoint: Checkpoint, now: datetime) -> Visit:
    """The visit to a forum, which was read on the way. A board that was not read whole is read again, as it is."""
    walk = answer.walk
    kept = _read_now(checkpoint, page, now)
    if walk is None:
        return Visit(answer, None, kept)
    whole = walk.whole
    kept = kept._replace(
        etag=page.headers.get("etag", "") if whole else "",
        last_modified=page.headers.get("last-modified", "") if whole else "",
        body_hash=hash_of(page.body) if whole else "",
        parsed_at=now,
        had_entries=bool(walk.entries),
    )
    return Visit(answer, Parsed(entries=walk.entries, language=walk.language, problems=walk.problems), kept)
