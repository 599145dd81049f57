"""What counts as the same address, and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webwatch.addresses import absolute, canonical, host, server, unwrapped

SAME = [
    ["https://example.nl/nieuws/brood", "http://www.example.nl/nieuws/brood/", "https://m.example.nl/nieuws/brood"],
    ["https://example.nl/a?id=3", "https://example.nl/a?utm_source=rss&id=3&fbclid=x", "https://EXAMPLE.nl:443/a?id=3"],
    ["https://example.nl/a?b=1&c=2", "https://example.nl/a?c=2&b=1"],
    ["https://example.nl/a", "https://example.nl/a/amp/", "https://example.nl/amp/a", "https://amp.example.nl/a"],
    ["https://example.nl", "https://example.nl/", "https://www.example.nl/index.html", "https://example.nl/#top"],
    ["https://example.nl/caf%C3%A9", "https://example.nl/café", "https://example.nl/caf%c3%a9"],
    ["https://example.nl/b/c", "https://example.nl/a/../b/./c", "https://example.nl//b/c"],
    [
        "https://example.nl/viewtopic.php?t=5",
        "https://example.nl/viewtopic.php?t=5&sid=0123456789abcdef0123456789abcdef",
    ],
    ["https://example.nl/x", "https://example.nl/x;jsessionid=ABC123", "https://user:secret@example.nl/x?source=rss"],
    ["https://xn--bcher-kva.example/x", "https://bücher.example/x"],
    ["https://krant.nl/a", "https://www.google.nl/url?rct=j&sa=t&url=https://krant.nl/a&ct=ga&cd=CAI&usg=AOv"],
    ["https://krant.nl/a", "http://www.bing.com/news/apiclick.aspx?ref=FexRss&aid=&url=https%3a%2f%2fkrant.nl%2fa&c=1"],
    ["https://krant.nl/a", "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fkrant.nl%2Fa&data=05"],
    ["https://krant.nl/a", "https://l.facebook.com/l.php?u=https%3A%2F%2Fkrant.nl%2Fa%3Ffbclid%3Dx&h=AT0"],
]

DIFFERENT = [
    ("https://example.nl/viewtopic.php?t=5", "https://example.nl/viewtopic.php?t=6"),
    ("https://example.nl/viewtopic.php?t=5#p777", "https://example.nl/viewtopic.php?t=5#p778"),
    ("https://example.nl/a#comment-1", "https://example.nl/a"),
    ("https://example.nl/?s=taart", "https://example.nl/?s=brood"),
    ("https://example.nl/?s=taarten+uit+de+buurt+2026", "https://example.nl/"),
    ("https://example.nl:8080/a", "https://example.nl/a"),
    ("https://example.nl/A", "https://example.nl/a"),
    ("https://m.nl/a", "https://www.nl/a"),
    ("https://example.nl/lamp", "https://example.nl/l"),
]


@pytest.mark.parametrize("addresses", SAME, ids=lambda addresses: addresses[0])
def test_spellings_of_one_page_have_one_canonical_address(addresses):
    assert {canonical(address) for address in addresses} == {canonical(addresses[0])}


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_addresses_of_different_things_stay_apart(one, other):
    assert canonical(one) != canonical(other)


def test_a_wrapped_link_is_opened_to_its_target_and_another_link_is_left_alone():
    assert unwrapped("https://www.google.com/url?sa=t&url=https://krant.nl/a%3Fb%3D1&ct=ga") == "https://krant.nl/a?b=1"
    assert unwrapped("https://example.nl/url?url=https://krant.nl/") == "https://example.nl/url?url=https://krant.nl/"
    assert unwrapped("https://www.google.com/url?url=javascript:alert(1)").startswith("https://www.google.com")


def test_relative_addresses_become_absolute_and_unusable_ones_become_nothing():
    assert absolute("https://example.nl/a/feed.xml", "../b") == "https://example.nl/b"
    assert absolute("https://example.nl/", " //krant.nl/x \n") == "https://krant.nl/x"
    assert absolute("https://example.nl/", "javascript:alert(1)") == ""
    assert absolute("https://example.nl/", "http://[bad") == ""
    assert absolute("https://example.nl/", "https://x.nl/" + "a" * 3000) == ""
    assert host("http://[bad") == ""


def test_a_server_is_a_host_and_its_port_unless_that_is_a_usual_one():
    assert server("https://Example.nl/a") == server("http://example.nl:80/b") == "example.nl"
    assert server("http://example.nl:8080/") == "example.nl:8080"
    assert server("http://[bad") == server("http://example.nl:x/") == ""


URLISH = st.one_of(
    st.text(max_size=80),
    st.builds(
        "http{}://{}/{}?{}#{}".format,
        st.sampled_from(["", "s"]),
        *[st.text("abAB0.-w%/&=;:[]@?#é~+ m\udc80", max_size=15)] * 4,
    ),
    st.from_regex(
        r"https?://(www\.|m\.|amp\.)?[a-z]{1,4}\.(nl|com)(/[A-Za-z0-9._~%-]{0,6}){0,4}(\?[a-z_]{1,4}=[^#]{0,20})?(#.{0,8})?"
    ),
)


@given(URLISH)
def test_the_canonical_form_is_its_own_canonical_form(address):
    once = canonical(address)
    assert canonical(once) == once


@given(
    st.from_regex(
        r"\Ahttps?://(www\.|m\.|amp\.)?[a-z]{1,4}\.(nl|com)(/[A-Za-z0-9_-]{0,6}){0,4}(\.html)?/?(\?([a-z]{0,3}(=[a-z0-9.-]{0,3})?&){0,3})?\Z"
    )
)
def test_the_short_cut_for_plain_addresses_gives_what_the_long_way_gives(address):
    assert canonical(address) == canonical(address + "#top")


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_address_however_broken_raises(base, address):
    absolute(base, address)
    host(address)
    unwrapped(address)
