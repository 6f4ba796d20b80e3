"""Mentions of names in the lexicon, by the case rule, the stop list and the most trusted type."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.model import EntityType, Mention
from kg.ontology.names import SHORT, NameStatus, Posting, case_fits
from kg.recognition.words import is_common, load_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Analysis, Span
    from kg.ontology.lexicon import Lexicon

_NAME = "dictionary"
_TRUST = {
    NameStatus.LABEL: 0.9,
    NameStatus.CURATED: 1.0,
    NameStatus.EXACT: 0.85,
    NameStatus.BRAND: 0.7,
    NameStatus.ABBREVIATION: 0.7,
    NameStatus.CODE: 0.65,
    NameStatus.RELATED: 0.55,
}
_LIKELY = {
    EntityType.DISEASE: 0.05,
    EntityType.DRUG: 0.02,
    EntityType.CELL: 0.06,
    EntityType.GENE_PROTEIN: 0.04,
    EntityType.PROCESS: 0.0,
    EntityType.ORGANISATION: -0.1,
}
"""Added where a name stands in lists of several types: which of them texts mean more often."""
_CAPITAL_LETTERS = 0.6


class DictionaryRecognizer:
    """Finds what the lexicon has a name for."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Use an open lexicon."""
        self._lexicon = lexicon

    def recognize(self, analysis: Analysis) -> Sequence[Mention]:
        """Return the longest names, in text order; they do not overlap."""
        text = analysis.document.text
        capitals = _capital_sentences(analysis)
        mentions: list[Mention] = []
        last = 0
        for start, end, postings in self._lexicon.scan(text, analysis.tokens):
            if start < last:
                continue
            mention = _mention(text, start, end, postings, shouting=_inside(capitals, start))
            if mention is not None:
                mentions.append(mention)
                last = end
        return tuple(mentions)


def _mention(text: str, start: int, end: int, postings: Sequence[Posting], *, shouting: bool) -> Mention | None:
    surface = text[start:end]
    fitting = [posting for posting in postings if case_fits(surface, posting)]
    if not fitting or is_stopped(surface) or "\n\n" in surface:
        return None
    if shouting and len(surface) <= SHORT and is_common(surface):
        return None
    entity_type, score = best_type(surface, fitting)
    if entity_type is EntityType.ORGANISATION and _is_plain_name(surface):
        return None
    return Mention(start, end, surface, entity_type, (_NAME,), score)


def is_stopped(surface: str) -> bool:
    """Whether a name says too little to be a mention: a stop word, a number, one or two small letters.

    >>> is_stopped("patients"), is_stopped("AML"), is_stopped("12")
    (True, False, True)
    """
    folded = " ".join(surface.casefold().split())
    letters = sum(char.isalpha() for char in surface)
    if folded in load_words("stop_names") or letters == 0:
        return True
    return letters < len("ab") or (len(surface) <= len("abc") and not any(char.isupper() for char in surface))


def best_type(surface: str, postings: Sequence[Posting]) -> tuple[EntityType, float]:
    """Return the type that the postings speak for most, with a score in [0, 1]."""
    votes: dict[EntityType, float] = defaultdict(float)
    for posting in postings:
        trust = _TRUST[posting.status] + (0.05 if posting.name == surface else 0.0)
        votes[posting.type] = max(votes[posting.type], trust)
    if len(votes) > 1:
        for entity_type in votes:
            votes[entity_type] += _LIKELY.get(entity_type, 0.0)
    chosen = max(votes, key=lambda entity_type: (votes[entity_type], entity_type))
    certain = 1.0 if len(votes) == 1 else 0.9
    plain = 0.8 if is_common(surface) else 1.0
    return chosen, round(min(1.0, votes[chosen]) * certain * plain, 4)


def _is_plain_name(surface: str) -> bool:
    """Whether a company's name is a plain word or a place: the text must mark it as an organisation."""
    words = surface.split()
    return (
        surface in load_words("places")
        or not surface[:1].isupper()
        or all(is_common(word.strip(".,")) for word in words)
        or (len(words) == 1 and len(surface) <= SHORT)
    )


def _capital_sentences(analysis: Analysis) -> tuple[Span, ...]:
    """Return the sentences written in capitals, where case says nothing."""
    from kg.model import Span

    text = analysis.document.text
    return tuple(
        Span(sentence.start, sentence.end)
        for sentence in analysis.sentences
        if _share_of_capitals(text[sentence.start : sentence.end]) > _CAPITAL_LETTERS
    )


def _share_of_capitals(text: str) -> float:
    letters = [char for char in text if char.isalpha()]
    return sum(char.isupper() for char in letters) / len(letters) if letters else 0.0


def _inside(spans: Sequence[Span], position: int) -> bool:
    return any(span.start <= position < span.end for span in spans)
