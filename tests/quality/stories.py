"""Copies found among texts: pairs written by hand, and pairs made of them by machine.

`data/stories.jsonl` holds a case a line: texts (label, text, author, site), of which those with one label are one
story and all others are not. The machine takes the longer ones, and longer ones still that it strings together out of
their words, and makes copies: edited, cut, quoted as a snippet, with boilerplate, in capitals, in other typography.
A pair counts as found only if the index would have brought the two together.

    python -m tests.quality.stories        print the figures, and each pair that is judged wrongly
"""

from __future__ import annotations

import json
import random
import unicodedata
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from webwatch.stories import FEWEST_SHARED, Compared, Likeness, Telling, groups, is_same_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DATA = Path(__file__).parent / "data/stories.jsonl"
BOILERPLATE = (
    "Lees ook: Zo houd je brood langer vers",
    "Read more on our website.",
    "Het bericht verscheen eerst op De Stadskrant.",
    "The post appeared first on The Daily Loaf.",
    "Volg ons op sociale media voor het laatste nieuws uit de regio.",
    "Bron: ANP",
)


class Judged(NamedTuple):
    """Two texts: whether they are one story, and whether we say so."""

    one: Compared
    other: Compared
    same: bool
    found: bool


def by_hand() -> dict[str, float]:
    """The pairs written by hand."""
    return _figures(hand_written())


def by_machine() -> dict[str, float]:
    """The copies that a machine made, and all else."""
    return _figures(machine_made())


def hand_written() -> Iterator[Judged]:
    """Each two texts of a case: whether they end in one story, and whether they should."""
    for case in _cases():
        told = [_compared(text, author, site) for _, text, author, site in case["texts"]]
        alike = [
            Likeness(one, other, "text")
            for one, other in combinations(range(len(told)), 2)
            if is_found(told[one], told[other])
        ]
        stories = groups(alike, [])
        for one, other in combinations(range(len(told)), 2):
            together = any({one, other} <= story for story in stories)
            yield Judged(told[one], told[other], case["texts"][one][0] == case["texts"][other][0], together)


def machine_made() -> Iterator[Judged]:
    """Each article with each of its copies, and with those of others."""
    dice = random.Random(20_261_124)
    articles = _articles(dice)
    vocabulary = sorted({word for article in articles for word in article.split()})
    copies = [
        (number, _compared(copy))
        for number, article in enumerate(articles)
        for copy in _copies(article, vocabulary, dice)
    ]
    for number, article in enumerate(map(_compared, articles)):
        for of, copy in copies:
            if of == number or dice.random() < 0.1:
                yield Judged(article, copy, of == number, is_found(article, copy))


def _figures(pairs: Iterable[Judged]) -> dict[str, float]:
    pairs = list(pairs)
    true = sum(pair.same and pair.found for pair in pairs)
    return {"recall": true / sum(pair.same for pair in pairs), "precision": true / sum(pair.found for pair in pairs)}


def is_found(one: Compared, other: Compared) -> bool:
    """Whether the index would bring the two together, and the texts are the same then."""
    return len({*one.sketch} & {*other.sketch}) >= FEWEST_SHARED and is_same_text(one, other)


def _cases() -> Iterator[dict]:
    for line in DATA.read_text("utf-8").splitlines():
        yield json.loads(line)


def _compared(text: str, author: str = "", site: str = "") -> Compared:
    return Compared(Telling(id=0, text=text, author=author, site=site))


def _articles(dice: random.Random) -> list[str]:
    """One text of each story by hand that is long enough, and as many strung together, of 80 to 600 words."""
    texts = []
    for case in _cases():
        first = case["texts"][0][1]
        texts += [first] if len(first.split()) >= 30 and "known" not in case else []
    follows: dict[str, list[str]] = {}
    words = " ".join(texts).split()
    for one, other in pairwise(words):
        follows.setdefault(one, []).append(other)
    made = []
    for _ in texts:
        article = [dice.choice(words)]
        for _ in range(dice.randrange(80, 600)):
            article.append(dice.choice(follows.get(article[-1], words)))
        made.append(" ".join(article))
    return texts + made


def _copies(article: str, vocabulary: list[str], dice: random.Random) -> Iterator[str]:
    words = article.split()
    cut = words[: max(16, int(len(words) * dice.uniform(0.15, 0.7)))]
    start = dice.randrange(max(1, len(words) - 30))
    yield _edited(words, vocabulary, dice)
    yield " ".join(cut)
    yield _edited(cut, vocabulary, dice) + " …"
    yield f"... {' '.join(words[start : start + dice.randrange(20, 36)])} ..."
    yield f"{article} {dice.choice(BOILERPLATE)}"
    yield f"Dit las ik net. {article} {dice.choice(BOILERPLATE)}"
    yield article.upper().replace(",", "").replace(".", "")
    yield unicodedata.normalize("NFD", article).replace('"', "”").replace("'", "’").replace(" - ", " – ")


def _edited(words: list[str], vocabulary: list[str], dice: random.Random) -> str:
    """Seven words in a hundred are others."""
    return " ".join(dice.choice(vocabulary) if dice.random() < 0.07 else word for word in words)


def main() -> None:
    """Print the figures and the mistakes."""
    for name, pairs in (("by hand", list(hand_written())), ("by machine", list(machine_made()))):
        print(name, len(pairs), _figures(pairs))
        for pair in pairs:
            if pair.same != pair.found:
                print("  missed " if pair.same else "  taken  ", pair.one.telling.text[:100])
                print("         ", pair.other.telling.text[:100])


if __name__ == "__main__":
    main()
