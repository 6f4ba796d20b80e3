"""One list of mentions out of what several recognizers found.

The rule, in this order:

1. Every span is cut to its name (``kg.recognition.spans``).
2. A name has one type in a document: each recognizer votes with its weight times its score at every place where it
   finds the name; what the document itself defines as an abbreviation has the type of its long form.
3. A mention stays when its support reaches the threshold; of overlapping mentions the one with the most support
   stays, and one that holds another as a whole has more support than its part.
4. Every other place where an accepted name stands is a mention too.
5. ``recognizers`` lists all that found the span; score is the best of theirs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.model import EntityType, Mention
from kg.recognition.abbreviations import apply_abbreviations
from kg.recognition.apposition import apply_appositions
from kg.recognition.arbitration import retyped, without_parts_of_organisations
from kg.recognition.coreference import find_coreferences
from kg.recognition.spans import Taken, clean, in_order, occurrences
from kg.recognition.vetoes import allowed
from kg.recognition.words import is_common

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Analysis
    from kg.pipeline import Recognizer

_MODEL, _DICTIONARY, _PATTERNS = "model", "dictionary", "patterns"
_WEIGHTS = {"organisations": 1.6, "curated": 1.4, _DICTIONARY: 1.0, _PATTERNS: 1.0}
_OTHER_WEIGHT = 1.0
_HOLDING_BONUS = 0.35
_SUPPORT_NEEDED = 0.5
_SPREAD_SHARE = 0.3
_SURE = 0.9
_PATTERN_TRUST = 2.0
_PATTERN_DOUBT = 0.4
_NEWS_ORGANISATIONS = 2
_SPREAD_SCORE = 0.55
_SHORTEST_SPREAD = 3
_FIXED = frozenset({EntityType.PHASE, EntityType.APPLICATION, EntityType.PROCEDURE})
"""Types found by fixed forms only: they take no part in the vote."""
_MODEL_TYPES = frozenset({EntityType.DRUG, EntityType.DISEASE, EntityType.GENE_PROTEIN})
"""Types of which the model knows so much that its silence says something."""


@dataclass(frozen=True, slots=True)
class _Weights:
    """How far the model is trusted, and how much support a name needs that only the dictionary knows."""

    model: float
    needed_alone: float


_NEWS = _Weights(model=1.0, needed_alone=0.6)
_LITERATURE = _Weights(model=1.8, needed_alone=0.95)
"""The model has learned from abstracts: there it knows better than the dictionary, in news it does not."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    mention: Mention
    support: float


class MergingRecognizer:
    """Runs several recognizers and merges what they find; the pipeline holds one of these."""

    def __init__(self, recognizers: Sequence[Recognizer]) -> None:
        """Use these recognizers, whose mentions name them in ``recognizers``."""
        self._recognizers = tuple(recognizers)

    def recognize(self, analysis: Analysis) -> Sequence[Mention]:
        """Return the mentions in text order; only coreferent ones may overlap others."""
        text = analysis.document.text
        long_forms = frozenset((pair.long.start, pair.long.end) for pair in analysis.abbreviations)
        found = [
            cleaned
            for recognizer in self._recognizers
            for mention in recognizer.recognize(analysis)
            if (cleaned := clean(text, mention, long_forms)) is not None and _can_name(cleaned)
        ]
        found = without_parts_of_organisations(found)
        found = list(allowed(analysis, found, _known_without_model(found)))
        weights = _LITERATURE if _is_literature(found) else _NEWS
        found = found if weights is _LITERATURE else list(retyped(text, found))
        chosen = _choose(_voted(found, weights), weights)
        chosen = apply_abbreviations(analysis, chosen)
        chosen = apply_appositions(text, chosen)
        chosen = _spread(text, chosen)
        return in_order((*chosen, *find_coreferences(analysis, in_order(chosen))))


def _can_name(mention: Mention) -> bool:
    """Whether the text holds a letter and is more than one letter: no telephone numbers, no bullets."""
    letters = sum(char.isalpha() for char in mention.text)
    return letters > 0 and len(mention.text) > 1


def name_key(text: str) -> str:
    """Return what two writings of one name share: case counts only in short names.

    >>> name_key("Lecanemab") == name_key("lecanemab"), name_key("ALL") == name_key("all")
    (True, False)
    """
    joined = " ".join(text.split())
    return joined.casefold() if len(joined) > len("AB-12") else joined


def _voted(found: Sequence[Mention], weights: _Weights) -> list[Mention]:
    """Return the mentions with the type that their name has in the document."""
    votes: dict[str, dict[EntityType, float]] = defaultdict(lambda: defaultdict(float))
    in_lexicon = {name_key(mention.text) for mention in found if _DICTIONARY in mention.recognizers}
    for mention in found:
        if mention.type not in _FIXED:
            name = name_key(mention.text)
            votes[name][mention.type] += _weight(mention, weights) * _pattern_factor(
                mention, in_lexicon=name in in_lexicon
            )
    result: list[Mention] = []
    for mention in found:
        ballot = votes[name_key(mention.text)] if mention.type not in _FIXED else {}
        winner = max(ballot, key=lambda entity_type: (ballot[entity_type], entity_type), default=mention.type)
        result.append(mention if winner is mention.type else replace(mention, type=winner))
    return result


def _weight(mention: Mention, weights: _Weights) -> float:
    trust = max(weights.model if name == _MODEL else _WEIGHTS.get(name, _OTHER_WEIGHT) for name in mention.recognizers)
    return trust * mention.score


def _pattern_factor(mention: Mention, *, in_lexicon: bool) -> float:
    """Let the use as a drug outvote the model on a code that no list knows, and the lexicon outvote the use."""
    if mention.recognizers != (_PATTERNS,):
        return 1.0
    return _PATTERN_DOUBT if in_lexicon else _PATTERN_TRUST


def _known_without_model(found: Sequence[Mention]) -> frozenset[str]:
    return frozenset(mention.text for mention in found if mention.recognizers != (_MODEL,))


def _is_literature(found: Sequence[Mention]) -> bool:
    """Whether the text names hardly any organisation, as abstracts and articles do."""
    sure = sum(mention.type is EntityType.ORGANISATION and mention.score >= _SURE for mention in found)
    return sure < _NEWS_ORGANISATIONS


def _choose(found: Sequence[Mention], weights: _Weights) -> list[Mention]:
    """Return the mentions that stay: enough support, and no overlap."""
    model_names = {name_key(mention.text) for mention in found if _MODEL in mention.recognizers}
    chosen: list[Mention] = []
    candidates = [
        candidate
        for candidate in _joined(found, weights)
        if candidate.support >= _support_needed(candidate.mention, model_names, weights)
    ]
    for cluster in _clusters(candidates):
        chosen += _heaviest(cluster) if len(cluster) > 1 else [cluster[0].mention]
    return chosen


def _support_needed(mention: Mention, model_names: set[str], weights: _Weights) -> float:
    """Return more for a name that only the dictionary knows although a model has read the text."""
    alone = mention.recognizers == (_DICTIONARY,) and mention.type in _MODEL_TYPES
    if alone and model_names and name_key(mention.text) not in model_names:
        return weights.needed_alone
    return _SUPPORT_NEEDED


def _heaviest(cluster: Sequence[_Candidate]) -> list[Mention]:
    """Return the mentions of a cluster that do not overlap and together have the most support."""
    ordered = sorted(cluster, key=lambda one: (one.mention.end, one.mention.start, one.mention.type))
    best: list[tuple[float, list[Mention]]] = [(0.0, [])]
    for index, candidate in enumerate(ordered):
        before = index
        while before and ordered[before - 1].mention.end > candidate.mention.start:
            before -= 1
        with_it = best[before][0] + _total(candidate, cluster)
        if with_it > best[index][0]:
            best.append((with_it, [*best[before][1], candidate.mention]))
        else:
            best.append(best[index])
    return best[-1][1]


def _joined(found: Sequence[Mention], weights: _Weights) -> Iterator[_Candidate]:
    """Yield one candidate for each span and type, with all who found it."""
    groups: dict[tuple[int, int, EntityType], list[Mention]] = defaultdict(list)
    for mention in found:
        groups[mention.start, mention.end, mention.type].append(mention)
    for group in groups.values():
        names = tuple(sorted({name for mention in group for name in mention.recognizers}))
        best = max(group, key=lambda mention: mention.score)
        yield _Candidate(replace(best, recognizers=names), sum(_weight(mention, weights) for mention in group))


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


def _total(candidate: _Candidate, cluster: Sequence[_Candidate]) -> float:
    """Return the support, more for a mention that holds others whole."""
    mention = candidate.mention
    held = any(
        other is not candidate and mention.start <= other.mention.start and other.mention.end <= mention.end
        for other in cluster
    )
    return candidate.support + (_HOLDING_BONUS if held else 0.0)


def _spread(text: str, chosen: Sequence[Mention]) -> list[Mention]:
    """Return the mentions and one at every other place where an accepted name stands."""
    best: dict[str, Mention] = {}
    for mention in chosen:
        if mention.type in _FIXED or mention.score < _SPREAD_SCORE or len(mention.text) < _SHORTEST_SPREAD:
            continue
        if is_common(mention.text):
            continue
        for writing in (mention.text, mention.text[:1].upper() + mention.text[1:]):
            known = best.get(writing)
            if known is None or mention.score > known.score:
                best[writing] = mention
    taken = Taken(len(text))
    taken.cover(chosen)
    places: dict[str, list[Mention]] = defaultdict(list)
    for match in occurrences(text, tuple(best)):
        source = best.get(match[0]) or best.get(" ".join(match[0].split()))
        if source is not None and taken.is_free(*match.span()):
            spread = replace(source, start=match.start(), end=match.end(), text=match[0])
            places[name_key(source.text)].append(spread)
    counts = Counter(name_key(mention.text) for mention in chosen)
    accepted = [
        mention
        for name, mentions in places.items()
        for mention in mentions
        if mention.recognizers != (_MODEL,) or counts[name] >= _SPREAD_SHARE * (counts[name] + len(mentions))
    ]
    return [*chosen, *accepted]
