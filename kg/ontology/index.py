"""The compiled index, mapped into memory: read-only, shared by processes, decoded only where it is asked for."""

from __future__ import annotations

import mmap
import struct
from typing import TYPE_CHECKING, Literal

from kg.errors import LexiconError
from kg.model import Curie, Entity, EntityType
from kg.ontology.compile import EXACT_CASE, UNIT
from kg.ontology.names import STATUSES, Posting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_CACHE_LIMIT = 50_000
_TYPES = tuple(EntityType)
_ROW = struct.Struct("<iiBB")
"""A posting: the place of its entity, the number of its name, its status, its source."""
_KINDS: dict[str, Literal["i", "I", "B"]] = {".i32": "i", ".u32": "I", ".u8": "B"}


class Index:
    """The files of one compiled index."""

    def __init__(self, folder: Path, sources: tuple[str, ...]) -> None:
        """Map the files.

        Raises:
            LexiconError: a file is missing or is not what its name says.
        """
        from marisa_trie import Trie

        self.sources = sources
        self._children: dict[int, list[int]] | None = None
        self._pairs: tuple[dict[int, list[int]], dict[int, list[int]]] | None = None
        self._known: dict[int, Entity] = {}
        self._places: dict[str, int] = {}
        self.fitting: dict[str, tuple[Posting, ...]] = {}
        """What ``kg.ontology.scan`` has found for a writing before."""
        try:
            self.keys = Trie().mmap(str(folder / "keys.marisa"))
            self.curies = Trie().mmap(str(folder / "curies.marisa"))
        except (OSError, RuntimeError) as error:
            message = f"the lexicon's index in {folder} cannot be opened ({error}); run: kg ontology build"
            raise LexiconError(message) from error
        self._key_start = _mapped(folder / "key_start.i32")
        self._curie_entity = _mapped(folder / "curie_entity.i32")
        self._rows = memoryview(_content(folder / "postings.rows"))
        self._entity_start = _mapped(folder / "entity_start.i32")
        self._entity_posting = _mapped(folder / "entity_posting.i32")
        self._parent_start = _mapped(folder / "parent_start.i32")
        self._parents = _mapped(folder / "parents.i32")
        self._parts = _mapped(folder / "parts.i32")
        self._label = _mapped(folder / "entity_label.i32")
        self._kind = _mapped(folder / "entity_kind.u8")
        self._names = _Strings(folder, "names")
        self._curies_of = _Strings(folder, "entities")

    def place(self, curie: str) -> int | None:
        """Return the place of the entity that a CURIE names, also by an exact match; None where unknown."""
        known = self._places.get(curie)
        if known is not None:
            return known
        found = self.curies.get(curie)
        return None if found is None else self._curie_entity[found]

    def entity(self, place: int) -> Entity:
        """Return the entity at a place."""
        found = self._known.get(place)
        if found is None:
            if len(self._known) > _CACHE_LIMIT:
                self._known.clear()
                self._places.clear()
            curies = _curies(self._curies_of[place])
            found = Entity(curies[0], self._names[self._label[place]], _TYPES[self._kind[place]], curies[1:])
            self._known[place] = found
            self._places[curies[0]] = place
        return found

    def entity_count(self) -> int:
        """Return the number of entities; places count from 0."""
        return len(self._kind)

    def types(self) -> Iterator[EntityType]:
        """Return the type of each entity, in the order of their places."""
        return map(_TYPES.__getitem__, self._kind)

    def key_rows(self) -> tuple[memoryview[int], memoryview[int]]:
        """Return where the postings of each key begin, and the rows of all (``kg.ontology.compile.POSTING``)."""
        return self._key_start, self._rows

    def parents(self, place: int) -> Sequence[int]:
        """Return the places of the direct superclasses."""
        first, last = self._parent_start[place], self._parent_start[place + 1]
        return self._parents[first:last] if first < last else ()

    def children(self, place: int) -> Sequence[int]:
        """Return the places of the direct subclasses; all are worked out when the first are asked for."""
        if self._children is None:
            self._children = {}
            for child in range(len(self._parent_start) - 1):
                for parent in self._parents[self._parent_start[child] : self._parent_start[child + 1]].tolist():
                    self._children.setdefault(parent, []).append(child)
        return self._children.get(place, ())

    def parts(self, place: int) -> Sequence[int]:
        """Return the places of the direct parts, as the subunits of a complex."""
        return self._of_pairs()[0].get(place, ())

    def wholes(self, place: int) -> Sequence[int]:
        """Return the places of what it is directly a part of."""
        return self._of_pairs()[1].get(place, ())

    def _of_pairs(self) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
        """Return parts by whole and wholes by part; few entities are either, so both are kept from the first use."""
        if self._pairs is None:
            parts: dict[int, list[int]] = {}
            wholes: dict[int, list[int]] = {}
            for part, whole in zip(self._parts[::2], self._parts[1::2], strict=True):
                parts.setdefault(whole, []).append(part)
                wholes.setdefault(part, []).append(whole)
            self._pairs = parts, wholes
        return self._pairs

    def lookup(self, key: str) -> tuple[Posting, ...]:
        """Return the postings of a key, the most trusted first; none where no name has it."""
        key_id: int | None = self.keys.get(key)
        return () if key_id is None else self.postings(key_id)

    def postings(self, key_id: int) -> tuple[Posting, ...]:
        """Return the postings of the key of a number, the most trusted first."""
        first, last = self._key_start[key_id], self._key_start[key_id + 1]
        return tuple(
            [self._posting(*row) for row in _ROW.iter_unpack(self._rows[first * _ROW.size : last * _ROW.size])]
        )

    def postings_of(self, place: int) -> Iterator[Posting]:
        """Return the postings of an entity; a name may come twice."""
        return map(self.posting, self.rows_of(place))

    def rows_of(self, place: int) -> list[int]:
        """Return the rows of the postings of an entity."""
        return self._entity_posting[self._entity_start[place] : self._entity_start[place + 1]].tolist()

    def posting(self, row: int) -> Posting:
        """Return the posting of a row."""
        return self._posting(*_ROW.unpack_from(self._rows, row * _ROW.size))

    def _posting(self, place: int, name: int, status: int, source: int) -> Posting:
        entity = self.entity(place)
        known = STATUSES[status & ~EXACT_CASE]
        return Posting(entity.curie, self._names[name], known, self.sources[source], entity.type, status >= EXACT_CASE)


def _curies(text: str) -> tuple[Curie, ...]:
    return tuple(text.split(UNIT))  # type: ignore[arg-type] # a call of Curie for each costs more than the split


class _Strings:
    """Strings in one file, found by their number."""

    def __init__(self, folder: Path, label: str) -> None:
        self._start = _mapped(folder / f"{label}_start.u32")
        self._bytes = _content(folder / f"{label}.utf8")

    def __getitem__(self, number: int) -> str:
        return self._bytes[self._start[number] : self._start[number + 1]].decode()


def _mapped(path: Path) -> memoryview[int]:
    """Return a file as numbers, mapped into memory; not by numpy, whose import takes a fifth of a second."""
    try:
        return memoryview(_content(path)).cast(_KINDS[path.suffix])
    except TypeError as error:
        message = f"the lexicon's index file {path} cannot be opened ({error}); run: kg ontology build"
        raise LexiconError(message) from error


def _content(path: Path) -> mmap.mmap | bytes:
    """Return a file's bytes, mapped into memory; an empty file cannot be mapped."""
    try:
        with path.open("rb") as stream:
            return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) if path.stat().st_size else b""
    except (OSError, ValueError) as error:
        message = f"the lexicon's index file {path} cannot be opened ({error}); run: kg ontology build"
        raise LexiconError(message) from error
