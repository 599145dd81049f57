"""Guidance, never automation: drafts to fill in, remarks on what was written, and the promises that it makes. Pure.

drafting      the mention's intent and language → a template with blanks, signed by a person
linting       a text → remarks with line, column, reason and advice: `tone`, `personal`, `signature`, `talk`
promises      a text → what it promises, and by when
pages         which answer page of the configuration goes with a question
templates, tone      one file a language each
"""

from webwatch.guidance.about import INTENTS, About, Found, Remark
from webwatch.guidance.drafting import KINDS, Draft, compose, hints
from webwatch.guidance.linting import RULES, lint
from webwatch.guidance.promises import Promised, promised

__all__ = [
    "INTENTS",
    "KINDS",
    "RULES",
    "About",
    "Draft",
    "Found",
    "Promised",
    "Remark",
    "compose",
    "hints",
    "lint",
    "promised",
]
