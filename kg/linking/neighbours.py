"""Entities near those that a name fits: what they are a kind of, what is a kind of them, names of similar letters.

None of them is ever chosen by itself; they fill up the candidates that a person or a later stage chooses from.
"""

from __future__ import annotations

from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING

from kg.linking.compatible import type_distance
from kg.linking.evidence import GENES
from kg.linking.induced import NAMES
from kg.linking.name_vectors import MOST_NEAR, TYPES
from kg.model import Candidate, EntityType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.linking.name_vectors import NameVectors
    from kg.linking.ngrams import NgramIndex
    from kg.linking.questions import Question
    from kg.model import Curie
    from kg.ontology.lexicon import Lexicon
    from kg.ontology.names import Posting

MOST_CANDIDATES = 10
_FOLLOWED = 2
"""So many of the best candidates are followed to their neighbours."""
_FIRST_NEAR = 5
_FIRST_SIMILAR = 3
_MOST_NARROWER = 3
_MOST_SIMILAR = 30
_CACHE_LIMIT = 20_000


class Neighbours:
    """Finds neighbours; the lists of similar letters are opened when they are first asked for."""

    def __init__(
        self, lexicon: Lexicon, ngrams: NgramIndex | None, meanings: NameVectors | None, threshold: float
    ) -> None:
        self._lexicon = lexicon
        self._ngrams = ngrams
        self._meanings = meanings
        self._threshold = threshold
        self._half = round(threshold / 2, 4)
        self._parents: dict[Curie, Candidate] = {}

    def with_broader(self, found: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """Return the candidates, followed by what the best of them are directly a kind of."""
        filled = {candidate.entity.curie: candidate for candidate in found}
        if len(self._parents) > _CACHE_LIMIT:
            self._parents.clear()
        for candidate in found[:_FOLLOWED]:
            is_sure = candidate.score >= self._threshold
            for parent in self._lexicon.broader(candidate.entity.curie):
                if parent.curie in filled or len(filled) >= MOST_CANDIDATES:
                    continue
                if not is_sure:
                    filled[parent.curie] = Candidate(parent, round(candidate.score / 2, 4), "broader")
                    continue
                known = self._parents.get(parent.curie)  # one value for all answers, as these are remembered
                if known is None:
                    known = self._parents[parent.curie] = Candidate(parent, self._half, "broader")
                filled[parent.curie] = known
        return tuple(sorted(filled.values(), key=attrgetter("score"), reverse=True))

    def with_others(self, found: Sequence[Candidate], others: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """Return the candidates, followed by what the mention may name if it is of another type."""
        seen = {candidate.entity.curie for candidate in found}
        more = [one._replace(score=min(one.score, self._half)) for one in others if one.entity.curie not in seen]
        return tuple(sorted((*found, *more), key=attrgetter("score"), reverse=True))[:MOST_CANDIDATES]

    def with_all(self, question: Question, found: Sequence[Candidate]) -> tuple[Candidate, ...]:
        """Return candidates filled up to ten with neighbours of every kind, in the order of ``near``."""
        seen = {candidate.entity.curie for candidate in found}
        filled = list(found)
        lowest = min((candidate.score for candidate in found), default=1.0)
        score = round(min(lowest, self._threshold / 2) / 2, 4)
        fitting = [one.entity.curie for one in found if one.method != "broader"]
        for curie, method in self.near(question, fitting):
            if len(filled) >= MOST_CANDIDATES:
                break
            if curie not in seen:
                seen.add(curie)
                filled.append(Candidate(self._lexicon.entity(curie), score, method))
        return tuple(filled)

    def near(self, question: Question, found: Sequence[Curie]) -> Iterator[tuple[Curie, str]]:
        """Yield neighbours of the entities that fit, the best first, with how each is related to them."""
        best = found[:_FOLLOWED]
        yield from ((curie, "drug-induced") for curie in self._drug_induced(question))
        yield from ((other, "other species") for curie in best for other in self._other_species(curie))
        yield from ((curie, "meaning") for curie in self._near_in_meaning(question))
        similar = self._similar(question)
        yield from ((curie, "similar") for curie in islice(similar, _FIRST_SIMILAR))
        for curie in best[:1]:
            yield from ((one, "narrower") for one in self._lexicon.children(curie)[:_MOST_NARROWER])
            yield from ((one, "broader") for one in self._lexicon.ancestors(curie)[:_MOST_NARROWER])
        yield from ((curie, "similar") for curie in similar)

    def _drug_induced(self, question: Question) -> Iterator[Curie]:
        if question.type is EntityType.DISEASE:
            for name in NAMES:
                yield from _of_type(self._lexicon.lookup(name.format(question.long_form or question.text)), question)

    def _other_species(self, curie: Curie) -> Iterator[Curie]:
        if curie.startswith(GENES):
            for posting in self._lexicon.lookup(self._lexicon.entity(curie).label):
                if posting.curie.startswith(GENES) and posting.curie.partition(":")[0] != curie.partition(":")[0]:
                    yield posting.curie

    def _near_in_meaning(self, question: Question) -> Iterator[Curie]:
        if self._meanings is not None and question.type in TYPES:
            for posting, _ in self._meanings.nearest(question.long_form or question.text, MOST_NEAR)[:_FIRST_NEAR]:
                yield posting.curie

    def _similar(self, question: Question) -> Iterator[Curie]:
        if self._ngrams is not None:
            for key_id, _ in self._ngrams.similar(question.long_form or question.text, question.type, _MOST_SIMILAR):
                yield from _of_type(self._ngrams.postings(key_id), question)


def _of_type(postings: Sequence[Posting], question: Question) -> Iterator[Curie]:
    return (posting.curie for posting in postings if type_distance(question.type, posting.type) == 0)
