"""Who we are, and what we wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

from webwatch import addresses, text

if TYPE_CHECKING:
    from webwatch.model import Config, Entry, Source


class Ours(NamedTuple):
    """Who we are: our names, folded, and our domains."""

    names: frozenset[str]
    domains: tuple[str, ...]

    @classmethod
    def of(cls, config: Config) -> Self:
        """By `us` in the configuration."""
        names = frozenset(text.fold(author) for author in (config.us.name, *config.us.authors) if author)
        return cls(names, config.us.domains)

    def wrote(self, source: Source, entry: Entry) -> bool:
        """Whether we wrote it (rule 13): our name, or our own site, unless that is a profile where others write."""
        if entry.author and (self.names or source.us):
            name = text.fold(entry.author)
            if name in self.names or any(name == text.fold(our) for our in source.us):
                return True
        if source.own or not self.domains:
            return False
        return addresses.is_at(entry.url, self.domains)
