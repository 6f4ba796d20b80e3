"""What differs between two versions of a source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.ontology.terms import read_terms

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.model import Curie
    from kg.ontology.terms import Term


@dataclass(frozen=True, slots=True)
class Difference:
    """Terms by CURIE with their labels; ``relabelled`` holds (CURIE, former label, new label).

    ``renamed`` are terms whose set of names has changed, ``relinked`` those whose exact matches have.
    """

    added: tuple[tuple[Curie, str], ...]
    removed: tuple[tuple[Curie, str], ...]
    relabelled: tuple[tuple[Curie, str, str], ...]
    renamed: tuple[Curie, ...]
    relinked: tuple[Curie, ...]

    @property
    def is_empty(self) -> bool:
        """Nothing differs."""
        return not (self.added or self.removed or self.relabelled or self.renamed or self.relinked)


def compare_files(former: Path, latter: Path) -> Difference:
    """Return what differs between two term files."""
    return compare(read_terms(former), read_terms(latter))


def compare(former: Iterable[Term], latter: Iterable[Term]) -> Difference:
    """Return what differs, each part sorted by CURIE."""
    before = {term.curie: term for term in former}
    after = {term.curie: term for term in latter}
    both = sorted(before.keys() & after.keys())
    return Difference(
        added=tuple((curie, after[curie].label) for curie in sorted(after.keys() - before.keys())),
        removed=tuple((curie, before[curie].label) for curie in sorted(before.keys() - after.keys())),
        relabelled=tuple(
            (curie, before[curie].label, after[curie].label)
            for curie in both
            if before[curie].label != after[curie].label
        ),
        renamed=tuple(curie for curie in both if _names(before[curie]) != _names(after[curie])),
        relinked=tuple(curie for curie in both if set(before[curie].xrefs) != set(after[curie].xrefs)),
    )


def _names(term: Term) -> set[str]:
    return {name.text for name in term.names} or {term.label}
