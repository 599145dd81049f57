"""What every format for people says, and in which order: `lay_out` turns a digest into clean, finished phrases.

The formats only place and escape them. Nothing here trusts its input: each foreign text is cleaned to one line and
bounded, and `link` is filled for http and https alone. The coverage comes last, and is always there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from webwatch import text
from webwatch.desk.agenda import command
from webwatch.formats._afterwards import newest, note
from webwatch.formats._elsewhere import also_at, publishers
from webwatch.formats._excerpt import excerpt, naming_words
from webwatch.formats._wording import wording

if TYPE_CHECKING:
    from webwatch.formats._wording import Wording
    from webwatch.model import Counts, Coverage, Digest, Event, Gap, Mention, Problem, Ranked, Section

FOR_YOUR_INFORMATION = "for_your_information"

TITLE_WIDTH = 300
NAME_WIDTH = 60
MESSAGE_WIDTH = 200
URL_LENGTH = 2000
MOST_REASONS = 3
MOST_PROBLEMS = 10


class ItemText(NamedTuple):
    """An item, told: `due` is empty where no answer is owed, `link` where `url` must not be followed.

    `named` is the part of the excerpt that names us, `also` where else the story stands.
    """

    id: int
    title: str
    due: str
    facts: tuple[str, ...]
    excerpt: str
    named: str
    url: str
    link: str
    why: str
    command: str
    also: str = ""


class SectionText(NamedTuple):
    """A section, told.

    `name` is the canonical one; `lines` are what it holds beside mentions, `more` is empty where everything is shown.
    """

    name: str
    heading: str
    items: tuple[ItemText, ...]
    more: str
    lines: tuple[str, ...] = ()


class Layout(NamedTuple):
    """A digest, told: `verdict` opens it, `coverage` with its `problems` ends it."""

    language: str
    subject: str
    verdict: tuple[str, ...]
    dateline: str
    sections: tuple[SectionText, ...]
    remarks: tuple[str, ...]
    coverage: str
    problems: tuple[str, ...]


def lay_out(digest: Digest) -> Layout:
    """The digest in the words of its language."""
    words = wording(digest)
    counts = _counts(digest.counts, words)
    business = text.shorten(text.line(digest.business), NAME_WIDTH)
    date = f"{words.weekday(digest.generated_at)}, {words.clock(digest.generated_at)}"
    return Layout(
        language=words.phrases["language"],
        subject=_subject(digest, words, business),
        verdict=(*((counts,) if counts else ()), *_verdict(digest, words), *_away(digest, words)),
        dateline=f"{business}, {date}" if business else date,
        sections=_sections(digest, words),
        remarks=_remarks(digest.coverage, words),
        coverage=_coverage(digest.coverage, words),
        problems=_bounded([_problem(problem, words) for problem in digest.coverage.problems], words),
    )


def owes_answers(digest: Digest) -> bool:
    """Whether anything waits for an answer; what is only for information does not."""
    return any(
        section.items or section.total for section in digest.sections if section.name != FOR_YOUR_INFORMATION
    ) or bool(digest.counts.overdue or digest.counts.due_today)


def is_blind(coverage: Coverage) -> bool:
    """Whether a scan was made and nothing at all could be read."""
    return coverage.last_scan is not None and coverage.read <= 0


def _counts(counts: Counts, words: Wording) -> str:
    """The figures that are not zero, the urgent ones first: "3 overdue, 12 open"."""
    named = (("overdue", counts.overdue), ("due_today", counts.due_today), ("open", counts.open), ("new", counts.new))
    return ", ".join(words.plural(f"count.{name}", number) for name, number in named if number)


def _verdict(digest: Digest, words: Wording) -> tuple[str, ...]:
    """What to conclude: that nothing was scanned yet, that webwatch is blind, or that nothing needs an answer."""
    if digest.coverage.last_scan is None:
        return (words.say("verdict.no_scan"),)
    if is_blind(digest.coverage):
        return (words.say("verdict.blind" if digest.coverage.sources else "verdict.no_sources"),)
    return () if owes_answers(digest) else (words.say("verdict.quiet"),)


def _away(digest: Digest, words: Wording) -> tuple[str, ...]:
    """That nobody has been here for long, while something waits."""
    if digest.away_since is None:
        return ()
    return (words.say("away", span=words.span(digest.generated_at - digest.away_since)),)


def _subject(digest: Digest, words: Wording, business: str) -> str:
    """One line for a mail's subject: the counts, or why there are none, and the business."""
    counts = _counts(digest.counts._replace(new=0), words)
    if digest.coverage.last_scan is None:
        state = words.say("subject.no_scan")
    elif is_blind(digest.coverage):
        state = ", ".join(filter(None, (words.say("subject.blind"), counts)))
    elif owes_answers(digest) and counts:
        state = counts
    else:
        state = words.say("subject.quiet")
    return f"webwatch: {state} – {business}" if business else f"webwatch: {state}"


def _sections(digest: Digest, words: Wording) -> tuple[SectionText, ...]:
    """Those that hold something; events come before what is only for information."""
    told = [_section(section, words) for section in digest.sections if section.items or section.total]
    if digest.events:
        last = bool(told) and told[-1].name == FOR_YOUR_INFORMATION
        told.insert(len(told) - last, _events(digest, words))
    return tuple(told)


def _events(digest: Digest, words: Wording) -> SectionText:
    heading = words.name("section", "events_ahead")
    return SectionText(
        name="events_ahead",
        heading=f"{heading[:1].upper()}{heading[1:]} ({len(digest.events)})",
        items=(),
        more="",
        lines=tuple(_event(event, digest, words) for event in digest.events),
    )


def _event(event: Event, digest: Digest, words: Wording) -> str:
    """As in "Mon 30 Nov, in 7 days: Radar. To do: somebody at the phone"."""
    days = (event.start - digest.generated_at.astimezone(digest.zone).date()).days
    key = "event.now" if days <= 0 else "event.tomorrow" if days == 1 else "event.ahead"
    line = words.say(key, day=words.date(event.start), days=days, name=text.line(event.name))
    return (
        words.say("event.todo", event=line, list="; ".join(map(text.line, event.checklist)))
        if event.checklist
        else line
    )


def _section(section: Section, words: Wording) -> SectionText:
    left_out = section.total - len(section.items)
    heading = words.name("section", section.name)
    return SectionText(
        name=section.name,
        heading=f"{heading[:1].upper()}{heading[1:]} ({max(section.total, len(section.items))})",
        items=tuple(_item(ranked, section.name, words) for ranked in section.items),
        more=words.say("more", n=left_out) if left_out > 0 else "",
    )


def _item(ranked: Ranked, section: str, words: Wording) -> ItemText:
    mention = ranked.mention
    title = _title(mention, words)
    quote, named = newest(ranked) or excerpt(mention), naming_words(mention)
    url = text.line(mention.entry.url)
    link = safe_link(url)
    return ItemText(
        id=mention.id,
        title=title,
        due=_due(ranked, section, words),
        facts=_facts(ranked, words),
        excerpt="" if quote == title else quote,
        named=named if named in quote else "",
        url=link or text.shorten(url, URL_LENGTH),
        link=link,
        why=_why(ranked, section, words),
        command=command(ranked),
        also=also_at(ranked, words),
    )


def _due(ranked: Ranked, section: str, words: Wording) -> str:
    if section in {FOR_YOUR_INFORMATION, "close_the_loop"}:
        return ""
    if section in {"promises_past", "we_went_silent"}:
        return words.say(f"due.{section}", span=words.span(words.now - ranked.due))
    return words.due(ranked.due)


def _title(mention: Mention, words: Wording) -> str:
    """The title of the entry, or of its thread, or the first line of the text, or a word that says that it has none."""
    title = text.line(mention.headline)
    if not title:
        title = text.line(text.clean(mention.entry.text).partition("\n")[0])
    return text.shorten(title, TITLE_WIDTH) if title else words.say("untitled")


def safe_link(url: str) -> str:
    """The address if a reader may follow it: http or https, bounded, nothing that ends a link early; else ""."""
    if not url.lower().startswith(("http://", "https://")) or len(url) > URL_LENGTH:
        return ""
    return url.replace(" ", "%20").replace("<", "%3C").replace(">", "%3E").replace('"', "%22")


def _facts(ranked: Ranked, words: Wording) -> tuple[str, ...]:
    """Where, who, when, what: the line under the title."""
    mention = ranked.mention
    source, site = _name(mention.source), _name(mention.entry.site)
    published = mention.entry.published
    facts = (
        "" if ranked.intent == "other" else words.name("intent", ranked.intent),
        publishers(ranked, words) or (f"{source} ({site})" if site and site != source else source),
        _name(mention.entry.author),
        words.ago(published) if published else words.say("age.found", ago=words.ago(mention.first_seen)),
        words.plural("places", len(mention.places) - 1) if len(mention.places) > 1 else "",
    )
    return tuple(fact for fact in facts if fact)


def _name(foreign: str) -> str:
    return text.shorten(text.line(foreign), NAME_WIDTH)


def _why(ranked: Ranked, section: str, words: Wording) -> str:
    """The reasons that weigh most, heaviest first, without the one that the section's heading gives already."""
    known = section.replace("_", " ")
    reasons = [reason for reason in ranked.reasons if reason.points > 0 and reason.why != known]
    heaviest = sorted(reasons, key=lambda reason: -reason.points)[:MOST_REASONS]
    named = ", ".join(words.name("why", reason.why) for reason in heaviest)
    return "; ".join(filter(None, (note(ranked, words), words.say("because", reasons=named) if named else "")))


def _remarks(coverage: Coverage, words: Wording) -> tuple[str, ...]:
    """What is not in the list and why: history before the first scan, and gaps, a line each."""
    history = (words.plural("history", coverage.history),) if coverage.history else ()
    return (*history, *_bounded([_gap(gap, words) for gap in coverage.gaps], words))


def _bounded(lines: list[str], words: Wording) -> tuple[str, ...]:
    """The first lines, and how many there are beside."""
    left_out = len(lines) - MOST_PROBLEMS
    return (*lines[:MOST_PROBLEMS], *((words.say("others", n=left_out),) if left_out > 0 else ()))


def _gap(gap: Gap, words: Wording) -> str:
    since, until = (f"{words.day(moment)} {words.clock(moment)}" for moment in (gap.since, gap.until))
    line = words.say("gap", source=_name(gap.source), since=since, until=until)
    return _with_message(line, gap.message)


def _coverage(coverage: Coverage, words: Wording) -> str:
    """How much was read, as of when: "Last scan 2 hours ago. 3 threads followed. 12 sources: 10 read, 2 not."."""
    scan = words.say("scan.never")
    if coverage.last_scan is not None:
        scan = words.say("scan.last", ago=words.ago(coverage.last_scan))
    unread = max(coverage.sources - coverage.read, 0)
    key = "none" if coverage.read <= 0 else "some" if unread else "all"
    sources = words.plural("sources", coverage.sources)
    threads = f" {words.plural('threads', coverage.threads)}" if coverage.threads else ""
    return f"{scan}{threads} {words.say(f'coverage.{key}', sources=sources, read=coverage.read, unread=unread)}"


def _problem(problem: Problem, words: Wording) -> str:
    """A source that is not read, why, and since when: "Foo (rate limited since 3 Nov, 4 failures): message"."""
    line = words.plural(
        "problem",
        problem.failures,
        source=_name(problem.source),
        failure=words.name("failure", problem.failure),
        since=words.day(problem.since),
    )
    return _with_message(line, problem.message)


def _with_message(line: str, message: str) -> str:
    message = text.shorten(text.line(message), MESSAGE_WIDTH)
    return f"{line}: {message}" if message else line
