"""NodeBB (nodebb.org), 0.7 to 4: Persona, Harmony and what is made after them; the page's JSON and `/api/topic/ID`.

Markup: NodeBB/NodeBB, src/views/partials/data/topic.tpl and src/middleware/render.js (`#ajaxify-data`);
NodeBB/nodebb-theme-persona and NodeBB/nodebb-theme-harmony, templates/topic.tpl and templates/partials/topic/post.tpl;
NodeBB/nodebb-theme-vanilla for 0.x.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from webwatch import text
from webwatch.model import Further, Thread
from webwatch.parse._document import attribute, inner_text
from webwatch.parse.forum import recipe
from webwatch.parse.forum.engines import Engine
from webwatch.parse.forum.post import Post, Reading
from webwatch.parse.forum.recipe import Quoting, Recipe
from webwatch.parse.forum.records import after, count, moment, record, records, said

if TYPE_CHECKING:
    from webwatch.parse._document import Document, Node

_TOPIC = re.compile(r"(.*?)/(?:api/)?(topic/\d{1,12}(?:/[^/?#]+)?)(?:/\d{1,12})?/?(?:[?#].*)?\Z")
_HOME = re.compile(
    r"(https?://[^/?#]+.*?)(?:/(?:api|topic|category|recent|unread|popular|top|tags|user|categories)\b.*)?\Z"
)
_LISTS = re.compile(r"/(?:category/\d+(?:/[^?#]*)?|recent|popular|top)/?\Z")
_PAYLOADS = ("window._ajaxifyData=", '<script id="ajaxify-data" type="application/json">')
_SAID = re.compile(r"(?:\S+ ){1,3}.*:\Z|\S+:\Z", re.DOTALL)
_MAX_CAPTION = 300
_LONG = 1_000  # of markup: no empty post is that long


def _place(block: Node) -> str:
    """The place in the topic, which is counted from 0."""
    index = attribute(block, "data-index")
    return str(int(index) + 1) if index.isdecimal() else ""


def _permalink(block: Node) -> str:
    """The post's own address, as the date or the post's number links to it."""
    pid = attribute(block, "data-pid")
    link = block.css_first(f'a[href$="/post/{pid}"]') if pid.isdecimal() else None
    return attribute(link, "href")


def _by_id(block: Node) -> str:
    """The post's address as it is made of its id, below the forum's own."""
    pid = attribute(block, "data-pid")
    return f"post/{pid}" if pid.isdecimal() else ""


def _quoted(quote: Node) -> str:
    """Whose words a quote repeats: the line above it, "@name said in Topic:"; takes that line out of the tree."""
    line = quote.prev
    while line is not None and line.tag in {"-text", "br"}:
        if line.tag == "-text" and inner_text(line):
            return ""
        line = line.prev
    if line is None or line.tag != "p":
        return ""
    written = inner_text(line)
    first = line.css_first("a")
    begins = written.startswith("@") or (first is not None and written.startswith(inner_text(first)))
    if not (begins and len(written) < _MAX_CAPTION and _SAID.match(written)):
        return ""
    name = inner_text(first) if first is not None and written.startswith(inner_text(first)) else written.split()[0]
    line.decompose()
    return name.lstrip("@").rstrip(":")


_QUOTING = (Quoting("blockquote", ("cite", _quoted), "cite"),)
_DROP = (
    '[component="post/signature"], [component="post/editor"], [component="post/parent"], [component="post/actions"], '
    '[itemprop="author"], .post-signature, .post-author, .permalink, .bookmarked, .post-tools, .modal'
)
_TOPICS = Recipe(
    post=('[component="topic"] > [component="post"]', '[component="post"][data-index]', "[data-pid][data-index]"),
    body=('[component="post/content"]', '[itemprop="text"]', ".post-content"),
    author=(
        '[itemprop="author"] a[data-username]',
        ".post-header a[data-username]",
        "a[data-username][data-uid]",
        '[itemprop="author"]',
        "@data-username",
        ".username-field",
    ),
    author_url=(
        '[itemprop="author"] a[href*="/user/"]@href',
        'a[data-username][href*="/user/"]@href',
        'a[itemprop="author"][href*="/user/"]@href',
    ),
    date=("@data-timestamp", '[itemprop="datePublished"]@content', ".timeago@title", "[data-timestamp]@data-timestamp"),
    link=(_permalink, "a.permalink@href", "a.post-index@href", _by_id),
    number=(_place,),
    quoting=_QUOTING,
    drop=_DROP,
    skip='[component="post"].deleted, [data-pid].deleted',
    title=('[component="topic/title"]', '[component="post/header"]', "h1.topic-title", "h1"),
    replies=('[component="topic/post-count"]@title', '[component="topic/post-count"]'),
    locked='[component="topic/locked"]:not(.hidden), [component="post/header"] > i.fa-lock:not(.hidden)',
)


def recognises(document: Document) -> bool:
    """By the component names of its posts and lists, or by the fields of its JSON."""
    data = document.data
    if data is not None:
        first = (*records(record(data).get("posts"))[:1], *records(record(data).get("topics"))[:1])
        return any("tid" in each and ("pid" in each or "cid" in each) for each in first)
    return (
        document.first(
            '[component="topic"][data-tid], [component="post"][data-pid], [component="category"], #ajaxify-data'
        )
        is not None
    )


def read(document: Document) -> Reading:
    """The posts of a topic; the topics of a list where the page tells them as JSON."""
    if document.data is not None:
        return _from_json(document, record(document.data))
    reading = recipe.read(document, _TOPICS)
    if not reading.posts or reading.thread is None:
        return _from_json(document, _payload(document))
    home = _home(document)
    total = reading.thread.replies
    answer = _solved(document.source)
    posts = tuple(_whole(post, home, answer) for post in reading.posts if _is_said(post))
    thread = reading.thread._replace(replies=max(0, total - 1) if total else None, views=_views(document))
    if document.first('[component="pagination"]:not(.hidden), .pagination:not([component] *)') is None:
        thread = thread._replace(page=1, pages=1)
    return Reading(posts=posts, thread=thread)


def _whole(post: Post, home: str, answer: str) -> Post:
    """With an absolute link, and without the "#" that stands for the profile of a guest."""
    return post._replace(
        author_url="" if post.author_url.startswith("#") else post.author_url,
        accepted=bool(answer) and post.link.endswith(f"/post/{answer}"),
        link=f"{home}/{post.link}" if post.link.startswith("post/") else post.link,
    )


def _is_said(post: Post) -> bool:
    shown = post.quotes or len(post.body) > _LONG or "<img" in post.body or "<iframe" in post.body
    return bool(shown or text.from_html(post.body))


def _solved(source: str) -> str:
    """The id of the post that is the answer, which the plugin for questions adds to the page's JSON."""
    value = after(source, '"solvedPid":')
    return str(value) if isinstance(value, int | str) and str(value) not in {"0", ""} else ""


def _views(document: Document) -> int | None:
    """The count of views: it has no name of its own, but stands after those of posts and posters, or in the JSON."""
    shown = document.all('[component="topic/stats"] [title]:not(i)')[:10]
    places = [at for at, node in enumerate(shown) if attribute(node, "component") == "topic/post-count"]
    if places and places[0] + 2 < len(shown):
        return recipe.number(attribute(shown[places[0] + 2], "title"))
    return count(_payload(document), "viewcount")


def _payload(document: Document) -> dict[str, Any]:
    """The data that the page was made of."""
    return next((found for mark in _PAYLOADS if (found := record(after(document.source, mark)))), {})


# --------------------------------------------------------------------------------------------------------- JSON


def _home(document: Document) -> str:
    found = _HOME.match(document.url if document.data is not None else document.address())
    return found[1].rstrip("/") if found else ""


def _from_json(document: Document, data: dict[str, Any]) -> Reading:
    home = _home(document)
    if "tid" in data and "posts" in data:
        return _topic(data, home, "/api" if document.data is not None else "")
    topics = records(data.get("topics"))
    if topics:
        return Reading(threads=tuple(_listed(topic, home) for topic in topics if said(topic, "tid")))
    return Reading(follow=_instead(document, home) if document.data is None and not data else ())


def _address(data: dict[str, Any], home: str, api: str = "") -> str:
    return f"{home}{api}/topic/{said(data, 'slug', 'tid')}"


def _topic(data: dict[str, Any], home: str, api: str) -> Reading:
    answer = said(data, "solvedPid")
    posts = (_post(each, data, home, answer) for each in records(data.get("posts")) if not each.get("deleted"))
    total = count(data, "postcount")
    page = count(record(data, "pagination"), "currentPage") or 1
    pages = max(page, count(record(data, "pagination"), "pageCount") or 1)
    thread = Thread(
        url=_address(data, home),
        title=text.from_html(said(data, "titleRaw", "title")),
        replies=max(0, total - 1) if total else None,
        views=count(data, "viewcount"),
        locked=bool(data.get("locked")),
        pages=pages,
        page=page,
    )
    others = ((pages, "newest"), (page - 1, "older"))
    wanted = [(number, why) for number, why in others if (number > page if why == "newest" else number > 0)]
    follow = tuple(Further(f"{_address(data, home, api)}?page={number}", why) for number, why in wanted)
    return Reading(posts=tuple(post for post in posts if _is_said(post)), thread=thread, follow=follow)


def _post(written: dict[str, Any], data: dict[str, Any], home: str, answer: str) -> Post:
    body, quoted = recipe.own_words_in(said(written, "content"), _QUOTING, _DROP)
    user = record(written, "user")
    slug, pid, index = said(user, "userslug"), said(written, "pid"), count(written, "index")
    return Post(
        body=body,
        author=said(user, "displayname", "username"),
        author_url=f"{home}/user/{slug}" if slug else "",
        date=said(written, "timestampISO", "timestamp"),
        link=f"{home}/post/{pid}" if pid else _address(data, home),
        number=index + 1 if index is not None else None,
        quotes=quoted,
        accepted=bool(answer) and pid == answer,
    )


def _listed(topic: dict[str, Any], home: str) -> Thread:
    total = count(topic, "postcount")
    return Thread(
        url=_address(topic, home),
        title=text.from_html(said(topic, "titleRaw", "title")),
        replies=max(0, total - 1) if total else None,
        views=count(topic, "viewcount"),
        locked=bool(topic.get("locked")),
        newest=moment(topic, "lastposttimeISO", "lastposttime", "timestampISO"),
    )


def _instead(document: Document, home: str) -> tuple[Further, ...]:
    """The JSON of a page that only scripts fill."""
    if document.first('[component], a[href*="/topic/"]') is not None:
        return ()
    if found := _TOPIC.match(document.url):
        return (Further(f"{found[1]}/api/{found[2]}", "instead"),)
    if home and _LISTS.search(document.url.split("?")[0]):
        return (Further(document.url.replace(home, f"{home}/api", 1), "instead"),)
    return ()


part = Engine(
    marks=('component="topic" ', 'id="ajaxify-data"', "Powered by NodeBB", "nodebb.min.js", "assets/nodebb"),
    recognises=recognises,
    read=read,
)
