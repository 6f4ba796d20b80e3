"""GraphML for Cytoscape, Gephi, yEd and networkx: entities as nodes, each statement as one edge with its sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TextIO
from xml.sax.saxutils import escape, quoteattr

from kg.export.statement_table import build_statement_table, categories, curie_or_iri, first, label, modality
from kg.prefixes import PREFIXES, VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

_RDF, _BIOLINK = PREFIXES["rdf"], PREFIXES["biolink"]
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NODE_KEYS = ("label", "category", "type")
_EDGE_KEYS = ("label", "negated", "modality", "confidence", "sentence", "document")
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""


def write_graphml(quads: Iterable[Quad], target: TextIO) -> None:
    """Write a directed multigraph, sorted; text that XML cannot hold is left out."""
    table = build_statement_table(quads)
    target.write(_HEAD)
    for kind, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for key in keys:
            value_type = "double" if key == "confidence" else "boolean" if key == "negated" else "string"
            target.write(f'<key id="{kind}-{key}" for="{kind}" attr.name="{key}" attr.type="{value_type}"/>\n')
    target.write('<graph id="kg" edgedefault="directed">\n')
    for iri, properties in table.entities.items():
        described = (label(properties), " ".join(categories(properties)), first(properties, VOCABULARY + "entityType"))
        target.write(f"<node id={quoteattr(curie_or_iri(iri))}>")
        target.writelines(_data("node", _NODE_KEYS, described))
        target.write("</node>\n")
    for iri, properties in table.statements.items():
        ends = (curie_or_iri(first(properties, _RDF + end)) for end in ("subject", "object"))
        source, object_ = (quoteattr(end) for end in ends)
        values = (
            first(properties, VOCABULARY + "relation"),
            first(properties, _BIOLINK + "negated"),
            modality(properties),
            first(properties, _BIOLINK + "has_confidence_score"),
            first(properties, _BIOLINK + "supporting_text"),
            curie_or_iri(first(properties, _BIOLINK + "publications")),
        )
        target.write(f"<edge id={quoteattr(curie_or_iri(iri))} source={source} target={object_}>")
        target.writelines(_data("edge", _EDGE_KEYS, values))
        target.write("</edge>\n")
    target.write("</graph>\n</graphml>\n")


def _data(kind: str, keys: tuple[str, ...], values: tuple[str, ...]) -> Iterator[str]:
    for key, value in zip(keys, values, strict=True):
        if value:
            yield f'<data key="{kind}-{key}">{escape(_printable(value))}</data>'


def _printable(text: str) -> str:
    return "".join(
        character
        for character in text
        if character in "\t\n\r" or " " <= character <= "\ud7ff" or character >= "\ue000"
    )
