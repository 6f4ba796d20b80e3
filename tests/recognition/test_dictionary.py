"""Mentions of names in the lexicon."""

from collections.abc import Callable

import pytest

from kg.model import EntityType
from kg.ontology.lexicon import Lexicon
from kg.recognition.dictionary import DictionaryRecognizer
from tests.analysis.documents import analysis
from tests.recognition.fakes import found

Find = Callable[[str], list[tuple[str, str]]]


@pytest.fixture
def find(lexicon: Lexicon) -> Find:
    recognizer = DictionaryRecognizer(lexicon)
    return lambda text: found(recognizer.recognize(analysis(text)))


def test_the_longest_name_is_found(find: Find) -> None:
    assert find("He had acute myeloid leukemia then.") == [("acute myeloid leukemia", "disease")]


def test_plurals_hyphens_and_capitals_do_not_hide_a_name(find: Find) -> None:
    assert find("T-cells and NATURAL KILLER CELLS met.") == [("T-cells", "cell"), ("NATURAL KILLER CELLS", "cell")]


def test_a_short_name_counts_only_in_its_own_case(find: Find) -> None:
    assert find("Patients with AML improved, aml did not.") == [("AML", "disease")]


def test_an_acronym_that_a_list_has_in_small_letters_too_is_no_word(find: Find) -> None:
    assert find("Patients with SPTHY improved, spthy did not.") == [("SPTHY", "disease")]


def test_a_note_behind_a_full_stop_does_not_belong_to_a_name(find: Find) -> None:
    assert find("It treats melanoma.1 and melanoma.") == [("melanoma", "disease")] * 2


def test_a_plain_label_may_be_written_small(find: Find) -> None:
    assert find("Some had fever.") == [("fever", "disease")]


def test_only_the_named_part_of_a_descriptive_phrase_is_marked(find: Find) -> None:
    assert find("a PD-1 inhibitor, an anti-PD-1 antibody and COVID-19 vaccine candidates") == [
        ("PD-1", "gene_protein"),
        ("PD-1", "gene_protein"),
        ("COVID-19", "disease"),
    ]


def test_a_gene_symbol_stands_without_the_word_protein(find: Find) -> None:
    assert find("It lowers ATXN2 protein in mice.") == [("ATXN2", "gene_protein")]


def test_elliptic_parts_of_a_coordination_are_mentions(find: Find) -> None:
    assert find("It works in colorectal, gastric and ovarian cancers too.") == [
        ("colorectal", "disease"),
        ("gastric", "disease"),
        ("ovarian cancers", "disease"),
    ]


def test_subtype_words_belong_to_a_disease(find: Find) -> None:
    assert find("nonsquamous non-small cell lung cancer") == [("nonsquamous non-small cell lung cancer", "disease")]


def test_a_name_does_not_reach_over_an_open_bracket(find: Find) -> None:
    assert find("About Acute Myeloid Leukemia (AML) in adults: AML is the most common leukemia.")[0] == (
        "Acute Myeloid Leukemia",
        "disease",
    )


def test_an_undefined_acronym_needs_a_telling_neighbour(find: Find) -> None:
    assert find("The company got a QRL in May.") == []
    assert find("QRL mutations are rare. We saw QRL here.") == [("QRL", "gene_protein"), ("QRL", "gene_protein")]


def test_an_acronym_of_regulation_is_no_gene(find: Find) -> None:
    assert find("The CRL mutation of the plan.") == []


def test_processes_of_method_vocabularies_are_left_out(find: Find) -> None:
    assert find("autophagy of an allele") == [("autophagy", "process")]


def test_a_company_that_is_a_plain_word_is_left_to_the_organisation_rules(find: Find) -> None:
    assert find("The Target of Pfizer was met.") == [("Pfizer", "organisation")]


def test_processes_are_found_by_what_they_are_made_of(find: Find) -> None:
    assert find("It prevents mitochondrial damage.") == [("mitochondrial damage", "process")]


def test_offsets_cut_the_text_out_of_the_document(lexicon: Lexicon) -> None:
    text = "Ηλιακό: µ-melanoma — “AML” patients\u2028 with Gleevec® and imatinib."
    for mention in DictionaryRecognizer(lexicon).recognize(analysis(text)):
        assert text[mention.start : mention.end] == mention.text
        assert mention.recognizers in (("dictionary",), ("curated",))


def test_a_name_of_one_type_is_surer_than_one_of_several(lexicon: Lexicon) -> None:
    mentions = DictionaryRecognizer(lexicon).recognize(analysis("imatinib and melanoma"))
    assert [mention.type for mention in mentions] == [EntityType.DRUG, EntityType.DISEASE]
    assert all(0.5 < mention.score <= 1.0 for mention in mentions)
