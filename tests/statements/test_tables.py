from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.relations import RELATIONS
from kg.statements.event_rules import EventRule, event_rules
from kg.statements.extractor import StatementExtractor
from kg.statements.finders import FINDERS
from kg.statements.quantities import units
from kg.statements.rules import load_rules
from kg.statements.tables import pattern, read_table
from tests.statements.marked import read_marked

USES = {"use", "study", "trial-use", "prevention"}


def test_every_rule_speaks_of_known_relations_and_finders() -> None:
    for rule in load_rules():
        assert set(rule.relations.values()) <= set(RELATIONS) | USES, rule.name
        assert set(rule.subject.finders + rule.object.finders) <= set(FINDERS), rule.name


def test_a_rule_that_looks_for_an_end_in_its_match_captures_it() -> None:
    for rule in load_rules():
        for end, role in ((rule.subject, "s"), (rule.object, "o")):
            if end.finders == ("match",):
                assert role in rule.pattern.groupindex, rule.name


def test_literals_let_every_line_through_that_the_pattern_matches() -> None:
    sentences = [
        "[drug A1] inhibits [gene_protein B1].",
        "[drug A1] was neutralized by [drug B1].",
        "Inhibition of [gene_protein B1] by [drug A1].",
        "[drug A1] is being developed by [organisation Acme].",
    ]
    from kg.statements.view import iter_views

    for sentence in sentences:
        for view in iter_views(*read_marked(sentence)):
            for rule in load_rules():
                if rule.pattern.search(view.line) and rule.literals:
                    assert any(literal in view.line for literal in rule.literals), rule.name


def test_every_event_kind_is_one_of_the_schema() -> None:
    kinds = {rule.kind for rule in event_rules()}
    assert kinds == {
        "submission", "acceptance", "approval", "positive_opinion", "negative_opinion", "complete_response",
        "refusal_to_file", "withdrawal", "designation", "re_examination", "trial_start", "enrolment", "readout",
        "licensing", "acquisition", "collaboration", "expected_decision",
    }  # fmt: skip
    assert all(isinstance(rule, EventRule) for rule in event_rules())


def test_every_named_pattern_compiles() -> None:
    for name in read_table("patterns"):
        if name not in {"small"}:
            assert isinstance(pattern(name), re.Pattern)


def test_pint_knows_the_units_that_are_no_annotations() -> None:
    pint = pytest.importorskip("pint")
    registry = pint.UnitRegistry()
    names = {"mo": "month", "a": "year", "d": "day", "wk": "week", "h": "hour", "min": "minute", "%": "percent"}
    plain = [code for _, code in units() if not re.search(r"[\[{2]", code)]
    assert plain
    for code in plain:
        written = "/".join(names.get(part, part) for part in code.split("/"))
        assert registry.Unit(written) is not None


WORDS = st.sampled_from(
    ["[drug Zolamib]", "[gene_protein FLT9]", "[disease gout]", "[organisation FDA]", "[phase Phase 2]", "inhibits",
     "of", "(", ")", "the", "was approved", "by", "not", "may", ",", "95% CI", "12", "%", "patients", "in May",
     "İ", "--"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=30))
def test_any_text_gives_findings_within_its_bounds(words: list[str]) -> None:
    analysis, mentions = read_marked(" ".join(words))
    findings = StatementExtractor().extract(analysis, mentions)
    text = analysis.document.text
    for statement in findings.statements:
        assert text[statement.evidence.start : statement.evidence.end] == statement.evidence.text
        assert statement.relation in RELATIONS
        if statement.cue:
            assert text[statement.cue.start : statement.cue.end] == statement.cue.text
    spans = [(event.start, event.end) for event in findings.events]
    spans += [(claim.start, claim.end) for claim in findings.claims]
    assert all(0 <= start < end <= len(text) for start, end in spans)


def test_the_same_text_gives_the_same_findings_twice() -> None:
    analysis, mentions = read_marked(
        "[drug Zolamib] inhibits [gene_protein FLT9] and treats [disease gout] in 12% of patients."
    )
    assert StatementExtractor().extract(analysis, mentions) == StatementExtractor().extract(analysis, mentions)
