"""No heuristic falls below its floor."""

import pytest

from tests.quality import floors
from tests.quality.forum import compare
from tests.quality.measures import MEASURES


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_stays_above_its_floor(name: str):
    assert floors.below(MEASURES[name](), floors.floors()[name]) == []


def test_the_forum_floors_are_no_lower_than_what_is_promised():
    promised = {"found": 0.98, "genuine": 1.0, "author": 0.98, "permalink": 0.97, "date": 0.95, "text": 0.97}

    assert floors.below(floors.floors()["forum"], promised) == []


def test_floors_only_rise():
    assert floors.raised({"found": 0.91239}, {"found": 0.95}) == {"found": 0.95}
    assert floors.raised({"found": 0.98769}, {"found": 0.95}) == {"found": 0.9876}


def test_the_measure_sees_what_is_missed_invented_and_wrong():
    there = [
        {
            "author": "Piet",
            "url": "https://a.example/1",
            "text": "een twee drie vier",
            "published": "2026-11-01T08:00:00Z",
        },
        {"author": "Anna", "url": "https://a.example/2", "text": "vijf zes zeven acht"},
        {"author": "Kees", "url": "https://a.example/3", "text": "negen tien elf twaalf"},
    ]
    found = [
        {"author": "Piet", "url": "https://a.example/9", "text": "een twee drie", "published": None},
        {"author": "Anna", "url": "https://a.example/2", "text": "vijf zes zeven acht"},
        {"author": "Reclame", "url": "", "text": "Koop nu"},
    ]
    faults: list[str] = []
    tally = compare(there, found, faults)

    assert tally == (3, 3, 2, 2, 1, 1, 1)
    assert [fault.split()[0] for fault in faults] == ["permalink", "date", "text", "missed", "invented"]
