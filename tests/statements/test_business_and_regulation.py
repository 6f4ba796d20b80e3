from __future__ import annotations

import pytest

from kg.model import Modality
from tests.statements.marked import extract, triples

CASES = [
    ("[drug Zolamib] is being developed by [organisation Acme Ltd].", ("Zolamib", "developed_by", "Acme Ltd")),
    ("[organisation Acme]'s [drug Zolamib] is oral.", ("Zolamib", "developed_by", "Acme")),
    ("[organisation Acme] presented data on its drug [drug Zolamib].", ("Zolamib", "developed_by", "Acme")),
    ("[drug Zolamib] will be marketed by [organisation Acme].", ("Zolamib", "marketed_by", "Acme")),
    ("[organisation Acme] has an agreement with [organisation Beta Inc].", ("Acme", "collaborates_with", "Beta Inc")),
    ("[organisation Acme] will acquire [organisation Beta Inc].", ("Beta Inc", "acquired_by", "Acme")),
    ("[organisation Beta Inc] was acquired by [organisation Acme].", ("Beta Inc", "acquired_by", "Acme")),
    ("[organisation Acme] ([organisation Nasdaq]: ACM) is small.", ("Acme", "listed_on", "Nasdaq")),
    ("The [organisation FDA] approved [drug Zolamib] on Monday.", ("Zolamib", "approved_by", "FDA")),
    ("[drug Zolamib] was approved by the [organisation FDA].", ("Zolamib", "approved_by", "FDA")),
    ("The [organisation FDA] issued a complete response letter for [drug Zolamib].", ("Zolamib", "rejected_by", "FDA")),
    ("[drug Zolamib] got a negative opinion from the [organisation CHMP].", ("Zolamib", "rejected_by", "CHMP")),
    (
        "[organisation Acme] submitted an application for [drug Zolamib] to the [organisation FDA].",
        ("Zolamib", "submitted_to", "FDA"),
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_companies_and_regulators_are_read(sentence: str, expected: tuple[str, str, str]) -> None:
    assert expected in triples(sentence)


def test_a_positive_opinion_is_an_approval_to_come() -> None:
    text = "The [organisation CHMP] adopted a positive opinion recommending approval of [drug Zolamib]."
    approved = [one for one in extract(text).statements if one.relation == "approved_by"]
    assert {(one.object.name, one.modality) for one in approved} == {("CHMP", Modality.ANTICIPATED)}


def test_a_committee_decides_and_not_its_agency() -> None:
    text = "A positive opinion on [drug Zolamib] came from the [organisation CHMP] of the [organisation EMA]."
    assert {one.object.name for one in extract(text).statements if one.relation == "approved_by"} == {"CHMP"}


def test_the_announcing_company_develops_the_drug_of_the_news() -> None:
    news = "[organisation Acme Ltd] today announced results of a trial."
    text = f"{news}\n[drug Zolamib] was safe.\n[drug Zolamib] was oral."
    inferred = [one for one in extract(text).statements if one.relation == "developed_by"]
    assert [(one.subject.name, one.object.name) for one in inferred] == [("Zolamib", "Acme Ltd")]
    assert inferred[0].evidence.extractor == "inference:announcer-develops"


def test_what_is_owned_holds_even_in_a_risk() -> None:
    text = "# risk the risk that [organisation Acme]'s [drug Zolamib] will not be approved by the [organisation FDA]."
    modalities = {one.relation: one.modality for one in extract(text).statements}
    assert modalities["developed_by"] is Modality.ASSERTED
    assert modalities["approved_by"] is Modality.RISK


def test_a_bracketed_exchange_belongs_to_the_nearest_company() -> None:
    text = "[organisation Beta Inc] and [organisation Acme] ([organisation Nasdaq]: ACM) met."
    assert triples(text) & {("Beta Inc", "listed_on", "Nasdaq")} == set()
