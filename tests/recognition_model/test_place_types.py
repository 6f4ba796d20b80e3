from typing import Any

import pytest

from kg.linking.plain_text import analyse_plainly
from kg.model import EntityType, Mention
from kg.recognition.model_recognizer import ModelRecognizer
from kg.recognition.place_types import PlaceTypes


class Finding:
    """A recognizer that finds what it is told to."""

    def __init__(self, *mentions: Mention) -> None:
        self.mentions = mentions

    def recognize(self, _: Any) -> tuple[Mention, ...]:
        return self.mentions


def mention(text: str, name: str, kind: EntityType = EntityType.PROCESS) -> Mention:
    start = text.index(name)
    return Mention(start, start + len(name), name, kind, ("test",))


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


def test_a_recognizer_that_finds_the_very_name_is_believed() -> None:
    types = likely("asthma", mention(TEXT, "asthma", EntityType.PHASE))
    assert types[EntityType.PHASE] == pytest.approx(0.95)
    assert sum(types.values()) == pytest.approx(1)


def test_a_recognizer_that_finds_more_than_the_name_is_not() -> None:
    found = mention(TEXT, "asthma received", EntityType.PHASE)
    assert likely("asthma", found) == likely("asthma")


def test_of_a_name_without_words_nothing_is_likely() -> None:
    places = PlaceTypes(Finding(), ModelRecognizer())
    assert places.likely(analyse_plainly("a  b"), [Mention(1, 3, "  ", EntityType.DRUG, ("test",))]) == [{}]
    assert places.likely(analyse_plainly(""), []) == []
