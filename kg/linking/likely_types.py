"""The type of a mention that nobody typed: what its place in a text says, and what has its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.linking.questions import Question, ask
from kg.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.model import Analysis, Candidate, Mention

LikelyTypes = Mapping[EntityType, float]
"""How likely each type is for a mention at its place, in [0, 1]; together at most 1."""
UNKNOWN: LikelyTypes = MappingProxyType({})
"""Nothing is known of the place."""
_LEAST = 0.01
"""Types less likely than this are not thought of."""
_UNLISTED = 0.1
"""What a type scores at least: what is meant may be something that no source has."""


def likely_type(likely: LikelyTypes, score_as: Callable[[EntityType], float]) -> EntityType | None:
    """Return the type that a mention is to be linked as: the one of the highest likelihood times score.

    ``score_as`` gives the best score of the mention as one of a type. None where nothing is likely.

    >>> likely_type({EntityType.DRUG: 0.8, EntityType.DISEASE: 0.2}, lambda kind: float(kind is EntityType.DISEASE))
    <EntityType.DISEASE: 'disease'>
    """
    thought_of = [kind for kind, chance in likely.items() if chance >= _LEAST]
    return max(thought_of, key=lambda kind: max(_UNLISTED, score_as(kind)) * likely[kind], default=None)


def closed_questions(
    analysis: Analysis,
    mentions: Sequence[Mention],
    likely: Sequence[LikelyTypes],
    candidates_of: Callable[[Question], Sequence[Candidate]],
    threshold: float,
) -> list[Question]:
    """Return the questions of mentions of open types, in the same order.

    Each is closed by what its place says (``likely``) and how well the mention is linked as one of a type. Where its
    place says nothing, it is of the type of what it is linked to without one, if anything.
    """

    @cache
    def asked_as(kind: EntityType) -> list[Question]:
        return ask(analysis, [replace(one, type=kind) for one in mentions])

    def best_score(question: Question) -> float:
        return max((one.score for one in candidates_of(question)), default=0.0)

    closed = []
    for place, question in enumerate(ask(analysis, mentions)):
        kind = likely_type(likely[place], lambda one: best_score(asked_as(one)[place]))  # noqa: B023 - called at once
        untyped = question._replace(type=None)
        if kind is None:
            kind = next((one.entity.type for one in candidates_of(untyped)[:1] if one.score >= threshold), None)
        closed.append(untyped if kind is None else asked_as(kind)[place])
    return closed
