"""Whether an entry concerns us, and where it says so."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple, Self

from webwatch.match import Matcher, compile_keywords
from webwatch.pipeline.ours import Ours

if TYPE_CHECKING:
    from webwatch.model import Config, Entry, Match, Source


_HARDLY_ANY_WORDS = 6  # "+1", "Helemaal mee eens!"


class Relevance(NamedTuple):
    """The keywords, and who we are. `fingerprint` changes when the answer for some stored entry might."""

    matcher: Matcher
    ours: Ours
    fingerprint: str

    @classmethod
    def of(cls, config: Config) -> Self:
        """Made ready for one run."""
        ours = Ours.of(config)
        own = sorted((source.name, source.own, source.us) for source in config.sources if source.own or source.us)
        rules = repr(
            ([keyword._replace(weight=0) for keyword in config.keywords], sorted(ours.names), ours.domains, own)
        )
        fingerprint = blake2b(rules.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        return cls(compile_keywords(config.keywords), ours, fingerprint)

    def find(self, source: Source, entry: Entry) -> tuple[Match, ...] | None:
        """Where an entry names us; None where it is no mention. On our own profile everything is one (rule 1)."""
        if self.ours.wrote(source, entry):
            return None
        return self.matcher.find(entry) or self._in_quotes(entry) or (() if source.own else None)

    def _in_quotes(self, entry: Entry) -> tuple[Match, ...]:
        """Where what it quotes names us: another's words, unless the post has hardly any of its own."""
        if not entry.quotes or len(entry.text.split()) > _HARDLY_ANY_WORDS:
            return ()
        quoted = "\n".join(quote.text for quote in entry.quotes)
        found = self.matcher.find(entry._replace(title="", text=quoted))
        return tuple(match._replace(field="quotes") for match in found if match.field == "text")
