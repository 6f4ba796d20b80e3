"""What the dictionary says, added to what the network says, word by word, before the best sequence is chosen.

The network knows contexts, the dictionary knows names that no training text held. Each type has a few weights, fitted
on documents that the network has not seen (kg.training.fusion); they lie in the model's config.json.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from kg.model import Analysis, EntityType, Mention
    from kg.pipeline import Recognizer
    from kg.recognition.model_features import Word

    Floats = npt.NDArray[np.float32]

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


def dictionary_features(words: Sequence[Word], mentions: Sequence[Mention], kind: EntityType) -> Floats:
    """Return the features of each word, words x features, for one type; mentions are in text order."""
    features = np.zeros((len(words), len(FEATURES)), dtype=np.float32)
    features[:, 0] = 1
    place = 0
    for mention in mentions:
        while place < len(words) and words[place].end <= mention.start:
            place += 1
        last = place
        while last < len(words) and words[last].start < mention.end:
            last += 1
        if last > place:
            _describe(features, place, last, mention.score - _MIDDLE_TRUST, same=mention.type is kind)
    return features


def _describe(features: Floats, first: int, last: int, trust: float, *, same: bool) -> None:
    if not same:
        features[first, 3] = 1
        features[first + 1 : last, 4] = 1
        return
    features[first, (1, 7)] = (1, trust)
    features[first + 1 : last, 2] = 1
    features[first + 1 : last, 8] = trust
    if first > 0:
        features[first - 1, 5] = 1
    if last < len(features):
        features[last, 6] = 1


def fuse(
    scores: Floats,
    words: Sequence[Word],
    mentions: Sequence[Mention],
    types: Sequence[EntityType],
    fusions: Mapping[EntityType, Fusion],
) -> Floats:
    """Return scores (words x types x 3) with the dictionary's voice added; a type without weights stays as it is."""
    fused = scores.copy()
    for number, kind in enumerate(types):
        fusion = fusions.get(kind)
        if fusion is not None:
            features = dictionary_features(words, mentions, kind)
            weights = np.array(fusion.weights, dtype=np.float32)
            fused[:, number] = fusion.scale * scores[:, number] + features @ weights
    return fused
