"""What else a document names: an entity that is also called by another name in it is the likelier sense."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from kg.linking.named_genes import NamedGenes
from kg.ontology.normalize import key, text_words, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.linking.name_keys import NameKeys
    from kg.model import Curie
    from kg.ontology.lexicon import Lexicon

_LONGEST = 6
_SHORTEST_KEY = 5
_SHORTEST_WORD = 4
_MOST_NAMES = 40


class DocumentContext:
    """The names that may stand in a text, worked out when it is first asked for, and the genes that it surely names."""

    def __init__(self, text: str, name_keys: NameKeys, genes: NamedGenes | None = None) -> None:
        self.genes = genes or NamedGenes()
        self._text = text
        self._name_keys = name_keys
        self._words: _Words | None = None
        self._known: dict[tuple[Curie, str], bool] = {}

    def names(self, curie: Curie, mention: str) -> bool:
        """Say whether the text calls the entity by another name of some length than the mention's."""
        asked = (curie, mention)
        found = self._known.get(asked)
        if found is None:
            found = self._known[asked] = self._search(curie, key(mention))
        return found

    def _search(self, curie: Curie, own: str) -> bool:
        if self._words is None:
            self._words = _Words(text_words(self._text)[2])
        hold = self._words.hold
        return any(name not in own and hold(name) for name in self._name_keys.of(curie))


class _Words:
    """The keys of a text's words, one behind the other."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._joined = "".join(keys)
        edges = [0, *accumulate(map(len, keys))]
        self._last = {edge: place for place, edge in enumerate(edges)}
        self._first = {edge: place for place, edge in zip(range(len(keys), -1, -1), reversed(edges), strict=True)}

    def hold(self, name: str) -> bool:
        """Say whether some words that stand together have this key."""
        start = self._joined.find(name)
        while start >= 0:
            end = start + len(name)
            if start in self._last and end in self._first and self._first[end] - self._last[start] <= _LONGEST:
                return True
            start = self._joined.find(name, start + 1)
        return False


def shares_word(lexicon: Lexicon, curie: Curie, text: str) -> bool:
    """Say whether a name of the entity and a text have a word of some length in common, or the beginning of one."""
    wanted = {word.key[:_SHORTEST_KEY] for word in words(text) if len(word.key) >= _SHORTEST_WORD}
    return any(
        word.key[:_SHORTEST_KEY] in wanted
        for posting in lexicon.names(curie)[:_MOST_NAMES]
        for word in words(posting.name)
    )
