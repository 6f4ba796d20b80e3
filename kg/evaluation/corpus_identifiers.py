"""Tells an entity by the identifier that a corpus would give it, in the corpus's own vocabularies and writing.

An entity that a vocabulary does not have is told by its nearest ancestor there: a vocabulary without "congestive heart
failure" can only say "heart failure". A family or class of genes, which gene lists do not have, is told by its first
gene. Of several records of one thing in a vocabulary, one that the corpus uses goes first: records that were given up
since live on in older corpora.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from kg.evaluation.corpus_types import curie_of, entity_type_of
from kg.model import Curie, EntityType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.evaluation.pubtator_format import CorpusDocument
    from kg.model import Entity

USUAL = {EntityType.DISEASE: ("MESH", "OMIM"), EntityType.DRUG: ("MESH",), EntityType.GENE_PROTEIN: ("NCBIGene",)}
"""Vocabularies by which public corpora tell things, the most usual first."""
_NUMBER = re.compile(r"(\d+)")
_RAREST = 0.02
"""A prefix that fewer of a corpus's identifiers have is none of its vocabularies."""


class Names(Protocol):
    """What is needed of the lexicon: entities and the hierarchy above them."""

    def try_entity(self, curie: Curie) -> Entity | None:
        """Return the entity that a CURIE names, or None."""

    def parents(self, curie: Curie) -> tuple[Curie, ...]:
        """Return the direct superclasses."""

    def entities(self) -> Iterator[Entity]:
        """Yield all entities."""


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """The prefixes of a corpus's identifiers for one type, the most frequent first, and those it leaves unwritten."""

    prefixes: tuple[str, ...]
    bare: frozenset[str] = frozenset()

    def written(self, curie: Curie) -> str:
        """Return a CURIE as the corpus writes it.

        >>> Vocabularies(("MESH",), frozenset({"MESH"})).written(Curie("MESH:D001241"))
        'D001241'
        """
        prefix, _, local = curie.partition(":")
        return local if prefix in self.bare else curie


def identifiers_of(documents: Iterable[CorpusDocument]) -> frozenset[Curie]:
    """Return all identifiers that a corpus uses, as CURIEs."""
    return frozenset(
        curie
        for document in documents
        for mention in document.mentions
        for identifier in mention.identifiers
        if (kind := entity_type_of(mention.type)) is not None and (curie := curie_of(identifier, kind)) is not None
    )


def vocabularies_of(documents: Iterable[CorpusDocument]) -> dict[EntityType, Vocabularies]:
    """Return the vocabularies of each type that the identifiers of a corpus come from; the usual ones without any."""
    counts: dict[EntityType, Counter[tuple[str, bool]]] = {}
    for document in documents:
        for mention in document.mentions:
            kind = entity_type_of(mention.type)
            for identifier in mention.identifiers if kind is not None else ():
                curie = curie_of(identifier, kind) if kind is not None else None
                if kind is not None and curie is not None:
                    counts.setdefault(kind, Counter())[curie.partition(":")[0], ":" not in identifier] += 1
    found = {kind: Vocabularies(prefixes) for kind, prefixes in USUAL.items()}
    return found | {kind: _vocabularies(count) for kind, count in counts.items()}


def _vocabularies(counts: Counter[tuple[str, bool]]) -> Vocabularies:
    by_prefix: Counter[str] = Counter()
    for (prefix, _), count in counts.items():
        by_prefix[prefix] += count
    kept = [prefix for prefix, count in by_prefix.most_common() if count >= _RAREST * counts.total()]
    bare = frozenset(prefix for prefix in kept if counts[prefix, True] > counts[prefix, False])
    return Vocabularies(tuple(kept), bare)


@dataclass(slots=True)
class Teller:
    """Tells entities by identifiers of given vocabularies; those ``used`` go before others of the same thing."""

    names: Names
    used: frozenset[Curie] = frozenset()
    _members: dict[Curie, list[Entity]] = field(default_factory=dict)

    def tell(self, entity: Entity, prefixes: Sequence[str]) -> Curie | None:
        """Return the entity's identifier in the first of the vocabularies that has it, or its nearest ancestor."""
        level, seen = [entity.curie], {entity.curie}
        while level:
            entities = [found for curie in level if (found := self.names.try_entity(curie))]
            for prefix in prefixes:
                for one in entities:
                    if curie := self._own(one, prefix):
                        return curie
            above = dict.fromkeys(parent for curie in level for parent in self.names.parents(curie))
            level = [parent for parent in above if parent not in seen]
            seen.update(level)
        return self._first_member(entity, prefixes)

    def _first_member(self, entity: Entity, prefixes: Sequence[str]) -> Curie | None:
        """Return the identifier of the first gene of a family or class, its own before those of its subclasses."""
        level, seen = [entity.curie] if entity.type is EntityType.GENE_PROTEIN else [], {entity.curie}
        while level:
            found = {one.curie: one for curie in level for one in self._genes_below().get(curie, ())}
            members = sorted(found.values(), key=lambda one: (_natural(one.label), one.curie))
            for member in members:
                for prefix in prefixes:
                    if curie := self._own(member, prefix):
                        return curie
            level = [member.curie for member in members if member.curie not in seen]
            seen.update(level)
        return None

    def _genes_below(self) -> dict[Curie, list[Entity]]:
        if not self._members:
            for one in self.names.entities():
                for parent in self.names.parents(one.curie) if one.type is EntityType.GENE_PROTEIN else ():
                    self._members.setdefault(parent, []).append(one)
        return self._members

    def _own(self, entity: Entity, prefix: str) -> Curie | None:
        records = [curie for curie in (entity.curie, *entity.xrefs) if curie.startswith(f"{prefix}:")]
        return next((curie for curie in records if curie in self.used), records[0] if records else None)


def _natural(label: str) -> list[tuple[int, str]]:
    """Return what sorts CDK2 before CDK10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _NUMBER.split(label)]
