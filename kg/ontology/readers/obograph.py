"""Reads OBO Graphs JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.errors import LexiconError
from kg.ontology.names import NameStatus
from kg.ontology.readers.raw import RawSource, RawTerm, open_bytes, status_of
from kg.ontology.terms import Name

if TYPE_CHECKING:
    from pathlib import Path

_SCOPES = {
    "hasExactSynonym": NameStatus.EXACT,
    "hasNarrowSynonym": NameStatus.RELATED,
    "hasRelatedSynonym": NameStatus.RELATED,
}
_EXACT = "http://www.w3.org/2004/02/skos/core#exactMatch"
_FORMER = "http://www.geneontology.org/formats/oboInOwl#hasAlternativeId"


def read_obograph(path: Path) -> RawSource:
    """Return the live classes of all graphs of an OBO Graphs JSON document.

    Raises:
        LexiconError: not JSON, not OBO Graphs, or not UTF-8.
    """
    try:
        with open_bytes(path) as stream:
            document = json.load(stream)
        graphs = document["graphs"]
        source = RawSource([])
        for graph in graphs:
            source.version = source.version or graph.get("meta", {}).get("version", "")
            source.terms += _terms_of(graph)
    except (ValueError, KeyError, TypeError, AttributeError, OSError, EOFError) as error:
        message = f"{path} is not OBO Graphs JSON, or is cut off: {error!r}"
        raise LexiconError(message) from error
    return source


def _terms_of(graph: dict[str, Any]) -> list[RawTerm]:
    found: dict[str, RawTerm] = {}
    terms: list[RawTerm] = []
    for node in graph.get("nodes", ()):
        meta = node.get("meta", {})
        if node.get("type", "CLASS") != "CLASS" or meta.get("deprecated") or not node.get("lbl"):
            continue
        names = [
            Name(synonym["val"], status_of(synonym["val"], _SCOPES[synonym["pred"]]))
            for synonym in meta.get("synonyms", ())
            if synonym.get("pred") in _SCOPES
        ]
        told = [(one.get("pred"), one["val"]) for one in meta.get("basicPropertyValues", ())]
        exact, former = ([value for predicate, value in told if predicate == kind] for kind in (_EXACT, _FORMER))
        loose = [one["val"] for one in meta.get("xrefs", ())]
        term = RawTerm(node["id"], node["lbl"], names, exact, loose, former=former)
        terms.append(term)
        found[node["id"]] = term
    for edge in graph.get("edges", ()):
        if edge.get("pred") == "is_a" and edge["sub"] in found:
            found[edge["sub"]].parents.append(edge["obj"])
    return terms
