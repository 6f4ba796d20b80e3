from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from kg.linking import ngram_arrays
from kg.linking.lexicon_keys import iter_keys, kinds_of_keys
from kg.linking.ngram_search import THRESHOLD
from kg.linking.ngrams import NgramIndex
from kg.model import EntityType
from kg.ontology.normalize import key

if TYPE_CHECKING:
    from kg.ontology.lexicon import Lexicon

KINDS = list(EntityType)
QUESTIONS = [
    ("acute myeloic leukaemias", EntityType.DISEASE),
    ("colorectal carcinomas of old", EntityType.DISEASE),
    ("kidney failures", EntityType.DISEASE),
    ("interleukine 2", EntityType.GENE_PROTEIN),
    ("interleukine 2", EntityType.DRUG),
    ("Polterna Therapeutics", EntityType.ORGANISATION),
    ("zzzzqqqq", EntityType.DISEASE),
]


def trigrams(key: str) -> set[str]:
    framed = f"\x01{key}\x01"
    return {framed[place : place + 3] for place in range(len(framed) - 2)}


def by_brute_force(lexicon: Lexicon, wanted: str, kind: EntityType) -> dict[int, float]:
    """Return the cosine of every indexed key of a kind that is similar enough, worked out key by key."""
    names = list(iter_keys(lexicon))
    rows = [(KINDS[one], number) for one, number in zip(*map(list, kinds_of_keys(lexicon)), strict=True)]
    rows = [(one, number) for one, number in rows if 6 <= len(names[number]) <= 60 and " " not in names[number]]
    rows = [(one, number) for one, number in rows if 3 * sum(map(str.isdigit, names[number])) < len(names[number])]
    counts = Counter(gram for _, number in rows for gram in trigrams(names[number]))

    def weight(gram: str) -> float:
        return math.log((len(rows) + 1) / max(1, counts[gram])) ** 2

    def length(key: str) -> float:
        return math.sqrt(sum(map(weight, trigrams(key))))

    found = {}
    for one, number in rows:
        shared = trigrams(wanted) & trigrams(names[number])
        cosine = sum(map(weight, shared)) / (length(wanted) * length(names[number]))
        if one is kind and cosine >= THRESHOLD:
            found[number] = cosine
    return found


@pytest.mark.parametrize("block", [1 << 16, 3])
def test_all_keys_that_are_similar_enough_are_found(
    lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(ngram_arrays, "BLOCK", block)
    monkeypatch.setattr("kg.linking.ngrams.FORMAT", f"blocks-of-{block}")
    index = NgramIndex(lexicon)
    some = 0
    for name, kind in QUESTIONS:
        wanted = key(name)
        expected = by_brute_force(lexicon, wanted, kind)
        found = dict(index.similar(name, kind, 1000))
        near = {number for number in found if any(posting.type is kind for posting in index.postings(number))}
        assert near == set(expected)
        assert all(found[number] == pytest.approx(cosine, abs=2e-4) for number, cosine in expected.items())
        some += len(expected)
    assert some >= 5
