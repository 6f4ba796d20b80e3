"""Short forms that a text leaves undefined stand for what other texts define them as."""

from typing import Any

import pytest

from kg.evaluation.defined_forms import defined
from kg.linking.defined_forms import DEFINED_FORMS, defined_senses, shipped_defined_forms
from kg.linking.linker import EntityLinker
from kg.linking.questions import Question
from kg.model import Curie, EntityType
from kg.ontology.lexicon import Lexicon
from tests.linking.documents import link
from tests.small_lexicon import open_terms

TERMS = """id\ttype\tlabel\tnames\txrefs\tparents
MONDO:0005301\tdisease\tmultiple sclerosis\t\t\t
MONDO:0006861\tdisease\tmyeloid sarcoma\ta:MS\t\t
CHEBI:25107\tdrug\tmagnesium sulfate\t\t\t
HGNC:6001\tgene_protein\tIL2\te:interleukin 2\t\t
"""


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return open_terms(tmp_path_factory.mktemp("forms"), TERMS)


def test_an_undefined_short_form_is_what_texts_define_it_as(lexicon: Lexicon) -> None:
    linker = EntityLinker(lexicon)
    assert link(linker, "[MS|disease] patients got it.")["MS"] == "MONDO:0005301"
    assert link(linker, "[Myeloid sarcoma|disease] ([MS|disease]) grew.")["MS"] == "MONDO:0006861"


def test_senses_are_those_of_the_type_that_is_asked_for(lexicon: Lexicon) -> None:
    assert defined_senses(Question("MS", EntityType.DISEASE), lexicon).keys() == {Curie("MONDO:0005301")}
    assert defined_senses(Question("MS", EntityType.DRUG), lexicon) == {}
    assert defined_senses(Question("MS", EntityType.DISEASE, long_form="myeloid sarcoma"), lexicon) == {}


def test_a_text_counts_what_it_defines_but_no_gene(lexicon: Lexicon) -> None:
    text = "Multiple sclerosis (MS), again multiple sclerosis (MS), interleukin 2 (IL2), something else (SE)."
    assert defined(text, EntityLinker(lexicon)) == {("MS", "MONDO:0005301")}


def test_the_shipped_counts_are_of_several_texts_and_of_short_forms() -> None:
    counts = shipped_defined_forms()
    assert len(counts) > 100
    assert all(count >= 2 for found in counts.values() for count in found.values())
    assert max(map(len, counts)) <= 6
    assert DEFINED_FORMS.stat().st_size < 100_000
