"""phpBB 2 and 3 (phpbb.com), a file per family of skins.

`prosilver` reads what is made after the default of phpBB 3, `subsilver` the tables of phpBB 2 and of phpBB 3's
subsilver2, `printed` the printable page; `topic` reads what any of them says of the topic, `written` what all of them
write alike.

Markup: phpbb/phpbb, phpBB/styles/prosilver and subsilver2, template/viewtopic_body.html and viewtopic_print.html
(branches 3.0.x to 3.3.x and master), phpBB/templates/subSilver/viewtopic_body.tpl (2.0.x); skins: PayBas/style-PBTech,
ComBoot/ComBoot, anelis/proBoot, cabot/Aeolus, inventea/we_clearblue, liamcmitchell/phpbb-simple, Frug/phpbb-bootstrap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from webwatch import addresses
from webwatch.parse._document import attribute
from webwatch.parse.forum.engines import Engine
from webwatch.parse.forum.engines.phpbb import printed, prosilver, subsilver, topic
from webwatch.parse.forum.post import Reading

if TYPE_CHECKING:
    from webwatch.parse._document import Document

_MARKS = ('id="phpbb"', "phpBB Group", "phpBB Limited", "templates/subSilver/")
_LINKS = ", ".join(
    f'a[href*="view{page}.php?{key}="]' for page, key in (("topic", "f"), ("topic", "t"), ("forum", "f"))
)
_FEW = 20


def recognises(document: Document) -> bool:
    """By its addresses on this very site: FluxBB has the same files, with other parameters."""
    here = addresses.host(document.url)
    links = (document.absolute(attribute(node, "href")) for node in document.all(_LINKS)[:_FEW])
    return any(addresses.host(link) == here for link in links)


def read_page(document: Document) -> Reading:
    """The posts of a topic."""
    posts = prosilver.posts(document) or subsilver.posts(document) or printed.posts(document)
    return topic.reading(document, posts) if posts else Reading()


part = Engine(marks=_MARKS, recognises=recognises, read=read_page)
