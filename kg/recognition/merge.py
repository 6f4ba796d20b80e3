"""One list of mentions out of what several recognizers found.

The rule, in this order:

1. Every span is cut to its name (``kg.recognition.spans``).
2. A name has one type in a document: each recognizer votes with its weight times its score at every place where it
   finds the name; what the document itself defines as an abbreviation has the type of its long form.
3. A mention stays when its support reaches the threshold; of overlapping mentions the one with the most support
   stays, and one that holds another as a whole has more support than its part.
4. Every other place where an accepted name stands is a mention too.
5. A coordination that only the model takes for one name is parted (``kg.recognition.coordination``).
6. ``recognizers`` lists all that found the span; score is the best of theirs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.model import EntityType, Mention
from kg.recognition.abbreviations import apply_abbreviations
from kg.recognition.apposition import apply_appositions
from kg.recognition.arbitration import retyped, without_diseases_of_organelles, without_parts_of_organisations
from kg.recognition.cell_phrases import with_cell_phrases
from kg.recognition.compounds import joined, parted, without_loose_words, without_pairs
from kg.recognition.coreference import find_coreferences
from kg.recognition.head_words import named_by_head
from kg.recognition.selection import choose
from kg.recognition.spans import Taken, clean, in_order, occurrences
from kg.recognition.trial_names import trial_places
from kg.recognition.vetoes import allowed
from kg.recognition.voting import FIXED_TYPES, LITERATURE, NEWS, is_model_only, name_key, voted, weights_for
from kg.recognition.words import is_common, is_unreliable, load_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.model import Analysis
    from kg.pipeline import Recognizer
    from kg.recognition.coordination import Coordinations
    from kg.recognition.voting import Weights

_ENGLISH = "en"
_INTERNATIONAL = frozenset({EntityType.DRUG, EntityType.ORGANISATION})
_SURE_ABROAD = 0.85
_UNSTOPPED = FIXED_TYPES | {EntityType.ORGANISATION}
_SPREAD_SCORE = 0.8
_SHORTEST_SPREAD = 3


class MergingRecognizer:
    """Runs several recognizers and merges what they find; the pipeline holds one of these."""

    def __init__(self, recognizers: Sequence[Recognizer], coordinations: Coordinations | None = None) -> None:
        """Use these recognizers, whose mentions name them in ``recognizers``; without the other no name is parted."""
        self._recognizers = tuple(recognizers)
        self._coordinations = coordinations

    def recognize(self, analysis: Analysis) -> Sequence[Mention]:
        """Return the mentions in text order; only coreferent ones may overlap others."""
        text = analysis.document.text
        if analysis.document.language != _ENGLISH:
            return self._without_rules(analysis)
        long_forms = frozenset((pair.long.start, pair.long.end) for pair in analysis.abbreviations)
        found = [
            cleaned
            for recognizer in self._recognizers
            for mention in recognizer.recognize(analysis)
            for cleaned in _named(clean(text, mention, long_forms))
            if _can_name(cleaned)
        ]
        found = without_pairs(text, without_parts_of_organisations(without_diseases_of_organelles(found)))
        weights = weights_for(found, len(text))
        known = frozenset(mention.text for mention in found if not is_model_only(mention))
        trials = trial_places(text) if weights is NEWS else []
        found = list(allowed(analysis, found, known, trials, is_news=weights is NEWS))
        found = found if weights is LITERATURE else list(retyped(text, found))
        chosen = choose(voted(found, weights), weights)
        chosen = without_loose_words(text, chosen)
        chosen = list(parted(apply_abbreviations(analysis, chosen)))
        is_news = weights is NEWS
        chosen = with_cell_phrases(text, apply_appositions(text, chosen), is_news=is_news)
        chosen = joined(text, chosen) if is_news else chosen
        chosen = _spread(text, chosen, weights, trials)
        if self._coordinations is not None:
            chosen = list(self._coordinations.parted(analysis, chosen))
        return in_order((*chosen, *find_coreferences(analysis, in_order(chosen))))

    def _without_rules(self, analysis: Analysis) -> Sequence[Mention]:
        """Return what is sure in a text that is not English: names of drugs and organisations, no rules of grammar."""
        found = [
            mention
            for recognizer in self._recognizers
            for mention in recognizer.recognize(analysis)
            if not is_model_only(mention) and mention.type in _INTERNATIONAL and mention.score >= _SURE_ABROAD
        ]
        return in_order(choose(voted(found, NEWS), NEWS))


def _named(mention: Mention | None) -> Iterable[Mention]:
    """Return what a cleaned span names: of a cell or a process that a model alone sees, what its last word allows."""
    if mention is None:
        return ()
    return named_by_head(mention) if is_model_only(mention) else (mention,)


def _can_name(mention: Mention) -> bool:
    """Whether the text holds a letter and says something: no telephone numbers, no bullets, no lone "disease"."""
    if not any(char.isalpha() for char in mention.text):
        return False
    if is_model_only(mention):
        is_stopped = mention.type is EntityType.CELL and mention.text.casefold() in load_words("stop_names")
        return not is_stopped and not (
            mention.type is EntityType.PROCESS and is_unreliable(mention.text, EntityType.PROCESS)
        )
    if len(mention.text) <= 1:
        return False
    return mention.type in _UNSTOPPED or " ".join(mention.text.casefold().split()) not in load_words("stop_names")


def _spread(text: str, chosen: Sequence[Mention], weights: Weights, trials: Sequence[tuple[int, int]]) -> list[Mention]:
    """Return the mentions and one at every other place where an accepted name stands, but in no trial's name."""
    best: dict[str, Mention] = {}
    for mention in chosen:
        if mention.type in FIXED_TYPES or mention.score < _SPREAD_SCORE or len(mention.text) < _SHORTEST_SPREAD:
            continue
        if is_common(mention.text):
            continue
        for writing in (mention.text, mention.text[:1].upper() + mention.text[1:]):
            known = best.get(writing)
            if known is None or mention.score > known.score:
                best[writing] = mention
    taken = Taken(len(text))
    taken.cover([(mention.start, mention.end) for mention in chosen])
    taken.cover(trials)
    places: dict[str, list[Mention]] = defaultdict(list)
    for start, end in occurrences(text, best):
        source = best.get(text[start:end]) or best.get(" ".join(text[start:end].split()))
        if source is not None and taken.is_free(start, end):
            spread = replace(source, start=start, end=end, text=text[start:end])
            places[name_key(source.text)].append(spread)
    counts = Counter(name_key(mention.text) for mention in chosen)
    accepted = [
        mention
        for name, mentions in places.items()
        for mention in mentions
        if not is_model_only(mention) or counts[name] >= weights.spread * (counts[name] + len(mentions))
    ]
    return [*chosen, *accepted]
