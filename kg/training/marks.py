"""The dictionary's marks of all training texts: `python -m kg.training.marks --out FILE` (in kg's environment)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.evaluation.pubtator import to_document
from kg.evaluation.pubtator_format import CorpusDocument
from kg.recognition.model_features import words_of
from kg.recognition.model_marks import marks_of
from kg.training.passages import CORPORA, read_corpus
from kg.training.teacher import key_of, press_passages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from kg.training.passages import Passage

    Marks = npt.NDArray[np.int8]


def all_passages(folder: Path) -> Iterator[Passage]:
    """Yield the press releases and the passages of every corpus that trains."""
    yield from press_passages(folder)
    for plan in CORPORA:
        yield from read_corpus(plan, folder)


def make_marker() -> Callable[[Passage], Marks]:
    """Return what marks the words of a passage by the lexicon that is in force."""
    from kg.analysis.scispacy_analyzer import ScispacyAnalyzer
    from kg.ontology.lexicon import Lexicon
    from kg.recognition.dictionary import DictionaryRecognizer
    from kg.recognition.model_recognizer import ModelRecognizer

    analyzer, dictionary = ScispacyAnalyzer(), DictionaryRecognizer(Lexicon.open())
    tokenizer = ModelRecognizer().tokenizer

    def mark(passage: Passage) -> Marks:
        document = to_document(CorpusDocument(passage.id, passage.text[:1], passage.text))
        mentions = dictionary.recognize(analyzer.analyze(document))
        return marks_of(words_of(passage.text, tokenizer), mentions).astype(np.int8)

    return mark


def read_marks(path: Path) -> dict[str, Any]:
    """Read the marks, one a word, by the key of their passage."""
    with np.load(path) as arrays:
        return {name: arrays[name] for name in arrays.files}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the marks of all texts."""
    parser = argparse.ArgumentParser(description="Write the dictionary's marks.")
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    mark = make_marker()
    np.savez_compressed(options.out, **{key_of(one): mark(one) for one in all_passages(options.corpora)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
