"""Counts of what a store holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Iri
from kg.store.layout import LIVE, MENTIONS, SHARED_GRAPHS, TYPE, kg_term

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Store

    from kg.store.generations import Generation


@dataclass(frozen=True, slots=True)
class Status:
    """What a store holds; ``lexicons`` are the lexicon versions that its documents were read with, ``size`` bytes."""

    documents: int
    quads: int
    mentions: int
    entities: int
    statements: int
    events: int
    claims: int
    lexicons: tuple[str, ...]
    generation: int | None
    size: int


def document_graphs(store: Store) -> list[Iri]:
    """Return the IRI of every document; each has a graph of that name."""
    return [
        Iri(graph.value)
        for graph in store.named_graphs()
        if graph not in SHARED_GRAPHS and _has_text_hash(store, graph)
    ]


def _has_text_hash(store: Store, graph: object) -> bool:
    from kg.store.layout import SHA256

    return next(iter(store.quads_for_pattern(graph, SHA256, None, graph)), None) is not None  # type: ignore[arg-type]


def read_status(store: Store, path: Path, generation: Generation | None) -> Status:
    """Return the counts of an open store."""
    lexicon_quads = store.quads_for_pattern(None, kg_term("lexiconVersion"), None, None)
    return Status(
        documents=len(document_graphs(store)),
        quads=len(store),
        mentions=_count_type(store, "http://www.w3.org/ns/oa#Annotation"),
        entities=len({quad.object for quad in store.quads_for_pattern(None, MENTIONS, None, None)}),
        statements=_count_type(store, kg_term("Statement").value),
        events=_count_type(store, "https://w3id.org/biolink/vocab/Event"),
        claims=_count_type(store, kg_term("QuantitativeClaim").value),
        lexicons=tuple(sorted({q.object.value for q in lexicon_quads if q.graph_name == q.subject})),  # type: ignore[union-attr]
        generation=generation.number if generation else None,
        size=_folder_size(path / LIVE),
    )


def _count_type(store: Store, iri: str) -> int:
    from pyoxigraph import NamedNode

    return sum(1 for _ in store.quads_for_pattern(None, TYPE, NamedNode(iri), None))


def _folder_size(path: Path) -> int:
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) if path.is_dir() else 0
