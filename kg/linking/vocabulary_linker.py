"""Links into a vocabulary: every candidate is an identifier of it, and the best of these is chosen."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.linking.defined_forms import defined_senses
from kg.linking.linker import EntityLinker
from kg.linking.neighbours import MOST_CANDIDATES
from kg.linking.phrases import phrases
from kg.linking.ranking import METHODS, Scored, featured, rank_key
from kg.linking.scoring import shipped_vocabulary_scorer
from kg.linking.telling import Teller
from kg.linking.told_features import ToldFeatures, way_features
from kg.linking.usage import shipped_usage
from kg.linking.vocabulary_finder import VocabularyFinder
from kg.model import Candidate, Curie, Entity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kg.linking.evidence import Evidence
    from kg.linking.name_encoder import NameEncoder
    from kg.linking.questions import Question
    from kg.linking.scoring import Scorer
    from kg.linking.told_features import Feature
    from kg.linking.usage import Usage
    from kg.linking.vocabulary import Vocabulary
    from kg.model import LinkedMention
    from kg.ontology.lexicon import Lexicon


class VocabularyLinker(EntityLinker):
    """Links mentions to the identifiers of a vocabulary.

    What has no identifier there is told by what it is a kind of; ways to the same identifier are one candidate. A
    candidate's entity has the identifier as its CURIE and what it is in the lexicon among its exact matches.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        vocabulary: Vocabulary,
        scorer: Scorer | None = None,
        *,
        ngrams: bool = True,
        encoder: NameEncoder | None = None,
        usage: Usage | None = None,
        features: Mapping[str, Feature] | None = None,
    ) -> None:
        """Link with what is shipped, or others; ``features`` are more than the shipped ones, by name."""
        super().__init__(lexicon, scorer or shipped_vocabulary_scorer(), ngrams=ngrams, encoder=encoder)
        self.vocabulary = vocabulary
        self._teller = Teller(lexicon, vocabulary)
        self._finder = VocabularyFinder(lexicon, self._ngrams, self._meanings, self._teller)
        self._given_usage = usage
        known = usage if usage is not None else shipped_usage()
        self._usage = known if vocabulary.as_annotated else known.without_names()
        self._more = features
        self._features = ToldFeatures(lexicon, self._meanings, self._usage, features)

    def __reduce__(self) -> tuple[Callable[..., EntityLinker], tuple[object, ...]]:
        given = (self._uses_ngrams, self._encoder, self._given_usage, self._more)
        return _reopen, (self.lexicon, self.vocabulary, self.scorer, *given)

    def _evidence(self, question: Question) -> list[tuple[Evidence, str | None]]:
        """Return evidence as for entities, and for what is usual under the name.

        Where nothing sure can be told, for every phrase inside the mention, too.
        """
        found = super()._evidence(question)
        if not any(against is None and self._finder.ends(evidence) for evidence, against in found):
            inside = self._finder.look_up(phrases(question.long_form or question.text, question.type), question.type)
            found += ((one, None) for one in inside if one.distance == 0 and self._teller.has(one.posting))
        found += ((one, None) for one in self._usual(question))
        return found

    def _usual(self, question: Question) -> Iterator[Evidence]:
        """Yield evidence for what documents are known to tell the mention by."""
        for identifier in self._usage.under(question.long_form or question.text, question.type):
            entity = self.lexicon.try_entity(Curie(identifier))
            if entity is not None and (evidence := self._finder.usual(entity.curie, question.type)) is not None:
                yield evidence

    def _rank(self, found: Sequence[tuple[Evidence, str | None]], question: Question) -> tuple[Scored, ...]:
        best: dict[Curie, Scored] = {}
        sources: defaultdict[Curie, set[Curie]] = defaultdict(set)
        for evidence, features in featured(found, self.lexicon, defined_senses(question, self.lexicon)):
            for told in self._teller.tell(evidence.posting.curie, question.type, murine=question.murine):
                all_features = features | way_features(told)
                score = self.scorer.logit(all_features, question.type)
                sources[told.identifier].add(evidence.posting.curie)
                known = best.get(told.identifier)
                if known is None or score > known.score:
                    best[told.identifier] = Scored(evidence, all_features, score, told)
        ranked = [self._finished(one, question, len(sources[identifier])) for identifier, one in best.items()]
        return tuple(sorted(ranked, key=rank_key))

    def _finished(self, one: Scored, question: Question, ways: int) -> Scored:
        """Return a candidate with the features of its identifier and its score."""
        features = one.features | self._features.of(question, one)
        if ways > 1:
            features["several"] = 1.0
        return one._replace(features=features, score=self.scorer.score(features, question.type))

    def _to_candidates(self, scored: Sequence[Scored]) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(_as_entity(one.told.identifier, one.told.owner), one.score, METHODS[one.evidence.variant.step])
            for one in scored[:MOST_CANDIDATES]
            if one.told is not None
        )

    def _widened(self, linked: LinkedMention, question: Question) -> LinkedMention:
        filled = list(linked.candidates)
        seen = {candidate.entity.curie for candidate in filled}
        score = round(min((one.score for one in filled), default=self.scorer.threshold) / 2, 4)
        best = [self.lexicon.entity(one.entity.curie).curie for one in filled]
        for curie, method in self._neighbours.near(question, best):
            for told in self._teller.tell(curie, question.type, murine=question.murine)[:1]:
                if told.identifier not in seen and len(filled) < MOST_CANDIDATES:
                    seen.add(told.identifier)
                    filled.append(Candidate(_as_entity(told.identifier, told.owner), score, method))
        return replace(linked, candidates=tuple(filled))


def _as_entity(identifier: Curie, owner: Entity) -> Entity:
    """Return the owner under the identifier of the vocabulary, its other identifiers as exact matches."""
    others = tuple(curie for curie in (owner.curie, *owner.xrefs) if curie != identifier)
    return owner._replace(curie=identifier, xrefs=others)


def _reopen(
    lexicon: Lexicon,
    vocabulary: Vocabulary,
    scorer: Scorer,
    ngrams: bool,  # noqa: FBT001 - pickle calls by place
    encoder: NameEncoder | None,
    usage: Usage | None,
    features: Mapping[str, Feature] | None,
) -> VocabularyLinker:
    return VocabularyLinker(lexicon, vocabulary, scorer, ngrams=ngrams, encoder=encoder, usage=usage, features=features)
