"""The start page: what is in the store, and ways in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.serve.pages.frame import render_template
from kg.serve.pages.lists import newest_documents
from kg.serve.pages.request import Rendered
from kg.store.query_library import load_queries

if TYPE_CHECKING:
    from kg.serve.pages.reader import Reader
    from kg.serve.pages.request import PageRequest

_COUNTS = """
PREFIX kg: <https://w3id.org/kg-loader/vocab/>
PREFIX schema: <http://schema.org/>
SELECT ?type (COUNT(*) AS ?n) {
  VALUES ?type { kg:Statement <https://w3id.org/biolink/vocab/Event> kg:QuantitativeClaim
                 <http://www.w3.org/ns/oa#Annotation> }
  GRAPH ?graph { ?x a ?type }
} GROUP BY ?type
"""
_NAMED = """
PREFIX biolink: <https://w3id.org/biolink/vocab/>
SELECT ?entity (COUNT(?document) AS ?n) { GRAPH ?document { ?document biolink:mentions ?entity } }
GROUP BY ?entity ORDER BY DESC(?n) ?entity LIMIT 120
"""
_SHOWN_TYPES = ("drug", "disease", "gene_protein", "organisation", "cell", "process")
_PER_TYPE = 7
_NEWEST = 8
_EXAMPLES = (
    "drugs-for-disease", "mechanism-of-drug", "regulatory-history", "developers-of-drug", "evidence-for-pair",
    "contradictions", "changed-decisions", "numbers-on-drug",
)  # fmt: skip


def render(request: PageRequest) -> Rendered:
    """Return the start page; its RDF is the description of the service."""
    if request.form != "html":
        headers = (("location", f"{request.prefix}/.well-known/void"), ("vary", "Accept"))
        return Rendered(b"", 303, "text/plain", headers)
    reader = request.reader
    documents, total = newest_documents(reader, 0, _NEWEST)
    library = load_queries()
    examples = [library[name] for name in _EXAMPLES if name in library] or list(library.values())[: len(_EXAMPLES)]
    return Rendered(
        render_template(
            "start.html",
            request.prefix,
            title="",
            counts=_counts(reader, total),
            named=_most_named(reader),
            documents=documents,
            examples=examples,
            queries=len(library),
            generation=request.job["number"],
        )
    )


def _counts(reader: Reader, documents: int) -> list[tuple[str, int]]:
    found = {row["type"].replace("#", "/").rpartition("/")[2]: int(row["n"]) for row in reader.select(_COUNTS)}
    return [
        ("documents", documents),
        ("mentions", found.get("Annotation", 0)),
        ("statements", found.get("Statement", 0)),
        ("events", found.get("Event", 0)),
        ("numeric claims", found.get("QuantitativeClaim", 0)),
        ("quads", len(reader.store)),
    ]


def _most_named(reader: Reader) -> list[tuple[str, list[tuple[object, int]]]]:
    """Return the entities that most documents name, by type."""
    groups: dict[str, list[tuple[object, int]]] = {name: [] for name in _SHOWN_TYPES}
    for row in reader.select(_NAMED):
        reference = reader.reference(row["entity"])
        group = groups.get(reference.type)
        if group is not None and len(group) < _PER_TYPE:
            group.append((reference, int(row["n"])))
    return [(name, group) for name, group in groups.items() if group]
