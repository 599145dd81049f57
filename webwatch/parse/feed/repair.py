"""One pass over the text of a feed that is not well-formed, mending what feeds most often have wrong.

What stands before the root goes (PHP's warnings, a declaration that no longer holds, a DOCTYPE with its entities), so
do characters that XML forbids; bare `&` and `<` are escaped, HTML's entities become characters, and prefixes that
nobody declared are declared.
"""

from __future__ import annotations

import re
from html.entities import html5

_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(?:rss|feed|rdf|channel)(?=[\s>/])", re.IGNORECASE)
_ROOT_WITHIN = 200_000
_PROLOG_WITHIN = 5_000
_MAX_MENDS = 200_000
_PROLOG = re.compile(r"<\?[^>]*>|<!--(?:[^-]|-(?!->))*-->|<!DOCTYPE[^>\[]*>")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SUSPECT = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)"
    r"|<!--.*?-->"
    r"|&(?:\#(\d{1,10}|[xX][0-9a-fA-F]{1,8});|([A-Za-z][A-Za-z0-9]{1,31});)?"
    r"|<(?![A-Za-z_/!?])",
    re.DOTALL,
)
_PREFIX = re.compile(r"</?([A-Za-z_][\w.-]{0,40}):|\s([A-Za-z_][\w.-]{0,40}):[A-Za-z_][\w.-]{0,40}\s*=\s*[\"']")
_DECLARES = re.compile(r"\sxmlns:([A-Za-z_][\w.-]{0,40})\s*=")
_MAX_PREFIXES = 50
_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}


def repaired(text: str) -> tuple[str, list[str]] | None:
    """The text from its root on, mended, and what was mended; None where there is no root of a feed."""
    root = _ROOT.search(text, 0, _ROOT_WITHIN)
    if root is None:
        return None
    before, text = text[: root.start()], text[root.start() :]
    done = []
    if "<!ENTITY" in before:
        done.append("entity declarations")
    elif _PROLOG.sub("", before[:_PROLOG_WITHIN]).strip("\ufeff \t\r\n"):
        done.append("text before the feed")
    for what, mend in (
        ("forbidden characters", _without_forbidden),
        ("bare ampersands, brackets or unknown entities", _escaped),
        ("undeclared prefixes", _declared),
    ):
        mended = mend(text)
        if mended != text:
            done.append(what)
            text = mended
    return text, done


def _without_forbidden(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def _escaped(text: str) -> str:
    # Without a comment that is never closed, each character is looked at once.
    closed = text.rfind("-->") + 1
    text = text[:closed] + text[closed:].replace("<!--", "&lt;!--")
    mended = _SUSPECT.sub(_one_suspect, text, count=_MAX_MENDS)
    if _SURROGATE.search(mended):
        # Emoji written as two numeric references, as UTF-16 has them.
        mended = mended.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return mended


def _one_suspect(found: re.Match[str]) -> str:
    number, name = found.groups()
    if number:
        return _character(number, found[0])
    if name:
        meaning = html5.get(f"{name};")
        if meaning is None:
            return f"&amp;{name};"
        return found[0] if name in {"amp", "lt", "gt", "quot", "apos"} else _as_data(meaning)
    return {"&": "&amp;", "<": "&lt;"}.get(found[0], "" if found[0].startswith("<!--") else found[0])


def _as_data(meaning: str) -> str:
    return meaning.replace("&", "&amp;").replace("<", "&lt;")


def _character(number: str, written: str) -> str:
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    if code > 0x10FFFF or code in {0xFFFE, 0xFFFF} or (code < 0x20 and code not in {9, 10, 13}):
        return ""
    return chr(code) if 0xD800 <= code <= 0xDFFF else written


def _declared(text: str) -> str:
    end = text.find(">")
    if end < 0:
        return text
    known = {"xml", "xmlns", *_DECLARES.findall(text[:end])}
    used = {prefix for found in _PREFIX.finditer(text) for prefix in found.groups() if prefix}
    missing = sorted(used - known)[:_MAX_PREFIXES]
    names = "".join(f' xmlns:{prefix}="{_NAMESPACES.get(prefix, f"urn:undeclared:{prefix}")}"' for prefix in missing)
    end = _ROOT.match(text).end()  # type: ignore[union-attr]  # the text begins with the root
    return f"{text[:end]}{names}{text[end:]}"
