"""The arrays of the n-gram index: which keys hold a trigram, and how long each key's vector is."""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy.typing as npt

    Numbers = npt.NDArray[Any]

_EDGE = b"\x01"
BLOCK = 1 << 16
"""So many rows at most have their places in two bytes."""
_SIZE = 3
_RAREST_SHARE = 0.04
"""Trigrams that more than this share of the keys hold say little: they count for a key's length, but are not listed."""


def framed(key: str) -> bytes:
    """Return a key between its edges; its trigrams are those of this text."""
    return _EDGE + key.encode() + _EDGE


def trigrams(key: str) -> set[bytes]:
    """Return the different trigrams of a key with its edges."""
    text = framed(key)
    return {text[place : place + _SIZE] for place in range(len(text) - _SIZE + 1)}


@dataclass(frozen=True, slots=True)
class NgramArrays:
    """A key has a row for each kind of thing it names; rows lie by kind, then by the length of the key's vector.

    A block is ``BLOCK`` rows at most of one kind. The list of a trigram in a block are places in the block, two bytes
    each. All lists lie one behind the other by trigram, then by block, so that few of them are read: those of a kind
    and about a length.
    """

    ids: Numbers
    """The number in the lexicon of each row's key."""
    norms: Numbers
    """The length of each row's vector."""
    grams: Numbers
    """The trigrams as numbers, sorted."""
    idf: Numbers
    """The weight of each trigram, over all kinds together."""
    firsts: Numbers
    """The first row of each block, and where the last ends."""
    kinds: Numbers
    """The kind of each block."""
    starts: Numbers
    """Where each list begins in ``rows``, and where the last ends."""
    rows: Numbers

    @classmethod
    def opened(cls, folder: Path) -> Self:
        """Map the arrays; as plain views, which are quicker to slice than numpy's own class for maps.

        Raises:
            OSError: a file is missing.
            ValueError: a file is damaged.
        """
        import numpy as np

        files = ((one.name, folder / f"{one.name}.npy") for one in fields(cls))
        return cls(**{name: np.load(file, "r", allow_pickle=False).view(np.ndarray) for name, file in files})

    def save(self, folder: Path) -> None:
        """Write the arrays into a folder."""
        import numpy as np

        for one in fields(self):
            np.save(folder / f"{one.name}.npy", getattr(self, one.name))

    def are_listed(self, places: Numbers) -> Numbers:
        """Say of trigrams, given by their places, whether they have lists."""
        begins = places * len(self.kinds)
        listed: Numbers = self.starts.take(begins + len(self.kinds)) > self.starts.take(begins)
        return listed

    def lists(self, places: Numbers, blocks: Numbers) -> tuple[Numbers, Numbers]:
        """Return where the lists of trigrams in blocks begin, and their sizes: trigrams x blocks."""
        numbers = (places * len(self.kinds))[:, None] + blocks
        begins = self.starts.take(numbers)
        return begins, self.starts.take(numbers + 1) - begins


def arrays_of(keys: Sequence[str], ids: Numbers, kinds: Numbers) -> NgramArrays:
    """Return the arrays of keys with their numbers in the lexicon and kinds; a key of several kinds comes as often."""
    import numpy as np

    encoded = list(map(framed, keys))
    lengths = np.fromiter(map(len, encoded), np.int64, len(encoded))
    rows, codes = _pairs(b"".join(encoded), lengths)
    grams, counts = np.unique(codes, return_counts=True)
    idf = np.log((len(keys) + 1) / counts).astype(np.float32)
    gram_of = np.searchsorted(grams, codes).astype(np.int32)
    norms = np.sqrt(np.bincount(rows, weights=idf[gram_of].astype(np.float64) ** 2, minlength=len(keys)))
    order = np.lexsort((ids, norms, kinds))
    firsts, block_kinds = _blocks(kinds[order])
    listed = counts[gram_of] <= max(1000, _RAREST_SHARE * len(keys))
    row_of, gram_of = np.argsort(order)[rows[listed]], gram_of[listed]
    block_of = firsts.searchsorted(row_of, "right") - 1
    lists = gram_of.astype(np.int64) * len(block_kinds) + block_of
    sizes = np.bincount(lists, minlength=len(grams) * len(block_kinds))
    return NgramArrays(
        ids=ids[order].astype(np.int32),
        norms=norms[order].astype(np.float32),
        grams=grams,
        idf=idf,
        firsts=firsts,
        kinds=block_kinds,
        starts=np.concatenate(([0], np.cumsum(sizes))).astype(np.int32),
        rows=(row_of - firsts[block_of])[np.lexsort((row_of, lists))].astype(np.uint16),
    )


def _blocks(kinds: Numbers) -> tuple[Numbers, Numbers]:
    """Return the first row of each block, with where the last ends, and the kind of each, for the kinds of the rows."""
    import numpy as np

    edges = [0, *(np.flatnonzero(np.diff(kinds)) + 1).tolist(), len(kinds)]
    firsts = [first for begin, end in pairwise(edges) for first in range(begin, end, BLOCK)]
    return np.array([*firsts, len(kinds)]), kinds.take(np.array(firsts, np.int64))


def _trigram_codes(text: bytes) -> Numbers:
    """Return the trigrams of a text of keys, each as one number, at the place where it begins."""
    import numpy as np

    letters = np.frombuffer(text, np.uint8).astype(np.uint32)
    return (letters[:-2] << 16) | (letters[1:-1] << 8) | letters[2:]


def _pairs(text: bytes, lengths: Numbers) -> tuple[Numbers, Numbers]:
    """Return the different (row, trigram) pairs, sorted by row."""
    import numpy as np

    codes = _trigram_codes(text)
    row_of = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)[: len(codes)]
    ends = np.cumsum(lengths)
    inside = np.arange(len(codes)) + _SIZE <= ends[row_of]
    pairs = np.unique((row_of[inside] << 24) | codes[inside])
    return (pairs >> 24).astype(np.int32), (pairs & 0xFFFFFF).astype(np.uint32)
