"""Fits how much the dictionary says in the model's decisions, on held-out documents: writes it into config.json.

`python -m kg.training.fusion MODEL_FOLDER --corpora DIR` (in the environment of kg, not the training one).
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.evaluation.pubtator import to_document
from kg.evaluation.pubtator_format import CorpusDocument
from kg.recognition.model_decoding import log_probabilities, spans_of
from kg.recognition.model_fusion import FEATURES, dictionary_features, places_of
from kg.recognition.model_marks import TYPES
from kg.training.examples import MASKED, label_words
from kg.training.passages import CORPORA, is_held_out, read_corpus
from kg.training.scores import Tally, gold_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from kg.model import EntityType
    from kg.recognition.model_features import Words
    from kg.recognition.model_fusion import Places
    from kg.training.passages import Passage

    Array = npt.NDArray[Any]
    Scored = tuple[Array, Words, Places, Sequence[int]]
    Scorer = Callable[[Passage], Scored]

FITTED_ON = ("bc5cdr", "ncbi_disease", "biored", "gnormplus", "nlm_gene")
"""Corpora whose ways of marking the fit follows."""

_PENALTIES = (1e-5, 1e-4, 5e-4, 2e-3, 1e-2)
_LEAST_GOLD = 50


@dataclass(frozen=True, slots=True)
class Case:
    """One text and type: the network's log probabilities, the dictionary's features, and the labels."""

    corpus: str
    fold: int
    scores: Array
    features: Array
    labels: Array


def fit(cases: Sequence[Case], penalty: float) -> tuple[float, Array]:
    """Return the scale and the weights (features x 3) under which the labels are most likely, kept small."""
    from scipy.optimize import minimize  # type: ignore[import-untyped, unused-ignore]

    known = [case.labels != MASKED for case in cases]
    scores = np.concatenate([case.scores[keep] for case, keep in zip(cases, known, strict=True)])
    features = np.concatenate([case.features[keep] for case, keep in zip(cases, known, strict=True)])
    labels = np.concatenate([case.labels[keep] for case, keep in zip(cases, known, strict=True)])

    def loss(parameters: Array) -> tuple[float, Array]:
        weights = parameters[1:].reshape(len(FEATURES), 3)
        logs = log_probabilities(parameters[0] * scores + features @ weights)
        gradient = np.exp(logs)
        gradient[np.arange(len(labels)), labels] -= 1
        gradient /= len(labels)
        value = -logs[np.arange(len(labels)), labels].mean() + penalty * (weights**2).sum()
        slope = (features.T @ gradient + 2 * penalty * weights).ravel()
        return float(value), np.concatenate([[(gradient * scores).sum()], slope])

    start = np.concatenate([[1.0], np.zeros(3 * len(FEATURES))])
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    return float(best[0]), best[1:].reshape(len(FEATURES), 3)


def collect(scorer: Scorer, corpora: Path, share: float) -> dict[EntityType, list[Case]]:
    """Return the cases of each type from the held-out documents of the published corpora."""
    cases: dict[EntityType, list[Case]] = {kind: [] for kind in TYPES}
    number = 0
    for plan in CORPORA:
        if plan.name not in FITTED_ON:
            continue
        for passage in read_corpus(plan, corpora):
            if not is_held_out(passage.id, share):
                continue
            number += 1
            scores, words, places, starts = scorer(passage)
            labels = np.asarray(label_words(words.rows(), passage))
            for kind in passage.supervised:
                column = TYPES.index(kind)
                features = dictionary_features(len(words), places, kind, starts).astype(np.float64)
                cases[kind].append(Case(plan.name, number % 2, scores[:, column], features, labels[:, column]))
    return cases


def make_scorer(folder: Path) -> Scorer:
    """Return what gives a passage's words with their scores, the dictionary's places and the windows' starts."""
    from kg.analysis.scispacy_analyzer import ScispacyAnalyzer
    from kg.ontology.lexicon import Lexicon
    from kg.recognition.dictionary import DictionaryRecognizer
    from kg.recognition.model_fusion import RememberingRecognizer
    from kg.recognition.model_recognizer import ModelRecognizer

    analyzer, dictionary = ScispacyAnalyzer(), RememberingRecognizer(DictionaryRecognizer(Lexicon.open()))
    model = ModelRecognizer(folder, dictionary=dictionary)

    def score(passage: Passage) -> Scored:
        title = passage.text.find(". ") + 1
        analysis = analyzer.analyze(to_document(CorpusDocument(passage.id, passage.text[:title], passage.text)))
        mentions = dictionary.recognize(analysis)
        words, scores, starts = model.scored_words(analysis)
        return scores, words, places_of(words, mentions), starts

    return score


def judge(cases: Sequence[Case], scale: float, weights: Array, tallies: tuple[Tally, Tally], kind: str) -> None:
    """Count the spans without and with the dictionary."""
    for case in cases:
        gold = gold_spans(case.labels.tolist())
        for tally, scores in zip(tallies, (case.scores, scale * case.scores + case.features @ weights), strict=True):
            logs = log_probabilities(scores[:, None, :].astype(np.float32))
            found = {
                (span.first, span.last)
                for span in spans_of(logs)
                if (case.labels[span.first : span.last] != MASKED).all()
            }
            tally.add(f"{case.corpus}/{kind}", found, gold)


def cross_validate(cases: Sequence[Case], penalty: float, kind: str) -> tuple[Tally, Tally]:
    """Return the counts without and with the dictionary, each half judged by weights of the other."""
    tallies = (Tally(), Tally())
    for fold in (0, 1):
        scale, weights = fit([case for case in cases if case.fold != fold], penalty)
        judge([case for case in cases if case.fold == fold], scale, weights, tallies, kind)
    return tallies


def _mean_f1(tally: Tally) -> float:
    figures = tally.figures().values()
    return sum(one.f1 for one in figures) / max(1, len(figures))


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, report figures of a two-fold cross-validation, write the weights."""
    parser = argparse.ArgumentParser(description="Fit the dictionary's weights.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--held-out", type=float, required=True, help="share that was held out in training")
    options = parser.parse_args(arguments)
    path = options.folder / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    config["fusions"] = {}
    path.write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    fusions: dict[str, object] = {}
    for kind, cases in collect(make_scorer(options.folder), options.corpora, options.held_out).items():
        if sum(int((case.labels == 1).sum()) for case in cases) < _LEAST_GOLD:
            continue
        tallies = [cross_validate(cases, penalty, kind) for penalty in _PENALTIES]
        best = max(range(len(_PENALTIES)), key=lambda number: _mean_f1(tallies[number][1]))
        _print(tallies[best], _PENALTIES[best])
        scale, weights = fit(cases, _PENALTIES[best])
        fusions[kind] = {"scale": round(scale, 4), "weights": np.round(weights, 4).tolist()}
    config["fusions"] = fusions
    path.write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    return 0


def _print(tallies: tuple[Tally, Tally], penalty: float) -> None:
    fused = tallies[1].figures()
    for key, plain in tallies[0].figures().items():
        figures = f"network F1 {plain.f1:.2f}, with dictionary {fused[key].f1:.2f} ({plain.gold}), penalty {penalty}"
        sys.stdout.write(f"{key:<28} {figures}\n")


if __name__ == "__main__":
    sys.exit(main())
