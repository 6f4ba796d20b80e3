from __future__ import annotations

from kg.evaluation.relations_calibration import Judged, fit
from kg.evaluation.relations_training import Example, fit_scale, train
from kg.statements.confidence import confidence_of
from kg.statements.extractor import read_pairs
from kg.statements.pair_reader import chance_of
from tests.statements.marked import extract, read_marked

CASE = "[drug Zolamib] toxicity with [disease nephritis] in two patients ; [disease nephritis] recurred on rechallenge."


def test_pairs_are_judged_once_for_each_two_things_of_a_document() -> None:
    text = "[drug Zolamib] and [gene_protein FLT9] and [disease gout].\n[drug Zolamib] and [disease gout]."
    pairs = list(read_pairs(*read_marked(text)))
    assert {pair.kind: len(pair.meetings) for pair, _, _ in pairs} == {"DG": 1, "DS": 2}
    assert all(buckets == sorted(set(buckets)) for _, buckets, _ in pairs)


def test_a_pair_that_a_rule_has_read_is_marked() -> None:
    (read,) = read_pairs(*read_marked("[drug Zolamib] inhibits [gene_protein FLT9]."))
    (unread,) = read_pairs(*read_marked("[drug Zolamib] near [gene_protein FLT9]."))
    assert (sorted(read[2]), sorted(unread[2])) == (["inhibits"], [])


def test_the_model_is_silent_in_news() -> None:
    news = f"[organisation Acme Ltd] today announced a report.\n{CASE}"
    assert not any(one.evidence.extractor == "model:pair" for one in extract(news).statements)


def test_confidences_of_the_model_are_chances() -> None:
    for one in extract(CASE).statements:
        assert 0 < one.evidence.confidence < 1


def test_training_learns_what_tells_a_relation_from_none() -> None:
    relations: tuple[frozenset[str], ...] = (frozenset(), frozenset({"inhibits"}), frozenset({"activates"}))
    examples = [
        Example("DG", (1, 2 + number % 3), relations[number % 3], str(number), frozenset()) for number in range(60)
    ]
    weights = train(examples, "inhibits")
    chances = [chance_of(weights, (1, bucket)) for bucket in (2, 3, 4)]
    assert chances[1] > 0.9
    assert max(chances[0], chances[2]) < 0.2


def test_the_model_is_silent_where_companies_are_named() -> None:
    text = f"[organisation Acme Ltd] told us of it.\n{CASE}"
    assert not any(one.evidence.extractor == "model:pair" for one in extract(text).statements)


def test_a_scale_follows_what_was_right() -> None:
    seen = [(2.0, 1.0)] * 8 + [(2.0, 0.0)] * 2 + [(-2.0, 0.0)] * 8 + [(-2.0, 1.0)] * 2
    slope, offset = fit_scale(seen)
    assert slope > 0
    assert abs(float(offset)) < 0.2


def test_an_end_outside_the_sentence_makes_a_statement_less_sure() -> None:
    inside = confidence_of("inhibit-active", ("left", "right"), 0.5)
    assert confidence_of("inhibit-active", ("anaphor", "right"), 0.5) < inside
    assert confidence_of("a rule of no name", (), 0.5) == 0.5


def test_the_table_is_fitted_to_what_was_judged() -> None:
    judged = [Judged("inhibit-active", "sentence", 0.5, is_right=True)] * 100
    judged += [Judged("bind-active", "sentence", 0.5, is_right=False)] * 100
    rules, _ = fit(judged)
    assert rules["inhibit-active"] > 0.95
    assert rules["bind-active"] < 0.1
