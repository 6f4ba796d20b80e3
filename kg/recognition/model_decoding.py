"""From begin/inside/outside scores to spans: the best legal sequence of each type, then one span a place."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

_OUTSIDE, _BEGIN, _INSIDE = 0, 1, 2


@dataclass(frozen=True, slots=True, order=True)
class WordSpan:
    """Words ``first`` to ``last`` (exclusive) of a window as one mention of the type with this number."""

    first: int
    last: int
    type: int
    score: float


def log_probabilities(logits: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the logarithms of probabilities over the last axis."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    result: npt.NDArray[np.float32] = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def best_labels(scores: npt.NDArray[np.float32]) -> npt.NDArray[np.int8]:
    """Return the best labels, words x types, in which inside never follows outside.

    ``scores`` are log probabilities as words x types x (outside, begin, inside). The best label of each word is the
    answer where that is legal, which is nearly everywhere; the rest is left to Viterbi, type by type.
    """
    labels: npt.NDArray[np.int8] = scores.argmax(axis=-1).astype(np.int8)
    if labels.any():
        inside = labels == _INSIDE
        wrong = inside[:1].any(axis=0) | (inside[1:] & (labels[:-1] == _OUTSIDE)).any(axis=0)
        for kind in np.flatnonzero(wrong).tolist():
            labels[:, kind] = _viterbi(scores[:, kind])
    return labels


def _viterbi(column: npt.NDArray[np.float32]) -> list[int]:
    rows = column.tolist()
    outside, begin, inside = rows[0][_OUTSIDE], rows[0][_BEGIN], -1e9
    back: list[tuple[int, int]] = []
    for row in rows[1:]:
        any_before, best = _OUTSIDE, outside
        if begin > best:
            any_before, best = _BEGIN, begin
        if inside > best:
            any_before, best = _INSIDE, inside
        from_inside = _BEGIN if begin >= inside else _INSIDE
        back.append((any_before, from_inside))
        outside, begin, inside = best + row[_OUTSIDE], best + row[_BEGIN], max(begin, inside) + row[_INSIDE]
    label = max(((outside, -_OUTSIDE), (begin, -_BEGIN), (inside, -_INSIDE)))[1] * -1
    labels = [label]
    for any_before, from_inside in reversed(back):
        label = from_inside if label == _INSIDE else any_before
        labels.append(label)
    return labels[::-1]


def spans_of(scores: npt.NDArray[np.float32]) -> tuple[WordSpan, ...]:
    """Return the spans of all types in order; their score is the mean probability of their labels."""
    labels = best_labels(scores)
    spans: list[WordSpan] = []
    for kind in np.flatnonzero(labels.any(axis=0)).tolist():
        first = last = -1
        column = labels[:, kind].tolist()
        for number in [*np.flatnonzero(labels[:, kind]).tolist(), len(column)]:
            if number == len(column) or column[number] == _BEGIN or number != last:
                if first >= 0:
                    chosen = [scores.item(place, kind, column[place]) for place in range(first, last)]
                    spans.append(WordSpan(first, last, kind, round(sum(map(exp, chosen)) / len(chosen), 4)))
                first = number
            last = number + 1
    return tuple(sorted(spans))


def without_overlaps(spans: Iterable[WordSpan]) -> tuple[WordSpan, ...]:
    """Return spans that do not overlap: the surer one stays, of two equally sure ones the longer.

    >>> without_overlaps([WordSpan(0, 2, 0, 0.9), WordSpan(1, 2, 1, 0.6)])
    (WordSpan(first=0, last=2, type=0, score=0.9),)
    """
    kept: list[WordSpan] = []
    for span in sorted(spans, key=lambda span: (-span.score, span.first - span.last, span.first, span.type)):
        if all(span.last <= other.first or span.first >= other.last for other in kept):
            kept.append(span)
    return tuple(sorted(kept))
