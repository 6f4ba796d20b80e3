"""Drugs that no list knows."""

import pytest

from kg.recognition.drug_patterns import DrugPatternRecognizer, is_inn
from kg.recognition.regulatory_patterns import RegulatoryPatternRecognizer
from tests.analysis.documents import analysis


def drugs(text: str) -> list[str]:
    return [mention.text for mention in DrugPatternRecognizer().recognize(analysis(text))]


def fixed(text: str) -> list[tuple[str, str]]:
    return [(one.text, one.type.value) for one in RegulatoryPatternRecognizer().recognize(analysis(text))]


@pytest.mark.parametrize(
    "name", ["zorvelimab", "Belfatinib", "QUORPATIDE", "narvixibat", "tolmegene dezaparvovec", "zorvelimab vedotin"]
)
def test_a_non_proprietary_ending_makes_a_drug(name: str) -> None:
    assert drugs(f"The study of {name} went on.") == [name]


@pytest.mark.parametrize("word", ["peptide", "concept", "thermostat", "nucleotide", "immunoglobulin", "accept"])
def test_plain_words_with_such_an_ending_are_no_drugs(word: str) -> None:
    assert not is_inn(word)


def test_a_code_used_as_a_drug_is_found_everywhere_in_the_text() -> None:
    text = "Patients treated with QX-1234 did well. Later QX-1234 was sold."
    assert drugs(text) == ["QX-1234", "QX-1234"]


def test_a_code_that_is_not_used_as_a_drug_is_not_found() -> None:
    assert drugs("Room QX-1234 is on the left.") == []


def test_trials_registrations_and_viruses_are_no_codes() -> None:
    assert drugs("The QXSTUDY-301 trial (NCT01234567) evaluating COVID-19 and SARS-2 in the QX-12 study") == []


def test_codes_that_stand_together_are_found_together() -> None:
    assert drugs("clinical trials for QX-1 or ZBC2407 will go on") == ["QX-1", "ZBC2407"]


def test_a_brand_before_a_generic_name_is_a_drug() -> None:
    assert drugs("Zorvex® (zorvelimab) is sold.") == ["Zorvex", "zorvelimab"]


def test_a_platform_with_a_trade_mark_is_no_drug() -> None:
    assert drugs("We evaluated the Zorvex™ platform and the Belmar® test.") == []


def test_phases_applications_and_procedures_have_types_of_their_own() -> None:
    assert fixed("A Phase 2b/3 study led to an NDA after induction chemotherapy.") == [
        ("Phase 2b/3", "phase"),
        ("NDA", "application"),
        ("induction chemotherapy", "procedure"),
    ]


def test_the_word_phase_without_a_number_is_no_phase() -> None:
    assert fixed("In this phase II is not meant; a phase change is.") == [("phase II", "phase")]


def test_a_code_that_the_text_calls_a_study_is_no_drug_anywhere() -> None:
    text = "In ZORVEX-2, a Phase 3 maintenance study, people did well. Patients in ZORVEX-1 did not."
    assert drugs(text) == []


def test_a_code_with_letters_behind_the_hyphen_is_a_drug_where_it_is_used_as_one() -> None:
    text = "Patients treated with QXT-HALDM1 or KV-d4 did well."
    assert drugs(text) == ["QXT-HALDM1", "KV-d4"]
    assert drugs("The KV-d4 road is closed.") == []


def test_a_possessive_that_lost_its_space_does_not_belong_to_the_drug() -> None:
    text = "It is Zorvex'szorvelimab and 'sorvelimab' here."
    assert [mention.text for mention in DrugPatternRecognizer().recognize(analysis(text))] == [
        "zorvelimab",
        "sorvelimab",
    ]
