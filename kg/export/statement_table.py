"""Entities and statements out of quads, as KGX and GraphML need them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.model import Iri
from kg.prefixes import PREFIXES, VOCABULARY, try_compress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad

_RDF, _RDFS, _BIOLINK = PREFIXES["rdf"], PREFIXES["rdfs"], PREFIXES["biolink"]
_MODALITY = VOCABULARY + "modality"
Properties = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class StatementTable:
    """Properties of entities and statements by IRI; both sorted by IRI."""

    entities: dict[str, Properties]
    statements: dict[str, Properties]


def build_statement_table(quads: Iterable[Quad]) -> StatementTable:
    """Return all statements and the entities that documents mention."""
    subjects: dict[str, Properties] = {}
    statements: set[str] = set()
    entities: set[str] = set()
    for quad in quads:
        if not isinstance(quad.subject, NamedNode):
            continue
        value = str(quad.object) if not hasattr(quad.object, "value") else quad.object.value
        subjects.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(value)
        if quad.predicate.value == _BIOLINK + "mentions":
            entities.add(value)
        elif value == VOCABULARY + "Statement" and quad.predicate.value == _RDF + "type":
            statements.add(quad.subject.value)
    return StatementTable(
        entities={iri: _sorted(subjects.get(iri, {})) for iri in sorted(entities)},
        statements={iri: _sorted(subjects[iri]) for iri in sorted(statements)},
    )


def _sorted(properties: Properties) -> Properties:
    return {name: sorted(set(values)) for name, values in properties.items()}


def first(properties: Properties, iri: str) -> str:
    """Return the first value of a property, "" where there is none."""
    return next(iter(properties.get(iri, ())), "")


def curie_or_iri(iri: str) -> str:
    """Return the CURIE of an IRI where the prefix map has one."""
    return try_compress(Iri(iri)) or iri


def label(properties: Properties) -> str:
    """Return the first label of an entity."""
    return first(properties, _RDFS + "label")


def categories(properties: Properties) -> list[str]:
    """Return the Biolink classes of an entity as CURIEs; the root class where it has none."""
    names = [curie_or_iri(value) for value in properties.get(_RDF + "type", ())]
    return [name for name in names if name.startswith("biolink:")] or ["biolink:NamedThing"]


def modality(properties: Properties) -> str:
    """Return the modality as its short name."""
    return first(properties, _MODALITY).removeprefix(VOCABULARY).lower()
