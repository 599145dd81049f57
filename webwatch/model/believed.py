"""What is believed of a mention at one moment, and the digest that it makes."""

from datetime import datetime, tzinfo
from typing import NamedTuple

from webwatch.model.configured import Event
from webwatch.model.stored import Coverage, Mention, Said


class Promise(NamedTuple):
    """What we said we would do, who does it, and by when. `ended` is `kept`, `broken`, or "" while it stands."""

    id: int
    text: str
    due: datetime
    who: str
    made: datetime
    ended: str = ""


class Standing(NamedTuple):
    """What the log of a mention adds up to at one moment.

    `since` is when the state began. `until` is the clock of an ack or a snooze. `word` is when we last said something
    in public, with its `word_url`; `seen_at` when a person last dealt with it. `back` is why it is open again: `wrote
    again`, `snooze over`, `thread grew`, `turned negative`, `reopened`, or "". `answered`: a reply was given, ever.
    """

    state: str = "open"
    since: datetime | None = None
    until: datetime | None = None
    word: datetime | None = None
    word_url: str = ""
    word_by: str = ""
    answered: bool = False
    seen_at: datetime | None = None
    back: str = ""
    moved_to: str = ""
    told_by: str = ""
    reason: str = ""
    assigned: str = ""
    label: str = ""
    tags: tuple[str, ...] = ()
    promises: tuple[Promise, ...] = ()


class Reason(NamedTuple):
    """One named term of the sum that ranks a mention (rule 8)."""

    why: str
    points: float


class Ranked(NamedTuple):
    """A mention with what we believe of it at one moment. `section` is the digest section that it belongs in.

    `posts` are those of its thread since we last said something there, ours left out; `story` are the other mentions of
    the same person or text, each as it stands itself.
    """

    mention: Mention
    kind: str
    own: bool
    intent: str
    due: datetime
    section: str
    score: float
    reasons: tuple[Reason, ...]
    standing: Standing = Standing()
    posts: tuple[Said, ...] = ()
    story: "tuple[Ranked, ...]" = ()
    repeat: bool = False


class View(NamedTuple):
    """A mention with everything around it: the talk so far, its author's other mentions, what to mind in answering."""

    item: Ranked
    posts: tuple[Said, ...]
    before: tuple[Ranked, ...]
    guidance: tuple[str, ...]


class Author(NamedTuple):
    """Somebody who wrote about us, under all names that are known to be this person's: `also` are the others.

    `items` are this person's mentions, the newest first; `namesakes` those by the same name on other sites, of whom it
    is not known whether it is the same person.
    """

    name: str
    also: tuple[str, ...]
    vip: bool
    reach: int
    items: tuple[Ranked, ...]
    namesakes: tuple[Ranked, ...] = ()


class Counts(NamedTuple):
    """The four figures that a digest opens with. `new` came with the last scan."""

    open: int
    overdue: int
    due_today: int
    new: int


class Section(NamedTuple):
    """A part of the digest: `items` is what is shown, `total` what there is."""

    name: str
    items: tuple[Ranked, ...]
    total: int


class Digest(NamedTuple):
    """What still needs an answer, ranked, with the coverage. `zone` and `language` are how it is told.

    `events` come soon; `away_since`: nobody did anything for so long, while something waits.
    """

    generated_at: datetime
    zone: tzinfo
    language: str
    business: str
    mail_to: str
    counts: Counts
    sections: tuple[Section, ...]
    coverage: Coverage
    events: tuple[Event, ...] = ()
    away_since: datetime | None = None
