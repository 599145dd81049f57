"""MyBB 1.4 to 1.8 (mybb.com), with the horizontal postbit and the classic one, and boards behind its addresses.

Templates: mybb/mybb, install/resources/mybb_theme.xml (1.4.1, 1.6.0, 1.8.37): postbit, postbit_classic,
postbit_posturl, postbit_deleted_member, mycode_quote_post, showthread, multipage, printthread_post; archive/index.php.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from webwatch import permalinks, text
from webwatch.model import Thread
from webwatch.parse._document import attribute, fragment, inner_text
from webwatch.parse.forum import numbered
from webwatch.parse.forum.engines import Engine
from webwatch.parse.forum.post import Post, Reading
from webwatch.parse.forum.recipe import (
    MAX_POSTS,
    Quoting,
    Recipe,
    find,
    first_date,
    heading,
    number,
    own_words_in,
    post_of,
    thread_of,
)
from webwatch.parse.forum.recipe import read as read_recipe

if TYPE_CHECKING:
    from webwatch.parse._document import Document, Node
    from webwatch.parse.forum.numbered import Numbered

_DATES = (
    ".post_date",
    ".tcat .smalltext",
    "tr:last-child > td:first-child > .smalltext:not(:has(strong))",
    ".post_head time, .post_head .smalltext",
)
_CLOCK = re.compile(r"\d[:h]\d\d")
_PROFILES = ('a[href*="action=profile"]', 'a[href*="user-"]', 'a[href*="User-"]')


def _date(block: Node) -> str:
    """The date without the note of an edit; of "Today" or "2 hours ago" the day that stands in its `title`."""
    place = find(block, _DATES)
    nodes = place.iter(include_text=True) if place is not None else ()
    kept = [node for node in nodes if not node.id and "post_edit" not in attribute(node, "class")]
    full = next((title for node in kept if _CLOCK.search(title := attribute(node, "title"))), "")
    return full or text.line("".join(attribute(node, "title") or node.text(separator=" ") for node in kept))


def _before_the_message(block: Node) -> str:
    return first_date((block.html or "").partition('id="pid_')[0])


def _quoted_name(block: Node) -> str:
    """Who is quoted, without the date that stands before or after."""
    cite = block.css_first("cite")
    said = text.line(cite.text(deep=False)) if cite is not None else ""
    return said.partition(")")[2] if said.startswith("(") else said


_NAMED = tuple(f".post_author {css}:not(:has(img))" for css in _PROFILES)
_POSTBIT = Recipe(
    post=(),
    body=('[id^="pid_"]',),
    author=(".largetext", ".author_information strong", *_NAMED, *(f"{css}:not(:has(img))" for css in _PROFILES)),
    author_url=(".largetext a@href", ".author_information strong a@href", *(f"{css}@href" for css in _NAMED)),
    date=(_date, _before_the_message),
    number=('a[href*="#pid"]',),
    quoting=(Quoting("blockquote:has(> cite), .mycode_quote", (_quoted_name, "cite"), "cite"),),
    drop='.edited_post, .signature, .post_edit, [id^="edited_by_"], fieldset.attachments, .codeblock > .title, script',
    title=(),
    locked='.closed_button, img[src*="threadclosed"]',
)
_ARCHIVE = Recipe(
    post=("div.post:has(> .header .dateline):has(> .message)",),
    body=(".message",),
    author=(".header .author",),
    author_url=(".header .author a@href",),
    date=(".header .dateline",),
    quoting=_POSTBIT.quoting,
    title=("#fullversion a",),
)


_PRINTED = 'td:has(> .largetext > a[href]):has(> hr[size="1"])'
_PRINTED_HEAD = re.compile(
    r"<strong>(?P<subject>(?:(?!</?strong).){1,300})</strong> - (?P<author>(?:(?!<strong).){1,800}?) -\s+"
    r"<strong>(?P<date>(?:(?!</strong).){1,200})</strong>\s*<br ?/?>"
)


def recognises(document: Document) -> bool:
    """By the ids of its posts, or by what stands around them in print."""
    return document.first(f'[id^="post_"] [id^="pid_"], {_PRINTED}') is not None


def read(document: Document) -> Reading:
    """The posts of a thread; what is deleted has no message, and is none."""
    found = numbered.posts(document, '[id^="pid_"]', ("post_{}",))
    if not found:
        return _printed(document) or read_recipe(document, _ARCHIVE)
    thread = _thread(document)
    return Reading(posts=tuple([_post(each) for each in found]), thread=thread)


def _printed(document: Document) -> Reading | None:
    """A thread to print: what stands between two rules is a post, and begins with its subject, author and date."""
    place = document.first(_PRINTED)
    if place is None:
        return None
    posts = []
    for written in (place.html or "").split('<hr size="1">')[:MAX_POSTS]:
        head = _PRINTED_HEAD.search(written)
        if head:
            markup, quoted = own_words_in(written[head.end() :], _POSTBIT.quoting, _POSTBIT.drop, bounded=True)
            author, profile = _named(head["author"])
            date = text.from_html(head["date"])
            posts.append(Post(body=markup, author=author, author_url=profile, date=date, quotes=quoted))
    link = document.first(".largetext > a[href]")
    address = document.absolute(attribute(link, "href")) or document.address()
    thread = Thread(url=address, title=inner_text(link))
    return Reading(posts=tuple(posts), thread=thread) if posts else None


def _named(profile: str) -> tuple[str, str]:
    """The author of a printed post, and the address of the profile; a guest has none."""
    link = fragment(profile, bounded=True)
    address = attribute(link.css_first("a[href]") if link is not None else None, "href")
    return text.line(text.from_html(profile)), address


def _post(found: Numbered) -> Post:
    number = found.number
    href = attribute(found.block.css_first(f'a[href$="#pid{number}"]'), "href")
    return post_of(found.block, _POSTBIT)._replace(link=href or f"showthread.php?pid={number}#pid{number}")


def _thread(document: Document) -> Thread:
    thread = thread_of(document, _POSTBIT)
    pages = number(inner_text(document.first(".pagination .pages")))
    page = number(inner_text(document.first(".pagination_current")))
    if page and pages and page <= pages:
        thread = thread._replace(page=page, pages=pages)
    return thread._replace(
        url=_address(document, thread.url),
        title=heading(document, (".thead strong", "h1", ".thead .largetext", ".thead", ".active", "h2")),
    )


def _address(document: Document, address: str) -> str:
    """The thread's address; by its number where the page was asked for by that of a post."""
    if permalinks.of(address).thread:
        return address
    thread = attribute(document.first('input[name="tid"]'), "value")
    page = inner_text(document.first(".pagination_current"))
    if not thread.isdecimal():
        return address
    place = f"showthread.php?tid={thread}"
    return document.absolute(f"{place}&page={page}" if page.isdecimal() and page != "1" else place) or address


part = Engine(
    marks=("var my_post_key", "MyBB is free software", ">MyBB Group<"),
    recognises=recognises,
    read=read,
)
