"""Names of similar letters: exact top-n by cosine of TF-IDF character trigrams, over arrays mapped into memory.

A key can only reach the wanted cosine by sharing one of the query's rare trigrams (the rest of the query's vector is
too short), so only the lists of those are read; the others are looked into for the few keys that are left. Nor can a
key whose vector is much shorter or longer than the query's.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.linking.compatible import type_distance
from kg.linking.lexicon_keys import arrays_folder, iter_keys, kinds_of_keys, postings_of_key
from kg.linking.ngram_arrays import write_arrays
from kg.linking.ngram_search import THRESHOLD, candidates, query_of
from kg.model import EntityType
from kg.ontology.compile import FILED_MARK
from kg.ontology.normalize import key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from kg.linking.ngram_search import Query
    from kg.ontology.lexicon import Lexicon
    from kg.ontology.names import Posting

    Numbers = npt.NDArray[Any]

logger = logging.getLogger(__name__)

FORMAT = 3
"""Raise when the arrays or what is indexed changes."""
_FILES = ("ids", "grams", "idf", "norms", "kinds", "bases", "starts", "rows")
_SHORTEST_KEY = 6
_LONGEST_KEY = 60
_CACHE_LIMIT = 50_000


class NgramIndex:
    """Finds the keys of a lexicon whose letters are most like those of a name; built when it is first asked."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._arrays: dict[str, Numbers] | None = None
        self._own = threading.local()
        self._known: dict[tuple[str, EntityType | None, int], list[tuple[int, float]]] = {}

    def __reduce__(self) -> tuple[Callable[..., NgramIndex], tuple[Lexicon]]:
        return NgramIndex, (self._lexicon,)

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
        kinds = [place for place, other in enumerate(EntityType) if type_distance(kind, other) is not None]
        best: dict[int, float] = {}
        for key_id, cosine in self._most_similar(wanted, kinds):
            best.setdefault(key_id, cosine)
            if len(best) >= limit:
                break
        return list(best.items())

    def _most_similar(self, wanted: str, kinds: Sequence[int]) -> list[tuple[int, float]]:
        """Return (key number, cosine) of keys of some kinds, best first; one of several kinds comes several times."""
        import numpy as np

        arrays = self._open()
        query = query_of(arrays, wanted)
        if not len(query.grams):
            return []
        parts = [self._found(query, kind) for kind in kinds]
        ids, cosines = (np.concatenate([part[column] for part in parts]) for column in (0, 1))
        order = np.lexsort((ids, -cosines))
        return [(int(ids[place]), round(float(cosines[place]), 4)) for place in order[:200]]

    def _found(self, query: Query, kind: int) -> tuple[Numbers, Numbers]:
        """Return the numbers and cosines of the keys of one kind that are similar enough."""
        import numpy as np

        arrays = self._open()
        rows, shared = candidates(arrays, query, kind, self._sums())
        cosines = shared / (query.length * arrays["norms"][rows])
        good = np.nonzero(cosines >= THRESHOLD)[0]
        return arrays["ids"][rows[good]], cosines[good]

    def _sums(self) -> Numbers:
        """Return zeros for every row of the largest kind, one array a thread; who writes into it sets it back."""
        import numpy as np

        found: Numbers | None = getattr(self._own, "sums", None)
        if found is None:
            found = self._own.sums = np.zeros(int(np.diff(self._open()["kinds"]).max()), np.float32)
        return found

    def _open(self) -> dict[str, Numbers]:
        if self._arrays is None:
            self._arrays = _ready_arrays(self._lexicon)
        return self._arrays


def _ready_arrays(lexicon: Lexicon) -> dict[str, Numbers]:
    """Return the arrays, from beside the compiled index where they are, else built by one process while others wait."""
    folder = arrays_folder(lexicon, f"ngrams-{FORMAT}")
    if not folder.is_dir():
        with _locked(folder.with_suffix(".lock")):
            if not folder.is_dir():
                _build(lexicon, folder)
    try:
        return _mapped(folder)
    except (OSError, ValueError) as error:
        logger.warning("the n-gram arrays in %s were damaged (%s): built again", folder, error)
        with _locked(folder.with_suffix(".lock")):
            shutil.rmtree(folder, ignore_errors=True)
            _build(lexicon, folder)
        return _mapped(folder)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold an exclusive lock; where the platform has none, go on, as the rename is atomic anyway."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _mapped(folder: Path) -> dict[str, Numbers]:
    """Map the arrays; as plain views, which are quicker to slice than numpy's own class for maps."""
    import numpy as np

    return {
        name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False).view(np.ndarray) for name in _FILES
    }


def _build(lexicon: Lexicon, folder: Path) -> None:
    import numpy as np

    work = Path(tempfile.mkdtemp(prefix=".building-", dir=folder.parent))
    try:
        kinds, ids = kinds_of_keys(lexicon)
        names = list(iter_keys(lexicon))
        indexed = np.fromiter(map(_is_indexed, names), bool, len(names))[ids]
        kinds, ids = kinds[indexed], ids[indexed]
        write_arrays(work, [names[place] for place in ids], ids, kinds, len(EntityType))
        try:
            work.rename(folder)
        except OSError:
            if not folder.is_dir():  # another process may have come first
                raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _is_indexed(known: str) -> bool:
    """Leave out word bags, what is only filed, and what is code rather than words: a similar code is another thing."""
    if not _SHORTEST_KEY <= len(known) <= _LONGEST_KEY or " " in known or known[0] == FILED_MARK:
        return False
    return sum(map(str.isdigit, known)) * 3 < len(known)
