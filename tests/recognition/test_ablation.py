"""The ablation repeats the merge on what recognizers found before."""

from kg.model import EntityType
from kg.recognition import merge
from scripts.ablation import STEPS, Read, count, merged
from tests.analysis.documents import analysis
from tests.recognition.fakes import Fake

TEXT = "Severe gout hurts. Bone rot (BR) hurts. BR is rare."


def _read() -> Read:
    read = analysis(TEXT)
    names = {"Severe gout": EntityType.DISEASE, "Bone rot": EntityType.DISEASE}
    found = {"dictionary": Fake("dictionary", names).recognize(read), "model": ()}
    gold = frozenset((TEXT.index(name), TEXT.index(name) + len(name), EntityType.DISEASE) for name in ("gout", "BR is"))
    return Read("x", read, gold, frozenset({EntityType.DISEASE}), found, ((TEXT.index("Bone"), TEXT.index(".", 25)),))


def test_a_step_or_a_recognizer_can_be_left_out() -> None:
    assert [mention.text for mention in merged(_read())] == ["gout", "Bone rot", "BR", "BR"]
    assert merged(_read(), steps_off=("clean",))[0].text == "Severe gout"
    assert "BR" not in [mention.text for mention in merged(_read(), steps_off=("apply_abbreviations",))]
    assert list(merged(_read(), frozenset({"dictionary"}))) == []
    assert all(hasattr(merge, step) for step in STEPS)


def test_ignored_spans_are_not_judged() -> None:
    counted = count(_read(), merged(_read()))
    assert (counted.right, counted.found, counted.gold) == (1, 2, 2)
