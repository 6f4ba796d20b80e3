from __future__ import annotations

import numpy as np

from kg.model import EntityType, Mention
from kg.recognition.model_features import Words
from kg.recognition.model_marks import MARK_COUNT, marks_of

TEXT = "Velorin blocks kinase alpha one."


def words(count: int = 6) -> Words:
    places = np.array([(0, 7), (8, 14), (15, 21), (22, 27), (28, 31), (31, 32)][:count])
    ones = np.ones(count, dtype=np.int64)
    return Words(places[:, 0], places[:, 1], ones, ones, 7 * ones)


def mention(start: int, end: int, kind: EntityType, score: float) -> Mention:
    return Mention(start, end, TEXT[start:end], kind, ("dictionary",), score)


def test_words_of_a_name_are_marked_by_type_place_and_trust() -> None:
    drug = mention(0, 7, EntityType.DRUG, 0.9)
    gene = mention(15, 31, EntityType.GENE_PROTEIN, 0.6)
    assert marks_of(words(), [drug, gene]).tolist() == [3, 0, 9, 10, 10, 0]


def test_a_name_that_ends_inside_a_word_marks_the_word() -> None:
    assert marks_of(words(), [mention(15, 29, EntityType.DISEASE, 0.9)]).tolist()[2:] == [7, 8, 8, 0]


def test_every_mark_has_a_row_and_the_first_word_an_odd_number() -> None:
    marks = [marks_of(words(2), [mention(0, 14, kind, score)]) for kind in list(EntityType)[:6] for score in (0.5, 0.9)]
    assert all(first % 2 == 1 and second == first + 1 for first, second in marks if first)
    assert max(max(pair) for pair in marks) < MARK_COUNT
