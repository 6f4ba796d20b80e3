"""Turns evidence into a score in [0, 1]: a logistic function of few features, its coefficients kept as data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

WEIGHTS = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Scorer:
    """Coefficients by feature name, and the score below which a mention is NIL."""

    weights: Mapping[str, float]
    threshold: float

    def score(self, features: Mapping[str, float]) -> float:
        """Return how likely it is that a candidate with these features is right.

        >>> Scorer({"bias": 0.0, "short": -1.0}, 0.5).score({"bias": 1.0})
        0.5
        """
        weights = self.weights
        total = 0.0
        for name, value in features.items():
            if name in weights:
                total += weights[name] * value
        return round(1 / (1 + exp(-max(-30.0, min(30.0, total)))), 4)


@cache
def shipped_scorer() -> Scorer:
    """Return the scorer whose coefficients came with the program."""
    stored = json.loads(WEIGHTS.read_text("utf-8"))
    return Scorer(stored["weights"], stored["threshold"])
