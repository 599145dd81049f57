"""Sentences in the owner's language and zone: plurals, lengths of time, moments, translated words.

A language that lacks a phrase borrows the English one. Phrases with a plural are two keys, `KEY.one` and `KEY.other`.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from webwatch import languages, text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, tzinfo

    from webwatch.model import Digest

# The longest length (in seconds) that is told in a unit, and the unit's own length.
UNITS = (
    (3600, 60, "minutes"),
    (24 * 3600, 3600, "hours"),
    (60 * 86400, 86400, "days"),
    (730 * 86400, 30 * 86400, "months"),
)
YEAR = 365 * 86400


class Wording(NamedTuple):
    """A language, the owner's zone, and the moment that everything is told as of."""

    phrases: Mapping[str, str]
    zone: tzinfo
    now: datetime

    def say(self, key: str, **values: object) -> str:
        """The phrase with its `{names}` filled in."""
        return self.phrases[key].format(**values)

    def plural(self, key: str, number: int, **values: object) -> str:
        """The phrase in the form that fits the number; `{n}` is the number."""
        return self.say(f"{key}.{'one' if number == 1 else 'other'}", n=number, **values)

    def name(self, group: str, word: str) -> str:
        """A canonical word of a group (`why`, `failure`, `intent`, `section`) in the language, or as it is."""
        return self.phrases.get(f"{group}.{word}") or text.line(word.replace("_", " "))

    def span(self, length: timedelta) -> str:
        """A length of time in its largest fitting unit, rounded down: "3 hours"; at least one minute."""
        seconds = max(int(length.total_seconds()), 60)
        for limit, size, unit in UNITS:
            if seconds < limit:
                return self.plural(f"span.{unit}", seconds // size)
        return self.plural("span.years", seconds // YEAR)

    def ago(self, moment: datetime) -> str:
        """How long ago a moment was: "2 days ago"."""
        passed = self.now - moment
        if passed < timedelta(minutes=1):
            return self.say("age.now")
        return self.say("age.ago", span=self.span(passed))

    def due(self, moment: datetime) -> str:
        """By when an answer is owed, or since when it is late: "3 hours overdue", "due 17:30 today"."""
        if moment < self.now:
            return self.say("due.overdue", span=self.span(self.now - moment))
        days = (moment.astimezone(self.zone).date() - self.now.astimezone(self.zone).date()).days
        key = {0: "due.today", 1: "due.tomorrow"}.get(days, "due.day")
        return self.say(key, clock=self.clock(moment), day=self.weekday(moment))

    def clock(self, moment: datetime) -> str:
        """The hour in the owner's zone: "17:30"."""
        return f"{moment.astimezone(self.zone):%H:%M}"

    def day(self, moment: datetime) -> str:
        """The day in the owner's zone: "3 Nov", with the year where it is another one than now."""
        local = moment.astimezone(self.zone)
        day = f"{local.day} {self.phrases['months'].split()[local.month - 1]}"
        return day if local.year == self.now.astimezone(self.zone).year else f"{day} {local.year}"

    def date(self, day: date) -> str:
        """A day of the calendar: "Tue 3 Nov"."""
        return self.weekday(datetime.combine(day, time(12), self.zone))

    def weekday(self, moment: datetime) -> str:
        """The day with its weekday: "Tue 3 Nov"."""
        return f"{self.phrases['weekdays'].split()[moment.astimezone(self.zone).weekday()]} {self.day(moment)}"


def wording(digest: Digest) -> Wording:
    """The wording of a digest; English where its language is unknown or has no phrases."""
    phrases = dict(languages.load("en").phrases)
    if digest.language in languages.codes():
        phrases.update(languages.load(digest.language).phrases)
    return Wording(phrases=phrases, zone=digest.zone, now=digest.generated_at)
