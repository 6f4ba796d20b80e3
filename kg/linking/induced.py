"""Diseases that a document says a drug brought about: "levodopa-induced dyskinesia" is drug-induced dyskinesia."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import EntityType
from kg.ontology.normalize import key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Mention

_BEFORE = re.compile(
    r"(?:[-\s]?(?:induced|associated|related|evoked|provoked)[-\s]+(?:\w+[\s-]+){0,2}|\s)\Z", re.IGNORECASE
)
_BEHIND = re.compile(
    r"\s*(?:\([^()]*\)\s*)?,?\s*(?:induced|caused|produced|provoked|elicited)\s+by\s+(?:[\w-]+\s+){0,3}\Z",
    re.IGNORECASE,
)
_FARTHEST = 60
NAMES = ("drug-induced {}", "drug {}")
"""How vocabularies name a disease as the harm that a drug does."""


def induced_diseases(text: str, mentions: Sequence[Mention]) -> frozenset[str]:
    """Return the keys of the diseases that the document calls a drug's doing somewhere.

    Only where a drug stands before the disease ("levodopa-induced dyskinesia", "halothane hepatitis") or is named as
    its cause ("hepatitis caused by isoniazid"); ``mentions`` come in text order.
    """
    return frozenset(key(disease.text) for drug, disease in _pairs(mentions) if _is_cause(text, drug, disease))


def _pairs(mentions: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield (drug, disease) that stand near each other."""
    for place, one in enumerate(mentions):
        for other in mentions[place + 1 :]:
            if other.start - one.end > _FARTHEST:
                break
            if one.type is EntityType.DRUG and other.type is EntityType.DISEASE:
                yield one, other
            elif one.type is EntityType.DISEASE and other.type is EntityType.DRUG:
                yield other, one


def _is_cause(text: str, drug: Mention, disease: Mention) -> bool:
    if drug.end <= disease.start:
        return _BEFORE.match(text[drug.end : disease.start]) is not None
    return disease.end <= drug.start and _BEHIND.match(text[disease.end : drug.start]) is not None
