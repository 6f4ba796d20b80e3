"""What the used entities are kinds and parts of, so that a question about leukemia or a complex finds these, too."""

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

    def wholes(self, curie: Curie) -> Sequence[Curie]:
        """Return what it is directly a part of."""

    def try_entity(self, curie: Curie) -> Entity | None:
        """Return the entity, or None where it is unknown."""

    def names(self, curie: Curie) -> Sequence[Name]:
        """Return all names of the entity."""


def hierarchy_quads(curies: Iterable[Curie], hierarchy: Hierarchy) -> list[Quad]:
    """Return names of the entities, what they are kinds and parts of, and the description of all that is above them.

    biolink:subclass_of and biolink:part_of are the direct steps, kg:ancestor every ancestor and kg:whole every whole
    at any distance: one join instead of a path. The store tells by these two what is still needed.
    """
    quads: list[Quad] = []
    seen: set[Curie] = set()
    for curie in sorted(set(curies)):
        quads += _entity_part(curie, hierarchy)
        seen.update(_ancestors(curie, hierarchy), _wholes(curie, hierarchy))
    for above in sorted(seen):
        quads += _above_part(above, hierarchy)
    return quads


@lru_cache(maxsize=_CACHED)
def _ancestors(curie: Curie, hierarchy: Hierarchy) -> tuple[Curie, ...]:
    return tuple(ancestor for ancestor in hierarchy.ancestors(curie) if ancestor != curie)


@lru_cache(maxsize=_CACHED)
def _wholes(curie: Curie, hierarchy: Hierarchy) -> tuple[Curie, ...]:
    """Return all wholes: a kind of a part is a part, and a part of a kind of complex is a part of that complex."""
    below = [curie, *_ancestors(curie, hierarchy)]
    wholes: set[Curie] = set()
    for one in below:  # which grows
        found = {above for whole in hierarchy.wholes(one) for above in (whole, *_ancestors(whole, hierarchy))}
        below += found - wholes
        wholes |= found
    return tuple(sorted(wholes - {curie}))


@lru_cache(maxsize=_CACHED)
def _entity_part(curie: Curie, hierarchy: Hierarchy) -> tuple[Quad, ...]:
    iri = curie_iri(curie)
    triples = [Triple(iri, KG("ancestor"), curie_iri(ancestor)) for ancestor in _ancestors(curie, hierarchy)]
    triples += [Triple(iri, KG("whole"), curie_iri(whole)) for whole in _wholes(curie, hierarchy)]
    triples += [Triple(iri, SKOS("altLabel"), string(name)) for name in _other_names(curie, hierarchy)]
    return tuple(in_graph(triples + _step_triples(curie, hierarchy), ONTOLOGY_GRAPH))


@lru_cache(maxsize=_CACHED)
def _above_part(above: Curie, hierarchy: Hierarchy) -> tuple[Quad, ...]:
    entity = hierarchy.try_entity(above)
    described = described_triples(curie_iri(above), entity) if entity else []
    steps = in_graph(_step_triples(above, hierarchy), ONTOLOGY_GRAPH)
    return (*steps, *in_graph(described, ENTITIES_GRAPH))


def _step_triples(curie: Curie, hierarchy: Hierarchy) -> list[Triple]:
    """Return the steps to those ancestors that are not also ancestors of another one, and to the direct wholes."""
    ancestors = _ancestors(curie, hierarchy)
    farther = {far for near in ancestors for far in _ancestors(near, hierarchy)}
    iri = curie_iri(curie)
    kinds = [Triple(iri, BIOLINK("subclass_of"), curie_iri(a)) for a in ancestors if a not in farther]
    return kinds + [Triple(iri, BIOLINK("part_of"), curie_iri(whole)) for whole in hierarchy.wholes(curie)]


def _other_names(curie: Curie, hierarchy: Hierarchy) -> list[str]:
    entity = hierarchy.try_entity(curie)
    label = entity.label if entity else None
    names = {name.name for name in hierarchy.names(curie) if name.status in _NAME_STATUSES and name.name != label}
    return sorted(names, key=lambda name: (len(name), name))[:_NAME_LIMIT]
