from typing import Any

import pytest

from kg.linking.plain_text import analyse_plainly
from kg.model import EntityType, Mention
from kg.recognition.context_words import likely_by_words, word_marks
from kg.recognition.model_recognizer import ModelRecognizer
from kg.recognition.place_types import PlaceTypes


class Finding:
    """A recognizer that finds what it is told to."""

    def __init__(self, *mentions: Mention) -> None:
        self.mentions = mentions

    def recognize(self, _: Any) -> tuple[Mention, ...]:
        return self.mentions


def mention(text: str, name: str, kind: EntityType = EntityType.PROCESS, recognizer: str = "test") -> Mention:
    start = text.index(name)
    return Mention(start, start + len(name), name, kind, (recognizer,))


TEXT = "Patients with asthma received salbutamol from Novartis."


def likely(name: str, *found: Mention) -> dict[EntityType, float]:
    places = PlaceTypes(Finding(*found), ModelRecognizer())
    (one,) = places.likely(analyse_plainly(TEXT), [mention(TEXT, name)])
    return dict(one)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("asthma", EntityType.DISEASE),
        ("salbutamol", EntityType.DRUG),
        ("Novartis", EntityType.ORGANISATION),
    ],
)
def test_the_model_leans_to_the_type_that_the_place_shows(name: str, kind: EntityType) -> None:
    types = likely(name)
    assert max(types, key=types.__getitem__) is kind
    assert sum(types.values()) == pytest.approx(1)


@pytest.mark.parametrize(("recognizer", "least"), [("model", 0.7), ("dictionary", 0.2)])
def test_a_recognizer_that_finds_the_very_name_counts_the_model_most(recognizer: str, least: float) -> None:
    types = likely("asthma", mention(TEXT, "asthma", EntityType.PHASE, recognizer))
    assert types[EntityType.PHASE] == pytest.approx(least)
    assert sum(types.values()) == pytest.approx(1)


def test_a_recognizer_that_finds_more_than_the_name_is_not() -> None:
    found = mention(TEXT, "asthma received", EntityType.PHASE)
    assert likely("asthma", found) == likely("asthma")


def test_of_a_name_without_words_nothing_is_likely() -> None:
    places = PlaceTypes(Finding(), ModelRecognizer())
    assert places.likely(analyse_plainly("a  b"), [Mention(1, 3, "  ", EntityType.DRUG, ("test",))]) == [{}]
    assert places.likely(analyse_plainly(""), []) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The XYZ approved the marketing authorisation last week.", EntityType.ORGANISATION),
        ("XYZ expression was higher in the knockout mice.", EntityType.GENE_PROTEIN),
        ("Patients received XYZ 20 mg once daily.", EntityType.DRUG),
        ("Children diagnosed with XYZ were followed for a year.", EntityType.DISEASE),
    ],
)
def test_the_words_around_tell_the_type_without_the_name(text: str, kind: EntityType) -> None:
    start = text.index("XYZ")
    types = likely_by_words(text, start, start + 3)
    assert max(types, key=types.__getitem__) is kind
    assert word_marks(text, start, start + 3) == word_marks(text.replace("XYZ", "A"), start, start + 1)


def test_the_words_of_other_sentences_do_not_count() -> None:
    assert word_marks("It failed. XYZ was given. They left.", 11, 14) == word_marks("XYZ was given. We came.", 0, 3)
