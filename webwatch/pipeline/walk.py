"""Through a forum in one visit: from a thread's newest page back to the last post seen, from a board to what moved.

    source address ──> a thread        its last page, then back, at most `pages` in all
                   └─> a board         the threads that moved since, each as above, within bounds
    followed thread ─> the page read last, then on to the newest

A page that fails costs that page, not the visit. Runs in the thread of the source's host; what is known of the threads
comes in as it stood when the scan began.
"""

from __future__ import annotations

from itertools import chain, zip_longest
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from webwatch import addresses, parse, permalinks, sites
from webwatch.errors import FailureClass, ParseError, SourceError
from webwatch.model import Thread
from webwatch.pipeline.steps import Reader, Steps, mark_of, marks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime, timedelta, tzinfo

    from webwatch.model import Checkpoint, Entry, KnownThread, Page, Parsed, Request, Source
    from webwatch.pipeline.steps import Course

MAX_THREADS = 20  # of a board in one visit
_BOARD_PAGES = 4  # times `pages`: what the threads of a board may cost together
_NO_POSTS = "there are no posts where this thread was: it may have been deleted, or moved to where nobody may read"
WAITS = "waits"  # the `activity` of a thread that moved and was not read yet


class ThreadVisit(NamedTuple):
    """What came of one thread. `page` is where the next visit begins, None where nothing changed or nothing came.

    `marks` are those of the posts up to there; `resume` is an address that the next visit begins at instead of `page`.
    `missed`: posts may stand between what was read now and what was known. `partial`: a page could not be read, so the
    next visit begins where this one did. `error` where not even one page came.
    """

    key: str
    thread: Thread
    engine: str = ""
    entries: tuple[Entry, ...] = ()
    page: Page | None = None
    marks: frozenset[int] = frozenset()
    resume: str = ""
    activity: str = ""
    missed: bool = False
    partial: bool = False
    error: SourceError | None = None


class Walk(NamedTuple):
    """What one visit to a forum came to.

    `whole`: the source's page is a board, and all that it told was read; `waiting` are the threads that were not.
    """

    threads: tuple[ThreadVisit, ...] = ()
    whole: bool = False
    waiting: tuple[Thread, ...] = ()
    bytes: int = 0
    problems: tuple[str, ...] = ()
    language: str | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The posts of all threads."""
        return tuple(entry for visit in self.threads for entry in visit.entries)


class Walker(NamedTuple):
    """What all walks of a scan share. `visited` gathers the keys of the threads that were read in it.

    `waiting` has, by source, the threads that earlier visits to its board left over.
    """

    get: Callable[[Request], Page]
    now: datetime
    zone: tzinfo
    first_scan: timedelta
    known: Mapping[str, KnownThread]
    visited: set[str]
    waiting: Mapping[str, Sequence[KnownThread]] = MappingProxyType({})

    def source(self, source: Source, checkpoint: Checkpoint) -> tuple[Page, Walk | None]:
        """A source's first page, and the walk from it; None where that page is as it was. Raises SourceError."""
        key = thread_key(source.url)
        self.visited.add(key)
        known = self.known.get(key)
        steps = self._steps(source, known)
        first, parsed = (
            steps.resumed(known)
            if known and known.last_url
            else steps.read(parse.load(source.kind).start(source, checkpoint), checkpoint.body_hash)
        )
        if parsed is None:
            return first, None
        if not steps.is_at_home(first):
            steps.problems.append(_moved_away(first))
        page, parsed = steps.shown(first, parsed)
        if parsed.threads and not parsed.entries and not known:
            walk = self._board(steps, parsed)
            return first, walk._replace(whole=walk.whole and page is first)
        visit = self._thread(steps, key, Thread(url=source.url), page, parsed)
        return first, _walk(steps, visit, parsed)

    def followed(self, source: Source, known: KnownThread) -> Walk:
        """A thread that is followed by itself."""
        self.visited.add(known.key)
        steps = self._steps(source, known)
        unchanged = Walk((ThreadVisit(known.key, known.thread, known.engine),))
        try:
            page, parsed = steps.resumed(known)
            if parsed is None or self._was_read_elsewhere(known, page):
                return unchanged._replace(bytes=steps.bytes)
            page, parsed = steps.shown(page, parsed)
            visit = self._thread(steps, known.key, known.thread._replace(locked=False), page, parsed)
        except SourceError as error:
            return Walk((ThreadVisit(known.key, known.thread, error=error),), bytes=steps.bytes)
        return _walk(steps, visit, parsed)

    def _steps(self, source: Source, known: KnownThread | None) -> Steps:
        return Steps(Reader(self.get, self.now, self.zone), source, known)

    def _was_read_elsewhere(self, known: KnownThread, page: Page) -> bool:
        """Whether a thread that moved was read already under its new number."""
        key = permalinks.of(page.url).thread
        return bool(key) and key != known.key and key in self.visited

    # -------------------------------------------------------------------------------------------------------- boards

    def _board(self, steps: Steps, parsed: Parsed) -> Walk:
        """The threads that moved since they were read, the newest first, and those that wait since the last visit."""
        moved = self._to_read(steps, parsed.threads)
        visits: list[ThreadVisit] = []
        done, enough = 0, steps.asked + _BOARD_PAGES * steps.source.pages
        for thread in moved[:MAX_THREADS]:
            if steps.asked >= enough:
                break
            done += 1
            inner = steps.into(self._known(thread.url))
            if visit := self._listed(inner, thread):
                visits.append(visit)
            steps.take_in(inner)
        waiting = tuple(moved[done:])
        return Walk(
            threads=tuple(visits),
            whole=not waiting and not any(visit.error or visit.partial for visit in visits),
            waiting=waiting,
            bytes=steps.bytes,
            problems=tuple(steps.problems),
            language=parsed.language,
        )

    def _to_read(self, steps: Steps, listed: Iterable[Thread]) -> list[Thread]:
        """One that moved, then one that waits, by turns: neither keeps the other from being read."""
        moved = {thread_key(thread.url): thread for thread in listed if steps.may_follow(thread.url)}
        moved = {key: thread for key, thread in moved.items() if self._moved(key, thread)}
        left = [
            known.thread
            for known in self.waiting.get(steps.source.name, ())
            if known.key not in moved and known.key not in self.visited and steps.may_follow(known.thread.url)
        ]
        turns = zip_longest(sorted(moved.values(), key=_newest, reverse=True), left)
        return [thread for thread in chain.from_iterable(turns) if thread]

    def _listed(self, steps: Steps, thread: Thread) -> ThreadVisit | None:
        """A thread of a board; None where it was read in this scan already, and only the page told which it is."""
        known = steps.known
        key = known.key if known else thread_key(thread.url)
        self.visited.add(key)
        try:
            page, parsed = steps.resumed(known) if known and known.last_url else steps.read(steps.request(thread.url))
            said = activity(thread)
            if parsed is None:
                return ThreadVisit(key, thread, known.engine if known else "", activity=said)
            page, parsed = steps.shown(page, parsed)
            found = self._found_key(key, thread, page, parsed)
            if found != key and found in self.visited:
                return None
            visit = self._thread(steps, found, thread, page, parsed)
        except SourceError as error:
            steps.problems.append(f"{thread.url}: {error}")
            return ThreadVisit(key, thread, error=error)
        return visit._replace(activity=WAITS if visit.partial else said)

    def _known(self, url: str) -> KnownThread | None:
        """The thread that an address means, also where it names nothing but the post that was read last."""
        if not names_a_post_alone(url):
            return self.known.get(thread_key(url))
        post = mark_of(permalinks.of(url).post)
        return next((known for known in self.known.values() if post in known.marks), None)

    def _moved(self, key: str, thread: Thread) -> bool:
        known = self._known(thread.url)
        if key in self.visited or (known and known.key in self.visited):
            return False
        if not known or not known.read_at:
            return thread.newest is None or thread.newest >= self.now - self.first_scan
        said = activity(thread)
        return not said or (said != known.activity and not _is_as_read(thread, known.thread))

    # ------------------------------------------------------------------------------------------------------- threads

    def _thread(self, steps: Steps, key: str, thread: Thread, page: Page, parsed: Parsed) -> ThreadVisit:
        """On from the first page of a thread, within the source's bound; raises ParseError where it shows no posts."""
        if not parsed.entries:
            raise ParseError(_NO_POSTS, FailureClass.NOT_FOUND)
        key = self._found_key(key, thread, page, parsed)
        self.visited.update((key, thread_key(page.url)))
        steps.known = steps.known or self.known.get(key)
        return _gathered(key, thread, steps.through(page, parsed), steps.known)

    def _found_key(self, key: str, thread: Thread, page: Page, parsed: Parsed) -> str:
        """The key of a thread, as its page tells it where the address that led there named but a post."""
        if key in self.known or not names_a_post_alone(thread.url):
            return key
        told = parsed.thread.url if parsed.thread else ""
        return permalinks.of(told).thread or permalinks.of(page.url).thread or key


def thread_key(url: str) -> str:
    """The identity of the thread at this address."""
    return permalinks.of(url).thread or addresses.canonical(url)


def names_a_post_alone(url: str) -> bool:
    """Whether an address tells which post it means, but not in which thread."""
    link = permalinks.of(url)
    return bool(link.post) and not link.thread


def activity(thread: Thread) -> str:
    """What a board says of a thread that changes with each post; "" where it says nothing."""
    newest = thread.newest.isoformat() if thread.newest else ""
    return f"{newest} {'' if thread.replies is None else thread.replies}".strip()


def _is_as_read(listed: Thread, read: Thread) -> bool:
    """Whether the thread itself, read since, had no fewer replies and a post as new as its board says."""
    if listed.newest is None or read.newest is None or listed.replies is None:
        return False
    return listed.replies == read.replies and listed.newest <= read.newest


def _newest(thread: Thread) -> float:
    return thread.newest.timestamp() if thread.newest else 0.0


def _moved_away(page: Page) -> str:
    there = sites.site(page.url)
    return f"this address leads to another site, {there}, of which only one page is read; put {page.url} in the config"


def _walk(steps: Steps, visit: ThreadVisit, parsed: Parsed) -> Walk:
    return Walk((visit,), bytes=steps.bytes, problems=tuple(steps.problems), language=parsed.language)


def _gathered(key: str, thread: Thread, course: Course, known: KnownThread | None) -> ThreadVisit:
    """The pages of a thread in its own order, as one."""
    seen = known.marks if known else frozenset()
    ordered = sorted(course.pages, key=lambda pair: (pair[1].thread.page or 0) if pair[1].thread else 0)
    last_page, last = ordered[-1]
    shown = next((parsed.thread for _, parsed in reversed(ordered) if parsed.thread), thread)
    entries = tuple(_placed(entry, thread.url) for _, parsed in ordered for entry in parsed.entries)
    first_page, first = course.pages[0]
    onward = course.wanted is not None and course.wanted.why == "newest"
    return ThreadVisit(
        key=key,
        thread=shown._replace(
            url=thread.url,
            title=shown.title or thread.title,
            replies=thread.replies if shown.replies is None else shown.replies,
            views=thread.views if shown.views is None else shown.views,
            locked=shown.locked or thread.locked,
            newest=_newest_post(entries, seen) or thread.newest,
        ),
        engine=last.engine,
        entries=entries,
        page=first_page if course.broken else last_page,
        marks=seen | marks_of(first.entries) if course.broken else marks_of(entries),
        resume=course.wanted.url if course.wanted and onward and not course.broken else "",
        missed=bool(course.wanted and not onward and not course.broken and known and known.read_at),
        partial=course.broken,
    )


def _placed(entry: Entry, thread: str) -> Entry:
    """A post with the address of its thread, not of the page it stands on; unless it is another thread's by now."""
    stands_in, own = permalinks.of(entry.thread).thread, permalinks.of(thread)
    moved = stands_in != own.thread if own.thread else bool(own.post)
    return entry if stands_in and moved else entry._replace(thread=thread)


def _newest_post(entries: Iterable[Entry], seen: frozenset[int]) -> datetime | None:
    """The moment of the newest post. What was seen before counts as it was read then: "2 days ago" says less now."""
    moments = (entry.published for entry in entries if entry.published and not seen & marks_of([entry]))
    return max(moments, default=None)
