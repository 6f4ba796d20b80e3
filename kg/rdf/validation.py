"""Check a document's graph against the SHACL shapes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad
    from rdflib import Graph

_SH = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One breach of a shape: which node, what is wrong with it, and the value that is."""

    node: str
    message: str
    value: str = ""

    def __str__(self) -> str:
        return f"{self.node}: {self.message}" + (f" ({self.value})" if self.value else "")


def check_quads(quads: Iterable[Quad]) -> list[Violation]:
    """Return every breach of the shapes by one document's graph, sorted; none means that it conforms.

    Raises:
        TypeError: the shapes are not valid SHACL.
    """
    from pyshacl import validate
    from rdflib import Graph, URIRef

    graph = Graph()
    text = "\n".join(f"{quad.triple} ." for quad in quads)
    graph.parse(data=text, format="nt")
    _, report, _ = validate(graph, shacl_graph=_shapes(), advanced=False, inference="none")
    if not isinstance(report, Graph):
        message = f"the shapes themselves are wrong: {report}"
        raise TypeError(message)
    results = report.subjects(URIRef(_SH + "resultSeverity"), None)
    return sorted({_violation(report, result) for result in results})


@cache
def _shapes() -> Graph:
    from rdflib import Graph

    return Graph().parse(data=files("kg.rdf").joinpath("shapes/kg.ttl").read_text("utf-8"), format="turtle")


def _violation(report: Graph, result: Any) -> Violation:
    from rdflib import URIRef

    values = {
        name: str(report.value(result, URIRef(_SH + name)) or "") for name in ("focusNode", "resultMessage", "value")
    }
    return Violation(values["focusNode"], values["resultMessage"], values["value"])
