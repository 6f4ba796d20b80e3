"""Where the used entities stand in their ontologies, so that a question about leukemia also finds its kinds."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from pyoxigraph import NamedNode, Triple

from kg.prefixes import GRAPH
from kg.rdf.entities import ENTITIES_GRAPH, described_triples
from kg.rdf.iris import curie_iri
from kg.rdf.terms import BIOLINK, KG, SKOS, in_graph, string

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Quad

    from kg.model import Curie, Entity

ONTOLOGY_GRAPH = NamedNode(GRAPH + "ontology")
_NAME_STATUSES = frozenset({"label", "exact", "brand", "abbreviation", "curated"})
_NAME_LIMIT = 30
_CACHED = 16_384
"""Terms whose quads are kept at hand: documents name the same ones again and again."""


class Name(Protocol):
    """A name of an entity with its status, as the lexicon's postings are."""

    @property
    def name(self) -> str:
        """The name as its source writes it."""

    @property
    def status(self) -> str:
        """One of label, exact, related, abbreviation, brand, code, curated."""


class Hierarchy(Protocol):
    """What writing needs of a lexicon; it never changes, so what it says of a term is kept."""

    def __hash__(self) -> int:
        """Tell one lexicon from another."""

    def ancestors(self, curie: Curie) -> Sequence[Curie]:
        """Return all ancestors, nearest first."""

    def try_entity(self, curie: Curie) -> Entity | None:
        """Return the entity, or None where it is unknown."""

    def names(self, curie: Curie) -> Sequence[Name]:
        """Return all names of the entity."""


def hierarchy_quads(curies: Iterable[Curie], hierarchy: Hierarchy) -> list[Quad]:
    """Return names, direct parents and all ancestors of the entities, and the description of their ancestors.

    biolink:subclass_of is the direct step, kg:ancestor every ancestor at any distance: one join instead of a path.
    """
    quads: list[Quad] = []
    seen: set[Curie] = set()
    for curie in sorted(set(curies)):
        quads += _entity_part(curie, hierarchy)
        seen.update(_ancestors(curie, hierarchy))
    for ancestor in sorted(seen):
        quads += _ancestor_part(ancestor, hierarchy)
    return quads


@lru_cache(maxsize=_CACHED)
def _ancestors(curie: Curie, hierarchy: Hierarchy) -> tuple[Curie, ...]:
    return tuple(ancestor for ancestor in hierarchy.ancestors(curie) if ancestor != curie)


@lru_cache(maxsize=_CACHED)
def _entity_part(curie: Curie, hierarchy: Hierarchy) -> tuple[Quad, ...]:
    iri = curie_iri(curie)
    triples = [Triple(iri, KG("ancestor"), curie_iri(ancestor)) for ancestor in _ancestors(curie, hierarchy)]
    triples += [Triple(iri, SKOS("altLabel"), string(name)) for name in _other_names(curie, hierarchy)]
    return tuple(in_graph(triples + _parent_triples(curie, hierarchy), ONTOLOGY_GRAPH))


@lru_cache(maxsize=_CACHED)
def _ancestor_part(ancestor: Curie, hierarchy: Hierarchy) -> tuple[Quad, ...]:
    entity = hierarchy.try_entity(ancestor)
    described = described_triples(curie_iri(ancestor), entity) if entity else []
    steps = in_graph(_parent_triples(ancestor, hierarchy), ONTOLOGY_GRAPH)
    return (*steps, *in_graph(described, ENTITIES_GRAPH))


def _parent_triples(curie: Curie, hierarchy: Hierarchy) -> list[Triple]:
    """Return the steps to those ancestors that are not also ancestors of another one."""
    ancestors = _ancestors(curie, hierarchy)
    farther = {far for near in ancestors for far in _ancestors(near, hierarchy)}
    iri = curie_iri(curie)
    return [Triple(iri, BIOLINK("subclass_of"), curie_iri(a)) for a in ancestors if a not in farther]


def _other_names(curie: Curie, hierarchy: Hierarchy) -> list[str]:
    entity = hierarchy.try_entity(curie)
    label = entity.label if entity else None
    names = {name.name for name in hierarchy.names(curie) if name.status in _NAME_STATUSES and name.name != label}
    return sorted(names, key=lambda name: (len(name), name))[:_NAME_LIMIT]
