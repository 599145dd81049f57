"""What an engine reads off a page, before it is understood: raw dates, relative addresses, markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from webwatch.model import Further, Quote, Thread


class Post(NamedTuple):
    """One post as the page writes it.

    `body` is the markup of what its author says, without quotes, signature and notes of edits. `date` is the raw text,
    or an ISO date or epoch of an attribute. `link` is relative to the page, or "". `number` is the post's place in the
    whole thread, where it is shown. `title` is "" unless the post has one of its own, other than the thread's.
    """

    body: str
    author: str = ""
    author_url: str = ""
    date: str = ""
    link: str = ""
    number: int | None = None
    title: str = ""
    quotes: tuple[Quote, ...] = ()
    accepted: bool = False
    site: str = ""


class Reading(NamedTuple):
    """What one page holds: the posts of `thread`, or the `threads` of a board, with `follow` to ask for instead.

    Where `thread.page` and `thread.pages` are None the pages are counted by the links of the page. `partial`: these
    are some posts of the thread, a comment and its answers: their places in it are not known, but where they tell them.
    """

    posts: tuple[Post, ...] = ()
    thread: Thread | None = None
    threads: tuple[Thread, ...] = ()
    follow: tuple[Further, ...] = ()
    partial: bool = False
