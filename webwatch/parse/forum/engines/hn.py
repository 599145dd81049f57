"""Hacker News (news.ycombinator.com): a story with its comments, the front page, and both of its JSON interfaces.

Markup: the site's own pages from 2013 (comments in `td.default`, no classes besides) over 2015 (`tr.athing`) to today's
(`tr.athing.comtr`, `.commtext`); hn.algolia.com `/api/v1/items` and `/search`, hacker-news.firebaseio.com `/v0/item`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from webwatch import permalinks, text
from webwatch.model import Quote, Thread
from webwatch.parse._document import attribute, inner_text
from webwatch.parse.forum.engines import Engine
from webwatch.parse.forum.post import Post, Reading
from webwatch.parse.forum.recipe import MAX_POSTS, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from webwatch.parse._document import Document, Node

_SITE = "https://news.ycombinator.com/"
_HOSTS = ("://news.ycombinator.com/", "://hn.algolia.com/", "://hacker-news.firebaseio.com/")
_USER = 'a[href*="user?id="]'
_ON_STORY = ".onstory a, .storyon a"
_STORY_TITLE = ".titleline > a, a.storylink, a.titlelink, td.title > a"
_BODIES = ".commtext, .comment"
_NOT_SAID = '.reply, font[size="1"]'

_AGO = re.compile(r"\b\d+ (?:second|minute|hour|day|month|year)s? ago\b|\bon \w{3,9} \d{1,2}, \d{4}")
_REPLIES = re.compile(r"(\d+)\s+comments?\b")
_RANK = re.compile(r"\d+\.")
_ITEM = re.compile(r"(?:\bitem\?id=|/item/|^(?:score|up)_)(\d{1,12})")
_PARAGRAPH = re.compile(r"</?p(?:\s[^>]*)?>", re.IGNORECASE)
_QUOTED = re.compile(r"^(?:\s|<(?!pre\b|code\b)\w[^>]*>)*&gt;(?!&gt;)")
_GONE = re.compile(r"\[(?:deleted|flagged|dead)\]")


def recognises(document: Document) -> bool:
    """By the title that its pages end with, by its addresses, and by its interfaces' own fields."""
    if any(host in document.url for host in _HOSTS):
        return True
    data = document.data
    if isinstance(data, dict):
        return {"objectID", "_tags"} <= _keys(data.get("hits")) or {"story_id", "children", "created_at_i"} <= set(data)
    return document.first("table#hnmain") is not None


def _keys(listed: object) -> set[str]:
    return set(listed[0]) if isinstance(listed, list) and listed and isinstance(listed[0], dict) else set()


def read(document: Document) -> Reading:
    """A story and its comments, comments alone, or the stories of a list."""
    if document.data is not None:
        return _read_data(document.data)
    story = _story(document)
    comments = [post for node in document.all("td.default")[:MAX_POSTS] if (post := _comment(node))]
    posts = (*((story,) if story else ()), *comments)
    if not posts:
        return Reading(threads=_listed(document))
    thread = _thread(document, story)
    posts = tuple(post._replace(title="") for post in posts) if thread else posts
    return Reading(posts=posts, thread=thread, partial=story is None and thread is not None)


# ------------------------------------------------------------------------------------------------------- HTML


def _story(document: Document) -> Post | None:
    """What the comments are about, with its text where it has one; None on a list, or above a single comment."""
    lines = document.all("td.subtext")[:2]
    if len(lines) != 1 or _RANK.match(inner_text(document.first("td.title"))):
        return None
    line = lines[0]
    title = document.first(_STORY_TITLE)
    author = line.css_first(_USER)
    return Post(
        body=_text_below(document, line) or inner_text(title),
        author=inner_text(author),
        author_url=_site(attribute(author, "href")),
        date=_date(line),
        link=f"{_SITE}item?id={number}" if (number := _id_of(line)) else "",
    )


def _id_of(line: Node) -> str:
    """The number of the item that a line is about: in its score, its votes or its link."""
    for node in line.css('[id^="score_"], .age a, a[href*="item?id="]'):
        if found := _ITEM.search(attribute(node, "id") or attribute(node, "href")):
            return found[1]
    return ""


def _text_below(document: Document, line: Node) -> str:
    """What the story says itself: its own element in new pages, in old ones the second row below."""
    own = document.first(".toptext")
    if own is not None:
        return (own.html or "") if inner_text(own) else ""
    row = line.parent
    for _ in range(3):
        row = row.next if row is not None else None
        while row is not None and row.tag != "tr":
            row = row.next
        cells = row.css("td") if row is not None else []
        if len(cells) == 2 and row is not None and row.css_first("form, textarea, input") is None:
            return cells[1].html or ""
    return ""


def _comment(node: Node) -> Post | None:
    """One comment; None for what was deleted or is hidden."""
    author = node.css_first(_USER)
    body = node.css_first(_BODIES)
    if author is None or body is None:
        return None
    for unsaid in body.css(_NOT_SAID):
        unsaid.decompose()
    said, quoted = _own_words(body.html or "")
    if not quoted and _GONE.fullmatch(inner_text(body)):
        return None
    link = node.css_first('.age a[href*="item?id="], .comhead a[href*="item?id="]')
    return Post(
        body=said,
        author=inner_text(author),
        author_url=_site(attribute(author, "href")),
        date=_date(node.css_first(".comhead") or node),
        link=_site(attribute(link, "href")),
        title=inner_text(node.css_first(_ON_STORY)),
        quotes=quoted,
    )


def _own_words(markup: str) -> tuple[str, tuple[Quote, ...]]:
    """The paragraphs of a comment without those that begin with `>`, which are quotes."""
    own, quoted = [], []
    for piece in _PARAGRAPH.split(re.sub(r"^<\w+[^>]*>", "", markup)):
        if _QUOTED.match(piece):
            said = text.from_html(piece).lstrip("> ")
            quoted += [Quote(author="", text=said)] if said else []
        else:
            own.append(piece)
    return "<p>".join(own), tuple(quoted)


def _date(node: Node) -> str:
    """The moment that the title of the age says (UTC, since 2023 with the epoch behind it), else the age."""
    said = attribute(node.css_first(".age"), "title").split()
    if said:
        return said[1] if len(said) > 1 and said[1].isdecimal() else f"{said[0].rstrip('Z')}Z"
    found = _AGO.search(inner_text(node))
    return found[0] if found else ""


def _site(href: str) -> str:
    """An address on the site itself; pages that were saved from a browser have others."""
    found = re.search(r"(?:item|user)\?id=[\w-]+$", href)
    return f"{_SITE}{found[0]}" if found else href


def _thread(document: Document, story: Post | None) -> Thread | None:
    """The story's thread, with its pages as far as the link to the next one tells; None for comments from all over."""
    above = [] if story else document.all(_ON_STORY)[:2]
    if not story and len(above) != 1:
        return None
    url = _site(attribute(above[0], "href")) if above else story.link if story else ""
    title = inner_text(above[0]) if above else inner_text(document.first(_STORY_TITLE))
    replies = _REPLIES.search(inner_text(document.first("td.subtext")))
    page = permalinks.of(document.url).page or 1
    more = document.first('a.morelink, td.title > a[rel="nofollow"][href*="fnid="]') is not None
    return Thread(
        url=url or document.address(),
        title=title,
        replies=int(replies[1]) if replies else None,
        page=page,
        pages=page + 1 if more else page,
    )


def _listed(document: Document) -> tuple[Thread, ...]:
    """The stories of the front page and its like."""
    found = []
    for line in document.all("td.subtext")[:MAX_POSTS]:
        row = line.parent.prev if line.parent is not None else None
        while row is not None and row.tag != "tr":
            row = row.prev
        item = _id_of(line)
        if row is None or not item or line.css_first(_USER) is None:
            continue
        replies = _REPLIES.search(inner_text(line))
        title = inner_text(row.css_first(_STORY_TITLE))
        found.append(Thread(url=f"{_SITE}item?id={item}", title=title, replies=int(replies[1]) if replies else None))
    return tuple(found)


# ------------------------------------------------------------------------------------------------------- JSON


def _read_data(data: object) -> Reading:
    """An item with what is below it, or the hits of a search."""
    if not isinstance(data, dict):
        return Reading()
    if isinstance(data.get("hits"), list):
        hits = (hit for hit in data["hits"][:MAX_POSTS] if isinstance(hit, dict))
        return Reading(posts=tuple(post for hit in hits if (post := _item(hit))))
    posts = tuple(post for item in _walk(data) if (post := _item(item)))
    story = data.get("story_id") or data.get("id")
    thread = Thread(
        url=f"{_SITE}item?id={story}",
        title=_said(data, "title"),
        replies=number(str(data.get("descendants", ""))),
        page=1,
        pages=1,
    )
    partial = _said(data, "type") == "comment" or story != (data.get("id") or story)
    return Reading(posts=posts, thread=thread, partial=partial) if posts else Reading()


def _walk(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An item and all below it, in the order in which the site shows them."""
    waiting: list[Any] = [data]
    for _ in range(MAX_POSTS):
        if not waiting:
            return
        item = waiting.pop()
        if isinstance(item, dict):
            yield item
            children = item.get("children")
            waiting += reversed(children[:MAX_POSTS]) if isinstance(children, list) else []


def _item(item: dict[str, Any]) -> Post | None:
    """One item, whichever interface calls its parts what; None where it was deleted."""
    author = _said(item, "author", "by")
    identity = str(item.get("objectID") or item.get("id") or "")
    markup = _said(item, "comment_text", "story_text", "text")
    title = _said(item, "title", "story_title")
    if not author or not identity.isdecimal() or not (markup or title) or item.get("deleted") or item.get("dead"):
        return None
    said, quoted = _own_words(markup) if markup else (title, ())
    return Post(
        body=said,
        author=author,
        author_url=f"{_SITE}user?id={author}",
        date=str(item.get("created_at_i") or item.get("time") or _said(item, "created_at")),
        link=f"{_SITE}item?id={identity}",
        title=title,
        quotes=quoted,
    )


def _said(item: dict[str, Any], *names: str) -> str:
    """The first of these fields that holds text."""
    return next((value for name in names if isinstance(value := item.get(name), str) and value), "")


part = Engine(marks=("| Hacker News</title>", "<title>Hacker News</title>"), recognises=recognises, read=read)
