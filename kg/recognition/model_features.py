"""Words, wordpieces and shapes as the token model sees them; training and run time share this one way of cutting text.

The encoder is uncased, so what capitals, digits and spacing say is kept beside the wordpieces as a small shape number.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, chain, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    from tokenizers import Tokenizer

    Integers = npt.NDArray[np.int64]

SHAPE_COUNT = 32
"""Rows of the shape table: 14 shapes, each with and without a space before the word, and four spare rows."""

MAX_PIECES = 254
"""Wordpieces in one window, without the two markers at its ends."""

_SAME_LENGTH = str.maketrans("®™℠©’‘“”–—‐‑−\u00a0\u2009\u202f\u200b\ufeff", "^^^^''\"\"-----     ")
_LOWER, _TITLE, _CAPS_1, _CAPS_3, _CAPS_6, _CAPS_LONG, _CAMEL, _MIXED = range(1, 9)
_DIGITS, _CODE, _LOWER_CODE, _PUNCTUATION, _OTHER = range(9, 14)
_SPACED = 14
_REMEMBERED = 50_000
_GOES_ON = "##"
_LONGEST_WORD = 50
"""Characters of a word that is cut into wordpieces without asking the tokenizer."""


class Word(NamedTuple):
    """One pre-token of the text with its wordpieces; offsets are those of the untouched text."""

    start: int
    end: int
    pieces: tuple[int, ...]
    shape: int


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, a row each; ``pieces`` are those of all words, ``counts`` how many each has."""

    starts: Integers
    ends: Integers
    shapes: Integers
    counts: Integers
    pieces: Integers

    def __len__(self) -> int:
        return len(self.starts)

    def only(self, chosen: npt.NDArray[np.bool_]) -> Words:
        """Return the chosen words."""
        pieces = self.pieces[np.repeat(chosen, self.counts)]
        return Words(self.starts[chosen], self.ends[chosen], self.shapes[chosen], self.counts[chosen], pieces)

    def rows(self) -> tuple[Word, ...]:
        """Return the words one by one."""
        pieces = iter(self.pieces.tolist())
        columns = (self.starts, self.ends, self.counts, self.shapes)
        rows = zip(*(column.tolist() for column in columns), strict=True)
        return tuple(Word(start, end, tuple(islice(pieces, count)), shape) for start, end, count, shape in rows)


def same_length_copy(text: str) -> str:
    """Return the text with typographic variants replaced, character by character, so that offsets stay true.

    >>> same_length_copy("Simponi® – 5’")
    "Simponi^ - 5'"
    """
    return text.translate(_SAME_LENGTH)


def shape_of(word: str, *, spaced: bool) -> int:
    """Return the shape number of a word; ``spaced`` says that a space or the text's start stands before it.

    >>> shape_of("cell", spaced=False), shape_of("Cell", spaced=False), shape_of("cell", spaced=True)
    (1, 2, 15)
    """
    return _plain_shape(word) + (_SPACED if spaced else 0)


@lru_cache(maxsize=16384)
def _plain_shape(word: str) -> int:
    if word.isalpha():
        return _alphabetic_shape(word)
    if word.isdigit():
        return _DIGITS
    if not any(character.isalnum() for character in word):
        return _PUNCTUATION
    if not any(character.isdigit() for character in word):
        return _OTHER
    return _CODE if any(character.isupper() for character in word) else _LOWER_CODE


def _alphabetic_shape(word: str) -> int:
    if word.islower():
        return _LOWER
    if word.isupper():
        lengths = ((1, _CAPS_1), (3, _CAPS_3), (6, _CAPS_6))
        return next((shape for most, shape in lengths if len(word) <= most), _CAPS_LONG)
    if word[0].isupper() and word[1:].islower():
        return _TITLE
    return _MIXED if word[0].isupper() else _CAMEL


def words_of(text: str, tokenizer: Tokenizer) -> Words:
    """Cut a text into words with their wordpieces, in text order; a word is asked of the tokenizer once."""
    known = _known_runs(tokenizer)
    if len(known) > _REMEMBERED:
        known.clear()
    runs = _run_pattern().findall(text)
    if new := [run for run in set(runs) if run not in known]:
        known.learn(sorted(new))
    pieces, shapes, lengths, spaces = zip(*map(known.__getitem__, runs), strict=True) if runs else ((),) * 4
    counts = np.array([*map(len, pieces)], dtype=np.int64)
    starts = np.array([0, *accumulate(map(len, runs))][: len(runs)], dtype=np.int64)
    spaced = np.array([True, *spaces][: len(runs)], dtype=bool)
    words = counts > 0
    return Words(
        starts=starts[words],
        ends=(starts + np.array(lengths, dtype=np.int64))[words],
        shapes=(np.array(shapes, dtype=np.int64) + _SPACED * spaced)[words],
        counts=counts[words],
        pieces=np.array([*chain.from_iterable(pieces)], dtype=np.int64),
    )


class _KnownRuns(dict[str, tuple[tuple[int, ...], int, int, bool]]):
    """Of each run of characters its wordpieces, its plain shape, its length and whether spaces stand behind it.

    The length is that without the spaces. A run of spaces or a control character has no wordpieces.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    def learn(self, new: Sequence[str]) -> None:
        """Take in runs: plain words are cut here, the others by the tokenizer together."""
        bare = [same_length_copy(run.rstrip(_kinds_of_characters()["Z"])) for run in new]
        plain = [self._plain_pieces(word.lower()) if word.isascii() and word.isalnum() else () for word in bare]
        cut = iter(self._cut([word for word, pieces in zip(bare, plain, strict=True) if not pieces]))
        for run, word, pieces in zip(new, bare, plain, strict=True):
            self[run] = (pieces or next(cut), _plain_shape(word), len(word), len(word) < len(run) or word.isspace())

    def _plain_pieces(self, lower: str) -> tuple[int, ...]:
        """Return the longest wordpieces of a word of plain letters and digits; none where that is not so easy."""
        find = self._tokenizer.token_to_id
        if (piece := find(lower)) is not None:
            return (piece,)
        pieces: list[int] = []
        start, mark = 0, ""
        while start < len(lower) <= _LONGEST_WORD:
            ends = range(len(lower), start, -1)
            end, piece = next(
                ((end, one) for end in ends if (one := find(mark + lower[start:end])) is not None), (0, 0)
            )
            if not end:
                return ()
            pieces.append(piece)
            start, mark = end, _GOES_ON
        return tuple(pieces)

    def _cut(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        if not words:
            return []
        encoding = self._tokenizer.encode(" ".join(words), add_special_tokens=False)
        ends = [*accumulate(len(word) + 1 for word in words)]
        pieces: list[list[int]] = [[] for _ in words]
        place = 0
        for piece, (start, _) in zip(encoding.ids, encoding.offsets, strict=True):
            while start >= ends[place]:
                place += 1
            pieces[place].append(piece)
        return list(map(tuple, pieces))


@lru_cache(maxsize=4)
def _known_runs(tokenizer: Tokenizer) -> _KnownRuns:
    return _KnownRuns(tokenizer)


@cache
def _run_pattern() -> re.Pattern[str]:
    """Return the tokenizer's own first step: runs without spaces, each punctuation mark or Chinese character alone.

    The spaces behind a run belong to it. Control characters, which the tokenizer drops, may stand inside a word, but
    not at its edges.
    """
    kinds = _kinds_of_characters()
    alone = re.escape(kinds["P"]) + "\u2260\u226e\u226f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"
    spaces, controls = re.escape(kinds["Z"]), re.escape(kinds["C"])
    letters = f"[^{alone}{spaces}{controls}]+"
    return re.compile(f"(?:{letters}(?:[{controls}]+{letters})*|[{alone}]|[{controls}])[{spaces}]*|[{spaces}]+")


@cache
def _kinds_of_characters() -> dict[str, str]:
    """Return the characters of each kind: "P" stand alone, "Z" are spaces, "C" controls."""
    kinds: dict[str, str] = defaultdict(str)
    for char in map(chr, (*range(0x3100), *range(0xFE10, 0xFF70))):
        plain = same_length_copy(char)
        kind = "P" if plain in string.punctuation else "Z" if plain in "\t\n\r" else unicodedata.category(plain)[0]
        kinds[kind] += char
    return kinds


def window_starts(words: Words, sentence_ends: Sequence[int], limit: int = MAX_PIECES) -> list[int]:
    """Return the first words of the windows: whole sentences of together at most ``limit`` pieces.

    A word belongs to the sentence that it starts in; only a sentence that is longer than a window is cut.
    """
    totals = np.concatenate(([0], np.cumsum(words.counts))).tolist()
    cuts = np.searchsorted(words.starts, sentence_ends).tolist()
    starts: list[int] = []
    for first, last in pairwise([0, *cuts, len(words)]):
        if first < last and not (starts and totals[last] - totals[starts[-1]] <= limit):
            starts.append(first)
            for word in range(first, last):
                if totals[word + 1] - totals[starts[-1]] > limit and word > starts[-1]:
                    starts.append(word)
    return starts
