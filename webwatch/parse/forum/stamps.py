"""Where a page writes dates: elements and texts that say a moment and little else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from webwatch import dates
from webwatch.parse.forum.outline import QUOTE, TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from webwatch.model import Context
    from webwatch.parse.forum.blocks import Block
    from webwatch.parse.forum.outline import Outline

MAX_STAMPS = 3_000
_MAX_TRIED = 4_000
_MAX_TEXT = 160
_MAX_BESIDE = 80

_DAYS = (
    r"today|yesterday|vandaag|gisteren|eergisteren|heute|gestern|vorgestern|aujourd.?hui|hier|avant-hier"
    r"|just now|zojuist"
)
_FIGURES = re.compile(r"(?:19|20)\d\d|\d\s?[:hH.]\s?\d\d|\d[-/.]\d{1,2}[-/.]\d\d")
_WORDS = (
    *("ago", "geleden", "vor", "il y a", "today", "yesterday", "vandaag", "gisteren", "heute", "gestern", "hier"),
    *("aujourd", "just now", "zojuist"),
)
_WORD = r"[^\W\d_]{2,10}\.?"
_CLOCK = r"\d{1,2}(?:[:h]|\.(?=\d\d\s*(?:uur|uhr|h)))\d\d(?::\d\d)?(?:\s*[ap]\.?m\b\.?|\s*(?:uur|uhr)\b)?"
_LINK = r"[\s,;@|à·•()-]*(?:\b(?:at|om|um|kl|klo|à|a|the|de|den|le)\b)?[\s,:;|·•()-]*"
_DATE = re.compile(
    rf"(?:{_CLOCK}[\s,|on·•-]{{0,6}})?"
    rf"(?:(?:\b(?:ma|di|wo|do|vr|za|zo|mo|mi|fr|sa|so|mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim)[^\W\d_]{{0,8}}"
    rf"\b[.,]?\s+)?"
    rf"(?:\d{{4}}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?|\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}(?!\d)"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|\.)?[\s-]+(?:of\s)?{_WORD},?[\s-]+'?(?:\d{{4}}|\d\d)(?![\d:h])"
    rf"|{_WORD}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,\s*|\s+)\d{{4}}"
    rf"|(?:{_DAYS})(?={_LINK}(?:\d|$))"
    rf"|(?:{_WORD}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:\.|st|nd|rd|th)?\s+{_WORD})(?={_LINK}{_CLOCK})"
    rf")(?:{_LINK}{_CLOCK})?"
    rf"|\b(?:\d+|an?|een|one)\s+{_WORD}\s+(?:ago|geleden)|\b(?:vor|il y a)\s+(?:\d+|eine[mr]?|une?)\s+{_WORD})",
    re.IGNORECASE,
)
_IN_ATTRIBUTES = ("datetime", "data-time", "data-timestamp", "data-datetime", "data-date", "data-utime", "data-epoch")
_TELLING = frozenset((*_IN_ATTRIBUTES, "title"))
_OTHER = re.compile(
    r"edit|bewerkt|gewijzigd|aangepast|geändert|bearbeitet|modifi|updated|changed|regist|joined|inscri|member since"
    r"|lid sinds"
    r"|dabei seit|mitglied seit|last (?:visit|seen|login)|active|birth|expires|muokattu",
    re.IGNORECASE,
)
_HAS_CLOCK = re.compile(r"\d[:h]\d\d|\d\.\d\d\s*(?:uur|uhr)|^\d{10,14}$|\b(?:ago|geleden|vor|il y a)\b", re.IGNORECASE)


class Stamp(NamedTuple):
    """A date on a page: the row that says it, the date alone, the moment, and what else its text says."""

    row: int
    raw: str
    moment: datetime
    beside: str = ""

    @property
    def has_clock(self) -> bool:
        """Whether it says more than the day, as those of posts do and those of accounts do not."""
        return bool(_HAS_CLOCK.search(self.raw))


def found(
    outline: Outline, context: Context, language: str | None, rows: Iterable[int] | None = None, most: int = MAX_STAMPS
) -> list[Stamp]:
    """The dates of a page, or of some of its rows, in their order; what is quoted is left out."""
    stamps: list[Stamp] = []
    done = tried = 0
    for row in range(len(outline)) if rows is None else rows:
        if row < done or outline.flags[row] & QUOTE:
            continue
        stamp = None
        if said := outline.texts[row]:
            if len(said) <= _MAX_TEXT and _may_be(said):
                tried += 1
                stamp = _spoken(outline, row, context, language)
        elif not _TELLING.isdisjoint(outline.attributes[row]):
            stamp = _marked(outline, row, context, language)
        if stamp is not None:
            done = outline.ends[stamp.row]
            if not _is_of_another_deed(outline, stamp):
                stamps.append(stamp)
        if len(stamps) >= most or tried >= _MAX_TRIED:
            break
    return stamps


def _may_be(said: str) -> bool:
    """Whether a text may hold a date: quickly told, for most texts of a page do not."""
    if _FIGURES.search(said):
        return True
    low = said.lower()
    for word in _WORDS:  # noqa: SIM110 - twice as fast as `any`
        if word in low:
            return True
    return False


def dated(outline: Outline, drawn: Sequence[Block], context: Context, language: str | None) -> list[Block]:
    """Blocks with the first date that stands in each."""
    first = (found(outline, context, language, block.rows(), most=1) for block in drawn)
    return [block._replace(stamp=next(iter(stamps), None)) for block, stamps in zip(drawn, first, strict=True)]


def _marked(outline: Outline, row: int, context: Context, language: str | None) -> Stamp | None:
    """A date for machines in an attribute; a title counts where what is shown is short."""
    attributes = outline.attributes[row]
    for name in _IN_ATTRIBUTES:
        if (raw := attributes.get(name)) and (moment := _moment(raw, context, language)):
            return Stamp(row, raw, moment)
    title = attributes.get("title") or ""
    if not title or len(title) > _MAX_BESIDE or not _may_be(title):
        return None
    if outline.length(row, outline.ends[row]) > _MAX_BESIDE:
        return None
    return _cut(row, title, context, language)


def _spoken(outline: Outline, row: int, context: Context, language: str | None) -> Stamp | None:
    """A date in a text, or in the small element whose pieces say it together."""
    said = outline.texts[row]
    stamp = _cut(row, said, context, language)
    parent = outline.parents[row]
    if parent < 0 or outline.tags[parent] in {"td", "li", "body"} or outline.ends[parent] - parent > 12:
        return stamp
    if stamp is not None and stamp.has_clock:
        return stamp
    whole = outline.said(parent, outline.ends[parent], _MAX_BESIDE)
    together = _cut(row, whole, context, language) if len(whole) < _MAX_BESIDE and whole != said else None
    return together if together and (stamp is None or together.has_clock) else stamp


def _cut(row: int, said: str, context: Context, language: str | None) -> Stamp | None:
    """The date that a text says, without what stands around it."""
    if moment := _moment(said, context, language):
        return Stamp(row, said, moment)
    for match in _DATE.finditer(said):
        raw = match[0].strip(" ,;|-·•(")
        beside = f"{said[: match.start()]} \n {said[match.end() :]}"
        if len(beside) > _MAX_BESIDE:
            return None
        if moment := _moment(raw, context, language):
            return Stamp(row, raw, moment, beside)
    return None


def _moment(raw: str, context: Context, language: str | None) -> datetime | None:
    return dates.parse(raw, now=context.now, zone=context.zone, language=language)


def _is_of_another_deed(outline: Outline, stamp: Stamp) -> bool:
    """Whether it is when somebody joined, or when something was changed."""
    if _OTHER.search(stamp.beside):
        return True
    row = outline.element(stamp.row)
    rows = (row, max(outline.parents[row], 0))
    return any(_OTHER.search(name) for each in rows for name in outline.words(each))


def is_text(outline: Outline, stamp: Stamp) -> bool:
    """Whether the date is written as text, not in an attribute."""
    return outline.tags[stamp.row] == TEXT
