"""What speaks for an identifier of a vocabulary as what a mention is to be told by, beside the evidence it came from.

A feature is a function of the question and the candidate; one more is one more line in ``ToldFeatures.table``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import log2
from typing import TYPE_CHECKING

from kg.linking.name_vectors import TYPES
from kg.linking.vocabulary import MESH
from kg.ontology.normalize import word_spans

if TYPE_CHECKING:
    from kg.linking.name_vectors import NameVectors
    from kg.linking.questions import Question
    from kg.linking.ranking import Scored
    from kg.linking.telling import Telling
    from kg.linking.usage import Usage
    from kg.model import Curie
    from kg.ontology.lexicon import Lexicon

Feature = Callable[["Question", "Scored"], float]
"""A number for a candidate that is told (``Scored.told``); 0 says nothing."""
_CACHE_LIMIT = 20_000
_MOST_NAMES = 60
_STEM = 6
_FAR = 3


def way_features(told: Telling) -> dict[str, float]:
    """Return what says how far it is from what has the name to what has the identifier; nothing for itself."""
    if told.steps < 0:
        found = {"told:member": 1.0}
        if told.nearer:
            found["members"] = float(told.nearer)
        if told.is_namesake:
            found["namesake"] = 1.0
        if told.less_known:
            found["less_known_member"] = told.less_known
        return found
    if told.steps == 0:
        return {}
    found = {"told:above": 1.0, "steps": float(min(_FAR, told.steps) - 1)}
    if told.nearer:
        found["passed"] = float(told.nearer)
    return found


class ToldFeatures:
    """The features of identifiers, with what they need of the lexicon."""

    def __init__(
        self,
        lexicon: Lexicon,
        meanings: NameVectors | None,
        usage: Usage,
        more: Mapping[str, Feature] | None = None,
    ) -> None:
        self._lexicon = lexicon
        self._usage = usage
        self._meanings = meanings
        self._words: dict[Curie, tuple[frozenset[str], ...]] = {}
        self.table: dict[str, Feature] = {
            "unlike_mention": self._unlike_mention,
            "unlike_name": self._unlike_name,
            "unlike_meaning": self._unlike_meaning,
            "used": self._used,
            "used_so": self._used_so,
            "used_otherwise": self._used_otherwise,
            **(more or {}),
        }

    def of(self, question: Question, scored: Scored) -> dict[str, float]:
        """Return the features of a candidate that is told; what is 0 is left out."""
        found = {name: value for name, feature in self.table.items() if (value := feature(question, scored))}
        if scored.told is not None:
            found[f"record:{record_kind(scored.told.identifier)}"] = 1.0
        return found

    def _unlike_mention(self, question: Question, scored: Scored) -> float:
        """Return the share of the mention's words that the most similar name of the identifier lacks."""
        asked = _stems(question.long_form or question.text)
        return 1 - len(asked & self._best(asked, scored)) / len(asked) if asked else 0.0

    def _unlike_name(self, question: Question, scored: Scored) -> float:
        """Return the share of the words of the identifier's most similar name that the mention lacks."""
        asked = _stems(question.long_form or question.text)
        best = self._best(asked, scored)
        return 1 - len(asked & best) / len(best) if best else 0.0

    def _unlike_meaning(self, question: Question, scored: Scored) -> float:
        """Return how far the nearest name of the identifier is from the mention in meaning, as 1 less the cosine.

        A mention whose type nobody said is taken for one of the candidate's.
        """
        if self._meanings is None or scored.told is None or (question.type or scored.told.owner.type) not in TYPES:
            return 0.0
        return 1 - self._meanings.similarity(question.long_form or question.text, scored.told.owner.curie)

    def _used(self, _: Question, scored: Scored) -> float:
        """Return the logarithm of how many documents are known to be told by the identifier."""
        return log2(1 + self._usage.documents.get(scored.told.identifier, 0)) if scored.told is not None else 0.0

    def _used_so(self, question: Question, scored: Scored) -> float:
        """Return the logarithm of how many documents are known to tell what has this name by the identifier."""
        told = self._usage.under(question.long_form or question.text, question.type)
        return log2(1 + told.get(scored.told.identifier, 0)) if told and scored.told is not None else 0.0

    def _used_otherwise(self, question: Question, scored: Scored) -> float:
        """Return the logarithm of how many documents are known to tell what has this name by another identifier."""
        told = self._usage.under(question.long_form or question.text, question.type)
        if not told or scored.told is None:
            return 0.0
        return log2(1 + sum(told.values()) - told.get(scored.told.identifier, 0))

    def _best(self, asked: frozenset[str], scored: Scored) -> frozenset[str]:
        names = self._names(scored.told.owner.curie) if scored.told is not None else ()
        return max(names, key=lambda name: len(asked & name) / (1 + len(asked) + len(name)), default=frozenset())

    def _names(self, curie: Curie) -> tuple[frozenset[str], ...]:
        found = self._words.get(curie)
        if found is None:
            if len(self._words) >= _CACHE_LIMIT:
                self._words.clear()
            names = dict.fromkeys(_stems(posting.name) for posting in self._lexicon.names(curie)[:_MOST_NAMES])
            found = self._words[curie] = tuple(names)
        return found


def record_kind(identifier: str) -> str:
    """Return the vocabulary of an identifier, that of MeSH with the kind of record.

    >>> record_kind("MESH:C538243"), record_kind("OMIM:106210")
    ('MESH:C', 'OMIM')
    """
    prefix, _, local = identifier.partition(":")
    return f"{prefix}:{local[:1]}" if prefix == MESH else prefix


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in word_spans(text)[2] if len(word) > 2 or word.isdigit())
