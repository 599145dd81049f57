"""The commands of the desk: what each does, refuses and undoes, for one person, for two, and when it is cut off."""

import os
import pty
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.command import Desk, item, rss
from tests.web import Web
from webwatch.desk import states
from webwatch.desk.standing import effective, standing
from webwatch.errors import DeskError
from webwatch.model import Action

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def web():
    with Web() as running:
        yield running


@pytest.fixture
def shop(tmp_path: Path, web: Web) -> Desk:
    """Three mentions, scanned."""
    web.page("/feed.xml", rss(*(item(number, f"Bakkerij De Vries, bericht {number}.") for number in (1, 2, 3))))
    desk = Desk(tmp_path)
    desk.configure(f"keywords: [Bakkerij De Vries]\nsources: [{web.url('/feed.xml')}]")
    desk.run("scan")
    return desk


def state(shop: Desk, number: int) -> str:
    return shop.json("show", str(number))["mention"]["state"]


# ------------------------------------------------------------------------------------------------------- commands


@pytest.mark.parametrize(("command", "becomes"), [
    (("ack", "1", "--until", "17:00"), "acknowledged"),
    (("reply", "1", "--url", "https://krant.example/1#2"), "replied"),
    (("outcome", "1", "--told-by", "customer"), "closed"),
    (("close", "1", "--reason", "customer moved away"), "closed"),
    (("dismiss", "1", "--reason", "spam"), "dismissed"),
    (("snooze", "1", "--until", "vrijdag"), "snoozed"),
    (("watch", "1"), "watching"),
])  # fmt: skip
def test_each_command_changes_the_state_and_says_how_to_undo_it(shop, command, becomes):
    answer = shop.json(*command)["mention"]
    assert answer["state"] == becomes
    assert answer["actions"][-1]["action"] == command[0]
    assert f"undo: webwatch undo {answer['actions'][-1]['id'] + 1}" in shop.run(command[0], "2", *command[2:]).stdout
    shop.run("undo", str(answer["actions"][-1]["id"]))
    assert state(shop, 1) == "open"


def test_several_mentions_are_dealt_with_at_once_or_not_at_all(shop):
    shop.run("close", "2", "--reason", "x")
    refused = shop.run("dismiss", "1", "2", "3", "--reason", "not-us", code=2)
    assert "mention 2 is closed: dismiss is not possible; these are: reopen, promise" in refused.stderr
    assert {state(shop, number) for number in (1, 3)} == {"open"}
    assert [found["state"] for found in shop.json("dismiss", "1", "3", "--reason", "not-us")["mentions"]] == [
        "dismissed",
        "dismissed",
    ]


def test_a_mention_that_does_not_exist_is_named_with_the_nearest(shop):
    assert "there is no mention 7; the nearest are 1, 2, 3" in shop.run("reply", "7", code=2).stderr


def test_what_was_understood_of_a_moment_is_echoed_in_the_owners_zone(shop):
    assert "until Mon 23 Nov 2026 17:00" in shop.run("ack", "1", "--until", "17:00").stdout
    assert "until Fri 27 Nov 2026 09:00" in shop.run("snooze", "2", "--until", "vrijdag").stdout
    assert "until Tue 24 Nov 2026 10:00" in shop.run("ack", "3").stdout
    assert "answered Sun 22 Nov 2026 16:00" in shop.run("reply", "1", "--at", "yesterday 16:00").stdout


def test_a_moment_that_is_not_understood_changes_nothing(shop):
    refused = shop.run("ack", "1", "--until", "gauw", code=2)
    assert "'gauw' is no moment that is understood: write for example 17:00" in refused.stderr
    assert "and that is over" in shop.run("snooze", "1", "--until", "2026-11-20", code=2).stderr
    assert "and that is not yet" in shop.run("reply", "1", "--at", "tomorrow", code=2).stderr
    assert shop.json("log")["actions"] == []


def test_what_a_person_writes_is_kept_cleaned_and_shown(shop):
    shop.run("note", "1", "belt \x1b[31mmorgen\x07", "terug", "--by", "Ann")
    shop.run("assign", "1", "Ann")
    shop.run("tag", "1", "levering")
    shop.run("tag", "1", "levering")
    shop.run("label", "1", "complaint")
    mention = shop.json("show", "1")["mention"]
    assert (mention["assigned"], mention["tags"], mention["label"]) == ("Ann", ["levering"], "complaint")
    assert mention["intent"] == "complaint"
    first = mention["actions"][0]
    assert (first["action"], first["by"]) == ("note", "Ann")
    assert "belt [31mmorgen terug" in shop.run("log", "1").stdout
    assert [found["id"] for found in shop.json("list", "--tag", "levering")["mentions"]] == [1]
    assert [found["id"] for found in shop.json("list", "--for", "ann")["mentions"]] == [1]
    assert shop.json("list", "--state", "replied")["mentions"] == []


def test_show_tells_what_was_done(shop):
    shop.run("reply", "1", "--by", "Ann", "--url", "https://krant.example/1#2")
    shop.run("promise", "1", "bellen", "--by", "vrijdag")
    shown = shop.run("show", "1").stdout
    assert "What was done:" in shown
    assert "by Ann" in shown
    assert "bellen" in shown


def test_the_next_one_is_what_the_digest_begins_with_and_may_be_somebodys(shop):
    shop.run("assign", "1", "2", "Ann")
    first = shop.json("digest")["sections"][0]["items"][0]["id"]
    assert shop.json("next")["mention"]["id"] == first
    assert shop.json("next", "--for", "Bob")["mention"]["id"] == 3
    assert shop.json("next", "--for", "Bob")["to_do"] == 1
    shop.run("dismiss", "1", "2", "3", "--reason", "spam")
    assert shop.json("next")["mention"] is None
    assert "Nothing waits for an answer." in shop.run("next").stderr


def test_next_shows_our_history_with_this_person(tmp_path, web):
    web.page("/feed.xml", rss(item(1, "Bakkerij De Vries is top.", author="Els")))
    desk = Desk(tmp_path)
    desk.configure(f"keywords: [Bakkerij De Vries]\nsources: [{web.url('/feed.xml')}]")
    desk.run("scan")
    desk.run("reply", "1")
    later = item(2, "Bakkerij De Vries was dicht.", author="Els", pubDate="Tue, 24 Nov 2026 08:00:00 +0000")
    web.page("/feed.xml", rss(later, item(1, "Bakkerij De Vries is top.", author="Els")))
    desk.now = "2026-11-24T09:00:00Z"
    desk.run("scan")
    found = desk.json("next")
    assert (found["mention"]["id"], [other["id"] for other in found["before"]]) == (2, [1])
    assert "Before, from Els:" in desk.run("next").stdout


def test_a_promise_has_a_number_an_end_and_no_two_ends(shop):
    promise = shop.json("promise", "1", "taart", "brengen", "--by", "vrijdag 12:00", "--who", "Piet")["mention"][
        "promises"
    ][0]
    assert [found["id"] for found in shop.json("promises")["promises"]] == [promise["id"]]
    assert "taart brengen" in shop.run("promises").stdout
    assert shop.json("promise-broken", str(promise["id"]))["mention"]["promises"][0]["state"] == "broken"
    assert f"promise {promise['id']} is broken already" in shop.run("promise-kept", str(promise["id"]), code=2).stderr
    assert "there is no open promise 99; open are: none" in shop.run("promise-kept", "99", code=2).stderr


def test_an_undo_can_be_undone(shop):
    shop.run("reply", "1")
    shop.run("undo")
    assert state(shop, 1) == "open"
    undone = shop.json("log", "1")["actions"]
    assert [(action["action"], action["undone"]) for action in undone] == [("reply", True), ("undo", False)]
    shop.run("undo", str(undone[-1]["id"]))
    assert state(shop, 1) == "replied"
    assert "is undone already" in shop.run("undo", str(undone[-1]["id"]), code=2).stderr
    assert "there is no action 99" in shop.run("undo", "99", code=2).stderr


def test_undo_without_a_number_goes_back_one_more_each_time(shop):
    shop.run("note", "1", "een")
    shop.run("snooze", "1", "--until", "morgen")
    shop.run("undo")
    assert state(shop, 1) == "open"
    shop.run("undo")
    assert "there is nothing to undo" in shop.run("undo", code=2).stderr


def test_an_earlier_moment_shows_what_was_done_until_then(shop):
    shop.now = "2026-11-24T09:00:00Z"
    shop.run("reply", "1")
    shop.run("dismiss", "2", "--reason", "spam")
    shop.now = "2026-11-23T09:30:00Z"
    assert {found["id"]: found["state"] for found in shop.json("list")["mentions"]} == {1: "open", 2: "open", 3: "open"}


# ------------------------------------------------------------------------------------------------ two, and cut off


def test_two_people_at_two_terminals_lose_nothing(shop):
    def start(who: str, *arguments: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "webwatch", *arguments, "--by", who]
        return subprocess.Popen(command, cwd=shop.folder, env=shop.environment(), stdout=subprocess.DEVNULL)

    both = [start(who, "note", "1", f"nummer {count}") for count in range(4) for who in ("Ann", "Bob")]
    assert [process.wait(60) for process in both] == [0] * 8
    written = [(action["by"], action["text"]) for action in shop.json("log", "1")["actions"]]
    assert sorted(written) == sorted((who, f"nummer {count}") for count in range(4) for who in ("Ann", "Bob"))


def test_what_another_terminal_closed_is_not_answered_by_mistake(shop):
    shop.run("close", "1", "--reason", "klaar", "--by", "Ann")
    assert "mention 1 is closed: reply is not possible" in shop.run("reply", "1", "--by", "Bob", code=2).stderr


def test_kill_9_between_two_steps_loses_no_action(shop):
    """Each is cut off at another moment: what it said was done is there, and nothing is there by half."""
    said = []
    for count in range(6):
        process = subprocess.Popen(
            [sys.executable, "-m", "webwatch", "note", "1", f"nummer {count}"],
            cwd=shop.folder,
            env=shop.environment(),
            stdout=subprocess.PIPE,
        )
        if count % 2:
            time.sleep(0.05 * count)  # not to wait for anything: to be cut off at different moments
            process.send_signal(signal.SIGKILL)
        out = process.communicate(timeout=60)[0]
        if out:
            said.append(f"nummer {count}")
    kept = [action["text"] for action in shop.json("log", "1")["actions"]]
    assert set(said) <= set(kept) <= {f"nummer {count}" for count in range(6)}
    assert shop.json("show", "1")["mention"]["state"] == "open"


# --------------------------------------------------------------------------------------------------------- triage


def typed(shop: Desk, keys: list[str], columns: int = 80) -> str:
    """What `webwatch triage` shows on a terminal when these keys are pressed, each once it has asked."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "webwatch", "triage", "--by", "Ann"],
        cwd=shop.folder,
        env=shop.environment(COLUMNS=str(columns), TERM="xterm"),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    answered = 0
    try:
        while chunk := os.read(ours, 65536):
            shown += chunk
            asked = shown.count(b"[q] > ") + shown.count(b"Reason: ") + shown.count(b"Until when: ")
            while asked > answered and keys:
                answered += 1
                os.write(ours, keys.pop(0).encode())
    except OSError:
        pass
    finally:
        os.close(ours)
    assert process.wait(60) == 0
    return shown.decode()


def test_triage_takes_single_keys_and_keeps_each_at_once(shop):
    first, second, third = (found["id"] for found in shop.json("list")["mentions"])
    shown = typed(shop, ["r", "d", "1", "s", "morgen\r", "q"])
    assert "1 of 3" in shown
    assert [state(shop, number) for number in (first, second, third)] == ["replied", "dismissed", "snoozed"]
    assert {action["by"] for action in shop.json("log")["actions"]} == {"Ann"}


def test_triage_undoes_goes_on_and_stops(shop):
    first, second, _ = (found["id"] for found in shop.json("list")["mentions"])
    typed(shop, ["r", "u", " ", "w", "q"])
    assert (state(shop, first), state(shop, second)) == ("open", "watching")


def test_triage_reads_its_keys_from_a_pipe_too(shop):
    shop.run("triage", stdin="d1rq")
    assert sorted(found["state"] for found in shop.mentions()) == ["dismissed", "open", "replied"]


def test_triage_fits_80_columns(shop):
    shown = typed(shop, ["?", "q"])
    assert max(len(line) for line in shown.replace("\r", "").split("\n")) <= 80
    assert "dismiss" in shown


# ------------------------------------------------------------------------------------------------ what it adds up to


KINDS = [name for name in states.KINDS if name not in {"undo", "story_join", "story_split", "person_merge"}]
LOGS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 40), st.booleans()), max_size=12
)  # kind, hours until, whether it is undone later


def logged(drawn) -> list[Action]:
    """A log as the desk would write it: what is not possible is left out."""
    log: list[Action] = []
    for number, (kind, hours, undone) in enumerate(drawn, start=1):
        at = NOW + timedelta(hours=number)
        if standing(log, at).state not in states.KINDS[kind].possible:
            continue
        until = at + timedelta(hours=hours) if kind in {"ack", "snooze", "promise"} else None
        log.append(Action(kind=kind, at=at, moment=at, until=until, id=len(log) + 1, evidence=number))
        if undone:
            log.append(Action(kind="undo", at=at, moment=at, of=len(log), id=len(log) + 1))
    return log


@settings(max_examples=150, deadline=None)
@given(LOGS, st.integers(0, 60))
def test_every_log_adds_up_to_one_state_at_every_moment(drawn, hours):
    stands = standing(logged(drawn), NOW + timedelta(hours=hours))
    assert stands.state in states.STATES
    assert all(promise.due for promise in stands.promises)


@settings(max_examples=150, deadline=None)
@given(LOGS)
def test_what_is_undone_counts_for_nothing(drawn):
    log = logged([(kind, hours, False) for kind, hours, _ in drawn])
    late = NOW + timedelta(days=9)
    for action in log:
        undo = Action(kind="undo", at=late, moment=late, of=action.id, id=999)
        assert effective([*log, undo]) == tuple(other for other in log if other.id != action.id)
        redo = Action(kind="undo", at=late, moment=late, of=999, id=1000)
        assert effective([*log, undo, redo]) == tuple(log)


@pytest.mark.parametrize("at", states.STATES)
def test_what_is_refused_says_what_is_possible(at):
    for name, kind in states.KINDS.items():
        if at in kind.possible:
            states.require(name, at, 1)
        else:
            with pytest.raises(DeskError, match=f"mention 1 is {at}: .* is not possible; these are: "):
                states.require(name, at, 1)
