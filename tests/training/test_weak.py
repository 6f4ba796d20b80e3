from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Analysis, Document, EntityType, Mention, Sentence
from kg.recognition.model_marks import TYPES
from kg.training.passages import Passage, TypedSpan
from kg.training.weak import WeakLabeller, enriched, is_english, is_noise, is_sure, is_worth_masking
from kg.training.weak_cleaning import clean_all, cleaned
from kg.training.weak_files import read_weak, write_weak

DRUG, GENE, ORGANISATION = EntityType.DRUG, EntityType.GENE_PROTEIN, EntityType.ORGANISATION
PROCESS = EntityType.PROCESS


def mention(text: str, name: str, kind: EntityType, score: float, *recognizers: str) -> Mention:
    start = text.index(name)
    return Mention(start, start + len(name), name, kind, recognizers, score)


class FixedRecognizer:
    def __init__(self, *rows: tuple[str, EntityType, float, str]) -> None:
        self._rows = rows

    def recognize(self, analysis: Analysis) -> list[Mention]:
        text = analysis.document.text
        return [mention(text, name, kind, score, who) for name, kind, score, who in self._rows if name in text]


class OneSentence:
    def analyze(self, document: Document) -> Analysis:
        return Analysis(document, (), (Sentence(0, len(document.text)),))


def labeller(*rows: tuple[str, EntityType, float, str]) -> WeakLabeller:
    recognizer = FixedRecognizer(*rows)
    return WeakLabeller(OneSentence(), [recognizer], recognizer)


def test_two_recognizers_that_agree_are_sure() -> None:
    assert is_sure(mention("PDX", "PDX", GENE, 0.3, "dictionary", "model"))


@pytest.mark.parametrize(
    ("name", "score", "who", "sure"),
    [
        ("velorin", 0.95, "model", True),
        ("velorin", 0.85, "model", False),
        ("velorin", 0.85, "dictionary", True),
        ("ET", 0.99, "dictionary", False),
        ("velorin", 0.8, "patterns", True),
    ],
)
def test_one_recognizer_alone_must_be_sure_enough(name: str, score: float, who: str, sure: bool) -> None:
    assert is_sure(mention(name, name, DRUG, score, who)) is sure


def test_a_guess_of_the_model_is_learnt_as_nothing() -> None:
    assert not is_worth_masking(mention("x velorin", "velorin", DRUG, 0.5, "model"))
    assert is_worth_masking(mention("x velorin", "velorin", DRUG, 0.7, "model"))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Velora Inc. (Nasdaq: VLRA) said", "VLRA"),
        ("SAN MATEO, Calif., March 1, 2024 (GLOBE NEWSWIRE) -- Velora", "SAN"),
        ("a call at 4:30 today", "4:30"),
    ],
)
def test_tickers_datelines_and_times_are_no_mentions(text: str, name: str) -> None:
    assert is_noise(text, mention(text, name, GENE, 0.99, "model"))
    assert not is_noise(text, mention(text, name, ORGANISATION, 0.99, "organisations"))


def test_doubtful_mentions_are_masked_and_sure_ones_kept() -> None:
    label = labeller(("velorin", DRUG, 0.95, "model"), ("placebo", DRUG, 0.8, "model"))
    spans, masked = label.label("1", "Trials of velorin and placebo.")
    assert [(span.start, span.end) for span in spans] == [(10, 17)]
    assert [(span.start, span.end) for span in masked] == [(22, 29)]


def test_an_abstract_keeps_its_gold_and_gets_only_types_it_does_not_annotate() -> None:
    text = "Velora makes velorin."
    passage = Passage("1", "c", text, (TypedSpan(13, 20, DRUG),), (), frozenset({DRUG}))
    label = labeller(("Velora", ORGANISATION, 0.9, "organisations"), ("makes", DRUG, 0.95, "model"))
    (result,) = enriched(iter([passage]), label)
    assert set(result.spans) == {TypedSpan(13, 20, DRUG), TypedSpan(0, 6, ORGANISATION)}
    assert ORGANISATION in result.supervised
    assert EntityType.DISEASE not in result.supervised


def test_cleaning_turns_the_short_name_of_a_company_into_one() -> None:
    text = "Velora Bio Inc. said that Velora has the drug. Cutting costs."
    spans = (TypedSpan(0, 15, ORGANISATION), TypedSpan(26, 32, DRUG), TypedSpan(47, 54, DRUG))
    result = cleaned(Passage("1", "press", text, spans, (), frozenset(TYPES)), lambda name: True)
    assert result.spans == (TypedSpan(0, 15, ORGANISATION), TypedSpan(26, 32, ORGANISATION))


def test_cleaning_keeps_only_processes_of_the_gene_ontology() -> None:
    text = "autophagy and waist size"
    spans = (TypedSpan(0, 9, PROCESS), TypedSpan(14, 24, PROCESS))
    passages = [Passage("1", corpus, text, spans, (), frozenset({PROCESS})) for corpus in ("press", "bc5cdr")]
    results = list(clean_all(passages, lambda name: name == "autophagy"))
    assert [result.spans for result in results] == [spans[:1], spans[:1]]


def test_weak_labels_survive_their_file(tmp_path: Path) -> None:
    passage = Passage("1", "press", "Velora – x", (TypedSpan(0, 6, ORGANISATION),), (), frozenset(TYPES))
    assert write_weak([passage], tmp_path / "weak.jsonl") == 1
    assert list(read_weak(tmp_path / "weak.jsonl")) == [passage]


def test_other_languages_are_left_out() -> None:
    assert is_english("The company reported results of its trial in adults.")
    assert not is_english("Die Firma und der Partner mit einer Studie für die Patienten.")
