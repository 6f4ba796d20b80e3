"""Which keys of the n-gram arrays may be as similar to a name as is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum, log, sqrt
from typing import TYPE_CHECKING, Any

from kg.linking.ngram_arrays import framed, trigrams

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kg.linking.ngram_arrays import NgramArrays

    Numbers = npt.NDArray[Any]

THRESHOLD = 0.58
"""The least cosine."""
_SLACK = 1e-4
"""How much less a row may reach than it needs, as sums and lengths are rounded."""
_EASED = 0.5
"""More lists are read than must be, as if rows needed only this share: fewer are left to look at."""


@dataclass(frozen=True, slots=True)
class Query:
    """The trigrams of a name that have lists, with their weights, their places, and the length of its vector."""

    grams: Sequence[tuple[bytes, float]]
    places: Numbers
    length: float

    def cosine(self, key: str, length: float) -> float:
        """Return the cosine with a key whose vector has a length; trigrams without a list count for lengths only."""
        text = framed(key)
        shared = fsum([weight for gram, weight in self.grams if gram in text])
        return shared / (self.length * length)


def query_of(arrays: NgramArrays, wanted: str) -> Query:
    """Return what is asked for a key; trigrams that no key has make its vector longer."""
    import numpy as np

    asked = sorted(trigrams(wanted))
    codes = np.array([int.from_bytes(gram, "big") for gram in asked])
    places = arrays.grams.searchsorted(codes).clip(max=len(arrays.grams) - 1)
    known = arrays.grams.take(places) == codes
    weights = arrays.idf.take(places).astype(np.float64) ** 2
    unknown = log(len(arrays.ids) + 1) ** 2 * (len(asked) - np.count_nonzero(known))
    length = sqrt(weights[known].sum() + unknown)
    listed = (known & arrays.are_listed(places)).nonzero()[0]
    grams = [(asked[one], weight) for one, weight in zip(listed.tolist(), weights[listed].tolist(), strict=True)]
    return Query(grams, places[listed], length)


def candidates(arrays: NgramArrays, query: Query, blocks: Numbers, sums: Numbers) -> Numbers:
    """Return the rows of some blocks that may reach the threshold, each once; ``sums`` holds zeros, and is left so.

    The rarest trigrams are summed up until what the others weigh is less than the shortest key of a block needs.
    """
    import numpy as np

    least = THRESHOLD * query.length * (1 - _SLACK)
    needed = least * np.maximum(least, arrays.norms.take(arrays.firsts.take(blocks)))
    begins, sizes = arrays.lists(query.places, blocks)
    order = sizes.sum(axis=1).argsort(kind="stable")
    begins, sizes = begins[order], sizes[order]
    weights = (sizes > 0) * np.array([weight for _, weight in query.grams])[order, None]
    beyond = weights[::-1].cumsum(axis=0)[::-1]
    is_read = (beyond >= needed * _EASED) & (beyond[:1] >= needed) & (sizes > 0)
    lists, columns = is_read.nonzero()
    if not len(lists):
        return np.zeros(0, np.int64)
    begins, sizes = begins[is_read], sizes[is_read]
    parts = [arrays.rows[begin : begin + size] for begin, size in zip(begins.tolist(), sizes.tolist(), strict=True)]
    rows = np.concatenate(parts) + arrays.firsts.take(blocks).take(columns).repeat(sizes)
    np.add.at(sums, rows, weights[is_read].astype(np.float32).repeat(sizes))
    reached = sums.take(rows)
    sums[rows] = 0
    unread = np.where(is_read, 0.0, weights).sum(axis=0)
    likely = (reached >= (needed - unread).take(columns).repeat(sizes)).nonzero()[0]
    rows, reached = rows.take(likely), reached.take(likely) + unread.take(columns).repeat(sizes).take(likely)
    norms = arrays.norms.take(rows)
    found: Numbers = np.unique(rows[(reached >= least * norms) & (norms >= least)])
    return found
