"""Foreign text: cleaned, stripped of markup, folded, and cut."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from webwatch import text

# What real feeds mix: letters with marks, typography, invisible characters, markup, defanged addresses.
ODD = st.text(
    st.one_of(
        st.sampled_from(
            "aB z\n\t\r<>&;\"'=/!-[].()#x0*ßéŁİıﬁĳΣςй…’“–™²\u0301\u00ad\u200b\u200f\u202e\ufeff\u00a0\u2028\x00\x1b"
        ),
        st.characters(),
    ),
    max_size=60,
)
FAST = settings(max_examples=150, deadline=None)


# --------------------------------------------------------------------------------------------------- replacement


@FAST
@given(st.one_of(ODD, st.text(st.characters(min_codepoint=0x80), min_size=45, max_size=120)), st.booleans())
@example("".join(map(chr, range(0x400, 0x500))), False)
def test_characters_are_replaced_as_one_by_one_be_they_few_or_many(foreign, keep_case):
    table = text._FOLDED_KEEPING_CASE if keep_case else text._FOLDED
    one_by_one = "".join(char if char.isascii() else table[ord(char)] for char in foreign)
    found = text.replaced(foreign, table)
    if not keep_case:  # whether ASCII is lowered here too is not promised
        found, one_by_one = found.lower(), one_by_one.lower()
    assert found == one_by_one


# ------------------------------------------------------------------------------------------------------ cleaning


@pytest.mark.parametrize(
    ("foreign", "plain"),
    [
        ("  een  twee \t drie ", "een twee drie"),
        ("een\r\ntwee\rdrie\u2028vier", "een\ntwee\ndrie\nvier"),
        ("een \n \n\n\n twee", "een\n\ntwee"),
        ("prijs:\u00a0€\u202f5", "prijs: € 5"),
        ("\ufeffzacht\u00adjes a\u200bb \u202egnol\u202c", "zachtjes ab gnol"),
        ("\x1b[31mrood\x1b[0m\x00\x07", "[31mrood[0m"),
        ("a  \u00a0 b\n\u00a0\n \u2003\n\t\nc", "a b\n\nc"),
        (" " * 1_000 + "a" + " " * 1_001 + "b" + " \n" * 1_002 + "c" + "\n" * 1_003, "a b\n\nc"),
        ("\u200b\n \u00ad", ""),
        ("".join(map(chr, range(0xE000, 0xE100))) + "a", "a"),
        ("los \ud800 stuk \ue000\U000e0041", "los stuk"),
        ("blijft: é ß 寿司 😀 हिन्दी", "blijft: é ß 寿司 😀 हिन्दी"),
    ],
)
def test_clean_keeps_what_can_be_seen(foreign, plain):
    assert text.clean(foreign) == plain


def test_a_line_is_one_line():
    assert text.line(" Een titel\nover\r\n\r\ntwee regels ") == "Een titel over twee regels"


@pytest.mark.parametrize("piece", [" ", "\n", " \n", "\u00a0", "\r\n", "\x00", "a  ", "寿a", "\ud800"])
def test_a_hostile_text_of_a_megabyte_is_cleaned_in_one_go(piece):
    """Not timed: a quadratic cleaning of this would not come back while anyone waits."""
    assert text.clean("<" + piece * (1_000_000 // len(piece)) + ">").startswith("<")


def test_a_text_of_very_many_different_characters_is_cleaned_and_folded_in_one_go():
    every = "".join(map(chr, range(0x20000))) * 3
    assert text.clean(text.clean(every)) == text.clean(every)
    assert len(text.fold(every)) > 100_000


@FAST
@given(ODD)
def test_clean_is_idempotent_and_leaves_only_printable_characters(foreign):
    cleaned = text.clean(foreign)
    assert text.clean(cleaned) == cleaned
    assert cleaned.replace("\n", "").isprintable()
    assert "  " not in cleaned
    assert "\n\n\n" not in cleaned
    assert cleaned == cleaned.strip()
    assert "\n" not in text.line(foreign)


# ---------------------------------------------------------------------------------------------------------- HTML


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("gewone tekst\nop twee regels", "gewone tekst\nop twee regels"),
        ("<p>Een</p><p>twee<br/>drie<BR>vier</p>", "Een\n\ntwee\ndrie\nvier"),
        ("<p>regel\neinde is\tspatie</p>", "regel einde is spatie"),
        ("<ul><li>een</li><li>twee</li></ul>", "- een\n- twee"),
        ("<ul><li>een<li>twee</ul>", "- een\n- twee"),
        (
            "<p>x</p><ul>\n<li>\n<p>een</p>\n<p>twee</p>\n</li>\n<li><div>drie</div></ul>",
            "x\n\n- een\n\ntwee\n\n- drie",
        ),
        ("<ul><li></li><li> <br> </li><li><ul><li>diep</li></ul></li></ul>na", "- diep\n\nna"),
        ("a\fb<br>c\x1cd", "a b\ncd"),
        ("een <b>vet</b><i>schuin</i> w<wbr>oord", "een vetschuin woord"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("a<div>b</div>\n<div>c</div>d<br><br>e", "a\nb\nc\nd\n\ne"),
        ("M&amp;S &lt;b&gt; R&D AT&T &eacute;&#233;n&nbsp;&#x20AC;5", "M&S <b> R&D AT&T één €5"),
        ("R&amp;amp;D", "R&amp;D"),
        (
            "&notit; &notin; &amp;lt; &#38;amp; &#x26;lt; &copy2024 &unknown; &#; &",
            "¬it; ∉ &lt; &amp; &lt; ©2024 &unknown; &#; &",
        ),
        ("5&nbsp;&#160;&#xA0; euro&#13;\nen&#8203;", "5 euro\nen"),
        ("3 < 4 en 5 > 2, <3 </3 <- <<", "3 < 4 en 5 > 2, <3 </3 <- <<"),
        (
            "Jan <jan@example.nl> schrijft <https://example.nl/a>",
            "Jan <jan@example.nl> schrijft <https://example.nl/a>",
        ),
        ("<img alt=\"a > b\" title='c > d'>na", "na"),
        ("<a title=it's href=x>Foo's</a> bar", "Foo's bar"),
        ('<a href="x" tall">tekst</a> en <a href="y">meer</a>', "tekst en meer"),
        ("a<script>if (a<b) { '</p>' }</script>b<STYLE type=x>p{}</style >c", "abc"),
        ("a<noscript><img src=x>b</noscript><template><p>c</p></template>d", "ad"),
        ("a<script src=x/>b", "ab"),
        ("a<Script>1</sCRIPT ><scripts>b</scripts><TEMPLATE x>2</template><s>c</s><style>3</script>", "abc"),
        ("a<!-- <p>weg</p> -->b<!-->c<!doctype html><?xml version='1'?>d<![CDATA[weg]]>e", "abcde"),
        ('afgekapt <a href="http://example.nl/lang', "afgekapt"),
        ("afgekapt <!-- nooit", "afgekapt"),
        ("<o:p>Word</o:p> <custom-tag a=1>x</custom-tag>", "Word x"),
        ("&#0;&#xD800;&#99999999;nul", "\ufffd\ufffd\ufffdnul"),
    ],
)
def test_html_becomes_the_text_that_a_reader_sees(markup, plain):
    assert text.from_html(markup) == plain


def test_a_reference_of_thousands_of_digits_is_one_odd_character():
    assert text.from_html(f"a&#{'9' * 10_000};b") == "a\ufffdb"


@FAST
@given(
    st.one_of(
        ODD,
        st.lists(st.sampled_from(["<", ">", '="', "='", "<a ", "<!--", "-->", "<script>", "</script>", "&#", "x"])).map(
            "".join
        ),
    )
)
def test_from_html_raises_nothing_and_its_result_is_clean(markup):
    plain = text.from_html(markup)
    assert text.clean(plain) == plain


@pytest.mark.parametrize(
    "piece",
    ["<", '<a x="', "<!--", "<script ", "<script>", '<a ">" ', '<a \'" ="', "<!a", "&", "&#9", "<![CDATA[", "<a=="],
)
def test_hostile_markup_of_a_megabyte_is_read_in_one_go(piece):
    """Not timed: a quadratic reading of this would not come back while anyone waits."""
    text.from_html(piece * (1_000_000 // len(piece)))


# ------------------------------------------------------------------------------------------------------- folding


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("De VRIËS", "de vries"),
        ("Cafe\u0301 Zoë", "cafe zoe"),
        ("Straße ﬁets ĳs İstanbul ısı", "strasse fiets ijs istanbul isi"),
        ("Łódź Ærø cœur þorn đak", "lodz aero coeur thorn dak"),
        ("Άνθρωπος Йогурт", "ανθρωποσ иогурт"),
        ("zacht\u00adjes a\u200bb\ufeff", "zachtjes ab"),
        ("O’Neill ‘x’ “y” a–b", "o'neill 'x' \"y\" a-b"),
        ("ＡＢＣ１ ｶ\u3000b", "abc1 カ b"),
        ("Vries™ Vries®", "vries™ vries®"),
        ("bakkerij[.]nl bakkerij(.)nl [.] a(.)", "bakkerij.nl bakkerij.nl [.] a(.)"),
        ("zie bakkerij(.)nl", "zie bakkerij.nl"),
        ("❤\ufe0f", "❤"),
        ("हिन्दी", "हिन्दी"),
    ],
)
def test_fold_makes_equal_what_readers_take_for_the_same(written, folded):
    assert text.fold(written) == folded


def test_fold_can_keep_capitals():
    assert text.fold("Dé VRIËS Łódź Straße", keep_case=True) == "De VRIES Lodz Strasse"


def test_fold_is_idempotent_for_every_character_that_unicode_decomposes():
    codes = (*range(0x3400), *range(0xA640, 0xABC0), *range(0xF900, 0x10000), *range(0x1D400, 0x1F200))
    unstable = [hex(code) for code in codes if text.fold(folded := text.fold(f"a{chr(code)}")) != folded]
    assert unstable == []


@FAST
@given(ODD, st.booleans())
@example("a[.]b(.)c", False)
def test_fold_map_says_where_each_folded_character_came_from(written, keep_case):
    folded, origins = text.fold_map(written, keep_case=keep_case)
    assert folded == text.fold(written, keep_case=keep_case)
    assert text.fold(folded, keep_case=keep_case) == folded
    if origins is None:
        assert len(folded) == len(written)
    else:
        assert len(origins) == len(folded) + 1
        assert list(origins) == sorted(origins)
        assert origins[-1] == len(written)


def test_the_map_leads_back_to_the_characters_as_written():
    written = "in Straße\u00adn bij x[.]nl."
    folded, origins = text.fold_map(written)
    start = folded.index("strassen")
    assert written[origins[start] : origins[start + len("strassen")]] == "Straße\u00adn"
    start = folded.index("x.nl")
    assert written[origins[start] : origins[start + len("x.nl")]] == "x[.]nl"


def test_where_nothing_moves_there_is_no_map():
    assert text.fold_map("één…")[1] == [0, 1, 2, 3, 3, 3, 4]
    assert text.fold_map("ß\u00ad")[1] == [0, 0, 2]
    assert text.fold_map("Gewoon ASCII\nen meer") == ("gewoon ascii\nen meer", None)
    assert text.fold_map("éé’n") == ("ee'n", None)


# ---------------------------------------------------------------------------------------------------- shortening


def test_a_text_that_fits_is_not_cut():
    assert text.shorten("kort genoeg", 11) == "kort genoeg"
    assert text.excerpt("twee\nregels", width=20) == "twee regels"


def test_a_text_is_cut_at_the_end_of_a_word():
    assert text.shorten("een zin die te lang is", 14) == "een zin die…"
    assert text.shorten("onafgebrokenwoord", 8) == "onafgeb…"


def test_an_excerpt_shows_the_place_with_whole_words_around_it():
    long = "begin " * 40 + "Bakkerij\nDe Vries" + " einde" * 40
    start = long.index("Bakkerij")
    shown = text.excerpt(long, start, start + len("Bakkerij De Vries"), width=60)
    assert "Bakkerij De Vries" in shown
    assert shown.startswith("…begin ")
    assert shown.endswith(" einde…")
    assert len(shown) <= 60


@FAST
@given(ODD.map(text.clean), st.integers(0, 60), st.integers(0, 60), st.integers(0, 50))
def test_a_cut_is_never_wider_than_asked_and_on_one_line(plain, start, length, width):
    start = min(start, len(plain))
    shown = text.excerpt(plain, start, min(start + length, len(plain)), width)
    assert len(shown) <= width
    assert "\n" not in shown
    assert len(text.shorten(plain, width)) <= width
