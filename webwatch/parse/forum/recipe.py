"""How the posts of an engine are read, as data: selectors for each part, in the order in which they are tried.

A *take* is where a value stands: `"css"` is the text of the first element found within the post (or the post itself),
`"css@name"` its attribute, `"@name"` the post's own attribute; a function of the post's element gives what neither
can say. Of several takes the first that gives anything counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from webwatch import text
from webwatch.model import Quote, Thread
from webwatch.parse._document import Node, attribute, every, fragment, inner_text
from webwatch.parse.forum import quotes
from webwatch.parse.forum.post import Post, Reading

if TYPE_CHECKING:
    from webwatch.parse._document import Document

Take = str | Callable[[Node], str]

MAX_POSTS = 2_000
_MAX_HEADINGS = 50


class Quoting(NamedTuple):
    """How quotes are marked in a body: the `block`, its author (a caption such as "Jan wrote:" will do).

    `caption` is what of the block is not quoted text: it is left out. What the author's takes found is left out too
    where it stands in an element of its own. `heading` is the caption where it stands right before the block.
    """

    block: str = "blockquote"
    author: tuple[Take, ...] = ("cite",)
    caption: str = "cite"
    heading: str = ""


class Recipe(NamedTuple):
    """Where an engine writes what; `title`, `replies`, `views` and `locked` are looked for in the whole page.

    `post` and `body` are selectors alone, and so are these, "" for none: `skip`: a block that is, or holds, such an
    element is no post (deleted, hidden, an advertisement); `drop`: what in a body is not the author's text (signature,
    note of an edit, buttons, attachments); `accepted`: marks the post that is the answer.
    """

    post: tuple[str, ...]
    body: tuple[str, ...]
    author: tuple[Take, ...] = ()
    author_url: tuple[Take, ...] = ()
    date: tuple[Take, ...] = ()
    link: tuple[Take, ...] = ()
    number: tuple[Take, ...] = ()
    subject: tuple[Take, ...] = ()
    quoting: tuple[Quoting, ...] = (Quoting(),)
    drop: str = ""
    skip: str = ""
    accepted: str = ""

    title: tuple[Take, ...] = ("h1",)
    replies: tuple[Take, ...] = ()
    views: tuple[Take, ...] = ()
    locked: str = ""


def read(document: Document, recipe: Recipe) -> Reading:
    """The posts that the recipe finds, with their thread; nothing where it finds none."""
    blocks: list[Node] = []
    for css in recipe.post:
        blocks = apart(document.all(css))
        if recipe.skip:
            blocks = [block for block in blocks if block.css_first(recipe.skip) is None]
        if blocks:
            break
    if not blocks:
        return Reading()
    thread = thread_of(document, recipe)
    return Reading(posts=tuple([post_of(block, recipe) for block in blocks]), thread=thread)


def apart(blocks: Iterable[Node]) -> list[Node]:
    """The blocks that stand in no other, for engines whose posts are not nested.

    What is in a block may be taken out of the tree with it, and many nested ones take long to read.
    """
    found: list[Node] = []
    taken: set[int] = set()
    for block in islice(blocks, MAX_POSTS):
        outer = block.parent
        while outer is not None and outer.mem_id not in taken:
            outer = outer.parent
        if outer is None:
            found.append(block)
            taken.add(block.mem_id)
    return found


def post_of(block: Node, recipe: Recipe) -> Post:
    """One post; what is taken from the block's body is removed from the tree."""
    facts = Post(
        body="",
        author=take(block, recipe.author),
        author_url=take(block, recipe.author_url),
        date=take(block, recipe.date),
        link=take(block, recipe.link),
        number=number(take(block, recipe.number)),
        title=take(block, recipe.subject),
        accepted=bool(recipe.accepted) and block.css_first(recipe.accepted) is not None,
    )
    body = find(block, recipe.body)
    if body is None:
        return facts
    markup, quoted = own_words(body, recipe.quoting, recipe.drop)
    return facts._replace(body=markup, quotes=quoted)


def own_words(body: Node, quoting: tuple[Quoting, ...], drop: str) -> tuple[str, tuple[Quote, ...]]:
    """What the author says in a body, as markup, and what is quoted there; takes the quotes out of the tree."""
    if drop:
        for node in reversed(every(body, drop)):
            if node.mem_id != body.mem_id:
                _leave_out(node)
    quoted = [quote for each in quoting for quote in _taken_quotes(body, each)]
    return body.html or "", tuple(quoted)


def _leave_out(node: Node) -> None:
    """Take out an element; a block stays as an empty one, so that what stands around it does not become one word."""
    if node.tag == "div":
        for part in [*node.iter(include_text=True)]:
            part.decompose()
    else:
        node.decompose()


def own_words_in(
    markup: str, quoting: tuple[Quoting, ...] = (Quoting(),), drop: str = "", *, bounded: bool = False
) -> tuple[str, tuple[Quote, ...]]:
    """The same for markup that a page holds as JSON; `bounded` where it comes from a page's own tree."""
    body = fragment(markup, bounded=bounded) if "<" in markup else None
    return own_words(body, quoting, drop) if body is not None else (markup, ())


def _taken_quotes(body: Node, quoting: Quoting) -> list[Quote]:
    """The quotes of a body, outer ones without the inner ones, which follow them; their blocks are empty after."""
    blocks = [block for block in every(body, quoting.block) if block.mem_id != body.mem_id][:MAX_POSTS]
    found = []
    for block in reversed(blocks):
        heading = _taken_heading(block, quoting.heading) if quoting.heading else ""
        author = quotes.author_in(take(block, quoting.author) or heading)
        if quoting.caption:
            for node in reversed(every(block, quoting.caption)):
                if node.mem_id != block.mem_id:
                    node.decompose()
        said = text.from_html(block.html or "")
        for node in [*block.iter(include_text=True)]:
            node.decompose()
        if said or author:
            found.append(Quote(author=author, text=said))
    return found[::-1]


def _taken_heading(block: Node, css: str) -> str:
    """The text of the element right before a block, if it is its heading; it is gone from the tree after."""
    before = block.prev
    while before is not None and not before.is_element_node and not before.text().strip():
        before = before.prev
    if before is None or not before.is_element_node or not before.css_matches(css):
        return ""
    written = inner_text(before)
    before.decompose()
    return written


def thread_of(document: Document, recipe: Recipe) -> Thread:
    """What the page says of its thread."""
    root = document.tree.root
    if root is None:
        return Thread(url=document.address())
    return Thread(
        url=document.address(),
        title=take(root, recipe.title) or text.line(document.meta("og:title")),
        replies=number(take(root, recipe.replies)),
        views=number(take(root, recipe.views)),
        locked=bool(recipe.locked) and document.first(recipe.locked) is not None,
    )


def heading(document: Document, selectors: tuple[str, ...]) -> str:
    """The heading that the page's `<title>` begins with, or repeats; else the `<title>` without the site's name."""
    said = inner_text(document.first("title"))
    repeated = ""
    for css in selectors:
        for node in document.all(css)[:_MAX_HEADINGS]:
            written = inner_text(node)
            if written and said.startswith(written):
                return written
            repeated = repeated or (written if written in said else "")
    if repeated:
        return repeated
    named = re.split(r"\s[|–—-]\s(?!.*\s[|–—-]\s)", said, maxsplit=1)[0]
    return re.sub(r"\s[|–—-]\s[^\W\d]{1,9}\.? \d{1,5}$", "", named) or text.line(document.meta("og:title"))


def take(node: Node, takes: tuple[Take, ...]) -> str:
    """The first value that any of the takes gives; ""."""
    for each in takes:
        value = _taken(node, each) if isinstance(each, str) else each(node)
        if value:
            return value
    return ""


def _taken(node: Node, written: str) -> str:
    css, _, name = written.rpartition("@") if "@" in written else (written, "", "")
    found = node.css_first(css) if css else node
    return text.line(attribute(found, name)) if name else inner_text(found)


def find(node: Node, selectors: tuple[str, ...]) -> Node | None:
    """The first element that any of the selectors finds."""
    return next((found for css in selectors if (found := node.css_first(css)) is not None), None)


_NUMBER = re.compile(r"\d[\d.,  ]{0,12}")


def number(written: str) -> int | None:
    """`#12`, `1.204 keer bekeken`, `1,2k`; None where no number stands there."""
    found = _NUMBER.search(written)
    if not found:
        return None
    thousands = re.match(r"(\d{1,4})(?:[.,](\d))?\s?[kK]\b", written[found.start() :])
    if thousands:
        return int(thousands[1]) * 1_000 + int(thousands[2] or 0) * 100
    return int(re.sub(r"\D", "", found[0]) or 0)


# A day and a time. Compiled when first needed: most skins mark their dates.
_DATED = (
    r"(?:\d{1,4}[-./]\d{1,2}[-./]\d{2,4},?\s|[^\W\d_]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4},?\s"
    r"|\d{1,2}\.? [^\W\d_]{3,9}\.? \d{4},?\s|[^\W\d_]{4,11},\s)\s?\d{1,2}[:h]\d\d(?:\s?[AaPp][Mm]\b)?"
)
_MAX_DATED = 20_000


def first_date(markup: str) -> str:
    """The first day with a time that some markup prints, for skins that give it no element of its own; ""."""
    found = re.search(_DATED, text.line(text.from_html(markup[:_MAX_DATED])))
    return found[0] if found else ""
