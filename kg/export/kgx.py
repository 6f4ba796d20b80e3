"""KGX: nodes.tsv and edges.tsv as the Knowledge Graph Exchange format lays them down.

Only what Biolink has a predicate for goes by that predicate; our own relation stands in ``original_predicate``.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from kg.export.statement_table import build_statement_table, categories, curie_or_iri, first, label, modality
from kg.prefixes import PREFIXES, VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pyoxigraph import Quad

    from kg.export.statement_table import Properties

_RDF, _BIOLINK = PREFIXES["rdf"], PREFIXES["biolink"]
_SOURCE = "infores:kg-loader"
NODE_COLUMNS = ("id", "category", "name", "xref", "provided_by")
EDGE_COLUMNS = (
    "id", "subject", "predicate", "object", "category", "original_predicate", "negated", "qualified_predicate",
    "object_aspect_qualifier", "object_direction_qualifier", "causal_mechanism_qualifier", "knowledge_level",
    "agent_type", "primary_knowledge_source", "publications", "supporting_text", "has_confidence_score", "modality",
)  # fmt: skip
_BIOLINK_COLUMNS = (
    "negated", "object_aspect_qualifier", "object_direction_qualifier", "causal_mechanism_qualifier",
    "knowledge_level", "agent_type", "supporting_text", "has_confidence_score",
)  # fmt: skip
_LIST_SEPARATOR = "|"
_WIDEST = "biolink:related_to"


def write_kgx(quads: Iterable[Quad], folder: Path) -> None:
    """Write nodes.tsv and edges.tsv into a folder; negated and hedged statements say so in their columns."""
    table = build_statement_table(quads)
    folder.mkdir(parents=True, exist_ok=True)
    nodes = [_node(iri, properties) for iri, properties in table.entities.items()]
    edges = [_edge(iri, properties) for iri, properties in table.statements.items()]
    _write(folder / "nodes.tsv", NODE_COLUMNS, nodes)
    _write(folder / "edges.tsv", EDGE_COLUMNS, edges)


def _write(path: Path, columns: Sequence[str], rows: Iterable[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
        writer.writeheader()
        for row in sorted(rows, key=lambda row: row["id"]):
            writer.writerow({name: _one_line(value) for name, value in row.items()})


def _one_line(value: str) -> str:
    return " ".join(value.split())


def _node(iri: str, properties: Properties) -> dict[str, str]:
    return {
        "id": curie_or_iri(iri),
        "category": _LIST_SEPARATOR.join(categories(properties)),
        "name": label(properties),
        "xref": _LIST_SEPARATOR.join(properties.get(VOCABULARY + "xref", ())),
        "provided_by": _SOURCE,
    }


def _edge(iri: str, properties: Properties) -> dict[str, str]:
    predicate = curie_or_iri(first(properties, _RDF + "predicate"))
    original = curie_or_iri(first(properties, VOCABULARY + "directPredicate"))
    types = map(curie_or_iri, properties.get(_RDF + "type", ()))
    associations = [name for name in types if name.startswith("biolink:")]
    if not predicate.startswith("biolink:"):
        predicate = _WIDEST
    row = {name: first(properties, _BIOLINK + name) for name in _BIOLINK_COLUMNS}
    return row | {
        "id": curie_or_iri(iri),
        "subject": curie_or_iri(first(properties, _RDF + "subject")),
        "predicate": predicate,
        "object": curie_or_iri(first(properties, _RDF + "object")),
        "category": _LIST_SEPARATOR.join(associations) or "biolink:Association",
        "original_predicate": original,
        "qualified_predicate": curie_or_iri(first(properties, _BIOLINK + "qualified_predicate")),
        "primary_knowledge_source": _SOURCE,
        "publications": _LIST_SEPARATOR.join(map(curie_or_iri, properties.get(_BIOLINK + "publications", ()))),
        "modality": modality(properties),
    }
