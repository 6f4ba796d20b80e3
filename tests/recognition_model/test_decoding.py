from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.recognition.model_decoding import (
    WordSpan,
    best_labels,
    log_probabilities,
    spans_of,
    without_overlaps,
)

OUTSIDE, BEGIN, INSIDE = (4.0, 0.0, 0.0), (0.0, 4.0, 0.0), (0.0, 0.0, 4.0)


def scores(*rows: tuple[float, float, float]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return log_probabilities(np.array(rows, dtype=np.float32)[:, None, :])


def test_probabilities_of_a_word_sum_to_one() -> None:
    assert np.exp(scores(BEGIN, INSIDE)).sum(axis=-1) == pytest.approx(1.0)


def test_begin_and_inside_make_one_span() -> None:
    (span,) = spans_of(scores(OUTSIDE, BEGIN, INSIDE, OUTSIDE))
    assert (span.first, span.last, span.type) == (1, 3, 0)
    assert 0.9 < span.score <= 1


def test_two_begins_make_two_neighbouring_spans() -> None:
    assert [(span.first, span.last) for span in spans_of(scores(BEGIN, BEGIN, INSIDE))] == [(0, 1), (1, 3)]


def test_a_span_may_end_with_the_window() -> None:
    assert [(span.first, span.last) for span in spans_of(scores(OUTSIDE, BEGIN))] == [(1, 2)]


def test_inside_after_outside_becomes_a_span_or_nothing_but_never_stays() -> None:
    labels = best_labels(scores(OUTSIDE, INSIDE, INSIDE))[:, 0].tolist()
    assert labels in ([0, 1, 2], [1, 2, 2])


def test_no_span_goes_over_into_the_next_window() -> None:
    rows = scores(OUTSIDE, BEGIN, INSIDE, INSIDE)
    assert all(span.last <= 2 or span.first >= 2 for span in spans_of(rows, starts=[0, 2]))


def test_a_window_without_words_has_no_spans() -> None:
    assert spans_of(np.zeros((0, 6, 3), dtype=np.float32)) == ()


@given(st.integers(1, 6), st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_the_labels_are_the_best_of_all_legal_ones(length: int, seed: int) -> None:
    table = log_probabilities(np.random.default_rng(seed).normal(size=(length, 1, 3)).astype(np.float32))
    chosen = best_labels(table)[:, 0].tolist()
    legal = [
        path
        for path in itertools.product(range(3), repeat=length)
        if path[0] != 2 and not any(left == 0 and right == 2 for left, right in itertools.pairwise(path))
    ]

    def total(path: tuple[int, ...]) -> float:
        return float(sum(table[number, 0, label] for number, label in enumerate(path)))

    assert total(tuple(chosen)) == pytest.approx(max(total(path) for path in legal), abs=1e-4)


def test_of_overlapping_spans_the_surer_one_stays_and_ties_go_to_the_longer() -> None:
    sure, unsure, long = WordSpan(0, 2, 0, 0.9), WordSpan(1, 3, 1, 0.6), WordSpan(4, 7, 0, 0.8)
    assert without_overlaps([unsure, sure, WordSpan(5, 6, 1, 0.8), long]) == (sure, long)


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(1, 3), st.integers(0, 2), st.floats(0, 1)), max_size=12))
def test_what_stays_never_overlaps(rows: list[tuple[int, int, int, float]]) -> None:
    kept = without_overlaps(WordSpan(first, first + length, kind, score) for first, length, kind, score in rows)
    assert all(left.last <= right.first for left, right in itertools.pairwise(kept))
