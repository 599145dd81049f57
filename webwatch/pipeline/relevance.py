"""Whether an entry concerns us, and where it says so."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple, Self

from webwatch import addresses, text
from webwatch.match import Matcher, compile_keywords

if TYPE_CHECKING:
    from webwatch.model import Config, Entry, Match, Source


class Relevance(NamedTuple):
    """The keywords, and who we are. `fingerprint` changes when the answer for some stored entry might."""

    matcher: Matcher
    our_names: frozenset[str]
    our_domains: tuple[str, ...]
    fingerprint: str

    @classmethod
    def of(cls, config: Config) -> Self:
        """Made ready for one run."""
        names = frozenset(text.fold(author) for author in (config.us.name, *config.us.authors) if author)
        own = sorted(source.name for source in config.sources if source.own)
        rules = repr(
            ([keyword._replace(weight=0) for keyword in config.keywords], sorted(names), config.us.domains, own)
        )
        fingerprint = blake2b(rules.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        return cls(compile_keywords(config.keywords), names, config.us.domains, fingerprint)

    def find(self, source: Source, entry: Entry) -> tuple[Match, ...] | None:
        """Where an entry names us; None where it is no mention. On our own profile everything is one (rule 1)."""
        if self._is_ours(source, entry):
            return None
        return self.matcher.find(entry) or (() if source.own else None)

    def _is_ours(self, source: Source, entry: Entry) -> bool:
        """Whether we wrote it (rule 13): our name, or our own site, unless that is a profile where others write."""
        if entry.author and self.our_names and text.fold(entry.author) in self.our_names:
            return True
        if source.own or not self.our_domains:
            return False
        host = addresses.host(entry.url)
        return any(host == domain or host.endswith(f".{domain}") for domain in self.our_domains)
