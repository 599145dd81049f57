"""Reading one page of a forum: 20 posts in 165 kB, by several engines, beside building the bare tree of the same page.

    python benchmarks/forum.py [--check]

The pages are made here: a head with scripts and styles, a menu, a sidebar, posts with an author's column, a signature
and buttons, a foot. Both are measured in turns, and the best of all counts. `--check` ends with exit code 1 where a
page takes longer than the goal.
"""

from __future__ import annotations

# ruff: noqa: E501, SIM905 - markup
import json
import sys
import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser

from webwatch import permalinks
from webwatch.model import Context, Page, Source
from webwatch.parse import forum

POSTS = 20
SIZE = 165_000
TURNS = 60
GOAL_MS = 5.0
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)

WORDS = (
    "de fiets staat nu al zes weken bij de fietsenmaker en niemand neemt de telefoon op want het onderdeel is nog niet "
    "binnen zeggen ze elke keer als ik langs kom terwijl de webwinkel beloofde dat alles binnen drie dagen klaar zou zijn"
).split()


def words(count: int, start: int) -> str:
    return " ".join(WORDS[(start + place * 7) % len(WORDS)] for place in range(count))


def body(number: int) -> str:
    quote = (
        f"<blockquote><div><cite>Lid{number - 1} schreef:</cite>{words(25, number)}</div></blockquote>"
        if number % 3
        else ""
    )
    return (
        f"{quote}{words(60, number)}.<br><br>{words(40, number + 3)} <a href='https://winkel.example.nl/{number}'>hier</a> "
        f'<strong>{words(3, number)}</strong> <img src="/smilies/1.gif" alt=":)"><br>{words(30, number + 5)}'
    )


def column(number: int) -> str:
    """What stands beside a post about its author, and below it."""
    rows = "".join(
        f'<dd class="field{place}"><strong>Veld {place}:</strong> {number * place}</dd>' for place in range(8)
    )
    return f'<dl class="postprofile"><dd><img src="/avatar/{number}.png" class="avatar" alt=""></dd>{rows}</dl>'


def buttons(number: int) -> str:
    icons = "".join(
        f'<li><a href="./posting.php?mode={deed}&amp;p={number}" title="{deed}" class="button button-icon-only">'
        f'<i class="icon fa-{deed}" aria-hidden="true"></i><span class="sr-only">{deed}</span></a></li>'
        for deed in ("edit", "quote", "report", "delete", "like")
    )
    return (
        f'<ul class="post-buttons">{icons}</ul><div class="signature">{words(12, number)}<br>{words(6, number)}</div>'
    )


def phpbb(number: int) -> str:
    return (
        f'<div id="p{number}" class="post has-profile bg2"><div class="inner">{column(number)}<div class="postbody"><div><h3>'
        f'<a href="./viewtopic.php?p={number}#p{number}">Re: Fiets niet klaar</a></h3><p class="author"><a href="./viewtopic.php?'
        f'p={number}#p{number}">#</a> door <strong><a href="./memberlist.php?mode=viewprofile&amp;u={number}" class="username">'
        f'Lid{number}</a></strong> » <time datetime="2026-11-02T10:{number % 60:02}:00+00:00">ma 02 nov 2026, 11:{number % 60:02}'
        f'</time></p><div class="content">{body(number)}</div>{buttons(number)}</div></div></div></div>'
    )


def xenforo(number: int) -> str:
    return (
        f'<article class="message message--post js-post" data-author="Lid{number}" data-content="post-{number}" id="js-post-{number}">'
        f'<div class="message-inner"><div class="message-cell message-cell--user">{column(number)}<h4 class="message-name">'
        f'<a href="/members/lid{number}.{number}/" class="username" data-user-id="{number}">Lid{number}</a></h4></div>'
        f'<div class="message-cell message-cell--main"><header class="message-attribution"><a href="/threads/fiets.12/post-{number}">'
        f'<time class="u-dt" datetime="2026-11-02T11:{number % 60:02}:00+0100" data-time="1793614{number % 1000:03}">2 nov</time></a>'
        f'</header><div class="message-body js-selectToQuote"><div class="bbWrapper">{body(number)}</div></div>{buttons(number)}'
        f"</div></div></article>"
    )


def vbulletin(number: int) -> str:
    return (
        f'<table id="post{number}" class="tborder"><tr><td class="thead"><a name="post{number}"></a> 02-11-2026, 11:{number % 60:02}'
        f'</td><td class="thead" align="right">#<a href="showthread.php?p={number}#post{number}" id="postcount{number}">{number}</a>'
        f'</td></tr><tr><td class="alt2"><div id="postmenu_{number}"><a class="bigusername" href="member.php?u={number}">Lid{number}'
        f'</a></div>{column(number)}</td><td class="alt1" id="td_post_{number}"><div id="post_message_{number}">{body(number)}</div>'
        f"{buttons(number)}</td></tr></table>"
    )


def unknown(number: int) -> str:
    return (
        f'<div class="bericht" id="b{number}"><div class="kop"><b class="naam"><a href="/leden/lid{number}">Lid{number}</a></b> '
        f'<span class="tijd">2 november 2026, 11:{number % 60:02}</span> <a href="/onderwerp/12#b{number}">link</a></div>'
        f'{column(number)}<div class="tekst">{body(number)}</div>{buttons(number)}</div>'
    )


def page(posts: str, mark: str, title: str) -> str:
    """A page around the posts, filled up to its size with what pages are full of."""
    menu = "".join(f'<li class="menu{place}"><a href="/deel/{place}">{words(3, place)}</a></li>' for place in range(60))
    side = "".join(
        f'<li><a href="/nieuws/{place}" title="{words(5, place)}">{words(6, place)}</a><span>{place}</span></li>'
        for place in range(60)
    )
    frame = (
        f'<!DOCTYPE html>{mark}<head><meta charset="utf-8"><title>Fiets niet klaar - Forum</title><style>{{}}</style>'
        f'<script>{{}}</script></head><body id="pagina"><header><ul class="nav">{menu}</ul></header><aside><ul>{side}</ul></aside>'
        f'<main>{title}{posts}</main><footer><p>Alle tijden zijn UTC+01:00</p><p>Contact</p></footer></body></html>'
    )  # fmt: skip
    missing = SIZE - len(frame)
    style = ".postprofile dd{margin:0;padding:2px 4px;color:#333}\n" * (missing // 110)
    script = "window.app=window.app||[];app.push({name:'lid',id:12});\n" * (missing // 118)
    return frame.replace("<style>{}", f"<style>{style}").replace("<script>{}", f"<script>{script}")


def made(write: object, mark: str = "", title: str = "<h1>Fiets niet klaar</h1>") -> bytes:
    assert callable(write)
    return page("".join(write(number) for number in range(101, 101 + POSTS)), mark, title).encode()


def discourse() -> bytes:
    posts = [
        {"id": number, "post_number": number - 100, "username": f"lid{number}", "created_at": "2026-11-02T10:01:00.000Z"}
        | {"cooked": f"<p>{body(number)}</p>", "actions_summary": [{"id": place, "can_act": True} for place in range(210)]}
        for number in range(101, 101 + POSTS)
    ]  # fmt: skip
    stream = {"posts": posts, "stream": [post["id"] for post in posts]}
    return json.dumps(
        {"id": 12, "title": "Fiets niet klaar", "slug": "fiets", "posts_count": 20, "post_stream": stream}
    ).encode()


TITLE = '<h2 class="topic-title"><a href="./viewtopic.php?t=12">Fiets niet klaar</a></h2>'
PAGES = {
    "phpBB 3": ("https://forum.example.nl/viewtopic.php?t=12", lambda: made(phpbb, '<html id="phpbb" lang="nl">', TITLE)),
    "XenForo 2": (
        "https://forum.example.nl/threads/fiets.12/",
        lambda: made(xenforo, '<html id="XF" data-app="public">', '<h1 class="p-title-value">Fiets niet klaar</h1>'),
    ),
    "vBulletin 3": (
        "https://forum.example.nl/showthread.php?t=12",
        lambda: made(vbulletin, '<meta name="generator" content="vBulletin 3.8.11">'),
    ),
    "Discourse, JSON": ("https://forum.example.nl/t/fiets/12.json", discourse),
    "no known engine": ("https://praat.example.nl/onderwerp/12", lambda: made(unknown)),
}  # fmt: skip


def times(url: str, body: bytes) -> tuple[float, float]:
    """Milliseconds for reading the page, and for its tree (for JSON: for what it says); each at its best."""
    context = Context(source=Source(name="forum", url=url, kind="forum"), now=NOW, zone=ZoneInfo("Europe/Amsterdam"))
    source = body.decode()
    bare = json.loads if source.startswith("{") else LexborHTMLParser
    read = tree = 1.0
    for _ in range(TURNS):
        permalinks.of.cache_clear()
        started = time.process_time()
        parsed = forum.parse(Page(url=url, body=body), context)
        read = min(read, time.process_time() - started)
        started = time.process_time()
        bare(source)
        tree = min(tree, time.process_time() - started)
    if len(parsed.entries) != POSTS or not all(entry.author and entry.published for entry in parsed.entries):
        raise SystemExit(f"{url}: {len(parsed.entries)} posts were read, not {POSTS} with author and date")
    return read * 1_000, tree * 1_000


def main() -> None:
    slowest = 0.0
    print(f"{'':18}{'kB':>6}{'read, ms':>10}{'tree, ms':>10}{'ratio':>7}")
    for name, (url, make) in PAGES.items():
        written = make()
        read, tree = times(url, written)
        slowest = max(slowest, read)
        print(f"{name:18}{len(written) / 1_000:6.0f}{read:10.2f}{tree:10.2f}{read / tree:7.1f}")
    if "--check" in sys.argv and slowest > GOAL_MS:
        sys.exit(f"the slowest took {slowest:.1f} ms; the goal is {GOAL_MS} ms")


if __name__ == "__main__":
    main()
