"""What the dictionary says, added to what the network says, word by word, before the best sequence is chosen.

The network knows contexts, the dictionary knows names that no training text held. Each type has a few weights, fitted
on documents that the network has not seen (kg.training.fusion); they lie in the model's config.json.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from kg.recognition.model_decoding import ranges

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from kg.model import Analysis, EntityType, Mention
    from kg.pipeline import Recognizer
    from kg.recognition.model_features import Words

    Floats = npt.NDArray[np.float32]
    Integers = npt.NDArray[np.int64]

FEATURES = (
    "always",
    "first word of a name of this type",
    "later word of a name of this type",
    "first word of a name of another type",
    "later word of a name of another type",
    "word before a name of this type",
    "word behind a name of this type",
    "trust in the name, at its first word",
    "trust in the name, at a later word",
)
"""What is known of a word; the weights have one row for each."""

_MIDDLE_TRUST = 0.8


@dataclass(frozen=True, slots=True)
class Fusion:
    """The weights of one type: ``scale`` of the network's scores, and features x (outside, begin, inside)."""

    scale: float
    weights: tuple[tuple[float, float, float], ...]


class RememberingRecognizer:
    """Another recognizer that is asked once for each document, though two stages want its answer."""

    def __init__(self, recognizer: Recognizer) -> None:
        """Wrap a recognizer."""
        self._recognizer = recognizer
        self._last: tuple[Analysis, tuple[Mention, ...]] | None = None

    def __getstate__(self) -> dict[str, object]:
        """Leave the last answer behind."""
        return {"_recognizer": self._recognizer, "_last": None}

    def recognize(self, analysis: Analysis) -> Sequence[Mention]:
        """Return what the wrapped recognizer finds."""
        if self._last is None or self._last[0] is not analysis:
            self._last = (analysis, tuple(self._recognizer.recognize(analysis)))
        return self._last[1]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the dictionary's mentions stand among the words of a text, a row each: words ``first`` to ``last``."""

    firsts: Integers
    lasts: Integers
    trusts: Floats
    types: tuple[EntityType, ...]


def places_of(words: Words, mentions: Sequence[Mention]) -> Places:
    """Return the places of the mentions, which are in text order; one that touches no word has none."""
    firsts = np.searchsorted(words.ends, [mention.start for mention in mentions], side="right")
    lasts = np.searchsorted(words.starts, [mention.end for mention in mentions], side="left")
    held = firsts < lasts
    trusts = np.array([mention.score for mention in mentions], dtype=np.float32) - np.float32(_MIDDLE_TRUST)
    types = tuple(mention.type for mention, holds in zip(mentions, held.tolist(), strict=True) if holds)
    return Places(firsts[held], lasts[held], trusts[held], types)


def dictionary_features(count: int, places: Places, kind: EntityType, starts: Sequence[int] = (0,)) -> Floats:
    """Return the features of ``count`` words, words x features, for one type; ``starts`` are first words of windows."""
    features: Floats = _features(count, places, [kind], starts)[0]
    return features


def _features(count: int, places: Places, kinds: Sequence[EntityType], starts: Sequence[int]) -> Floats:
    """Return the features for several types: types x words x features."""
    features = np.zeros((len(kinds), count, len(FEATURES)), dtype=np.float32)
    features[..., 0] = 1
    numbers = {kind: number for number, kind in enumerate(kinds)}
    kind_of = np.array([numbers.get(kind, len(kinds)) for kind in places.types], dtype=np.int64)
    firsts, lasts, trusts = places.firsts, places.lasts, places.trusts
    later = ranges(firsts + 1, lasts - firsts - 1)
    later_kinds, later_trusts = np.repeat(kind_of, lasts - firsts - 1), np.repeat(trusts, lasts - firsts - 1)
    named = np.zeros((len(kinds) + 1, count, 2), dtype=np.int8)  # the last row is that of types without weights
    named[kind_of, firsts, 0] = 1
    named[later_kinds, later, 1] = 1
    features[..., 1:3] = named[:-1]
    features[..., 3:5] = named.sum(axis=0) > named[:-1]
    borders = np.zeros(count + 1, dtype=bool)
    borders[[*starts, count]] = True
    known, known_later = kind_of < len(kinds), later_kinds < len(kinds)
    before, behind = known & ~borders[firsts], known & ~borders[lasts]
    features[kind_of[before], firsts[before] - 1, 5] = 1
    features[kind_of[behind], lasts[behind], 6] = 1
    features[kind_of[known], firsts[known], 7] = trusts[known]
    features[later_kinds[known_later], later[known_later], 8] = later_trusts[known_later]
    return features


def fuse(
    scores: Floats,
    places: Places,
    types: Sequence[EntityType],
    fusions: Mapping[EntityType, Fusion],
    starts: Sequence[int] = (0,),
) -> Floats:
    """Return scores (words x types x 3) with the dictionary's voice added; a type without weights stays as it is."""
    numbers = [number for number, kind in enumerate(types) if kind in fusions]
    if not numbers:
        return scores
    kinds = [types[number] for number in numbers]
    scales, weights = _weights(tuple(fusions[kind] for kind in kinds))
    said = _features(len(scores), places, kinds, starts) @ weights
    fused = scores.copy()
    fused[:, numbers] = scales * scores[:, numbers] + said.transpose(1, 0, 2)
    return fused


@lru_cache(maxsize=4)
def _weights(fusions: tuple[Fusion, ...]) -> tuple[Floats, Floats]:
    """Return the scales, types x 1, and the weights, types x features x (outside, begin, inside)."""
    scales = np.array([[fusion.scale] for fusion in fusions], dtype=np.float32)
    return scales, np.array([fusion.weights for fusion in fusions], dtype=np.float32)
