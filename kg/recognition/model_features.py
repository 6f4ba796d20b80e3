"""Words, wordpieces and shapes as the token model sees them; training and run time share this one way of cutting text.

The encoder is uncased, so what capitals, digits and spacing say is kept beside the wordpieces as a small shape number.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
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
    """Cut a text into words with their wordpieces, in text order."""
    copy = same_length_copy(text)
    encoding = tokenizer.encode(copy, add_special_tokens=False)
    words: list[Word] = []
    pieces: list[int] = []
    current: int | None = None
    start = end = 0
    for piece, (first, last), number in zip(encoding.ids, encoding.offsets, encoding.word_ids, strict=True):
        if number != current:
            if pieces:
                words.append(_word(copy, start, end, pieces))
            pieces, current, start = [], number, first
        pieces.append(piece)
        end = last
    if pieces:
        words.append(_word(copy, start, end, pieces))
    return tuple(words)


def _word(copy: str, start: int, end: int, pieces: Sequence[int]) -> Word:
    spaced = start == 0 or copy[start - 1].isspace()
    return Word(start, end, tuple(pieces), shape_of(copy[start:end], spaced=spaced))


def sentence_groups(words: Sequence[Word], ends: Sequence[int]) -> tuple[tuple[Word, ...], ...]:
    """Group words by the sentence that they start in; ``ends`` are the sentences' ends in text order."""
    groups: list[list[Word]] = [[]]
    position = 0
    for word in words:
        moved = False
        while position < len(ends) and word.start >= ends[position]:
            position += 1
            moved = True
        if moved:
            groups.append([])
        groups[-1].append(word)
    return tuple(tuple(group) for group in groups if group)


def windows_of(groups: Iterable[Sequence[Word]], limit: int = MAX_PIECES) -> tuple[Window, ...]:
    """Pack whole sentences into windows of at most ``limit`` wordpieces; only a longer sentence is cut."""
    windows: list[Window] = []
    held: list[Word] = []
    size = 0
    for group in groups:
        length = sum(len(word.pieces) for word in group)
        if held and size + length > limit:
            windows.append(Window(tuple(held)))
            held, size = [], 0
        for word in group:
            if held and size + len(word.pieces) > limit:
                windows.append(Window(tuple(held)))
                held, size = [], 0
            held.append(word)
            size += len(word.pieces)
    if held:
        windows.append(Window(tuple(held)))
    return tuple(windows)
