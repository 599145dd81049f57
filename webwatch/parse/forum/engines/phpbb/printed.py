"""The printable page of phpBB 3 (`viewtopic.php?t=12&view=print`): posts without ids, links or pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch.parse._document import attribute
from webwatch.parse.forum.recipe import MAX_POSTS, Quoting, Recipe, post_of

if TYPE_CHECKING:
    from webwatch.parse._document import Document
    from webwatch.parse.forum.post import Post

_POSTS = ".post:not([id]):has(> .author):has(> .date):has(> .content)"
_PRINTED = Recipe(
    post=(_POSTS,),
    body=(".content",),
    author=(".author strong", ".author"),
    date=(".date strong", ".date"),
    quoting=(Quoting("blockquote", ("cite",), "cite"),),
    drop=".codebox > dt, .codebox > p",
)


def posts(document: Document) -> list[Post]:
    """The posts of a topic; all of them stand at the address of the topic."""
    if "noindex" not in attribute(document.first('meta[name="robots"]'), "content"):
        return []
    return [post_of(block, _PRINTED) for block in document.all(_POSTS)[:MAX_POSTS]]
