"""WordPress (wordpress.org, wordpress.com): an article as the opening post, and the comments below it as the others.

Markup: WordPress/WordPress, wp-includes/class-walker-comment.php and comment-template.php (`comment_class`, both
formats), wp-content/themes/{classic,default}/comments.php (1.5 to 2.9); WordPress/gutenberg,
packages/block-library/src/comment-*; and themes and plugins of their own as captured pages show them (Thesis,
Underscores, Avada, wpDiscuz).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from webwatch.model import Further, Thread
from webwatch.parse._document import attribute, inner_text
from webwatch.parse.forum.engines import Engine
from webwatch.parse.forum.engines.wordpress import article, comments
from webwatch.parse.forum.post import Reading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from webwatch.parse._document import Document

_FOLDERS = ("/wp-content/", "/wp-includes/", "api.w.org")
_FILES = (
    'link[rel="https://api.w.org/"], link[href*="/wp-includes/"], link[rel~="stylesheet"][href*="/wp-content/"],'
    ' script[src*="/wp-includes/"], script[src*="/wp-content/"], form[action*="wp-comments-post.php"]'
)
_ITS_OWN = "#bbpress-forums, .bbp-reply-content, .bbp-topics, #topic-post-list, .wpforo-wrap"
_ALONE = "#respond, #commentform, .comment-respond, body.single, body.single-post"
_PAGE = re.compile(r"(?:/comment-page-|[?&]cpage=)(\d{1,5})")
_PAGE_OF_ADDRESS = re.compile(r"/comment-page-\d+(?=/|$)")
_COUNT = re.compile(r"^\W{0,3}(\d[\d.,]{0,8})\b(?!\s*%)")
_HEADINGS = ".comments-title, .wp-block-comments-title, #comments h2, #comments h3, h3#comments, h2#comments"
_CURRENT = ".comments-pagination .current, .comment-navigation .current, .wp-block-comments-pagination .current"
_NEWER = '.nav-next a[href*="comment-page-"], a.next[href*="comment-page-"], a[rel="next"][href*="comment-page-"]'
_OLDER = '.nav-previous a[href*="comment-page-"], a.prev[href*="comment-page-"], a[rel="prev"][href*="comment-page-"]'
_MAX_LINKS = 200
_MAX_DIGITS = 5


def recognises(document: Document) -> bool:
    """By its generator, or by where its files lie; a forum within it is its plugin's."""
    made = "wordpress" in document.generator or (
        any(folder in document.edges for folder in _FOLDERS) and document.first(_FILES) is not None
    )
    return made and document.first(_ITS_OWN) is None


def read_page(document: Document) -> Reading:
    """An article and its comments; a page of neither, or of several articles, is no thread."""
    found = comments.read(document)
    if not found and document.first(_ALONE) is None:
        return Reading()
    linked = _linked(document)
    thread = _thread(document, linked)
    opening = article.read(document, thread.url)
    posts = (opening, *found) if opening is not None else found
    return Reading(posts=posts, thread=thread, follow=_follow(thread, linked)) if posts else Reading()


def _thread(document: Document, linked: Mapping[int, str]) -> Thread:
    count = _COUNT.match(inner_text(document.first(_HEADINGS)))
    here = _here(document, linked)
    return Thread(
        url=_PAGE_OF_ADDRESS.sub("", document.address().partition("#")[0]),
        title=article.title(document),
        replies=int(re.sub(r"\D", "", count[1])) if count else None,
        locked=document.first(".no-comments, .nocomments, .comments-closed") is not None,
        page=here,
        pages=max(here, *linked, 1),
    )


def _linked(document: Document) -> dict[int, str]:
    """The other pages of the comments that are linked to."""
    found: dict[int, str] = {}
    for node in document.all('a[href*="comment-page-"], a[href*="cpage="]')[:_MAX_LINKS]:
        href = attribute(node, "href")
        page = _PAGE.search(href)
        if page and "#comment-" not in href:
            found.setdefault(int(page[1]), document.absolute(href).partition("#")[0])
    return found


def _here(document: Document, linked: Mapping[int, str]) -> int:
    """Which page of the comments this is: without a number in its address it is the first or the last."""
    current = inner_text(document.first(_CURRENT))
    said = _PAGE.search(document.url)
    if said or current.isdecimal():
        return int(said[1]) if said else int(current[:_MAX_DIGITS])
    newer = _PAGE.search(attribute(document.first(_NEWER), "href"))
    if newer:
        return max(1, int(newer[1]) - 1)
    return max(linked, default=0) + 1 if document.first(_OLDER) is not None or 2 not in linked else 1


def _follow(thread: Thread, linked: Mapping[int, str]) -> tuple[Further, ...]:
    here = thread.page or 1
    newer = [Further(url=linked[page], why="newest") for page in sorted(linked)[-1:] if page > here]
    older = [Further(url=linked[page], why="older") for page in sorted(linked) if page < here]
    return (*newer, *older[-1:])


part = Engine(marks=(), recognises=recognises, read=read_page)
