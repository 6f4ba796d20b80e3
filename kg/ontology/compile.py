"""Compiles term files into the arrays and tries that the lexicon maps into memory."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any

from kg.errors import LexiconError
from kg.model import EntityType
from kg.ontology.join import Joined, Source, join
from kg.ontology.names import SHORT, STATUSES, NameStatus
from kg.ontology.normalize import bag_key, keys
from kg.ontology.terms import LETTERS, STATUS_OF, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy.typing as npt

    Numbers = npt.NDArray[Any]

POSTING = [("entity", "<i4"), ("name", "<i4"), ("status", "u1"), ("source", "u1")]
"""What a posting's row holds: the place of its entity, the number of its name, and two codes."""
EXACT_CASE = 0x80
UNIT = "\x1f"
"""Between an entity's CURIE and its exact matches."""
_STATUS_CODE = {letter: STATUSES.index(status) for letter, status in STATUS_OF.items()}
_STATUS_CODE |= {letter.upper(): code | EXACT_CASE for letter, code in _STATUS_CODE.items()}
_SILENT, _FILED = LETTERS[NameStatus.SILENT], LETTERS[NameStatus.FILED]
FILED_MARK = "="
"""Before the key of a name that is filed; no key of running text has it, so that scanning never meets one."""
_BAGGED = {EntityType.DISEASE, EntityType.CELL, EntityType.PROCEDURE}
_BAG_WORDS = 7

Row = tuple[str, int, str, int, int]
"""Key, entity, name, status code, source."""


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the garbage collector out: millions of live objects and no cycles; without it half the time is gone.

    As a decorator, so that the objects are gone before it looks again.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_no_collection()
def compile_index(sources: Sequence[tuple[str, Path]], folder: Path) -> dict[str, int]:
    """Write the index of the term files into an empty folder; return its counts.

    ``sources`` are (name, term file) in falling priority.

    Raises:
        LexiconError: a term file is damaged.
        OSError: the folder cannot be written.
    """
    entities, curies = join([Source(name, _checked_lines(path)) for name, path in sources])
    rows = _rows(entities)
    names = {text: number for number, text in enumerate(dict.fromkeys(row[2] for row in rows))}
    counts = {"entities": len(entities), "postings": len(rows), "names": len(names), "curies": len(curies)}
    _write_postings(folder, rows, len(entities), names)
    _write_entities(folder, entities, names, curies)
    _write_strings(folder, "names", names)
    _write_curies(folder, curies)
    return counts


def _checked_lines(path: Path) -> list[str]:
    lines = read_lines(path)
    for line in lines:
        if line.count("\t") != 5:
            message = f"term file {path} is damaged near {line[:60]!r}: restore it, or run: kg ontology verify"
            raise LexiconError(message)
    return lines


def _rows(entities: Sequence[Joined]) -> list[Row]:
    """Return the postings; of several writings of one name of one entity that mean the same, the best stays."""
    name_keys = iter(keys(name for entity in entities for _, name, _ in entity.names))
    rows: list[Row] = []
    for place, entity in enumerate(entities):
        seen: dict[tuple[str, str], int] = {}
        is_single = len(entity.names) == 1
        for letter, name, source in entity.names:
            key = next(name_keys)
            if not key or key.isdigit() or letter == _SILENT:
                continue
            code = _STATUS_CODE[letter]
            key = FILED_MARK + key if letter.lower() == _FILED else key
            row = (key, place, name, code, source)
            mark = (key, name if len(name) <= SHORT or code & EXACT_CASE else "")
            known = None if is_single else seen.get(mark)
            if known is None:
                seen[mark] = len(rows)
                rows.append(row)
            elif code < rows[known][3]:
                rows[known] = row
    return rows + _bag_rows(entities, rows)


def _bag_rows(entities: Sequence[Joined], rows: Iterable[Row]) -> list[Row]:
    found: dict[tuple[str, int], Row] = {}
    for _, place, name, code, source in rows:
        if entities[place].type in _BAGGED and 0 < name.count(" ") < _BAG_WORDS:
            bag = bag_key(name)
            if bag and (bag, place) not in found:
                found[bag, place] = (bag, place, name, code, source)
    return list(found.values())


def _write_postings(folder: Path, rows: Sequence[Row], entities: int, name_of: dict[str, int]) -> None:
    """Write the key trie and the postings sorted by key; ``name_of`` numbers the names."""
    import numpy as np
    from marisa_trie import Trie

    keys, places, names, codes, numbers = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    trie = Trie(keys)
    trie.save(str(folder / "keys.marisa"))
    key_ids = np.fromiter(map(trie.__getitem__, keys), np.int32, len(rows))
    place, status, source = np.array(places, np.int32), np.array(codes, np.uint8), np.array(numbers, np.uint8)
    name = np.fromiter(map(name_of.__getitem__, names), np.int32, len(rows))
    order = np.lexsort((name, place, status & ~np.uint8(EXACT_CASE), key_ids))
    postings = np.empty(len(rows), POSTING)
    for label, column in (("entity", place), ("name", name), ("status", status), ("source", source)):
        postings[label] = column[order]
    postings.tofile(folder / "postings.rows")
    _save(folder, "key_start", _starts(key_ids, len(trie)))
    _save(folder, "entity_posting", np.argsort(place[order], kind="stable").astype(np.int32))
    _save(folder, "entity_start", _starts(place, entities))


def _save(folder: Path, name: str, numbers: Numbers) -> None:
    """Write plain little-endian numbers; the suffix says their kind, as kg.ontology.index reads them."""
    suffix = {"int32": "i32", "uint32": "u32", "uint8": "u8"}[numbers.dtype.name]
    numbers.astype(numbers.dtype.newbyteorder("<")).tofile(folder / f"{name}.{suffix}")


def _starts(groups: Numbers, count: int) -> Numbers:
    """Return where each group begins when sorted, and where the last ends."""
    import numpy as np

    return np.concatenate(([0], np.cumsum(np.bincount(groups, minlength=count)))).astype(np.int32)


def _write_strings(folder: Path, label: str, strings: Iterable[str]) -> None:
    import numpy as np

    encoded = [text.encode() for text in strings]
    (folder / f"{label}.utf8").write_bytes(b"".join(encoded))
    ends = np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)))
    if len(ends) and ends[-1] > np.iinfo(np.uint32).max:
        message = f"the lexicon's {label} fill more than 4 GiB: take a source out with `kg ontology remove`"
        raise LexiconError(message)
    _save(folder, f"{label}_start", np.concatenate(([0], ends)).astype(np.uint32))


def _write_entities(folder: Path, entities: Sequence[Joined], names: dict[str, int], curies: dict[str, int]) -> None:
    """Write each entity's CURIE and exact matches, type, and the number of its label, which ``names`` takes in."""
    import numpy as np

    kinds = {kind.value: place for place, kind in enumerate(EntityType)}
    labels = (names.setdefault(entity.label, len(names)) for entity in entities)
    _save(folder, "entity_label", np.fromiter(labels, np.int32, len(entities)))
    _save(folder, "entity_kind", np.fromiter((kinds[entity.type] for entity in entities), np.uint8, len(entities)))
    _write_strings(folder, "entities", (UNIT.join((entity.curie, *_ranked_xrefs(entity))) for entity in entities))
    wholes = [_places(place, entity.wholes, curies) for place, entity in enumerate(entities)]
    parents = [_places(place, entity.parents, curies) for place, entity in enumerate(entities)]
    parents = [_kinds_only(above, whole, wholes) for above, whole in zip(parents, wholes, strict=True)]
    lengths = np.fromiter(map(len, parents), np.int32, len(parents))
    _save(folder, "parent_start", np.concatenate(([0], np.cumsum(lengths))).astype(np.int32))
    _save(folder, "parents", np.fromiter(chain.from_iterable(parents), np.int32, int(lengths.sum())))
    parts = [(place, whole) for place, found in enumerate(wholes) for whole in found]
    _save(folder, "parts", np.array(parts, np.int32).reshape(-1))


def _ranked_xrefs(entity: Joined) -> list[str]:
    """Return the exact matches: identifiers in force first, those that other entities have too last."""
    own = set(entity.own.values())
    return sorted(entity.xrefs, key=lambda curie: (curie not in own, curie in entity.shared, curie))


def _kinds_only(parents: list[int], wholes: list[int], wholes_of: Sequence[list[int]]) -> list[int]:
    """Return the parents without what it, or what it is a kind of, is a part of: MeSH files these as kinds, too."""
    not_kinds = set(wholes).union(*(wholes_of[parent] for parent in parents))
    return [parent for parent in parents if parent not in not_kinds] if not_kinds else parents


def _places(place: int, above: Iterable[str], curies: dict[str, int]) -> list[int]:
    """Return the places of what an entity is a kind or a part of; of itself it is neither."""
    found = dict.fromkeys(curies[one] for one in above if one in curies)
    found.pop(place, None)
    return list(found)


def _write_curies(folder: Path, curies: dict[str, int]) -> None:
    import numpy as np
    from marisa_trie import Trie

    trie = Trie(curies)
    trie.save(str(folder / "curies.marisa"))
    places = np.zeros(len(trie), np.int32)
    for curie, place in curies.items():
        places[trie[curie]] = place
    _save(folder, "curie_entity", places)
