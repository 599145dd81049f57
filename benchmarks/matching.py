"""What one look at a text costs with 10 to 10,000 keywords: the matcher, beside a plain `in` for each keyword.

    python benchmarks/matching.py

Texts of about 1 kB in which no keyword stands (nearly every entry is one of those); microseconds a text, best of five.
"""

from __future__ import annotations

import random
import timeit

from webwatch import text
from webwatch.match import compile_keywords
from webwatch.model import Entry, Keyword

TEXTS = 100
WORDS = """
de het een van en is dat op te zijn met voor niet aan er om ook als dan maar bij uit naar heeft the of and to that it
was for on are with as his they be at one have this from brood taart winkel klant vraag besteld gisteren reactie
één geïnteresseerd privé – ’s façade €
""".split()  # noqa: SIM905
LETTERS = "etaoinrsdlkhgvmpbwjzuyf"


def made_up_word(source: random.Random) -> str:
    return "".join(source.choices(LETTERS, k=source.randint(5, 10)))


def made_up_text(source: random.Random) -> str:
    words = [source.choice(WORDS) if source.random() < 0.7 else made_up_word(source) for _ in range(170)]
    return " ".join(words).capitalize()[:1_000] + "."


def made_up_keyword(source: random.Random) -> str:
    second = " " + made_up_word(source) if source.random() < 0.5 else ""
    return ("de " if source.random() < 0.3 else "") + made_up_word(source) + second


def microseconds(work, items: int) -> float:
    rounds = 5
    return min(timeit.repeat(work, number=rounds, repeat=5)) / rounds / items * 1e6


def main() -> None:
    source = random.Random(1)
    entries = [Entry(url="https://example.nl", title="Een titel", text=made_up_text(source)) for _ in range(TEXTS)]
    folds = [text.fold(entry.text) for entry in entries[:4]]
    print(f"{'keywords':>8} {'compile ms':>10} {'matcher µs':>10} {'plain in µs':>11} {'ratio':>6}")
    for count in (10, 20, 100, 1_000, 10_000):
        names = [made_up_keyword(source) for _ in range(count)]
        keywords = [Keyword(name=name, any=(name,)) for name in names]
        compiling = timeit.timeit(lambda keywords=keywords: compile_keywords(keywords), number=1) * 1e3
        matcher = compile_keywords(keywords)
        ours = microseconds(lambda matcher=matcher: [matcher.find(entry) for entry in entries], TEXTS)
        plain = microseconds(lambda names=names: [[name for name in names if name in folded] for folded in folds], 4)
        print(f"{count:>8,} {compiling:>10.1f} {ours:>10.1f} {plain:>11.1f} {plain / ours:>6.1f}")


if __name__ == "__main__":
    main()
