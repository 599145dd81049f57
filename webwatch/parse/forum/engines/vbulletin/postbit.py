"""vBulletin 3 and 4: each post is a "postbit", whose message stands in `post_message_123` (before 3.5: `td_post_123`).

Templates: postbit, postbit_legacy, postbit_deleted, bbcode_quote, pagenav, SHOWTHREAD (3.6: tables, names in
`postmenu_123`; 4.2: `li#post_123`, names in `.username`), and the 4.2 mobile style. Skins keep those ids and
rename the rest.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from webwatch import permalinks, text
from webwatch.parse._document import attribute, inner_text
from webwatch.parse.forum import numbered
from webwatch.parse.forum.engines.vbulletin.quotation import QUOTING, mark_quotes
from webwatch.parse.forum.post import Reading
from webwatch.parse.forum.recipe import Recipe, first_date, heading, post_of, take, thread_of

if TYPE_CHECKING:
    from webwatch.model import Thread
    from webwatch.parse._document import Document, Node
    from webwatch.parse.forum.numbered import Numbered
    from webwatch.parse.forum.post import Post
    from webwatch.parse.forum.recipe import Take

_MESSAGES = ('[id^="post_message_"]', '[id^="td_post_"]')
_BLOCKS = ("post{}", "post_{}", "edit{}")
_MENUS = frozenset(["popupbody", "vbmenu_popup"])
_FEW = 8


def _beside_the_icon(block: Node) -> str:
    """The date of 3.x, which stands beside the anchor of the post, in no element of its own."""
    anchor = block.css_first('a[name^="post"]:not([href])')
    place = anchor.parent if anchor is not None else None
    said = text.line(place.text(deep=False, separator=" ")) if place is not None else ""
    return said if re.search(r"\d", said) else ""


def _before_the_message(block: Node) -> str:
    """The first date with a time that is printed above the message."""
    return first_date((block.html or "").partition('id="post_message_')[0].partition('id="td_post_')[0])


def _menu_name(block: Node) -> str:
    """The name of a guest in 3.x: what stands alone in the place of the member's menu."""
    menu = block.css_first('[id^="postmenu_"]:not([id$="_menu"], :has(script))')
    return inner_text(menu)


def _member(block: Node) -> Node | None:
    """The first link to a member that is words, and not in the menu below the name ("View Profile")."""
    links = block.css('a[href*="member.php"]:not(:has(img)), a[href*="members/"]:not(:has(img))')[:_FEW]
    return next((link for link in links if inner_text(link) and not _is_in_a_menu(link)), None)


def _is_in_a_menu(node: Node) -> bool:
    above = node.parent
    for _ in range(_FEW):
        if above is None:
            break
        if (above.id or "").endswith("_menu") or _MENUS.intersection(attribute(above, "class").split()):
            return True
        above = above.parent
    return False


_NAMES: tuple[Take, ...] = (
    ".bigusername",
    ".username_container .username",
    ".username",
    ".username_container > strong",
    '[id^="postmenu_"]:not([id$="_menu"]) a[href]',
    _menu_name,
    ".xsaid a",
    '[itemprop="author"] [itemprop="name"], [itemprop="author"]',
    lambda block: inner_text(_member(block)),
    ".username_container",
)


def _profile(block: Node) -> str:
    """The address behind the author's name, for skins that call it nothing."""
    link = _member(block)
    return attribute(link, "href") if link is not None and inner_text(link) == take(block, _NAMES) else ""


_POSTBIT = Recipe(
    post=(),
    body=('[id^="post_message_"]', '[id^="td_post_"] > div:not(.smallfont)'),
    author=_NAMES,
    author_url=(
        "a.bigusername@href",
        ".bigusername a@href",
        "a.username@href",
        ".username a@href",
        '[id^="postmenu_"]:not([id$="_menu"]) a[href]@href',
        ".xsaid a@href",
        '.vbmenu_option a[href*="member.php?"]@href',
        '.vbmenu_option a[href*="user/"]@href',
        '.vbmenu_option a[href*="members/"]@href',
        _profile,
    ),
    date=(
        _beside_the_icon,
        '[itemprop="dateCreated"], [itemprop="datePublished"]',
        ".postdate .date",
        ".date",
        ".postdate",
        _before_the_message,
    ),
    number=('[id^="postcount"]@name', '[id^="postcount"]', ".postcounter"),
    quoting=QUOTING,
    drop=".lastedited, .signature, .attachments, .tapatalkSignatur, ins, script, style, .bbcode_description",
    title=(),
    locked='img[src*="threadclosed"]',
)


def read(document: Document) -> Reading:
    """The posts of a thread; what is deleted or ignored has no message, and is none."""
    found = next((found for css in _MESSAGES if (found := numbered.posts(document, css, _BLOCKS))), [])
    if not found:
        return Reading()
    thread = _thread(document)
    return Reading(posts=tuple([_post(each) for each in found]), thread=thread)


def _post(found: Numbered) -> Post:
    mark_quotes(found.message)
    return post_of(found.block, _POSTBIT)._replace(link=_link(found.number, found.block))


def _link(number: str, block: Node) -> str:
    """The post's permalink: where it names the post in its thread, else the page of the post alone, else as built."""
    for css in (f'a[href$="#post{number}"]', f'a[id="postcount{number}"]', ".postcounter"):
        if href := attribute(block.css_first(css), "href"):
            return href
    return f"showthread.php?p={number}#post{number}"


_THREAD_LINKS = ('a[href*="printthread.php?"]', 'td[title*="showthread.php?"]')


def _thread(document: Document) -> Thread:
    thread = thread_of(document, _POSTBIT)
    page, pages = _pages(document)
    shown = _figures(attribute(document.first(".pagenav span[title]"), "title"))
    shown = _figures(inner_text(document.first(".postpagestats"))) or shown
    return thread._replace(
        url=_address(document, thread.url, page),
        title=heading(document, (".threadtitle", "h1", ".navbar strong", '[itemprop="headline"]', "h2")),
        replies=max(shown) - 1 if len(shown) > 2 else None,
        page=page,
        pages=pages,
    )


def _pages(document: Document) -> tuple[int | None, int | None]:
    """Reads "Page 2 of 5" above the posts."""
    for css in (".pagenav .vbmenu_control", ".pagination a.popupctrl", ".pagenav .popupctrl", ".pagenav td"):
        figures = _figures(inner_text(document.first(css)))
        if len(figures) == 2 and min(figures) > 0:
            return min(figures), max(figures)
    return None, None


def _figures(said: str) -> list[int]:
    return [int(re.sub(r"\D", "", figure)) for figure in re.findall(r"\d[\d.,]{0,9}", said[:200])]


def _address(document: Document, address: str, page: int | None) -> str:
    """The thread's address; by its number where the page was asked for by that of a post."""
    if permalinks.of(address).thread or "showthread.php" not in address:
        return address
    for css in _THREAD_LINKS:
        node = document.first(css)
        found = re.search(r"[?&;]t=(\d{1,12})", attribute(node, "href") or attribute(node, "title"))
        if found:
            place = f"showthread.php?t={found[1]}"
            return document.absolute(f"{place}&page={page}" if page and page > 1 else place) or address
    return address
