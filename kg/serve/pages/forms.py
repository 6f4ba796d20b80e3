"""The RDF forms of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.prefixes import PREFIXES
from kg.serve.pages.request import Rendered

if TYPE_CHECKING:
    from collections.abc import Iterable

_FORMATS = {
    "ttl": (ox.RdfFormat.TURTLE, "text/turtle; charset=utf-8"),
    "jsonld": (ox.RdfFormat.JSON_LD, "application/ld+json"),
    "nt": (ox.RdfFormat.N_TRIPLES, "application/n-triples"),
    "rdf": (ox.RdfFormat.RDF_XML, "application/rdf+xml"),
}
_SHOWN = (
    "biolink", "dcterms", "kg", "kgdocument", "kgentity", "kgmention", "kgstatement", "oa", "prov", "rdf", "rdfs",
    "schema", "skos", "xsd", "CHEBI", "MONDO", "GO", "CL", "MESH", "HGNC", "UNII",
)  # fmt: skip


def to_rdf(triples: Iterable[ox.Triple], form: str) -> Rendered:
    """Return triples in one of the RDF forms, sorted and without repeats."""
    form_of, media_type = _FORMATS[form]
    prefixes = {name.lower(): PREFIXES[name] for name in _SHOWN if name in PREFIXES}
    unique = sorted(set(triples), key=str)
    body = ox.serialize(unique, format=form_of, prefixes=prefixes) or b""
    return Rendered(body, media_type=media_type)


def triples_of(store: ox.Store, *subjects: str) -> list[ox.Triple]:
    """Return all that is said of some things and of their parts (IRIs that go on after #)."""
    found: list[ox.Triple] = []
    for subject in subjects:
        node = ox.NamedNode(subject)
        for quad in store.quads_for_pattern(node, None, None, None):
            found.append(quad.triple)
            target = quad.object
            if isinstance(target, ox.NamedNode) and target.value.startswith(f"{subject}#"):
                found += [part.triple for part in store.quads_for_pattern(target, None, None, None)]
                found += _selectors(store, target)
    return found


def _selectors(store: ox.Store, target: ox.NamedNode) -> list[ox.Triple]:
    found = []
    for quad in store.quads_for_pattern(target, None, None, None):
        node = quad.object
        if isinstance(node, ox.NamedNode) and node.value.startswith(target.value.partition("#")[0] + "#"):
            found += [part.triple for part in store.quads_for_pattern(node, None, None, None)]
    return found
