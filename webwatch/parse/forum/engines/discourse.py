"""Discourse (discourse.org), all versions: the page for crawlers, the page that a browser has made, and the JSON.

Markup: discourse/discourse, app/views/topics/show.html.erb (2013 to 3.x; it also stands in the `<noscript>` of the page
for browsers), app/assets/javascripts/discourse/app/widgets/post.js (what scripts make of it), and the fields of
`/t/ID.json`, `/latest.json`, `/c/ID.json`, `/posts.json` and `/search.json`, which `#data-preloaded` holds too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from webwatch import permalinks, text
from webwatch.model import Further, Thread
from webwatch.parse._document import attribute, decoded, inner_text
from webwatch.parse.forum import recipe
from webwatch.parse.forum.engines import Engine
from webwatch.parse.forum.post import Post, Reading
from webwatch.parse.forum.recipe import Quoting, Recipe
from webwatch.parse.forum.records import after, count, moment, record, records, said

if TYPE_CHECKING:
    from webwatch.parse._document import Document, Node

_CHUNK = 20
_LONG = 1_000  # of markup: no notice is that long
_TOPIC = re.compile(r"(.*?/t/(?:[^/?#.]+/)?(\d{1,12}))(?:/(\d{1,12}))?(?:\.json)?/?(?:[?#].*)?\Z")
_HOME = re.compile(r"(https?://[^/]+(?:/[^/]+)*?)/(?:t|c|tag|tags|u|g|latest|top|new|posts|search|categories)\b")
_HOST = re.compile(r"https?://[^/]+")
_LIST = re.compile(r"/(?:latest|top|new|c/[^?#]+|tags?/[^?#]+)/?\Z")
_WITHDRAWN = re.compile(
    r"\((?:[^()]{0,60}\b)?(?:deleted|withdrawn|verwijderd|ingetrokken|gelöscht|zurückgezogen|supprimée?|retirée?)\b[^()]{0,90}\)",
    re.IGNORECASE,
)
_SHOWN = re.compile(r"<(?:img|iframe|video|audio|svg|a)\b", re.IGNORECASE)


def _quoted(aside: Node) -> str:
    """Whose words a quote repeats; a topic that is linked to looks like a quote, with its title above."""
    if name := attribute(aside, "data-username"):
        return name
    caption = inner_text(aside.css_first(".title"))
    return caption if caption.endswith(":") else ""


_QUOTING = (
    Quoting("aside.quote", (_quoted,), ".title"),
    Quoting("blockquote", ("cite",), "cite"),
)
_DROP = (
    ".lightbox .meta, .quote-controls, .poll, .clicks, .codeblock-button-wrapper, .cooked-selection-barrier, "
    "aside.accepted-answer, .post-notice"
)
_RENDERED = Recipe(
    post=("article[data-post-id]",),
    body=(".contents > .cooked", ".cooked"),
    author=(
        '.topic-meta-data [class*="username"] a',
        ".names a",
        "a[data-user-card]@data-user-card",
        '.topic-meta-data [class*="username"]',
    ),
    author_url=(".topic-meta-data a[data-user-card]@href", ".names a@href"),
    date=(
        ".post-date .relative-date@data-time",
        ".relative-date@data-time",
        ".post-date [data-time]@data-time",
        ".post-date [title]@title",
    ),
    number=("@id",),
    quoting=_QUOTING,
    drop=_DROP,
    skip="article.deleted, article.small-action",
    accepted=".accepted-text, .post-controls .accepted",
    title=("#topic-title .fancy-title", "#topic-title h1", "h1"),
    replies=(".topic-map li.replies .number",),
    views=(".topic-map li.views .number", ".topic-map__views-trigger .number"),
    locked=".topic-status .d-icon-lock, .topic-statuses .d-icon-lock, .topic-statuses .d-icon-topic\\.closed",
)
_CRAWLED = Recipe(
    post=(".crawler-post", '[itemtype$="schema.org/DiscussionForumPosting"]'),
    body=(".post", '[itemprop="articleBody"]', '[itemprop="text"]'),
    author=('.creator [itemprop="name"]', '.creator [itemprop="author"]', ".creator a", ".creator b", ".creator"),
    author_url=(".creator a@href",),
    date=('[itemprop="datePublished"]@datetime', '[itemprop="datePublished"]@content', "time@datetime"),
    number=('[itemprop="position"]', "@id"),
    quoting=_QUOTING,
    drop=_DROP,
    title=("#topic-title h1", "h1.crawler-topic-title", "#main-outlet h1", "h1", "h2"),
)


def recognises(document: Document) -> bool:
    """By what it says of itself, by the ids of its posts, or by the fields of its JSON."""
    data = document.data
    if data is not None:
        lists = record(data, "topic_list").get("topics"), record(data).get("latest_posts")
        return bool(record(data, "post_stream")) or any(isinstance(each, list) for each in lists)
    return (
        document.generator.startswith("discourse ")
        or document.first("#data-discourse-setup, .topic-body.crawler-post, article[data-post-id][data-topic-id]")
        is not None
    )


def read(document: Document) -> Reading:
    """The posts of a topic, or the topics of a list; a page of scripts alone is asked for as JSON."""
    if document.data is not None:
        return _from_json(document, record(document.data))
    preloaded = _preloaded(document)
    told = next((reading for data in preloaded if (reading := _from_json(document, data)).posts), Reading())
    rendered = _from_markup(document, _RENDERED)
    if rendered.posts:
        return told._replace(posts=rendered.posts) if told.posts else rendered
    if told.posts or (crawled := _from_markup(document, _CRAWLED)).posts:
        return told if told.posts else crawled
    listed = next((reading for data in preloaded if (reading := _from_json(document, data)).threads), Reading())
    return listed if listed.threads else Reading(follow=_instead(document))


# ------------------------------------------------------------------------------------------------------- markup


def _from_markup(document: Document, by: Recipe) -> Reading:
    answer = _answer(document)
    reading = recipe.read(document, by)
    if not reading.posts or reading.thread is None:
        return Reading()
    topic = _address(document)
    posts = tuple(
        post._replace(
            link=f"{topic}/{post.number}" if topic and post.number else f"{document.address()}#post_{post.number or 1}",
            accepted=post.accepted or (answer is not None and post.number == answer),
        )
        for post in reading.posts
        if _is_said(post)
    )
    thread = reading.thread._replace(url=document.address() if _TOPIC.match(document.address()) else topic)
    if not thread.url:
        thread = thread._replace(url=document.address())
    return _counted(document, reading._replace(posts=posts, thread=thread), topic)


def _counted(document: Document, reading: Reading, topic: str) -> Reading:
    """With the page that this is, and what to ask for: only the JSON tells how many pages there are."""
    thread = reading.thread
    if thread is None or not topic:
        return reading
    page = permalinks.of(thread.url).page or permalinks.of(document.url).page or 1
    further = [Further(url=_page(topic, page - 1), why="older")] if page > 1 else []
    if document.first('[rel~="next"]') is None:
        return reading._replace(thread=thread._replace(page=page, pages=page), follow=tuple(further))
    return reading._replace(thread=thread._replace(page=page), follow=(Further(f"{topic}.json", "newest"), *further))


def _address(document: Document) -> str:
    """The address of the topic itself: without page and post; "" where the page does not tell it."""
    for address in (document.address(), document.url, document.absolute(attribute(document.first("h1 a"), "href"))):
        if found := _TOPIC.match(address):
            return found[1]
    return ""


def _answer(document: Document) -> int | None:
    """The number of the accepted answer: the plugin "solved" tells it below the question, and as JSON-LD."""
    told = attribute(document.first("aside.accepted-answer[data-post]"), "data-post")
    if told.isdecimal():
        return int(told)
    if '"acceptedAnswer"' not in document.source:
        return None
    for data in document.scripts("application/ld+json"):
        found = _TOPIC.match(said(record(data, "mainEntity", "acceptedAnswer"), "url"))
        if found and found[3]:
            return int(found[3])
    return None


def _is_said(post: Post) -> bool:
    """Whether the post says anything: one that its author took back, or a mere notice, does not."""
    if post.quotes or len(post.body) > _LONG:
        return True
    plain = text.from_html(post.body)
    return _WITHDRAWN.fullmatch(plain) is None if plain else _SHOWN.search(post.body) is not None


# --------------------------------------------------------------------------------------------------------- JSON


def _preloaded(document: Document) -> list[dict[str, Any]]:
    """What the page holds ready for its scripts about a topic or a list of topics."""
    apart = document.all('script[data-discourse-preloaded^="topic_"]')[:5]
    if apart:
        return [record(decoded(node.text() or "")) for node in apart]
    node = document.first("#data-preloaded")
    if node is None:
        return _stored(document)
    held = record(decoded(attribute(node, "data-preloaded") or node.text() or ""))
    wanted = [value for name, value in held.items() if name.startswith("topic_")][:5]
    return [record(decoded(value) if isinstance(value, str) else value) for value in wanted]


def _stored(document: Document) -> list[dict[str, Any]]:
    """The same as versions before 2.3 wrote it, in a script."""
    start = document.source.find('PreloadStore.store("topic_')
    return [record(after(document.source, '",', start))] if start >= 0 else []


def _from_json(document: Document, data: dict[str, Any]) -> Reading:
    home = _home(document)
    if "post_stream" in data:
        return _topic(document, data, home)
    if found := records(data.get("latest_posts")) or records(data.get("posts")):
        titles = {said(topic, "id"): topic for topic in records(data.get("topics"))}
        posts = (_post(each, _place(home, {**titles.get(said(each, "topic_id"), {}), **each}), home) for each in found)
        return Reading(posts=tuple(post for post in posts if _is_said(post)))
    topics = records(record(data, "topic_list").get("topics"))
    return Reading(threads=tuple(_listed(topic, home) for topic in topics if said(topic, "id")))


def _home(document: Document) -> str:
    """The address of the forum, which may lie in a folder."""
    address = document.url if document.data is not None else document.address()
    found = _HOME.match(address) or _HOST.match(address)
    return (found[1] if found.re is _HOME else found[0]) if found else ""


def _place(home: str, data: dict[str, Any]) -> str:
    slug = said(data, "topic_slug", "slug") or "-"
    return f"{home}/t/{slug}/{said(data, 'topic_id', 'id')}"


def _topic(document: Document, data: dict[str, Any], home: str) -> Reading:
    stream = record(data, "post_stream")
    answer = count(record(data, "accepted_answer"), "post_number")
    written = records(stream.get("posts"))
    named = data if said(data, "slug") or not written else {**written[0], **data}
    address = _place(home, named) if said(data, "id") else _address(document)
    posts = (_post(each, address, home, answer) for each in written if not _is_gone(each))
    total = count(data, "posts_count")
    thread = Thread(
        url=address or document.address(),
        title=text.line(said(data, "title")),
        replies=max(0, total - 1) if total else None,
        views=count(data, "views"),
        locked=bool(data.get("closed") or data.get("archived")),
    )
    reading = Reading(posts=tuple(post for post in posts if _is_said(post)), thread=thread)
    return _paged(reading, data, written, suffix=".json" if document.data is not None else "")


def _paged(reading: Reading, data: dict[str, Any], written: list[dict[str, Any]], suffix: str) -> Reading:
    """With the page that this is, of how many: by the ids of all posts, else by the number of the first."""
    thread = reading.thread
    if thread is None or not written:
        return reading
    chunk = count(data, "chunk_size") or _CHUNK
    ids = record(data, "post_stream").get("stream")
    first = count(written[0], "id")
    known = isinstance(ids, list) and first in ids
    total = len(ids) if isinstance(ids, list) and ids else count(data, "posts_count") or len(written)
    at = ids.index(first) if known and isinstance(ids, list) else (count(written[0], "post_number") or 1) - 1
    page, pages = at // chunk + 1, -(-max(total, at + len(written)) // chunk)
    follow = [Further(_page(thread.url + suffix, pages), "newest")] if at + len(written) < total else []
    if page > 1:
        follow.append(Further(_page(thread.url + suffix, page - 1), "older"))
    return reading._replace(thread=thread._replace(page=page, pages=max(page, pages)), follow=tuple(follow))


def _page(address: str, page: int) -> str:
    return f"{address}?page={page}" if page > 1 else address


def _is_gone(written: dict[str, Any]) -> bool:
    return any(written.get(name) for name in ("deleted_at", "user_deleted", "hidden", "cooked_hidden"))


def _post(written: dict[str, Any], topic: str, home: str, answer: int | None = None) -> Post:
    body, quoted = recipe.own_words_in(said(written, "cooked", "blurb"), _QUOTING, _DROP)
    number = count(written, "post_number")
    author = said(written, "username")
    return Post(
        body=body,
        author=author,
        author_url=f"{home}/u/{author}" if author else "",
        date=said(written, "created_at"),
        link=f"{topic}/{number}" if number else topic,
        number=number,
        title=said(written, "topic_title"),
        quotes=quoted,
        accepted=written.get("accepted_answer") is True or (number is not None and number == answer),
    )


def _listed(topic: dict[str, Any], home: str) -> Thread:
    total = count(topic, "posts_count")
    return Thread(
        url=_place(home, topic),
        title=text.line(said(topic, "title")),
        replies=max(0, total - 1) if total else None,
        views=count(topic, "views"),
        locked=bool(topic.get("closed") or topic.get("archived")),
        newest=moment(topic, "last_posted_at", "bumped_at", "created_at"),
    )


def _instead(document: Document) -> tuple[Further, ...]:
    """The JSON of a page that only scripts fill."""
    address = document.address()
    if found := _TOPIC.match(document.url) or _TOPIC.match(address):
        post = f"/{found[3]}" if found[3] else ""
        page = permalinks.of(document.url).page or permalinks.of(address).page
        return (Further(_page(f"{found[1]}{post}.json", 0 if post else page), "instead"),)
    if document.first('a[href*="/t/"]') is not None:
        return ()
    place = document.url.split("?")[0].split("#")[0]
    if _LIST.search(place):
        return (Further(f"{place.rstrip('/')}.json", "instead"),)
    return (Further(f"{_home(document)}/latest.json", "instead"),) if place.rstrip("/") == _home(document) else ()


part = Engine(
    marks=('content="Discourse ', 'id="data-discourse-setup"', 'name="discourse_theme_id'),
    recognises=recognises,
    read=read,
)
