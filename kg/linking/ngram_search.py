"""Which keys of the n-gram arrays may be as similar to a name as is asked for, and what they share with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.linking.ngram_arrays import BLOCK, key_codes

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[Any]

THRESHOLD = 0.58
"""The least cosine."""
_LIST_BITS = 32
_MORE_LISTS = 2
"""So many more lists are summed up than must be: fewer rows are left to look up in the others."""
_SLACK = 1e-4
"""How much wider the lengths are taken that a key's vector may have: norms are rounded."""


@dataclass(frozen=True, slots=True)
class Query:
    """The trigrams of a name that some key has, their weights, and the length of its vector."""

    grams: Numbers
    weights: Numbers
    length: float


def query_of(arrays: dict[str, Numbers], wanted: str) -> Query:
    """Return what is asked for a key; trigrams that no key has make its vector longer."""
    import numpy as np

    grams = arrays["grams"]
    codes = key_codes(wanted)
    places = np.searchsorted(grams, codes).clip(max=max(0, len(grams) - 1))
    known = grams[places] == codes if len(grams) else np.zeros(len(codes), bool)
    unknown_weight = float(np.log(len(arrays["ids"]) + 1)) ** 2 * int((~known).sum())
    places = places[known]
    weights = arrays["idf"][places].astype(np.float64) ** 2
    return Query(places, weights, float(np.sqrt(weights.sum() + unknown_weight)))


def candidates(arrays: dict[str, Numbers], query: Query, kind: int, sums: Numbers) -> tuple[Numbers, Numbers]:
    """Return the rows of one kind that may reach the threshold, and the weight that each shares with the query.

    The rarest trigrams are summed up in ``sums``, which is left as zeros; the others are looked up for few rows.
    """
    import numpy as np

    first, last = arrays["kinds"][kind : kind + 2].tolist()
    norms = arrays["norms"][first:last]
    wanted = THRESHOLD * query.length
    lengths = (wanted * (1 - _SLACK), query.weights.sum() / wanted * (1 + _SLACK))
    lowest, highest = norms.searchsorted(np.array(lengths, dtype=np.float32)).tolist()
    if lowest >= highest:
        return np.zeros(0, np.int64), np.zeros(0)
    lists = _lists_of(arrays, query, kind, (lowest // BLOCK, (highest - 1) // BLOCK + 1))
    weights = query.weights[lists.order]
    if weights.sum() < wanted * lengths[0]:
        return np.zeros(0, np.int64), np.zeros(0)
    left = np.maximum(0, weights.sum() - weights.cumsum())
    count = int(np.searchsorted(-np.sqrt(left), -wanted, side="right")) + 1 + _MORE_LISTS
    touched = lists.rows(0, count)
    begin = 0
    for size, weight in zip(lists.sizes[:count], weights, strict=False):
        sums[touched[begin : begin + size]] += weight
        begin += size
    reached = sums[touched]
    sums[touched] = 0
    missing = left[count - 1] if count <= len(left) else 0.0
    likely = np.flatnonzero(reached + missing >= wanted * norms[lowest])
    likely = likely[reached[likely] + missing >= wanted * norms[touched[likely]]]
    rows, at = np.unique(touched[likely], return_index=True)
    shared = reached[likely[at]].astype(np.float64)
    if len(rows) and count < len(weights):
        shared += lists.holding(count, rows) @ weights[count:]
    return rows + first, shared


@dataclass(frozen=True, slots=True)
class _Lists:
    """The lists of a query's trigrams in some blocks of a kind, the shortest first, without those that hold nothing."""

    order: Numbers
    edges: Numbers
    """Lists x blocks + 1: where in ``all_rows`` the rows of each block begin and end."""
    all_rows: Numbers
    block: int
    sizes: list[int]

    def rows(self, first: int, last: int) -> Numbers:
        """Return the rows of the lists from first to last, one list after the other, as places in the kind."""
        import numpy as np

        edges = self.edges[first:last]
        lists = [self.all_rows[begin:end] for begin, end in edges[:, [0, -1]].tolist()]
        places: Numbers = np.concatenate(lists).astype(np.int64)
        blocks = edges.shape[1] - 1
        offsets = np.arange(self.block, self.block + blocks) * BLOCK
        places += offsets[0] if blocks == 1 else np.repeat(np.tile(offsets, len(edges)), np.diff(edges).ravel())
        return places

    def holding(self, first: int, rows: Numbers) -> Numbers:
        """Return which of the lists from ``first`` on hold which rows: rows x lists."""
        import numpy as np

        numbers = np.arange(len(self.sizes) - first) << _LIST_BITS
        held = self.rows(first, len(self.sizes)) + np.repeat(numbers, self.sizes[first:])
        asked = rows[:, None] + numbers
        places = held.searchsorted(asked).clip(max=max(0, len(held) - 1))
        holds: Numbers = held[places] == asked if len(held) else np.zeros(asked.shape, bool)
        return holds


def _lists_of(arrays: dict[str, Numbers], query: Query, kind: int, blocks: tuple[int, int]) -> _Lists:
    import numpy as np

    count = -(-int(arrays["kinds"][kind + 1] - arrays["kinds"][kind]) // BLOCK)
    base = int(arrays["bases"][kind]) + query.grams * count
    edges = arrays["starts"][base[:, None] + np.arange(blocks[0], blocks[1] + 1)]
    sizes = edges[:, -1] - edges[:, 0]
    order = np.argsort(sizes, kind="stable")
    order = order[np.count_nonzero(sizes == 0) :]
    return _Lists(order, edges[order], arrays["rows"], blocks[0], sizes[order].tolist())
