from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from kg.model import Curie, EntityType
from kg.rdf.annotation_quads import to_quads
from kg.rdf.biolink import association_form, class_of, super_predicate
from kg.relations import RELATIONS
from tests.rdf.sample_annotations import RUN, SampleHierarchy, imatinib_release

BIOLINK = "https://w3id.org/biolink/vocab/"
NAMES = frozenset(Path(__file__).with_name("biolink-4.4.6-names.txt").read_text("utf-8").split())


def biolink_name(curie: str) -> str:
    prefix, _, name = curie.partition(":")
    return name if prefix == "biolink" else "treats"


@pytest.mark.parametrize("relation", sorted(RELATIONS))
def test_every_association_uses_names_that_biolink_has(relation: str) -> None:
    ends = RELATIONS[relation]
    for subject, object_ in itertools.product(ends.subjects, ends.objects):
        form = association_form(relation, subject, object_)
        names = {form.association, form.predicate, super_predicate(relation)}
        names |= {f"biolink:{name}" for name, _ in form.qualifiers}
        assert {biolink_name(name) for name in names} <= NAMES


def test_every_class_of_an_entity_is_one_that_biolink_has() -> None:
    curies = [None, Curie("CHEBI:1"), Curie("HP:1"), Curie("HGNC:1"), Curie("FPLX:A"), Curie("GO:1")]
    classes = {class_of(kind, curie) for kind in EntityType for curie in curies}
    assert {biolink_name(name) for name in classes} <= NAMES
    assert class_of(EntityType.GENE_PROTEIN, Curie("HGNC:76")) == "biolink:Gene"


def test_the_written_quads_use_only_names_that_biolink_has() -> None:
    quads = to_quads(imatinib_release(), RUN, SampleHierarchy())
    terms = {getattr(term, "value", "") for quad in quads for term in (quad.predicate, quad.object)}
    used = {term.removeprefix(BIOLINK) for term in terms if term.startswith(BIOLINK)}
    assert used
    assert used <= NAMES


def test_inhibition_of_a_gene_carries_biolinks_qualifiers() -> None:
    form = association_form("inhibits", EntityType.DRUG, EntityType.GENE_PROTEIN)
    assert form.association == "biolink:ChemicalAffectsGeneAssociation"
    assert form.predicate == "biolink:affects"
    assert dict(form.qualifiers) == {
        "qualified_predicate": "biolink:causes",
        "object_aspect_qualifier": "activity",
        "object_direction_qualifier": "decreased",
        "causal_mechanism_qualifier": "inhibition",
    }
