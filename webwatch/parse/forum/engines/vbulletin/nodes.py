"""vBulletin 5 and 6: posts are nodes, and so are the comments on them.

Templates: display_contenttype_threadview_header, conversation_userinfo, conversation_comment_item, bbcode_quote,
pagenav (5.7, 6.0); display_contenttype_conversationreply_threadview (5.0).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from webwatch.parse._document import attribute, inner_text
from webwatch.parse.forum.engines.vbulletin.quotation import QUOTING
from webwatch.parse.forum.post import Reading
from webwatch.parse.forum.recipe import MAX_POSTS, Recipe, heading, number, post_of, thread_of

if TYPE_CHECKING:
    from webwatch.model import Thread
    from webwatch.parse._document import Document, Node
    from webwatch.parse.forum.post import Post

# An answer that is pinned to the top stands in its own place too; streams and searches show pieces of posts.
_POSTS = (
    "li.b-post[data-node-id]:not(.b-post--deleted, .deleted, .list-item, :has(> .answer-label))",
    ".thread-view li.list-item[data-node-id]:not(.deleted)",
)
_NAMED = "a[data-vbnamecard]:not(:has(img))"
_PROFILE = ".b-userinfo a:not(:has(img))"
_MAX_CLIMB = 40
_COUNT = re.compile(r"#\s*(\d{1,7})")


def _place(block: Node) -> str:
    """The post's place, "#12"; of a comment on it, "#12.3", the same."""
    found = _COUNT.search(inner_text(block.css_first(".b-post__count, .js-show-post-link, .post-count")))
    return found[1] if found else ""


_NODE = Recipe(
    post=_POSTS,
    body=(".js-post__content-text", '[itemprop="text"]', ".OLD__post-content", ".post-content"),
    author=('[itemprop="author"] [itemprop="name"]', ".author a", ".author strong", ".author", _PROFILE),
    author_url=(".author a@href", f"{_PROFILE}@href"),
    date=("@data-node-publishdate", ".b-post__timestamp time", ".b-post__timestamp", ".post-date", "time@datetime"),
    link=("a.js-show-post-link@href", "a.b-post__count@href"),
    number=(_place,),
    quoting=QUOTING,
    drop=".b-post__edit, .post-signature, .b-post-signature, .b-post-attachments, .b-media--attachment, .axd, "
    ".bbcode_description",
    title=(),
)
_COMMENT = _NODE._replace(
    body=('[itemprop="commentText"]', *_NODE.body),
    author=(".b-comment__author", _NAMED, ".b-post__hide-when-deleted > a"),
    author_url=(".b-comment__author@href", f"{_NAMED}@href"),
)


def read(document: Document) -> Reading:
    """The posts of a topic with the comments on them, in the order of the page."""
    blocks = _blocks(document)
    if not blocks:
        return Reading()
    thread = _thread(document)
    return Reading(posts=tuple([_post(block, thread) for block in blocks]), thread=thread)


def _blocks(document: Document) -> list[Node]:
    """The posts that have a text."""
    bodies = document.all(", ".join(_COMMENT.body))[: 2 * MAX_POSTS]
    owners = {owner.mem_id for body in bodies if (owner := _owner(body)) is not None}
    found = next((found for css in _POSTS if (found := document.all(css))), [])
    return [block for block in found[:MAX_POSTS] if block.mem_id in owners]


def _owner(body: Node) -> Node | None:
    """The post that a text stands in; None where posts nest deeper than comments do."""
    posts: list[Node] = []
    above = body.parent
    for _ in range(_MAX_CLIMB):
        if above is None:
            break
        if above.tag == "li" and "data-node-id" in above.attributes:
            posts.append(above)
        above = above.parent
    return posts[0] if 0 < len(posts) < 3 else None


def _post(block: Node, thread: Thread) -> Post:
    kinds = attribute(block, "class").split()
    post = post_of(block, _COMMENT if "b-comment" in kinds else _NODE)
    link = post.link or f"{thread.url.partition('#')[0]}#post{attribute(block, 'data-node-id')}"
    return post._replace(link=link, accepted="isanswer" in kinds)


def _thread(document: Document) -> Thread:
    thread = thread_of(document, _NODE)
    page = number(attribute(document.first("input.js-pagenum"), "value"))
    pages = number(inner_text(document.first(".pagetotal")))
    if page and pages and page <= pages:
        thread = thread._replace(page=page, pages=pages)
    return thread._replace(title=heading(document, ("h1.main-title", "h1", ".js-post-title", ".post-title")))
