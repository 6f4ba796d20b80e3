"""The entities that documents name, in the graph that all documents share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Triple

from kg.model import Curie
from kg.prefixes import GRAPH
from kg.rdf.biolink import class_of
from kg.rdf.iris import curie_iri, entity_iri, try_curie_iri
from kg.rdf.terms import KG, LABEL, ORG, SKOS, TYPE, in_graph, string

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad

    from kg.model import Entity, EntityType, LinkedMention

ENTITIES_GRAPH = NamedNode(GRAPH + "entities")


def entity_quads(mentions: Iterable[LinkedMention]) -> list[Quad]:
    """Return the description of every identified entity that a mention stands for, in the shared graph."""
    entities = {entity_iri(linked): linked.chosen for linked in mentions if linked.chosen}
    triples = [triple for iri in sorted(entities, key=str) for triple in described_triples(iri, entities[iri])]
    return in_graph(triples, ENTITIES_GRAPH)


def nil_triples(mentions: Iterable[LinkedMention]) -> list[Triple]:
    """Return the description of the things without identifier; it belongs into the graph of the document.

    No vocabulary vouches for them, only the document does, so they go when it goes. Of several names or types of one
    thing in one document the first in sort order is written.
    """
    names: dict[NamedNode, tuple[str, EntityType]] = {}
    for linked in mentions:
        if not linked.chosen:
            iri, named = entity_iri(linked), (linked.name, linked.mention.type)
            names[iri] = min(named, names.get(iri, named))
    triples: list[Triple] = []
    for iri in sorted(names, key=str):
        name, entity_type = names[iri]
        triples += [Triple(iri, LABEL, string(name)), *type_triples(iri, entity_type, None)]
    return triples


def type_triples(iri: NamedNode, entity_type: EntityType, curie: Curie | None) -> list[Triple]:
    """Return the Biolink class and our short type of an entity."""
    triples = [
        Triple(iri, TYPE, curie_iri(Curie(class_of(entity_type, curie)))),
        Triple(iri, KG("entityType"), string(entity_type.value)),
    ]
    if entity_type.value == "organisation":
        triples.append(Triple(iri, TYPE, ORG("Organization")))
    return triples


def described_triples(iri: NamedNode, entity: Entity) -> list[Triple]:
    """Return the description of an identified entity, the same whoever asks for it."""
    triples = [
        Triple(iri, LABEL, string(entity.label)),
        Triple(iri, KG("curie"), string(entity.curie)),
        *type_triples(iri, entity.type, entity.curie),
    ]
    for xref in entity.xrefs:
        triples.append(Triple(iri, KG("xref"), string(xref)))
        address = try_curie_iri(xref)
        if address:
            triples.append(Triple(iri, SKOS("exactMatch"), address))
    return triples
