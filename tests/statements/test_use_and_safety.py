from __future__ import annotations

import pytest

from kg.model import Modality
from tests.statements.marked import extract, triples

CASES = [
    ("[drug Zolamib] is approved for the treatment of [disease gout].", ("Zolamib", "treats", "gout")),
    ("A Phase 2 trial of [drug Zolamib] in patients with [disease gout] began.", ("Zolamib", "studied_for", "gout")),
    ("The investigational drug [drug Zolamib] for [disease gout] is oral.", ("Zolamib", "studied_for", "gout")),
    ("[drug Zolamib] lowered the risk of [disease gout] flares.", ("Zolamib", "treats", "gout")),
    ("Patients with [disease gout] treated with [drug Zolamib] felt well.", ("Zolamib", "treats", "gout")),
    (
        "The most common side effects of [drug Zolamib] were [disease nausea].",
        ("Zolamib", "causes_adverse_event", "nausea"),
    ),
    ("[disease Nausea] was more common on [drug Zolamib].", ("Zolamib", "causes_adverse_event", "Nausea")),
    ("[drug Zolamib]-induced [disease hepatitis] is rare.", ("Zolamib", "causes_adverse_event", "hepatitis")),
    ("The [phase Phase 3] trial of [drug Zolamib] is under way.", ("Zolamib", "in_phase", "Phase 3")),
    ("[drug Zolamib] entered a [phase phase 1b] study.", ("Zolamib", "in_phase", "phase 1b")),
]


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_uses_harms_and_phases_are_read(sentence: str, expected: tuple[str, str, str]) -> None:
    assert expected in triples(sentence)


def test_a_companion_drug_is_not_the_one_that_is_studied() -> None:
    found = triples(
        "A trial of [drug Zolamib] in combination with [drug cisplatin] for the treatment of [disease gout]."
    )
    assert ("Zolamib", "studied_for", "gout") in found
    assert ("cisplatin", "studied_for", "gout") not in found


def test_a_benefit_is_no_harm() -> None:
    found = triples("[drug Zolamib] was associated with a reduction in risk of [disease stroke].")
    assert not any(relation == "causes_adverse_event" for _, relation, _ in found)


def test_a_failed_trial_denies_the_treatment_of_the_studied_disease() -> None:
    text = (
        "[drug Zolamib] is an investigational drug in a trial for [disease gout].\n"
        "[drug Zolamib] did not meet its primary endpoint."
    )
    denied = [one for one in extract(text).statements if one.negated]
    assert [(one.relation, one.object.name) for one in denied] == [("treats", "gout")]


def test_an_item_of_a_list_belongs_to_the_drug_of_the_passage() -> None:
    text = "[drug Zolamib] has been approved for:\n* The treatment of [disease gout]\n[drug Zolamib] is oral."
    assert ("Zolamib", "treats", "gout") in triples(text)


def test_prevention_in_trial_is_hoped_for() -> None:
    statements = extract("[drug Zolamib] is intended for the prevention of [disease gout].").statements
    prevents = [one for one in statements if one.relation == "prevents"]
    assert [one.modality for one in prevents] == [Modality.INTENDED]


def test_a_company_that_treats_a_disease_is_no_drug_that_does() -> None:
    text = "[drug Zolamib] is made by [organisation Acme Ltd], a company focused on the treatment of [disease gout]."
    assert not any(relation in ("treats", "studied_for") for _, relation, _ in triples(text))


def test_parts_of_words_and_kinds_of_medicine_name_no_drug() -> None:
    assert not triples("Non-[drug opioid] products for the treatment of [disease pain].")
    assert not triples("[drug lipid]-lowering care for the treatment of [disease pain].")
    assert not triples("The [drug monoclonal antibody] is approved for the treatment of [disease pain].")
