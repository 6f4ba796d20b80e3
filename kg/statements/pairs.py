"""Pairs of mentions in one sentence with what stands between and around them: the features of the pair model."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.statements.topics import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.statements.view import SentenceView, Slot

BUCKETS = 1 << 15
MOST_PAIRS = 60
KINDS = {"DG": ("inhibits", "activates"), "DS": ("causes_adverse_event", "treats")}
"""The pairs that the model judges, by the letters of subject and object, and the relations it knows for each."""
_WORD = re.compile(r"[A-Z]+|[a-z][a-z-]*|\d+|[^\sA-Za-z\d]")
_REACH = 260


@dataclass(frozen=True, slots=True)
class Pair:
    """A drug and a gene, or a drug and a disease, of one sentence."""

    kind: str
    subject: Slot
    object: Slot


def iter_pairs(view: SentenceView) -> Iterator[Pair]:
    """Yield the pairs of a sentence, the nearest mentions of each pair of things, at most sixty."""
    nearest: dict[tuple[str, str, str], tuple[int, Pair]] = {}
    drugs = [slot for slot in view.slots if slot.letter == "D"]
    for drug in drugs[:12]:
        for slot in view.slots[:40]:
            kind = "D" + slot.letter
            if kind not in KINDS or (drug.dependent and kind == "DS") or key_of(slot.linked) == key_of(drug.linked):
                continue
            gap = max(drug.start, slot.start) - min(drug.end, slot.end)
            key = (kind, key_of(drug.linked), key_of(slot.linked))
            if 0 <= gap <= _REACH and (key not in nearest or gap < nearest[key][0]):
                nearest[key] = (gap, Pair(kind, drug, slot))
    for _, pair in list(nearest.values())[:MOST_PAIRS]:
        yield pair


class Frequencies:
    """How often each thing, and each pair of things, is spoken of in a document, and what its title names."""

    def __init__(self, views: Sequence[SentenceView]) -> None:
        self._things: Counter[str] = Counter(key_of(slot.linked) for view in views for slot in view.slots)
        self._title = {key_of(slot.linked) for view in views[:1] for slot in view.slots}
        self._pairs: Counter[tuple[str, str]] = Counter(
            (key_of(pair.subject.linked), key_of(pair.object.linked)) for view in views for pair in iter_pairs(view)
        )

    def names_of(self, pair: Pair) -> Iterator[str]:
        """Yield the names of the features that the whole document gives a pair."""
        subject, target = key_of(pair.subject.linked), key_of(pair.object.linked)
        together = min(4, self._pairs[subject, target])
        title = (subject in self._title, target in self._title)
        yield f"together={together}"
        yield f"titled={title}"
        yield f"together={together}&titled={title}"
        yield f"often={min(4, self._things[subject] // 2)},{min(4, self._things[target] // 2)}"


def features_of(view: SentenceView, pair: Pair, rules: Iterable[str], frequencies: Frequencies) -> list[int]:
    """Return the buckets of a pair's features; ``rules`` are the rules that read something between its ends."""
    names = {*_names(view, pair, rules), *frequencies.names_of(pair)}
    return sorted({zlib.crc32(f"{pair.kind}|{name}".encode()) % BUCKETS for name in names})


def _names(view: SentenceView, pair: Pair, rules: Iterable[str]) -> Iterator[str]:
    first, last = sorted((pair.subject, pair.object), key=lambda slot: slot.start)
    order = "so" if first is pair.subject else "os"
    between = _words(view.full[first.end : last.start])
    before = _words(view.full[max(0, first.start - 60) : first.start])[-3:]
    after = _words(view.full[last.end : last.end + 60])[:3]
    yield "bias"
    yield order
    yield f"length={min(8, len(between) // 3)}"
    yield f"mentions={min(4, sum(word.isupper() for word in between))}"
    yield f"title={view.index == 0}"
    for rule in rules:
        yield f"rule={rule}"
    for word in between:
        yield f"{order}:{word}"
    for one, two in zip(["^", *between], [*between, "$"], strict=True):
        yield f"{order}:{one}_{two}"
    for word in before:
        yield f"{order}<{word}"
    for word in after:
        yield f"{order}>{word}"
    if before:
        yield f"{order}<<{before[-1]}"
    if after:
        yield f"{order}>>{after[0]}"
    if len(between) <= 4:
        yield f"{order}={' '.join(between)}"


def _words(text: str) -> list[str]:
    return [word[0] if word.isupper() else "0" if word.isdigit() else word for word in _WORD.findall(text)]
