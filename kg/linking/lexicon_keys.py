"""The lexicon's keys by number, and where what belongs to one compiled lexicon is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.locations import cache_folder
from kg.model import EntityType
from kg.ontology.compile import POSTING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    import numpy.typing as npt

    from kg.model import Curie
    from kg.ontology.lexicon import Lexicon
    from kg.ontology.names import Posting

    Numbers = npt.NDArray[Any]


def iter_keys(lexicon: Lexicon) -> Iterator[str]:
    """Yield all keys in the order of their numbers."""
    trie = lexicon._index.keys
    for number in range(len(trie)):
        yield trie.restore_key(number)


def key_of(lexicon: Lexicon, number: int) -> str:
    """Return the key of a number."""
    key: str = lexicon._index.keys.restore_key(number)
    return key


def kinds_of_keys(lexicon: Lexicon) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return (kind, key number) pairs, sorted: each key once for each type of entity that it names.

    A kind is the type's place in ``EntityType``.
    """
    import numpy as np

    index = lexicon._index
    number = {kind: place for place, kind in enumerate(EntityType)}
    kind_of = np.fromiter(map(number.__getitem__, index.types()), np.int64, index.entity_count())
    starts, rows = index.key_rows()
    entities = np.frombuffer(rows, POSTING)["entity"]
    keys = np.repeat(np.arange(len(starts) - 1), np.diff(np.asarray(starts)))
    pairs = np.unique(kind_of[entities] * (len(starts) - 1) + keys)
    return pairs // (len(starts) - 1), pairs % (len(starts) - 1)


def postings_of_key(lexicon: Lexicon, key_id: int) -> tuple[Posting, ...]:
    """Return the names that have a key, by its number."""
    return lexicon._index.postings(key_id)


def arrays_folder(lexicon: Lexicon, name: str) -> Path:
    """Return the folder for arrays computed from this version of the lexicon."""
    _, cache = lexicon._opened_with
    return (cache or cache_folder("lexicon")) / f"{lexicon.version[:20]}-{name}"


def names_of_type(lexicon: Lexicon, kinds: Collection[EntityType]) -> tuple[list[str], Numbers, Numbers]:
    """Return every name of the entities of some types, the number of the entity of each, and that of its posting."""
    import numpy as np

    index = lexicon._index
    names: list[str] = []
    owners: list[int] = []
    rows: list[int] = []
    for number, kind in enumerate(index.types()):
        if kind in kinds:
            own = {index.posting(row).name: row for row in reversed(index.rows_of(number))}
            names += own
            owners += [number] * len(own)
            rows += own.values()
    return names, np.array(owners, np.int32), np.array(rows, np.int32)


def posting_at(lexicon: Lexicon, row: int) -> Posting:
    """Return the posting of a number that ``names_of_type`` gave."""
    return lexicon._index.posting(row)


def number_of(lexicon: Lexicon, curie: Curie) -> int:
    """Return the number of the entity that a CURIE names, as ``names_of_type`` counts them; -1 for an unknown CURIE."""
    place = lexicon._index.place(curie)
    return -1 if place is None else place
