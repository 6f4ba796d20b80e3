"""Statements that the pair model reads where no rule did: a drug and its target, a drug and its harm or use."""

from __future__ import annotations

import math
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from kg.model import Evidence, Statement
from kg.statements.pairs import KINDS, Frequencies, features_of, iter_pairs
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
) -> Iterator[tuple[SentenceView, Pair, list[int], bool]]:
    """Yield every pair of a document with its features, and whether a rule read something between its ends."""
    rules: dict[tuple[int, str, str], list[str]] = {}
    for one in statements:
        key = (one.evidence.start, key_of(one.subject), key_of(one.object))
        rules.setdefault(key, []).append(f"{one.evidence.extractor}>{one.relation}{'-' if one.negated else ''}")
    frequencies = Frequencies(views)
    for view in views:
        for pair in iter_pairs(view) if len(view.slots) > 1 else ():
            names = rules.get((view.start, key_of(pair.subject.linked), key_of(pair.object.linked)), ())
            yield view, pair, features_of(view, pair, names, frequencies), bool(names)


@cache
def _weights() -> dict[str, Any]:
    import numpy as np

    with (resources.files("kg.statements") / "tables" / "pairs.npz").open("rb") as file:
        return {kind: weights.astype(np.float32) for kind, weights in np.load(file).items()}


def _chances(kind: str, buckets: list[int]) -> list[float]:
    import numpy as np

    scores = _weights()[kind][buckets].sum(axis=0)
    raised = np.exp(scores - scores.max())
    return [float(chance) for chance in raised / raised.sum()]


def _confidence(chance: float) -> float:
    """Return how often the model is right when it gives this chance: slope and offset fitted on held-out documents."""
    slope, offset = (float(value) for value in _weights()["scale"])
    bounded = min(chance, 0.999999)
    return 1 / (1 + math.exp(-(slope * math.log(bounded / (1 - bounded)) + offset)))


def read_by_model(
    views: Sequence[SentenceView], contexts: dict[int, SentenceContext], statements: Sequence[Statement]
) -> Iterator[Statement]:
    """Yield what the model is sure enough of, where no rule read a statement between the same ends.

    It learnt from abstracts: where the rules say what a drug is for, that disease is not its harm.
    """
    uses = {(key_of(one.subject), key_of(one.object)) for one in statements if one.relation in _USES}
    least = {kind: float(value) for kind, value in read_table("confidence")["pair"].items()}
    for view, pair, buckets, is_read in read_pair_features(views, statements):
        if is_read or (key_of(pair.subject.linked), key_of(pair.object.linked)) in uses:
            continue
        chances = _chances(pair.kind, buckets)
        number = max((1, 2), key=chances.__getitem__)
        if chances[number] < least[pair.kind]:
            continue
        at = min(pair.subject.end, pair.object.end), max(pair.subject.start, pair.object.start)
        reading = contexts[view.index].read(*at)
        if not reading.is_asked:
            evidence = Evidence(view.start, view.end, view.text, "model:pair", round(_confidence(chances[number]), 3))
            yield Statement(
                pair.subject.linked,
                KINDS[pair.kind][number - 1],
                pair.object.linked,
                evidence,
                reading.negated,
                reading.modality,
                reading.cue,
                stated_by=reading.stated_by.linked if reading.stated_by else None,
            )
