"""The article that the comments are about: the opening post."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from webwatch import text
from webwatch.parse._document import attribute, every, inner_text
from webwatch.parse.forum.engines.wordpress.comments import A_DAY
from webwatch.parse.forum.post import Post
from webwatch.parse.forum.recipe import Quoting, own_words, take

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webwatch.parse._document import Document, Node

_BODIES = (
    ".entry-content, .wp-block-post-content, .td-post-content, .entry-inner, .e-content",
    '[itemprop="articleBody"], .post-content, .article-content, .post-entry, .post_content, .single-content',
    ".storycontent, .post-body, .entry-body, .post .entry, .post-text, .entry, .article-body, .the-content",
    '[class*="post-content"], [class*="entry-content"], [class*="article-content"]',
)
_NOT_TEXT = (
    ".sharedaddy, .jp-relatedposts, #jp-post-flair, .addtoany_share_save_container, .yarpp-related, .ssba, .wpulike,"
    " .navigation, .page-links, .postmetadata, .entry-meta, .entry-footer, .entry-header, .author-box,"
    " .abh_box, .entry-author, [class*='related-post'], [class*='share'], [class*='sharing'], [class*='shariff'],"
    " .social-share, .wp-block-post-comments-form, #respond, #comments, .comment-respond, nav, aside, form, button,"
    " script, style, noscript, iframe, header, footer"
)
_TITLES = ("h1.entry-title, h1.wp-block-post-title, h1.post-title", "h2.entry-title, h2.post-title", "article h1")
_AUTHORS = (
    ".entry-meta .author, .byline .author, .posted-by .author, .author.vcard .fn, .wp-block-post-author__name",
    'a[rel~="author"]',
    ".author.vcard a, .wp-block-post-author-name, .byline a",
    'a[href*="/author/"]:not(:has(img))',
    'a[href*="/author/"]',
    ".author.vcard, .post-author, .entry-author",
)
_AUTHOR_URLS = (
    '.entry-meta .author a[href], .byline a[href*="/author/"]@href',
    'a[rel~="author"]@href',
    'a[href*="/author/"]@href',
)
_DATES = (
    "time.entry-date[datetime]@datetime",
    "time.published[datetime]@datetime",
    ".wp-block-post-date time[datetime]@datetime",
    'article time[datetime], [itemprop="datePublished"]@datetime',
    '[itemprop="datePublished"]@content',
    ".entry-date, .post-date, .posted-on, .published",
)
_BY = re.compile(
    r"^(?:(?:(?:written|posted|geschreven|publié|geschrieben)\s+)?(?:by|door|von|par)|author|auteur|autor)\s*:?\s+",
    re.IGNORECASE,
)
_ARROWS = ("→", "»", "›", ">")  # at the end of a link to all that someone wrote
_MAX_BODIES = 12
_MAX_PARAGRAPHS = 500
_ENOUGH = 200
_MAX_GRAPH = 200
_MAX_HEADINGS = 50
_MAIN_PART = 3
_HOME = 3  # slashes in the address of a home page
_DATED = (
    'time, [class*="date"]:not([class*="update"], [class*="comment"]), [class*="meta"]:not([class*="comment"]),'
    ' [class*="posted"], [class*="byline"], small'
)
_CHANGED = '.updated:not(.published):not(.entry-date), [class*="modified"]:not([class*="published"])'
_ARTICLE = re.compile(r"\b(?:h?entry|post|article|single|content)", re.IGNORECASE)
_MAX_LINE = 200


def title(document: Document) -> str:
    """What the article is called, without the name of the site where that can be told."""
    root = document.tree.root
    said = take(root, _TITLES) if root is not None else ""
    return said or text.line(document.meta("og:title")) or _named(document) or inner_text(document.first("h1, title"))


def _named(document: Document) -> str:
    """The longest heading that the page's `<title>` repeats, unless it leads home: that is the name of the site."""
    said = inner_text(document.first("title"))
    found = []
    for heading in document.all("h1, h2, h3")[:_MAX_HEADINGS]:
        link = document.absolute(attribute(heading.css_first("a"), "href"))
        if not link or link.count("/") > _HOME or "?" in link:
            found.append(inner_text(heading))
    name = max((name for name in found if name in said), key=len, default="")
    return name if _MAIN_PART * len(name) >= len(said) else ""


def read(document: Document, address: str) -> Post | None:
    """The article, when its text is there; the comments must be out of the tree."""
    body = _body(document)
    root = document.tree.root
    if body is None or root is None:
        return None
    said = _said(document)
    author = said.get("author")
    author = author[0] if isinstance(author, list) and author else author
    told = str(author.get("name") or "") if isinstance(author, dict) else ""
    post = Post(
        body="",
        author=html.unescape(told) or _BY.sub("", _author(root)) or text.line(document.meta("author")),
        author_url=take(root, _AUTHOR_URLS),
        date=document.meta("article:published_time")
        or str(said.get("datePublished") or "")
        or take(root, _DATES)
        or _date_around(body),
        link=address,
    )
    markup, quoted = own_words(body, (Quoting(),), _NOT_TEXT)
    return post._replace(body=markup, quotes=quoted) if text.from_html(markup) else None


def _date_around(body: Node) -> str:
    """The day that stands in a line of the article, beside its text."""
    around = body.parent
    above = around.parent if around is not None else None
    for place in (around, above):
        if place is None or not (place.tag == "article" or _ARTICLE.search(attribute(place, "class"))):
            break
        for changed in place.css(_CHANGED):
            changed.decompose()
        for node in place.css(_DATED)[:_MAX_BODIES]:
            found = A_DAY.search(inner_text(node)[:_MAX_LINE])
            if found:
                return found[0]
    return ""


def _author(root: Node) -> str:
    """The name of the first element that is one of the author's, unless it says that it leads to more."""
    names = (inner_text(node) for css in _AUTHORS for node in every(root, css)[:_MAX_BODIES])
    return next((name for name in names if name and not name.endswith(_ARROWS)), "")


def _body(document: Document) -> Node | None:
    """The longest element that a theme may have the text of an article in, unless most of the text is elsewhere."""
    paragraphs = _around_paragraphs(document)
    found = next((nodes for css in _BODIES if (nodes := document.all(css)[:_MAX_BODIES])), [])
    marked = max(found, key=lambda node: len(node.text()), default=None)
    if marked is None or paragraphs is None:
        return marked or paragraphs
    return marked if 2 * len(marked.text()) >= len(paragraphs.text()) else paragraphs


def _around_paragraphs(document: Document) -> Node | None:
    """The element that has most text in paragraphs of its own."""
    lengths: dict[int, int] = {}
    around: dict[int, Node] = {}
    for paragraph in document.all("p")[:_MAX_PARAGRAPHS]:
        parent = paragraph.parent
        if parent is not None and parent.tag not in {"body", "form"}:
            around.setdefault(parent.mem_id, parent)
            lengths[parent.mem_id] = lengths.get(parent.mem_id, 0) + len(paragraph.text())
    most = max(lengths, key=lengths.__getitem__, default=0)
    return around[most] if lengths.get(most, 0) >= _ENOUGH else None


def _said(document: Document) -> dict[str, Any]:
    """What the page says of its article as structured data; empty where it says nothing."""
    for data in document.scripts("application/ld+json"):
        for each in _listed(data):
            kind = str(each.get("@type"))
            if "Article" in kind or "Posting" in kind:
                return each
    return {}


def _listed(data: object) -> Iterator[dict[str, Any]]:
    """The objects of a list, a graph, or the object itself."""
    if isinstance(data, dict):
        yield data
        data = data.get("@graph")
    if isinstance(data, list):
        yield from (each for each in data[:_MAX_GRAPH] if isinstance(each, dict))
