"""A web page as a tree, within bounds. Sole owner of selectolax (its lexbor engine builds the tree a browser would).

The engine is worse than quadratic on some pages that nobody would write; `_nesting` tells which before a tree is built.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser, SelectolaxError
from selectolax.lexbor import LexborNode as Node

from webwatch import addresses, text
from webwatch.errors import FailureClass, ParseError
from webwatch.parse import _encoding as encoding
from webwatch.parse import _nesting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webwatch.model import Page

__all__ = ["Document", "Node", "attribute", "every", "fragment", "inner_text", "is_selector"]

MAX_BYTES = 3_000_000
_EDGES = 40_000, 8_000  # characters at the beginning and at the end, where engines sign their pages


class Document:
    """A page's tree, its text as it came (`source`), and where it is from (`url`).

    `edges` is the beginning and the end of `source`, in which a mark of an engine is quickly looked for. For a body of
    JSON `data` is what it says, and the tree is empty. Raises `ParseError` where the page is beyond bounds.
    """

    def __init__(self, page: Page) -> None:
        if len(page.body) > MAX_BYTES:
            limit = f"{MAX_BYTES // 1_000_000} MB"
            raise ParseError(f"a page of more than {limit}: too large for one of a forum", FailureClass.TOO_LARGE)
        self.url = addresses.without_session(page.url)
        self.headers = page.headers
        self.source = encoding.decode(page.body, page.headers.get("content-type", ""))[0]
        first, last = _EDGES
        long = len(self.source) > first + last
        self.edges = self.source[:first] + self.source[-last:] if long else self.source

    @cached_property
    def data(self) -> Any:  # noqa: ANN401 - whatever the JSON says
        """What a body of JSON says; None where it is none."""
        return decoded(self.source) if self.source.lstrip("\ufeff \t\r\n")[:1] in {"{", "["} else None

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The tree; without scripts' text it is not: take text with `inner_text` or `text.from_html`."""
        return LexborHTMLParser("" if self.data is not None else _bounded(self.source))

    @cached_property
    def base(self) -> str:
        """What relative addresses are relative to."""
        node = self.first("base[href]")
        return addresses.absolute(self.url, attribute(node, "href")) or self.url if node else self.url

    @cached_property
    def generator(self) -> str:
        """Which program says that it made the page, in lower case; "" where none does."""
        return self.meta("generator").lower()

    @cached_property
    def title(self) -> str:
        """What the page calls itself: Open Graph's title, else `<title>`."""
        return text.line(self.meta("og:title")) or inner_text(self.first("title"))

    @cached_property
    def language(self) -> str | None:
        """The language tag of the page (`<html lang>`, then Open Graph's locale), in lower case."""
        node = self.first("html")
        tag = attribute(node, "lang") or attribute(node, "xml:lang") or self.meta("og:locale")
        return tag.strip().lower().replace("_", "-")[:20] or None

    def first(self, css: str) -> Node | None:
        """The first element that the selector finds."""
        return self.tree.css_first(css)

    def all(self, css: str) -> list[Node]:
        """All elements that the selector finds, in the order of the page."""
        return every(self.tree, css)

    def meta(self, name: str) -> str:
        """What `<meta name>` or `<meta property>` says; "" where there is none."""
        return self._metas.get(name.lower(), "")

    @cached_property
    def _metas(self) -> dict[str, str]:
        """What all of them say, the first of each name; one look through the page costs as much as one for each."""
        said: dict[str, str] = {}
        for node in self.tree.css("meta[content]"):
            given = node.attributes
            for name in (given.get("name"), given.get("property")):
                if name:
                    said.setdefault(name.lower(), given["content"] or "")
        return said

    def absolute(self, href: str) -> str:
        """The address of a link as it stands on this page, without session id; "" where it is no http(s) address."""
        return addresses.without_session(addresses.absolute(self.base, href)) if href else ""

    def address(self) -> str:
        """The page's own address: what it calls canonical, where that is at the same host, else where it came from."""
        return self._address

    @cached_property
    def _address(self) -> str:
        for written in (attribute(self.first('link[rel="canonical"]'), "href"), self.meta("og:url")):
            said = self.absolute(written)
            if said and (not self.url or addresses.host(said) == addresses.host(self.url)):
                return said
        return self.url

    def scripts(self, kind: str) -> Iterator[Any]:
        """What the page's `<script type=kind>` say as JSON; those that are none are passed over."""
        for node in self.all(f'script[type="{kind}"]'):
            data = decoded(node.text() or "")
            if data is not None:
                yield data


def decoded(source: str) -> Any:  # noqa: ANN401
    """What JSON says; None where it is none, or is nested too deeply."""
    try:
        return json.loads(source.lstrip("\ufeff"), strict=False)
    except (ValueError, RecursionError):
        return None


def every(within: LexborHTMLParser | Node, css: str) -> list[Node]:
    """All elements that the selector finds, each once: one that fits two of its parts is found twice by the engine."""
    found = within.css(css)
    return [*{node.mem_id: node for node in found}.values()] if "," in css else found


def is_selector(css: str) -> bool:
    """Whether the engine can read a selector."""
    try:
        LexborHTMLParser("").css_first(css)
    except (SelectolaxError, ValueError):
        return False
    return True


def attribute(node: Node | None, name: str) -> str:
    """The value of an attribute; "" where there is none."""
    return (node.attributes.get(name) or "") if node is not None else ""


def fragment(markup: str, *, bounded: bool = False) -> Node | None:
    """The `<body>` around a piece of markup, within the same bounds as a page; a piece of a page is `bounded`."""
    return LexborHTMLParser(markup if bounded else _bounded(markup)).body


def inner_text(node: Node | None) -> str:
    """The text of a small element, clean and on one line; "" where there is no element."""
    return text.line(node.text(separator=" ")) if node is not None else ""


def _bounded(source: str) -> str:
    """The markup, when a tree of it can be built in time; formatting that is never closed may be left out."""
    if _nesting.has_many_attributes(source):
        raise ParseError("the page has a tag with more attributes than any real one", FailureClass.BAD_RESPONSE)
    closed = _nesting.closed(source)
    if closed is None or not _nesting.is_flat(closed):
        raise ParseError(
            "the page has more elements than any that people read, or nests them deeper",
            FailureClass.BAD_RESPONSE,
        )
    return closed
