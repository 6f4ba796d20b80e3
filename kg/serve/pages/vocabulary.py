"""The page of our own vocabulary: every term with what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.prefixes import GRAPH, VOCABULARY
from kg.serve.pages import thing
from kg.serve.pages.forms import to_rdf
from kg.serve.pages.frame import curie_of, local_address, render_template
from kg.serve.pages.reader import LABEL, RDFS, TYPE
from kg.serve.pages.request import Rendered

if TYPE_CHECKING:
    from kg.serve.pages.request import PageRequest

_COMMENT, _DEFINED_BY = RDFS + "comment", RDFS + "isDefinedBy"


def render(request: PageRequest) -> Rendered:
    """Return the list of terms, or the page of one term; the list's RDF is the whole vocabulary."""
    if request.rest:
        return thing.render(request)
    reader = request.reader
    if request.form != "html":
        quads = reader.store.quads_for_pattern(None, None, None, ox.NamedNode(GRAPH + "vocabulary"))
        return to_rdf((quad.triple for quad in quads), request.form)
    terms = sorted({subject for subject, _ in reader.subjects(_DEFINED_BY, VOCABULARY)})
    rows = [
        {
            "curie": curie_of(term),
            "address": local_address(term, request.prefix),
            "label": reader.value(term, LABEL) or "",
            "kind": ", ".join(curie_of(kind).partition(":")[2] for kind in reader.values(term, TYPE)),
            "comment": reader.value(term, _COMMENT) or "",
        }
        for term in terms
    ]
    return Rendered(render_template("vocabulary.html", request.prefix, title="Vocabulary", iri=VOCABULARY, terms=rows))
