from __future__ import annotations

import random

from kg.model import EntityType
from kg.training.passages import Passage, TypedSpan
from kg.training.renaming import renamed

TEXT = "Velorin cured dry gout. Later velorin failed in HEK cells, but velorin is cheap."
NAMES = {EntityType.DRUG: ["tramostat acetate"]}


def make_passage() -> Passage:
    spans = [
        TypedSpan(at, at + 7, EntityType.DRUG) for at in range(len(TEXT)) if TEXT[at : at + 7].lower() == "velorin"
    ]
    cell = TEXT.index("HEK")
    return Passage("1", "test", TEXT, tuple(spans), (TypedSpan(cell, cell + 3, EntityType.CELL),))


def test_every_span_of_a_renamed_copy_still_holds_its_name() -> None:
    for seed in range(20):
        copy = renamed(make_passage(), NAMES, random.Random(seed))
        written = {copy.text[span.start : span.end].lower() for span in copy.spans}
        assert len(copy.spans) == 3
        assert written <= {"velorin", "tramostat acetate"}
        assert [copy.text[span.start : span.end] for span in copy.ignored] == ["HEK"]


def test_some_copies_change_and_the_same_writing_always_alike() -> None:
    copies = [renamed(make_passage(), NAMES, random.Random(seed)) for seed in range(20)]
    assert any("tramostat acetate" in copy.text for copy in copies)
    for copy in copies:
        later = [copy.text[span.start : span.end] for span in copy.spans[1:]]
        assert len(set(later)) == 1
