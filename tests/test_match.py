"""Matching: whole words in any script, the word lists, what explains them, and one pass for all keywords."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webwatch import text
from webwatch.match import compile_keywords, lint, scan
from webwatch.model import Entry, Keyword, Match, Near


def entry(body="", **fields):
    return Entry(url=fields.pop("url", "https://forum.example/t/1"), text=body, **fields)


def found(keyword, where):
    """The pieces of the entry that a keyword (or a term) stands on."""
    keyword = Keyword(name="k", any=(keyword,)) if isinstance(keyword, str) else keyword
    where = entry(where) if isinstance(where, str) else where
    return [getattr(where, match.field)[match.start : match.end] for match in compile_keywords([keyword]).find(where)]


def reason(keyword, where):
    (explanation,) = compile_keywords([keyword]).explain(where)
    return explanation.reason


# --------------------------------------------------------------------------------------------------------- terms


@pytest.mark.parametrize(
    ("term", "body", "pieces"),
    [
        ("pagan", "propaganda, paganist; Pagan!", ["Pagan"]),
        ("De Vries", "bij DE VRIES, dé Vriës's en De Vries' taart", ["DE VRIES", "dé Vriës", "De Vries"]),
        (
            "De Vries",
            "De\nVries De  Vries De\u00a0Vries De\u2003\nVries",
            ["De\nVries", "De  Vries", "De\u00a0Vries", "De\u2003\nVries"],
        ),
        ("De Vries", "De, Vries; DeVries; De Vriesland; onde Vries", []),
        ("de vries", "zacht: de\u00ad Vri\u00ades, ze\u200bro", ["de\u00ad Vri\u00ades"]),
        ("Café Zoë", "cafe zoe, cafe\u0301 zoe\u0308", ["cafe zoe", "cafe\u0301 zoe\u0308"]),
        ("Strasse fiets ij Istanbul Lodz", "straße ﬁets ĳ İstanbul Łódź", ["straße ﬁets ĳ İstanbul Łódź"]),
        ("taart*", "taart, taarten. appeltaart taartjeszaak-x", ["taart", "taarten", "taartjeszaak"]),
        ("grote taart* van", "Grote taarten van, grote taart van, grote van", ["Grote taarten van", "grote taart van"]),
        ("*taart b*c", "de *taart B*C, taart b*c", ["*taart B*C"]),
        ("AT&T", "AT&T, at&t's, SAT&T, AT&TX", ["AT&T", "at&t"]),
        ("C++", "C++, c++-code, C++11, XC++", ["C++", "c++"]),
        ("M&S", "bij M&S.", ["M&S"]),
        ("O'Neill", "O’Neill o'neill's", ["O’Neill", "o'neill"]),
        ("Vries", "(Vries) «Vries» vries-land #vries @vries _vries", ["Vries", "Vries", "vries", "vries", "vries"]),
        ("Vries", "Vries™ Vries®", ["Vries", "Vries"]),
        ("vries vries", "xvries vries vries", ["vries vries"]),
    ],
)
def test_a_term_is_found_as_whole_words(term, body, pieces):
    assert found(term, body) == pieces


@pytest.mark.parametrize(
    ("term", "body", "pieces"),
    [
        ("寿司", "美味しい寿司を食べた", ["寿司"]),
        ("Sony", "私はSonyの製品", ["Sony"]),
        ("製品", "Sony製品です", ["製品"]),
        ("キ", "㌔", ["㌔"]),  # one character, folded to two
        ("か", "か\u3099 が か", ["か"]),  # the mark makes it another letter
        ("ขนม", "ร้านขนมปัง", ["ขนม"]),
        ("पानी", "पानी पानीपत ठंडापानी", ["पानी"]),
        ("हिन्द", "हिन्दी", []),  # a vowel sign belongs to the letter before it
        ("한국", "한국 한국어", ["한국"]),
        ("한국*", "한국어", ["한국어"]),
        ("Йогурт", "йогурт ЙОГУРТЫ", ["йогурт"]),
        ("άνθρωπος", "ΑΝΘΡΩΠΟΣ ανθρωπος", ["ΑΝΘΡΩΠΟΣ", "ανθρωπος"]),
    ],
)
def test_words_end_as_their_script_ends_them(term, body, pieces):
    assert found(term, body) == pieces


@pytest.mark.parametrize("term", ["bakkerijdevries.nl", "www.BakkerijDeVries.nl", "https://bakkerijdevries.nl/"])
def test_a_domain_is_found_wherever_it_is_ours(term):
    domain = "bakkerijdevries.nl"
    for body in (
        domain,
        f"op {domain}.",
        f"http://www.{domain}/a",
        f"info@{domain}, x",
        f"shop.{domain}:80",
        f"({domain})",
    ):
        assert found(term, body) == [domain]
    assert found(term, "zie bakkerijdevries[.]nl of BakkerijDeVries(.)nl") == [
        "bakkerijdevries[.]nl",
        "BakkerijDeVries(.)nl",
    ]
    for body in (f"mijn-{domain}", f"mijn{domain}", f"{domain}.evil.com", f"{domain}-a.com", f"{domain}x"):
        assert found(term, body) == []


def test_handles_and_tags_need_their_sign_and_plain_words_do_not():
    assert found("@devries", "@DeVries (@devries) x@devries.nl devries @devriesje @devries.nl") == [
        "@DeVries",
        "@devries",
    ]
    assert found("#devries", "#DeVries #devries! a#devries devries") == ["#DeVries", "#devries"]
    assert found("devries", "@devries #devries") == ["devries", "devries"]


def test_case_counts_on_request_and_accents_still_do_not():
    on = Keyword(name="k", any=("On",), match_case=True)
    assert found(on, "on On ÓN Ón") == ["On", "Ón"]
    assert found(Keyword(name="k", any=("ÉÉN",), match_case=True), "een EEN Één") == ["EEN"]
    assert reason(on, entry("on")) == "'On' is missing in exactly this case (any)"


# ------------------------------------------------------------------------------------------------------ keywords


def test_lists_all_count():
    keyword = Keyword(name="k", any=("De Vries taart", "taarten van De Vries"), all=("taart*",), none=("vacature",))
    assert found(keyword, "Een De Vries taart!") == ["De Vries taart", "taart"]
    assert found(keyword, "taarten van De Vries") == ["taarten", "taarten van De Vries"]
    assert found(keyword, "De Vries taart, vacature") == []
    assert found(keyword, "De Vries") == []


def test_a_keyword_without_lists_is_looked_for_by_its_name():
    assert found(Keyword(name="De Vries"), "bij de vries") == ["de vries"]
    assert found(Keyword(name="De Vries", none=("vacature",)), "bij de vries, vacature") == []


def test_near_counts_the_words_between_in_any_order():
    keyword = Keyword(name="k", near=Near(words=("De Vries", "bakker"), within=2))
    assert found(keyword, "De Vries een twee bakker") == ["De Vries", "bakker"]
    assert found(keyword, "bakker: een — twee De Vries") == ["bakker", "De Vries"]
    assert found(keyword, "De Vries een twee drie bakker") == []
    assert found(keyword, entry("bakker", title="De Vries")) == []
    assert found(keyword, "bakker a b c bakker De Vries a b c De Vries") == ["bakker", "De Vries"]
    three = Keyword(name="k", near=Near(words=("a1", "b1", "c1"), within=2))
    assert found(three, "c1 x a1 b1") == ["c1", "a1", "b1"]
    assert found(three, "c1 x y a1 b1") == []


def test_near_wants_two_places_for_two_words():
    assert found(Keyword(name="k", near=Near(words=("De Vries", "Vries"), within=5)), "De Vries") == []
    assert found(Keyword(name="k", near=Near(words=("taart", "taart"), within=5)), "taart en taart") == [
        "taart",
        "taart",
    ]


def test_characters_are_words_to_near_where_there_are_no_spaces():
    keyword = Keyword(name="k", near=Near(words=("寿司", "屋"), within=2))
    assert found(keyword, "寿司は屋") == ["寿司", "屋"]
    assert found(keyword, "寿司はとても屋") == []


def test_only_the_fields_of_a_keyword_are_read():
    where = Entry(url="https://x.example/taart", title="Taart", text="taart", author="Taart", site="taart.example")
    assert found(Keyword(name="taart"), where) == ["Taart", "taart"]
    assert found(Keyword(name="taart", fields=("author", "url")), where) == ["Taart", "taart"]
    assert found(Keyword(name="k", query="author:taart"), where) == ["Taart"]
    assert found(Keyword(name="k", any=("taart",), all=("brood",)), entry("brood", title="taart")) == ["taart", "brood"]


def test_site_is_the_host_of_the_address_or_the_publisher():
    keyword = Keyword(name="k", query="site:krant.nl taart")
    assert found(keyword, entry("taart", url="https://www.krant.nl/a")) == ["taart", "krant.nl"]
    assert found(keyword, entry("taart", url="https://alerts.example/1", site="krant.nl")) == ["taart", "krant.nl"]
    for url in (
        "https://krant.nl.evil.com/",
        "https://x.nl/krant.nl",
        "https://krant.nl@evil.com/",
        "https://x.nl?krant.nl",
        "",
    ):
        assert found(keyword, entry("taart", url=url)) == []


@pytest.mark.parametrize(
    ("languages", "language", "matches"),
    [((), "de", True), (("nl",), None, True), (("nl",), "", True), (("nl", "en"), "nl-BE", True),
     (("nl",), "NL_nl", True), (("nl-NL",), "nl", True), (("nl",), "de", False)],
)  # fmt: skip
def test_a_language_that_is_known_must_fit(languages, language, matches):
    keyword = Keyword(name="taart", languages=languages)
    assert bool(found(keyword, entry("taart", language=language))) == matches


def test_matches_are_sorted_by_field_and_place_and_twenty_at_most():
    matcher = compile_keywords([Keyword(name="Vries"), Keyword(name="De Vries"), Keyword(name="De Vries taart")])
    assert matcher.find(entry("De Vries taart", title="Vries")) == (
        Match(keyword="Vries", field="title", start=0, end=5),
        Match(keyword="De Vries", field="text", start=0, end=8),
        Match(keyword="De Vries taart", field="text", start=0, end=14),
        Match(keyword="Vries", field="text", start=3, end=8),
    )
    assert len(matcher.find(entry("Vries " * 1_000))) == 20


def test_a_keyword_inside_another_is_found_too():
    matches = compile_keywords([Keyword(name="De Vries"), Keyword(name="Vries")]).find(entry("De Vries"))
    assert [match.keyword for match in matches] == ["De Vries", "Vries"]


def test_nothing_to_look_for_finds_nothing():
    assert compile_keywords([]).find(entry("De Vries")) == ()
    assert found("!!!", "wat!!! !!!") == []
    assert found(Keyword(name="k", any=("taart", "*"), none=("...", "\u200b", "\ue000")), "taart ... *") == ["taart"]
    assert reason(Keyword(name="\ue000"), entry("")) == "'\ue000' is missing (any)"


@pytest.mark.parametrize(
    "piece", ["a ", "taart", "taart ", "de vries ", "x.nl-", "x.nl.", "-x.nl", "de" + " " * 5_000, "é", "寿司"]
)
def test_a_hostile_text_of_a_megabyte_is_read_in_one_go(piece):
    """Not timed: a quadratic reading of this would not come back while anyone waits."""
    keywords = [
        *(Keyword(name=name) for name in ("a a", "taart* bestellen", "taart*", "de vries", "x.nl", "寿司")),
        Keyword(name="near", query='"de vries" NEAR/2 (bakker OR taart*)'),
    ]
    matches = compile_keywords(keywords).find(entry(piece * (1_000_000 // len(piece))))
    assert len(matches) <= 20 * len(keywords)


# -------------------------------------------------------------------------------------------------- explanations


def test_what_does_not_match_says_why_not():
    keyword = Keyword(
        name="k",
        any=("De Vries", "Vries BV"),
        all=("taart",),
        none=("vacature",),
        near=Near(words=("De Vries", "bakker"), within=8),
    )
    assert reason(keyword, entry("De Vries, bakker")) == "'taart' is missing (all)"
    assert reason(keyword, entry("De Vries, bakker, taarten")) == "'taart' stands only inside another word (all)"
    assert reason(keyword, entry("De Vries, bakker taart vacature")) == "'vacature' is there (none)"
    assert reason(keyword, entry("taart bakker")) == (
        "none of 'De Vries', 'Vries BV' is there (any) and 'De Vries' is missing (near)"
    )
    far = "De Vries" + " woord" * 12 + " bakker, taart"
    assert reason(keyword, entry(far)) == "'De Vries' and 'bakker' are 12 words apart, more than 8 (near)"
    assert reason(keyword, entry("bakker, taart", title="De Vries")) == (
        "'De Vries' and 'bakker' are not together in one field (near)"
    )
    assert reason(Keyword(name="taart", languages=("nl",)), entry("taart", language="de")) == "language is de"
    assert reason(Keyword(name="k", query="a1 (b1 OR c1) NOT d1"), entry("a1 d1")) == (
        "none of 'b1', 'c1' is there and 'd1' is there (query)"
    )


def test_what_matches_is_explained_by_its_places():
    (explanation,) = compile_keywords([Keyword(name="taart")]).explain(entry("een taart"))
    assert explanation.matched
    assert explanation.reason == ""
    assert explanation.matches == (Match(keyword="taart", field="text", start=4, end=9),)


# ---------------------------------------------------------------------------------------------------- properties

WORDS = st.sampled_from(
    ["de", "Vries", "vríes", "taart", "taarten", "a", "C++", "寿司", "ß", "ss", "x.nl", "@a", "हिन्दी", "ﬁ"]
)
PHRASES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
BODIES = st.lists(
    st.one_of(
        WORDS, st.sampled_from(["", "\n", "-", "s", "\u00ad", "\u0301", "\u00a0", ".", "'"]), st.text(max_size=3)
    ),
    max_size=14,
).flatmap(lambda words: st.sampled_from([" ", "", "  "]).map(lambda gap: gap.join(words)))


@settings(max_examples=300, deadline=None)
@given(PHRASES, st.booleans(), BODIES)
def test_a_match_lies_in_the_text_and_reads_as_the_term(term, match_case, body):
    def comparable(words):
        return " ".join(text.fold(words, keep_case=match_case).split())

    where = entry(body)
    for match in compile_keywords([Keyword(name=term, match_case=match_case)]).find(where):
        assert 0 <= match.start < match.end <= len(body)
        assert comparable(body[match.start : match.end]) == comparable(term)


@settings(max_examples=200, deadline=None)
@given(st.lists(PHRASES, min_size=1, max_size=8, unique=True), BODIES)
def test_one_pass_for_all_finds_what_each_keyword_finds_alone(terms, body):
    where = entry(body)
    together = compile_keywords([Keyword(name=term) for term in terms])
    alone = [match for term in terms for match in compile_keywords([Keyword(name=term)]).find(where)]
    patient = [match for explanation in together.explain(where) for match in explanation.matches]
    assert sorted(together.find(where)) == sorted(alone) == sorted(patient)


# What a keyword meets between and inside words: typography, ligatures, invisible and wide characters, other scripts.
ODD_BODIES = st.lists(
    st.one_of(
        st.sampled_from(["vV", "rR", "iïİ", "eéÉe\u0301", "sßſ", "x.nl", "x[.]nl", "x(.)nl", "ﬁ", "fi", "½", "²", "æ"]),
        st.sampled_from(["ŒO", "寿", "司", "я", "Я", "ς", "Σ", "ğ", "\u212a", "Ａ", "ｶ", "™", "®", "€", "❤\ufe0f"]),
        st.sampled_from(
            ["\u00ad", "\u200b", "\u200d", " ", "\n", "\u00a0", "\u3000", "-", "–", "’", "…", "“", "&", "@"]
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=200, deadline=None)
@given(ODD_BODIES, st.data())
def test_the_pass_over_all_overlooks_nothing_that_the_exact_search_finds(pieces, data):
    first = data.draw(st.integers(0, len(pieces) - 1))
    term = "".join(pieces[first : data.draw(st.integers(first + 1, len(pieces)))])
    matcher = compile_keywords([Keyword(name="k", any=(term,)), Keyword(name="folded", any=(text.fold(term),))])
    for where in (entry("".join(pieces)), entry(" ".join(pieces)), entry(text.fold("".join(pieces)).upper())):
        exact = [match for explanation in matcher.explain(where) for match in explanation.matches]
        assert sorted(matcher.find(where)) == sorted(exact)


def test_the_pass_reads_every_character_as_it_is_folded():
    for code in (*range(0xD800), *range(0xE000, 0x20000), *range(0xE0000, 0xE0200)):
        written = f"a{chr(code)}b"
        assert scan._sketch(written).split() == scan._sketch(text.fold(written)).split(), hex(code)


def test_words_glued_by_what_is_no_letter_are_words_to_the_pass_too():
    for glue in ("–", "—", "’", "“", "…", "€", "•", "™", "寿", "я-", "\ufffd", "🙂", "\u3000", "\x85", "\u200b "):
        assert found("De Vries", f"a{glue}De Vries") == ["De Vries"]


LETTERS = st.text("abc", min_size=1, max_size=3)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.lists(LETTERS, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=12, unique=True),
    st.text("abcABC  ,", max_size=40),
)
def test_the_prefix_tree_finds_exactly_the_terms_that_a_plain_search_finds(terms, body):
    matches = compile_keywords([Keyword(name=term) for term in terms]).find(entry(body))
    plain = {term for term in terms if re.search(rf"\b{term.replace(' ', ' +')}\b", body.lower())}
    assert {match.keyword for match in matches} == plain


# ---------------------------------------------------------------------------------------------------------- lint


@pytest.mark.parametrize(
    ("keyword", "complaint"),
    [
        (Keyword(name="De"), "'De' stands in nearly every text"),
        (Keyword(name="x", any=("x", "De Vries")), "'x' is a single character"),
        (Keyword(name="k", any=("ta*",)), "'ta*' begins very many words"),
        (Keyword(name="!!!"), "'!!!' has no letter or digit"),
        (Keyword(name="*taart"), "'*' may only end a word"),
        (
            Keyword(name="k", any=("De Vries",), all=("taart",), none=("Taart",)),
            "'taart' can never match, since 'Taart'",
        ),
        (
            Keyword(name="k", any=("De Vries taart",), none=("taart*",)),
            "'De Vries taart' can never match, since 'taart*'",
        ),
        (Keyword(name="k", query="bakker NOT (koek OR bakker)"), "'bakker' can never match"),
        (Keyword(name="k", query="bakker or koek"), "'or' is looked for as a word"),
        (Keyword(name="k", query="bakker ("), "the query cannot be read: column 9"),
    ],
)
def test_lint_complains_about_what_matches_nothing_or_everything(keyword, complaint):
    assert any(line.startswith(complaint) or complaint in line for line in lint(keyword))


@pytest.mark.parametrize(
    "keyword",
    [
        Keyword(name="Bakkerij De Vries"),
        Keyword(name="k", any=("De Vries",), all=("de",), none=("Hugo de Vries", "vacature")),
        Keyword(name="k", query='"De Vries" NEAR/8 (bakker OR taart*) NOT vacature'),
        Keyword(name="k", query="title:taart NOT author:taart"),
        Keyword(name="On", any=("On Running",), none=("on",), match_case=True),
        Keyword(name="屋"),
    ],
)
def test_lint_is_silent_about_good_keywords(keyword):
    assert lint(keyword) == ()
