"""Strict precision, recall and F1 of predicted word spans, by corpus and type."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.training.examples import BEGIN, INSIDE

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts behind precision, recall and F1 (percent)."""

    right: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of the predicted ones that are right."""
        return 100 * self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold ones that were found."""
        return 100 * self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall.

        >>> round(Figures(8, 10, 16).f1, 1)
        61.5
        """
        return 200 * self.right / (self.predicted + self.gold) if self.predicted + self.gold else 0.0


@dataclass(slots=True)
class Tally:
    """Collects counts by a key."""

    right: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)

    def add(self, key: str, predicted: set[tuple[int, int]], gold: set[tuple[int, int]]) -> None:
        """Count one text's spans under a key."""
        self.right[key] += len(predicted & gold)
        self.predicted[key] += len(predicted)
        self.gold[key] += len(gold)

    def figures(self) -> dict[str, Figures]:
        """Return the figures of each key, keys in order."""
        keys = sorted({*self.predicted, *self.gold})
        return {key: Figures(self.right[key], self.predicted[key], self.gold[key]) for key in keys}


def gold_spans(column: Sequence[int]) -> set[tuple[int, int]]:
    """Return the spans that a column of labels marks.

    >>> sorted(gold_spans([0, 1, 2, 1, 0]))
    [(1, 3), (3, 4)]
    """
    spans: set[tuple[int, int]] = set()
    first = -1
    for number, label in enumerate([*column, 0]):
        if first >= 0 and label != INSIDE:
            spans.add((first, number))
            first = -1
        if label == BEGIN:
            first = number
    return spans
