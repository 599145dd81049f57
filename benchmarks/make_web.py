"""Makes the web that the benchmarks scan: 1,000 feeds, the mentions hidden in them, and the truth about those.

    python benchmarks/make_web.py FOLDER [--feeds 1000] [--seed 1] [--port 8765] [--serve [--latency 50-200]]

The same arguments give the same bytes. FOLDER gets

    feeds/0000.rss …   about 30 entries and 50 kB each: 70 % RSS 2.0, 25 % Atom 1.0, 5 % RSS 1.0; 3 % malformed
    truth.json         which entries mention which keyword, and which entries are copies of one another
    config.yaml        for webwatch: 20 keywords, every feed as a bare address
    urls.txt           the same addresses, one a line

With `--serve` it then serves that folder until it is stopped (`serve_web.py`).
"""

from __future__ import annotations

import argparse
import html
import json
import unicodedata
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple, TypedDict

import serve_web
from feed_text import NEWEST, Entry, fault, kind, written

if TYPE_CHECKING:
    from collections.abc import Sequence

PORT = 8765
COPIES = 0.20
MENTIONS = 0.005
NEAR_MISSES = 0.0075
OFTENER_WHERE_MALFORMED = 6  # so that it shows when a repair loses entries

NAMES = (
    "Bakkerij De Vries", "Café Zoë", "Slagerij Van den Berg", "Müller & Zonen", "Linnenkast", "Atelier Straßer",
    "Fietsenmaker Ouwehand", "Pizzeria Bella Vita", "Kapsalon Knip&Krul", "Boekhandel Het Anker", "O'Neill's Tearoom",
    "Garage Ter Horst", "Bloemenhuis Íris", "Dierenarts Terpstra", "Crêperie Noël", "Harbour Street Books",
)  # fmt: skip

# None of these words occurs in a name above, so what is not planted is not there.
WORDS = Path(__file__).with_name("words.txt").read_text(encoding="utf-8").split()
SPRINKLES = (
    "&nbsp;",
    "&ndash; ",
    "&eacute;n ",
    "&rsquo;s ",
    "&hellip; ",
    "&#8364;&nbsp;12,50 ",
    "&amp; ",
    "&quot;ja&quot; ",
)


class Keyword(NamedTuple):
    """A keyword as the config has it, with HTML fragments that mention it and some that only look like it."""

    name: str
    setting: object
    mentions: tuple[str, ...]
    near_misses: tuple[str, ...]


class Group(TypedDict):
    """One true mention: the entries that carry it, apart from those that were cut off with their feed's end."""

    keyword: str
    whole: list[int]
    cut_off: list[int]


def keywords() -> list[Keyword]:
    """Twenty: sixteen bare names, and one each with a domain, `near`, `none` and `all`."""
    return [*(_bare(name) for name in NAMES), *_particular()]


def _bare(name: str) -> Keyword:
    first, _, rest = name.partition(" ")
    misses = [f"{name}land", f"mega{name}", f"{name[:-1]}"]
    if rest:
        misses += [f"{rest} {first}", f"{first} of toch {rest}", first]
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode()
    spellings = [name, name.upper(), name.lower(), plain, unicodedata.normalize("NFD", name), name.replace("e", "é", 1)]
    fragments = [html.escape(spelling, quote=False) for spelling in spellings]
    fragments += [
        fragments[0].replace(" ", "\n     "),
        fragments[0].replace(" ", "&nbsp;"),
        f"{html.escape(first, quote=False)} <b>{html.escape(rest, quote=False)}</b>" if rest else f"<b>{name}</b>",
        f"({fragments[0]})",
        "".join(f"&#{ord(letter)};" if not letter.isascii() else html.escape(letter) for letter in name),
    ]
    return Keyword(name, name, tuple(fragments), tuple(html.escape(miss, quote=False) for miss in misses))


def _particular() -> list[Keyword]:
    far = " ".join(WORDS[:16])
    return [
        Keyword(
            "kruidenhoeve.example",
            "kruidenhoeve.example",
            (
                "www.kruidenhoeve.example",
                "info@kruidenhoeve.example",
                "kruidenhoeve[.]example",
                "KRUIDENHOEVE.EXAMPLE.",
            ),
            ("kruidenhoeve", "mijnkruidenhoeve.example", "kruidenhoeve-example"),
        ),
        Keyword(
            "Fleur near taart",
            {"name": "Fleur near taart", "near": {"words": ["Fleur", "taart"], "within": 8}},
            ("Fleur maakt een mooie taart", "de taart, zei de dochter van Fleur,", "FLEUR\n  taart"),
            (f"Fleur {far} taart", "Fleur", "taart", "Fleurtje maakt taart"),
        ),
        Keyword(
            "Kaashoek",
            {"name": "Kaashoek", "none": ["vacature"]},
            ("de Kaashoek", "KAASHOEK", "<i>Kaashoek</i>,"),
            ("vacature bij Kaashoek", "Kaashoekje", "Kaas hoek"),
        ),
        Keyword(
            "Visser bezorgt",
            {"name": "Visser bezorgt", "any": ["Viswinkel Visser"], "all": ["bezorging"]},
            ("Viswinkel Visser: de bezorging", "bezorging door viswinkel visser"),
            ("Viswinkel Visser", "bezorging"),
        ),
    ]


class Web:
    """Writes the entries of all feeds; holds the one random generator that everything is drawn from."""

    def __init__(self, seed: int, feeds: int) -> None:
        self.random = Random(seed)
        self.keywords = keywords()
        self.sizes = [self.random.randint(20, 40) for _ in range(feeds)]

    def feeds(self) -> list[list[Entry]]:
        """The entries of each feed, newest first: originals, and then copies of entries of other feeds among them."""
        feeds: list[list[Entry]] = []
        number = 0
        for feed, size in enumerate(self.sizes):
            count = round(size * (1 - COPIES))
            feeds.append([self._original(number + place, feed) for place in range(count)])
            number += count
        self._spread_copies(feeds, number)
        for entries in feeds:
            entries.sort(key=lambda entry: entry.published, reverse=True)
        return feeds

    def _spread_copies(self, feeds: list[list[Entry]], number: int) -> None:
        """Fill up every feed; half of the mentions are copied once to thrice, the other copies are of anything."""
        originals = [entry for entries in feeds for entry in entries]
        mentions = [entry for entry in originals if entry.keyword and self.random.random() < 0.5]
        wanted = [mention for mention in mentions for _ in range(self.random.randint(1, 3))]
        slots = [feed for feed, size in enumerate(self.sizes) for _ in range(size - len(feeds[feed]))]
        self.random.shuffle(slots)
        for feed in slots:
            source = wanted.pop() if wanted else self.random.choice(originals)
            feeds[feed].append(self._copy(source, number, feed))
            number += 1

    def _original(self, number: int, feed: int) -> Entry:
        title, markup, planted = self._text(), self._markup(), ""
        chance = self.random.random() / (OFTENER_WHERE_MALFORMED if fault(feed) else 1)
        if chance < MENTIONS + NEAR_MISSES:
            keyword = self.random.choice(self.keywords)
            is_mention = chance < MENTIONS
            fragment = self.random.choice(keyword.mentions if is_mention else keyword.near_misses)
            planted = keyword.name if is_mention else ""
            if self.random.random() < 0.2 and "<" not in fragment:
                title = f"{title}: {fragment}"
            else:
                markup = markup.replace("</p>", f" {fragment} {self._text()}.</p>", 1)
        published = NEWEST - timedelta(seconds=self.random.randrange(60 * 86_400))
        url = f"https://www.site{feed:04}.example/{published:%Y/%m}/{'-'.join(self._words(3))}-{number:06}/"
        guid = url if feed % 3 else f"https://www.site{feed:04}.example/?p={number}"
        return Entry(number, number, planted, title, markup, self._author(), published, _ascii(url), _ascii(guid))

    def _copy(self, source: Entry, number: int, feed: int) -> Entry:
        """The same text on another feed: under the original's address with tracking, or under an address of its own."""
        tracking = f"utm_source=site{feed:04}&utm_medium=rss&utm_campaign={self.random.randrange(1000)}"
        if self.random.random() < 0.5:
            url = f"{source.url.replace('//www.', '//').rstrip('/')}?{tracking}"
        else:
            url = f"https://site{feed:04}.example/read/{number:06}?{tracking}"
        later = source.published + timedelta(minutes=self.random.randrange(1, 600))
        guid = f"urn:site{feed:04}:{number}"
        return source._replace(number=number, url=url, guid=guid, published=min(later, NEWEST))

    def _words(self, count: int) -> list[str]:
        return self.random.choices(WORDS, k=count)

    def _text(self) -> str:
        return " ".join(self._words(self.random.randint(4, 9))).capitalize()

    def _author(self) -> str:
        return " ".join(word.capitalize() for word in self._words(2))

    def _sentence(self) -> str:
        words = self._words(self.random.randint(7, 16))
        if self.random.random() < 0.25:
            place = self.random.randrange(len(words))
            words[place] = self.random.choice(SPRINKLES) + words[place]
        if self.random.random() < 0.15:
            words[-1] = f'<a href="https://example.org/{words[0]}?a=1&amp;b=2">{words[-1]}</a>'
        return " ".join(words).capitalize() + "."

    def _markup(self) -> str:
        """Some 1.2 kB of what editors write: paragraphs, a picture, a list."""
        paragraphs = [
            f"<p>{' '.join(self._sentence() for _ in range(self.random.randint(2, 5)))}</p>"
            for _ in range(max(1, round(self.random.lognormvariate(1.1, 0.5))))
        ]
        if self.random.random() < 0.4:
            paragraphs.insert(1, f'<p><img src="/img/{self.random.randrange(9999)}.jpg" alt="" width="640" /></p>')
        if self.random.random() < 0.2:
            paragraphs.append(f"<ul>{''.join(f'<li>{self._text()}</li>' for _ in range(3))}</ul>")
        return "\n".join(paragraphs)


def _ascii(address: str) -> str:
    return unicodedata.normalize("NFKD", address).encode("ascii", "ignore").decode()


def write_config(folder: Path, port: int, feeds: int) -> None:
    """`config.yaml` and `urls.txt` for a web that is served at `port`."""
    urls = [f"http://{serve_web.address(feed)}:{port}/feed.xml" for feed in range(feeds)]
    (folder / "urls.txt").write_text("\n".join(urls) + "\n", encoding="utf-8")
    settings = {
        "fetch": {"per_host_pause": "0s"},
        "history": {"first_scan": "3650d", "keep_unmatched": "3650d"},
        "database": "webwatch.db",
    }
    lists: dict[str, Sequence[object]] = {"keywords": [keyword.setting for keyword in keywords()], "sources": urls}
    lines = [f"{name}: {json.dumps(value)}" for name, value in settings.items()]
    for name, values in lists.items():
        lines += [f"{name}:", *(f"  - {json.dumps(value, ensure_ascii=False)}" for value in values)]
    (folder / "config.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def make(folder: Path, feeds: int, seed: int, port: int) -> dict[str, int]:
    """Write everything into `folder`; returns the counts, which also stand in truth.json."""
    (folder / "feeds").mkdir(parents=True, exist_ok=True)
    groups: dict[int, Group] = {}
    size = count = mentions = copies = 0
    for feed, entries in enumerate(Web(seed, feeds).feeds()):
        body, whole = written(feed, entries)
        (folder / "feeds" / f"{feed:04}.{kind(feed)}").write_bytes(body)
        size, count = size + len(body), count + len(entries)
        for place, entry in enumerate(entries):
            copies += entry.group != entry.number
            if entry.keyword:
                mentions += 1
                group = groups.setdefault(entry.group, {"keyword": entry.keyword, "whole": [], "cut_off": []})
                (group["whole"] if place < whole else group["cut_off"]).append(entry.number)
    counts = {"feeds": feeds, "entries": count, "bytes": size, "copies": copies, "mentioning": mentions}
    truth = {"seed": seed, "counts": counts | {"mentions": len(groups)}, "groups": groups}
    write_config(folder, port, feeds)
    (folder / "truth.json").write_text(json.dumps(truth, indent=1) + "\n", encoding="utf-8")
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the web that the benchmarks scan.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--feeds", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--serve", action="store_true", help="serve it afterwards; what is there already is not remade")
    parser.add_argument("--latency", type=serve_web.latency, default=(0.0, 0.0), metavar="MS-MS")
    options = parser.parse_args()
    if not (options.serve and (options.folder / "truth.json").exists()):
        print(json.dumps(make(options.folder, options.feeds, options.seed, options.port)), flush=True)
    if options.serve:
        serve_web.run(options.folder, options.port, options.latency)


if __name__ == "__main__":
    main()
