from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kg.model import Analysis, EntityType, Mention
from kg.recognition.model_decoding import log_probabilities, spans_of
from kg.recognition.model_features import words_of
from kg.recognition.model_fusion import (
    FEATURES,
    Fusion,
    RememberingRecognizer,
    dictionary_features,
    fuse,
    places_of,
)
from kg.recognition.model_recognizer import ModelRecognizer
from tests.recognition_model.test_features import TOKENIZER
from tests.recognition_model.test_recognizer import TEXT, analyse

DRUG, DISEASE = EntityType.DRUG, EntityType.DISEASE
SENTENCE = "New velorin acetate helps."
WORDS = words_of(SENTENCE, TOKENIZER)


def name(text: str, kind: EntityType, score: float = 0.9, within: str = SENTENCE) -> Mention:
    start = within.index(text)
    return Mention(start, start + len(text), text, kind, ("dictionary",), score)


class CountingRecognizer:
    def __init__(self) -> None:
        self.calls = 0

    def recognize(self, analysis: Analysis) -> Sequence[Mention]:
        self.calls += 1
        return []


def described(mention: Mention, kind: EntityType) -> dict[str, list[int]]:
    table = dictionary_features(len(WORDS), places_of(WORDS, [mention]), kind)
    return {feature: np.flatnonzero(table[:, column]).tolist() for column, feature in enumerate(FEATURES)}


def test_a_name_of_the_type_marks_its_words_and_its_neighbours() -> None:
    features = described(name("velorin acetate", DRUG), DRUG)
    assert features["first word of a name of this type"] == [1]
    assert features["later word of a name of this type"] == [2]
    assert features["word before a name of this type"] == [0]
    assert features["word behind a name of this type"] == [3]
    assert features["trust in the name, at its first word"] == [1]


def test_a_name_of_another_type_marks_only_its_words() -> None:
    features = described(name("velorin acetate", DISEASE), DRUG)
    assert features["first word of a name of another type"] == [1]
    assert features["later word of a name of another type"] == [2]
    assert features["word before a name of this type"] == []


def test_a_name_has_no_neighbours_in_another_window() -> None:
    places = places_of(WORDS, [name("velorin acetate", DRUG)])
    table = dictionary_features(len(WORDS), places, DRUG, starts=[0, 1, 3])
    assert not table[:, 5:7].any()


def test_a_mention_that_touches_no_word_has_no_place() -> None:
    assert places_of(WORDS.only(np.arange(len(WORDS)) < 1), [name("velorin", DRUG)]).types == ()


def test_the_dictionary_can_turn_a_doubt_into_a_mention() -> None:
    doubt = log_probabilities(np.tile(np.array([1.0, 0.5, 0.5], dtype=np.float32), (len(WORDS), 1, 1)))
    weights = [(0.0, 0.0, 0.0)] * len(FEATURES)
    weights[1], weights[2] = (0.0, 5.0, 0.0), (0.0, 0.0, 5.0)
    fusions = {DRUG: Fusion(1.0, tuple(weights))}
    assert spans_of(doubt) == ()
    fused = log_probabilities(fuse(doubt, places_of(WORDS, [name("velorin acetate", DRUG)]), [DRUG], fusions))
    assert [(span.first, span.last) for span in spans_of(fused)] == [(1, 3)]


def test_a_type_without_weights_stays_as_it_is() -> None:
    scores = np.zeros((len(WORDS), 1, 3), dtype=np.float32)
    assert (fuse(scores, places_of(WORDS, [name("velorin", DRUG)]), [DRUG], {}) == scores).all()


def test_another_recognizer_is_asked_once_a_document() -> None:
    counting = CountingRecognizer()
    remembering = RememberingRecognizer(counting)
    first, second = analyse(TEXT), analyse(TEXT)
    for analysis in (first, first, second):
        remembering.recognize(analysis)
    assert counting.calls == 2


def test_with_a_dictionary_that_knows_nothing_plain_names_are_still_found() -> None:
    mentions = ModelRecognizer(dictionary=CountingRecognizer()).recognize(analyse(TEXT))
    assert "tamoxifen" in {mention.text for mention in mentions}


def test_a_windows_scores_do_not_change_with_the_dictionary() -> None:
    recognizer = ModelRecognizer(dictionary=RememberingRecognizer(CountingRecognizer()))
    assert recognizer.recognize(analyse(TEXT)) == recognizer.recognize(analyse(TEXT))
