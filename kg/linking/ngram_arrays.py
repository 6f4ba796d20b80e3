"""Builds the arrays of the n-gram index: which keys hold a trigram, and how long each key's vector is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy.typing as npt

    Numbers = npt.NDArray[Any]

EDGE = b"\x01"
BLOCK = 1 << 16
"""So many rows at most have their places in two bytes."""
_SIZE = 3
_RAREST_SHARE = 0.04
"""Trigrams that more than this share of the keys hold say little: they count for a key's length, but are not listed."""


def trigram_codes(text: bytes) -> Numbers:
    """Return the trigrams of a text of keys, each as one number, at the place where it begins."""
    import numpy as np

    letters = np.frombuffer(text, np.uint8).astype(np.uint32)
    return (letters[:-2] << 16) | (letters[1:-1] << 8) | letters[2:]


def key_codes(key: str) -> Numbers:
    """Return the different trigrams of one key with its edges, sorted."""
    import numpy as np

    return np.unique(trigram_codes(EDGE + key.encode() + EDGE))


def write_arrays(folder: Path, keys: Sequence[str], ids: Numbers, kinds: Numbers, kind_count: int) -> None:
    """Write the arrays of the keys; a key that names things of several kinds stands there once for each.

    ``ids`` are the keys' numbers in the lexicon. Rows lie by kind, then by the length of the key's vector; a kind has
    blocks of ``BLOCK`` rows. The lists of rows are kept apart by kind, in it by trigram, then by block, so that only
    those of a fitting kind and length are read, and a row is two bytes: its place in the block. Weights are those of
    all kinds together.
    """
    import numpy as np

    encoded = [EDGE + key.encode() + EDGE for key in keys]
    lengths = np.fromiter(map(len, encoded), np.int64, len(encoded))
    rows, codes = _pairs(b"".join(encoded), lengths)
    grams, counts = np.unique(codes, return_counts=True)
    idf = np.log((len(keys) + 1) / counts).astype(np.float32)
    gram_of = np.searchsorted(grams, codes).astype(np.int32)
    norms = np.sqrt(np.bincount(rows, weights=idf[gram_of].astype(np.float64) ** 2, minlength=len(keys)))
    order = np.lexsort((ids, norms, kinds))
    listed = counts[gram_of] <= max(1000, _RAREST_SHARE * len(keys))
    firsts, bases = _first_rows_and_lists(np.bincount(kinds, minlength=kind_count), len(grams))
    row_of, gram_of = np.argsort(order)[rows[listed]], gram_of[listed]
    kind_of = kinds[order][row_of]
    blocks, places = np.divmod(row_of - firsts[kind_of], BLOCK)
    lists = bases[kind_of] + gram_of * -(-np.diff(firsts) // BLOCK)[kind_of] + blocks
    sizes = np.bincount(lists, minlength=bases[-1])
    np.save(folder / "ids.npy", ids[order].astype(np.int32))
    np.save(folder / "grams.npy", grams)
    np.save(folder / "idf.npy", idf)
    np.save(folder / "norms.npy", norms[order].astype(np.float32))
    np.save(folder / "kinds.npy", firsts)
    np.save(folder / "bases.npy", bases)
    np.save(folder / "starts.npy", np.concatenate(([0], np.cumsum(sizes))).astype(np.int32))
    np.save(folder / "rows.npy", places[np.lexsort((row_of, lists))].astype(np.uint16))


def _first_rows_and_lists(counts: Numbers, grams: int) -> tuple[Numbers, Numbers]:
    """Return the first row and the first list of each kind, with where the last ends; ``counts`` are rows a kind."""
    import numpy as np

    lists = -(-counts // BLOCK) * grams
    return np.concatenate(([0], np.cumsum(counts))), np.concatenate(([0], np.cumsum(lists)))


def _pairs(text: bytes, lengths: Numbers) -> tuple[Numbers, Numbers]:
    """Return the different (row, trigram) pairs, sorted by row."""
    import numpy as np

    codes = trigram_codes(text)
    row_of = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)[: len(codes)]
    ends = np.cumsum(lengths)
    inside = np.arange(len(codes)) + _SIZE <= ends[row_of]
    pairs = np.unique((row_of[inside] << 24) | codes[inside])
    return (pairs >> 24).astype(np.int32), (pairs & 0xFFFFFF).astype(np.uint32)
