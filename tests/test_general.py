"""The general reader: what it takes for posts, and what it leaves alone."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webwatch import sites
from webwatch.errors import FailureClass, ParseError
from webwatch.model import Context, Page, Parsed, Source
from webwatch.parse import forum
from webwatch.parse._document import Document
from webwatch.parse.forum import general, outline

ADDRESS = "https://www.wijkpraat.example.nl/draadje/12/onze-bakker"
NAMES = ("Marijke", "Henk W.", "Bakkerij De Korenaar")
TEXTS = (
    "Het brood van De Korenaar is de laatste weken erg klein.",
    "Bij mij is het gewoon goed, ik kom er elke zaterdag.",
    "Beste Marijke, dat spijt ons. Wij wegen het voortaan na.",
)


def context(url: str = ADDRESS) -> Context:
    source = Source(name="wijkpraat", url=url, kind="forum")
    return Context(source=source, now=datetime(2026, 11, 22, 9, 0, tzinfo=UTC), zone=ZoneInfo("Europe/Amsterdam"))


def read(body: str, url: str = ADDRESS) -> Parsed:
    return forum.parse(Page(url=url, body=body.encode()), context(url))


def post(number: int, name: str, date: str, said: str) -> str:
    return (
        f'<div class="bericht" id="bericht-{number}"><div class="kop"><a class="auteur" href="/lid/{number}">{name}</a>'
        f' <span class="datum">{date}</span></div><div class="tekst">{said}</div></div>'
    )


def thread(*written: str, foot: str = "", texts: tuple[str, ...] = TEXTS) -> Parsed:
    """A page of posts with these dates."""
    posts = "".join(
        post(701 + index, NAMES[index % 3], date, texts[index % len(texts)]) for index, date in enumerate(written)
    )
    return read(f'<html lang="nl"><body><h1>Onze bakker</h1><div id="draad">{posts}</div><p>{foot}</p></body></html>')


def test_the_posts_of_an_unknown_program_are_found():
    parsed = thread("3 november 2014 09:12", "3 november 2014 11:40", "4 november 2014 08:05")

    assert parsed.engine == ""
    assert [entry.author for entry in parsed.entries] == list(NAMES)
    assert [entry.text for entry in parsed.entries] == list(TEXTS)
    assert [entry.url for entry in parsed.entries] == [f"{ADDRESS}#bericht-{number}" for number in (701, 702, 703)]
    assert parsed.entries[0].published == datetime(2014, 11, 3, 8, 12, tzinfo=UTC)
    assert parsed.entries[0].author_url == "https://www.wijkpraat.example.nl/lid/701"
    assert parsed.title == "Onze bakker"


def test_lines_that_begin_with_a_bracket_are_a_quote():
    said = "&gt; Het brood is klein.<br>&gt; Erg klein.<br>Dat vind ik ook."
    parsed = thread(
        "3 november 2014 09:12", "3 november 2014 11:40", "4 november 2014 08:05", texts=(TEXTS[0], said, TEXTS[2])
    )

    assert parsed.entries[1].text == "Dat vind ik ook."
    assert [quote.text for quote in parsed.entries[1].quotes] == ["Het brood is klein.\nErg klein."]


def test_a_prompt_in_code_is_no_quote():
    said = "Zo deed ik het:<pre>&gt; bestel brood</pre>en het werkte."
    parsed = thread(
        "3 november 2014 09:12", "3 november 2014 11:40", "4 november 2014 08:05", texts=(TEXTS[0], said, TEXTS[2])
    )

    assert "bestel brood" in parsed.entries[1].text
    assert parsed.entries[1].quotes == ()


def test_a_page_without_dates_has_no_posts():
    with pytest.raises(ParseError) as caught:
        thread("", "", "")

    assert caught.value.failure == FailureClass.BAD_RESPONSE
    assert "no posts were found" in str(caught.value)


@pytest.mark.parametrize("written", ["Mei", "24 uur", "Jan", "13:37", "Bericht #4512", "12 reacties"])
def test_words_of_an_interface_are_no_dates(written: str):
    with pytest.raises(ParseError):
        thread(written, written, written)


def test_words_of_an_interface_beside_real_dates_change_nothing():
    texts = ("Open: 24 uur per dag, Mei tot en met Jan, om 13:37.", *TEXTS[1:])
    parsed = thread("3 november 2014 09:12", "3 november 2014 11:40", "4 november 2014 08:05", texts=texts)

    assert next(entry.published_raw for entry in parsed.entries) == "3 november 2014 09:12"
    assert parsed.entries[0].text == texts[0]


def test_what_stands_beside_a_name_is_not_in_it():
    head = '<b class="author">{} <span class="role">Beheerder</span></b> <span class="date">{}</span>'
    posts = "".join(
        f'<div class="post" id="post-{90 + index}">{head.format(name, f"{index + 3} november 2014 09:12")}'
        f'<div class="body">{said}</div></div>'
        for index, (name, said) in enumerate(zip(("Jan van Dam", "Petra de Wit", "Kees"), TEXTS, strict=True))
    )

    names = [entry.author for entry in read(f"<body><h1>Onze bakker</h1>{posts}</body>").entries]
    assert names == ["Jan van Dam", "Petra de Wit", "Kees"]


def test_news_that_leads_elsewhere_is_not_taken_for_posts():
    news = "".join(
        f'<div class="item"><h3><a href="/nieuws/{number}/bakkers">Bakkers in het nieuws {number}</a></h3>'
        f'<span class="datum">{number} november 2014 09:12</span><p>{TEXTS[number % 3]}</p></div>'
        for number in range(1, 8)
    )
    with pytest.raises(ParseError):
        read(f"<body><h1>Nieuws</h1>{news}</body>", "https://www.wijkpraat.example.nl/nieuws")


def test_short_news_with_words_in_bold_is_not_taken_for_posts():
    news = "".join(
        f'<li id="kort-post-{number}" class="post"><time data-time="{1415000000 - number * 900}">{number} min</time>'
        f"<p><b>over de opleiding van een bakker</b> werd gisteren in de raad gesproken, zegt {number}.</p></li>"
        for number in range(1, 30)
    )
    with pytest.raises(ParseError):
        read(f"<body><h1>Nieuws</h1><ul>{news}</ul></body>", "https://www.wijkpraat.example.nl/")


def test_the_rows_of_a_page_are_made_once_for_all_readers():
    document = Document(Page(url=ADDRESS, body=b"<body><p>een</p></body>"))

    assert outline.of(document) is outline.of(document)
    assert outline.of(document) is not outline.of(Document(Page(url=ADDRESS, body=b"<body><p>een</p></body>")))


PIECES = ("<div class='post' id='p12'>", "</div>", "<time datetime='2014-11-03'>", "</time>", "<b>", "</b>", "<td>")
WORDS = ("3 november 2014 09:12", "Jan", "schreef:", "&gt; brood", "<a href='/lid/1'>Jan</a>", "<li>", "#1", "\x00")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES + WORDS), max_size=60).map(" ".join))
def test_whatever_a_page_holds_only_a_parse_error_is_raised(markup: str):
    reading = general.read(Document(Page(url=ADDRESS, body=markup.encode())), context())

    assert all(one.body or one.quotes for one in reading.posts)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://forum.bakkers.nl/draadje/1", "bakkers.nl"),
        ("https://WWW.Bakkers.co.uk./a", "bakkers.co.uk"),
        ("https://user.github.io/forum", "user.github.io"),
        ("https://a.b.blogspot.com/", "b.blogspot.com"),
        ("http://127.0.0.1:8080/forum", "127.0.0.1:8080"),
        ("http://localhost:8000/", "localhost:8000"),
        ("http://localhost/", "localhost"),
        ("https://co.uk/", "co.uk"),
        ("https://bäckerei.de/", "bäckerei.de"),
        ("mailto:jan@bakkers.nl", ""),
        ("", ""),
        ("http://[::1/", ""),
    ],
)
def test_an_address_belongs_to_its_registrable_domain(address: str, expected: str):
    assert sites.site(address) == expected


def test_two_addresses_of_one_site_belong_together_and_those_of_two_do_not():
    assert sites.site("https://forum.bakkers.nl/a") == sites.site("http://www.bakkers.nl:443/b")
    assert sites.site("https://een.github.io/") != sites.site("https://twee.github.io/")
