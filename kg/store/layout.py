"""Where things lie in a store folder, and the few terms that the store itself must know."""

from __future__ import annotations

from pyoxigraph import NamedNode

from kg.prefixes import GRAPH, PREFIXES

LIVE = "live"
GENERATIONS = "generations"
CURRENT = "current"
LOCK = "writer.lock"
UNPUBLISHED = "unpublished"
"""A file that is there while ``live`` holds something that no generation shows."""

ENTITIES_GRAPH = NamedNode(GRAPH + "entities")
ONTOLOGY_GRAPH = NamedNode(GRAPH + "ontology")
RUNS_GRAPH = NamedNode(GRAPH + "runs")
VOCABULARY_GRAPH = NamedNode(GRAPH + "vocabulary")
SHARED_GRAPHS = frozenset({ENTITIES_GRAPH, ONTOLOGY_GRAPH, RUNS_GRAPH, VOCABULARY_GRAPH})

TYPE = NamedNode(PREFIXES["rdf"] + "type")
LABEL = NamedNode(PREFIXES["rdfs"] + "label")
ALT_LABEL = NamedNode(PREFIXES["skos"] + "altLabel")
MENTIONS = NamedNode(PREFIXES["biolink"] + "mentions")
SHA256 = NamedNode(PREFIXES["schema"] + "sha256")


def kg_term(name: str) -> NamedNode:
    """Return a term of our own vocabulary."""
    return NamedNode(PREFIXES["kg"] + name)


ABOVE = (kg_term("ancestor"), kg_term("whole"))
"""From a mentioned entity to all that the shared graphs describe for its sake."""
