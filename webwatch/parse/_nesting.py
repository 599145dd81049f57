"""Whether a tree of a page is soon built, told before it is.

The HTML Standard makes two things slow, and lexbor adds two: an element looks through all that are open around it;
formatting that is never closed is opened again in every block that follows; a tag's attributes are compared pairwise,
and so are the options of a list.
"""

from __future__ import annotations

import re
from collections import Counter

_MAX_DEPTH = 500
_FEW_TAGS = 12_000  # of so many a tree is built in 0.2 s, however they are nested
_MOST_TAGS = 200_000
_MOST_REOPENED = 1_000_000  # elements, should every tag open all formatting again: 0.2 s, 250 MB


def _names(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


_MANY_ATTRIBUTES = re.compile(
    r"""<[a-zA-Z][^\s>]*+(?:[\s/]++[^\s=>/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+){400}"""
)
_SCRIPTS = re.compile(r"<script\b.*?</script\s*>", re.IGNORECASE | re.DOTALL)

# Without `a`: of those only one is open at once.
_FORMATTING = _names("b big code em font i nobr s small strike strong tt u")
_IN_ANY_CASE = "|".join("".join(f"[{c}{c.upper()}]" for c in name) for name in sorted(_FORMATTING))
_INLINE = f"[aA]|[pP]|span|img|br|svg|use|path|{_IN_ANY_CASE}"
_END = r"""(?:[^<>"'=]++|=\s*+(?:"[^<>"]*+"|'[^<>']*+'|[^\s<>"']++)?+)*+>"""
# Formatting is closed for certain where nothing but text and inline elements stands between it and its end.
_LEFT_OPEN = re.compile(
    rf"<({_IN_ANY_CASE})(?=[\s>/])"
    rf"(?!{_END}(?:[^<]++|</?+(?!\1[\s>/])(?:{_INLINE})(?=[\s>/]){_END})*+</\1\s*+>)"
)
_FORMATTING_TAGS = re.compile(rf"</?(?:{_IN_ANY_CASE})(?=[\s>/])[^>]*>")

_TAGS = re.compile(
    r"""<(?: !--(?:-?+>|.*?(?:--!?+>|\Z)) | (?:[!?]|/[^a-zA-Z])[^>]*+
          | (?i:(script|style))(?=[\s>/]) .*? </(?i:\1)
          | (/?+) ([a-zA-Z][^\s/>]*+) (?:[^>"'=]++ | =\s*+(?:"[^"]*+"|'[^']*+')?+ | ["'])*+ )""",
    re.VERBOSE | re.DOTALL,
)
_OPTIONS = re.compile("<[oO][pP][tT]")
# Elements that hold nothing, or that end by themselves where the next one begins.
_FLAT = _names(
    "area base br col embed hr img input link meta param source track wbr html head body p li dt dd option colgroup"
)
_CELLS = _names("td th caption tr tbody thead tfoot")
_TABLES = _names("table template svg math select")
# What an end tag does not reach out of; and what that of an element without special meaning (span, label) does not.
_WALLS = _TABLES | _names(
    "td th caption object applet marquee button foreignobject",
    "iframe noembed noframes noscript plaintext textarea title xmp",
)
_SPECIAL = _WALLS | _names(
    "address article aside blockquote center details dir div dl fieldset figcaption figure footer form frameset h1 h2",
    "h3 h4 h5 h6 header hgroup listing main menu nav ol pre search section summary ul",
)


def has_many_attributes(source: str) -> bool:
    """Whether a tag has more attributes than any real one; what scripts hold is no tag."""
    return bool(_MANY_ATTRIBUTES.search(source) and _MANY_ATTRIBUTES.search(_SCRIPTS.sub("", source)))


def closed(source: str) -> str | None:
    """The markup, without its formatting where too much of that may be open at once; None where that does not help."""
    if _is_closed(source):
        return source
    plain = _FORMATTING_TAGS.sub("", source)
    return plain if _is_closed(plain) else None


def _is_closed(source: str) -> bool:
    return len(_LEFT_OPEN.findall(source)) * source.count("<") <= _MOST_REOPENED


def is_flat(source: str) -> bool:
    """Whether its elements are not too many and not nested too deeply, which most pages have too few for."""
    tags = source.count("<")
    if tags <= _FEW_TAGS:
        return True
    return tags <= _MOST_TAGS and len(_OPTIONS.findall(source)) <= _FEW_TAGS and _depth(source) <= _MAX_DEPTH


def _depth(source: str) -> int:
    """How many elements are open at once, or more; ends where it is too many.

    An end tag is only followed where it is certain to end something (HTML Standard §13.2.4.2, §13.2.6.4.7).
    """
    stack: list[str] = []
    held: Counter[str] = Counter()  # how many of each name are on the stack
    deepest = 0
    for _, slash, written in _TAGS.findall(source):
        name = written.lower()
        if not name or name in _FLAT:
            continue
        place = len(stack)
        if name in _CELLS:
            place = _cells(stack) if not slash else place
        elif slash:
            place = _place(stack, name) if held[name] else place
        if place < len(stack) and slash and (name in _FORMATTING or name in {"a", "form"}):
            held[stack.pop(place)] -= 1
        elif place < len(stack):
            held.subtract(stack[place:])
            del stack[place:]
        if not slash:
            stack.append(name)
            held[name] += 1
            deepest = max(deepest, len(stack))
            if deepest > _MAX_DEPTH:
                break
    return deepest


def _cells(stack: list[str]) -> int:
    """Where the cells of the innermost table stand: a new one ends them."""
    place = next((at for at in range(len(stack) - 1, -1, -1) if stack[at] in _TABLES), -1)
    return place + 1 if place >= 0 and stack[place] == "table" else len(stack)


def _place(stack: list[str], name: str) -> int:
    """Where the element stands that an end tag closes; the top of the stack where it closes none."""
    if name == "table":
        walls = _TABLES
    else:
        walls = _WALLS if name in _SPECIAL or name in _FORMATTING or name == "a" else _SPECIAL
    place = len(stack) - 1
    while stack[place] != name and stack[place] not in walls:
        place -= 1
    return place if stack[place] == name else len(stack)
