"""Reads OWL and SKOS in any RDF syntax that pyoxigraph parses, statement by statement."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.errors import LexiconError
from kg.ontology.names import NameStatus
from kg.ontology.readers.raw import RawSource, RawTerm, open_bytes, status_of
from kg.ontology.terms import Name

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import RdfFormat

_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_OWL = "http://www.w3.org/2002/07/owl#"
_OIO = "http://www.geneontology.org/formats/oboInOwl#"
_LABELS = (_SKOS + "prefLabel", _RDFS + "label")
_SYNONYMS = {
    _OIO + "hasExactSynonym": NameStatus.EXACT,
    _SKOS + "altLabel": NameStatus.EXACT,
    "http://purl.obolibrary.org/obo/IAO_0000118": NameStatus.EXACT,
    _OIO + "hasNarrowSynonym": NameStatus.RELATED,
    _OIO + "hasRelatedSynonym": NameStatus.RELATED,
    _SKOS + "hiddenLabel": NameStatus.RELATED,
}
_PARENTS = (_RDFS + "subClassOf", _SKOS + "broader")
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_TERM_TYPES = (_OWL + "Class", _SKOS + "Concept", _RDFS + "Class")
_FORMER = _OIO + "hasAlternativeId"
_WANTED = frozenset((*_LABELS, *_SYNONYMS, *_PARENTS, _TYPE, _SKOS + "exactMatch", _OIO + "hasDbXref", _FORMER))
_DEPRECATED = _OWL + "deprecated"
_VERSION = _OWL + "versionInfo"
_ENGLISH = ("", "en")

Facts = dict[str, dict[str, list[tuple[str, str]]]]
"""Subject IRI -> predicate IRI -> (value, language or empty)."""


def read_rdf(path: Path, suffix: str) -> RawSource:
    """Return the live classes of an OWL ontology, or the concepts of a SKOS scheme.

    ``suffix`` says the syntax: .owl and .rdf are RDF/XML unless the file begins otherwise; .ttl, .nt, .jsonld.

    Raises:
        LexiconError: the syntax is wrong, or the file is cut off.
    """
    import pyoxigraph

    facts: Facts = defaultdict(lambda: defaultdict(list))
    source = RawSource([])
    dead: set[str] = set()
    try:
        with open_bytes(path) as stream:
            for triple in pyoxigraph.parse(stream, format=_format(path, suffix), base_iri="urn:kg:source"):
                subject, predicate, value = triple.subject, triple.predicate.value, triple.object
                if not isinstance(subject, pyoxigraph.NamedNode):
                    continue
                if predicate in _WANTED and not isinstance(value, pyoxigraph.BlankNode):
                    language = (value.language or "") if isinstance(value, pyoxigraph.Literal) else ""
                    facts[subject.value][predicate].append((str(getattr(value, "value", "")), language))
                elif predicate == _DEPRECATED and getattr(value, "value", "") in ("true", "1"):
                    dead.add(subject.value)
                elif predicate == _VERSION and isinstance(value, pyoxigraph.Literal):
                    source.version = value.value
    except (SyntaxError, ValueError, OSError, EOFError) as error:
        message = f"{path} cannot be parsed as RDF, or is cut off: {error}"
        raise LexiconError(message) from error
    source.terms = [term for iri, fact in facts.items() if iri not in dead and (term := _term(iri, fact))]
    return source


def _format(path: Path, suffix: str) -> RdfFormat:
    from pyoxigraph import RdfFormat

    if suffix in (".owl", ".rdf", ".xml"):
        with open_bytes(path) as stream:
            head = stream.read(200).lstrip()
        return RdfFormat.RDF_XML if head.startswith((b"<?xml", b"<rdf", b"<!DOCTYPE", b"<!--")) else RdfFormat.TURTLE
    return {".nt": RdfFormat.N_TRIPLES, ".jsonld": RdfFormat.JSON_LD}.get(suffix, RdfFormat.TURTLE)


def _english(values: list[tuple[str, str]]) -> list[str]:
    return [text for text, language in values if language.lower().split("-")[0] in _ENGLISH]


def _term(iri: str, fact: dict[str, list[tuple[str, str]]]) -> RawTerm | None:
    if not any(kind in _TERM_TYPES for kind, _ in fact.get(_TYPE, ())):
        return None
    labels = [text for predicate in _LABELS for text in _english(fact.get(predicate, []))]
    if not labels:
        return None
    names = [Name(text, status_of(text, NameStatus.EXACT)) for text in labels[1:]]
    for predicate, status in _SYNONYMS.items():
        names += [Name(text, status_of(text, status)) for text in _english(fact.get(predicate, []))]
    exact = [value for value, _ in fact.get(_SKOS + "exactMatch", ())]
    loose = [value for value, _ in fact.get(_OIO + "hasDbXref", ())]
    parents = [value for predicate in _PARENTS for value, _ in fact.get(predicate, ())]
    former = [value for value, _ in fact.get(_FORMER, ())]
    return RawTerm(iri, labels[0], names, exact, loose, parents, former=former)
