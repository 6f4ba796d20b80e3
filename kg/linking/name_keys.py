"""The keys of an entity's names, remembered: a document is searched for them once for each candidate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.ontology.normalize import key

if TYPE_CHECKING:
    from kg.model import Curie
    from kg.ontology.lexicon import Lexicon

_CACHE_LIMIT = 50_000
_SHORTEST_KEY = 5
_MOST_NAMES = 40


class NameKeys:
    """The keys of the names of a lexicon's entities, the last ones asked for kept in memory."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[Curie, frozenset[str]] = {}

    def of(self, curie: Curie) -> frozenset[str]:
        """Return the keys of the names of some length, of the most trusted ones."""
        found = self._known.get(curie)
        if found is None:
            if len(self._known) >= _CACHE_LIMIT:
                self._known.clear()
            names = (key(posting.name) for posting in self._lexicon.names(curie)[:_MOST_NAMES])
            found = self._known[curie] = frozenset(name for name in names if len(name) >= _SHORTEST_KEY)
        return found
