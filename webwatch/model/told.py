"""What a scan reports."""

from typing import NamedTuple


class SourceReport(NamedTuple):
    """What one visit did. `status` is `read`, `unchanged`, `waiting` (not asked: the server said when) or `failed`."""

    source: str
    status: str
    entries: int = 0
    new_entries: int = 0
    new_mentions: int = 0
    seconds: float = 0.0
    bytes: int = 0
    failure: str = ""
    message: str = ""


class ThreadReport(NamedTuple):
    """What one visit to a followed thread did; `status` as of a `SourceReport`."""

    id: int
    title: str
    url: str
    status: str
    new_entries: int = 0
    new_mentions: int = 0
    failure: str = ""
    message: str = ""
