"""Reddit as old.reddit.com shows it: things (`t3` posts, `t1` comments) within things.

Markup: reddit-archive/reddit, r2/r2/templates/{printable,link,comment,comment_skeleton,usertext}.html, and the live
site's later `data-permalink` and `data-comments-count`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch.model import Thread
from webwatch.parse._document import attribute, inner_text
from webwatch.parse.forum.engines.reddit.api import GONE
from webwatch.parse.forum.post import Post, Reading
from webwatch.parse.forum.recipe import MAX_POSTS, Quoting, number, own_words

if TYPE_CHECKING:
    from webwatch.parse._document import Document, Node

_LINKS = "div.thing.link:not(.promoted):not(.promotedlink)"
_COMMENTS = "div.thing.comment"
_QUOTING = (Quoting("blockquote", (), ""),)


def read(document: Document) -> Reading:
    """A post with its comments; of a list its posts as threads, or the comments of a person or a subreddit."""
    links = document.all(_LINKS)[:MAX_POSTS]
    comments = document.all(_COMMENTS)[:MAX_POSTS]
    if document.first(".commentarea") is None and links:
        return Reading(threads=tuple(_thread(link, document) for link in links))
    thread = _thread(links[0], document) if links else None
    posts = [_post(links[0], thread)] if links else []
    posts += [_post(comment, thread) for comment in comments]
    return Reading(posts=tuple(post for post in posts if post), thread=thread)


def _thread(link: Node, document: Document) -> Thread:
    counted = attribute(link, "data-comments-count") or inner_text(link.css_first("a.comments"))
    classes = attribute(link, "class").split()
    return Thread(
        url=document.absolute(_permalink(link, "a.comments")),
        title=inner_text(link.css_first("a.title")),
        replies=number(counted),
        locked="locked" in classes or "archived" in classes or document.first(".archived-infobar") is not None,
        page=1,
        pages=1,
    )


def _permalink(thing: Node, otherwise: str) -> str:
    """Its address, as data or of a link within its own entry, which comes before its replies'."""
    entry = thing.css_first(".entry")
    return attribute(thing, "data-permalink") or attribute(entry and entry.css_first(otherwise), "href")


def _post(thing: Node, thread: Thread | None) -> Post | None:
    """A post or a comment by what stands in its own entry, which comes before its replies'; None for a deleted one."""
    entry = thing.css_first(".entry")
    if entry is None:
        return None
    is_link = "link" in attribute(thing, "class").split()
    title = entry.css_first("a.title") if is_link else thing.css_first(".parent a.title")
    author = entry.css_first(".tagline .author")
    name = inner_text(author) or attribute(thing, "data-author") or _of_nobody(entry)
    body = entry.css_first(".usertext-body .md") or entry.css_first(".usertext-body")
    said, quoted = own_words(body, _QUOTING, "") if body is not None else ("", ())
    if body is not None and not quoted and inner_text(body) in GONE:
        said = ""
    if is_link:
        said = said or (title.html if title is not None else None) or ""
    elif not (said or quoted):
        return None
    return Post(
        body=said,
        author=name,
        author_url=attribute(author, "href"),
        date=_date(entry, thing),
        link=(_permalink(thing, "a.comments" if is_link else "a.bylink") or _built(thing, thread)),
        title="" if thread else inner_text(title),
        quotes=quoted,
    )


def _of_nobody(entry: Node) -> str:
    """What stands where the name of an author was who is gone."""
    return next((said for node in entry.css(".tagline em")[:3] if (said := inner_text(node)) in GONE), "")


def _date(entry: Node, thing: Node) -> str:
    """When it was written: the first time of the tagline, the second one being that of an edit."""
    return attribute(entry.css_first(".tagline time"), "datetime") or attribute(thing, "data-timestamp")


def _built(thing: Node, thread: Thread | None) -> str:
    """The permalink of a comment that shows none: below its thread's."""
    return f"{thread.url}{attribute(thing, 'data-fullname').removeprefix('t1_')}/" if thread else ""
