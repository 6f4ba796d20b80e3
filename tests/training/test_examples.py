from __future__ import annotations

import random

import pytest

from kg.model import EntityType
from kg.recognition.model_marks import TYPES
from kg.training.examples import MASKED, Example, batches_of, examples_of, sample
from kg.training.passages import Passage, TypedSpan
from tests.recognition_model.test_features import make_tokenizer

TEXT = "Velorin eased gout. Hair cells grew."
DRUG, DISEASE, CELL = EntityType.DRUG, EntityType.DISEASE, EntityType.CELL


def make_passage(*spans: TypedSpan, ignored: tuple[TypedSpan, ...] = ()) -> Passage:
    return Passage("1", "test", TEXT, spans, ignored, frozenset({DRUG, CELL}))


def column(example: Example, kind: EntityType) -> list[int]:
    return [row[TYPES.index(kind)] for row in example.labels]


def test_words_of_a_span_begin_and_go_on() -> None:
    (example,) = examples_of(make_passage(TypedSpan(0, 7, DRUG), TypedSpan(20, 30, CELL)), make_tokenizer())
    assert column(example, DRUG) == [1, 0, 0, 0, 0, 0, 0, 0]
    assert column(example, CELL) == [0, 0, 0, 0, 1, 2, 0, 0]


def test_a_type_that_the_corpus_does_not_annotate_is_masked() -> None:
    (example,) = examples_of(make_passage(), make_tokenizer())
    assert set(column(example, DISEASE)) == {MASKED}


def test_an_ignored_span_is_masked_for_its_type_only() -> None:
    (example,) = examples_of(make_passage(ignored=(TypedSpan(20, 30, CELL),)), make_tokenizer())
    assert column(example, CELL)[4:6] == [MASKED, MASKED]
    assert column(example, DRUG)[4:6] == [0, 0]


def test_a_short_limit_makes_one_window_a_sentence() -> None:
    examples = list(examples_of(make_passage(), make_tokenizer(), limit=20))
    assert [TEXT[example.spans[0][0] : example.spans[-1][1]] for example in examples] == [
        "Velorin eased gout.",
        "Hair cells grew.",
    ]


def test_the_first_piece_of_every_word_is_counted_behind_the_marker() -> None:
    (example,) = examples_of(make_passage(), make_tokenizer())
    assert example.firsts[:3] == (1, 8, 13)
    assert len(example.pieces) == len(example.shapes) == len(example.upper_shapes) == len(example.lower_shapes)


def test_batches_hold_every_example_once_and_no_more_pieces_than_asked() -> None:
    examples = [example for _ in range(9) for example in examples_of(make_passage(), make_tokenizer(), limit=20)]
    batches = batches_of(examples, 70, random.Random(1))
    assert sum(len(batch) for batch in batches) == len(examples)
    assert all(len(batch) * (2 + max(len(one.pieces) for one in batch)) <= 70 for batch in batches)


@pytest.mark.parametrize(("share", "count"), [(0.0, 0), (1.0, 1), (3.0, 3)])
def test_a_whole_share_is_taken_exactly(share: float, count: int) -> None:
    examples = list(examples_of(make_passage(), make_tokenizer()))
    assert len(sample(examples, share, random.Random(1))) == count
