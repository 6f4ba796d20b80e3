"""The graph between entities for networkx: paths with the sentences behind each step, and a picture of them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.prefixes import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import networkx as nx
    from pyoxigraph import Store

_RDF, _KG, _BIOLINK = PREFIXES["rdf"], PREFIXES["kg"], PREFIXES["biolink"]
_SUBJECT, _OBJECT = NamedNode(_RDF + "subject"), NamedNode(_RDF + "object")
_LABEL = NamedNode(PREFIXES["rdfs"] + "label")
_VOUCHED = frozenset({_KG + "Asserted", _KG + "Reported"})
_HUB = 2_000
"""Statements of one entity that are followed; a busier one says little about any path through it."""


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """One statement behind a step of a path."""

    subject: str
    relation: str
    object: str
    statement: str
    sentence: str
    document: str
    confidence: float
    negated: bool
    modality: str


@dataclass(frozen=True, slots=True)
class Chain:
    """Entities one after the other, and between each two what was said, surest first."""

    entities: tuple[str, ...]
    steps: tuple[tuple[Said, ...], ...]


def build_neighbourhood(
    store: Store, ends: Iterable[NamedNode], radius: int, *, with_hedged: bool = False
) -> nx.MultiGraph[str]:
    """Return the statements within so many steps of the ends; the store is asked entity by entity, never as a whole.

    Nodes are IRIs; each edge carries its ``Said`` as ``said``. Without ``with_hedged`` only positive statements that
    are asserted or reported count.
    """
    import networkx as nx

    graph: nx.MultiGraph[str] = nx.MultiGraph()
    frontier = {end.value for end in ends}
    graph.add_nodes_from(sorted(frontier))
    expanded: set[str] = set()
    for _ in range(radius):
        expanded |= frontier
        found: set[str] = set()
        for entity in sorted(frontier):
            for said in _read_statements(store, NamedNode(entity), with_hedged=with_hedged):
                graph.add_edge(said.subject, said.object, key=said.statement, said=said)
                found |= {said.subject, said.object}
        frontier = found - expanded
    return graph


def find_paths(graph: nx.MultiGraph[str], start: NamedNode, end: NamedNode, max_length: int, limit: int) -> list[Chain]:
    """Return the simple paths between two entities, shortest first, then surest; at most ``limit``."""
    import networkx as nx

    if start.value not in graph or end.value not in graph or start == end:
        return []
    simple = nx.Graph(graph)
    paths: list[Chain] = []
    for length in range(1, max_length + 1):
        found = nx.all_simple_paths(simple, start.value, end.value, cutoff=length)
        paths += [_with_steps(graph, nodes) for nodes in found if len(nodes) == length + 1]
        if len(paths) >= limit:
            break
    return sorted(paths, key=lambda path: (len(path.entities), -_confidence(path), path.entities))[:limit]


def _with_steps(graph: nx.MultiGraph[str], nodes: list[str]) -> Chain:
    steps = []
    for one, other in itertools.pairwise(nodes):
        said = [values["said"] for values in graph.get_edge_data(one, other).values()]
        steps.append(tuple(sorted(said, key=lambda s: (-s.confidence, s))))
    return Chain(tuple(nodes), tuple(steps))


def _confidence(path: Chain) -> float:
    product = 1.0
    for step in path.steps:
        product *= step[0].confidence
    return product


def label_of(store: Store, iri: str) -> str:
    """Return the first label of an entity in sort order, else the IRI."""
    quads = store.quads_for_pattern(NamedNode(iri), _LABEL, None, None)
    labels = sorted(quad.object.value for quad in quads if isinstance(quad.object, Literal))
    return labels[0] if labels else iri


def _read_statements(store: Store, entity: NamedNode, *, with_hedged: bool) -> Iterator[Said]:
    seen = 0
    for predicate in (_SUBJECT, _OBJECT):
        for quad in store.quads_for_pattern(None, predicate, entity, None):
            said = _read_said(store, quad.subject) if isinstance(quad.subject, NamedNode) else None
            if said and (with_hedged or (not said.negated and _KG + said.modality.capitalize() in _VOUCHED)):
                yield said
                seen += 1
            if seen >= _HUB:
                return


def _read_said(store: Store, statement: NamedNode) -> Said | None:
    values = {
        quad.predicate.value: quad.object.value
        for quad in store.quads_for_pattern(statement, None, None, None)
        if isinstance(quad.object, NamedNode | Literal)
    }
    if _KG + "relation" not in values:
        return None
    return Said(
        subject=values[_RDF + "subject"],
        relation=values[_KG + "relation"],
        object=values[_RDF + "object"],
        statement=statement.value,
        sentence=values.get(_BIOLINK + "supporting_text", ""),
        document=values.get(_BIOLINK + "publications", ""),
        confidence=float(values.get(_BIOLINK + "has_confidence_score", 0)),
        negated=values.get(_BIOLINK + "negated") == "true",
        modality=values.get(_KG + "modality", "").removeprefix(_KG).lower(),
    )
