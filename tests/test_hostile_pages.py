"""Pages made to hang or to fool their reader: a clear error, or a bounded answer. Times are measured by hand."""

from __future__ import annotations

# ruff: noqa: E501, SIM905 - markup
import json
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import cycle, islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webwatch import parse
from webwatch.errors import ParseError
from webwatch.model import Context, Page, Parsed, Select, Source

from .command import Desk

MANY = 100_000
MOST_POSTS = 2_000
MOST_THREADS = 500
NO_POSTS = "https://forum.example.nl/"
THREAD = "https://forum.example.nl/viewtopic.php?t=12"
SAID = "Mijn fiets is na zes weken nog niet terug van de fietsenmaker, en niemand neemt de telefoon op."
SELECT = Select(post="div, tr, li", author="a", text="*", date="span", link="a")


def read(body: str | bytes, kind: str = "forum", url: str = THREAD, select: Select | None = None) -> Parsed:
    context = Context(
        source=Source(name="hostile", url=url, kind=kind, select=select),
        now=datetime(2026, 11, 22, 9, tzinfo=UTC),
        zone=ZoneInfo("Europe/Amsterdam"),
    )
    return parse.load(kind).parse(Page(url=url, body=body.encode() if isinstance(body, str) else body), context)


def answer(body: str | bytes, kind: str = "forum", select: Select | None = None) -> Parsed | None:
    """What the parser says, which is bounded; None for an error."""
    try:
        parsed = read(body, kind, select=select)
    except ParseError:
        return None
    assert len(parsed.entries) <= MOST_POSTS
    assert len(parsed.threads) <= MOST_THREADS
    for entry in parsed.entries:
        assert len(entry.text) <= 50_000
        assert len(entry.title) <= 500
        assert len(entry.author) <= 200
        assert len(entry.published_raw) <= 100
        assert len(entry.quotes) <= 50
        assert "\0" not in f"{entry.author}{entry.title}{entry.text}"
    return parsed


# ------------------------------------------------------------------------------------- posts, as their engines write them


def phpbb(
    number: int, author: str = "Joris", said: str = SAID, inner: str = "", date: str = "12 mei 2024, 10:01"
) -> str:
    return (
        f'<div id="p{number}" class="post"><div class="inner"><div class="postbody"><h3><a href="#p{number}">Re: Fiets</a></h3>'
        f'<p class="author"><a href="./viewtopic.php?p={number}#p{number}">#</a> door <strong>'
        f'<a href="./memberlist.php?mode=viewprofile&amp;u=7" class="username">{author}</a></strong> » {date}</p>'
        f'<div class="content">{said}{inner}</div></div></div></div>'
    )


def vbulletin(
    number: int, author: str = "Joris", said: str = SAID, inner: str = "", date: str = "12-05-2024, 10:01"
) -> str:
    return (
        f'<table id="post{number}"><tr><td class="thead">{date} <a href="showthread.php?p={number}#post{number}">#{number}</a>'
        f'</td></tr><tr><td><a class="bigusername" href="member.php?u=7">{author}</a></td><td id="td_post_{number}">'
        f'<div id="post_message_{number}">{said}{inner}</div></td></tr></table>'
    )


def xenforo(number: int, author: str = "Joris", said: str = SAID, inner: str = "", date: str = "12 mei 2024") -> str:
    return (
        f'<article class="message message--post" data-author="{author}" data-content="post-{number}" id="js-post-{number}">'
        f'<a href="/threads/fiets.12/post-{number}"><time datetime="2024-05-12T10:01:00+0200">{date}</time></a>'
        f'<div class="message-body"><div class="bbWrapper">{said}{inner}</div></div></article>'
    )


def smf(
    number: int, author: str = "Joris", said: str = SAID, inner: str = "", date: str = "mei 12, 2024, 10:01:00 am"
) -> str:
    return (
        f'<div class="post_wrapper"><div class="poster"><h4><a href="index.php?action=profile;u=7">{author}</a></h4></div>'
        f'<div class="postarea"><h5 id="subject_{number}"><a href="index.php?topic=12.msg{number}#msg{number}">Fiets</a></h5>'
        f'<div class="smalltext">« <strong>Op:</strong> {date} »</div><div class="post"><div class="inner" id="msg_{number}">'
        f"{said}{inner}</div></div></div></div>"
    )


def mybb(number: int, author: str = "Joris", said: str = SAID, inner: str = "", date: str = "12-05-2024, 10:01") -> str:
    return (
        f'<div class="post" id="post_{number}"><div class="author_information"><strong><a href="member.php?uid=7">{author}</a>'
        f'</strong></div><span class="post_date">{date}</span><a href="showthread.php?pid={number}#pid{number}">#{number}</a>'
        f'<div class="post_body scaleimages" id="pid_{number}">{said}{inner}</div></div>'
    )


def wordpress(
    number: int, author: str = "Joris", said: str = SAID, inner: str = "", date: str = "12 mei 2024 om 10:01"
) -> str:
    return (
        f'<li id="comment-{number}" class="comment"><div id="div-comment-{number}" class="comment-body"><cite class="fn">{author}'
        f'</cite><div class="commentmetadata"><a href="#comment-{number}">{date}</a></div><p>{said}</p></div>'
        f'<ul class="children">{inner}</ul></li>'
    )


def discourse(
    number: int, author: str = "Joris", said: str = SAID, inner: str = "", date: str = "2024-05-12T10:01:00Z"
) -> str:
    return (
        f'<div id="post_{number}" class="topic-body crawler-post"><span class="creator"><a href="/u/joris"><span itemprop="name">'
        f'{author}</span></a></span><time itemprop="datePublished" datetime="{date}">12 mei</time>'
        f'<div class="post">{said}{inner}</div></div>'
    )


def news(
    number: int, author: str = "joris", said: str = SAID, inner: str = "", date: str = "2024-05-12T10:01:00"
) -> str:
    return (
        f'<tr class="athing comtr" id="{number}"><td class="ind" indent="{number % 40}"></td><td><a class="hnuser" '
        f'href="user?id=j">{author}</a> <span class="age" title="{date}"><a href="item?id={number}">1 day ago</a></span>'
        f'<div class="comment"><div class="commtext c00">{said}{inner}</div></div></td></tr>'
    )


def unknown(
    number: int, author: str = "Joris", said: str = SAID, inner: str = "", date: str = "12 mei 2024, 10:01"
) -> str:
    return (
        f'<div class="bericht" id="b{number}"><b class="naam"><a href="/leden/joris">{author}</a></b> <span class="tijd">{date}'
        f'</span> <a href="/onderwerp/12#b{number}">link</a><div class="tekst">{said}{inner}</div></div>'
    )


def marked(number: int, author: str = "Joris", said: str = SAID, inner: str = "", date: str = "2024-05-12") -> str:
    return (
        f'<div itemscope itemtype="https://schema.org/Comment"><span itemprop="author">{author}</span><time itemprop='
        f'"datePublished" datetime="{date}">12 mei</time><a itemprop="url" href="#c{number}">#</a><div itemprop="text">{said}</div>'
        f"{inner}</div>"
    )


POSTS: dict[str, Callable[..., str]] = {
    post.__name__: post
    for post in (phpbb, vbulletin, xenforo, smf, mybb, wordpress, discourse, news, unknown, marked)
}  # fmt: skip
FRAMES = {
    "phpbb": '<html><body id="phpbb"><h2 class="topic-title"><a href="./viewtopic.php?t=12">Fiets</a></h2>{}</body></html>',
    "xenforo": '<html id="XF" data-app="public"><body><h1 class="p-title-value">Fiets</h1>{}</body></html>',
    "discourse": '<html><head><meta name="generator" content="Discourse 3.1"></head><body><h1>Fiets</h1>{}</body></html>',
    "wordpress": '<html><body><h1>Fiets</h1><ol class="commentlist">{}</ol></body></html>',
    "news": '<html op="item"><body><table id="hnmain"><tr><td><table class="comment-tree">{}</table></td></tr></table></body></html>',
}
PLAIN = "<html><body><h1>Fiets</h1>{}</body></html>"


def thread(engine: str, posts: str) -> str:
    return FRAMES.get(engine, PLAIN).format(posts)


def nested(engine: str, depth: int) -> str:
    """Posts in posts; the cheap way to build a deep one."""
    before, after = POSTS[engine](1, inner="\1").split("\1")
    opened = "".join(before.replace("1", str(number)) for number in range(1, depth + 1))
    return thread(engine, opened + after * depth)


@pytest.mark.parametrize("engine", POSTS)
def test_the_posts_here_are_read(engine: str):
    parsed = read(
        thread(engine, "".join(POSTS[engine](number, said=f"{SAID} Poging {number}.") for number in range(101, 121)))
    )

    assert len(parsed.entries) == 20
    assert {entry.author.lower() for entry in parsed.entries} == {"joris"}
    assert all(SAID in entry.text for entry in parsed.entries)


# -------------------------------------------------------------------------------------------------- more than anybody reads


@pytest.mark.parametrize("engine", POSTS)
def test_a_hundred_thousand_posts(engine: str):
    body = thread(engine, "".join(POSTS[engine](number, said=f"Poging {number}.") for number in range(MANY)))

    assert answer(body) is None  # too large
    few = thread(engine, "".join(POSTS[engine](number, said=f"Poging {number}.") for number in range(1, 4_500)))
    answer(few)


@pytest.mark.parametrize("engine", POSTS)
@pytest.mark.parametrize("depth", [90, 900])
def test_posts_within_posts(engine: str, depth: int):
    answer(nested(engine, depth))


@pytest.mark.parametrize(
    "row",
    [
        '<a href="viewtopic.php?t={0}">Fiets {0}</a>',
        '<tr><td><a href="viewtopic.php?t={0}">F{0}</a></td><td>3</td></tr>',
        '<li><a href="/threads/f.{0}/">F{0}</a> 2 reacties</li>',
        '<a href="/">x</a>',
        '<a href="#p{0}">',
        '<a href="?t=12&start={0}">{0}</a>',
    ],
)  # fmt: skip
@pytest.mark.parametrize("count", [9_000, MANY])
def test_a_hundred_thousand_links(row: str, count: int):
    answer("".join(row.format(number) for number in range(count))[:2_900_000])


SOUPS = {
    "brs": "<br>" * 700_000,
    "references": "&nbsp;" * 490_000,
    "one line": f"<p>{'woord ' * 330_000}</p>",
    "no space": "x" * 2_000_000,
    "opening": "<" * 2_000_000,
    "comments": "<!--" * 500_000,
    "comment": f"<p>een</p><!-- {'<div>' * MANY}",
    "plaintext": f"<plaintext>{'<div>' * MANY}",
    "template": f"<template>{'<div><p>x</p>' * 50_000}",
    "templates": "<template>" * MANY,
    "svg": f"<svg>{'<g>' * MANY}",
    "svgs": "<svg><foreignObject>" * 50_000,
    "math": "<math><mi>" * MANY,
    "selects": "<select><option>" * MANY,
    "select": f"<select>{'<option>1 mei 2024' * MANY}",
    "attributes": f"<a {' '.join(f'a{number}' for number in range(MANY))}>",
    "valued": f"<a {' '.join(f'''a{number}='>' ''' for number in range(MANY))}>",
    "some attributes": f"<a {' '.join(f'a{number}' for number in range(390))}>x</a>" * 900,
    "dates": "<div>12 mei 2024, 10:01</div>" * 90_000,
    "times": '<time datetime="2024-05-12">' * 80_000,
    "named": '<div class="post"><span class="author">J</span>12 mei 2024</div>' * 40_000,
    "cells": "<table><tr>" + "<td>1" * 500_000,
    "headings": "<h1>Fiets</h1>" * 200_000,
    "frames": "<frameset>" * MANY,
    "nulls": "\0" * 2_000_000,
    "broken": "<div class=" * 200_000,
    "quote": f'<div class="{"x" * 2_000_000}',
    "bases": '<base href="http://a/">' * MANY,
    "metas": '<meta name="a" content="b">' * MANY,
    "ids": "".join(f'<i id="pid_{number}"></i>' for number in range(MANY)),
    "ending": "</div>" * 490_000,
    "paragraphs": "<p>x</p>" * 370_000,
}


@pytest.mark.parametrize("kind", ["forum", "page"])
@pytest.mark.parametrize("soup", SOUPS)
def test_a_soup(soup: str, kind: str):
    answer(SOUPS[soup], kind)
    answer(PLAIN.format(f"{SOUPS[soup][:1_000_000]}{phpbb(1)}{phpbb(2)}"), kind)


NESTS = {
    **{tag: (f"<{tag}>",) for tag in ("div", "span", "blockquote", "li", "table", "b", "i", "font", "a", "nobr", "p")},
    "lists": ("<ul><li>",),
    "tables": ("<table><tr><td>",),
    "formatting": ("<b>", "<i>", "<font>", "<a>", "<nobr>"),
    "formatting and blocks": ("<b x>", "<p>", "<i x>", "<div>"),
    "closed otherwise": ("<div></span>", "<div></b>"),
    "closed in an attribute": ('<div title="</div>">',),
    "closed in a comment": ("<div><!--</div>-->",),
    "closed in a script": ("<div><script>'</div>'</script>",),
    "closed in a table": ("<div><table><tr><td></div>",),
    "closed in a text": ("<div><textarea></div></textarea>",),
    "closed in a list": ("<div><select></div></select>",),
    "formatting closed in an attribute": ('<b x title="></b>">', "<p>x"),
    "formatting closed in a cell": ("<table><tr><td><b x></table></b>",),
    "formatting in formatting": ("<<b>b>",),
    "quotes": ('<blockquote class="quote"><cite>Jan schreef:</cite>',),
}


@pytest.mark.parametrize("kind", ["forum", "page"])
@pytest.mark.parametrize("nest", NESTS)
@pytest.mark.parametrize("count", [3_000, 120_000])
def test_a_nest(nest: str, kind: str, count: int):
    body = "".join(islice(cycle(NESTS[nest]), count))
    answer(body, kind)
    answer(thread("phpbb", phpbb(1, inner=body) + phpbb(2)), kind)


def test_elements_that_are_nested_too_deeply_are_named():
    with pytest.raises(ParseError, match="nests them deeper"):
        read("<div>" * 120_000)


def test_formatting_that_is_never_closed_is_left_out():
    posts = "".join(phpbb(number, inner="<b x><i><font>" * 100) for number in range(101, 111))
    parsed = read(thread("phpbb", posts))

    assert len(parsed.entries) == 10


@pytest.mark.parametrize("engine", POSTS)
def test_a_hundred_thousand_quotes(engine: str):
    quotes = "<blockquote><cite>Jan schreef:</cite>ja</blockquote>"
    answer(thread(engine, POSTS[engine](1, inner=quotes * 40_000) + POSTS[engine](2)))
    answer(thread(engine, POSTS[engine](1, inner=quotes * 1_900) + POSTS[engine](2)))
    answer(thread(engine, POSTS[engine](1, inner="<blockquote>" * 400 + "ja") + POSTS[engine](2)))


def test_a_body_of_fifty_megabytes_is_too_large():
    for kind in ("forum", "page"):
        with pytest.raises(ParseError, match="more than 3 MB"):
            read(b"x" * 50_000_000, kind)


@pytest.mark.parametrize("kind", ["forum", "page"])
def test_the_owners_selectors(kind: str):
    for body in (SOUPS["dates"], SOUPS["named"], SOUPS["cells"], nested("unknown", 90), nested("unknown", 900)):
        answer(body, kind, SELECT)


# ------------------------------------------------------------------------------------------------------- structured data


def script(data: str, kind: str = "application/ld+json") -> str:
    return f'<html><head><script type="{kind}">{data}</script></head><body>{unknown(1)}</body></html>'


COMMENT = {"@type": "Comment", "author": {"name": "Joris"}, "datePublished": "2024-05-12", "text": SAID}


@pytest.mark.parametrize(
    "data",
    [
        "[" * MANY,
        "[" * 900 + "]" * 900,
        '{"@graph":' * 900 + "{}" + "}" * 900,
        '{"comment":' * MANY,
        json.dumps({"@graph": [COMMENT | {"text": f"ja {number}"} for number in range(20_000)]}),
        json.dumps([{"@type": "Comment"}] * MANY),
        json.dumps({"@id": "#a", "@type": "Question", "mainEntity": {"@id": "#a"}, "comment": [{"@id": "#a"}] * 50_000}),
        '{"@type":' + "[" * 500 + "]" * 500 + "}",
        f'{{"@type": "Comment", "text": {"9" * 100_000}, "author": {"9" * 5_000}, "position": {"9" * 4_000}}}',
        '{"text": "\\ud800", "@type": "Comment", "author": "\\udfff"}',
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["forum", "page"])
def test_structured_data(data: str, kind: str):
    answer(script(data), kind)


def test_structured_data_in_many_scripts():
    answer(script(json.dumps(COMMENT)) * 10_000)


DEEP = "[" * 900 + "]" * 900


@pytest.mark.parametrize(
    "data",
    [
        "[" * MANY,
        DEEP,
        f'{{"post_stream":{{"posts":{DEEP}}}}}',
        f'[{{"kind":"Listing","data":{{"children":{DEEP}}}}}]',
        json.dumps({"post_stream": {"posts": [{"cooked": SAID, "username": "j", "id": n} for n in range(40_000)]}, "id": 1}),
        json.dumps({"data": [{"type": "posts", "id": n, "attributes": {"contentHtml": SAID}} for n in range(20_000)]}),
        json.dumps({"posts": [{"tid": 1, "pid": n, "content": SAID} for n in range(30_000)], "tid": 1}),
        json.dumps({"comments": [{"comment": {"id": n, "content": SAID}} for n in range(20_000)]}),
        '[{"kind":"Listing","data":{"children":[{"kind":"t1","data":{"body":"x","replies":' * 300,
        '{"post_stream": {"posts": [{"cooked": "' + "<div>" * MANY + '", "username": "j", "id": 1}]}, "id": 1}',
        '{"post_stream": {"posts": [{"cooked": "' + "<b x><p>" * MANY + '", "username": "j", "id": 1}]}, "id": 1}',
    ],
)  # fmt: skip
def test_json(data: str):
    answer(data)
    for kind in ("application/json", "text/x-thread"):
        answer(script(data.replace("</", "<\\/"), kind))


# ----------------------------------------------------------------------------------------------------- what names may hold

NASTY = {
    "markup": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "escape": "\x1b[2J\x1b]0;pwned\x07Joris",
    "bidi": "\u202eJoris\u202c\u2066\u200b\u200d",
    "nulls": "Jo\0ris",
    "surrogate": "&#xD800;Joris&#x1F600;",
    "long": "J" * 1_000_000,
    "spaces": f"J{' ' * 1_000_000}s",
    "digits": "9" * 1_000_000,
    "breaks": "J\n\r\u2028\u2029\x85s",
}


@pytest.mark.parametrize("engine", POSTS)
@pytest.mark.parametrize("name", NASTY)
def test_nasty_names_dates_and_texts(engine: str, name: str):
    nasty, post = NASTY[name], POSTS[engine]
    parsed = answer(thread(engine, post(101, author=nasty) + post(102)))

    for entry in parsed.entries if parsed else ():
        assert entry.author.isprintable()
        assert "\x1b" not in entry.text
        assert "\u202e" not in f"{entry.text}{entry.title}{entry.author}"
    answer(thread(engine, post(101, date=nasty) + post(102)))
    answer(thread(engine, post(101, said=nasty) + post(102)))
    answer(thread(engine, post(101) + post(102)).replace("Fiets", nasty))


def test_markup_in_a_name_is_text():
    parsed = read(thread("phpbb", "".join(phpbb(number, author="&lt;b&gt;Joris&lt;/b&gt;") for number in (101, 102))))

    assert [entry.author for entry in parsed.entries] == ["<b>Joris</b>"] * 2


@pytest.mark.parametrize("engine", POSTS)
def test_a_page_that_ends_anywhere(engine: str):
    body = thread(engine, "".join(POSTS[engine](number) for number in range(101, 106))).encode()
    for end in range(0, len(body), 53):
        answer(body[:end])


@pytest.mark.parametrize("codec", ["utf-8", "cp1252", "utf-16", "utf-32", "utf-7", "cp037", "shift_jis"])
def test_other_encodings_than_the_page_says(codec: str):
    body = thread("phpbb", phpbb(101, said="één café") + phpbb(102)).replace(
        "<body", f'<head><meta charset="{"latin1" if codec == "utf-8" else "utf-8"}"></head><body'
    )
    answer(body.encode(codec, "replace"))
    answer(body.encode() + body.encode(codec, "replace") + bytes(range(256)) * 100)


@pytest.mark.parametrize("kind", ["forum", "page"])
def test_the_command_line_says_what_is_wrong_in_one_line(tmp_path, kind: str):
    desk = Desk(tmp_path)
    (tmp_path / "deep.html").write_text("<div>" * 120_000)
    done = desk.run("read", "deep.html", "--kind", kind, "--as", THREAD, code=None)

    assert done.returncode == 3
    assert "nests them deeper" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


TAGS = st.sampled_from(
    "div span p a b i font li ul ol table tr td th blockquote cite h1 h2 h3 time article section form select option "
    "template svg math title textarea script style plaintext base meta link img br hr dl dt dd noscript iframe body html".split()
)
NAMES = st.sampled_from(
    "class id href datetime title data-author data-content data-post-id itemprop itemtype itemscope name content src "
    "data-time data-pid data-index component rel lang".split()
)
VALUES = st.sampled_from(
    "post|postbody|author|username|message|content|p12|post_message_12|pid_12|msg_12|js-post-12|post-12|comment-12|12|0|-1"
    "|2024-05-12T10:01:00Z|1715500000|99999999999999999999|viewtopic.php?t=12|viewtopic.php?p=12#p12|#p12|//[|javascript:x"
    "|http://[bad|crawler-post|message--post|bbWrapper|comment|children|text|author|datePublished|https://schema.org/Comment"
    "|https://schema.org/DiscussionForumPosting|generator|Discourse 3|topic|post|canonical|og:title|nl|\0|é|".split("|")
)
WORDS = st.sampled_from(
    [SAID, "Joris", "12 mei 2024, 10:01", "gisteren om 10:01", "#12", "Re: Fiets", "Jan schreef:", "0", "\0", "<", "&", "]]>", "1,2k"]
)  # fmt: skip
ATTRIBUTES = st.lists(st.tuples(NAMES, VALUES).map('{0[0]}="{0[1]}"'.format), max_size=4).map(" ".join)
PIECES = st.one_of(
    WORDS,
    TAGS.map("</{}>".format),
    st.tuples(TAGS, ATTRIBUTES).map("<{0[0]} {0[1]}>".format),
    st.sampled_from(tuple(POSTS.values())).map(lambda post: post(12)),
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_no_soup_of_real_tags_makes_it_raise_anything_else(body: str):
    for kind in ("forum", "page"):
        answer(body, kind)
    answer(body, select=SELECT)
