"""Turtle and TriG with sorted subjects, predicates and objects: the same quads give the same bytes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TextIO

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.prefixes import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_\-]*[A-Za-z0-9_])?\Z")
_EXTRA_PREFIXES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "kgclaim": "https://w3id.org/kg-loader/claim/",
    "kgevent": "https://w3id.org/kg-loader/event/",
    "sio": "http://semanticscience.org/resource/",
}
_RDF_TYPE = NamedNode(PREFIXES["rdf"] + "type")
_XSD = PREFIXES["xsd"]
_BARE = {
    _XSD + "integer": re.compile(r"-?[0-9]+\Z"),
    _XSD + "boolean": re.compile(r"(?:true|false)\Z"),
    _XSD + "decimal": re.compile(r"-?[0-9]+\.[0-9]+\Z"),
}


class TermWriter:
    """Writes terms with prefixed names and remembers which prefixes it needed."""

    def __init__(self) -> None:
        self._prefixes = {
            prefix: iri for prefix, iri in {**PREFIXES, **_EXTRA_PREFIXES}.items() if prefix.replace(".", "").isalnum()
        }
        self._by_iri = {iri: prefix for prefix, iri in sorted(self._prefixes.items(), reverse=True)}
        self._lengths = sorted({len(iri) for iri in self._by_iri}, reverse=True)
        self._names: dict[str, str] = {}
        self.used: set[str] = set()

    def write(self, term: object) -> str:
        """Return the Turtle form of a term."""
        if isinstance(term, NamedNode):
            return self._iri(term)
        if isinstance(term, Literal):
            return self._literal(term)
        return str(term)

    def verb(self, predicate: NamedNode) -> str:
        """Return the Turtle form of a predicate."""
        return "a" if predicate == _RDF_TYPE else self._iri(predicate)

    def prefix_lines(self) -> Iterator[str]:
        """Yield the declarations of the prefixes that were needed, sorted."""
        for prefix in sorted(self.used):
            yield f"@prefix {prefix}: <{self._prefixes[prefix]}> .\n"

    def _iri(self, node: NamedNode) -> str:
        name = self._names.get(node.value)
        if name is None:
            name = self._names[node.value] = self._shorten(node)
        return name

    def _shorten(self, node: NamedNode) -> str:
        iri = node.value
        for length in self._lengths:
            prefix = self._by_iri.get(iri[:length])
            if prefix is not None:
                local = iri[length:]
                if not _LOCAL.match(local):
                    return str(node)
                self.used.add(prefix)
                return f"{prefix}:{local}"
        return str(node)

    def _literal(self, literal: Literal) -> str:
        if literal.language or literal.datatype.value == _XSD + "string":
            return str(literal)
        bare = _BARE.get(literal.datatype.value)
        if bare is not None and bare.match(literal.value):
            return literal.value
        text = str(Literal(literal.value))
        return f"{text}^^{self._iri(literal.datatype)}"


def write_turtle(triples: Iterable[Triple], target: TextIO) -> None:
    """Write triples as Turtle, each once, sorted."""
    writer = TermWriter()
    body = list(_subject_blocks(set(triples), writer, ""))
    target.writelines(writer.prefix_lines())
    target.write("\n")
    target.writelines(body)


def write_trig(quads: Iterable[Quad], target: TextIO) -> None:
    """Write quads as TriG, each once, graphs and all within sorted."""
    writer = TermWriter()
    graphs: dict[object, set[Triple]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name, set()).add(quad.triple)
    body: list[str] = []
    for graph in sorted(graphs, key=str):
        name = f"{writer.write(graph)} " if isinstance(graph, NamedNode) else ""
        body += [f"{name}{{\n", *_subject_blocks(graphs[graph], writer, "  "), "}\n\n"]
    target.writelines(writer.prefix_lines())
    target.write("\n")
    target.writelines(body)


def _subject_blocks(triples: set[Triple], writer: TermWriter, indent: str) -> Iterator[str]:
    subjects: dict[object, dict[NamedNode, list[object]]] = {}
    for triple in triples:
        subjects.setdefault(triple.subject, {}).setdefault(triple.predicate, []).append(triple.object)
    for subject in sorted(subjects, key=str):
        properties = subjects[subject]
        predicates = sorted(properties, key=lambda predicate: (predicate != _RDF_TYPE, predicate.value))
        lines = []
        for predicate in predicates:
            objects = ", ".join(writer.write(term) for term in sorted(properties[predicate], key=str))
            lines.append(f"{writer.verb(predicate)} {objects}")
        yield f"{indent}{writer.write(subject)} " + f" ;\n{indent}    ".join(lines) + " .\n"
