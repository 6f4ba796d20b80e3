"""Makes the table of ``kg.recognition.context_words``: which words stand around names of each type.

Run ``python -m kg.training.context_words SHARED``. It learns from the mentions of the training corpora (no document of
a development part) and from what the pipeline finds in press releases; every type weighs the same, and so does every
name of a document. ``--held-out`` writes nothing, but learns from nine tenths of the documents and says how well the
mentions of the others are typed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.evaluation.linking_parts import kept_ids
from kg.recognition.context_words import BUCKETS, TABLE, word_marks
from kg.recognition.model_marks import TYPES
from kg.training.passages import CORPORA, is_held_out, read_corpus

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import EntityType

_RIDGE = 1.0
_RELEASES = Path("corpora/unlabelled/press_releases.jsonl.gz")
_LEAST_SCORE = 0.7
_HELD_OUT = 0.1

Example = tuple[str, str, "EntityType", tuple[int, ...]]
"""Document, name, type, and the buckets of the words around it."""


def examples(shared: Path) -> Iterator[Example]:
    """Yield the mentions to learn from."""
    kept = kept_ids(shared / "corpora")
    for plan in CORPORA:
        for passage in read_corpus(plan, shared / "corpora"):
            if passage.id in kept:
                continue
            for span in passage.spans:
                marks = word_marks(passage.text, span.start, span.end)
                yield passage.id, passage.text[span.start : span.end].lower(), span.type, tuple(marks)
    yield from _releases(shared / _RELEASES)


def _releases(path: Path) -> Iterator[Example]:
    from kg.assembly import make_pipeline
    from kg.config import Settings
    from kg.linking.plain_text import analyse_plainly

    recognizer = make_pipeline(Settings()).recognizer
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            analysis = analyse_plainly(record["text"])
            for one in recognizer.recognize(analysis):
                if one.type in TYPES and one.score >= _LEAST_SCORE and not one.coreference:
                    marks = word_marks(record["text"], one.start, one.end)
                    yield record["id"], one.text.lower(), one.type, tuple(marks)


def fit(found: Sequence[Example]) -> tuple[Any, Any]:
    """Return weights, buckets x types, and biases of the multinomial logistic model."""
    from scipy.optimize import minimize  # type: ignore[import-untyped,unused-ignore]
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped,unused-ignore]

    kinds = np.array([TYPES.index(kind) for _, _, kind, _ in found])
    times = Counter((document, name, kind) for document, name, kind, _ in found)
    share = np.array([1 / times[document, name, kind] for document, name, kind, _ in found])
    share /= np.bincount(kinds, share)[kinds]
    share *= len(found) / len(TYPES)
    share /= share.mean()
    ends = np.cumsum([0, *(len(marks) for _, _, _, marks in found)])
    columns = np.array([mark for _, _, _, marks in found for mark in marks])
    matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(found), BUCKETS))
    wanted = np.eye(len(TYPES))[kinds]

    def loss(flat: Any) -> tuple[float, Any]:
        weights = flat.reshape(BUCKETS + 1, len(TYPES))
        logits = matrix @ weights[:-1] + weights[-1]
        logits -= logits.max(axis=1, keepdims=True)
        chances = np.exp(logits)
        chances /= chances.sum(axis=1, keepdims=True)
        away = (chances - wanted) * share[:, None]
        value = -(share * np.log(chances[np.arange(len(kinds)), kinds] + 1e-12)).sum()
        value += _RIDGE * (weights[:-1] ** 2).sum()
        slope = np.vstack((matrix.T @ away + 2 * _RIDGE * weights[:-1], away.sum(axis=0)))
        return float(value), slope.ravel()

    result = minimize(loss, np.zeros((BUCKETS + 1) * len(TYPES)), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    table = result.x.reshape(BUCKETS + 1, len(TYPES))
    return table[:-1], table[-1]


def print_held_out(found: Sequence[Example]) -> None:
    """Print for each type how many mentions of held out documents there are, and the share that is typed rightly."""
    kept = [one for one in found if is_held_out(one[0], _HELD_OUT)]
    weights, bias = fit([one for one in found if not is_held_out(one[0], _HELD_OUT)])
    right: Counter[EntityType] = Counter()
    for _, _, kind, marks in kept:
        right[kind] += TYPES[int((bias + weights[list(marks)].sum(axis=0)).argmax())] is kind
    for kind, count in sorted(Counter(kind for _, _, kind, _ in kept).items()):
        sys.stdout.write(f"{kind}\t{count}\t{right[kind] / count:.3f}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--out", type=Path, default=TABLE)
    parser.add_argument("--held-out", action="store_true", help="check on a tenth of the documents, write nothing")
    options = parser.parse_args(arguments)
    found = list(examples(options.shared))
    if options.held_out:
        print_held_out(found)
        return 0
    weights, bias = fit(found)
    scale = np.float32(np.abs(weights).max() / 127)
    packed = np.round(weights / scale).astype(np.int8)
    np.savez_compressed(options.out, weights=packed, scale=scale, bias=bias.astype(np.float32))
    return 0


if __name__ == "__main__":
    sys.exit(main())
