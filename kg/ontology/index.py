"""The compiled index, mapped into memory: read-only, shared by processes, decoded only where it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.errors import LexiconError
from kg.model import Curie, Entity, EntityType
from kg.ontology.compile import EXACT_CASE, UNIT
from kg.ontology.names import STATUSES, Posting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy.typing as npt

    Numbers = npt.NDArray[Any]

_CACHE_LIMIT = 50_000


class Index:
    """The files of one compiled index."""

    def __init__(self, folder: Path, sources: tuple[str, ...]) -> None:
        """Map the files.

        Raises:
            LexiconError: a file is missing or is not what its name says.
        """
        from marisa_trie import Trie

        self.sources = sources
        self._postings: dict[int, tuple[Posting, ...]] = {}
        try:
            self.keys = Trie().mmap(str(folder / "keys.marisa"))
            self.curies = Trie().mmap(str(folder / "curies.marisa"))
        except (OSError, RuntimeError) as error:
            message = f"the lexicon's index in {folder} cannot be opened ({error}); run: kg ontology build"
            raise LexiconError(message) from error
        self._key_start = _mapped(folder / "key_start.npy")
        self._curie_entity = _mapped(folder / "curie_entity.npy")
        self._entity = _mapped(folder / "posting_entity.npy")
        self._name = _mapped(folder / "posting_name.npy")
        self._status = _mapped(folder / "posting_status.npy")
        self._source = _mapped(folder / "posting_source.npy")
        self._entity_start = _mapped(folder / "entity_start.npy")
        self._entity_posting = _mapped(folder / "entity_posting.npy")
        self._parent_start = _mapped(folder / "parent_start.npy")
        self._parents = _mapped(folder / "parents.npy")
        self._names = _Strings(folder, "names")
        self._entities = _Strings(folder, "entities")

    def key_id(self, key: str) -> int | None:
        """Return the number of a key, or None where no name has it."""
        found: int | None = self.keys.get(key)
        return found

    def place(self, curie: str) -> int | None:
        """Return the place of the entity that a CURIE names, also by an exact match; None where unknown."""
        found = self.curies.get(curie)
        return None if found is None else int(self._curie_entity[found])

    def entity(self, place: int) -> Entity:
        """Return the entity at a place."""
        curie, label, kind, xrefs = self._entities[place].split(UNIT)
        return Entity(Curie(curie), label, EntityType(kind), tuple(map(Curie, xrefs.split())))

    def entity_count(self) -> int:
        """Return the number of entities; places count from 0."""
        return len(self._entities)

    def parents(self, place: int) -> list[int]:
        """Return the places of the direct superclasses."""
        first, last = self._parent_start[place], self._parent_start[place + 1]
        parents: list[int] = self._parents[first:last].tolist()
        return parents

    def postings(self, key_id: int) -> tuple[Posting, ...]:
        """Return the postings of a key, the most trusted first."""
        found = self._postings.get(key_id)
        if found is None:
            if len(self._postings) > _CACHE_LIMIT:
                self._postings.clear()
            found = tuple(map(self._posting, range(self._key_start[key_id], self._key_start[key_id + 1])))
            self._postings[key_id] = found
        return found

    def postings_of(self, place: int) -> Iterator[Posting]:
        """Yield the postings of an entity; a name may come twice."""
        for row in self._entity_posting[self._entity_start[place] : self._entity_start[place + 1]].tolist():
            yield self._posting(row)

    def _posting(self, row: int) -> Posting:
        curie, _, kind, _ = self._entities[self._entity[row]].split(UNIT)
        code = int(self._status[row])
        return Posting(
            Curie(curie),
            self._names[self._name[row]],
            STATUSES[code & ~EXACT_CASE],
            self.sources[self._source[row]],
            EntityType(kind),
            exact_case=bool(code & EXACT_CASE),
        )


class _Strings:
    """Strings in one file, found by their number."""

    def __init__(self, folder: Path, label: str) -> None:
        self._start = _mapped(folder / f"{label}_start.npy")
        self._bytes = _mapped_bytes(folder / f"{label}.utf8")

    def __len__(self) -> int:
        return len(self._start) - 1

    def __getitem__(self, number: int) -> str:
        return bytes(self._bytes[self._start[number] : self._start[number + 1]]).decode()


def _mapped(path: Path) -> Numbers:
    import numpy as np

    try:
        array: Numbers = np.load(path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError) as error:
        message = f"the lexicon's index file {path} cannot be opened ({error}); run: kg ontology build"
        raise LexiconError(message) from error
    return array


def _mapped_bytes(path: Path) -> Numbers:
    import numpy as np

    if path.stat().st_size == 0:
        return np.zeros(0, np.uint8)
    return np.memmap(path, np.uint8, mode="r")
