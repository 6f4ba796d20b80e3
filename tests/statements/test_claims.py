from __future__ import annotations

import pytest

from tests.statements.marked import extract

CASES = [
    ("There are about 30,000 [disease gout] patients in Japan.", 30000, None, None, "{patients}", "~"),
    ("Some 5,000 new cases are diagnosed every year.", 5000, None, None, "{cases}/a", "~"),
    ("About 60-65% of patients who respond will relapse.", None, 60, 65, "%", "~"),
    ("Less than 7% of treated patients survive.", 7, None, None, "%", "<"),
    ("The median overall survival was 14.5 months.", 14.5, None, None, "mo", "="),
    ("The trial enrolled 238 adults.", 238, None, None, "{patients}", "="),
    ("It cost $2.5 million.", 2500000, None, None, "[USD]", "="),
    ("They took 2.5 mg/kg daily.", 2.5, None, None, "mg/kg", "="),
    ("They took 2.5 µg/kg/min of it.", 2.5, None, None, "ug/kg/min", "="),
    ("Haemoglobin was 11.2 g/dL.", 11.2, None, None, "g/dL", "="),
    ("She paid $48 per share.", 48, None, None, "[USD]/{share}", "="),
    ("The effect was significant (p<0.001).", 0.001, None, None, "1", "<"),
    ("The hazard ratio was 0.75.", 0.75, None, None, "1", "="),
    ("It was low (95% CI: 0.60-0.91).", None, 0.60, 0.91, None, "="),
    ("At least 12 weeks later it ended.", 12, None, None, "wk", ">="),
]


@pytest.mark.parametrize(("sentence", "value", "low", "high", "unit", "comparator"), CASES)
def test_a_number_has_value_unit_and_comparator(
    sentence: str, value: float | None, low: float | None, high: float | None, unit: str | None, comparator: str
) -> None:
    (claim,) = extract(sentence).claims
    assert (claim.value, claim.low, claim.high) == (value, low, high)
    assert (claim.unit, claim.comparator) == (unit, comparator)


def test_a_share_says_of_whom_and_what_they_do() -> None:
    (claim,) = extract("About 60% of patients who respond will relapse.").claims
    assert claim.population == "patients who respond"
    assert claim.measures == "relapse"


def test_numbers_of_a_sentence_share_its_place() -> None:
    first, second = extract("There are 900 patients in Japan, with 80 new cases each year.").claims
    assert first.population == "patients in Japan"
    assert second.population == "new cases in Japan"
    assert second.measures == "incidence"


def test_a_claim_is_about_the_disease_of_its_sentence() -> None:
    (claim,) = extract("[disease Gout] affects about 30,000 people in Japan.").claims
    assert claim.about is not None
    assert claim.about.name == "Gout"


def test_the_span_cuts_the_claim_out_of_the_text() -> None:
    findings = extract("There are about 30,000 patients in Japan.")
    (claim,) = findings.claims
    assert claim.evidence.text[claim.start : claim.end] == "about 30,000 patients in Japan"


@pytest.mark.parametrize("sentence", ["On 12 May 2020 it rained.", "The 24-week study ended.", "Call 555-2345 now."])
def test_other_numbers_are_no_claims(sentence: str) -> None:
    assert not extract(sentence).claims


def test_a_bracketed_number_belongs_to_the_group_before_it() -> None:
    text = "The incidence of rash was higher with zolamib (12%) than with placebo (7%)."
    assert [(one.value, one.population, one.measures) for one in extract(text).claims] == [
        (12, "zolamib", "incidence of rash"),
        (7, "placebo", "incidence of rash"),
    ]


def test_compared_numbers_are_two_claims_with_their_groups() -> None:
    first, second = extract("More patients on [drug Zolamib] than placebo (56% versus 43%) felt well.").claims
    assert (first.value, first.population) == (56, "patients on Zolamib")
    assert (second.value, second.population) == (43, "placebo")


def test_two_falling_numbers_are_no_range() -> None:
    assert [claim.value for claim in extract("[drug Zolamib] won by 41% to 29%.").claims] == [41, 29]


def test_each_arm_has_its_number() -> None:
    text = "The median survival was 31.2 months in the [drug Zolamib] arm versus 12.5 months in the control arm."
    first, second = extract(text).claims
    assert (first.population, second.population) == ("Zolamib arm", "control arm")
    assert second.measures == first.measures


COUNTED = [
    ("Acme will ship 40,000 vials.", 40000, "{vial}", "="),
    ("Acme has 2,000+ employees.", 2000, "{employee}", ">="),
    ("It lasted two months.", 2, "mo", "="),
    ("It is for girls 12 years of age and older.", 12, "a", ">="),
    ("A 40-year-old man fell ill.", 40, "a", "="),
    ("One in four adults is ill.", 25, "%", "="),
    ("Nearly two-thirds of participants felt well.", 66.7, "%", "~"),
    ("We saw 16 of 20 patients again.", 80, "%", "="),
    ("The rate was 12 cases per 100,000 people.", 12, "{cases}/10*5", "="),
    ("Grains of 3 nm were used.", 3, "nm", "="),
]


@pytest.mark.parametrize(("sentence", "value", "unit", "comparator"), COUNTED)
def test_people_and_things_are_counted(sentence: str, value: float, unit: str, comparator: str) -> None:
    (claim,) = extract(sentence).claims
    assert (claim.value, claim.unit, claim.comparator) == (value, unit, comparator)


def test_a_year_counts_nobody() -> None:
    assert not extract("In 2024 Americans were glad.").claims


def test_a_number_in_brackets_counts_what_stands_before_it() -> None:
    first, second = extract("[disease Stroke] (n = 5) and [disease gout] (n = 2) were seen.").claims
    assert (first.population, second.population) == ("Stroke", "gout")


def test_the_number_of_a_phase_counts_no_patients() -> None:
    assert not extract("Two [phase Phase 3] patients came.").claims
