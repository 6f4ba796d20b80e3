"""What replacing documents changes: their graphs, and what only they needed in the graphs that all share.

After any order of loads, replacements and removals the store holds what loading the remaining documents into an
empty store would give.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad

from kg.store.layout import (
    ABOVE,
    ALT_LABEL,
    ENTITIES_GRAPH,
    MENTIONS,
    ONTOLOGY_GRAPH,
    SHARED_GRAPHS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Store


@dataclass(slots=True)
class Changes:
    """Quads to take out and to put in, as one transaction; ``inserts`` wins where both hold a quad."""

    deletes: set[Quad] = field(default_factory=set)
    inserts: set[Quad] = field(default_factory=set)

    def settle(self) -> Changes:
        """Return the same changes without what cancels out."""
        both = self.deletes & self.inserts
        return Changes(self.deletes - both, self.inserts - both)


def plan_changes(store: Store, documents: Mapping[NamedNode, Iterable[Quad]]) -> Changes:
    """Return what makes the store hold these documents as given; no quads for a document removes it.

    Args:
        store: is only read.
        documents: the IRI of each document with all its quads, those for shared graphs included.
    """
    changes = Changes()
    shared: set[Quad] = set()
    for graph, quads in documents.items():
        new = set(quads)
        own = {quad for quad in new if quad.graph_name == graph}
        shared |= new - own
        changes.deletes.update(store.quads_for_pattern(None, None, None, graph))
        changes.inserts |= own
    used_before = _used_entities(changes.deletes)
    used_after = _used_entities(changes.inserts)
    usage = _Usage(store, frozenset(documents), frozenset(used_after))
    gone = {entity for entity in used_before - used_after if not usage.is_used(entity)}
    _replace_shared(store, shared, changes)
    for entity in gone:
        changes.deletes |= _used_only(store, entity)
    _prune_terms(store, gone, usage, changes)
    return changes.settle()


def _used_entities(quads: Iterable[Quad]) -> set[NamedNode]:
    return {q.object for q in quads if q.predicate == MENTIONS and isinstance(q.object, NamedNode)}


@dataclass(frozen=True, slots=True)
class _Usage:
    """Which entities some document mentions once the changes are made."""

    store: Store
    replaced: frozenset[NamedNode]
    used_after: frozenset[NamedNode]

    def is_used(self, entity: NamedNode) -> bool:
        if entity in self.used_after:
            return True
        quads = self.store.quads_for_pattern(None, MENTIONS, entity, None)
        return any(quad.graph_name not in self.replaced for quad in quads)


def _replace_shared(store: Store, shared: Iterable[Quad], changes: Changes) -> None:
    """Put new values of a property of a term in place of all old ones: the newest lexicon counts."""
    described: set[tuple[NamedNode, NamedNode, NamedNode]] = set()
    for quad in shared:
        changes.inserts.add(quad)
        subject, graph = quad.subject, quad.graph_name
        if graph in SHARED_GRAPHS and isinstance(subject, NamedNode) and isinstance(graph, NamedNode):
            described.add((subject, quad.predicate, graph))
    for subject, predicate, graph in described:
        changes.deletes.update(store.quads_for_pattern(subject, predicate, None, graph))


def _used_only(store: Store, entity: NamedNode) -> set[Quad]:
    """Return what the ontology graph says of a term only while a document mentions it."""
    quads = store.quads_for_pattern(entity, None, None, ONTOLOGY_GRAPH)
    return {quad for quad in quads if quad.predicate in {*ABOVE, ALT_LABEL}}


def _prune_terms(store: Store, gone: Iterable[NamedNode], usage: _Usage, changes: Changes) -> None:
    """Take out terms that no document mentions and that are no longer above a mentioned one."""
    kept = {q.object for q in changes.inserts if q.predicate in ABOVE}
    lost = {q.object for q in changes.deletes if q.predicate in ABOVE} - kept
    for term in {*gone, *lost}:
        if not isinstance(term, NamedNode) or term in kept or usage.is_used(term):
            continue
        below = (quad for one in ABOVE for quad in store.quads_for_pattern(None, one, term, ONTOLOGY_GRAPH))
        if all(quad in changes.deletes for quad in below):
            changes.deletes.update(store.quads_for_pattern(term, None, None, ONTOLOGY_GRAPH))
            changes.deletes.update(store.quads_for_pattern(term, None, None, ENTITIES_GRAPH))
