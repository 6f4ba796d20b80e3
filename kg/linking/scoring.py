"""Turns evidence into a score in [0, 1]: a logistic function of few features, its coefficients kept as data."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Mapping

WEIGHTS = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Scorer:
    """Coefficients by feature name, and the score below which a mention is NIL.

    ``by_type`` holds whole tables of coefficients for mentions of some types: a drug's code says more than a disease's.
    """

    weights: Mapping[str, float]
    threshold: float
    by_type: Mapping[EntityType, Mapping[str, float]] = field(default_factory=dict)

    def table(self, kind: EntityType | None) -> Mapping[str, float]:
        """Return the coefficients for mentions of a type."""
        return self.weights if kind is None else self.by_type.get(kind, self.weights)

    def score(self, features: Mapping[str, float], kind: EntityType | None = None) -> float:
        """Return how likely it is that a candidate with these features is right, for a mention of a type.

        >>> Scorer({"bias": 0.0, "short": -1.0}, 0.5).score({"bias": 1.0})
        0.5
        """
        return round(1 / (1 + exp(-max(-30.0, min(30.0, self.logit(features, kind))))), 4)

    def logit(self, features: Mapping[str, float], kind: EntityType | None = None) -> float:
        """Return the sum behind the score."""
        weights = self.table(kind)
        total = 0.0
        for name, value in features.items():
            if name in weights:
                total += weights[name] * value
        return total


@cache
def shipped_scorer() -> Scorer:
    """Return the scorer whose coefficients came with the program."""
    return scorer_of(json.loads(WEIGHTS.read_text("utf-8")))


@cache
def shipped_vocabulary_scorer() -> Scorer:
    """Return the scorer of links into a vocabulary (``vocabulary_linker``)."""
    return scorer_of(json.loads(WEIGHTS.read_text("utf-8"))["vocabulary"])


def scorer_of(stored: dict[str, Any]) -> Scorer:
    """Return the scorer of a stored table: ``threshold``, ``weights``, and ``by_type`` what is added for a type."""
    weights: dict[str, float] = stored["weights"]
    by_type = {
        EntityType(kind): weights | {name: weights.get(name, 0.0) + value for name, value in added.items()}
        for kind, added in stored["by_type"].items()
    }
    return Scorer(weights, stored["threshold"], by_type)
