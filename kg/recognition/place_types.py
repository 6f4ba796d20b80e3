"""Of what type a name is at its place in a text, by recognizers, the token model and the words around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.recognition.context_words import likely_by_words
from kg.recognition.model_marks import TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from kg.model import Analysis, EntityType, Mention
    from kg.pipeline import Recognizer
    from kg.recognition.model_features import Words
    from kg.recognition.model_recognizer import ModelRecognizer

_MODEL = "model"
_FOUND = 0.7
"""How likely the type is that the recognizers give the very name, the token model among them."""
_LISTED = 0.2
"""The same where the token model is not among them: a list or a pattern knows the name, but not its place."""
_LEAST = 0.003
_LEANING = 0.5
"""The power of the token model's shares beside those of the words around, which do not know the name."""


class PlaceTypes:
    """Says how likely each type is for names at their places, by recognizers, the token model and the words around."""

    def __init__(self, recognizer: Recognizer, model: ModelRecognizer) -> None:
        self._recognizer = recognizer
        self._model = model

    def likely(self, analysis: Analysis, mentions: Sequence[Mention]) -> list[Mapping[EntityType, float]]:
        """Return for each mention how likely each type is, together 1; {} where the model does not read its place.

        The types of the mentions themselves are not looked at. The weights were chosen on mentions of BC5CDR dev,
        NCBI-disease and BioRED dev without their types, which hardly tell them apart, and on some thirty sentences
        of our own about names of several meanings.

        Raises:
            RecognitionError: the model's files are missing or damaged, or onnxruntime is not installed.
        """
        found = {(one.start, one.end): one for one in self._recognizer.recognize(analysis)}
        words, scores, _ = self._model.scored_words(analysis)
        kinds = self._model.config.types
        leanings = [_leaning(one, words, scores, kinds) for one in mentions]
        return [
            _together(analysis.document.text, one, leaning, found.get((one.start, one.end))) if leaning else {}
            for one, leaning in zip(mentions, leanings, strict=True)
        ]


def _together(
    text: str, mention: Mention, leaning: Mapping[EntityType, float], found: Mention | None
) -> dict[EntityType, float]:
    by_words = likely_by_words(text, mention.start, mention.end)
    raw = {kind: (leaning.get(kind, 0.0) + _LEAST) ** _LEANING * (by_words[kind] + _LEAST) for kind in TYPES}
    total = sum(raw.values())
    sure = 0.0 if found is None else _FOUND if _MODEL in found.recognizers else _LISTED
    shares = {kind: (1 - sure) * value / total for kind, value in raw.items()}
    if found is not None:
        shares[found.type] = shares.get(found.type, 0.0) + sure
    return shares


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
