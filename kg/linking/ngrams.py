"""Names of similar letters: exact top-n by cosine of TF-IDF character trigrams, over arrays mapped into memory.

A key can only reach the wanted cosine by sharing one of the query's rare trigrams (the rest of the query's vector is
too short), so only the lists of those are read; the few keys that are left are compared letter by letter. Nor can a
key whose vector is much shorter or longer than the query's.
"""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from kg.linking.built_arrays import ready_arrays
from kg.linking.compatible import type_distance
from kg.linking.lexicon_keys import iter_keys, key_of, kinds_of_keys, postings_of_key
from kg.linking.ngram_arrays import NgramArrays, arrays_of
from kg.linking.ngram_search import THRESHOLD, candidates, query_of
from kg.model import EntityType
from kg.ontology.compile import FILED_MARK
from kg.ontology.normalize import key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy.typing as npt

    from kg.ontology.lexicon import Lexicon
    from kg.ontology.names import Posting

    Numbers = npt.NDArray[Any]

FORMAT = 5
"""Raise when the arrays or what is indexed changes."""
_SHORTEST_KEY = 6
_LONGEST_KEY = 60
_CACHE_LIMIT = 50_000


class NgramIndex:
    """Finds the keys of a lexicon whose letters are most like those of a name; built when it is first asked."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._arrays: NgramArrays | None = None
        self._own = threading.local()
        self._blocks_of: dict[EntityType | None, Numbers] = {}
        self._known: dict[tuple[str, EntityType | None, int], list[tuple[int, float]]] = {}

    def __reduce__(self) -> tuple[Callable[..., NgramIndex], tuple[Lexicon]]:
        return NgramIndex, (self._lexicon,)

    def make_ready(self) -> None:
        """Build the arrays now, rather than when the first mention needs them."""
        self._open()

    def postings(self, key_id: int) -> tuple[Posting, ...]:
        """Return the names that have a key."""
        return postings_of_key(self._lexicon, key_id)

    def similar(self, name: str, kind: EntityType | None, limit: int = 10) -> list[tuple[int, float]]:
        """Return (key number, cosine) of the most similar keys that name something of a fitting type, best first."""
        asked = (key(name), kind, limit)
        if len(asked[0]) < _SHORTEST_KEY - 1:
            return []
        found = self._known.get(asked)
        if found is None:
            if len(self._known) >= _CACHE_LIMIT:
                self._known.clear()
            found = self._known[asked] = self._fitting(*asked)
        return found

    def _fitting(self, wanted: str, kind: EntityType | None, limit: int) -> list[tuple[int, float]]:
        arrays = self._open()
        if not len(arrays.ids):
            return []
        query = query_of(arrays, wanted)
        if not query.grams:
            return []
        rows = candidates(arrays, query, self._blocks(arrays, kind), self._sums(arrays))
        lengths = dict(zip(arrays.ids.take(rows).tolist(), arrays.norms.take(rows).tolist(), strict=True))
        cosines = {number: query.cosine(key_of(self._lexicon, number), length) for number, length in lengths.items()}
        found = [(number, cosine) for number, cosine in cosines.items() if cosine >= THRESHOLD]
        found.sort(key=lambda one: (-one[1], one[0]))
        return [(number, round(cosine, 4)) for number, cosine in found[:limit]]

    def _blocks(self, arrays: NgramArrays, kind: EntityType | None) -> Numbers:
        """Return the blocks of the kinds that fit a type."""
        found = self._blocks_of.get(kind)
        if found is None:
            import numpy as np

            fits = [type_distance(kind, other) is not None for other in EntityType]
            found = self._blocks_of[kind] = np.flatnonzero(np.array(fits).take(arrays.kinds))
        return found

    def _sums(self, arrays: NgramArrays) -> Numbers:
        """Return a zero for every row, one array a thread; who writes into it sets it back."""
        import numpy as np

        found: Numbers | None = getattr(self._own, "sums", None)
        if found is None:
            found = self._own.sums = np.zeros(len(arrays.ids), np.float32)
        return found

    def _open(self) -> NgramArrays:
        if self._arrays is None:
            build = partial(_build, self._lexicon)
            self._arrays = ready_arrays(self._lexicon, f"ngrams-{FORMAT}", NgramArrays.opened, build)
        return self._arrays


def _build(lexicon: Lexicon, folder: Path) -> None:
    import numpy as np

    kinds, ids = kinds_of_keys(lexicon)
    names = list(iter_keys(lexicon))
    indexed = np.fromiter(map(_is_indexed, names), bool, len(names))[ids]
    kinds, ids = kinds[indexed], ids[indexed]
    arrays_of([names[place] for place in ids], ids, kinds).save(folder)


def _is_indexed(known: str) -> bool:
    """Leave out word bags, what is only filed, and what is code rather than words: a similar code is another thing."""
    if not _SHORTEST_KEY <= len(known) <= _LONGEST_KEY or " " in known or known[0] == FILED_MARK:
        return False
    return sum(map(str.isdigit, known)) * 3 < len(known)
