"""From begin/inside/outside scores to spans: the best legal sequence of each type, then one span a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    Integers = npt.NDArray[np.int64]

_OUTSIDE, _BEGIN, _INSIDE = 0, 1, 2


@dataclass(frozen=True, slots=True, order=True)
class WordSpan:
    """Words ``first`` to ``last`` (exclusive) of a window as one mention of the type with this number."""

    first: int
    last: int
    type: int
    score: float


def log_probabilities(logits: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the logarithms of probabilities over the last axis, which is that of outside, begin and inside."""
    top = np.maximum(np.maximum(logits[..., _OUTSIDE], logits[..., _BEGIN]), logits[..., _INSIDE])
    shifted = logits - top[..., None]
    chances = np.exp(shifted)
    total = chances[..., _OUTSIDE] + chances[..., _BEGIN] + chances[..., _INSIDE]
    result: npt.NDArray[np.float32] = shifted - np.log(total)[..., None]
    return result


def best_labels(scores: npt.NDArray[np.float32], starts: Sequence[int] = (0,)) -> npt.NDArray[np.int8]:
    """Return the best labels, words x types, in which inside never follows outside or begins a window.

    ``scores`` are log probabilities as words x types x (outside, begin, inside), ``starts`` the first words of windows.
    The best label of each word is the answer where that is legal, which is nearly everywhere; a window's column in
    which it is not is left to Viterbi.
    """
    outside, begin, inside = scores[..., _OUTSIDE], scores[..., _BEGIN], scores[..., _INSIDE]
    labels = (begin > outside).astype(np.int8)  # as argmax says it, which is slow over three
    labels[inside > np.maximum(outside, begin)] = _INSIDE
    before = np.zeros_like(labels)
    before[1:] = labels[:-1]
    before[[start for start in starts if start < len(labels)]] = _OUTSIDE
    words, kinds = np.nonzero((labels == _INSIDE) & (before == _OUTSIDE))
    windows = np.searchsorted(starts, words, side="right")
    ends = [*starts[1:], len(labels)]
    for window, kind in set(zip(windows.tolist(), kinds.tolist(), strict=True)):
        place = slice(starts[window - 1], ends[window - 1])
        labels[place, kind] = _viterbi(scores[place, kind])
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


def spans_of(scores: npt.NDArray[np.float32], starts: Sequence[int] = (0,)) -> tuple[WordSpan, ...]:
    """Return the spans of all types in order; their score is the mean probability of their labels."""
    labels = best_labels(scores, starts)
    column = np.zeros((labels.shape[1], len(labels) + 1), dtype=np.int8)  # a row a type, closed by an outside
    column[:, :-1] = labels.T
    begins = np.flatnonzero(column == _BEGIN)
    if not len(begins):
        return ()
    others = np.flatnonzero(column != _INSIDE)
    ends = others[np.searchsorted(others, begins, side="right")]
    kinds, firsts = np.divmod(begins, len(labels) + 1)
    lengths = ends - begins
    kind_of, word_of = np.repeat(kinds, lengths), ranges(firsts, lengths)
    chances = np.exp(scores[word_of, kind_of, labels[word_of, kind_of]].astype(np.float64))
    means = np.add.reduceat(chances, np.cumsum(lengths) - lengths) / lengths
    rows = zip(firsts.tolist(), (firsts + lengths).tolist(), kinds.tolist(), means.tolist(), strict=True)
    return tuple(sorted(WordSpan(first, last, kind, round(mean, 4)) for first, last, kind, mean in rows))


def ranges(firsts: Integers, lengths: Integers) -> Integers:
    """Return the numbers from each of ``firsts`` on, so many as ``lengths`` says, one range after the other.

    >>> ranges(np.array([5, 9]), np.array([3, 1])).tolist()
    [5, 6, 7, 9]
    """
    numbers: Integers = np.arange(lengths.sum()) + np.repeat(firsts - (np.cumsum(lengths) - lengths), lengths)
    return numbers


def without_overlaps(spans: Iterable[WordSpan]) -> tuple[WordSpan, ...]:
    """Return spans that do not overlap: the surer one stays, of two equally sure ones the longer.

    >>> without_overlaps([WordSpan(0, 2, 0, 0.9), WordSpan(1, 2, 1, 0.6)])
    (WordSpan(first=0, last=2, type=0, score=0.9),)
    """
    kept: list[WordSpan] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda span: (-span.score, span.first - span.last, span.first, span.type)):
        words = range(span.first, span.last)
        if taken.isdisjoint(words):
            kept.append(span)
            taken.update(words)
    return tuple(sorted(kept))
