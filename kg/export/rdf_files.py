"""RDF files of a store: the same content gives the same bytes, whatever the order of loading was."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TextIO

from kg.export.turtle import write_trig, write_turtle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad


class RdfForm(StrEnum):
    """The RDF syntaxes that can be written."""

    TURTLE = "turtle"
    NQUADS = "nquads"
    TRIG = "trig"
    JSONLD = "jsonld"


def write_rdf(quads: Iterable[Quad], form: RdfForm, target: TextIO) -> None:
    """Write quads in one syntax; Turtle holds the union of the graphs, the others keep the graphs apart."""
    if form is RdfForm.TURTLE:
        write_turtle((quad.triple for quad in quads), target)
    elif form is RdfForm.TRIG:
        write_trig(quads, target)
    elif form is RdfForm.NQUADS:
        target.writelines(f"{line} .\n" for line in sorted({str(quad) for quad in quads}))
    else:
        from kg.export.jsonld import write_jsonld

        write_jsonld(quads, target)
