"""Names of similar letters: exact top-n by cosine of TF-IDF character trigrams, over arrays mapped into memory.

A key can only reach the wanted cosine by sharing one of the query's rare trigrams (the rest of the query's vector is
too short), so only the lists of those are read; the others are looked into for the few keys that are left.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.linking.compatible import type_distance
from kg.linking.lexicon_keys import arrays_folder, iter_keys, postings_of_key
from kg.linking.ngram_arrays import key_codes, write_arrays
from kg.ontology.normalize import key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from kg.model import EntityType
    from kg.ontology.lexicon import Lexicon
    from kg.ontology.names import Posting

    Numbers = npt.NDArray[Any]

logger = logging.getLogger(__name__)

FORMAT = 1
"""Raise when the arrays or what is indexed changes."""
THRESHOLD = 0.58
_FILES = ("ids", "grams", "idf", "norms", "starts", "rows")
_SHORTEST_KEY = 6
_LONGEST_KEY = 60
_CACHE_LIMIT = 50_000


class NgramIndex:
    """Finds the keys of a lexicon whose letters are most like those of a name; built when it is first asked."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._arrays: dict[str, Numbers] | None = None
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
            found = self._known[asked] = self._fitting(asked[0], kind, limit)
        return found

    def _fitting(self, wanted: str, kind: EntityType | None, limit: int) -> list[tuple[int, float]]:
        found: list[tuple[int, float]] = []
        for key_id, cosine in self._most_similar(wanted):
            if any(type_distance(kind, posting.type) is not None for posting in self.postings(key_id)):
                found.append((key_id, cosine))
                if len(found) >= limit:
                    break
        return found

    def _most_similar(self, wanted: str) -> list[tuple[int, float]]:
        import numpy as np

        arrays = self._open()
        grams = arrays["grams"]
        codes = key_codes(wanted)
        places = np.searchsorted(grams, codes).clip(max=max(0, len(grams) - 1))
        known = grams[places] == codes if len(grams) else np.zeros(len(codes), bool)
        unknown_weight = float(np.log(len(arrays["ids"]) + 1)) ** 2 * int((~known).sum())
        places = places[known]
        weights = arrays["idf"][places].astype(np.float64) ** 2
        length = float(np.sqrt(weights.sum() + unknown_weight))
        rows, sums = _candidates(arrays, places, weights, length)
        cosines = sums / (length * arrays["norms"][rows])
        good = np.nonzero(cosines >= THRESHOLD)[0]
        order = good[np.lexsort((rows[good], -cosines[good]))]
        return [(int(arrays["ids"][rows[place]]), round(float(cosines[place]), 4)) for place in order[:200]]

    def _open(self) -> dict[str, Numbers]:
        if self._arrays is None:
            self._arrays = _ready_arrays(self._lexicon)
        return self._arrays


def _candidates(
    arrays: dict[str, Numbers], places: Numbers, weights: Numbers, length: float
) -> tuple[Numbers, Numbers]:
    """Return the rows that may reach the threshold, and the shared weight of each; ``length`` is the query's."""
    import numpy as np

    starts, all_rows = arrays["starts"], arrays["rows"]
    lists = [all_rows[first:last] for first, last in zip(starts[places], starts[places + 1], strict=True)]
    sizes = np.array([len(rows) or np.iinfo(np.int32).max for rows in lists], np.int64)
    order = np.argsort(sizes, kind="stable")
    left = np.maximum(0, weights.sum() - np.cumsum(weights[order]))
    first = int(np.searchsorted(-np.sqrt(left), -THRESHOLD * length, side="right")) + 1
    chosen = [lists[place] for place in order[:first]]
    rows, sums = _summed(chosen, weights[order[:first]])
    needed = THRESHOLD * length * arrays["norms"][rows]
    for number, place in enumerate(order[first:].tolist(), start=first):
        likely = np.flatnonzero(sums + left[number - 1] >= needed)
        if len(likely) < len(rows):
            rows, sums, needed = rows[likely], sums[likely], needed[likely]
        if len(lists[place]) and len(rows):
            at = np.searchsorted(lists[place], rows).clip(max=len(lists[place]) - 1)
            sums += np.where(lists[place][at] == rows, weights[place], 0.0)
    return rows, sums


def _summed(lists: Sequence[Numbers], weights: Numbers) -> tuple[Numbers, Numbers]:
    """Return the different rows of the lists, sorted, and for each the summed weights of the lists that hold it."""
    import numpy as np

    if not lists:
        return np.zeros(0, np.int32), np.zeros(0)
    joined = np.concatenate(lists)
    order = np.argsort(joined, kind="stable")
    sorted_rows = joined[order]
    begins = np.concatenate(([0], np.flatnonzero(sorted_rows[1:] != sorted_rows[:-1]) + 1))
    repeated = np.repeat(weights, [len(rows) for rows in lists])[order]
    if not len(joined):
        return sorted_rows, np.zeros(0)
    return sorted_rows[begins], np.add.reduceat(repeated, begins)


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
        chosen = [(place, known) for place, known in enumerate(iter_keys(lexicon)) if _is_indexed(known)]
        write_arrays(work, [known for _, known in chosen], np.array([place for place, _ in chosen], np.int32))
        try:
            work.rename(folder)
        except OSError:
            if not folder.is_dir():  # another process may have come first
                raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _is_indexed(known: str) -> bool:
    """Leave out word bags, and what is code rather than words: a similar code is another thing."""
    if not _SHORTEST_KEY <= len(known) <= _LONGEST_KEY or " " in known:
        return False
    return sum(map(str.isdigit, known)) * 3 < len(known)
