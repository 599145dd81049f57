"""Invision (invisioncommunity.com), a file per generation.

`suite` reads Invision Community 4 and 5, `board` IP.Board 3, `older` Invision Power Board 1 and 2, `lofi` the plain
version of its topics.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch.parse.forum.engines import Engine
from webwatch.parse.forum.engines.invision import board, lofi, older, suite
from webwatch.parse.forum.post import Reading

if TYPE_CHECKING:
    from webwatch.parse._document import Document

_SIGNS = (
    '[id^="elComment_"], body.ipsApp, body#ipboard_body, #ips_Posts, div.postcolor[id^="post-"], '
    "#ipbcontent .posttopbar"
)


def recognises(document: Document) -> bool:
    """By the ids of its posts and of its pages."""
    return document.first(_SIGNS) is not None


def read_page(document: Document) -> Reading:
    """The posts of a topic."""
    for read_topic in (suite.read_topic, board.read_topic, older.read_topic, lofi.read_topic):
        if (reading := read_topic(document)).posts:
            return reading
    return Reading()


part = Engine(
    marks=("ipsApp_front", "ipb.vars[", "Invision Power Board", "invisioncommunity.com", "ipb_var_"),
    recognises=recognises,
    read=read_page,
)
