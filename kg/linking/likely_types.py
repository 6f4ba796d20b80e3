"""The type of a mention that nobody typed: what its place in a text says, and what has its name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Callable

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
