"""The words of webwatch as types: one immutable record for each stage of knowledge.

configured → on the wire → observed → stored → believed → told. Datetimes are aware and UTC from the parser on, and
text is plain (no markup, no control characters) from the parser on. Durations are `timedelta`; sizes are bytes.

Named tuples, always built by field name: 27 frozen dataclasses cost every command 17 ms of import, these cost 3.
For the same reason the annotations are real types here: a name to be looked up later costs its compilation.
"""

from webwatch.model.believed import (
    Author,
    Counts,
    Digest,
    Promise,
    Ranked,
    Reason,
    Section,
    Standing,
    View,
)
from webwatch.model.configured import (
    AnswerPage,
    AnswerTime,
    Config,
    DeskRules,
    DigestRules,
    Event,
    FetchRules,
    HistoryRules,
    Keyword,
    Near,
    OfficeHours,
    Person,
    Select,
    Source,
    Us,
)
from webwatch.model.observed import (
    Entry,
    Match,
    Quote,
    Thread,
)
from webwatch.model.stored import (
    Action,
    Arrival,
    Belief,
    Coverage,
    Gap,
    KnownThread,
    Mention,
    Place,
    Problem,
    Said,
    Stored,
)
from webwatch.model.told import (
    SourceReport,
    ThreadReport,
)
from webwatch.model.wire import (
    Checkpoint,
    Context,
    Further,
    Page,
    Parsed,
    Request,
)

__all__ = [
    "Action",
    "AnswerPage",
    "AnswerTime",
    "Arrival",
    "Author",
    "Belief",
    "Checkpoint",
    "Config",
    "Context",
    "Counts",
    "Coverage",
    "DeskRules",
    "Digest",
    "DigestRules",
    "Entry",
    "Event",
    "FetchRules",
    "Further",
    "Gap",
    "HistoryRules",
    "Keyword",
    "KnownThread",
    "Match",
    "Mention",
    "Near",
    "OfficeHours",
    "Page",
    "Parsed",
    "Person",
    "Place",
    "Problem",
    "Promise",
    "Quote",
    "Ranked",
    "Reason",
    "Request",
    "Said",
    "Section",
    "Select",
    "Source",
    "SourceReport",
    "Standing",
    "Stored",
    "Thread",
    "ThreadReport",
    "Us",
    "View",
]
