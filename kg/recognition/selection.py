"""Which mentions stay: those with enough support, and of overlapping ones the set with the most support together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.model import EntityType, Mention
from kg.recognition.voting import DICTIONARY, is_model_only, name_key, weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.recognition.voting import Weights

_HOLDING_BONUS = 0.35
_SUPPORT_NEEDED = 0.5
_SHIPPED_MODEL = "model"
_MODEL_TYPES = frozenset({EntityType.DRUG, EntityType.DISEASE, EntityType.GENE_PROTEIN})
"""Types of which the model knows so much that its silence says something."""
_MARKED = frozenset({EntityType.GENE_PROTEIN, EntityType.CELL})


@dataclass(frozen=True, slots=True)
class _Candidate:
    mention: Mention
    support: float


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the model alone found: names, ends with their types, and the types that it knows."""

    names: frozenset[str]
    ends: frozenset[tuple[int, EntityType]]
    types: frozenset[EntityType]


def choose(found: Sequence[Mention], weights: Weights) -> list[Mention]:
    """Return the mentions that stay: enough support, and no overlap."""
    by_model = [mention for mention in found if is_model_only(mention)]
    shipped = any(_SHIPPED_MODEL in mention.recognizers for mention in by_model)
    reading = _Reading(
        frozenset(name_key(mention.text) for mention in by_model),
        frozenset((mention.end, mention.type) for mention in by_model),
        _MODEL_TYPES if shipped else frozenset(mention.type for mention in by_model),
    )
    chosen: list[Mention] = []
    candidates = [
        candidate
        for candidate in _joined(found, weights)
        if candidate.support >= _support_needed(candidate.mention, reading, weights)
    ]
    for cluster in _clusters(candidates):
        chosen += _heaviest(cluster, weights) if len(cluster) > 1 else [cluster[0].mention]
    return chosen


def _support_needed(mention: Mention, reading: _Reading, weights: Weights) -> float:
    """Return more for a name that only the dictionary knows although a model has read the text.

    It is not alone where the model found its head: "cancer" in a longer name of the dictionary.
    """
    alone = mention.recognizers == (DICTIONARY,) and mention.type in _MODEL_TYPES & reading.types
    if alone and name_key(mention.text) not in reading.names and (mention.end, mention.type) not in reading.ends:
        return weights.needed_alone
    return _SUPPORT_NEEDED


def _heaviest(cluster: Sequence[_Candidate], weights: Weights) -> list[Mention]:
    """Return the mentions of a cluster that do not overlap and together have the most support."""
    ordered = sorted(cluster, key=lambda one: (one.mention.end, one.mention.start, one.mention.type))
    best: list[tuple[float, list[Mention]]] = [(0.0, [])]
    for index, candidate in enumerate(ordered):
        before = index
        while before and ordered[before - 1].mention.end > candidate.mention.start:
            before -= 1
        with_it = best[before][0] + _total(candidate, cluster, weights)
        if with_it > best[index][0]:
            best.append((with_it, [*best[before][1], candidate.mention]))
        else:
            best.append(best[index])
    return best[-1][1]


def _joined(found: Sequence[Mention], weights: Weights) -> Iterator[_Candidate]:
    """Yield one candidate for each span and type, with all who found it."""
    groups: dict[tuple[int, int, EntityType], list[Mention]] = defaultdict(list)
    for mention in found:
        groups[mention.start, mention.end, mention.type].append(mention)
    for group in groups.values():
        names = tuple(sorted({name for mention in group for name in mention.recognizers}))
        best = max(group, key=lambda mention: mention.score)
        yield _Candidate(replace(best, recognizers=names), sum(weight(mention, weights) for mention in group))


def _clusters(candidates: Sequence[_Candidate]) -> Iterator[list[_Candidate]]:
    """Yield groups of candidates that overlap one another directly or by a chain."""
    cluster: list[_Candidate] = []
    reach = -1
    for candidate in sorted(candidates, key=lambda one: (one.mention.start, one.mention.end)):
        if cluster and candidate.mention.start >= reach:
            yield cluster
            cluster = []
        cluster.append(candidate)
        reach = max(reach, candidate.mention.end)
    if cluster:
        yield cluster


def _total(candidate: _Candidate, cluster: Sequence[_Candidate], weights: Weights) -> float:
    """Return the support, more for a mention that holds others whole, much more where only a model knows them.

    A cell's name in the lexicon is one name, whatever marker it begins with: "CD4+ T cells".
    """
    parts = [other for other in cluster if other is not candidate and _holds(candidate.mention, other.mention)]
    if not parts:
        return candidate.support
    if _is_marked_cell(candidate.mention, parts):
        return candidate.support + sum(part.support for part in parts)
    doubtful = not is_model_only(candidate.mention) and all(is_model_only(part.mention) for part in parts)
    return candidate.support + (weights.over_model if doubtful else _HOLDING_BONUS)


def _is_marked_cell(mention: Mention, parts: Sequence[_Candidate]) -> bool:
    """Whether the lexicon has a cell by a name that begins with its marker, a gene."""
    return (
        mention.type is EntityType.CELL
        and DICTIONARY in mention.recognizers
        and all(part.mention.type in _MARKED for part in parts)
    )


def _holds(mention: Mention, part: Mention) -> bool:
    return mention.start <= part.start and part.end <= mention.end
