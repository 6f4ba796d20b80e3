"""Passages as numbers: windows of wordpieces, shapes, and one label a word and type."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.recognition.model_features import MAX_PIECES, shape_of, window_starts, words_of
from kg.recognition.model_marks import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    import numpy.typing as npt
    from tokenizers import Tokenizer

    from kg.recognition.model_features import Word
    from kg.training.passages import Passage, TypedSpan

MASKED = -100
OUTSIDE, BEGIN, INSIDE = 0, 1, 2
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9\"'(])|\n\n+")


@dataclass(frozen=True, slots=True)
class Example:
    """One window: pieces with a shape each, where each word begins, and labels as words x types."""

    passage: str
    corpus: str
    offset: int
    pieces: tuple[int, ...]
    shapes: tuple[int, ...]
    upper_shapes: tuple[int, ...]
    lower_shapes: tuple[int, ...]
    firsts: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    labels: tuple[tuple[int, ...], ...]
    soft: npt.NDArray[np.float16] | None = None
    """A teacher's probabilities, words x types x 3, for the types that are masked in ``labels``."""
    marks: tuple[int, ...] = ()
    """The dictionary's mark of each word; empty where nobody asked it."""


def examples_of(
    passage: Passage,
    tokenizer: Tokenizer,
    limit: int = MAX_PIECES,
    soft: npt.NDArray[np.float16] | None = None,
    marks: npt.NDArray[np.int8] | None = None,
) -> Iterator[Example]:
    """Yield the windows of a passage with their labels and, where given for all words, a teacher's labels and marks."""
    table = words_of(passage.text, tokenizer)
    words = table.rows()
    labels = label_words(words, passage)
    ends = [match.start() for match in _SENTENCE_END.finditer(passage.text)]
    for first, last in pairwise([*window_starts(table, ends, limit), len(words)]):
        example = _example(passage, words[first:last], labels[first:last])
        if soft is not None:
            example = replace(example, soft=soft[first:last])
        if marks is not None:
            example = replace(example, marks=tuple(marks[first:last].tolist()))
        yield example


def _example(passage: Passage, words: Sequence[Word], labels: Sequence[tuple[int, ...]]) -> Example:
    pieces: list[int] = []
    shapes: tuple[list[int], list[int], list[int]] = ([], [], [])
    firsts: list[int] = []
    for word in words:
        firsts.append(len(pieces) + 1)
        pieces.extend(word.pieces)
        written = passage.text[word.start : word.end]
        spaced = word.shape == shape_of(written, spaced=True)
        for shape, form in zip(shapes, (written, written.upper(), written.lower()), strict=True):
            shape.extend([shape_of(form, spaced=spaced)] * len(word.pieces))
    return Example(
        passage=passage.id,
        corpus=passage.corpus,
        offset=words[0].start,
        pieces=tuple(pieces),
        shapes=tuple(shapes[0]),
        upper_shapes=tuple(shapes[1]),
        lower_shapes=tuple(shapes[2]),
        firsts=tuple(firsts),
        spans=tuple((word.start, word.end) for word in words),
        labels=tuple(labels),
    )


def label_words(words: Sequence[Word], passage: Passage) -> tuple[tuple[int, ...], ...]:
    """Return the label of every word for every type; types that the corpus does not annotate are masked."""
    columns = []
    for kind in TYPES:
        if kind not in passage.supervised:
            columns.append([MASKED] * len(words))
            continue
        column = [OUTSIDE] * len(words)
        for span in passage.ignored:
            if span.type is kind:
                _mark(column, words, span, (MASKED, MASKED))
        for span in passage.spans:
            if span.type is kind:
                _mark(column, words, span, (BEGIN, INSIDE))
        columns.append(column)
    return tuple(zip(*columns, strict=True))


def _mark(column: list[int], words: Sequence[Word], span: TypedSpan, labels: tuple[int, int]) -> None:
    first = True
    for number, word in enumerate(words):
        if word.start >= span.end:
            break
        if word.end > span.start:
            column[number] = labels[0] if first else labels[1]
            first = False


def batches_of(examples: Sequence[Example], pieces: int, generator: random.Random) -> list[list[Example]]:
    """Return shuffled batches of similar length, each of at most ``pieces`` wordpieces with padding."""
    ordered = sorted(examples, key=lambda example: len(example.pieces) + generator.random() * 24)
    batches: list[list[Example]] = [[]]
    longest = 0
    for example in ordered:
        longest = max(longest, len(example.pieces) + 2)
        if batches[-1] and longest * (len(batches[-1]) + 1) > pieces:
            batches.append([])
            longest = len(example.pieces) + 2
        batches[-1].append(example)
    generator.shuffle(batches)
    return batches


def sample(examples: Iterable[Example], share: float, generator: random.Random) -> list[Example]:
    """Return each example ``share`` times on average."""
    kept: list[Example] = []
    for example in examples:
        times = int(share) + (generator.random() < share - int(share))
        kept.extend([example] * times)
    return kept
