"""Phrases inside a mention that may be the name of something wider: "malignant melanoma of soft parts"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.linking.variants import Step, Variant
from kg.model import EntityType
from kg.ontology.normalize import word_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

_TYPES = {EntityType.DISEASE, EntityType.DRUG}
_MOST_WORDS = 12
_LONGEST = 5
_SHORTEST = 4
"""So many letters a word must have to stand alone."""


def phrases(text: str, kind: EntityType | None) -> Iterator[Variant]:
    """Yield up to five words that stand together inside a text, the longest first; for some types only.

    >>> [one.text for one in phrases("acute toxic hepatitis", EntityType.DISEASE)]
    ['acute toxic', 'toxic hepatitis', 'acute', 'toxic', 'hepatitis']
    """
    starts, ends, _ = word_spans(text)
    if kind not in _TYPES or len(starts) > _MOST_WORDS:
        return
    for size in range(min(_LONGEST, len(starts) - 1), 0, -1):
        for first in range(len(starts) - size + 1):
            phrase = text[starts[first] : ends[first + size - 1]]
            if size > 1 or len(phrase) >= _SHORTEST:
                yield Variant(phrase, Step.INSIDE, len(phrase) / len(text))
