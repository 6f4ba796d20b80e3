"""Soft labels: what a model that exists already says, with the dictionary's voice, of every word of the training texts.

The next model learns from them what no annotator marked: all types in press releases, and in abstracts the types that
their corpus leaves out. `python -m kg.training.teacher --corpora DIR --model FOLDER --out FILE` (in kg's environment).
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.evaluation.pubtator import to_document
from kg.evaluation.pubtator_format import CorpusDocument
from kg.recognition.model_features import words_of
from kg.training.passages import CORPORA, Passage, read_corpus
from kg.training.weak import LEAST_WORDS, is_english

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

PRESS = "press"
_TAUGHT = frozenset({"bc5cdr", "ncbi_disease", "biored", "gnormplus", "nlm_gene", "drugprot"})


def press_passages(folder: Path) -> Iterator[Passage]:
    """Yield the English press releases as passages in which nothing is known."""
    with gzip.open(folder / "unlabelled" / "press_releases.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if len(record["text"].split()) >= LEAST_WORDS and is_english(record["text"]):
                yield Passage(record["id"], PRESS, record["text"])


def taught_passages(folder: Path) -> Iterator[Passage]:
    """Yield what gets soft labels: press releases, then the abstracts whose corpora leave types out."""
    yield from press_passages(folder)
    for plan in CORPORA:
        if plan.name in _TAUGHT:
            yield from read_corpus(plan, folder)


class Teacher:
    """A packaged model with the dictionary's voice, asked for probabilities instead of spans."""

    def __init__(self, folder: Path | None) -> None:
        """Open the lexicon and the model; None is the shipped model."""
        from kg.analysis.scispacy_analyzer import ScispacyAnalyzer
        from kg.ontology.lexicon import Lexicon
        from kg.recognition.dictionary import DictionaryRecognizer
        from kg.recognition.model_recognizer import ModelRecognizer

        self._analyzer = ScispacyAnalyzer()
        self._model = ModelRecognizer(folder, dictionary=DictionaryRecognizer(Lexicon.open()))

    def probabilities(self, passage: Passage) -> npt.NDArray[np.float16]:
        """Return words x types x (outside, begin, inside) for all words of the text; zeros for those not read."""
        document = to_document(CorpusDocument(passage.id, passage.text[:1], passage.text))
        read, logs, _ = self._model.scored_words(self._analyzer.analyze(document))
        words = words_of(passage.text, self._model.tokenizer)
        probabilities = np.zeros((len(words), *logs.shape[1:]), dtype=np.float16)
        probabilities[np.searchsorted(words.starts, read.starts)] = np.exp(logs)
        return probabilities


def read_soft(path: Path) -> dict[str, Any]:
    """Read soft labels, words x types x 3, by the key of their passage."""
    with np.load(path) as arrays:
        return {name: arrays[name] for name in arrays.files}


def key_of(passage: Passage) -> str:
    """Return the name under which a passage's soft labels are kept."""
    return f"{passage.corpus}/{passage.id}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the soft labels of all texts."""
    parser = argparse.ArgumentParser(description="Write soft labels.")
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--model", type=Path, help="a packaged model; without it the shipped one")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    teacher = Teacher(options.model)
    np.savez(options.out, **{key_of(p): teacher.probabilities(p) for p in taught_passages(options.corpora)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
