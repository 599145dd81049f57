"""Stack Exchange (Stack Overflow, Server Fault, Super User and the network): a question, its answers, all comments.

Markup: the network's own pages from 2016 (tables, `.post-text`, `tr.comment`) to today's (`.js-post-body`, Stacks), and
api.stackexchange.com 2.x, whose items have a `body` where the filter asks for one.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from webwatch.model import Thread
from webwatch.parse._document import attribute, inner_text
from webwatch.parse.forum.engines import Engine
from webwatch.parse.forum.post import Post, Reading
from webwatch.parse.forum.recipe import MAX_POSTS, Quoting, Recipe, own_words_in, post_of, thread_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webwatch.parse._document import Document, Node

_QUOTING = (Quoting("blockquote:not(.spoiler)", (), ""),)  # a spoiler is the author's own text
_USER = '.user-details a[href*="/users/"]'
_ASKED = 'time[itemprop="dateCreated"]'
_NOT_SAID = (
    ".js-post-notice, .post-notice, .s-notice, .question-status, .snippet-ctas, .snippet-result, .js-lightbox-toggle"
)


def recognises(document: Document) -> bool:
    """By the network's static files, its body's class, and the API's quota."""
    if document.data is not None:
        return isinstance(document.data, dict) and {"items", "quota_remaining"} <= set(document.data)
    return (
        document.first('.question[data-questionid], .answer[data-answerid], body[class*="question-page"]') is not None
    )


def read(document: Document) -> Reading:
    """The posts of a question's page, or what the API answers."""
    if document.data is not None:
        return _read_data(document.data)
    blocks = document.all(".question[data-questionid], .answer[data-answerid], .comment[id^='comment-']")[:MAX_POSTS]
    if not any(attribute(block, "data-questionid") or attribute(block, "data-answerid") for block in blocks):
        return Reading()
    thread = thread_of(document, _POST)
    page = thread.url.partition("?")[0]
    holder = ""
    posts: list[Post] = []
    for block in blocks:
        own = attribute(block, "data-questionid") or attribute(block, "data-answerid")
        holder = own or holder
        post = post_of(block, _POST if own else _COMMENT)
        if post.body:
            date = post.date or (_utc(attribute(document.first(_ASKED), "datetime")) if not posts else "")
            posts.append(post._replace(date=date, link=post.link or _link(block, page, holder)))
    return Reading(posts=tuple(posts), thread=thread)


def _link(block: Node, page: str, holder: str) -> str:
    """The permalink as the site's templates write it, for pages that lack it."""
    if attribute(block, "data-questionid"):
        return page
    if attribute(block, "data-answerid"):
        return f"{page}#{holder}"
    return f"{page}#{attribute(block, 'id').replace('-', '')}_{holder}"


# ------------------------------------------------------------------------------------------------------- HTML


def _signature(block: Node) -> Node | None:
    """Who wrote it: the last of the signatures, where the one before is the last editor's."""
    own = block.css(".post-signature.owner") or block.css(".post-signature")
    return own[-1] if own else None


def _author(block: Node) -> str:
    """The name in the signature, without a moderator's diamond; for a community's post who wrote most of it."""
    signature = _signature(block)
    if signature is None:
        return ""
    named = signature.css_first(_USER) or signature.css_first('.user-details [itemprop="name"]')
    return inner_text(named or signature.css_first(".user-details")).rstrip("♦ ")


def _commentator(block: Node) -> str:
    return inner_text(block.css_first(".comment-user")).rstrip("♦ ")


def _author_url(block: Node) -> str:
    signature = _signature(block)
    return attribute(signature.css_first(_USER), "href") if signature is not None else ""


def _date(block: Node) -> str:
    signature = _signature(block)
    said = signature.css_first(".relativetime, .user-action-time [title]") if signature is not None else None
    return attribute(said, "title") or _utc(attribute(block.css_first(_ASKED), "datetime"))


def _comment_date(block: Node) -> str:
    said = attribute(block.css_first(".relativetime-clean, .comment-date [title], .relativetime"), "title")
    return said.partition(",")[0]


def _utc(said: str) -> str:
    """The site's microdata leave out that they are in UTC."""
    return f"{said}Z" if said and said[-1].isdecimal() and "+" not in said else said


_POST = Recipe(
    post=(),
    body=(".js-post-body", ".post-text", '[itemprop="text"]'),
    author=(_author, '[itemprop="author"] [itemprop="name"]'),
    author_url=(_author_url,),
    date=(_date,),
    link=('.js-share-link[href^="/"]@href', "a.short-link@href", '[itemprop="url"]@href'),
    quoting=_QUOTING,
    drop=_NOT_SAID,
    accepted=".accepted-answer, .vote-accepted-on",  # the microdata call the highest-scored one accepted
    title=("#question-header h1 a", "#question-header h1", "h1 a.question-hyperlink", "h1"),
    replies=("[data-answercount]@data-answercount", '[itemprop="answerCount"]'),
    views=('[title^="Viewed "]@title', "#qinfo .label-key b"),
    locked=".js-post-notice .iconLock, .question-status .locked",
)
_COMMENT = Recipe(
    post=(),
    body=(".comment-copy",),
    author=(_commentator,),
    author_url=("a.comment-user@href",),
    date=(_comment_date,),
    link=("a.comment-link@href",),
    quoting=(),
)

# -------------------------------------------------------------------------------------------------------- API


def _read_data(data: object) -> Reading:
    """Posts where the items have bodies; else the questions as threads."""
    items = data.get("items") if isinstance(data, dict) else None
    listed = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    posts = tuple(_item(item) for item in _walk(listed) if _said(item, "body"))
    questions = [item for item in listed if "title" in item and not _said(item, "answer_id")]
    threads = tuple(_thread(item) for item in questions[:MAX_POSTS])
    if not posts:
        return Reading(threads=threads)
    return Reading(posts=posts, thread=threads[0] if len(threads) == len(listed) == 1 else None)


def _walk(listed: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Questions, each with its comments and answers."""
    waiting: list[Any] = listed[:MAX_POSTS][::-1]
    for _ in range(MAX_POSTS):
        if not waiting:
            return
        item = waiting.pop()
        if isinstance(item, dict):
            yield item
            for name in ("answers", "comments"):
                below = item.get(name)
                waiting += below[:MAX_POSTS][::-1] if isinstance(below, list) else []


def _item(item: dict[str, Any]) -> Post:
    owner = item.get("owner")
    owner = owner if isinstance(owner, dict) else {}
    said, quoted = own_words_in(_said(item, "body"), _QUOTING, _NOT_SAID)
    return Post(
        body=said,
        author=html.unescape(_said(owner, "display_name")),
        author_url=_said(owner, "link"),
        date=_said(item, "creation_date"),
        link=_said(item, "link") or _said(item, "share_link"),
        title=html.unescape(_said(item, "title")),
        quotes=quoted,
        accepted=item.get("is_accepted") is True,
    )


def _thread(item: dict[str, Any]) -> Thread:
    return Thread(
        url=_said(item, "link"),
        title=html.unescape(_said(item, "title")),
        replies=_count(item, "answer_count"),
        views=_count(item, "view_count"),
        locked="locked_date" in item,
        page=1,
        pages=1,
    )


def _said(item: dict[str, Any], name: str) -> str:
    """A field as text; "" where it holds anything but text or a number."""
    value = item.get(name)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _count(item: dict[str, Any], name: str) -> int | None:
    value = item.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


part = Engine(marks=("cdn.sstatic.net/Sites/", 'class="question-page'), recognises=recognises, read=read)
