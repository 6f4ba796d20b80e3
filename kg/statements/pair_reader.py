"""Statements that the pair model reads where no rule did: a drug and its target, a drug and its harm or use."""

from __future__ import annotations

import math
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from kg.model import Evidence, Statement
from kg.statements.pair_features import features_of
from kg.statements.pairs import KINDS, DocumentThings
from kg.statements.tables import read_table
from kg.statements.topics import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.statements.context import SentenceContext
    from kg.statements.pairs import Pair
    from kg.statements.view import SentenceView

_USES = frozenset({"treats", "studied_for", "prevents"})


def read_pair_features(
    views: Sequence[SentenceView], statements: Iterable[Statement]
) -> Iterator[tuple[Pair, list[int], frozenset[str]]]:
    """Yield every pair of a document with its features, and the relations that the rules read between its ends."""
    rules: dict[tuple[str, str], set[str]] = {}
    read: dict[tuple[str, str], set[str]] = {}
    for one in statements:
        ends = key_of(one.subject), key_of(one.object)
        told = f"{one.relation}{'-' if one.negated else ''}"
        rules.setdefault(ends, set()).update((told, f"{one.evidence.extractor}>{told}"))
        read.setdefault(ends, set()).add(one.relation)
    things = DocumentThings(views)
    for pair in things.pairs():
        ends = pair.subject, pair.object
        yield pair, features_of(pair, rules.get(ends, ()), things), frozenset(read.get(ends, ()))


@cache
def _weights() -> dict[str, Any]:
    import numpy as np

    with (resources.files("kg.statements") / "tables" / "pairs.npz").open("rb") as file:
        return {name: weights.astype(np.float32) for name, weights in np.load(file).items()}


def chance_of(weights: Any, buckets: Sequence[int]) -> float:
    """Return the chance that a relation holds: a logistic model whose last weight is the intercept."""
    score = float(weights[list(buckets)].sum()) / math.sqrt(len(buckets)) + float(weights[-1])
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def _confidence(chance: float) -> float:
    """Return how often the model is right when it gives this chance: slope and offset fitted on held-out documents."""
    slope, offset = (float(value) for value in _weights()["scale"])
    bounded = min(max(chance, 1e-6), 1 - 1e-6)
    return 1 / (1 + math.exp(-(slope * math.log(bounded / (1 - bounded)) + offset)))


def read_by_model(
    views: Sequence[SentenceView], contexts: dict[int, SentenceContext], statements: Sequence[Statement]
) -> Iterator[Statement]:
    """Yield what the model is sure enough of, where no rule read a statement between the same ends.

    It learnt from abstracts: where the rules say what a drug is for, that disease is not its harm.
    """
    least = {relation: float(value) for relation, value in read_table("confidence")["pair"].items()}
    for pair, buckets, read in read_pair_features(views, statements):
        if read & {*KINDS[pair.kind], *_USES}:
            continue
        chances = {relation: chance_of(_weights()[relation], buckets) for relation in KINDS[pair.kind]}
        relation = max(chances, key=lambda each: chances[each] - least[each])
        if chances[relation] >= least[relation]:
            yield from _statement(pair, relation, chances[relation], contexts)


def _statement(pair: Pair, relation: str, chance: float, contexts: dict[int, SentenceContext]) -> Iterator[Statement]:
    """Yield the statement with the sentence in which the ends stand nearest, unless all of them only ask."""
    confidence = round(_confidence(chance), 3)
    for meeting in sorted(pair.meetings, key=lambda each: each.gap):
        view, one, other = meeting.view, meeting.subject, meeting.object
        reading = contexts[view.index].read(min(one.end, other.end), max(one.start, other.start))
        if reading.is_asked:
            continue
        evidence = Evidence(view.start, view.end, view.text, "model:pair", confidence)
        stated_by = reading.stated_by.linked if reading.stated_by else None
        yield Statement(
            one.linked, relation, other.linked, evidence, reading.negated, reading.modality, reading.cue,
            stated_by=stated_by,
        )  # fmt: skip
        return
