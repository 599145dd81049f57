"""Whether two mentions say the same: copies of one text, or one person on the same matter in other words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from webwatch import text as texts
from webwatch.stories.people import handle, is_distinct, is_first_person, is_nobody
from webwatch.stories.telling import FEWEST_WORDS, LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from webwatch.stories.telling import Compared

FEWEST_SHARED = 2  # hashes that two sketches share before the texts are compared
_SAME_TEXT = 0.5  # share of the shorter text's shingles that the other has too
_SAME_SHORT = 0.75  # … of texts of fewer words than
_SHORT = 15
_SAME_TAIL = 0.8  # … of texts that both begin with words of their own
_OWN_WORDS = 5  # so many words beside what is quoted make a post of one's own
_ANSWER = 10  # … where nothing but the author says that it is quoted
_SAME_MATTER = 0.3  # the share of the telling words that one person repeats on another site
_SAME_MATTER_BY_NAME = 0.5  # … who has no more than a first name
_FEWEST_COMMON = 3
_APART_DAYS = 60
# Where publishers and programs put their own words under, or around, a text that is not theirs.
_APPENDED = re.compile(
    r"\W*(lees (ook|meer|verder|het)|meer (lezen|over|nieuws)|zie ook|verder lezen|(het|dit) (bericht|artikel)|bron\b"
    r"|foto\b|beeld\b|advertentie|deel dit|volg ons|reageer|abonneer|schrijf je|meld je|copyright|alle rechten|tags?\b"
    r"|wil je (meer|niets)|download|klik hier|bekijk|gerelateerd|read (more|also|the|on|next)|continue reading|see also"
    r"|related|more (on|from|news|stories)|source\b|photo|image|picture|advert|share this|follow us|subscribe"
    r"|sign up|all rights|the post\b|this (article|post|story)|originally (published|appeared)|click here|comments?\b"
    r"|get the|view (the|on)|filed under|posted in|geplaatst in|weiterlesen|lesen sie|lire (aussi|la suite)|©|https?)"
)
# What stands before, or around, somebody else's words; a word or three of them may have been changed.
_FEW = r"(?:\w+\W+){0,3}$"
_QUOTING = re.compile(
    r"\b(?:schreef|schrijft|zei|zegt|citaat|quote|wrote|writes|said|says|geplaatst door|posted by|replying to)\b"
    r"(?: \w+){0,4}\W{0,3}[:\n\">]\W*" + _FEW
)
_QUOTED_LINE = re.compile(r"(?:^|\n)\s*[>|]\s*" + _FEW)
_OPENS = re.compile(r"(?:^|[\s(:])([\"'])" + _FEW)
_CLOSES = re.compile(r"(?:\W*\w+){0,3}?[.!?,]*([\"'])")
_OPENING = ('"', "'", ">", "|")
_CUT = ("...", "…", "[...]", "[…]", "(...)")
_CUT_INSIDE = re.compile(r"\w\s*(?:\.\.\.|…)\W+\w")
# Long words that say nothing about the matter.
_EMPTY = frozenset(
    b"about after again alleen allemaal alles almost already altijd always andere anders another anyone anything "
    b"because bedankt beetje before being beste between binnen could daarna daarom deden denken dezelfde dingen doing "
    b"during eerst eigenlijk eindelijk elkaar every everyone everything finally first gedaan geeft gewoon gisteren "
    b"goede going graag great groot hallo having hebben hebt heeft helemaal hierdoor hoewel however iedereen iemand "
    b"inmiddels jammer jullie kregen kunnen kwamen leven maken maybe mensen might misschien moest moeten morgen "
    b"natuurlijk never niets nieuwe nooit nothing omdat onder onlangs other others overal people please precies quite "
    b"really right samen should since sinds snel some someone something soms steeds still tegen terug terwijl thanks "
    b"their there these thing things think those though through tijdens today tussen uiteindelijk under until vandaag "
    b"verder volgens vooral voordat waarom wanneer waren weinig welke werden where which while whole wilde willen "
    b"without worden wordt would years yesterday zelfs zoals zonder zouden".split()
)


def is_same_text(one: Compared, other: Compared) -> bool:
    """Whether these are copies of one text, or one is a piece of the other; never what answers a text it quotes.

    Two posts of one thread are a talk, unless they say exactly the same.
    """
    if one.words == other.words:
        return len(one.words) >= FEWEST_WORDS
    if one.telling.thread is not None and one.telling.thread == other.telling.thread:
        return False
    piece, whole = sorted((one, other), key=lambda told: (len(told.hashes), told.telling.text))
    common = piece.hashes & whole.hashes
    if not common or _near_each_other(piece, whole, common) < _least(piece, whole, common) * len(piece.hashes):
        return False
    return not _is_quoted(piece, whole, common)


def _near_each_other(piece: Compared, whole: Compared, common: AbstractSet[int]) -> int:
    """How much of what is shared stands together in the longer text; a long one has many phrases of a short one.

    A snippet may be of several pieces, with dots between them.
    """
    met = [place for place, hash_ in enumerate(whole.shingles) if hash_ in common]
    width = len(piece.words) * 3 // 2
    if met[-1] - met[0] < width or _CUT_INSIDE.search(piece.telling.text):
        return len(common)
    first = most = 0
    for last, place in enumerate(met):
        while place - met[first] >= width:
            first += 1
        most = max(most, last - first + 1)
    return min(most, len(common))


def _least(piece: Compared, whole: Compared, common: AbstractSet[int]) -> float:
    """How much must be shared: more of what is short, and of two that begin differently, under one boilerplate."""
    if len(piece.words) < _SHORT:
        return _SAME_SHORT
    heads = (next(place for place, hash_ in enumerate(told.shingles) if hash_ in common) for told in (piece, whole))
    return _SAME_TAIL if min(heads) >= _OWN_WORDS else _SAME_TEXT


def _is_quoted(piece: Compared, whole: Compared, common: AbstractSet[int]) -> bool:
    """Whether the longer text only quotes the shorter one, and says something of its own beside it."""
    if _is_cut(piece.telling.text):
        return False
    before, after = _around(whole, common)
    if len(f"{before} {after}".split()) < _OWN_WORDS:
        return False
    if _has_marks(piece.telling.text, before, after):
        return True
    own = " ".join(part for part in (before, after) if not _is_appended(part))
    return len(own.split()) >= _ANSWER and (_is_by_another(piece, whole) or _is_commented(piece, whole, own))


def _around(whole: Compared, common: AbstractSet[int]) -> tuple[str, str]:
    """What stands before and after what is shared."""
    text = whole.telling.text[:LONGEST]
    met = [place for place, hash_ in enumerate(whole.shingles) if hash_ in common]
    spans = [match.span() for match in re.finditer(r"[^\W_]+", text)]
    last = met[-1] + 2
    if last >= len(spans):  # signs that fold to letters, or the other way round
        return "", ""
    return text[: spans[met[0]][0]], text[spans[last][1] :]


def _is_appended(text: str) -> bool:
    """Whether this is a publisher's "read more" and no word of the author's."""
    return bool(_APPENDED.match(texts.fold(text[:80])))


def _has_marks(piece: str, before: str, after: str) -> bool:
    """Whether a quotation opens before the piece: "Piet wrote:", a line with >, a quotation mark that also closes."""
    lead = texts.fold(before[-120:])
    if _QUOTING.search(lead) or _QUOTED_LINE.search(lead):
        return True
    if texts.fold(piece[:1]) in _OPENING:
        return False
    opens, closes = _OPENS.search(lead), _CLOSES.match(texts.fold(after[:60]))
    return bool(opens and closes and opens[1] == closes[1])


def _is_by_another(piece: Compared, whole: Compared) -> bool:
    """Whether one person repeats all that another one said."""
    names = {handle(piece.telling.author), handle(whole.telling.author)}
    in_talk = piece.telling.talk or whole.telling.talk or is_first_person(piece.telling.text)
    return in_talk and len(names) == 2 and not any(map(is_nobody, names))


def _is_commented(piece: Compared, whole: Compared, own: str) -> bool:
    """Whether somebody adds his own story to a whole text that is not his."""
    name = handle(whole.telling.author)
    return (
        not is_nobody(name)
        and name != handle(piece.telling.author)
        and piece.telling.text.rstrip().endswith((".", "!", "?"))
        and is_first_person(own)
        and not is_first_person(piece.telling.text)
    )


def _is_cut(text: str) -> bool:
    """Whether a text says that it goes on, or began before."""
    stripped = text.strip()
    return stripped.endswith(_CUT) or stripped.startswith(_CUT)


def is_same_matter(one: Compared, other: Compared, brand: AbstractSet[bytes] = frozenset()) -> bool:
    """Whether what one person says on two sites is about the same thing, at about the same time.

    What counts are the long words in common, without those of our own name (`brand`). A first name is no handle: the
    two must then say much the same.
    """
    first, second = one.telling, other.telling
    if not first.site or first.site == second.site or first.at is None or second.at is None:
        return False
    mine, theirs = telling_words(one.words, brand), telling_words(other.words, brand)
    is_handle = is_distinct(first.author) and is_distinct(second.author)
    common = len(mine & theirs)
    return (
        abs(first.at - second.at).days < _APART_DAYS
        and common >= (_FEWEST_COMMON if is_handle else _FEWEST_COMMON + 1)
        and common >= (_SAME_MATTER if is_handle else _SAME_MATTER_BY_NAME) * min(len(mine), len(theirs))
    )


def telling_words(said: Iterable[bytes], brand: AbstractSet[bytes] = frozenset()) -> set[bytes]:
    """The beginnings of the long words that are about something."""
    return {
        word[:5]
        for word in said
        if len(word) >= (4 if word.isdigit() else 5) and word not in brand and word not in _EMPTY
    }
