"""Two names that were found as one, and loose words beside a name."""

from kg.model import EntityType, Mention
from kg.recognition.compounds import joined, parted, without_loose_words, without_pairs
from kg.recognition.voting import LITERATURE, NEWS, weights_for
from tests.recognition.fakes import found

DISEASE, ORGANISATION = EntityType.DISEASE, EntityType.ORGANISATION


def _mention(text: str, name: str, who: str = "model", kind: EntityType = DISEASE) -> Mention:
    start = text.index(name)
    return Mention(start, start + len(name), name, kind, (who,), 0.9)


def test_two_diseases_are_better_than_the_pair_that_the_lexicon_lists() -> None:
    text = "in bone rot or marrow rot today"
    pair = _mention(text, "bone rot or marrow rot", "dictionary")
    parts = [_mention(text, "bone rot"), _mention(text, "marrow rot")]
    assert without_pairs(text, [pair, *parts]) == parts
    assert without_pairs(text, [pair, parts[0]]) == [pair, parts[0]]


def test_a_pair_that_the_model_marks_as_one_stays() -> None:
    text = "in Zorn/Vex bone rot"
    mentions = [_mention(text, "Zorn/Vex bone rot"), _mention(text, "Zorn"), _mention(text, "Vex bone rot")]
    assert without_pairs(text, mentions) == mentions


def test_a_pair_of_short_forms_is_two() -> None:
    text = "BRT3/MRD and HIV/AIDS and ERK1/2"
    mentions = [_mention(text, name) for name in ("BRT3/MRD", "HIV/AIDS", "ERK1/2")]
    assert [name for name, _ in found(list(parted(mentions)))] == ["BRT3", "MRD", "HIV/AIDS", "ERK1/2"]


def test_a_lone_word_of_the_model_before_a_disease_is_dropped() -> None:
    text = "with sudden gout and gout"
    gout = _mention(text, "gout", "dictionary")
    assert without_loose_words(text, [_mention(text, "sudden"), gout]) == [gout]
    assert len(without_loose_words(text, [_mention(text, "sudden", "dictionary"), gout])) == len("ab")


def test_one_society_named_by_all_recognizers_makes_no_news() -> None:
    text = "Zorvex Inc" + " and so on" * 100
    seen = [_mention(text, "Zorvex Inc", who, ORGANISATION) for who in ("dictionary", "organisations", "curated")]
    assert weights_for(seen, len(text)) is LITERATURE
    assert weights_for(seen, len("Zorvex Inc and so on")) is NEWS


def test_a_fusion_and_a_raised_name_are_one_gene() -> None:
    text = "The fusion ZKR1-VLX2 and p27(Vex1) bind ABX1/DEG2."
    genes = [
        _mention(text, name, kind=EntityType.GENE_PROTEIN) for name in ("ZKR1", "VLX2", "p27", "Vex1", "ABX1", "DEG2")
    ]
    names = [name for name, _ in found(joined(text, genes))]
    assert names == ["ZKR1-VLX2", "p27(Vex1)", "ABX1", "DEG2"]
    assert len(joined(text.replace("fusion", "finale"), genes)) == len(genes) - 1


def test_a_gene_takes_the_mutation_behind_it() -> None:
    text = "an inhibitor of VEX1 G12D and of VEX2 in G12D mice"
    genes = [_mention(text, name, kind=EntityType.GENE_PROTEIN) for name in ("VEX1", "VEX2")]
    assert [name for name, _ in found(joined(text, genes))] == ["VEX1 G12D", "VEX2"]
