"""Invision Community 4 and 5 (IPS): topics, questions with a best answer, and comments below anything else.

Markup: the compiled themes of applications/forums (front/topics: post, postContainer, postHeader, topic) and of
applications/core (front/global: commentContainer, commentEditLine, signature) of 4.1, 4.7 and 5.0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch import permalinks
from webwatch.parse._document import attribute, decoded
from webwatch.parse.forum import interactions, recipe
from webwatch.parse.forum.post import Reading
from webwatch.parse.forum.recipe import Quoting, Recipe, number
from webwatch.parse.forum.records import record, said

if TYPE_CHECKING:
    from webwatch.model import Thread
    from webwatch.parse._document import Document, Node
    from webwatch.parse.forum.post import Post


def permalink(post: Node) -> str:
    """The link that names the post itself; else what is to be added to the topic's address to make one."""
    own = attribute(post, "id").rpartition("_")[2]
    if not own.isdecimal():
        return ""
    css = f'a[href*="do=findComment&comment={own}"], a[href*="#findComment-{own}"], a[href*="#comment-{own}"]'
    return attribute(post.css_first(css), "href") or f"?do=findComment&comment={own}"


def quoted_name(post: Node) -> str:
    """The author's name as a reply that quotes this post would give it."""
    return _quoting(post, "username")


def quoted_time(post: Node) -> str:
    """The moment of the post as a reply that quotes it would give it, in seconds since 1970."""
    return _quoting(post, "timestamp")


def _quoting(post: Node, name: str) -> str:
    return said(record(decoded(attribute(post.css_first("[data-quotedata]"), "data-quotedata"))), name)


TOPIC = Recipe(
    post=('article[id^="elComment_"]', '[id^="elComment_"]', 'article[id^="elReview_"]'),
    body=('[data-role="commentContent"]', ".cPost_contentWrap", ".ipsEntry__post .ipsRichText", ".ipsType_richText"),
    author=(
        ".cAuthorPane_author strong a",
        ".cAuthorPane_author a",
        ".ipsEntry__username .ipsUsername",
        ".ipsEntry__username a",
        "aside .cAuthorPane_author strong",
        ".cAuthorPane_author strong",
        ".cAuthorPane_author",
        ".ipsEntry__username",
        ".ipsComment_author strong",
        quoted_name,
    ),
    author_url=(
        ".cAuthorPane_author a[href]@href",
        ".ipsEntry__username a[href]@href",
        ".ipsComment_author a[href]@href",
        "a.ipsUserPhoto[href]@href",
    ),
    date=(
        ".ipsEntry__date time@datetime",
        ".ipsComment_meta time@datetime",
        'a[href*="omment"] time@datetime',
        quoted_time,
        "time@datetime",
    ),
    link=(permalink,),
    quoting=(
        Quoting(
            "blockquote.ipsQuote, blockquote[data-ipsquote]",
            ("@data-ipsquote-username", "@data-cite", ".ipsQuote_citation"),
            ".ipsQuote_citation",
        ),
        Quoting("blockquote", ("@data-author",), ".citation"),
    ),
    drop='[data-excludequote], .ipsEdited, .ipsSpoiler_header, [data-role="memberSignature"], .ipsItemControls, '
    "script, style",
    accepted=".ipsEntry--solved, .ipsBadge--solution, .ipsComment_solved, "
    '[itemprop~="acceptedAnswer"], .cBestAnswerIndicator:not(.cBestAnswerIndicator_off)',
    title=("h1.ipsType_pageTitle .ipsType_break", "h1.ipsType_pageTitle", ".ipsPageHeader__title", "h1"),
    locked=".ipsBadge--locked, .ipsPageHeader .fa-lock, .ipsPageHeader_title .fa-lock, h1 .fa-lock",
)


def read_topic(document: Document) -> Reading:
    """The posts of a topic, each with a link that names it."""
    reading = recipe.read(document, TOPIC)
    if not reading.posts or not reading.thread:
        return Reading()
    topic = document.address().partition("#")[0]
    is_rewritten = "?/" not in topic  # else as index.php?/topic/12-title/
    topic = f"{topic.partition('?')[0]}?" if is_rewritten else f"{topic.partition('&')[0]}&"
    posts = [post._replace(link=f"{topic}{post.link[1:]}") if post.link[:1] == "?" else post for post in reading.posts]
    thread = _counted(reading.thread, document)
    return Reading(posts=_numbered(posts, thread, document), thread=thread)


def _numbered(posts: list[Post], thread: Thread, document: Document) -> tuple[Post, ...]:
    """The posts of a later page with their places: the pages before it are full, and may be led by the first post."""
    each = number(attribute(document.first("[data-ipspagination-perpage]"), "data-ipspagination-perpage"))
    if not each or not thread.page or thread.page < 2:
        return tuple(posts)
    repeated = document.first("article[data-ips-first-post]") is not None
    start = (thread.page - 1) * each + 1 - repeated
    return tuple(
        post._replace(number=1 if repeated and index == 0 else start + index) for index, post in enumerate(posts)
    )


def _counted(thread: Thread, document: Document) -> Thread:
    """The thread with its pages as the page navigation numbers them, and its replies as structured data counts them."""
    pages = number(attribute(document.first(".ipsPagination[data-pages]"), "data-pages")) or 1
    current = document.first(".ipsPagination_active [data-page], .ipsPagination__active [data-page]")
    page = number(attribute(current, "data-page")) or permalinks.of(thread.url).page or 1
    return interactions.counted(document, thread._replace(page=page, pages=max(page, pages)))
