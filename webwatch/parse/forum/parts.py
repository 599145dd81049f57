"""The parts of blocks that look alike: who wrote each, its permalink, its number (`bodies` finds the texts).

A part is looked for in all blocks at once: what is an author in one post stands in the same kind of element in the
others, and what is the same in all of them ("Reply", "Profile") is none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from webwatch import permalinks, text
from webwatch.parse.forum import naming
from webwatch.parse.forum.outline import LINK, QUOTE, TEXT, Outline, parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from webwatch.parse._document import Document
    from webwatch.parse.forum.blocks import Block

_MAX_NAME = 60
_MAX_LABELS = 120
_SMALL = 12  # rows

_AUTHOR_ENDS = ("username", "author", "nickname", "poster", "auteur")
_PROFILE = re.compile(
    r"(?:[/?&;=_.~]|%3[BF]|^)(?:users?|members?|memberlist|profil(?:e|es|el)?|people|author|gebruikers?|leden|lid|mitglied(?:er)?"
    r"|benutzer|nutzer|membres?|utilisateurs?|u|account|viewprofile|userinfo|userid|user_?id|showuser|uid|reviewer|person)"
    r"(?:[/=.?&;%]|-(?!(?:[^/?#-]*-){3})|$)|/~\w|/@\w",
    re.IGNORECASE,
)
_NO_PROFILE = re.compile(
    r"log-?(?:in|out)|register|sign-?(?:in|up)|\bsearch|sendmessage|private|mailto:|javascript:|settings|password"
    r"|\bshare(?:r|\b)|/intent/",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:^|[\s|(])(?:(?:written|posted|submitted|geschreven|gepost|geplaatst|verfasst|geschrieben|(?:é|e)crit"
    r"|publi(?:é|e))\s+)?"
    r"(?:by|door|von|par|van|de|auteur|author|autor)\s*:?\s+(?P<name>[^\n|,»]{2,50}?)"
    r"\s*(?:\n|$|[|,»]|\b(?:on|op|am|le|at|om|um|says|schreef|schrieb|a écrit)\b"
    r"|\((?:not verified|gast|guest|invité)\))",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"\s+(?:is|ist|est)?\s*(?:on|off)line(?: now)?$|\s+\((?:not verified|nicht überprüft|niet gecontroleerd|non vérifié"
    r"|gast|guest|invité|op)\)$|\s+(?:said|says|schreibt|schreef|sagt|zegt|dit)\s*(?:\.{3}|…|:)?$",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"^(?P<name>.{2,50}?)\s+(?:says|said|wrote|schreef|zegt|schrieb|sagt|sagte|meint|a écrit|dit)\s*:?\s*(?:\n|$)",
    re.IGNORECASE,
)
_BEFORE_THE_DATE = re.compile(r"\s*(?P<name>[^\n|·•]{2,50}?)\s*[|·•]\s*\n\s*$")
_NOT_A_NAME = re.compile(
    r"^[\W\d_]*$|^\W*(?:\d{1,2}\.? [^\W\d]{3,10}\.?|[^\W\d]{3,10}\.? \d{1,2}),? (?:19|20)\d\d\b"
    r"|https?:|^re:|^(?:reply|antwoord|antwort|réponse) #|(?:^|\s)(?:on|op|am|le)$"
    r"|^(?:#|by\b|door\b|von\b|posted|posts?\b|reply|quote|citeer|antwoord|zitieren|citer|répondre|guest book"
    r"|edit|delete|report|melden|like|share|profile|profiel|website|permalink|link|top|pm|online|offline|new|nieuw|joined|location"
    r"|post history|buddy|e-?mail|www|visit|view profile|find posts|private message|send message|message|berichten"
    r"|beiträge|nachricht|search|find)$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:author|posted by|from|by|name|auteur|naam|door|van|geplaatst door|autor|verfasser|von|nom|par|de"
    r"|lähettäjä|user)\s*:?",
    re.IGNORECASE,
)
_DEEDS = re.compile(
    r"reply|quote|report|login|like|vote|edit|delete|print|share|react|respond|antwoord|citer|zitier|melden|signal|flag"
    r"|javascript:|mailto:|register|subscribe|#top$|goto|whisper|facebook|twitter",
    re.IGNORECASE,
)
PERMALINK = re.compile(r"permalink|bookmark|permalien|post-?link|comment-?link", re.IGNORECASE)
_NUMBER = re.compile(r"(?:#|nr\.?|no\.?|n°)\s?(\d{1,6})$", re.IGNORECASE)
POST_PATH = re.compile(
    r"/(?:c|p|comments?|posts?|messages?|msg|answers?|(?:customer-)?reviews?|reacties?|beitrag|bericht)[/-]\w*\d|-post\d",
    re.IGNORECASE,
)
_CODE = frozenset(["code", "pre"])
_RANKS = frozenset(["role", "rank", "title", "usertitle", "status", "group", "badge", "karma", "reputation"])
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "th", "dt", "cite"])


@lru_cache(maxsize=4096)
def is_profile(href: str) -> bool:
    """Whether an address looks like that of a person's page."""
    return bool(_PROFILE.search(href)) and not _NO_PROFILE.search(href)


@lru_cache(maxsize=4096)
def is_deed(href: str) -> bool:
    """Whether an address is something to do: reply, report, share."""
    return bool(_DEEDS.search(href))


class Name(NamedTuple):
    """An author as the page shows it."""

    shown: str = ""
    url: str = ""
    row: int = -1
    strength: int = 0


# ------------------------------------------------------------------------------------------------------- authors


def authors(outline: Outline, found: Sequence[Block]) -> list[Name]:
    """Who wrote each block: by the kind of element that is best for it over all of them, else by the next best."""
    kinds: defaultdict[tuple[str, ...], dict[int, Name]] = defaultdict(dict)
    for index, block in enumerate(found):
        for kind, name in _labels(outline, block):
            kinds[kind].setdefault(index, name)
    worth = {kind: _worth(names, len(found)) for kind, names in kinds.items()}
    order = [kind for kind in kinds if worth[kind] > 0]
    order.sort(key=lambda kind: (worth[kind], kind[-1] not in {"fn", "name"}), reverse=True)
    return [next((kinds[kind][index] for kind in order if index in kinds[kind]), Name()) for index in range(len(found))]


def _worth(names: dict[int, Name], blocks: int) -> float:
    """How likely a kind of element is the author's: its own evidence, and in how many blocks it stands."""
    different = len({name.shown for name in names.values()})
    strength: float = max(name.strength for name in names.values())
    if sum(len(name.shown) == 1 for name in names.values()) > 0.5 * len(names):  # an avatar's letter
        strength /= 2
    if strength == 1 and sum(name.shown.count(" ") > 2 for name in names.values()) > 0.3 * len(names):
        return 0.0
    profiles = len({name.url for name in names.values() if name.url})
    if profiles > 2 and profiles > 1.5 * different:
        return 0.0
    if different == 1 and len(names) >= 3:
        if strength < 4:
            return 0.0
        strength /= 4
    if strength < 2 and len(names) < 0.8 * blocks:
        return 0.0
    return strength * (len(names) / blocks) + 0.5 * different / len(names)


def _labels(outline: Outline, block: Block) -> Iterator[tuple[tuple[str, ...], Name]]:
    """The short texts of a block that may be a name, with their kinds; at most so many."""
    if block.stamp and (said := _said_beside(block.stamp.beside)):
        yield ("beside the date",), Name(said, "", block.stamp.row, 3)
    count = 0
    before = ""
    for row in block.rows():
        if outline.flags[row] & QUOTE:
            continue
        found: tuple[tuple[str, ...], Name | None] | None = None
        if said := outline.texts[row]:
            labelled = _LABEL.fullmatch(before) and outline.tags[outline.parents[row]] not in _CODE
            found = (("after a label",), _labelled(said, row)) if labelled else None
            before = said
        elif outline.ends[row] - row <= _SMALL:
            found = _marked(outline, block, row)
        if found and found[1]:
            yield found[0], found[1]
            count += 1
            if count >= _MAX_LABELS:
                return


def _labelled(said: str, row: int) -> Name | None:
    """The name that follows "Author:"."""
    shown = said.strip(" :")
    return Name(shown, "", row, 3) if shown and len(shown) <= _MAX_NAME else None


def _marked(outline: Outline, block: Block, row: int) -> tuple[tuple[str, ...], Name | None] | None:
    """The name that an element shows, where its tag, class or address calls it one; up to a date that is in it."""
    strength = _strength(outline, row)
    if not strength:
        return None
    holds_date = block.stamp and row <= block.stamp.row < outline.ends[row]
    end = block.stamp.row if block.stamp and holds_date else outline.ends[row]
    name = _name(outline, row, end, strength)
    called = _called(outline, row) if strength == 4 else ""
    return ("called", called) if called else _kind(outline, row), name and name._replace(row=max(name.row, row))


def _kind(outline: Outline, row: int) -> tuple[str, ...]:
    words = outline.words(row)
    parent = outline.parents[row]
    return (outline.tags[row], *words) if words else (outline.tags[row], outline.tags[parent], *outline.words(parent))


def _strength(outline: Outline, row: int) -> int:
    """How much speaks for an element being an author's: 5 a property or a profile, 4 a class, 1 that it stands out."""
    attributes = outline.attributes[row]
    if attributes.get("rel") == "author" or (attributes.get("itemprop") or "") in {"author", "creator"}:
        return 5
    if outline.tags[row] == "a":
        href = attributes.get("href") or ""
        if is_profile(href):
            return 5
    if _called(outline, row):
        return 4
    return int(outline.tags[row] in _HEADINGS)


def _called(outline: Outline, row: int) -> str:
    """The name in an element's class that calls it an author's; ""."""
    if outline.tags[row] in {"h1", "h2"} and "title" in outline.get(row, "class"):
        return ""
    for word in outline.words(row):
        pieces = parts(word)
        if naming.NOT_AUTHOR.isdisjoint(pieces) and (
            not naming.AUTHOR.isdisjoint(pieces) or word.lower().endswith(_AUTHOR_ENDS)
        ):
            return word
    return ""


def _name(outline: Outline, row: int, end: int, strength: int) -> Name | None:
    """The name that an element shows (up to the row `end`, where a date begins), and the profile that it leads to."""
    link = _link_at(outline, row)
    if link >= 0 and strength == 4 and row != link and is_profile(outline.get(link, "href")):
        row = link
    whole = outline.said(row, outline.ends[row], 100)
    shown = _shown(outline, row, min(end, outline.ends[row])) if strength == 4 else whole
    if end < outline.ends[row] and strength != 4:
        shown = outline.said(row, end, 100)
    by = _said_beside(shown, alone=strength > 3) or _said_beside(whole, alone=strength > 3)
    shown = by or shown
    shown = _STATUS.sub("", shown.strip(" :,»•|·").removeprefix("@")).rstrip(" :,·")
    if not len(shown) + (strength > 3) >= 2 or len(shown) > _MAX_NAME or not shown or _NOT_A_NAME.search(shown):
        return None
    href = outline.get(link, "href") if link >= 0 else ""
    href = "" if href.startswith(("#", "javascript:", "mailto:")) else href
    theirs = is_profile(href)
    if strength == 1 and ((href and not theirs) or (end < outline.ends[row] and not by)):
        return None
    return Name(shown, href if theirs or not is_deed(href) else "", -1 if by else row, strength)


def _shown(outline: Outline, row: int, end: int) -> str:
    """The text of an element that is called an author's, without that of a rank or a role in it."""
    pieces: list[str] = []
    below = row
    while below < end:
        pieces.append(outline.texts[below])
        called = outline.words(below) if below > row else ()
        below = outline.ends[below] if any(not _RANKS.isdisjoint(parts(name)) for name in called) else below + 1
    return text.line(" ".join(filter(None, pieces)))[:100]


def _link_at(outline: Outline, row: int) -> int:
    """The link that an element is, stands in, or holds; -1."""
    if outline.tags[row] == "a":
        return row
    if outline.flags[row] & LINK:
        return next((above for above in outline.above(row, 5) if outline.tags[above] == "a"), -1)
    held = [below for below in range(row + 1, outline.ends[row]) if outline.tags[below] == "a"]
    shown = (
        link for link in held if outline.length(link, outline.ends[link]) and is_profile(outline.get(link, "href"))
    )
    return next(shown, held[0] if held else -1)


def _said_beside(said: str, *, alone: bool = False) -> str:
    """The name in "Posted on … by Jan", "Jan schreef:", "Jan | …"; "". `alone`: "Jan van Dam" is a name as it is."""
    by = _BY.search(said)
    found = (
        (by if not alone or (by and not by.start()) else None)
        or _SAYS.search(said.strip())
        or _BEFORE_THE_DATE.match(said)
    )
    name = text.line(found["name"]).strip(" :-–") if found else ""
    return "" if _NOT_A_NAME.search(name) else name


# ---------------------------------------------------------------------------------------------------- permalinks


def links(outline: Outline, document: Document, found: Sequence[Block], names: Sequence[Name]) -> list[str]:
    """The permalink of each block: a link that names it, that of its date, or its own id."""
    ways: defaultdict[str, dict[int, str]] = defaultdict(dict)
    here = document.address().partition("#")[0]
    for index, block in enumerate(found):
        for way, href in _addresses(outline, document, block, here, names[index].url):
            ways[way].setdefault(index, href)
    order = [way for way in ("post", "date", "id", "number") if _are_different(ways[way])]
    return [next((ways[way][index] for way in order if index in ways[way]), "") for index in range(len(found))]


def _are_different(hrefs: dict[int, str]) -> bool:
    return bool(hrefs) and len(set(hrefs.values())) == len(hrefs)


def _addresses(
    outline: Outline, document: Document, block: Block, here: str, profile: str
) -> Iterator[tuple[str, str]]:
    """The links of a block that may be its own, by what speaks for them."""
    dated = _link_at(outline, block.stamp.row) if block.stamp else -1
    for row in block.rows():
        if outline.tags[row] != "a" or outline.flags[row] & QUOTE:
            continue
        href = outline.get(row, "href")
        if len(href) < 2 or href == profile or (is_deed(href) and row != dated):
            continue
        address = document.absolute(href)
        link = permalinks.of(address)
        if link.thread and not link.post and address.partition("#")[0] != here:
            continue
        if row == dated and not is_profile(href):
            yield "date", href
        if link.post or _names_a_post(outline, row, href, address, here):
            yield "post", href
        elif _NUMBER.match(outline.said(row, outline.ends[row], 12)):
            yield "number", href
    if own := _own_id(outline, block):
        yield "id", f"#{own}"


def _names_a_post(outline: Outline, row: int, href: str, address: str, here: str) -> bool:
    page, _, fragment = address.partition("#")
    if fragment and fragment[-1:].isdigit() and (page == here or href.startswith("#")):
        return True
    if PERMALINK.search(outline.get(row, "class")) or PERMALINK.search(outline.get(row, "rel")):
        return True
    return bool(POST_PATH.search(page) and page != here)


def _own_id(outline: Outline, block: Block) -> str:
    """The id of a block or of an element near its beginning that has a number; the anchor right before it too."""
    for row in (block.start, *range(block.start + 1, min(block.start + 8, block.end))):
        for own in (outline.get(row, "id"), outline.get(row, "name") if outline.tags[row] == "a" else ""):
            if own[-1:].isdigit():
                return own
    before = block.start - 1
    while before > 0 and outline.tags[before] == TEXT and not outline.texts[before]:
        before -= 1
    own = outline.get(before, "id") or outline.get(before, "name")
    return own if before > 0 and outline.tags[before] == "a" and own[-1:].isdigit() else ""


def number(outline: Outline, block: Block) -> int | None:
    """Which post of the thread it is, where a short text says `#12`."""
    for row in block.rows():
        said = outline.texts[row]
        if said and len(said) < 10 and (found := _NUMBER.match(said)) and not outline.flags[row] & QUOTE:
            return int(found[1])
    return None
