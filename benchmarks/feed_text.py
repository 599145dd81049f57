"""Entries → the bytes of a feed, as RSS 2.0, Atom 1.0 or RSS 1.0 (RDF), for a few with a fault that real feeds have."""

from __future__ import annotations

import html
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import NamedTuple

MALFORMED_EVERY = 33
FAULTS = {
    "encoding": "Café naïef",
    "ampersand": "Research & Design, R&D",
    "truncated": "",
    "entity": "Caf&eacute;&nbsp;nieuws",
    "control": "Een \x0b raar \x1f teken",
}
_FAULTY = "https://example.org/faulty/"
NEWEST = datetime(2026, 6, 30, 18, 0, tzinfo=UTC)


class Entry(NamedTuple):
    """An entry before it is written in its feed's format. `group` is the number of the entry that it is a copy of."""

    number: int
    group: int
    keyword: str
    title: str
    markup: str
    author: str
    published: datetime
    url: str
    guid: str


def kind(feed: int) -> str:
    """The format of a feed by its number: 70 % rss, 25 % atom, 5 % rdf."""
    place = feed * 7 % 20
    return "rss" if place < 14 else "atom" if place < 19 else "rdf"


def fault(feed: int) -> str:
    """What is wrong with a feed; "" for 97 %."""
    return tuple(FAULTS)[feed // MALFORMED_EVERY % len(FAULTS)] if feed % MALFORMED_EVERY == 17 else ""


def written(feed: int, entries: list[Entry]) -> tuple[bytes, int]:
    """A feed's bytes, and how many of its entries stand in them whole."""
    head, item, tail = _FORMATS[kind(feed)]
    items = [item(entry, feed) for entry in entries]
    whole = len(items)
    wrong = fault(feed)
    if wrong == "truncated":
        whole = len(items) * 4 // 5
        items, tail = [*items[:whole], items[whole][: len(items[whole]) // 2]], ""
    elif extra := FAULTS.get(wrong):
        broken = entries[0]._replace(title="FAULT", markup="<p>Mooi weer.</p>", url=_FAULTY, guid=f"{_FAULTY}{feed}")
        items.insert(1, item(broken, feed).replace("FAULT", extra))
    text = head.format(feed=feed, updated=NEWEST.isoformat()) + "\n".join(items) + tail
    return text.encode("cp1252" if wrong == "encoding" else "utf-8", "xmlcharrefreplace"), whole


def _rss(entry: Entry, feed: int) -> str:
    markup = html.escape(entry.markup)
    body = f"<description>{markup}</description>"
    if feed % 2:
        teaser = html.escape(entry.markup.partition(".")[0].rpartition(">")[2])
        body = (
            f"<description>{teaser} [&amp;#8230;]</description>\n"
            f"      <content:encoded><![CDATA[{entry.markup}]]></content:encoded>"
        )
    permalink = "true" if entry.guid.startswith("https") and "?p=" not in entry.guid else "false"
    return f"""    <item>
      <title>{html.escape(entry.title)}</title>
      <link>{html.escape(entry.url)}</link>
      <dc:creator><![CDATA[{entry.author}]]></dc:creator>
      <pubDate>{format_datetime(entry.published)}</pubDate>
      <category><![CDATA[Nieuws]]></category>
      <guid isPermaLink="{permalink}">{html.escape(entry.guid)}</guid>
      {body}
    </item>"""


def _atom(entry: Entry, feed: int) -> str:
    zone = "Z" if feed % 3 else "+00:00"
    moment = f"{entry.published:%Y-%m-%dT%H:%M:%S}{zone}"
    return f"""  <entry>
    <title type="html">{html.escape(entry.title)}</title>
    <link rel="alternate" type="text/html" href="{html.escape(entry.url)}"/>
    <id>{html.escape(entry.guid)}</id>
    <published>{moment}</published>
    <updated>{moment}</updated>
    <author><name>{entry.author}</name></author>
    <content type="html">{html.escape(entry.markup)}</content>
  </entry>"""


def _rdf(entry: Entry, _: int) -> str:
    return f"""  <item rdf:about="{html.escape(entry.url)}">
    <title>{html.escape(entry.title)}</title>
    <link>{html.escape(entry.url)}</link>
    <dc:creator>{entry.author}</dc:creator>
    <dc:date>{entry.published.isoformat()}</dc:date>
    <description>{html.escape(entry.markup)}</description>
  </item>"""


_FORMATS = {
    "rss": (
        """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel>
    <title>Site {feed:04}</title>
    <link>https://www.site{feed:04}.example/</link>
    <description>Nieuws</description>
    <language>nl</language>
""",
        _rss,
        "\n  </channel>\n</rss>\n",
    ),
    "atom": (
        """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nl">
  <title>Site {feed:04}</title>
  <id>https://www.site{feed:04}.example/</id>
  <link href="https://www.site{feed:04}.example/"/>
  <updated>{updated}</updated>
""",
        _atom,
        "\n</feed>\n",
    ),
    "rdf": (
        """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
         xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel rdf:about="https://www.site{feed:04}.example/">
    <title>Site {feed:04}</title>
    <link>https://www.site{feed:04}.example/</link>
    <description>Nieuws</description>
  </channel>
""",
        _rdf,
        "\n</rdf:RDF>\n",
    ),
}
