"""What a row of a list of threads says: how many replies and views, whether it is locked, when the last post was."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from webwatch import dates, languages, text
from webwatch.parse._document import attribute
from webwatch.parse.forum import zone as zones
from webwatch.parse.forum.recipe import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime, tzinfo

    from webwatch.model import Context
    from webwatch.parse._document import Document, Node

_MAX_MARKUP = 30_000
_MAX_LINES = 40
_MAX_TOKENS = 40
_MAX_TRIES = 5
_MARKS = ".,:;()|-·@\"'"

_NUMBER = r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?!\d)|\d{1,9}(?:[.,]\d)?\s?[km]?(?![\w%])"
_REPLIES = (
    r"(?:repl(?:y|ies)|antwoord(?:en)?|reacties?|comments?|answers?|antwort(?:en)?|kommentare?|r[ée]ponses?|commentaires?)"
    r"(?![a-z])"
)
_POSTS = r"(?:posts|berichten|beitr(?:ä|ae)ge|messages)(?![a-z])"
_VIEWS = (
    r"(?:views|(?<=\b1 )view|keer bekeken|bekeken|weergaven|aufrufe|zugriffe|hits|gelesen|vues?|vus|lectures"
    r"|affichages|klicks)(?![a-z])"
)
_BOARDS = r"(?:topics|threads|discussions|discussies|onderwerpen|themen|sujets)(?![a-z])"
_SAID = re.compile(
    rf"(?P<number>{_NUMBER})|(?<![^\W_])(?:(?P<replies>{_REPLIES})|(?P<posts>{_POSTS})|(?P<views>{_VIEWS})|(?P<boards>{_BOARDS}))"
    r"|(?P<bar>\|)|(?P<other>[^\W\d_]{2,}|[#/])",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"""class="(?:[^"]*[\s_-])?(?:(?P<replies>{_REPLIES})|(?P<views>{_VIEWS}))[^"]*"[^<>]*>(?:<[^<>]*>|\s){{0,9}}(?P<number>{_NUMBER})""",
    re.IGNORECASE,
)
_TITLE = re.compile(r'<[^<>]*\stitle="([^"<>]*)"[^<>]*>')
_TAGS = re.compile(r"</?(?:b|strong|span|em|i)\b[^<>]*>|(<[^<>]*>)")
_LOCKED = re.compile(
    r"(?<![a-z])(?:(?:is-)?locked|closed|gesloten|geschlossen|verrouill\w*|fermée?|op slot"
    r"|(?:fa-|icon-|thread_|dot|topic_)lock"
    r"|closefolder|lock\.(?:gif|png|svg))(?![a-z])",
    re.IGNORECASE,
)
_ADDRESSES = re.compile(r'\s(?:href|style|onclick|data-(?!time)[\w-]+)="[^"]*"')
_HEADS = "th, tr.tcat td, td.tcat, .header dd, .header dt, tr[class*=bg3] td, td.titlebg, td.thead, li.bbp-header li"
_COLUMNS = {
    "forum": r"for(?:um|en|a)s?\b",
    "topics": r"(?:topics|threads|discussions|onderwerpen|themen|sujets)\b",
    "voices": r"(?:voices|stemmen|teilnehmer|participants)\b",
    "replies": r"(?:repl|antwo|reacties|r[ée]ponses|answers|comments)",
    "posts": r"(?:posts|berichten|beitr|messages)\b",
    "views": rf"(?:{_VIEWS})",
}
_ALONE = re.compile(rf"[^\w#]{{0,3}}(?:{_NUMBER})\W{{0,3}}$", re.IGNORECASE)
_DATED = re.compile(r"<(time|abbr|span|div)\b[^<>]*\s(?:datetime|data-time\w*|data-epoch)=[^<>]*>[^<>]*</\1>")
_PAGES = re.compile(r"(?:<a\b[^<>]*>\s*\d{1,5}\s*</a>(?:<(?!a\b|/?td|/?dd)[^<>]*>|[^<\w])*+){2,}")
_MOMENTS = (
    "time[datetime], [data-time], [data-timestamp], [data-epoch], [data-utime], abbr[title], span[title]"
    ", td[title], a[title]"
)
_FIGURE = re.compile(r"\d[\d:./'-]*(?:st|nd|rd|th|er|e|am|pm|h|h\d\d|u|t[\d:.+-]+z?)?$")
_DIGIT = re.compile(r"\d")
_STRONG = ("datetime", "data-time", "data-timestamp", "data-epoch", "data-utime")


class Row(NamedTuple):
    """A row of one thread: its element, its markup without the title, and what follows the title."""

    node: Node
    markup: str
    after: str

    @property
    def lines(self) -> list[str]:
        """Its text, each cell and block by itself."""
        return [line for line in text.from_html(_in_lines(self.markup)).split("\n") if line][:_MAX_LINES]


def row_of(node: Node, first: Node, names: Sequence[Node]) -> Row:
    """The row, of which `names` are taken away (what a thread is called says nothing about it); `first` is its link."""
    markup = (node.html or "")[:_MAX_MARKUP]
    after = markup.partition(first.html or "\0")[2]
    for name in names:
        shown = name.html or "\0"
        markup, after = markup.replace(shown, "<br>"), after.replace(shown, "<br>")
    return Row(node, _plain(markup), _plain(after))


def _plain(markup: str) -> str:
    """Without what counts nothing: addresses, the links to the pages of a thread, dates that are read elsewhere."""
    return _PAGES.sub("<br>", _ADDRESSES.sub("", _DATED.sub("<br>", markup)))


def is_locked(row: Row) -> bool:
    """Whether an icon or a word says that nobody can answer."""
    return bool(_LOCKED.search(row.markup))


def counts(row: Row, columns: Sequence[str] | None) -> tuple[int | None, int | None]:
    """Replies and views: what is called so, else the figures behind the title in the order of the page's `columns`.

    The row of a board in an index counts what is on that board, before it names its last thread.
    """
    before, after = _called(row.markup.removesuffix(row.after)), _called(row.after)
    if "boards" in before or "boards" in after:
        return None, None
    said: dict[str, int] = {name: before[name] for name in ("replies", "views") if name in before}
    said.update(after)
    if "posts" in after:
        said.setdefault("replies", after["posts"])
    if not {"replies", "views"} & said.keys() or (columns and columns[0] not in said):
        lines = text.from_html(_in_lines(row.after)).split("\n")[:_MAX_LINES] if columns is not None else ()
        alone = [number(line) or 0 for line in lines if _ALONE.match(line)]
        for name, value in zip(columns or ("replies", "views"), alone, strict=False):
            said.setdefault(name, value)
    return said.get("replies"), said.get("views")


def _called(markup: str) -> dict[str, int]:
    """The figures beside a word for them, in text or in an icon's title, else in an element named so."""
    shown = _TAGS.sub(lambda tag: " | " if tag[1] else " ", _TITLE.sub(r" | \1 | ", markup)).replace("&nbsp;", " ")
    found: dict[str, int] = {}
    beside, fresh, apart = ("other", ""), True, False
    for each in _SAID.finditer(shown):
        kind = each.lastgroup or "other"
        if kind == "bar":
            fresh, apart = True, True
            continue
        pair = {kind: each[0], beside[0]: beside[1]}
        if len(pair) == 2 and "number" in pair and not {"other", "late"} & pair.keys():
            found.setdefault(kind if kind != "number" else beside[0], number(pair["number"]) or 0)
            kind = "other"
        elif beside[0] == "late" and kind not in {"number", "other"} and not apart:
            found.setdefault(kind, number(beside[1]) or 0)
            kind = "other"
        beside = ("late" if kind == "number" and not fresh else kind), each[0]
        fresh = apart = False
    for each in _NAMED.finditer(markup):
        found.setdefault("replies" if each["replies"] else "views", number(each["number"]) or 0)
    return found


def _in_lines(markup: str) -> str:
    """The markup with each cell on a line of its own."""
    return markup.replace("</td>", "<br></td>").replace("</dd>", "<br></dd>")


def columns(document: Document) -> tuple[str, ...] | None:
    """Which of the figures stand in which order, by the heads of the page's columns; None where they count boards."""
    said = [(node.text() or "")[:60].strip().lower() for node in document.all(_HEADS)[:60]]
    names: list[str] = []
    for head in said:
        for name, pattern in _COLUMNS.items():
            if re.match(pattern, head) and name not in names:
                names.append(name)
    if "topics" in names and ("forum" in names or not {"replies", "views"} & set(names)):
        return None
    order = [name for name in names if name in {"replies", "views", "voices"}]
    return tuple("replies" if name == "posts" else name for name in names if name in {*order, "posts"})


# ------------------------------------------------------------------------------------------------------------ dates


def newest(rows: Sequence[Row], document: Document, context: Context, language: str | None) -> list[datetime | None]:
    """For each row the latest moment that it tells."""
    zone = zones.printed(document) or context.zone
    lines = [_dated(row) for row in rows]
    month_first = zones.month_first([line for each in lines for line in each], document)
    return [
        max(_moments(row, each, context, zone, language, month_first), default=None)
        for row, each in zip(rows, lines, strict=True)
    ]


def _dated(row: Row) -> list[str]:
    return [line for line in row.lines if not _ALONE.match(line)]


def _moments(
    row: Row,
    lines: Iterable[str],
    context: Context,
    zone: tzinfo,
    language: str | None,
    month_first: bool | None,
) -> Iterator[datetime]:
    """The moments in a row: in attributes for machines, in titles, in what text is left."""

    def read(raw: str) -> datetime | None:
        return dates.parse(raw, now=context.now, zone=zone, language=language, month_first=month_first)

    nodes = row.node.css(_MOMENTS)[:_MAX_LINES]
    for node in nodes:
        yield from filter(None, (read(attribute(node, name)) for name in _STRONG if attribute(node, name)))
    for said in (*(attribute(node, "title") for node in nodes), *lines):
        for run in _runs(said):
            if moment := _first(run, read):
                yield moment


def _first(run: list[str], read: object) -> datetime | None:
    """The moment that the words say, without the first or the last ones if need be."""
    assert callable(read)
    for first in range(min(_MAX_TRIES, len(run))):
        for last in (0, 1):
            moment: datetime | None = read(" ".join(run[first : len(run) - last]))
            if moment:
                return moment
    return None


def is_moment(said: str) -> bool:
    """Whether a text says a moment and nothing else, as the links to last posts do; "May 2014" may be a title."""
    words = [text.fold(word).strip(_MARKS) for word in said.split()[:_MAX_TOKENS]]
    dated = all(not word or word in date_words() or word[0].isdecimal() for word in words)
    return dated and not (len(words) == 2 and re.fullmatch(r"\d{4}", words[1]))


def _runs(said: str) -> Iterator[list[str]]:
    """Words in a row that may say a moment: figures, months, days, and what stands between them."""
    if not _DIGIT.search(said) and said.lower() not in date_words():
        return
    run: list[str] = []
    for word in [*said.split()[:_MAX_TOKENS], "»"]:
        if _may_say(word):
            run.append(word)
            continue
        if len("".join(run)) > 3:
            yield run
        run = []


@lru_cache(maxsize=4096)
def _may_say(word: str) -> bool:
    """Whether a word may be part of a moment: a figure, a month, a mark between them."""
    bare = text.fold(word).strip(_MARKS)
    return bare in date_words() or bool(_FIGURE.match(bare)) or (not bare and word != "»")


@cache
def date_words() -> frozenset[str]:
    """Every word that a date may have, in any language, as it is folded."""
    each = [languages.load(code).dates for code in languages.codes()]
    tables = [words for one in each for words in (one.months, one.weekdays, one.days, one.units)]
    sets = [words for one in each for words in (one.ago, one.one, one.now, one.filler)]
    return frozenset(
        text.fold(word) for words in (*tables, *sets, ("am", "pm", "st", "nd", "rd", "th")) for word in words
    )
