"""What all skins of phpBB write alike: a post's own address, its author's, its date between labels, its subject."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from webwatch import text
from webwatch.parse._document import attribute, inner_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from webwatch.parse._document import Node

POST_ID = re.compile(r"p?(\d{1,10})")
_OWN_ADDRESS = re.compile(r"[?&;]p=(\d{1,10})\b[^#]*#p?\1$")
_BETWEEN = re.compile(r"\xa0|&nbsp;|»|\|")
_LABEL = re.compile(r"^[^\d:]{0,30}:\s*")
_PROFILE = "mode=viewprofile"
_MOST = 200


def address(block: Node, post: str) -> str:
    """The link to a post that its block holds: one that names it twice, else any, else the mere anchor; ""."""
    found = [attribute(node, "href") for node in block.css(f'a[href$="#p{post}"], a[href$="#{post}"]')]
    whole = [href for href in found if href[:1] != "#"]
    best = next((href for href in whole if names_itself(href)), "") or next(iter(whole), "")
    return best or f"#p{post}"


def names_itself(href: str) -> str:
    """The id of the post, where an address says it twice, as the links of posts to themselves do; ""."""
    found = _OWN_ADDRESS.search(href)
    return found[1] if found else ""


def profile(links: Iterable[Node], author: str) -> str:
    """The address behind the author's name, else that of a button for a profile; "" for a guest."""
    button = ""
    for node in islice(links, _MOST):
        href = attribute(node, "href")
        if inner_text(node) == author:
            return href
        if not button and _PROFILE in href:
            button = href
    return button


def date(node: Node) -> str:
    """The date in a line such as "Posted: Mon May 12, 2014 9:15 am", "by Jan » 12 May": what is no child's text."""
    pieces = [text.line(piece) for piece in _BETWEEN.split(node.text(deep=False))]
    dated = next((piece for piece in pieces if re.search(r"\d", piece)), "")
    return _LABEL.sub("", dated)


def undated(node: Node) -> str:
    """What a line says that holds no date: in some skins but the name of a guest."""
    said = inner_text(node)
    return "" if re.search(r"\d", said) else said


def own_subject(written: str, title: str) -> str:
    """The subject of a post, where it is another than the topic's."""
    bare = without_re(written)
    this, topic = bare.casefold().rstrip(". …"), title.casefold()
    return "" if this in topic or topic in this else bare


def without_re(subject: str) -> str:
    """A subject without the "Re:" of an answer."""
    return re.sub(r"^(?:\s*(?:re|aw|antw|sv|rép)\s?:\s*)+", "", subject, flags=re.IGNORECASE).strip()
