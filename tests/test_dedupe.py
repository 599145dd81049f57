"""Which entries are one and the same."""

from hypothesis import given
from hypothesis import strategies as st

from webwatch.dedupe import Known, identify, judge, rolled_over, text_key
from webwatch.model import Entry

FEED = "https://krant.example/feed.xml"
LONG = "De bakker aan de Markt verkoopt sinds vrijdag een nieuw brood, en daar is niet iedereen even blij mee."


def entry(**given):
    return Entry(**({"url": ""} | given))


class Memory:
    """The database as these functions see it: what each visit taught."""

    def __init__(self):
        self.items, self.keys, self.here, self.last = {}, {}, {}, 0

    def visit(self, *entries, source="krant"):
        named = zip(identify(entries, FEED), entries, strict=True)
        identities = [identity._replace(text=text_key(entry)) for identity, entry in named]
        items = {item: known for (name, item), known in self.items.items() if name == source}
        here = {e: contents for (name, e), contents in self.here.items() if name == source}
        verdicts = judge(identities, Known(items=items, keys=self.keys, here=here), self.last + 1)
        for identity, verdict in zip(identities, verdicts, strict=True):
            if verdict.kind == "again":
                continue
            self.items[source, identity.item] = (verdict.entry_id, identity.content)
            self.here.setdefault((source, verdict.entry_id), set()).add(identity.content)
            for key in identity.anywhere():
                self.keys.setdefault(key, verdict.entry_id)
            self.last = max(self.last, verdict.entry_id)
        return [tuple(verdict) for verdict in verdicts]


def test_a_second_visit_to_the_same_page_brings_nothing_new():
    memory = Memory()
    page = [entry(guid="1", url="https://krant.example/1", text="een"), entry(guid="2", url="https://krant.example/2")]
    assert memory.visit(*page) == [("new", 1), ("new", 2)]
    assert memory.visit(*page) == [("seen", 1), ("seen", 2)]


def test_an_edited_entry_is_the_same_entry():
    memory = Memory()
    memory.visit(entry(guid="1", url="https://krant.example/1", text="een"))
    assert memory.visit(entry(guid="1", url="https://krant.example/1", text="twee")) == [("edited", 1)]


def test_the_same_page_reached_by_another_source_is_one_more_place():
    memory = Memory()
    memory.visit(entry(guid="1", url="https://krant.example/1", title="Brood"))
    alert = entry(guid="tag:alerts:9", url="https://www.krant.example/1/?utm_source=alert", title="Brood - De Krant")
    assert memory.visit(alert, source="alert") == [("place", 1)]


def test_a_long_text_copied_to_another_site_is_one_more_place():
    memory = Memory()
    memory.visit(entry(guid="1", url="https://krant.example/1", title="Brood", text=LONG))
    copy = entry(guid="x", url="https://kopie.example/7", title="Brood", text=LONG.replace(" ", "\n", 3))
    assert memory.visit(copy, source="kopie") == [("place", 1)]


def test_short_texts_that_many_people_write_stay_apart():
    memory = Memory()
    assert memory.visit(
        entry(guid="1", url="https://krant.example/1", text="Bedankt!"),
        entry(guid="2", url="https://krant.example/2", text="Bedankt!"),
    ) == [("new", 1), ("new", 2)]


def test_comments_that_all_link_to_their_article_stay_apart():
    memory = Memory()
    page = "https://krant.example/brood"
    assert memory.visit(entry(guid="a", url=page, text="lekker"), entry(guid="b", url=page, text="duur")) == [
        ("new", 1),
        ("new", 2),
    ]
    assert memory.visit(entry(guid="c", url=page, text="oud"), entry(guid="b", url=page, text="duur")) == [
        ("new", 3),
        ("seen", 2),
    ]


def test_comments_on_one_article_stay_apart_also_when_each_visit_sees_one_alone():
    memory = Memory()
    page = "https://krant.example/brood"
    assert memory.visit(entry(guid="a", url=page, text="lekker")) == [("new", 1)]
    assert memory.visit(entry(guid="b", url=page, text="duur")) == [("new", 2)]


def test_an_entry_whose_id_changes_at_every_visit_is_recognised_by_its_address_and_text():
    memory = Memory()
    memory.visit(entry(guid="a1", url="https://krant.example/1", text="kort"))
    assert memory.visit(entry(guid="a2", url="https://krant.example/1", text="kort")) == [("place", 1)]


def test_an_id_that_all_entries_share_is_no_id():
    memory = Memory()
    page = [entry(guid="0", url=f"https://krant.example/{n}", text=str(n)) for n in range(3)]
    assert [kind for kind, _ in memory.visit(*page)] == ["new", "new", "new"]
    assert [kind for kind, _ in memory.visit(*page)] == ["seen", "seen", "seen"]


def test_entries_that_link_to_the_home_page_are_told_apart_by_what_they_say():
    memory = Memory()
    page = [entry(url="https://krant.example/", title=f"Bericht {n}") for n in range(2)]
    assert memory.visit(*page) == [("new", 1), ("new", 2)]
    assert memory.visit(*page) == [("seen", 1), ("seen", 2)]


def test_what_stands_twice_on_a_page_counts_once():
    memory = Memory()
    twice = [entry(guid="1", url="https://krant.example/1", text=text) for text in ("oud", "nieuw")]
    assert memory.visit(*twice) == [("new", 1), ("again", 1)]
    assert memory.visit(*twice) == [("seen", 1), ("again", 1)]


def test_a_permalink_as_id_is_an_address_of_the_entry():
    memory = Memory()
    memory.visit(entry(guid="https://krant.example/brood", url="https://proxy.example/r/123"))
    assert memory.visit(entry(url="https://krant.example/brood"), source="krant2") == [("place", 1)]


def test_a_window_in_which_all_is_new_has_rolled_over():
    memory = Memory()
    identities = identify([entry(guid="1"), entry(guid="2")], FEED)
    assert rolled_over(judge(identities, Known(), 1))
    assert not rolled_over(judge(identities, Known(items={identities[1].item: (1, 0)}), 2))
    assert not rolled_over(())
    assert memory.visit() == []


ENTRIES = st.lists(
    st.builds(
        Entry,
        url=st.sampled_from(["", "http://[bad", "https://a.nl/", "https://a.nl/1", "https://a.nl/1?utm_x=2", "\udc80"]),
        guid=st.sampled_from(["", "1", "2", "https://a.nl/1", "\udc80"]),
        title=st.sampled_from(["", "t", "\x00"]),
        text=st.sampled_from(["", "x", LONG, LONG.upper()]),
    ),
    max_size=6,
)


@given(ENTRIES)
def test_whatever_stands_on_a_page_reading_it_again_brings_nothing_new(page):
    memory = Memory()
    memory.visit(*page)
    assert {kind for kind, _ in memory.visit(*page)} <= {"seen", "again"}
