"""Organisations by the marks that news puts on them."""

import pytest

from kg.recognition.organisations import OrganisationRecognizer
from tests.analysis.documents import analysis


def names(text: str) -> list[str]:
    return [mention.text for mention in OrganisationRecognizer().recognize(analysis(text))]


@pytest.mark.parametrize(
    "name",
    [
        "Zorvex Biologics, Inc.",
        "Belmar Co., Ltd.",
        "Quorum Therapeutics plc",
        "Narvik Pharma AS",
        "Velt & Co., Inc.",
        "Anna Velt and Company",
        "Gebrüder Tamm GmbH",
        "University of Narvik",
        "Narvik Cancer Center",
        "Institute of Nordic and Alpine Medicine",
        "European Association for the Study of the Spleen",
        "U.S. Food and Drug Administration",
        "Quill & Tamm Communications",
    ],
)
def test_a_whole_name_is_found(name: str) -> None:
    assert names(f"The plan was made by {name} in May") == [name]


def test_short_forms_capitals_and_possessives_are_found_after_the_full_name() -> None:
    text = "ZORVEX FILES FOR APPROVAL\n\nZorvex Biologics, Inc. has filed. Zorvex’s shares rose. We at Zorvex are glad."
    assert names(text) == ["ZORVEX", "Zorvex Biologics, Inc.", "Zorvex", "Zorvex"]


def test_a_ticker_and_a_quoted_alias_introduce_names() -> None:
    text = "Today Zorvex Holdings (Nasdaq: ZRVX) (“ZVX” or the “Company”) spoke. ZVX is small."
    assert names(text) == ["Zorvex Holdings", "Nasdaq", "ZVX", "ZVX"]


def test_the_subject_of_a_headline_is_an_organisation() -> None:
    text = (
        "Zorvex and Belmar Announce Results of a Study\n\nThe study, which Belmar ran, was large and went well there."
    )
    assert names(text) == ["Zorvex", "Belmar", "Belmar"]


def test_an_article_and_a_possessive_stay_outside() -> None:
    assert names("It was listed on The Nasdaq Capital Market by the FDA's order.") == ["Nasdaq Capital Market", "FDA"]


def test_companies_that_stand_together_are_two() -> None:
    assert names("Biogen Inc. and Zorvex Pharmaceuticals, Inc. met.") == ["Biogen Inc.", "Zorvex Pharmaceuticals, Inc."]


@pytest.mark.parametrize(
    "text",
    [
        "LEEDS, May 5, 2021 (GLOBE NEWSWIRE) -- It began.",
        "The Board of Directors and its Audit Committee met.",
        "It appeared in the Journal of Clinical Rheumatology.",
        "Dr. Anna Keller of Leeds spoke with Tom Ray.",
        "the Private Securities Litigation Reform Act of 1995",
        "Big Results Announced in Phase 3 Study",
        "The Company has a Clinical Research plan.",
    ],
)
def test_wires_boards_journals_persons_and_laws_are_no_organisations(text: str) -> None:
    assert names(text) == []


def test_a_lost_space_does_not_break_a_name() -> None:
    assert names("a professor atNarvik University came") == ["Narvik University"]


def test_a_name_does_not_grow_over_a_headline_verb() -> None:
    assert names("Zorvex Acquires Belmar Oncology\n\nThe contract was signed by both of the companies in May.") == [
        "Zorvex",
        "Belmar Oncology",
    ]


def test_two_capitals_that_begin_a_name_are_no_legal_form() -> None:
    assert "authorisation, AB" not in names("The company that applied for authorisation, AB Velt, may ask again.")
    assert names("Zorvex SE Reports Results\n\nThe results of the year were better than those of the year before.") == [
        "Zorvex SE"
    ]


def test_an_ordinal_and_the_giver_of_money_are_no_part_of_a_name_and_a_country_is() -> None:
    text = "The BKF-funded Narvik Spleen Trials Consortium met the U.K. European Medicines Agency."
    assert names(text) == ["Narvik Spleen Trials Consortium", "U.K. European Medicines Agency"]
    assert names("It was shown at the 66th Nordic Society of Hematology.") == ["Nordic Society of Hematology"]


def test_what_organisations_found_together_is_one_too() -> None:
    assert names("Vexer joins the Oak Map consortium. Oak Map was founded in 2014.").count("Oak Map") == 2
    assert names("Elm Atlas, a public drug discovery alliance, has a new partner.") == ["Elm Atlas"]
    assert names("The alliance grows.") == []


def test_the_investor_is_not_the_company_that_it_belongs_to() -> None:
    assert names("The round was led by Vexer Venture Investment in May.") == ["Vexer Venture Investment"]
    assert names("Fluids of the Anti-Gout Medicine were sold.") == []


def test_letters_of_dna_are_no_legal_form() -> None:
    assert names("The conserved AG and the canonical GT were read.") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It was shown at the 66thEuropean Association for the Study of the Spleen.", "European Association"),
        ("NARVIK, Norway----Quorum Therapeutics today announced a trial.", "Quorum Therapeutics"),
        ("Source: Narvik Heart Foundation.+-+Narvik+Heart+Foundation today", "Narvik Heart Foundation"),
    ],
)
def test_what_is_glued_to_a_name_does_not_belong_to_it(text: str, name: str) -> None:
    (found,) = names(text)
    assert found.startswith(name)
    assert "+" not in found


def test_a_society_in_the_name_of_its_journal_is_not_named() -> None:
    assert names("It was in the Journal of the Nordic Medical Association in May.") == []
