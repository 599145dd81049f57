"""Stories and people in the database: what mentions have in common, and which of them are one story."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from webwatch.store import actions
from webwatch.store.moments import read

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from webwatch.model import Action
    from webwatch.stories import Likeness, Telling

# Of what many share (our own slogan) the newest are enough: a copy shares other hashes too.
_MOST_SHARING = 64
_MOST_BY_ONE = 20  # mentions of one name that a new one is compared with
_TELLINGS = """
    SELECT m.id, e.text, e.author, e.url, e.thread_id, coalesce(e.published, m.first_seen)
    FROM mentions m JOIN entries e ON e.id = m.entry_id WHERE {condition} ORDER BY m.id"""
_DECISIONS = f"""
    SELECT {actions.COLUMNS} FROM actions a INDEXED BY actions_on_stories
    WHERE a.kind IN ('story_split', 'story_join', 'person_merge') ORDER BY a.id"""  # noqa: S608 - ours


class Stories:
    """One part of a `Store`; what writes expects to be inside its `transaction()`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def uncompared(self) -> list[Telling]:
        """The mentions that are new, or were edited, since the last comparison, by number."""
        return self._tellings("m.author IS NULL")

    def tellings(self, ids: Iterable[int]) -> list[Telling]:
        """These mentions, by number."""
        return self._tellings("m.id IN (SELECT value FROM json_each(?))", json.dumps(list(ids)))

    def _tellings(self, condition: str, *values: str) -> list[Telling]:
        from webwatch.sites import site
        from webwatch.stories import Telling

        return [
            Telling(
                id=number,
                text=text,
                author=author,
                site=site(url),
                url=url,
                thread=thread,
                talk=thread is not None,
                at=read(at),
            )
            for number, text, author, url, thread, at in self._db.execute(_TELLINGS.format(condition=condition), values)
        ]

    def remember(self, mention_id: int, author: str, sketch: Iterable[int]) -> None:
        """Keep by what a mention is found: its author's handle, and the hashes of its text."""
        self._db.execute("UPDATE mentions SET author = ? WHERE id = ?", (author, mention_id))
        self._db.executemany(
            "INSERT OR IGNORE INTO sketches (hash, mention_id) VALUES (?, ?)",
            [(hash_, mention_id) for hash_ in sketch],
        )

    def sharing(self, sketch: Iterable[int]) -> Counter[int]:
        """How many of these hashes each mention has; of a hash that many have, the newest of them."""
        found: Counter[int] = Counter()
        sql = "SELECT mention_id FROM sketches WHERE hash = ? ORDER BY mention_id DESC LIMIT ?"
        for hash_ in sketch:
            found.update(row[0] for row in self._db.execute(sql, (hash_, _MOST_SHARING)))
        return found

    def by_handles(self, handles: Iterable[str]) -> list[int]:
        """The newest mentions by authors of these names."""
        sql = "SELECT id FROM mentions WHERE author = ? AND author != '' ORDER BY id DESC LIMIT ?"
        return [row[0] for handle in sorted(handles) for row in self._db.execute(sql, (handle, _MOST_BY_ONE))]

    def handles(self) -> dict[str, tuple[str, int]]:
        """All names: handle → as it is written, and how many mentions there are by it."""
        rows = self._db.execute(
            """SELECT m.author, max(e.author), count(*) FROM mentions m JOIN entries e ON e.id = m.entry_id
               WHERE m.author != '' GROUP BY m.author"""
        )
        return {handle: (name, count) for handle, name, count in rows}

    # --------------------------------------------------------------------------------------------------- likenesses

    def link(self, likenesses: Iterable[Likeness]) -> None:
        """Keep what was found alike."""
        both = [row for one, other, kind in likenesses for row in ((one, other, kind), (other, one, kind))]
        self._db.executemany("INSERT OR IGNORE INTO likenesses (one, other, kind) VALUES (?, ?, ?)", both)

    def unlink(self, mention_id: int) -> set[int]:
        """Forget what a mention was found to be like; which those were."""
        rows = self._db.execute("SELECT other FROM likenesses WHERE one = ?", (mention_id,)).fetchall()
        others = {row[0] for row in rows}
        if others:
            self._db.execute("DELETE FROM likenesses WHERE one = ?", (mention_id,))
            pairs = [(other, mention_id) for other in others]
            self._db.executemany("DELETE FROM likenesses WHERE one = ? AND other = ?", pairs)
        return others

    def likenesses(self, ids: Iterable[int]) -> list[Likeness]:
        """What these mentions were found to be like."""
        from webwatch.stories import Likeness

        sql = "SELECT one, other, kind FROM likenesses WHERE one IN (SELECT value FROM json_each(?))"
        return [Likeness(*row) for row in self._db.execute(sql, (json.dumps(list(ids)),))]

    def decisions(self) -> list[Action]:
        """What the owner decided about stories and people and did not take back, oldest first."""
        made = [actions.read_action(row) for row in self._db.execute(_DECISIONS)]
        return [action for action in made if not self._is_undone(action.id)]

    def _is_undone(self, action_id: int) -> bool:
        rows = self._db.execute("SELECT id FROM actions WHERE of = ? AND kind = 'undo'", (action_id,))
        return any(not self._is_undone(number) for (number,) in rows.fetchall())

    def note(self, beliefs: Mapping[int, tuple[int | None, int]]) -> None:
        """Keep, beside each mention, its story and in how many places its person tells it."""
        self._db.executemany(
            "UPDATE mentions SET story = ?1, told = ?2 WHERE id = ?3 AND (story IS NOT ?1 OR told != ?2)",
            [(story, told, number) for number, (story, told) in beliefs.items()],
        )
