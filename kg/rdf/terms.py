"""RDF terms: the vocabularies we write with, and literals in the one form that the store gives back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.prefixes import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model import PartialDate

_DECIMALS = 6


class Vocabulary:
    """The terms under one IRI prefix; calling it gives a term, the same object each time."""

    def __init__(self, iri_prefix: str) -> None:
        self._iri_prefix = iri_prefix
        self._terms: dict[str, NamedNode] = {}

    def __call__(self, name: str) -> NamedNode:
        """Return the term of that local name."""
        term = self._terms.get(name)
        if term is None:
            term = self._terms[name] = NamedNode(self._iri_prefix + name)
        return term


BIOLINK = Vocabulary(PREFIXES["biolink"])
DC = Vocabulary("http://purl.org/dc/elements/1.1/")
DCTERMS = Vocabulary(PREFIXES["dcterms"])
INFORES = Vocabulary(PREFIXES["infores"])
KG = Vocabulary(PREFIXES["kg"])
OA = Vocabulary(PREFIXES["oa"])
ORG = Vocabulary(PREFIXES["org"])
OWL = Vocabulary(PREFIXES["owl"])
PROV = Vocabulary(PREFIXES["prov"])
RDF = Vocabulary(PREFIXES["rdf"])
RDFS = Vocabulary(PREFIXES["rdfs"])
SCHEMA = Vocabulary(PREFIXES["schema"])
SIO = Vocabulary("http://semanticscience.org/resource/")
SKOS = Vocabulary(PREFIXES["skos"])
XSD = Vocabulary(PREFIXES["xsd"])

TYPE = RDF("type")
LABEL = RDFS("label")


def in_graph(triples: Iterable[Triple], graph: NamedNode) -> list[Quad]:
    """Return the triples as quads of a named graph."""
    return [Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples]


def string(text: str) -> Literal:
    """Return a plain string literal."""
    return Literal(text)


def integer(number: int) -> Literal:
    """Return an xsd:integer."""
    return Literal(number)


def boolean(value: object) -> Literal:
    """Return an xsd:boolean."""
    return Literal(bool(value))


def decimal(number: float) -> Literal:
    """Return an xsd:decimal of at most six places in canonical form, which is how the store gives it back.

    >>> decimal(0.5).value, decimal(1.0).value, decimal(0.1234567).value
    ('0.5', '1', '0.123457')
    """
    text = f"{number:.{_DECIMALS}f}".rstrip("0").rstrip(".")
    return Literal("0" if text in {"-0", ""} else text, datatype=XSD("decimal"))


def json_literal(value: object) -> Literal:
    """Return an rdf:JSON literal with sorted keys and no spaces, so that equal values are equal terms."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Literal(text, datatype=RDF("JSON"))


def partial_date(date: PartialDate) -> Literal:
    """Return a day, month or year with its XSD type; an interval stays a string.

    >>> partial_date("2008-03").datatype.value.rpartition("#")[2]
    'gYearMonth'
    """
    if "/" in date:
        return Literal(date)
    kinds = {10: "date", 7: "gYearMonth", 4: "gYear"}
    kind = kinds.get(len(date))
    return Literal(date, datatype=XSD(kind)) if kind else Literal(date)


def date_triples(subject: NamedNode, date: PartialDate | None) -> list[Triple]:
    """Return the date as it was said (kg:date) and the first and last day that it may mean, for filters and order."""
    if date is None:
        return []
    triples = [Triple(subject, KG("date"), partial_date(date))]
    days = _first_and_last_day(date)
    if days:
        triples.append(Triple(subject, KG("earliest"), Literal(days[0], datatype=XSD("date"))))
        triples.append(Triple(subject, KG("latest"), Literal(days[1], datatype=XSD("date"))))
    return triples


def _first_and_last_day(date: str) -> tuple[str, str] | None:
    import calendar

    if "/" in date:
        ends = [_first_and_last_day(part) for part in date.split("/", 1)]
        return (ends[0][0], ends[1][1]) if ends[0] and ends[1] else None
    parts = date.split("-")
    if not all(part.isdigit() for part in parts) or len(parts[0]) != len("2008"):
        return None
    if len(parts) == 1:
        return f"{date}-01-01", f"{date}-12-31"
    year, month = int(parts[0]), int(parts[1])
    if not (1 <= month <= 12 and year >= 1):
        return None
    last = calendar.monthrange(year, month)[1]
    if len(parts) == 2:
        return f"{date}-01", f"{date}-{last:02}"
    return (date, date) if 1 <= int(parts[2]) <= last else None
