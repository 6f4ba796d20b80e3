"""Entities by CURIE, remembered: decoding one from the index costs more than all else that linking does to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.ontology.normalize import key

if TYPE_CHECKING:
    from kg.model import Curie, Entity
    from kg.ontology.lexicon import Lexicon

_CACHE_LIMIT = 50_000
_SHORTEST_KEY = 5
_MOST_NAMES = 40


class Entities:
    """The entities of a lexicon, the last ones asked for kept in memory."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[Curie, Entity] = {}
        self._parents: dict[Curie, tuple[Curie, ...]] = {}
        self._name_keys: dict[Curie, frozenset[str]] = {}

    def entity(self, curie: Curie) -> Entity:
        """Return the entity that a CURIE names.

        Raises:
            LexiconError: no source has the CURIE.
        """
        found = self._known.get(curie)
        if found is None:
            if len(self._known) >= _CACHE_LIMIT:
                self._known.clear()
            found = self._known[curie] = self._lexicon.entity(curie)
        return found

    def parents(self, curie: Curie) -> tuple[Curie, ...]:
        """Return the direct superclasses."""
        found = self._parents.get(curie)
        if found is None:
            if len(self._parents) >= _CACHE_LIMIT:
                self._parents.clear()
            found = self._parents[curie] = self._lexicon.parents(curie)
        return found

    def name_keys(self, curie: Curie) -> frozenset[str]:
        """Return the keys of the names of some length, of the most trusted ones."""
        found = self._name_keys.get(curie)
        if found is None:
            if len(self._name_keys) >= _CACHE_LIMIT:
                self._name_keys.clear()
            names = (key(posting.name) for posting in self._lexicon.names(curie)[:_MOST_NAMES])
            found = self._name_keys[curie] = frozenset(name for name in names if len(name) >= _SHORTEST_KEY)
        return found
