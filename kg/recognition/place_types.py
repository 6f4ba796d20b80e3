"""Of what type a name is at its place in a text: what the recognizers say, or else how the token model leans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from kg.model import Analysis, Mention
    from kg.pipeline import Recognizer
    from kg.recognition.model_features import Words
    from kg.recognition.model_recognizer import ModelRecognizer

_SURE = 0.95
"""How likely the type is that the recognizers give the very name."""


class PlaceTypes:
    """Says how likely each type is for names at their places, by recognizers and the token model."""

    def __init__(self, recognizer: Recognizer, model: ModelRecognizer) -> None:
        """Believe the recognizer where it finds the very name; elsewhere ask the model."""
        self._recognizer = recognizer
        self._model = model

    def likely(self, analysis: Analysis, mentions: Sequence[Mention]) -> list[Mapping[EntityType, float]]:
        """Return for each mention how likely each type is, together 1; {} where the model does not read its place.

        The types of the mentions themselves are not looked at.

        Raises:
            RecognitionError: the model's files are missing or damaged, or onnxruntime is not installed.
        """
        found = {(one.start, one.end): one.type for one in self._recognizer.recognize(analysis)}
        words, scores, _ = self._model.scored_words(analysis)
        leanings = [_leaning(one, words, scores, self._model.config.types) for one in mentions]
        return [
            _found_as(found.get((one.start, one.end)), leaning) for one, leaning in zip(mentions, leanings, strict=True)
        ]


def _found_as(kind: EntityType | None, leaning: dict[EntityType, float]) -> dict[EntityType, float]:
    """Return how likely the types are where the recognizers found one and the model leans so."""
    if kind is None:
        return leaning
    return {one: (1 - _SURE) * share for one, share in leaning.items()} | {
        kind: _SURE + (1 - _SURE) * leaning.get(kind, 0.0)
    }


def _leaning(mention: Mention, words: Words, scores: Any, types: Sequence[EntityType]) -> dict[EntityType, float]:
    """Return the shares of the types in the likelihood that the mention's words are one name; {} where none is read."""
    import numpy as np

    (inside,) = np.nonzero((words.starts < mention.end) & (words.ends > mention.start))
    if not len(inside):
        return {}
    _outside, begin, goes_on = range(3)
    logs = scores[inside[0], :, begin] + scores[inside[1:], :, goes_on].sum(axis=0)
    shares = np.exp(logs - logs.max())
    return dict(zip(types, (shares / shares.sum()).tolist(), strict=True))
