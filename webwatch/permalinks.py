"""What an address of a forum means: which thread it shows, which page of it, which post.

The same post stands at many addresses: in the feed, on page 3 of the thread, behind "new posts". Forum programs number
their threads and posts, and write the numbers into each of those addresses. They are read here after the programs' own
routes and templates (named in docs/forums.md). A key is "host/folder thread 12": an identity, not an address.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl

from webwatch.addresses import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping


class Permalink(NamedTuple):
    """What an address means. `page` counts as the engine does (pages, or posts before this one): good for comparing."""

    thread: str = ""
    post: str = ""
    page: int = 0


class _Route(NamedTuple):
    """A program's address: `path` with groups `thread`, `post`, `page`; which parameters may hold them instead.

    `hint` stands in every such address, `query` in its parameters. `site`: at these hosts alone; `forum`: only where
    the host or a folder says that it is a forum, because shops and newspapers have such addresses too.
    `local`: posts are numbered within their thread, not within the forum. `both`: a post is a thread of its own.
    """

    hint: str
    path: str
    thread: str = ""
    post: str = ""
    page: str = ""
    query: str = ""
    site: str = ""
    forum: bool = False
    local: bool = False
    both: bool = False


_N = r"\d{1,12}"
_IN = r"(?:/[^/]+)*"
_NO_BOARD = (
    r"(?:forums?|users?|members?|profile|tags?|categor\w*|rss|blogs?|gallery|albums?|files?|downloads?|calendar|content"
    r"|topics?|threads?|shop|products?|search|archive)/"
)
_BOARDS = rf"(?:/(?!{_NO_BOARD})[^/.]+)+"
_STACK = r"(?:stackoverflow|superuser|serverfault|askubuntu|stackapps)\.com|.+\.stackexchange\.com|mathoverflow\.net"
_LEMMY = (
    r"(?:.+\.)?(?:lemmy|feddit|lemm|lemdro|beehaw|sopuli|slrpnk|mander|reddthat|jlai|leminal)\..+|sh\.itjust\.works"
    r"|programming\.dev|infosec\.pub|discuss\.tchncs\.de|discuss\.online|aussie\.zone|startrek\.website"
)
_ROUTES = (
    # Gathering of Tweakers; FOK!
    _Route(
        "_message",
        rf"(?:/forum)?/(?:list_messages/(?P<thread>{_N})(?:/(?P<page>{_N}|last))?|(?:list|view|find)_message/(?P<post>{_N})).*",
        site=r"gathering\.tweakers\.net",
    ),
    _Route(
        "topic/",
        rf"/topic/(?P<thread>{_N})(?:/(?P<page>{_N})(?:/{_N}(?:/(?P<post>{_N}))?)?)?",
        site=r"forum\.fok\.nl",
    ),
    _Route("item", r"/item", "id", "", "p", site=r"news\.ycombinator\.com", both=True),
    _Route("s/", r"/s/(?P<thread>\w{6})(?:/[^/]*)?", site=r"lobste\.rs"),
    # Reddit
    _Route(
        "comments/",
        r"(?:/r/[^/]+|/user/[^/]+)?/comments/(?P<thread>\w{3,10})(?:/[^/]*?(?:/(?P<post>\w{3,10}))?)?(?:/?\.(?:json|rss))?",
        site=r"reddit\.com",
    ),
    # Stack Exchange
    _Route("questions/", rf"/questions/(?P<thread>{_N})(?:/[^/]*(?:/(?P<post>{_N}))?)?", "", "", "page"),
    _Route("q/", rf"/q/(?P<thread>{_N})(?:/{_N})?", site=_STACK),
    _Route("a/", rf"/a/(?P<post>{_N})(?:/{_N})?", site=_STACK),
    # FluxBB and PunBB; phpBB, its archives, and what rewrites its addresses
    _Route("viewtopic", r"/viewtopic(?:\.php)?", "id", "pid", "p"),
    _Route("viewtopic", r"/viewtopic(?:\.php)?", "t topic", "p", "start"),
    _Route("feed", r"(?:/app\.php)?/feed(?:\.php)?", "t", query="t="),
    _Route("feed/topic", rf"(?:/app\.php)?/feed/topic/(?P<thread>{_N})"),
    _Route("php", r"/(?:modules|index)\.php", "t", "p", "start", query="file=viewtopic"),
    _Route("topic", rf"(?:/[^/]*-?f{_N})?/f?topic(?P<thread>{_N})(?:-0-(?:a|de)sc)?(?:-(?P<page>{_N}))?\.html"),
    _Route("-t", rf"/[^/]*-f{_N}/[^/]*-t(?P<thread>{_N})(?:-(?P<page>{_N}))?\.html"),
    _Route("-t", rf"(?:/[^/]*-?f{_N})?/[^/]*-t(?P<thread>{_N})(?:-(?P<page>{_N}))?\.html", forum=True),
    _Route("post", rf"(?:/[^/]*-?f{_N})?/post(?P<post>{_N})\.html", forum=True),
    # SMF: `index.php?topic=12.40`, `topic=12.msg345`
    _Route("index.php", r"/index\.php", "topic", query="topic="),
    _Route("index.php", r"/index\.php", "", "msg", query="msg="),
    _Route("", r"", "topic", query="topic=", forum=True),
    _Route("topic,", r"(?:/index\.php)?/topic,(?P<thread>\d+)(?:\.(?:msg(?P<post>\d+)|(?P<page>\d+)))?\b.*"),
    # vBulletin 2, 3 and 4, MyBB; their archives
    _Route(
        "showthread",
        rf"/showthread\.php(?:/(?P<thread>{_N})[^/]*(?:/page(?P<page>{_N}))?)?",
        "t tid threadid",
        "p pid postid",
        "page pagenumber",
    ),
    _Route("showpost", r"/showpost\.php", "", "p postid"),
    _Route("printthread", r"/printthread\.php", "t tid threadid", "", "page pagenumber"),
    _Route("t-", rf"/archive/index\.php/t-(?P<thread>{_N})(?:-p-(?P<page>{_N}))?\.html"),
    _Route("thread-", rf"/archive/index\.php/thread-(?P<thread>{_N})(?:-(?P<page>{_N}))?\.html"),
    _Route(
        "thread-",
        rf"/thread-(?P<thread>{_N})(?:-page-(?P<page>{_N})|-post-(?P<post>{_N}))?(?:[-.].*)?",
        "",
        "pid",
        "page",
    ),
    _Route("thread-", r"/thread-(?P<thread>[^/.]*[a-z][^/.]*)", "", "pid", "page", forum=True),  # MyBB with Google SEO
    # Discourse
    _Route(
        "t/",
        rf"/t/(?:(?!\d+/)[^/.]+/)?(?P<thread>{_N})(?:/(?P<post>{_N})|/posts)?(?:\.json|\.rss|/print)?",
        "",
        "",
        "page",
        local=True,
    ),
    # NodeBB
    _Route("topic/", rf"/topic/(?P<thread>{_N})(?:/[^/]+(?:/(?P<page>{_N}))?)?(?:\.rss)?", "", "", "page"),
    # XenForo, vBulletin 4 and 5, WoltLab, Invision Community 4 and 5
    *(
        _Route(
            hint,
            rf"(?:/index\.php)?/{hint}(?:[^/]*\.)?(?P<thread>{_N})(?:-[^/]*)?"
            rf"(?:/page[-/]?(?P<page>{_N})|/post-(?P<post>{_N})|/latest|/unread|/(?:index\.rss|.*\.xml))?",
            "",
            "comment p postid postID",
            "page pageNo",
        )
        for hint in ("threads/", "thread/", "topic/", "t/")
    ),
    _Route("posts/", rf"(?:/index\.php)?/posts/(?P<post>{_N})"),
    _Route("goto/post", r"(?:/index\.php)?/goto/post", "", "id"),
    # IP.Board 2 and 3
    _Route("topic/", rf"(?:/index\.php)?/topic/(?P<thread>{_N})-[^/]*/page__(?:.*__)?st__(?P<page>{_N})(?:__.*)?"),
    _Route("topic/", rf"(?:/index\.php)?/topic/(?P<thread>{_N})-[^/]*/page__(?:.*__)?pid__(?P<post>{_N})(?:__.*)?"),
    _Route("lofiversion/", rf"/lofiversion/index\.php/t(?P<thread>{_N})(?:-(?P<page>{_N}))?\.html"),
    _Route("index.php", r"/index\.php", "showtopic", "p pid", "st page", query="showtopic="),
    _Route("index.php", r"/index\.php", "t", "p pid", "st", query="act=ST"),
    _Route("index.php", r"/index\.php", "", "pid", query="findpost"),
    # Flarum
    _Route("d/", rf"/d/(?P<thread>{_N})(?:-[^/]*)?(?:/(?P<post>{_N}))?", "", "near", "page", local=True),
    # Vanilla
    _Route("discussion/", rf"/discussion/comment/(?P<post>{_N})(?:/.*)?"),
    _Route("discussion/", rf"/discussion/(?P<thread>{_N})(?:/(?!p\d)[^/]*)?(?:/p(?P<page>{_N}))?"),
    # Lemmy has threads where NodeBB has posts
    _Route("post/", rf"/post/(?P<thread>{_N})(?:/(?P<post>{_N}))?", site=_LEMMY),
    _Route("comment/", rf"/comment/(?P<post>{_N})", site=_LEMMY),
    _Route("post/", rf"/post/(?P<post>{_N})"),
    # bbPress
    _Route("topic/", r"/topic/(?P<thread>[^/?]+)(?:/page/(?P<page>\d{1,12}))?", forum=True),
    _Route("reply/", rf"/reply/(?P<post>{_N})", forum=True),
    # HFR and its like
    _Route("sujet_", rf"{_IN}/[^/]*sujet_(?P<thread>{_N})_(?P<page>{_N})\.html?"),
    # Forumotion; vBulletin with rewritten addresses; vBulletin 5, which has a folder for each forum above the thread;
    # inSided
    _Route("/t", rf"/t(?P<thread>{_N})(?:p(?P<page>{_N}))?-[^/]+", forum=True),
    _Route("-t", rf"{_IN}/[^/]+-t(?P<thread>{_N})(?:/page(?P<page>{_N}))?", "", "p", forum=True),
    _Route("-post", rf"{_BOARDS}/(?P<thread>{_N})-[^/]*[a-z][^/]*-post(?P<post>{_N})\.html"),
    _Route("-", rf"{_BOARDS}/(?P<thread>{_N})-(?=[^/]*[a-z])[^/]+?(?:-(?P<page>\d{{1,4}}))?\.html", forum=True),
    _Route(
        "/f",
        r"/f\d{1,4}/[^/.]*[a-z][^/.]*-"
        rf"(?:post(?P<post>{_N})|(?P<thread>{_N})(?:-new-post)?)(?:/index(?P<page>{_N})\.html)?",
    ),
    _Route("-", rf"{_BOARDS}/(?P<thread>{_N})-(?=[^/]*[a-z])[^/.]+(?:/page(?P<page>{_N}))?", "", "p", forum=True),
    _Route(
        "-",
        rf"/(?!{_NO_BOARD})[^/.]+-\d{{1,4}}/[^/.]*[a-z][^/.]*-(?P<thread>{_N})(?:/index(?P<page>{_N})\.html)?",
        "",
        "postid",
        forum=True,
    ),
)
_MAY_BE = re.compile(
    r"[/?&=_-](?:(?:view|show|print|f)?(?:topic|thread|post)|f\d{1,4}/|[tdaqs]/|t-?\d|message|comments?/|discussion/|questions/|reply/"
    r"|goto/|item\?|msg=|act=|findpost|sujet_|feed(?:\.php)?\?|feed/topic/)",
    re.IGNORECASE,
)
_FORUM = re.compile(
    r"(?:^|[./])(?:[\w-]*forum\w*|boards?|community|communaute|fora|foren|support)(?=[./:]|$)", re.IGNORECASE
)
_PATH_IN_QUERY = re.compile(r"(?:(?<=\.php)|(?<=/))\?/?(?=[^=&#]*[/-])([^=&#]+)(?:&|(?=#)|$)")
_NUMBERS = re.compile(r"(\d{1,12})(?:\.(?:msg(\d{1,12})|(\d{1,12})))?")
_FRAGMENT = re.compile(
    r"(?:(?:js-)?post|p|pid|msg|entry|findcomment|(comment)|item|reply|answer|c|r(?=_)|t|t1)?[-_]?(\d{1,12})(_\d{1,12})?$",
    re.IGNORECASE,
)
_COMMENT = re.compile(
    r"(?:comment|reply|answer|post|response|reactie|kommentar|commentaire|c|p|pid)[-_]?(\d{1,12})$", re.IGNORECASE
)
_COMMENTED = re.compile(r"(?P<page>.*?)(?:/comment-page-(?P<number>\d{1,12})|/page/\d+)?\Z")
_MAX_LENGTH = 500
_MAX_DIGITS = 13


@lru_cache(maxsize=4096)
def of(address: str) -> Permalink:
    """What an address means; never raises. What is no known pattern has empty keys."""
    if not _may_be(address) or len(address) > _MAX_LENGTH:
        return Permalink()
    if "?" in address:
        address = _PATH_IN_QUERY.sub(r"/\1?", address, count=1)
    page, _, fragment = address.partition("#")
    page, _, unwrapped = canonical(page).partition("#")
    place, _, query = page.partition("?")
    host, slash, path = place.partition("/")
    if host.endswith(":"):
        return Permalink()  # no http(s) address
    return _read(_one_host(host), slash + path, query, fragment or unwrapped)


def _may_be(address: str) -> bool:
    """Whether it is worth a closer look: most links of a page are not."""
    return (
        "#" in address
        or "forum" in address
        or "communi" in address
        or "board" in address
        or "support" in address
        or "/for" in address
        or _MAY_BE.search(address) is not None
    )


def _read(host: str, path: str, query: str, fragment: str) -> Permalink:
    """What the first route that knows such addresses reads."""
    lowered, marked, given = path.lower(), _marked(fragment), _parameters(query)
    for hint, needed, pattern, route in _compiled():
        if hint in lowered and needed in query and _is_at(route, host, path) and (found := pattern.match(path)):
            link = _link(host, found, route, given, marked)
            if link:
                return link
    return _commented(host, path, query, fragment) if fragment else Permalink()


@cache
def _compiled() -> tuple[tuple[str, str, re.Pattern[str], _Route], ...]:
    return tuple(
        (route.hint, route.query, re.compile(rf"(?P<place>.*?){route.path}\Z", re.IGNORECASE), route)
        for route in _ROUTES
    )


def _parameters(query: str) -> dict[str, str]:
    """The parameters of a canonical address; SMF separates its own by semicolons."""
    if "%" in query or "+" in query:
        return dict(parse_qsl(query.replace("%3B", "&")))
    return dict([part.partition("=")[::2] for part in query.split("&")]) if query else {}


def _one_host(host: str) -> str:
    """One name for the host, where a site has the same pages at several."""
    return "reddit.com" if host.endswith(".reddit.com") else host


def _is_at(route: _Route, host: str, path: str) -> bool:
    """Whether the route is one of this site's."""
    if route.site:
        return bool(re.fullmatch(route.site, host))
    return not route.forum or bool(_FORUM.search(host + path))


def _marked(fragment: str) -> str:
    """The number of the post that a fragment names; `comment12_34` is a comment (12) below a post (34)."""
    found = _FRAGMENT.match(fragment)
    if not found or (found[3] and not found[1]):
        return ""
    return f"comment {found[2]}" if found[3] else found[2]


def _link(host: str, found: re.Match[str], route: _Route, given: Mapping[str, str], marked: str) -> Permalink | None:
    """What one route reads; None where neither a thread nor a post is named."""
    groups = found.groupdict()
    thread = groups.get("thread") or _first(given, route.thread)
    post = groups.get("post") or _first(given, route.post)
    page = groups.get("page") or _first(given, route.page)
    if route.thread and (numbers := _NUMBERS.match(thread)):
        thread, post, page = numbers[1], post or numbers[2] or "", page or numbers[3] or ""
    if not (thread or post):
        return None
    post = marked or post or (thread if route.both and not page else "")
    if route.local and post:
        post = f"{thread} {post}"
    place = f"{host}{found['place']}"
    return Permalink(
        thread=f"{place} thread {thread}" if thread else "",
        post=f"{place} post {post}" if post else "",
        page=int(page) if page.isdecimal() else 0,
    )


def _first(given: Mapping[str, str], names: str) -> str:
    """The first of these parameters that holds an id."""
    return next((given[name] for name in names.split() if given.get(name, "")[:1].isdecimal()), "")


def _commented(host: str, path: str, query: str, fragment: str) -> Permalink:
    """A comment below any other page (WordPress and its like), on whichever page of the comments it stands."""
    number, found = _COMMENT.match(fragment), _COMMENTED.match(path)
    if not number or not found:
        return Permalink()
    given = _parameters(query)
    pages = [found["number"] or "", *(given.pop(name, "") for name in ("cpage", "replytocom"))]
    article = "&".join(f"{name}={value}" for name, value in given.items())
    page = f"{host}{found['page']}{'?' if article else ''}{article}"
    here = next((written for written in pages[:2] if written.isdecimal() and len(written) < _MAX_DIGITS), "0")
    return Permalink(thread=f"{page} thread", post=f"{page} post {number[1]}", page=int(here))
