"""The shared texts with gold mentions: what the rules must read in them, judged by their own scorer."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.evaluation.relations import CORPORA, evaluate_corpus
from kg.evaluation.relations_gold import iter_evaluation_texts
from kg.model import Modality, Statement
from kg.statements.extractor import StatementExtractor

pytestmark = [
    pytest.mark.shared,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # in a library that scispaCy imports
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
SURE = (Modality.ASSERTED, Modality.REPORTED)


def _score(folder: Path, predictions: Path) -> dict[str, Any]:
    command = [sys.executable, str(folder / "score.py"), str(predictions), "--gold", str(folder), "--json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    scores: dict[str, Any] = json.loads(done.stdout)
    return scores


def _relation(statement: Statement) -> dict[str, Any]:
    return {
        "subject": statement.subject.name,
        "predicate": statement.relation,
        "object": statement.object.name,
        "negated": statement.negated,
        "hedged": statement.modality not in SURE,
    }


def _predictions(folder: Path) -> Iterator[dict[str, Any]]:
    extractor = StatementExtractor()
    for name, analysis, linked, _ in iter_evaluation_texts(folder):
        relations: dict[tuple[str, str, str, bool], dict[str, Any]] = {}
        for statement in extractor.extract(analysis, linked).statements:
            one = _relation(statement)
            key = (one["subject"], one["predicate"], one["object"], one["negated"])
            if key not in relations or not one["hedged"]:
                relations[key] = one
        yield {"doc": name, "mentions": [], "relations": list(relations.values())}


def test_the_development_texts_are_read_with_gold_mentions(shared: Path, tmp_path: Path) -> None:
    folder = shared / "eval"
    predictions = tmp_path / "predictions.jsonl"
    predictions.write_text("\n".join(map(json.dumps, _predictions(folder))), encoding="utf-8")
    result = _score(folder, predictions)
    assert result["relations"]["F1"] >= 0.75
    assert result["relations"]["P"] >= 0.75
    assert result["hedge_accuracy"] >= 0.85


def test_every_denied_relation_of_the_development_texts_is_read_as_denied(shared: Path) -> None:
    folder = shared / "eval"
    denied = {}
    for line in _predictions(folder):
        triples = {(one["subject"], one["predicate"], one["object"]): one["negated"] for one in line["relations"]}
        annotation = json.loads((folder / "ann" / f"{line['doc']}.json").read_text(encoding="utf-8"))
        for one in annotation["relations"]:
            if one["negated"]:
                triple = (one["subject"], one["predicate"], one["object"])
                denied[line["doc"], triple] = triples.get(triple)
    assert denied
    assert all(denied.values()), denied


@pytest.mark.slow
@pytest.mark.parametrize(("index", "f1"), [(0, 0.56), (1, 0.46), (2, 0.55)])
def test_corpora_are_read_well_above_co_occurrence(shared: Path, index: int, f1: float) -> None:
    corpus = CORPORA[index]
    path = shared / "corpora" / "pubtator" / corpus.files["dev"]
    *_, (_, score, baseline) = evaluate_corpus(corpus, path)
    assert score.f1 >= f1
    assert score.f1 > baseline.f1
    assert score.precision >= 0.5
