"""What words give away."""

from zlib import crc32

import pytest

from webwatch import cues, registry


def test_the_edition_changes_when_a_phrase_does():
    """Beliefs are kept by edition: write the new number here and in `cues.EDITION` after a change."""
    held = crc32(repr([registry.load("webwatch.cues", code) for code in registry.names("webwatch.cues")]).encode())
    assert f"{held:08x}" == cues.EDITION


@pytest.mark.parametrize(
    "said", ["Bedankt!", "Top, dank je wel :)", "Thanks, works now!", "thx", "Hartelijk dank allemaal"]
)
def test_a_mere_thanks_ends_a_talk(said):
    assert cues.is_mere_thanks(said)


@pytest.mark.parametrize(
    "said",
    [
        *("", "bedankt voor niks", "Thanks but still nothing", "Bedankt, maar wanneer komt het?"),
        "Bedankt " + "en nog een heel verhaal over van alles en nog wat dat gebeurde " * 2,
    ],
)
def test_what_says_thanks_and_more_does_not(said):
    assert not cues.is_mere_thanks(said)


@pytest.mark.parametrize(
    "said", ["Ik stap naar Radar", "See you in court", "dan ga ik naar de politie", "refund or I sue"]
)
def test_who_goes_elsewhere_says_so(said):
    assert cues.escalations(said)


@pytest.mark.parametrize(
    "said", ["radarcontrole op de A2", "Ik stond aan de kassa", "press the button", "under the radar"]
)
def test_what_only_looks_like_it_is_no_threat(said):
    assert cues.escalations(said) == ()


@pytest.mark.parametrize("said", ["U zou me toch nog bellen?", "any news?", "Hoe staat het ermee?", "still waiting"])
def test_who_asks_again_is_heard(said):
    assert cues.is_reminder(said)


def test_a_language_without_a_file_is_read_with_all():
    assert cues.escalations("Ich gehe zu Radar", "de")
