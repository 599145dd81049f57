"""The owner's own CSS selectors: `select:` in a source's config."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from webwatch.errors import FailureClass, ParseError
from webwatch.model import Context, Entry, Page, Select, Source
from webwatch.parse import forum

ADDRESS = "https://gastenboek.example.nl/boek"
# A guest book of paragraphs that no reader could tell from other text: nothing is called a post or an author.
BODY = """<html lang="nl"><head><title>Gastenboek</title></head><body><h1>Gastenboek</h1>
<section class="rij" id="r41"><p class="x1">Marijke <i>uit Zutphen</i></p>
<p class="x2" title="2014-11-03 09:12">gisteren</p>
<p class="x3">Heerlijk <b>brood</b>!<br>Tot morgen.</p><p class="x4"><a href="/boek/41">#</a></p></section>
<section class="rij" id="r42"><p class="x1"><a href="/wie/henk">Henk</a></p><p class="x2">4 november 2014 10:30</p>
<p class="x3"><blockquote><cite>Marijke schreef:</cite>Heerlijk brood!</blockquote></p>
<p class="x4"><a href="/boek/42">#</a></p></section>
<section class="rij leeg" id="r43"><p class="x1">Niemand</p></section>
</body></html>"""
ALL = Select(post="section.rij", text=".x3", author=".x1", date=".x2", link=".x4")


def read(select: Select, body: str = BODY) -> tuple[Entry, ...]:
    source = Source(name="gastenboek", url=ADDRESS, kind="forum", select=select)
    context = Context(source=source, now=datetime(2026, 11, 22, 9, 0, tzinfo=UTC), zone=ZoneInfo("Europe/Amsterdam"))
    return forum.parse(Page(url=ADDRESS, body=body.encode()), context).entries


def test_post_says_which_elements_are_posts():
    assert len(read(ALL)) == 3
    assert len(read(ALL._replace(post="section.rij:not(.leeg)"))) == 2


def test_author_says_who_wrote_it_and_where_that_leads():
    first, second, _ = read(ALL)

    assert (first.author, first.author_url) == ("Marijke uit Zutphen", "")
    assert (second.author, second.author_url) == ("Henk", "https://gastenboek.example.nl/wie/henk")


def test_date_is_read_from_what_is_for_machines_else_from_the_text():
    first, second, third = read(ALL)

    assert first.published == datetime(2014, 11, 3, 8, 12, tzinfo=UTC)
    assert second.published == datetime(2014, 11, 4, 9, 30, tzinfo=UTC)
    assert (third.published, third.published_raw) == (None, "")


def test_link_is_the_address_of_the_post():
    assert [entry.url for entry in read(ALL)][:2] == [f"{ADDRESS}/41", f"{ADDRESS}/42"]


def test_link_may_be_the_id_of_an_element():
    body = BODY.replace('class="x4"', 'class="x4" id="n7"').replace('<a href="/boek/41">#</a>', "#")

    assert read(ALL, body)[0].url == f"{ADDRESS}#n7"


def test_text_is_what_is_said_with_quotes_apart():
    body = BODY.replace('<p class="x3"><blockquote>', '<div class="x3">Zeker!<blockquote>').replace(
        "</blockquote></p>", "</blockquote></div>"
    )
    first, second, _ = read(ALL, body)

    assert first.text == "Heerlijk brood!\nTot morgen."
    assert (second.text, second.quotes[0].author, second.quotes[0].text) == ("Zeker!", "Marijke", "Heerlijk brood!")


def test_what_is_not_said_is_looked_for_in_each_post():
    body = BODY.replace('class="x1"', 'class="auteur"')
    first, second, _ = read(Select(post="section.rij"), body)

    assert (first.author, second.author) == ("Marijke uit Zutphen", "Henk")
    assert (first.published_raw, second.published_raw) == ("2014-11-03 09:12", "4 november 2014 10:30")
    assert first.text == "Heerlijk brood!\nTot morgen."


@pytest.mark.parametrize("part", ["post", "text", "author", "date", "link"])
@pytest.mark.parametrize("css", ["div[", "p:nth-child(", "..x", "a >", "::"])
def test_a_selector_that_cannot_be_read_is_named_with_its_part(part: str, css: str):
    with pytest.raises(ParseError) as caught:
        read(ALL._replace(**{part: css}))

    assert caught.value.failure == FailureClass.BAD_RESPONSE
    assert repr(css) in str(caught.value)
    assert f"{part}:" in str(caught.value)


def test_where_the_selectors_find_nothing_the_page_is_read_without_them():
    with pytest.raises(ParseError, match="no posts were found"):
        read(ALL._replace(post=".is-er-niet"))


def test_posts_within_posts_are_cut_out_of_them():
    body = """<body><div class="b"><i>Jan</i><u>3 november 2014</u><p>buiten</p>
    <div class="b"><i>Piet</i><u>4 november 2014</u><p>binnen</p></div></div></body>"""
    first, second = read(Select(post="div.b", author="i", date="u"), body)

    assert (first.text, second.text) == ("buiten", "binnen")


def test_json_has_no_elements_to_select():
    with pytest.raises(ParseError):
        read(ALL, '{"posts": []}')
