"""What else a document names: an entity that is also called by another name in it is the likelier sense."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from kg.ontology.normalize import key, word_spans, words

if TYPE_CHECKING:
    from kg.linking.entities import Entities
    from kg.model import Curie
    from kg.ontology.lexicon import Lexicon

_LONGEST = 6
_SHORTEST_KEY = 5
_SHORTEST_WORD = 4
_MOST_NAMES = 40


class DocumentContext:
    """The names that may stand in a text; worked out when it is first asked for."""

    def __init__(self, text: str, entities: Entities) -> None:
        self._text = text
        self._entities = entities
        self._keys: frozenset[str] | None = None
        self._known: dict[tuple[Curie, str], bool] = {}

    def names(self, curie: Curie, mention: str) -> bool:
        """Say whether the text calls the entity by another name of some length than the mention's."""
        asked = (curie, mention)
        found = self._known.get(asked)
        if found is None:
            found = self._known[asked] = self._search(curie, key(mention))
        return found

    def _search(self, curie: Curie, own: str) -> bool:
        if self._keys is None:
            self._keys = _window_keys(self._text)
        shared = self._keys & self._entities.name_keys(curie)
        return any(other not in own for other in shared)


def _window_keys(text: str) -> frozenset[str]:
    """Return the keys of up to six words that stand together, the short ones too, as nobody asks for those."""
    parts = word_spans(text)[2]
    found: set[str] = set()
    for start in range(len(parts)):
        found.update(accumulate(parts[start : start + _LONGEST]))
    return frozenset(found)


def shares_word(lexicon: Lexicon, curie: Curie, text: str) -> bool:
    """Say whether a name of the entity and a text have a word of some length in common, or the beginning of one."""
    wanted = {word.key[:_SHORTEST_KEY] for word in words(text) if len(word.key) >= _SHORTEST_WORD}
    return any(
        word.key[:_SHORTEST_KEY] in wanted
        for posting in lexicon.names(curie)[:_MOST_NAMES]
        for word in words(posting.name)
    )
