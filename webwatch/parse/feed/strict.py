"""Well-formed RSS 0.9x–2.0, RDF and Atom → items, with the standard library's XML parser. Nearly every feed is such.

Tags are looked up once by what they mean: namespaces in every spelling that is met, names in any case. A parser of
the standard library never loads what a document points to; declared entities are kept from it by the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape
from itertools import pairwise
from typing import cast
from xml.etree.ElementTree import Element, ParseError, XMLParser, XMLPullParser

from webwatch import addresses
from webwatch.errors import ParseError as NotReadable
from webwatch.parse.feed.item import MAX_ENTRIES, Feed, Item, absolute

_WHOLE = 500_000
_PIECE = 65_536
_MAX_DEPTH = 200
_MAX_AUTHORS = 200
_MAX_ELEMENTS = 600_000
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_VOID = frozenset({"br", "hr", "img", "wbr", "input"})
# expat's codes for a document that stops too early (or goes on too long): what came before is sound.
CUT_OFF = "the feed is cut off"
_ENDINGS = {**dict.fromkeys((3, 5, 6, 20), CUT_OFF), 9: "the feed is followed by something else"}


def tree(markup: bytes | str) -> tuple[Element, str]:
    """The root of a document, and what was left out ("" where nothing was).

    Raises `xml.etree.ElementTree.ParseError` where it is not well-formed, and our `ParseError` where it is too deep.
    A large document is read in pieces and no further than the entries that are wanted.
    """
    if len(markup) > _WHOLE:
        return _in_pieces(markup)
    parser: XMLParser[Element] = XMLParser()  # noqa: S314 - declared entities never get here
    parser.feed(markup)
    return parser.close(), ""


def complete_part(markup: str) -> tuple[Element, str]:
    """`tree`, for a feed that was cut off: the entries that were complete. Raises as `tree` does for other faults."""
    return _in_pieces(markup, forgiving=True)


def _in_pieces(markup: bytes | str, *, forgiving: bool = False) -> tuple[Element, str]:
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    path: list[Element] = []
    seen = _Seen()
    try:
        for start in range(0, len(markup), _PIECE):
            parser.feed(markup[start : start + _PIECE])
            if seen.enough(parser, path):
                break
        else:
            parser.close()
    except ParseError as error:
        if not forgiving or error.code not in _ENDINGS or seen.root is None:
            raise
        seen.left_out = _ENDINGS[error.code]
    if seen.root is None:
        raise NotReadable("this is not a feed")
    for parent, child in pairwise(path):
        if _role(child.tag) == "item":
            parent.remove(child)
            break
    return seen.root, seen.left_out


class _Seen:
    """How much of a document has been read."""

    __slots__ = ("elements", "items", "left_out", "root")

    def __init__(self) -> None:
        self.root: Element | None = None
        self.elements = self.items = 0
        self.left_out = ""

    def enough(self, parser: XMLPullParser[Element], path: list[Element]) -> bool:
        """Takes in what the parser has read; `path` holds the elements that are open."""
        for event, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
            if event == "start":
                self.root = element if self.root is None else self.root
                path.append(element)
                self.elements += 1
                if len(path) > _MAX_DEPTH:
                    raise NotReadable(f"the elements of this feed are nested more than {_MAX_DEPTH} deep")
            else:
                path.pop()
                self.items += len(path) < 3 and _role(element.tag) == "item"
        if self.items > MAX_ENTRIES:
            return True
        if self.elements > _MAX_ELEMENTS:
            self.left_out = f"only the first {_MAX_ELEMENTS:,} elements were read"
            return True
        return False


def items(root: Element, page_url: str) -> tuple[Feed, list[Item]] | None:
    """What the feed says of itself, and its items in order; None where the root is not that of a feed."""
    kind = _role(root.tag)
    if kind not in {"rss", "feed", "channel"}:
        return None
    whole = next((child for child in root if _role(child.tag) == "channel"), root) if kind == "rss" else root
    base = _base(root, page_url)
    about, found = _read(whole, _base(whole, base) if whole is not root else base)
    if whole is not root:
        found += _read(root, base)[1]
    home = absolute(about["base"], about.get("link") or about.get("alternate") or "") or page_url
    rebased = about["base"] != page_url
    feed = Feed(
        title=about.get("title", ""),
        home=home,
        base=about["base"] if kind == "feed" or rebased else home,
        author=about.get("author", "") if kind == "feed" else "",
        language=about.get("language") or whole.get(_LANGUAGE) or root.get(_LANGUAGE) or "",
    )
    return feed, [_item(element, feed) for element in found[: MAX_ENTRIES + 1]]


def _item(element: Element, feed: Feed) -> Item:
    item, _ = _read(element, _base(element, feed.base))
    if _ABOUT in element.attrib:
        item.setdefault("guid", element.attrib[_ABOUT])
        item.setdefault("permalink", element.attrib[_ABOUT])
    if _LANGUAGE in element.attrib:
        item["language"] = element.attrib[_LANGUAGE]
    return item


def _base(element: Element, outer: str) -> str:
    written = element.attrib.get(_BASE)
    return (addresses.absolute(outer, written) or outer) if written else outer


def _read(element: Element, base: str) -> tuple[Item, list[Element]]:
    """What the children of a channel, a feed or an item say, and those of them that are items."""
    found: Item = {"base": base}
    inside: list[Element] = []
    for child in element:
        role = _role(child.tag)
        if role is None or role == "channel":
            continue
        if role == "item":
            inside.append(child)
        elif isinstance(role, str):
            value = _markup(child) if len(child) else child.text
            if value and role not in found:
                found[role] = value
        else:
            role(child, found)
    return found, inside


# ------------------------------------------------------------------------------------- elements that say more than text


def _markup(element: Element, depth: int = 0) -> str:
    """What stands inside an element, as HTML without attributes: for XHTML, and for HTML that nobody escaped."""
    if depth > _MAX_DEPTH:
        raise NotReadable(f"the elements of this feed are nested more than {_MAX_DEPTH} deep")
    pieces = [escape(element.text or "", quote=False)]
    for child in element:
        name = child.tag.rpartition("}")[2]
        if name in _VOID:
            pieces.append(f"<{name}>")
        else:
            pieces += (f"<{name}>", _markup(child, depth + 1), f"</{name}>")
        pieces.append(escape(child.tail or "", quote=False))
    return "".join(pieces)


def _construct(name: str) -> Callable[[Element, Item], None]:
    """Reads an Atom text or content construct (RFC 4287 §3.1, §4.1.3; Atom 0.3 with its `mode`) as HTML."""

    def read(element: Element, item: Item) -> None:
        if name in item:
            return
        kind = element.get("type", "text").lower()
        if len(element):
            value = _markup(element)
        else:
            value = element.text or ""
            if element.get("mode") == "base64" or _is_binary(kind):
                value = _from_base64(value)
            if "html" not in kind:
                value = escape(value, quote=False)
        if value.strip():
            item[name] = value
        if source := element.get("src"):
            item.setdefault("permalink", source)

    return read


def _is_binary(kind: str) -> bool:
    return "/" in kind and not kind.startswith("text/") and not kind.endswith(("+xml", "/xml"))


def _from_base64(written: str) -> str:
    """What is encoded, where that is text; "" where it is not."""
    from base64 import b64decode

    try:
        return b64decode(written).decode()
    except ValueError:
        return ""


def _link(element: Element, item: Item) -> None:
    """An Atom link (RFC 4287 §4.2.7), also within RSS, and RSS's own. Of several alternates HTML comes first."""
    address = element.get("href")
    if address is None:
        if (written := (element.text or "").strip()) and "link" not in item:
            item["link"] = written
        return
    if _BASE in element.attrib:
        address = addresses.absolute(_base(element, item["base"]), address)
    if element.get("rel", "alternate").lower() == "alternate":
        item.setdefault("alternate" if "html" in element.get("type", "html") else "other_alternate", address)


def _guid(element: Element, item: Item) -> None:
    """RSS's guid and Atom's id: an address of the item where it is one, and the feed does not say that it is none."""
    written = (element.text or "").strip()
    if written and "guid" not in item:
        item["guid"] = written
        if written.startswith("http") and element.get("isPermaLink", "true").lower() != "false":
            item["permalink"] = written


def _person(element: Element, item: Item) -> None:
    """RSS's author is text, Atom's a person with a name; of several persons all are named."""
    if len(element):
        name = next((child.text or "" for child in element if child.tag.rpartition("}")[2] == "name"), "").strip()
    else:
        name = (element.text or "").strip()
    named = item.get("author", "")
    if name and len(named) < _MAX_AUTHORS:
        item["author"] = f"{named}, {name}" if named else name


def _source(element: Element, item: Item) -> None:
    """Where an item was taken from: text in RSS, a small feed in Atom (§4.2.11), whose author counts for its entry."""
    if not len(element):
        item.setdefault("site", element.text or "")
        return
    about, _ = _read(element, item["base"])
    item.setdefault("site", about.get("title", ""))
    if "author" in about:
        item["source_author"] = about["author"]


def _reply(element: Element, item: Item) -> None:
    """What an entry answers (RFC 4685 §3): the address of it, or its id where that is an address."""
    written = element.get("href") or element.get("ref") or ""
    if written.startswith("http"):
        item["reply_to"] = written


def _media(name: str) -> Callable[[Element, Item], None]:
    """Reads a Media RSS text, which is plain unless it says otherwise."""

    def read(element: Element, item: Item) -> None:
        value = element.text or ""
        if value.strip():
            item.setdefault(name, value if element.get("type") == "html" else escape(value, quote=False))

    return read


def _group(element: Element, item: Item) -> None:
    for child in element:
        role = _role(child.tag)
        if callable(role) and child.tag.endswith(("title", "description")):
            role(child, item)


# ------------------------------------------------------------------------------------------------- what the tags mean

# Without scheme, in lower case. RSS in a namespace is RSS.
_NAMESPACES = {
    space: prefix
    for prefix, spaces in {
        "": (
            "purl.org/rss/1.0 my.netscape.com/rdf/simple/0.9 channel.netscape.com/rdf/simple/0.9 purl.org/net/rss1.1 "
            "backend.userland.com/rss backend.userland.com/rss2 blogs.law.harvard.edu/tech/rss "
            "my.netscape.com/publish/formats/rss-0.91.dtd www.w3.org/1999/02/22-rdf-syntax-ns"
        ),
        "atom": "www.w3.org/2005/atom purl.org/atom/ns",
        "content": "purl.org/rss/1.0/modules/content",
        "dc": "purl.org/dc/elements/1.1 purl.org/dc/elements/1.0",
        "dcterms": "purl.org/dc/terms",
        "itunes": "www.itunes.com/dtds/podcast-1.0.dtd",
        "media": "search.yahoo.com/mrss",
        "prism": "prismstandard.org/namespaces/basic/2.0",
        "thr": "purl.org/syndication/thread/1.0",
        "xhtml": "www.w3.org/1999/xhtml",
    }.items()
    for space in spaces.split()
}
_Role = str | Callable[[Element, Item], None]
_TAGS: dict[_Role, str] = {
    "rss": "rss rdf",
    "feed": "feed atom:feed",
    "channel": "channel",
    "item": "item entry atom:entry",
    "title": "title",
    "summary": "description",
    "content": "content:encoded xhtml:body xhtml:div",
    "comments": "comments",
    "language": "language dc:language",
    "creator": "dc:creator dc:author",
    "other_author": "itunes:author",
    "published": "pubdate published issued atom:published atom:issued",
    "date": "dc:date dcterms:issued prism:publicationdate",
    "created": "atom:created dcterms:created",
    "updated": "updated atom:updated atom:modified dcterms:modified",
    "media_title": "dc:title",
    "media_text": "dc:description itunes:summary",
    _link: "link atom:link",
    _guid: "guid id atom:id",
    _person: "author atom:author",
    _source: "source atom:source",
    _reply: "thr:in-reply-to",
    _group: "media:group",
    _construct("title"): "atom:title",
    _construct("summary"): "summary atom:summary",
    _construct("content"): "content atom:content",
    _media("media_title"): "media:title",
    _media("media_text"): "media:description",
}
_ROLES = {tag: role for role, tags in _TAGS.items() for tag in tags.split()}


@lru_cache(maxsize=1_024)
def _role(tag: str) -> _Role | None:
    """What a tag means: the name of a field, a function that reads it, or None for what is not read."""
    space, _, name = tag.rpartition("}")
    space = space.lower().removeprefix("{").removeprefix("http://").removeprefix("https://").rstrip("/#")
    prefix = _NAMESPACES.get(space, "?" if space else "")
    # Bing's namespace for the publisher is the address of the search.
    if prefix == "?" and name == "Source":
        return "site"
    return _ROLES.get(f"{prefix}:{name.lower()}" if prefix else name.lower())
