"""Trains the pair model on the training parts of DrugProt, BioRED and BC5CDR, and judges it on their development parts.

Run as ``python -m kg.evaluation.relations_training SHARED [--write]``. Multinomial logistic regression with Adagrad, in
numpy only; documents are never split between training and judging.
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
from kg.evaluation.relations import CORPORA, end_of, gold_pairs, pair_of
from kg.evaluation.relations_gold import iter_corpus
from kg.statements.extractor import read_pairs
from kg.statements.pairs import BUCKETS, KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from kg.evaluation.relations import Corpus

_MODEL = Path(__file__).parent.parent / "statements" / "tables" / "pairs.npz"
_EPOCHS = 12
_RATE = 0.12
_DECAY = 2e-6
_LEAST_FITTED = 0.4


@dataclass(frozen=True, slots=True)
class Example:
    """A pair in a sentence: its features, its class in the corpus (0 for none), and whether a rule has read it."""

    kind: str
    buckets: tuple[int, ...]
    label: int
    document: str
    ends: tuple[str, str]
    is_read: bool


def iter_examples(corpus: Corpus, path: Path) -> Iterator[Example]:
    """Yield the pairs whose types the corpus marks, with their gold class."""
    marked = set(corpus.meanings.values())
    kinds = [kind for kind, relations in KINDS.items() if marked & set(relations) and _is_marked(corpus, kind)]
    for document, analysis, linked in iter_corpus(read_pubtator(path)):
        gold = gold_pairs(corpus, document, linked)
        for pair, buckets, is_read in read_pairs(analysis, linked):
            if pair.kind not in kinds:
                continue
            ends = end_of(pair.subject.linked), end_of(pair.object.linked)
            label = 0
            for number, relation in enumerate(KINDS[pair.kind], start=1):
                if pair_of(document.id, relation, *ends, directed=corpus.directed) in gold:
                    label = number
            yield Example(pair.kind, tuple(buckets), label, document.id, ends, is_read)


def _is_marked(corpus: Corpus, kind: str) -> bool:
    types = {"G": "gene_protein", "S": "disease"}
    return any(types[kind[1]] in {str(each) for each in kinds} for _, kinds in corpus.meanings)


def train(examples: Sequence[Example]) -> NDArray[np.float32]:
    """Return the weights of one kind of pair: a row a bucket, a column a class."""
    classes = 3
    weights = np.zeros((BUCKETS, classes), dtype=np.float32)
    squares = np.full((BUCKETS, classes), 1e-6, dtype=np.float32)
    order = np.random.default_rng(7)
    for _ in range(_EPOCHS):
        for index in order.permutation(len(examples)):
            example = examples[index]
            buckets = np.array(example.buckets)
            chances = softmax(weights[buckets].sum(axis=0))
            chances[example.label] -= 1.0
            step = chances[None, :] + _DECAY * len(examples) * weights[buckets]
            squares[buckets] += step**2
            weights[buckets] -= _RATE * step / np.sqrt(squares[buckets])
    return weights


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the chances of the classes."""
    raised = np.exp(scores - scores.max())
    chances: NDArray[np.float32] = raised / raised.sum()
    return chances


def held_out(examples: Sequence[Example]) -> Iterator[tuple[float, float]]:
    """Yield log-odds and truth of the likelier relation on a fifth of the documents, by a model trained on the others.

    Only pairs that no rule has read count: there the model speaks for itself, and it is too sure of what it has seen.
    """
    weights = train([example for example in examples if zlib.crc32(example.document.encode()) % 5])
    for example in examples:
        if zlib.crc32(example.document.encode()) % 5 or example.is_read:
            continue
        chances = softmax(weights[np.array(example.buckets)].sum(axis=0))
        label = int(chances[1:].argmax()) + 1
        if chances[label] >= _LEAST_FITTED:
            chance = min(float(chances[label]), 1 - 1e-6)
            yield float(np.log(chance / (1 - chance))), float(label == example.label)


def fit_scale(seen: Sequence[tuple[float, float]]) -> NDArray[np.float16]:
    """Return slope and offset that turn log-odds into a confidence (Platt's scaling), by plain descent."""
    x, y = np.array(seen).T
    slope, offset = 1.0, 0.0
    for _ in range(4000):
        error = 1 / (1 + np.exp(-(slope * x + offset))) - y
        slope -= 0.05 * float((error * x).mean())
        offset -= 0.05 * float(error.mean())
    return np.array([slope, offset], dtype=np.float16)


def judge(examples: Sequence[Example], weights: NDArray[np.float32], threshold: float) -> tuple[int, int, int]:
    """Return how many pairs of a document are right, wrong and missed above a threshold."""
    found: dict[tuple[str, tuple[str, str]], tuple[float, int]] = {}
    gold: dict[tuple[str, tuple[str, str]], int] = {}
    for example in examples:
        key = (example.document, example.ends)
        gold[key] = example.label
        chances = softmax(weights[np.array(example.buckets)].sum(axis=0))
        label = int(chances[1:].argmax()) + 1
        if chances[label] >= threshold:
            found[key] = max(found.get(key, (0.0, 0)), (float(chances[label]), label))
    right = sum(gold[key] == label for key, (_, label) in found.items())
    return (
        right,
        len(found) - right,
        sum(label > 0 and found.get(key, (0, 0))[1] != label for key, label in gold.items()),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, judge and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path, help="the shared folder, with corpora/ in it")
    parser.add_argument("--write", action="store_true", help="write the model into the package")
    known = parser.parse_args(arguments)
    folder = known.shared / "corpora" / "pubtator"
    trained: dict[str, NDArray[np.float16]] = {}
    examples = [each for corpus in CORPORA for each in iter_examples(corpus, folder / corpus.files["train"])]
    sys.stdout.write("corpus\tpair\tthreshold\tP\tR\tF1 (pairs within a sentence)\n")
    seen: list[tuple[float, float]] = []
    for kind in KINDS:
        own = [example for example in examples if example.kind == kind]
        weights = train(own)
        trained[kind] = weights.astype(np.float16)
        seen.extend(held_out(own))
        for corpus in CORPORA:
            held = [each for each in iter_examples(corpus, folder / corpus.files["dev"]) if each.kind == kind]
            for threshold in (0.4, 0.5, 0.6, 0.7, 0.8):
                if held:
                    right, wrong, missed = judge(held, weights, threshold)
                    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
                    f1 = 2 * precision * recall / max(1e-9, precision + recall)
                    sys.stdout.write(f"{corpus.name}\t{kind}\t{threshold}\t{precision:.3f}\t{recall:.3f}\t{f1:.3f}\n")
    trained["scale"] = fit_scale(seen)
    if known.write:
        np.savez_compressed(_MODEL, **trained)
        sys.stdout.write(f"wrote {_MODEL.name}, {_MODEL.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
