from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from kg.cli.explain import mark_sentence
from kg.model import Cue, EntityType, Evidence, LinkedMention, Mention, Span, Statement

TEXT = "abcdefghijklmnop"
START = 7
spans = st.tuples(st.integers(0, 15), st.integers(1, 16)).map(lambda ends: (min(ends[0], ends[1] - 1), ends[1]))


def linked(span: tuple[int, int]) -> LinkedMention:
    start, end = span
    return LinkedMention(
        Mention(START + start, START + end, TEXT[start:end], EntityType.DRUG, ("dictionary",)), TEXT[start:end]
    )


@given(subject=spans, object_=spans, trigger=spans, cue=spans)
def test_marks_enclose_their_spans_and_change_no_letter(
    subject: tuple[int, int], object_: tuple[int, int], trigger: tuple[int, int], cue: tuple[int, int]
) -> None:
    evidence = Evidence(START, START + len(TEXT), TEXT, "rule", 0.5, Span(START + trigger[0], START + trigger[1]))
    cue_words = Cue(START + cue[0], START + cue[1], TEXT[cue[0] : cue[1]])
    said = Statement(linked(subject), "combined_with", linked(object_), evidence, cue=cue_words)
    marked = mark_sentence(said)
    assert re.sub(r"\[|\]\{\w+\}", "", marked) == TEXT
    assert marked.count("[") == 4
    assert re.findall(r"\{\w+\}", marked).count("{subject}") == 1


def test_a_span_outside_the_sentence_is_not_marked() -> None:
    evidence = Evidence(START, START + 5, TEXT[:5], "rule", 0.5)
    said = Statement(linked((0, 2)), "combined_with", linked((8, 10)), evidence)
    assert mark_sentence(said) == "[ab]{subject}cde"
