"""A vocabulary to link into: the prefixes of the identifiers that are wanted, and how old they may be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import ConfigError
from kg.model import EntityType
from kg.prefixes import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Curie, Entity

MESH = "MESH"
_SUPPLEMENTARY = "MESH:C"
_SIX_DIGITS = re.compile(r"MESH:[A-Z]\d{6}\Z")
_LAST_YEAR_OF_SIX = 2013
"""MeSH gave its records numbers of six digits until November 2013, of nine since: Hui and Schulman, "MeSH Unique
Identifiers: Length Expanding to Ten Characters", NLM Technical Bulletin 391, 2013, e1."""
PUBTATOR = "pubtator"
_PUBTATOR = (
    (EntityType.DISEASE, ("MESH", "OMIM")),
    (EntityType.DRUG, ("MESH",)),
    (EntityType.GENE_PROTEIN, ("NCBIGene",)),
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Prefixes of identifiers, the most wanted first; those of a type go before those for all.

    ``until`` is the last year in which a MeSH record may have been made; only 2013 can be told from its number.
    ``as_annotated`` says that a name is told as annotators of the corpora do, though something else is called so:
    they file statins under simvastatin and carcinogenesis under neoplasms.
    """

    prefixes: tuple[str, ...] = ()
    by_type: tuple[tuple[EntityType, tuple[str, ...]], ...] = ()
    until: int | None = None
    as_annotated: bool = False

    def __post_init__(self) -> None:
        if self.until not in (None, _LAST_YEAR_OF_SIX):
            message = f"the numbers of MeSH records tell only those until {_LAST_YEAR_OF_SIX}, not {self.until}"
            raise ConfigError(message)

    @classmethod
    def named(cls, names: str | Sequence[str], until: int | None = None) -> Vocabulary:
        """Return the vocabulary of prefixes in any case ("mesh,omim"), or that of PubTator ("pubtator").

        Raises:
            ConfigError: no name, one that is no known prefix, or a year that cannot be told.
        """
        parts = [part.strip() for part in (names.split(",") if isinstance(names, str) else names)]
        if [part.casefold() for part in parts] == [PUBTATOR]:
            return cls((), _PUBTATOR, until, as_annotated=True)
        if not parts:
            message = "the vocabulary to link into has no prefix"
            raise ConfigError(message)
        return cls(tuple(dict.fromkeys(map(_prefix, parts))), (), until)

    def of_type(self, kind: EntityType) -> tuple[str, ...]:
        """Return the prefixes by which things of a type are told; none when the vocabulary has no such things."""
        return dict(self.by_type).get(kind, self.prefixes)

    def record(self, entity: Entity, kind: EntityType) -> Curie | None:
        """Return the entity's own identifier; of several in MeSH a descriptor before a supplementary record."""
        for prefix in self.of_type(kind):
            records = list(self._records(entity, prefix))
            if records:
                return min(records, key=lambda record: record.startswith(_SUPPLEMENTARY))
        return None

    def _records(self, entity: Entity, prefix: str) -> Iterator[Curie]:
        for curie in (entity.curie, *entity.xrefs):
            if curie.startswith(f"{prefix}:") and (self.until is None or prefix != MESH or _SIX_DIGITS.match(curie)):
                yield curie


def _prefix(name: str) -> str:
    found = next((prefix for prefix in PREFIXES if prefix.casefold() == name.casefold()), None)
    if found is None:
        message = f"no vocabulary {name!r}: give prefixes as MESH, OMIM, NCBIGene, DOID, or {PUBTATOR!r} alone"
        raise ConfigError(message)
    return found
