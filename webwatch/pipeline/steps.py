"""The requests of one walk through a forum: counted, kept to what may be followed, and ended at the last post seen."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from webwatch import addresses, parse, permalinks, sites
from webwatch.errors import FailureClass, SourceError
from webwatch.model import Context, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime, tzinfo

    from webwatch.model import Entry, Further, KnownThread, Page, Parsed, Source

# What a page links to that does something, or shows the same in another way: words of a path or a query.
_NEVER = frozenset(
    """
    login logout logoff log-in log-out signin signout signup sign-in sign-up register registration lost-password
    report reportpost report-post reporttm reportcomment vote dovote rate rating poll quote
    print printthread printpage printview
    reply newreply post-reply posting newthread edit editpost delete remove subscribe unsubscribe subscription
    mark markread mark-read attach attachment download share like react bookmark sendmessage email
    ucp usercp cp admin admincp modcp search memberlist
    """.split()  # noqa: SIM905 - a list of sixty strings would be harder to read
)
_WORDS = re.compile(r"[^/?&=;]+")
# Where routes have the title of a thread, in which any of these words may stand: `/t/login/12`, `/topic/12/print`.
_TITLE = re.compile(
    r"(?<=/t/)[^/?]+(?=/\d)|(?<=topic/)[^/?\d][^/?]*|((?:topic|questions|discussion|comments)/\w+/)[^/?]+"
)
_MAX_MARKS = 200
_MAX_INSTEAD = 2


class Reader(NamedTuple):
    """How the pages of a scan are got and read."""

    get: Callable[[Request], Page]
    now: datetime
    zone: tzinfo

    def read(self, page: Page, source: Source) -> Parsed:
        """What is on a page of a forum; raises ParseError."""
        return parse.load("forum").parse(page, Context(source=source, now=self.now, zone=self.zone))


class Course(NamedTuple):
    """The pages of a thread that were read, the first asked for first.

    `wanted` is what the bound left unread, if anything; `broken`: a page could not be read, and those beyond it.
    """

    pages: list[tuple[Page, Parsed]]
    wanted: Further | None
    broken: bool


class Steps:
    """What one walk, or the part of it through one thread, has asked for and may ask for."""

    def __init__(self, reader: Reader, source: Source, known: KnownThread | None, *, public: bool = False) -> None:
        self.source = source
        self.known = known
        self.asked = self.bytes = 0
        self.problems: list[str] = []
        self._reader = reader
        self._site = sites.site(source.url)
        self._public = public
        self._pages: dict[str, Parsed | None] = {}

    def into(self, known: KnownThread | None) -> Steps:
        """The steps through one thread of a board."""
        return Steps(self._reader, self.source, known, public=self._public)

    def take_in(self, inner: Steps) -> None:
        """Counts what a thread of a board has cost."""
        self.asked += inner.asked
        self.bytes += inner.bytes
        self.problems += inner.problems

    def request(self, url: str) -> Request:
        """For a page that another one led to."""
        return Request(url=url, robots=True, site=self._site, public_only=self._public)

    def read(self, request: Request, body_hash: str = "") -> tuple[Page, Parsed | None]:
        """A page and what is on it, None where it is as it was; raises SourceError."""
        self.asked += 1
        name = _page_name(request.url)
        self._pages[name] = None
        page = self._reader.get(request)
        self.bytes += page.wire_bytes
        self._public = self._public or page.public
        if page.not_modified or (body_hash and hash_of(page.body) == body_hash):
            return page, None
        parsed = self._reader.read(page, self.source)
        self._pages[name] = self._pages[_page_name(page.url)] = parsed
        return page, parsed

    def resumed(self, known: KnownThread) -> tuple[Page, Parsed | None]:
        """The page of a thread that was read last; where that is gone (posts were deleted), the thread's first."""
        try:
            return self.read(self._conditional(known), known.body_hash)
        except SourceError as error:
            if error.failure is not FailureClass.NOT_FOUND or known.last_url in {"", known.thread.url}:
                raise
        return self.read(self._conditional(known._replace(last_url="", etag="", last_modified="")))

    def _conditional(self, known: KnownThread) -> Request:
        """For the page of a thread that was read last. Another host than the source's own must be a public one."""
        url = known.last_url or known.thread.url
        return Request(
            url=url,
            etag=known.etag,
            last_modified=known.last_modified,
            robots=True,
            site=sites.site(known.thread.url),
            public_only=self._public or addresses.host(url) != addresses.host(self.source.url),
        )

    def shown(self, page: Page, parsed: Parsed) -> tuple[Page, Parsed]:
        """The page that says what this one needs scripts for, where it names one; raises SourceError."""
        for _ in range(_MAX_INSTEAD):
            if parsed.entries or parsed.threads:
                break
            other = next((further for further in parsed.follow if further.why == "instead"), None)
            if other is None or other.url == page.url or not self.may_follow(other.url):
                break
            page, read = self.read(self.request(other.url))
            parsed = read or parsed
        return page, parsed

    def through(self, page: Page, parsed: Parsed) -> Course:
        """From a page of a thread to its newest, then back to the last post seen, within the source's bound."""
        pages = [(page, parsed)]
        broken = False
        wanted = self._next(parsed)
        while wanted and self.asked < self.source.pages and not broken:
            try:
                page, read = self.read(self.request(wanted.url))
            except SourceError as error:
                self.problems.append(f"{wanted.url}: {error}")
                broken = True
            else:
                if read:
                    pages.append((page, read))
                wanted = self._next(read) if read else None
        return Course(pages, wanted, broken)

    def _next(self, parsed: Parsed) -> Further | None:
        """What to ask for after a page: a newer one, else the one before it, unless the last post seen is reached."""
        for further in parsed.follow:
            if further.why == "newest" and _page_name(further.url) not in self._pages and self.may_follow(further.url):
                return further
        return self._older(parsed)

    def _older(self, parsed: Parsed | None) -> Further | None:
        """The first page before this one that was not read yet: of those that were, the last post seen may be gone."""
        met: set[str] = set()
        while parsed and not (self.known and self.known.marks & marks_of(parsed.entries)):
            older = next(
                (other for other in parsed.follow if other.why == "older" and self.may_follow(other.url)), None
            )
            name = _page_name(older.url) if older else ""
            if name not in self._pages or name in met:
                return older if name not in met else None
            met.add(name)
            parsed = self._pages[name]
        return None

    def may_follow(self, url: str) -> bool:
        """Whether an address is on the source's own site, and does nothing but show."""
        path = url.partition("://")[2].partition("/")[2]
        return bool(self._site) and sites.site(url) == self._site and not _does_something(f"/{path}")

    def is_at_home(self, page: Page) -> bool:
        """Whether a page came from the site that the source names."""
        return sites.site(page.url) == self._site


def mark(entry: Entry) -> int:
    """By which a post is known again when its thread is read on."""
    return mark_of(permalinks.of(entry.url).post or f"{entry.author} {entry.published_raw} {entry.text[:200]}")


def mark_of(post: str) -> int:
    """The same of the key of a post."""
    return crc32(post.encode("utf-8", "surrogatepass"))


def marks_of(entries: Iterable[Entry]) -> frozenset[int]:
    """The marks of the last posts of a thread."""
    return frozenset([mark(entry) for entry in entries][-_MAX_MARKS:])


def hash_of(body: bytes) -> str:
    """By which a page is known to be as it was."""
    return hashlib.blake2b(body, digest_size=16).hexdigest()


def _does_something(path: str) -> bool:
    """Whether a path or query names an action, as a word of its own: a thread may be about printers, or a login."""
    words = _WORDS.findall(_TITLE.sub(r"\1", path.lower()))
    return any(word.removesuffix(".php") in _NEVER for word in words)


def _page_name(url: str) -> str:
    """One name for all addresses of one page of a thread."""
    link = permalinks.of(url)
    return f"{link.thread} page {link.page}" if link.thread and not link.post else addresses.canonical(url)
