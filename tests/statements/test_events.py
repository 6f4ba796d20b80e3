from __future__ import annotations

import datetime as dt

import pytest

from tests.statements.marked import extract

FDA, CHMP = "[organisation FDA]", "[organisation CHMP]"
ACME, BETA, DRUG = "[organisation Acme]", "[organisation Beta Inc]", "[drug Zolamib]"
TODAY = dt.date(2024, 5, 16)
CASES = [
    (f"The {FDA} approved {DRUG} on May 3, 2024.", "approval", "2024-05-03", True),
    (f"{ACME} submitted an application for {DRUG} to the {FDA} last month.", "submission", "2024-04", True),
    (f"The {FDA} accepted the application for {DRUG} for review today.", "acceptance", "2024-05-16", True),
    (f"The {CHMP} adopted a negative opinion on {DRUG} in March 2024.", "negative_opinion", "2024-03", True),
    (f"The {CHMP} issued a positive opinion on {DRUG} today.", "positive_opinion", "2024-05-16", True),
    (f"The {FDA} sent a complete response letter for {DRUG} yesterday.", "complete_response", "2024-05-15", True),
    (f"The {FDA} granted orphan drug designation to {DRUG} today.", "designation", "2024-05-16", True),
    (f"{ACME} plans to initiate a trial of {DRUG} in 2H 2024.", "trial_start", "2024-07-01/2024-12-31", False),
    (f"{ACME} has completed enrollment in its trial of {DRUG}.", "enrolment", None, True),
    (f"The {FDA} set a PDUFA date for {DRUG} of June 30, 2024.", "expected_decision", "2024-06-30", False),
    (f"{ACME} has withdrawn the application for {DRUG}.", "withdrawal", None, True),
    (f"{ACME} asked for re-examination of {DRUG} by the {CHMP}.", "re_examination", None, True),
    (f"{ACME} today announced a license agreement with {BETA} for {DRUG}.", "licensing", "2024-05-16", True),
    (f"{ACME} will acquire {BETA}.", "acquisition", None, False),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "kind", "date", "actual"), CASES)
def test_an_event_has_its_kind_date_and_reality(sentence: str, kind: str, date: str | None, actual: bool) -> None:
    events = [event for event in extract(sentence, TODAY).events if event.kind == kind]
    assert [(event.date, event.actual) for event in events] == [(date, actual)]


def test_participants_are_told_apart() -> None:
    text = (
        "[organisation Acme] submitted an application for [drug Zolamib] in [disease gout] to the [organisation FDA]."
    )
    (event,) = [one for one in extract(text, TODAY).events if one.kind == "submission"]
    assert (event.agent and event.agent.name, event.recipient and event.recipient.name) == ("Acme", "FDA")
    assert (event.product and event.product.name, event.indication and event.indication.name) == ("Zolamib", "gout")


def test_outcomes_say_met_or_missed() -> None:
    met = extract("[drug Zolamib] met its primary endpoint.", TODAY).events
    missed = extract("[drug Zolamib] did not meet its primary endpoint.", TODAY).events
    assert [event.outcome for event in met + missed] == ["met", "missed"]


def test_trial_registrations_are_identifiers() -> None:
    (event,) = extract("[drug Zolamib] met its primary endpoint (NCT01234567, EudraCT 2011-004567-22).", TODAY).events
    assert event.identifiers == ("clinicaltrials:NCT01234567", "eudract:2011-004567-22")


def test_a_decision_told_twice_is_one_event() -> None:
    text = f"The {FDA} approved {DRUG} on May 3, 2024.\nThe {FDA} approved {DRUG} last."
    assert [event.date for event in extract(text, TODAY).events if event.kind == "approval"] == ["2024-05-03"]


def test_what_did_not_happen_is_no_event() -> None:
    assert not extract("The [organisation FDA] has not approved [drug Zolamib].", TODAY).events


def test_a_risk_is_never_actual() -> None:
    text = "# risk the risk that [drug Zolamib] will not receive regulatory approval."
    assert [event.actual for event in extract(text, TODAY).events] == [False]


def test_what_a_committee_rejects_gets_a_negative_opinion() -> None:
    text = "In March the [organisation CHMP] rejected [drug Zolamib]."
    assert [one.kind for one in extract(text).events] == ["negative_opinion"]


def test_it_stands_for_the_drug_just_spoken_of_and_not_for_the_main_one() -> None:
    text = "\n".join(
        [
            "[drug Kerotide] is old.",
            "[drug Kerotide] is known.",
            "[drug Zolamib] is new.",
            "It was approved by the [organisation FDA] in 2014.",
        ]
    )
    products = [one.product.name for one in extract(text).events if one.product]
    assert products == ["Zolamib"]


AWAITED = [
    ("[organisation Acme] expects data from the trial of [drug Zolamib] by year-end.", "readout", "2024", False),
    ("[organisation Acme] plans to file an NDA for [drug Zolamib] in the second half of 2025.",
     "submission", "2025-07-01/2025-12-31", False),
    ("[organisation Acme] filed an application for [drug Zolamib] with the [organisation FDA] in early October.",
     "submission", "2023-10", True),
    ("Data for [drug Zolamib] were presented today.", "readout", "2024-05-16", True),
    ("[drug Zolamib] was granted priority review by the [organisation FDA] today.", "designation", "2024-05-16", True),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "kind", "date", "actual"), AWAITED)
def test_what_is_awaited_and_what_has_no_year_is_dated(sentence: str, kind: str, date: str, actual: bool) -> None:
    events = [event for event in extract(sentence, TODAY).events if event.kind == kind]
    assert [(event.date, event.actual) for event in events] == [(date, actual)]


def test_each_product_and_each_partner_has_its_event() -> None:
    text = f"The {FDA} has expanded the emergency use authorization for {DRUG} and [drug Kerotide]."
    approvals = [event for event in extract(text, TODAY).events if event.kind == "approval"]
    assert [event.product and event.product.name for event in approvals] == ["Zolamib", "Kerotide"]
    assert {event.procedure for event in approvals} == {"emergency use"}
    text = f"{ACME} signed a supply agreement with {BETA} and [organisation Gamma Inc] for {DRUG}."
    deals = [event for event in extract(text, TODAY).events if event.kind == "collaboration"]
    assert [event.recipient and event.recipient.name for event in deals] == ["Beta Inc", "Gamma Inc"]


def test_a_read_out_told_again_has_the_day_of_the_first() -> None:
    text = f"{ACME} today announced positive results from the trial of {DRUG}.\n{DRUG} met its primary endpoint."
    assert {event.date for event in extract(text, TODAY).events} == {"2024-05-16"}


def test_a_designation_has_its_procedure_and_its_recipient() -> None:
    (event,) = extract(f"{ACME} received fast track designation from the {FDA} for {DRUG}.", TODAY).events
    assert (event.procedure, event.recipient and event.recipient.name) == ("fast track", "Acme")
