"""A forum on loopback that grows: boards, threads and posts as phpBB 3.3 with prosilver writes them (from its
`viewforum_body.html`, `viewtopic_body.html` and `feed.xml.twig`, cut down).

    board = Board(web)
    thread = board.thread("Lekke band", posts=3)      # at board.url(thread), listed at board.url()
    board.reply(thread, "Piet", "Bij Bakkerij De Vries ook.")
    shop.configure(...); shop.json("scan"); board.asked()
"""

import contextlib
import io
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import escape

from tests.command import Desk
from tests.web import Call, Web

PER_PAGE = 10
HTML = {"Content-Type": "text/html; charset=utf-8"}


class Shop(Desk):
    """The command line as its owner types it, run within this process: ten times as fast, for tests that scan often."""

    def run(self, *arguments: str, code: int | None = 0, **_: object) -> subprocess.CompletedProcess:
        """Runs the command to its end; fails unless it leaves with `code` (None: any)."""
        from webwatch import cli

        out, err = io.StringIO(), io.StringIO()
        options = ["--config", str(self.folder / "config.yaml"), "--now", self.now]
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            left = cli.run([*options, *arguments])
        assert code is None or left == code, f"exit {left}\n{out.getvalue()}\n{err.getvalue()}"
        return subprocess.CompletedProcess(arguments, left, out.getvalue(), err.getvalue())

    def watch(self, *addresses: str, kind: str = "forum", more: str = "") -> None:
        """Writes a config.yaml with these addresses as sources named forum, forum2 …, for one keyword."""
        sources = "".join(
            f'\n  - {{name: forum{index or ""}, kind: {kind}, url: "{address}"{more}}}'
            for index, address in enumerate(addresses)
        )
        self.configure(f"keywords: [Bakkerij De Vries]\nsources:{sources}\nus: {{authors: [Anneke]}}")

    def scan(self, day: float = 0, code: int | None = None) -> dict:
        """A scan so many days after 23 November 2026, 9 o'clock; what it reports."""
        self.now = f"{datetime(2026, 11, 23, 9, tzinfo=UTC) + timedelta(days=day):%Y-%m-%dT%H:%M:%SZ}"
        return self.json("scan", code=code)

    def source(self, day: float = 0) -> dict:
        """What a scan reports of the one source."""
        [source] = self.scan(day)["sources"]
        return source

    def threads(self) -> dict[str, dict]:
        """The known threads, by title."""
        return {thread["title"]: thread for thread in self.json("thread", "list", "--all")["threads"]}


class Board:
    """One board with its threads, answering on every address that the engine would use for them.

    `rows` is how many threads it lists; `session` is written into each link, as for visitors who keep no cookies;
    `refused` maps a path to a status, or to what answers it instead.
    """

    def __init__(self, web: Web, now: datetime = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)) -> None:
        self.now = now
        self.rows = 1_000
        self.session = ""
        self.posts_alone = False
        self.threads: dict[int, dict] = {}
        self.refused: dict[str, int | Callable[[Call], None]] = {}
        self._web = web
        self._posts = 100
        web.on("", self._answer)

    def thread(self, title: str, posts: int = 1, *, days_ago: float = 0, words: str = "Bericht") -> int:
        """A new thread of so many posts by made-up people; its number."""
        number = len(self.threads) + 1
        self.threads[number] = {"title": title, "posts": [], "locked": False, "sticky": False}
        for index in range(posts):
            self.reply(number, f"Lid{index % 7}", f"{words} {index + 1} over {title}.", days_ago=days_ago)
        return number

    def reply(self, thread: int, author: str, text: str, *, days_ago: float = 0) -> int:
        """One more post; its number."""
        self._posts += 1
        moment = self.now - timedelta(days=days_ago)
        self.threads[thread]["posts"].append({"id": self._posts, "author": author, "text": text, "at": moment})
        return self._posts

    def replies(self, thread: int, count: int, *, days_ago: float = 0) -> None:
        """So many more posts, each with a text of its own."""
        for _ in range(count):
            self.reply(thread, "Klaas", f"Nog iets, nummer {self._posts}, van Klaas.", days_ago=days_ago)

    def move(self, thread: int, to: int) -> None:
        """The thread gets another number; its old address leads there for good."""
        self.threads.setdefault(to, self.threads.pop(thread))
        there = self.url(to)
        self.refused[f"/viewtopic.php?t={thread}"] = lambda call: call.answer(b"", 301, {"Location": there})

    def url(self, thread: int | None = None) -> str:
        """The address of a thread's first page, or of the board."""
        return self._web.url(f"/viewtopic.php?t={thread}" if thread else "/viewforum.php?f=1")

    def asked(self) -> list[str]:
        """The pages that were asked for since the last question, without robots.txt."""
        paths = [call.path for call in self._web.requests if call.path != "/robots.txt"]
        self._web.requests.clear()
        return paths

    def _answer(self, call: Call) -> None:
        path, _, query = call.path.partition("?")
        given = dict(part.partition("=")[::2] for part in query.split("&"))
        refused = next((self.refused[start] for start in (call.path, path) if start in self.refused), 0)
        if callable(refused):
            refused(call)
        elif refused:
            call.answer(b"no", refused)
        elif path == "/viewforum.php":
            call.answer(self._list().encode(), headers=HTML)
        elif path == "/feed.php":
            call.answer(self._feed().encode(), headers={"Content-Type": "application/atom+xml; charset=utf-8"})
        elif path == "/viewtopic.php" and (place := self._place(given)):
            call.answer(self._page(*place).encode(), headers=HTML)
        else:
            call.answer(b"gone", 404)

    def _place(self, given: dict[str, str]) -> tuple[int, int] | None:
        """The thread and the offset that parameters mean: by its number, or by that of a post in it."""
        if "t" in given and "p" not in given:
            number = int(given["t"])
            return (number, int(given.get("start", 0))) if self.threads.get(number, {}).get("posts") else None
        for number, thread in self.threads.items():
            for index, post in enumerate(thread["posts"]):
                if post["id"] == int(given.get("p", 0)):
                    return number, index // PER_PAGE * PER_PAGE
        return None

    def _link(self, query: str) -> str:
        session = f"&amp;sid={self.session}" if self.session else ""
        anchor = query.partition("#")
        return f"./viewtopic.php?{anchor[0]}{session}{anchor[1]}{anchor[2]}"

    def _list(self) -> str:
        numbers = [number for number, thread in self.threads.items() if thread["posts"]]
        numbers.sort(
            key=lambda number: (self.threads[number]["sticky"], self.threads[number]["posts"][-1]["id"]), reverse=True
        )
        rows = "".join(self._row(number, self.threads[number]) for number in numbers[: self.rows])
        return _whole("Bakken", f'<ul class="topiclist topics">{rows}</ul>')

    def _row(self, number: int, thread: dict) -> str:
        last = thread["posts"][-1]
        query = f"p={last['id']}#p{last['id']}" if self.posts_alone else f"t={number}"
        return f"""<li class="row"><dl><dt><a href="{self._link(query)}" class="topictitle">{thread["title"]}</a>
          </dt><dd class="posts">{len(thread["posts"]) - 1} <dfn>Reacties</dfn></dd>
          <dd class="lastpost"><span>door {last["author"]}
          <a href="{self._link(f"p={last['id']}#p{last['id']}")}">Laatste bericht</a>
          <time datetime="{last["at"].isoformat()}">toen</time></span></dd></dl></li>"""

    def _feed(self) -> str:
        """The newest ten posts of the whole forum."""
        posts = [(number, post) for number, thread in self.threads.items() for post in thread["posts"]]
        posts.sort(key=lambda pair: pair[1]["id"], reverse=True)
        entries = "".join(self._feed_entry(number, post) for number, post in posts[:10])
        return f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Bakken</title>{entries}</feed>'

    def _feed_entry(self, number: int, post: dict) -> str:
        address = escape(self._web.url(f"/viewtopic.php?t={number}&p={post['id']}#p{post['id']}"))
        title = self.threads[number]["title"]
        return f"""<entry><author><name><![CDATA[{post["author"]}]]></name></author>
          <updated>{post["at"].isoformat()}</updated><published>{post["at"].isoformat()}</published>
          <id>{address}</id><link href="{address}"/><title type="html"><![CDATA[Bakken • Re: {title}]]></title>
          <content type="html" xml:base="{address}"><![CDATA[{post["text"]}
          <p>Statistieken: Geplaatst door {post["author"]} — vandaag</p><hr />]]></content></entry>"""

    def _page(self, number: int, start: int) -> str:
        thread = self.threads[number]
        posts = thread["posts"][start : start + PER_PAGE]
        count = -(-len(thread["posts"]) // PER_PAGE)
        here = start // PER_PAGE
        shown = sorted({0, *range(max(0, here - 2), min(count, here + 3)), count - 1})
        links = "".join(
            f'<li class="active"><span>{index + 1}</span></li>'
            if index == here
            else f'<li><a class="button" href="{self._link(f"t={number}" + self._start(index))}">{index + 1}</a></li>'
            for index in shown
        )
        of = f"Pagina <strong>{here + 1}</strong> van <strong>{count}</strong>"
        body = "".join(self._post(number, post) for post in posts)
        lock = '<i class="icon fa-lock"></i>' if thread["locked"] else ""
        return _whole(
            thread["title"],
            f'<h2 class="topic-title"><a href="{self._link(f"t={number}")}">{thread["title"]}</a></h2>'
            f'<div class="action-bar">{lock}<a href="./posting.php?mode=reply&amp;t={number}">Reageer</a></div>'
            f'<div class="pagination">{len(thread["posts"])} berichten <ul>{links}</ul> {of}</div>{body}'
            f'<a href="./ucp.php?mode=login">Aanmelden</a><a href="./ucp.php?mode=logout&amp;sid=1">Afmelden</a>'
            f'<a href="./viewtopic.php?t={number}&amp;view=print">Print</a>'
            f'<a href="./viewtopic.php?t={number}&amp;view=next">Volgend onderwerp</a>',
        )

    def _start(self, index: int) -> str:
        return f"&amp;start={index * PER_PAGE}" if index else ""

    def _post(self, thread: int, post: dict) -> str:
        when = post.get("said") or f'<time datetime="{post["at"].isoformat()}">toen</time>'
        deeds = "".join(
            f'<li><a href="./{deed}">…</a></li>'
            for deed in (
                f"posting.php?mode=quote&amp;p={post['id']}",
                f"posting.php?mode=edit&amp;p={post['id']}",
                f"app.php/post/{post['id']}/report",
                f"viewtopic.php?t={thread}&amp;p={post['id']}&amp;vote=1",
            )
        )
        return f"""<div id="p{post["id"]}" class="post has-profile bg1"><dl class="postprofile"><dt>
          <a href="./memberlist.php?mode=viewprofile&amp;u=2" class="username">{escape(post["author"])}</a></dt></dl>
          <div class="postbody"><h3><a href="{self._link(f"p={post['id']}#p{post['id']}")}">Re</a></h3>
          <ul class="post-buttons">{deeds}</ul>
          <p class="author">door <strong>{escape(post["author"])}</strong> » {when}</p>
          <div class="content">{post["text"]}</div></div></div>"""


def _whole(title: str, body: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>{title}</title></head>'
        f'<body id="phpbb" class="nojs notouch">{body}<div class="copyright">Powered by phpBB</div></body></html>'
    )
