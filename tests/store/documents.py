"""Small documents for the tests of the store."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Quad

from kg.model import Annotation
from kg.rdf.annotation_quads import to_quads
from kg.store.store import Store, open_current
from tests.rdf.sample_annotations import (
    AML,
    CML,
    DASATINIB,
    IMATINIB,
    LEUKEMIA,
    NFKB,
    NFKB_2,
    RELA,
    RUN,
    SampleHierarchy,
    Scribe,
)

ENTITIES = {
    "imatinib": IMATINIB,
    "dasatinib": DASATINIB,
    "AML": AML,
    "CML": CML,
    "leukemia": LEUKEMIA,
    "RELA": RELA,
    "NFkappaB 2": NFKB_2,
    "NFkappaB": NFKB,
}


def treats(identifier: str, drug: str, disease: str) -> Annotation:
    return says(identifier, drug, "treats", disease)


def says(identifier: str, drug: str, relation: str, other: str) -> Annotation:
    scribe = Scribe(identifier).write(f"{drug} {relation} {other}.")
    return scribe.state((drug, ENTITIES.get(drug)), relation, (other, ENTITIES[other])).finish()


def quads_of(annotation: Annotation) -> list[Quad]:
    return to_quads(annotation, RUN, SampleHierarchy())


def load(path: Path, *annotations: Annotation) -> None:
    with Store.open(path) as store:
        store.replace_documents({annotation.document.iri: quads_of(annotation) for annotation in annotations})
        store.publish()


def held(path: Path) -> set[Quad]:
    return set(open_current(path))
