"""Trains the pair model on the training parts of DrugProt, BioRED and BC5CDR, and judges it on their development parts.

Run as ``python -m kg.evaluation.relations_training SHARED [--write]``. One logistic regression a relation, by full
gradients with momentum, in numpy only; a document is never split between training and judging.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kg.evaluation.pubtator_format import read_pubtator
from kg.evaluation.relations import CORPORA, SAME, gold_pairs, pair_of
from kg.evaluation.relations_gold import iter_corpus
from kg.evaluation.score import Score
from kg.statements.extractor import read_pairs
from kg.statements.pair_features import BUCKETS
from kg.statements.pair_reader import chance_of
from kg.statements.pairs import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from kg.evaluation.relations import Corpus

_MODEL = Path(__file__).parent.parent / "statements" / "tables" / "pairs.npz"
_STEPS = 400
_MOMENTUM = 0.95
_STRENGTH = 8.0
"""Weight of the examples against the square of the weights; chosen by documents held out of the training parts."""
_LEAST_FITTED = 0.2
_THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.6)


@dataclass(frozen=True, slots=True)
class Example:
    """A pair of a document: its features, the corpus's relations between its ends, and those that the rules read."""

    kind: str
    buckets: tuple[int, ...]
    relations: frozenset[str]
    document: str
    read: frozenset[str]


def iter_examples(corpus: Corpus, path: Path) -> Iterator[Example]:
    """Yield the pairs of the kinds that the corpus marks, with their gold relations."""
    marked = set(corpus.meanings.values())
    for document, analysis, linked in iter_corpus(read_pubtator(path)):
        gold = gold_pairs(corpus, document, linked)
        for pair, buckets, read in read_pairs(analysis, linked):
            if not marks(corpus, pair.kind):
                continue
            true = {
                relation
                for relation in marked & set(KINDS[pair.kind])
                if pair_of(document.id, relation, pair.subject, pair.object, directed=corpus.directed) in gold
            }
            told = frozenset(SAME.get(each, each) for each in read)
            yield Example(pair.kind, tuple(buckets), frozenset(true), document.id, told)


def marks(corpus: Corpus, kind: str) -> bool:
    """Tell whether a corpus marks relations between drugs and the other type of this kind of pair."""
    types = {"G": "gene_protein", "S": "disease"}
    return any({"drug", types[kind[1]]} == {str(each) for each in kinds} for _, kinds in corpus.meanings)


def train(examples: Sequence[Example], relation: str) -> NDArray[np.float32]:
    """Return the weight of each bucket, and the intercept behind them.

    A pair's features weigh one over the square root of their number, so that long sentences count no more than others.
    """
    rows = np.repeat(np.arange(len(examples)), [len(each.buckets) for each in examples])
    columns = np.concatenate([np.array(each.buckets) for each in examples])
    values = np.concatenate([np.full(len(each.buckets), len(each.buckets) ** -0.5) for each in examples])
    truth = np.array([relation in each.relations for each in examples], dtype=float)
    weights, speed = np.zeros(BUCKETS + 1), np.zeros(BUCKETS + 1)
    rate = 4.0 / (len(examples) * 0.25 + 1 / _STRENGTH)
    for _ in range(_STEPS):
        ahead = weights + _MOMENTUM * speed
        scores = np.bincount(rows, ahead[columns] * values, len(examples)) + ahead[-1]
        error = 1 / (1 + np.exp(-scores)) - truth
        gradient = np.append(np.bincount(columns, error[rows] * values, BUCKETS), error.sum())
        gradient[:-1] += ahead[:-1] / _STRENGTH
        speed = _MOMENTUM * speed - rate * (1 - _MOMENTUM) * gradient
        weights = weights + speed
    return weights.astype(np.float32)


def held_out(examples: Sequence[Example], relation: str) -> Iterator[tuple[float, float]]:
    """Yield log-odds and truth on a fifth of the documents, by a model trained on the others.

    Only pairs that no rule has read count: there the model speaks for itself.
    """
    weights = train([each for each in examples if zlib.crc32(each.document.encode()) % 5], relation)
    for example in examples:
        if zlib.crc32(example.document.encode()) % 5 or relation in example.read:
            continue
        chance = min(chance_of(weights, example.buckets), 1 - 1e-6)
        if chance >= _LEAST_FITTED:
            yield float(np.log(chance / (1 - chance))), float(relation in example.relations)


def fit_scale(seen: Sequence[tuple[float, float]]) -> NDArray[np.float16]:
    """Return slope and offset that turn log-odds into a confidence (Platt's scaling), by plain descent."""
    x, y = np.array(seen).T
    slope, offset = 1.0, 0.0
    for _ in range(4000):
        error = 1 / (1 + np.exp(-(slope * x + offset))) - y
        slope -= 0.05 * float((error * x).mean())
        offset -= 0.05 * float(error.mean())
    return np.array([slope, offset], dtype=np.float16)


def judge(examples: Sequence[Example], relation: str, weights: NDArray[np.float32], least: float) -> Score:
    """Return the counts of pairs that a rule reads or the model gives at least this chance."""
    found = [relation in each.read or chance_of(weights, each.buckets) >= least for each in examples]
    true = [relation in each.relations for each in examples]
    right = sum(one and other for one, other in zip(found, true, strict=True))
    return Score(right, sum(found) - right, sum(true) - right)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, judge and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="the shared folder, with corpora/ in it")
    parser.add_argument("--write", action="store_true", help="write the model into the package")
    known = parser.parse_args(arguments)
    folder = known.shared / "corpora" / "pubtator"
    parts = {
        (corpus.name, part): list(iter_examples(corpus, folder / corpus.files[part]))
        for corpus in CORPORA
        for part in ("train", "dev")
    }
    sys.stdout.write("corpus\trelation\tleast chance\tP\tR\tF1 (of the pairs looked at, with what the rules read)\n")
    trained: dict[str, NDArray[np.float16]] = {}
    seen: list[tuple[float, float]] = []
    for kind, relations in KINDS.items():
        for relation in relations:
            marking = [corpus for corpus in CORPORA if relation in corpus.meanings.values() and marks(corpus, kind)]
            own = [each for corpus in marking for each in parts[corpus.name, "train"] if each.kind == kind]
            weights = train(own, relation)
            trained[relation] = weights.astype(np.float16)
            seen.extend(held_out(own, relation))
            for corpus in marking:
                _report(corpus, relation, [each for each in parts[corpus.name, "dev"] if each.kind == kind], weights)
    trained["scale"] = fit_scale(seen)
    if known.write:
        np.savez_compressed(_MODEL, **trained)
        sys.stdout.write(f"wrote {_MODEL.name}, {_MODEL.stat().st_size} bytes\n")
    return 0


def _report(corpus: Corpus, relation: str, examples: Sequence[Example], weights: NDArray[np.float32]) -> None:
    for least in (*_THRESHOLDS, 2.0):
        score = judge(examples, relation, weights, least)
        figures = f"{score.precision:.3f}\t{score.recall:.3f}\t{score.f1:.3f}"
        name = f"{least}" if least < 1 else "rules alone"
        sys.stdout.write(f"{corpus.name}\t{relation}\t{name}\t{figures}\n")


if __name__ == "__main__":
    sys.exit(main())
