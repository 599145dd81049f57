"""Every measure by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.quality import forum, stories

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.quality.floors import Figures

MEASURES: dict[str, Callable[[], Figures]] = {
    "forum": forum.as_it_is,
    "forum_without_engines": forum.without_engines,
    "stories_by_hand": stories.by_hand,
    "stories_by_machine": stories.by_machine,
}
