"""Lemmy: a post with its comments, as lemmy-ui shows it and as the API (`/api/v3`, `/api/v4`) says it.

Markup: LemmyNet/lemmy-ui, src/shared/components/{comment/comment-node,post/post-listing,person/person-listing,
common/moment-time}.tsx (0.17 to 1.0) and src/server/utils/create-ssr-html.tsx: its pages hold what the API answered as
`window.isoData`, with the moments that the page itself shows only as ages.
"""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from webwatch.model import Thread
from webwatch.parse._document import attribute, inner_text
from webwatch.parse.forum import quotes
from webwatch.parse.forum.engines import Engine
from webwatch.parse.forum.post import Post, Reading
from webwatch.parse.forum.recipe import MAX_POSTS, Quoting, Recipe, post_of

if TYPE_CHECKING:
    from webwatch.parse._document import Document, Node

_STATE = re.compile(r"window\.isoData\s*=\s*(?=\{)")
_UNDEFINED = re.compile(r"(?<=[:,\[])undefined(?=[,}\]])")
_COMMENT_ALONE = re.compile(r"/comment/\d+|/post/\d+/\d+")
_MOST_VALUES = 50_000
_PERSON = '.person-listing, a[href^="/u/"], a[href*="/u/"]'


class Said(NamedTuple):
    """What the API answered: the views of a post, of comments, of a list's posts."""

    post: dict[str, Any]
    comments: list[dict[str, Any]]
    posts: list[dict[str, Any]]


def recognises(document: Document) -> bool:
    """By the ids of lemmy-ui's comments, and by the API's views."""
    if document.data is not None:
        said = _said(document.data)
        return any("ap_id" in _dict(view.get("post")) for view in (said.post, *said.comments[:1], *said.posts[:1]))
    return document.first('.comment-node[id^="comment-"] .md-div, .post-listing .post-title') is not None


def read(document: Document) -> Reading:
    """A post with its comments, or the posts of a community as threads."""
    said = _said(document.data if document.data is not None else _state(document.source))
    comments = _in_order(said.comments)
    first = said.post or (comments[0] if len({_number(each, "post") for each in comments}) == 1 else {})
    thread = _thread(first, document) if first else None
    if document.data is None and (shown := _shown(document, said)):
        if thread is None:
            thread = Thread(url=document.address(), title=inner_text(document.first(".post-title h1, .post-title h5")))
        return _placed(document, Reading(posts=shown, thread=thread))
    posts = [_post(said.post)] if said.post else []
    posts += [_comment(each, titled=thread is None) for each in comments if not _is_gone(each)]
    if not posts:
        return Reading(threads=tuple(_thread(each, document) for each in said.posts))
    reading = Reading(posts=tuple(posts), thread=thread, partial=thread is not None and not said.post)
    return _placed(document, reading)


def _placed(document: Document, reading: Reading) -> Reading:
    """At the address of a comment, that comment and its answers stand below the post, and no others."""
    if not _COMMENT_ALONE.search(document.url):
        return reading
    first, *others = reading.posts
    return reading._replace(posts=(first._replace(number=1 if "/post/" in first.link else None), *others), partial=True)


# ------------------------------------------------------------------------------------------------------- HTML


def _edited(node: Node) -> str:
    """When it was written: of the title of its age, which for an edited one says both moments, the first."""
    title = attribute(node.css_first(".moment-time, [data-tippy-content*=':']"), "data-tippy-content")
    created = re.sub(r"^\w+: ", "", re.split(r"\n\s*\n", title)[0])
    return created if "GMT" in created or not created else f"{created} GMT+00:00"  # 0.17 wrote its server's time


_POST = Recipe(
    post=(),
    body=("#postContent .md-div, .postContent .md-div", ".md-div:not(.card-text)", ".post-title h1", ".post-title h5"),
    author=(".person-listing span", f"{_PERSON}"),
    date=(_edited,),
    quoting=(Quoting("blockquote", (), ""),),
    drop=".post-title small, .post-title button",
)
_COMMENT = _POST._replace(body=(".md-div", ".comment-content pre"))


def _shown(document: Document, said: Said) -> tuple[Post, ...]:
    """The posts of a page, with the moments that its state knows better."""
    nodes = document.all('.comment-node[id^="comment-"]')[:MAX_POSTS]
    listings = document.all(".post-listing")[:2]
    if len(listings) != 1:
        return ()
    address = f"/post/{_number(said.post, 'post')}" if said.post else document.address()
    posts = [_shown_post(listings[0], _POST, said.post, "post", address)]
    known = {_number(view, "comment"): view for view in said.comments}
    for node in nodes:
        number = attribute(node, "id").removeprefix("comment-")
        view = known.get(int(number) if number.isdecimal() and len(number) < 13 else 0, {})
        if not _is_gone(view) and (view or not _is_placeholder(node)):
            posts.append(_shown_post(node, _COMMENT, view, "comment", f"/comment/{number}"))
    return tuple(posts)


def _shown_post(node: Node, recipe: Recipe, view: dict[str, Any], name: str, link: str) -> Post:
    post = post_of(node, recipe)
    return post._replace(
        author=post.author.removeprefix("@"),
        author_url=attribute(node.css_first(_PERSON), "href"),
        date=_moment(_dict(view.get(name))) or post.date,
        link=link,
    )


def _is_placeholder(node: Node) -> bool:
    """Whether its text is nothing but one phrase in italics: "deleted by creator", in any language."""
    body = node.css_first(".md-div")
    phrase = inner_text(node.css_first(".md-div > p:only-child > em:only-child"))
    return bool(phrase) and phrase == inner_text(body)


# -------------------------------------------------------------------------------------------------- API, state


def _state(source: str) -> object:
    """What the page's server was answered; a serializer wrote it that keeps `undefined`."""
    found = _STATE.search(source)
    if not found:
        return None
    script = source[found.end() : source.find("</script", found.end())]
    for written in (script, _UNDEFINED.sub("null", script)):
        try:
            return json.JSONDecoder(strict=False).raw_decode(written)[0]
        except (ValueError, RecursionError):
            continue
    return None


def _said(data: object) -> Said:
    """The views in an answer, wherever they stand: each version and each request wraps them otherwise."""
    said = Said({}, [], [])
    waiting: list[object] = [data]
    for _ in range(_MOST_VALUES):
        if not waiting:
            break
        value = waiting.pop()
        if isinstance(value, dict):
            said = said._replace(post=said.post or _dict(value.get("post_view")))
            said.comments.extend([value["comment_view"]] if isinstance(value.get("comment_view"), dict) else [])
            for name in ("comments", "posts", "items"):
                _sort(value.get(name), said)
            waiting += [each for each in value.values() if isinstance(each, dict)]
        elif isinstance(value, list):
            waiting += value[:10]
    return said


def _sort(listed: object, said: Said) -> None:
    """Views of comments, of posts, or something else."""
    views = [view for view in listed[:MAX_POSTS] if isinstance(view, dict)] if isinstance(listed, list) else []
    said.comments.extend(view for view in views if isinstance(view.get("comment"), dict))
    said.posts.extend(view for view in views if isinstance(view.get("post"), dict) and "comment" not in view)


def _in_order(comments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Comments each with its replies below it, where their paths ("0.12.34") say whose they are."""
    below: dict[str, list[dict[str, Any]]] = {}
    paths = {_text(_dict(view.get("comment")), "path") for view in comments}
    for view in comments:
        parent = _text(_dict(view.get("comment")), "path").rpartition(".")[0]
        below.setdefault(parent if parent in paths else "", []).append(view)
    waiting = below.pop("", [])[::-1]
    found: list[dict[str, Any]] = []
    while waiting and len(found) < MAX_POSTS:
        view = waiting.pop()
        found.append(view)
        waiting += below.pop(_text(_dict(view.get("comment")), "path"), [])[::-1]
    return found


def _thread(view: dict[str, Any], document: Document) -> Thread:
    post = _dict(view.get("post"))
    count = _dict(view.get("counts")).get("comments", post.get("comments"))
    return Thread(
        url=document.absolute(f"/post/{_number(view, 'post')}"),
        title=_text(post, "name"),
        replies=count if isinstance(count, int) and "comment" not in view else None,
        locked=post.get("locked") is True,
        page=1,
        pages=1,
    )


def _post(view: dict[str, Any]) -> Post:
    """The post that the comments are about; one that is a link alone says its title."""
    post = _dict(view.get("post"))
    facts = _written(view, post, "body")
    return facts._replace(body=facts.body or html.escape(_text(post, "name")), link=f"/post/{_number(view, 'post')}")


def _comment(view: dict[str, Any], *, titled: bool) -> Post:
    facts = _written(view, _dict(view.get("comment")), "content")
    title = _text(_dict(view.get("post")), "name") if titled else ""
    return facts._replace(link=f"/comment/{_number(view, 'comment')}", title=title)


def _written(view: dict[str, Any], thing: dict[str, Any], name: str) -> Post:
    creator = _dict(view.get("creator"))
    own, quoted = quotes.marked(_text(thing, name))
    return Post(
        body=html.escape(own),
        author=_text(creator, "display_name") or _text(creator, "name"),
        author_url=_text(creator, "actor_id") or _text(creator, "ap_id"),
        date=_moment(thing),
        quotes=quoted,
    )


def _moment(thing: dict[str, Any]) -> str:
    """When it was published; before 0.19 the API left out that this is in UTC."""
    said = _text(thing, "published") or _text(thing, "published_at")
    return f"{said}Z" if said and not re.search(r"(?:Z|[+-]\d\d:?\d\d)$", said) else said


def _is_gone(view: dict[str, Any]) -> bool:
    comment = _dict(view.get("comment"))
    return comment.get("deleted") is True or comment.get("removed") is True


def _number(view: dict[str, Any], name: str) -> int:
    value = _dict(view.get(name)).get("id")
    return value if isinstance(value, int) else 0


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(thing: dict[str, Any], name: str) -> str:
    value = thing.get(name)
    return value if isinstance(value, str) else ""


part = Engine(marks=("window.isoData", "window.lemmyConfig"), recognises=recognises, read=read)
