"""One topic of a Discourse forum on loopback, in each way that it can be asked for: the page for crawlers, the JSON,
the feeds, and the page that is empty until its scripts run (after app/views/topics/show.html.erb and show.rss.erb,
app/views/list/list.rss.erb and app/views/posts/latest.rss.erb, cut down).
"""

import json
from html import escape

from tests.web import Call, Web

CHUNK = 20
SHELL = (
    '<!DOCTYPE html><html lang="nl"><head><title>Taart</title><meta name="generator" content="Discourse 3.3.0 - '
    'https://github.com/discourse/discourse version 1"></head><body class="crawler"><section id="main"></section>'
    '<script defer src="/assets/discourse.js"></script></body></html>'
)


class Discourse:
    """The topic `/t/taart/12`. `shell`: pages for people hold nothing but scripts."""

    def __init__(self, web: Web, *, shell: bool = False) -> None:
        self.shell = shell
        self.posts: list[dict] = []
        self._web = web
        web.on("", self._answer)

    def reply(self, author: str, text: str) -> None:
        """One more post."""
        number = len(self.posts) + 1
        created = f"2026-11-23T07:{number % 60:02}:00.000Z"
        cooked = f"<p>{escape(text)}</p>"
        more = {"id": 500 + number, "topic_id": 12, "topic_slug": "taart", "post_number": number}
        self.posts.append({"username": author, "created_at": created, "cooked": cooked, **more})

    def url(self, path: str = "/t/taart/12") -> str:
        """The address of the topic, or of another path."""
        return self._web.url(path)

    def asked(self) -> list[str]:
        """The pages that were asked for since the last question, without robots.txt."""
        paths = [call.path for call in self._web.requests if call.path != "/robots.txt"]
        self._web.requests.clear()
        return paths

    def _answer(self, call: Call) -> None:
        path, _, query = call.path.partition("?")
        page = int(query.partition("page=")[2] or 1)
        answers = {
            "/t/taart/12.json": lambda: (self._json(page), "application/json"),
            "/latest.json": lambda: (self._list(), "application/json"),
            "/posts.rss": lambda: (self._rss(self.posts[-25:], guid="post"), "application/rss+xml"),
            "/latest.rss": lambda: (self._rss(self.posts[:1], guid="topic"), "application/rss+xml"),
            "/t/taart/12": lambda: (SHELL if self.shell else self._page(page), "text/html"),
            "/latest": lambda: (SHELL, "text/html"),
        }
        if path in answers:
            body, kind = answers[path]()
            call.answer(body.encode(), headers={"Content-Type": f"{kind}; charset=utf-8"})
        else:
            call.answer(b"", 404)

    def _json(self, page: int) -> str:
        shown = self.posts[(page - 1) * CHUNK : page * CHUNK]
        stream = {"posts": shown, "stream": [post["id"] for post in self.posts]}
        topic = {"id": 12, "slug": "taart", "title": "Taart", "posts_count": len(self.posts), "views": 9}
        return json.dumps({"post_stream": stream, "chunk_size": CHUNK, **topic})

    def _list(self) -> str:
        last = self.posts[-1]["created_at"]
        topic = {"id": 12, "slug": "taart", "title": "Taart", "posts_count": len(self.posts), "last_posted_at": last}
        return json.dumps({"users": [], "topic_list": {"topics": [topic]}})

    def _page(self, page: int) -> str:
        shown = self.posts[(page - 1) * CHUNK : page * CHUNK]
        after = f'<a rel="next" href="/t/taart/12?page={page + 1}">volgende</a>' * (page * CHUNK < len(self.posts))
        body = "".join(
            f'<div id="post_{post["post_number"]}" itemprop="comment" itemscope class="topic-body crawler-post">'
            f'<div class="crawler-post-meta"><span class="creator" itemprop="author" itemscope><a itemprop="url" '
            f'href="/u/{post["username"]}"><span itemprop="name">{post["username"]}</span></a></span>'
            f'<time itemprop="datePublished" datetime="{post["created_at"]}">toen</time>'
            f'<span itemprop="position">{post["post_number"]}</span></div>'
            f'<div class="post" itemprop="text">{post["cooked"]}</div></div>'
            for post in shown
        )
        return (
            '<!DOCTYPE html><html lang="nl"><head><title>Taart</title><meta name="generator" content="Discourse 3.3.0">'
            f'<link rel="canonical" href="{self.url()}{f"?page={page}" if page > 1 else ""}"></head><body>'
            f'<div id="topic-title"><h1><a href="/t/taart/12">Taart</a></h1></div>{body}{after}</body></html>'
        )

    def _rss(self, posts: list[dict], guid: str) -> str:
        items = "".join(
            f"<item><title>Taart</title><dc:creator><![CDATA[{post['username']}]]></dc:creator>"
            f"<description><![CDATA[{post['cooked']}<p><small>{len(self.posts)} berichten</small></p>]]></description>"
            f"<link>{self.url()}{'/' + str(post['post_number']) if guid == 'post' else ''}</link>"
            f"<pubDate>Mon, 23 Nov 2026 07:{post['post_number'] % 60:02}:00 +0000</pubDate>"
            f'<guid isPermaLink="false">127.0.0.1-{guid}-12-{post["post_number"]}</guid></item>'
            for post in posts
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<channel><title>Taart</title><link>{self.url('/')}</link>{items}</channel></rss>"
        )
