"""The vectors of all names of diseases, to find the nearest in meaning; built once beside the compiled lexicon."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.linking.built_arrays import mapped, ready_arrays
from kg.linking.lexicon_keys import names_of_type, number_of, posting_at
from kg.linking.name_encoder import shipped_encoder
from kg.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy.typing as npt

    from kg.linking.name_encoder import NameEncoder
    from kg.model import Curie
    from kg.ontology.lexicon import Lexicon
    from kg.ontology.names import Posting

    Numbers = npt.NDArray[Any]

TYPES = (EntityType.DISEASE,)
"""Types whose names are searched: those of other types seldom have a meaning beside their letters."""
MOST_NEAR = 10
"""So many entities are asked for wherever a mention has no name that is exactly so."""
_FORMAT = 3
_BY_ROW = ("vectors", "owners", "rows")
_FILES = (*_BY_ROW, "starts", "numbers", "places")
_SEARCHED = 5000
"""So many names of the nearest regions; docs/linking.md says how many of the nearest names are among them."""
_NAMES_AN_ENTITY = 8
"""So many times as many names as entities are looked at: more of the nearest seldom belong to one entity."""
_SCALE = 127.0
_BLOCK = 1 << 14
_CACHE_LIMIT = 256


class NameVectors:
    """Searches the names of the ``TYPES`` by the cosine of their vectors, in the regions nearest to what is asked."""

    def __init__(self, lexicon: Lexicon, encoder: NameEncoder | None = None) -> None:
        """Search with the shipped encoder, or another; nothing is read yet."""
        self._lexicon = lexicon
        self._given = encoder
        self._known: dict[tuple[str, int], tuple[tuple[Posting, float], ...]] = {}
        self._last: tuple[str, Numbers] | None = None

    def __reduce__(self) -> tuple[Callable[..., NameVectors], tuple[Lexicon, NameEncoder | None]]:
        return NameVectors, (self._lexicon, self._given)

    @cached_property
    def encoder(self) -> NameEncoder:
        """The encoder of names."""
        return self._given or shipped_encoder()

    @cached_property
    def _arrays(self) -> dict[str, Numbers]:
        return ready_arrays(self._lexicon, f"name-vectors-{_FORMAT}-{self.encoder.mark}", _opened, self._build)

    def make_ready(self) -> None:
        """Build the vectors now, rather than when the first mention needs them."""
        _ = self._arrays

    def nearest(self, name: str, limit: int) -> tuple[tuple[Posting, float], ...]:
        """Return (nearest name, its cosine) of each of the nearest entities, best first."""
        asked = (name, limit)
        found = self._known.get(asked)
        if found is None:
            if len(self._known) >= _CACHE_LIMIT:
                self._known.clear()
            found = self._known[asked] = self._search(name, limit)
        return found

    def similarity(self, name: str, curie: Curie) -> float:
        """Return the greatest cosine of a name with the names of an entity; 0 for one that is not of the ``TYPES``."""
        import numpy as np

        arrays, number = self._arrays, number_of(self._lexicon, curie)
        first, last = np.searchsorted(arrays["numbers"], (number, number + 1))
        if first == last:
            return 0.0
        vectors = arrays["vectors"][arrays["places"][first:last]].astype(np.float32)
        return min(1.0, round(float((vectors @ self._vector(name)).max()) / _SCALE, 4))

    def _vector(self, name: str) -> Numbers:
        """Return the vector of a name; that of the last one is asked for again by each of its candidates."""
        if self._last is None or self._last[0] != name:
            self._last = (name, self.encoder.encode([name])[0])
        return self._last[1]

    def _search(self, name: str, limit: int) -> tuple[tuple[Posting, float], ...]:
        import numpy as np

        arrays, vector = self._arrays, self._vector(name)
        places = self._near_places(vector)
        cosines = arrays["vectors"][places].astype(np.float32) @ vector
        if len(places) > limit * _NAMES_AN_ENTITY:
            best = np.argpartition(-cosines, limit * _NAMES_AN_ENTITY)[: limit * _NAMES_AN_ENTITY]
            places, cosines = places[best], cosines[best]
        owners, rows = arrays["owners"][places], arrays["rows"][places]
        found: dict[int, tuple[Posting, float]] = {}
        for at in np.lexsort((rows, -cosines)).tolist():
            if (owner := int(owners[at])) not in found:
                posting = posting_at(self._lexicon, int(rows[at]))
                found[owner] = (posting, min(1.0, round(float(cosines[at]) / _SCALE, 4)))
                if len(found) == limit:
                    break
        return tuple(found.values())

    def _near_places(self, vector: Numbers) -> Numbers:
        """Return where the names of the nearest regions lie, of so many regions that they are ``_SEARCHED`` or more."""
        import numpy as np

        starts = self._arrays["starts"]
        regions = np.argsort(-(self.encoder.centroids @ vector))
        sizes = starts[regions + 1] - starts[regions]
        count = int((np.cumsum(sizes) < _SEARCHED).sum()) + 1
        regions, sizes = regions[:count], sizes[:count]
        return np.repeat(starts[regions] - (np.cumsum(sizes) - sizes), sizes) + np.arange(sizes.sum())

    def _build(self, folder: Path) -> None:
        """Write the vectors (names, width) in 8 bits, by region, with the number of each one's entity and posting.

        ``numbers`` are the entities' numbers in rising order, ``places`` where the name of each lies.
        """
        import numpy as np

        names, owners, rows = names_of_type(self._lexicon, TYPES)
        vectors = np.empty((len(names), self.encoder.width), np.int8)
        regions = np.empty(len(names), np.int64)
        for at in range(0, len(names), _BLOCK):
            block = self.encoder.encode(names[at : at + _BLOCK])
            vectors[at : at + _BLOCK] = np.rint(block * _SCALE)
            regions[at : at + _BLOCK] = (block @ self.encoder.centroids.T).argmax(axis=1)
        order = np.argsort(regions, kind="stable")
        counts = np.bincount(regions, minlength=len(self.encoder.centroids))
        np.save(folder / "starts.npy", np.concatenate(([0], np.cumsum(counts))))
        for name, array in zip(_BY_ROW, (vectors, owners, rows), strict=True):
            np.save(folder / f"{name}.npy", array[order])
        np.save(folder / "numbers.npy", owners)
        np.save(folder / "places.npy", np.argsort(order).astype(np.int32))


def _opened(folder: Path) -> dict[str, Numbers]:
    return {name: mapped(folder / f"{name}.npy") for name in _FILES}
