"""The configuration that `webwatch init` writes: small, commented, and loadable as it is."""

from __future__ import annotations

import json

from webwatch.config import values
from webwatch.config.schema import DIGEST
from webwatch.config.shapes import Choice
from webwatch.config.wording import quoted
from webwatch.errors import UsageError

_TEMPLATE = """\
# What webwatch looks for and where. `webwatch check` says what is wrong with this file,
# `webwatch scan` reads the sources and prints what needs an answer. All settings: docs/config.md.

# What to look for: whole words, any case, with or without accents. Add how people really write your name.
keywords:
  - {name}
  # - name: our product
  #   any: ["first spelling", "second spelling"]    # one of these must be there
  #   none: [vacancy]                               # and none of these

# Where to look: the addresses of feeds (RSS, Atom), one a line.
sources:{source}
  # - https://example.nl/feed.xml
  # - {{name: Alert on our name, kind: alerts, url: "https://www.google.nl/alerts/feeds/1/2"}}
  # - {{name: Our page, url: "https://example.nl/comments.rss", own: true}}    # here everything is answered

# Who we are: what we write ourselves is never a mention.
us:
  name: {name}
  # authors: [OurShop]
  # domains: [example.nl]

# How soon an answer is owed.
answer_within: {{complaint: 4h, question: 24h, suggestion: 3d, compliment: 3d, other: 7d}}

# timezone: Europe/Amsterdam    # unless set, that of this computer
office_hours: {{days: [mon, tue, wed, thu, fri], from: "09:00", to: "17:30"}}

digest: {{language: {language}}}
"""
_NO_SOURCE = (
    "\n  # There is none yet, so nothing is read: put your own address in a line below, and take its `# ` away."
)


def starter(name: str, language: str, address: str) -> str:
    """A starter configuration for a business; `address` may be "". Raises `UsageError` for what cannot be set."""
    languages = _languages()
    if language not in languages:
        raise UsageError(f"the digest does not speak {quoted(language)}: choose one of {', '.join(languages)}")
    source = f"\n  - {_scalar(_address(address))}" if address.strip() else _NO_SOURCE
    return _TEMPLATE.format(name=_scalar(_printable(name) or "My business"), language=language, source=source)


def _languages() -> tuple[str, ...]:
    shape = DIGEST.settings["language"].shape
    return shape.words() if isinstance(shape, Choice) else ()


def _address(typed: str) -> str:
    address = typed.strip() if "://" in typed else f"https://{typed.strip()}"
    try:
        values.address.read(address)
    except ValueError as error:
        raise UsageError(f"{quoted(typed)} {error.args[0]}") from None
    return address


def _printable(text: str) -> str:
    line = "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
    return line.strip()


def _scalar(text: str) -> str:
    """The text as a double-quoted YAML scalar, in which `${` means itself."""
    return json.dumps(text.replace("${", "$${"), ensure_ascii=False)
