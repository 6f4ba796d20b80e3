from __future__ import annotations

import pytest

from kg.model import Modality
from tests.statements.marked import extract

DENIED = [
    "[drug Zolamib] did not inhibit [gene_protein FLT9].",
    "[drug Zolamib] failed to inhibit [gene_protein FLT9].",
    "Treatment with [drug Zolamib] did not result in a reduction in levels of [gene_protein FLT9].",
    "There was no evidence that [drug Zolamib] inhibits [gene_protein FLT9].",
    "Inhibition of [gene_protein FLT9] by [drug Zolamib] was not observed.",
]
HEDGED = [
    ("[drug Zolamib] may inhibit [gene_protein FLT9].", Modality.HYPOTHETICAL),
    ("[drug Zolamib] could inhibit [gene_protein FLT9].", Modality.HYPOTHETICAL),
    ("[drug Zolamib] is designed to inhibit [gene_protein FLT9].", Modality.INTENDED),
    ("[drug Zolamib] is expected to inhibit [gene_protein FLT9].", Modality.ANTICIPATED),
    ("The risk that [drug Zolamib] inhibits [gene_protein FLT9].", Modality.RISK),
    ("Studies have demonstrated that [drug Zolamib] inhibits [gene_protein FLT9].", Modality.REPORTED),
    ("[drug Zolamib] inhibits [gene_protein FLT9].", Modality.ASSERTED),
]


@pytest.mark.parametrize("sentence", DENIED)
def test_denied_statements_are_negated_and_keep_the_cue(sentence: str) -> None:
    statements = extract(sentence).statements
    assert statements
    assert all(one.negated and one.cue for one in statements)


@pytest.mark.parametrize(("sentence", "modality"), HEDGED)
def test_hedges_give_the_modality(sentence: str, modality: Modality) -> None:
    (statement,) = extract(sentence).statements
    assert not statement.negated
    assert statement.modality is modality


def test_a_question_states_nothing() -> None:
    assert not extract("We tested whether [drug Zolamib] inhibits [gene_protein FLT9].").statements
    assert not extract("To evaluate the ability of [drug Zolamib] to inhibit [gene_protein FLT9].").statements


def test_a_cue_stops_at_a_terminator() -> None:
    (statement,) = extract("It was not safe, but [drug Zolamib] inhibits [gene_protein FLT9].").statements
    assert not statement.negated


def test_words_that_only_look_like_cues_change_nothing() -> None:
    (statement,) = extract("On May 16 [drug Zolamib] not only inhibits [gene_protein FLT9].").statements
    assert not statement.negated
    assert statement.modality is Modality.ASSERTED


def test_the_cue_is_cut_from_the_text() -> None:
    analysis_text = "[drug Zolamib] failed to inhibit [gene_protein FLT9]."
    (statement,) = extract(analysis_text).statements
    assert statement.cue is not None
    assert statement.cue.text == "failed to"


def test_who_believes_it_is_kept() -> None:
    (statement,) = extract("[organisation Acme] believes [drug Zolamib] inhibits [gene_protein FLT9].").statements
    assert statement.modality is Modality.REPORTED
    assert statement.stated_by is not None
    assert statement.stated_by.name == "Acme"


def test_a_denied_approval_that_is_called_refused_is_said_once() -> None:
    found = extract("The [organisation FDA] declined to approve [drug Zolamib].").statements
    assert [(one.relation, one.negated) for one in found] == [("rejected_by", False)]


def test_a_vote_against_approval_is_no_positive_opinion() -> None:
    findings = extract("The [organisation FDA] committee voted against recommending approval of [drug Zolamib].")
    assert {one.relation for one in findings.statements} == {"rejected_by"}
    assert [event.kind for event in findings.events] == ["negative_opinion"]


def test_a_failed_trial_was_a_trial() -> None:
    text = "The [disease gout] drug [drug Zolamib] failed to meet the main goal of a trial."
    found = {(one.relation, one.negated) for one in extract(text).statements}
    assert found == {("studied_for", False), ("treats", True)}
