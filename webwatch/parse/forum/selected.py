"""The owner's own selectors, for a site that no engine knows: `select:` in the source's config.

`post` says which elements are posts. Of the parts that it says nothing about each is looked for within them, in the way
of the general reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch.errors import FailureClass, ParseError
from webwatch.parse._document import attribute, inner_text, is_selector
from webwatch.parse.forum import blocks, bodies, general, parts, recipe, stamps
from webwatch.parse.forum import outline as outlines
from webwatch.parse.forum.post import Post, Reading
from webwatch.parse.forum.recipe import MAX_POSTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from webwatch.model import Context, Select
    from webwatch.parse._document import Document, Node
    from webwatch.parse.forum.blocks import Block
    from webwatch.parse.forum.outline import Outline

_DEEPEST = 30
_DATES = ("datetime", "data-time", "data-timestamp", "content", "title")


def read(document: Document, select: Select, context: Context) -> Reading:
    """The posts that the owner's selectors find; raises `ParseError` for a selector that cannot be read."""
    if document.data is not None:
        return Reading()
    _check(select)
    outline = outlines.of(document)
    rows = {node.mem_id: row for row, node in enumerate(outline.nodes)}
    found = _not_too_deep(document.all(select.post)[:MAX_POSTS])
    chosen = sorted({rows[node.mem_id] for node in found if node.mem_id in rows})
    if not chosen:
        return Reading()
    drawn = blocks.cut(outline, chosen, [None] * len(chosen))
    drawn = stamps.dated(outline, drawn, context, context.source.language or document.language)
    names = parts.authors(outline, drawn)
    links = parts.links(outline, document, drawn, names)
    texts = bodies.rows_of(outline, drawn, names)
    posts = []
    for block, name, link, body in zip(drawn, names, links, texts, strict=True):
        seen = Post(
            "", name.shown, name.url, block.stamp.raw if block.stamp else "", link, parts.number(outline, block)
        )
        posts.append(_post(outline, block, select, seen, body))
    return Reading(posts=tuple(posts), thread=general.thread_of(document))


def _not_too_deep(found: Sequence[Node]) -> list[Node]:
    """Answers within answers, as deep as people follow them: each is looked through with all that is in it."""
    depths: dict[int, int] = {}
    for node in found:
        outer = node.parent
        while outer is not None and outer.mem_id not in depths:
            outer = outer.parent
        depths[node.mem_id] = depths[outer.mem_id] + 1 if outer is not None else 0
    return [node for node in found if depths[node.mem_id] <= _DEEPEST]


def _check(select: Select) -> None:
    for part, css in select._asdict().items():
        if css and not is_selector(css):
            raise ParseError(
                f"the selector {css!r} cannot be read: mend {part}: below select: in the source's config",
                FailureClass.BAD_RESPONSE,
            )


def _post(outline: Outline, block: Block, select: Select, seen: Post, rows: Sequence[int]) -> Post:
    """One post: what the owner says where it stands, and of the rest what was seen."""
    node = outline.nodes[block.start]
    if select.author:
        named = node.css_first(select.author)
        seen = seen._replace(author=inner_text(named), author_url=_href(named) or seen.author_url)
    if select.date:
        seen = seen._replace(date=_date(node.css_first(select.date)))
    if select.link:
        seen = seen._replace(link=_href(node.css_first(select.link)))
    body = node.css_first(select.text) if select.text else None
    if body is not None:
        said, quoted = recipe.own_words(body, bodies.QUOTING, bodies.DROP)
    else:
        said, quoted = ("", ()) if select.text else bodies.own_words(outline, rows)
    return seen._replace(body=said, quotes=quoted)


def _date(node: Node | None) -> str:
    return next((value for name in _DATES if (value := attribute(node, name))), "") or inner_text(node)


def _href(node: Node | None) -> str:
    """The address of the link that an element is, holds, or stands in; or its own id."""
    if node is None:
        return ""
    link = node if node.tag == "a" else node.css_first("a[href]")
    if link is None and node.parent is not None and node.parent.tag == "a":
        link = node.parent
    own = attribute(node, "id")
    return attribute(link, "href") or (f"#{own}" if own[-1:].isdigit() else "")
