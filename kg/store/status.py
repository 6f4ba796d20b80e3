"""Counts of what a store holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, QuerySolutions

from kg.model import Iri
from kg.store.layout import LIVE, MENTIONS, SHA256, TYPE, kg_term

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
    """Return the IRI of every document, sorted; each has a graph of that name."""
    rows = _select(store, f"SELECT ?n WHERE {{ GRAPH ?n {{ ?n {SHA256} ?hash }} }}")
    return sorted(Iri(value) for value in rows)


def read_status(store: Store, path: Path, generation: Generation | None) -> Status:
    """Return the counts of an open store; they are counted inside the store, which is many times quicker."""
    lexicons = _select(store, f"SELECT DISTINCT ?n WHERE {{ GRAPH ?g {{ ?g {kg_term('lexiconVersion')} ?n }} }}")
    return Status(
        documents=len(document_graphs(store)),
        quads=len(store),
        mentions=_count_type(store, NamedNode("http://www.w3.org/ns/oa#Annotation")),
        entities=_count(store, "DISTINCT ?o", f"?s {MENTIONS} ?o"),
        statements=_count_type(store, kg_term("Statement")),
        events=_count_type(store, NamedNode("https://w3id.org/biolink/vocab/Event")),
        claims=_count_type(store, kg_term("QuantitativeClaim")),
        lexicons=tuple(sorted(lexicons)),
        generation=generation.number if generation else None,
        size=_folder_size(path / LIVE),
    )


def _count_type(store: Store, kind: NamedNode) -> int:
    return _count(store, "*", f"?s {TYPE} {kind}")


def _count(store: Store, what: str, pattern: str) -> int:
    return int(_select(store, f"SELECT (COUNT({what}) AS ?n) WHERE {{ GRAPH ?g {{ {pattern} }} }}")[0])


def _select(store: Store, query: str) -> list[str]:
    """Return the values of ?n."""
    solutions = store.query(query)
    if not isinstance(solutions, QuerySolutions):
        return []
    return [str(getattr(solution["n"], "value", "")) for solution in solutions]


def _folder_size(path: Path) -> int:
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) if path.is_dir() else 0
