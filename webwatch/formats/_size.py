"""Mail programs clip what is too long, so a mail says itself what it leaves out."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from webwatch.model import Digest

# Gmail clips at about 102 kB.
MAIL_BYTES = 90_000


def fitted(digest: Digest, render: Callable[[Digest], str], limit: int = MAIL_BYTES) -> str:
    """The rendering with as many items, best first, as stay under `limit` bytes of UTF-8.

    Sections keep their totals, so the rendering says how many items are left out.
    """
    whole = render(digest)
    if len(whole.encode()) < limit:
        return whole

    def size(shown: int) -> int:
        return len(render(first_items(digest, shown)).encode())

    items = sum(len(section.items) for section in digest.sections)
    fitting = bisect_right(range(items + 1), limit - 1, key=size) - 1
    return render(first_items(digest, max(fitting, 0)))


def first_items(digest: Digest, shown: int) -> Digest:
    """The digest with its first `shown` items alone."""
    sections = []
    for section in digest.sections:
        total = max(section.total, len(section.items))
        sections.append(section._replace(items=section.items[:shown], total=total))
        shown -= min(shown, len(section.items))
    return digest._replace(sections=tuple(sections))
