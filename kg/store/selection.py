"""Which quads of a store an export holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.store.layout import ABOVE, ENTITIES_GRAPH, MENTIONS, ONTOLOGY_GRAPH, RUNS_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Quad, Store

_GENERATED = NamedNode("http://www.w3.org/ns/prov#generated")


def select_store(store: Store, *, with_runs: bool = False) -> Iterator[Quad]:
    """Yield every quad; the runs, which hold the clock, only when asked for."""
    return (quad for quad in store if with_runs or quad.graph_name != RUNS_GRAPH)


def select_document(store: Store, document: NamedNode, *, with_runs: bool = False) -> Iterator[Quad]:
    """Yield a document's graph and what the shared graphs say of the entities that it mentions."""
    terms: set[NamedNode] = set()
    for quad in store.quads_for_pattern(None, None, None, document):
        if quad.predicate == MENTIONS and isinstance(quad.object, NamedNode):
            terms.add(quad.object)
        yield quad
    above = {
        quad.object
        for term in terms
        for predicate in ABOVE
        for quad in store.quads_for_pattern(term, predicate, None, ONTOLOGY_GRAPH)
        if isinstance(quad.object, NamedNode)
    }
    for term in sorted(terms | above, key=str):
        yield from store.quads_for_pattern(term, None, None, ENTITIES_GRAPH)
        yield from store.quads_for_pattern(term, None, None, ONTOLOGY_GRAPH)
    if with_runs:
        for run in store.quads_for_pattern(None, _GENERATED, document, RUNS_GRAPH):
            yield from store.quads_for_pattern(run.subject, None, None, RUNS_GRAPH)
