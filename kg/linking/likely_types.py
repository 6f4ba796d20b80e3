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


def likely_type(likely: LikelyTypes, score_as: Callable[[EntityType], float]) -> EntityType | None:
    """Return the type that a mention is to be linked as: its best score as one of the type counts by the likelihood.

    By the root of it, which was no worse than its other powers (1/4 to 2) on mentions of BC5CDR, NCBI-disease and
    BioRED without their types. None where nothing is likely.

    >>> likely_type({EntityType.DRUG: 0.9, EntityType.DISEASE: 0.1}, lambda kind: float(kind is EntityType.DISEASE))
    <EntityType.DISEASE: 'disease'>
    """
    thought_of = [kind for kind, chance in likely.items() if chance >= _LEAST]
    return max(thought_of, key=lambda kind: score_as(kind) * likely[kind] ** 0.5, default=None)
