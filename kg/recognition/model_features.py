"""Words, wordpieces and shapes as the token model sees them; training and run time share this one way of cutting text.

The encoder is uncased, so what capitals, digits and spacing say is kept beside the wordpieces as a small shape number.
"""

from __future__ import annotations

import re
import string
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tokenizers import Tokenizer

SHAPE_COUNT = 32
"""Rows of the shape table: 14 shapes, each with and without a space before the word, and four spare rows."""

MAX_PIECES = 254
"""Wordpieces in one window, without the two markers at its ends."""

_SAME_LENGTH = str.maketrans(
    {
        "®": "^",
        "™": "^",
        "℠": "^",
        "©": "^",
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "−": "-",
        "\u00a0": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\u200b": " ",
        "\ufeff": " ",
    }
)
_LOWER, _TITLE, _CAPS_1, _CAPS_3, _CAPS_6, _CAPS_LONG, _CAMEL, _MIXED = range(1, 9)
_DIGITS, _CODE, _LOWER_CODE, _PUNCTUATION, _OTHER = range(9, 14)
_SPACED = 14
_REMEMBERED = 50_000


class Word(NamedTuple):
    """One pre-token of the text with its wordpieces; offsets are those of the untouched text."""

    start: int
    end: int
    pieces: tuple[int, ...]
    shape: int


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive words that go through the model together."""

    words: tuple[Word, ...]

    @property
    def length(self) -> int:
        """Wordpieces, without the markers."""
        return sum(len(word.pieces) for word in self.words)


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


def words_of(text: str, tokenizer: Tokenizer) -> tuple[Word, ...]:
    """Cut a text into words with their wordpieces, in text order; a word is asked of the tokenizer once."""
    copy = same_length_copy(text)
    known = _known_words(tokenizer)
    found = list(_word_pattern().finditer(copy))
    known.learn({match[0] for match in found})
    words: list[Word] = []
    reached = -1
    for match in found:
        start, end = match.span()
        shift = _SPACED if start > reached else 0
        for first, last, pieces, shape in known[match[0]]:
            words.append(Word(start + first, start + last, pieces, shape + shift))
            shift = 0
        reached = end
    return tuple(words)


class _KnownWords(dict[str, tuple[tuple[int, int, tuple[int, ...], int], ...]]):
    """The parts of each word as the tokenizer sees it, mostly one: offsets in the word, wordpieces, plain shape."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    def learn(self, words: set[str]) -> None:
        """Take in those of the words that are new; when there are too many, the old ones are forgotten."""
        new = sorted(words - self.keys())
        if len(self) + len(new) > _REMEMBERED:
            self.clear()
            new = sorted(words)
        self.update(dict.fromkeys(new, ()))
        encoding = self._tokenizer.encode(" ".join(new), add_special_tokens=False)
        starts = list(accumulate((len(word) + 1 for word in new), initial=0))
        rows = zip(encoding.word_ids, encoding.ids, encoding.offsets, strict=True)
        for _, part in groupby(rows, key=itemgetter(0)):
            _, pieces, offsets = zip(*part, strict=True)
            start, end = offsets[0][0], offsets[-1][1]
            number = bisect_right(starts, start) - 1
            word, first, last = new[number], start - starts[number], end - starts[number]
            self[word] = (*self[word], (first, last, pieces, _plain_shape(word[first:last])))


@lru_cache(maxsize=4)
def _known_words(tokenizer: Tokenizer) -> _KnownWords:
    return _KnownWords(tokenizer)


@cache
def _word_pattern() -> re.Pattern[str]:
    """Return what the tokenizer's own first step makes: runs without spaces, and each punctuation mark by itself."""
    common = (*range(0x3100), *range(0xFE10, 0xFF70))
    marks = "".join(
        char for char in map(chr, common) if unicodedata.category(char)[0] == "P" or char in string.punctuation
    )
    spaces = "".join(char for char in map(chr, common) if unicodedata.category(char)[0] == "Z") + "\t\n\r"
    return re.compile(rf"[{re.escape(marks)}]|[^{re.escape(marks + spaces)}]+")


def sentence_groups(words: Sequence[Word], ends: Sequence[int]) -> tuple[tuple[Word, ...], ...]:
    """Group words by the sentence that they start in; ``ends`` are the sentences' ends in text order."""
    starts = [word.start for word in words]
    cuts = [0, *(bisect_left(starts, end) for end in ends), len(words)]
    return tuple(tuple(words[first:last]) for first, last in pairwise(cuts) if first < last)


def windows_of(groups: Iterable[Sequence[Word]], limit: int = MAX_PIECES) -> tuple[Window, ...]:
    """Pack whole sentences into windows of at most ``limit`` wordpieces; only a longer sentence is cut."""
    windows: list[Window] = []
    held: list[Word] = []
    size = 0
    for group in groups:
        lengths = [len(word.pieces) for word in group]
        length = sum(lengths)
        if held and size + length > limit:
            windows.append(Window(tuple(held)))
            held, size = [], 0
        if length <= limit:
            held += group
            size += length
            continue
        for word, pieces in zip(group, lengths, strict=True):
            if held and size + pieces > limit:
                windows.append(Window(tuple(held)))
                held, size = [], 0
            held.append(word)
            size += pieces
    if held:
        windows.append(Window(tuple(held)))
    return tuple(windows)
