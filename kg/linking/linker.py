"""Links the mentions of a document: finds candidates, scores them, chooses one entity or NIL."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.linking import induced
from kg.linking.answers import Answer, answer_of, is_named_elsewhere
from kg.linking.context import DocumentContext, shares_word
from kg.linking.defined_forms import defined_senses
from kg.linking.evidence import is_exact, is_named_so
from kg.linking.finder import EvidenceFinder
from kg.linking.likely_types import UNKNOWN, closed_questions
from kg.linking.name_keys import NameKeys
from kg.linking.name_vectors import NameVectors
from kg.linking.named_genes import NamedGenes, may_be_named
from kg.linking.naming import share_names
from kg.linking.neighbours import MOST_CANDIDATES, Neighbours
from kg.linking.ngrams import NgramIndex
from kg.linking.part_evidence import is_settled, lacks, of_parts
from kg.linking.phases import phase_entity
from kg.linking.questions import Question, ask
from kg.linking.ranking import METHODS, Scored, featured, rank_key
from kg.linking.scoring import shipped_scorer
from kg.linking.variants import Step, Variant, marked, variants
from kg.model import Candidate, EntityType, LinkedMention

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kg.linking.evidence import Evidence
    from kg.linking.likely_types import LikelyTypes
    from kg.linking.name_encoder import NameEncoder
    from kg.linking.scoring import Scorer
    from kg.model import Analysis, Curie, Mention
    from kg.ontology.lexicon import Lexicon

_CACHE_LIMIT = 100_000


class EntityLinker:
    """Links mentions to the entities of a lexicon; the same input always gives the same output.

    Answers are remembered by mention text, type and what the document says of it, up to a limit. Pickles as its
    lexicon's paths; n-gram arrays are opened when the first mention needs them.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        scorer: Scorer | None = None,
        *,
        ngrams: bool = True,
        encoder: NameEncoder | None = None,
    ) -> None:
        """Link with the shipped coefficients and encoder, or others; without ``ngrams`` by equal names only."""
        self.lexicon = lexicon
        self.scorer = scorer or shipped_scorer()
        self._uses_ngrams = ngrams
        self._encoder = encoder
        self._name_keys = NameKeys(lexicon)
        self._ngrams = NgramIndex(lexicon) if ngrams else None
        self._meanings = NameVectors(lexicon, encoder) if ngrams else None
        self._finder = EvidenceFinder(lexicon, self._ngrams, self._meanings)
        self._neighbours = Neighbours(lexicon, self._ngrams, self._meanings, self.scorer.threshold)
        self._answers: dict[Question, Answer] = {}

    def __reduce__(self) -> tuple[Callable[..., EntityLinker], tuple[object, ...]]:
        return _reopen, (self.lexicon, self.scorer, self._uses_ngrams, self._encoder)

    def link(self, analysis: Analysis, mentions: Sequence[Mention]) -> tuple[LinkedMention, ...]:
        """Return one linked mention for each mention, in the same order."""
        questions = ask(analysis, mentions)
        context = self.context(analysis, questions)
        linked = [
            self._linked(mention, question, context) for mention, question in zip(mentions, questions, strict=True)
        ]
        return share_names(linked, questions)

    def link_widely(self, analysis: Analysis, mentions: Sequence[Mention]) -> tuple[LinkedMention, ...]:
        """Return what ``link`` does, with the candidates filled up to ten by neighbours and similar names."""
        return tuple(
            self._widened(one, question)
            for one, question in zip(self.link(analysis, mentions), ask(analysis, mentions), strict=True)
        )

    def _widened(self, linked: LinkedMention, question: Question) -> LinkedMention:
        return replace(linked, candidates=self._neighbours.with_all(question, linked.candidates))

    def link_as(
        self, analysis: Analysis, mention: Mention, kind: EntityType | None, likely: LikelyTypes = UNKNOWN
    ) -> LinkedMention:
        """Return the link of one mention whose type may be open; candidates of other types go behind its own then."""
        if kind is None:
            return self.link_open(analysis, [mention], [likely])[0]
        context = self.context(analysis)
        return self._linked(mention, self.ask_as(analysis, mention, kind, context), context)

    def link_open(
        self, analysis: Analysis, mentions: Sequence[Mention], likely: Sequence[LikelyTypes]
    ) -> tuple[LinkedMention, ...]:
        """Return the links of mentions whose types are open, in the same order; their places make some types likely."""
        context = self.context(analysis)
        questions = self._ask_open(analysis, mentions, likely, context)
        return tuple(self._linked_open(*one, context) for one in zip(mentions, questions, strict=True))

    def _linked_open(self, mention: Mention, question: Question, context: DocumentContext) -> LinkedMention:
        linked = self._linked(mention, question, context)
        if question.type is not None:
            linked = replace(linked, mention=replace(mention, type=question.type))
        others = self.candidates(question._replace(type=None), context)
        return replace(linked, candidates=self._neighbours.with_others(linked.candidates, others))

    def link_as_widely(
        self, analysis: Analysis, mention: Mention, kind: EntityType | None, likely: LikelyTypes = UNKNOWN
    ) -> LinkedMention:
        """Return what ``link_as`` does, with the candidates filled up to ten as by ``link_widely``."""
        question = self.ask_as(analysis, mention, kind, self.context(analysis), likely)
        return self._widened(self.link_as(analysis, mention, kind, likely), question)

    def ask_as(
        self,
        analysis: Analysis,
        mention: Mention,
        kind: EntityType | None,
        context: DocumentContext,
        likely: LikelyTypes = UNKNOWN,
    ) -> Question:
        """Return the question that one mention puts, whose type may be open."""
        if kind is None:
            return self._ask_open(analysis, [mention], [likely], context)[0]
        return ask(analysis, [replace(mention, type=kind)])[0]

    def _ask_open(
        self,
        analysis: Analysis,
        mentions: Sequence[Mention],
        likely: Sequence[LikelyTypes],
        context: DocumentContext,
    ) -> list[Question]:
        def candidates_of(question: Question) -> tuple[Candidate, ...]:
            return self.candidates(question, context)

        return closed_questions(analysis, mentions, likely, candidates_of, self.scorer.threshold)

    def context(self, analysis: Analysis, questions: Iterable[Question] = ()) -> DocumentContext:
        """Return what else a document names; its genes by the questions that its mentions put."""
        genes = [question for question in dict.fromkeys(questions) if question.type is EntityType.GENE_PROTEIN]
        named = ((question, self._answer(question).gene) for question in genes) if len(genes) > 1 else ()
        known = NamedGenes((question, gene) for question, gene in named if gene is not None)
        return DocumentContext(analysis.document.text, self._name_keys, known)

    def _linked(self, mention: Mention, question: Question, context: DocumentContext) -> LinkedMention:
        if mention.coreference:
            return LinkedMention(mention, mention.text)
        phase = phase_entity(mention.text) if mention.type is EntityType.PHASE else None
        if phase is not None:
            return LinkedMention(mention, phase.label, (Candidate(phase, 1.0, "pattern"),), phase)
        candidates = self.candidates(question, context)
        if candidates and candidates[0].score >= self.scorer.threshold:
            return LinkedMention(mention, candidates[0].entity.label, candidates, candidates[0].entity)
        return LinkedMention(mention, question.long_form or question.fuller_name or mention.text, candidates)

    def candidates(self, question: Question, context: DocumentContext | None = None) -> tuple[Candidate, ...]:
        """Return at most ten candidates, best first; of equal score by CURIE."""
        known = self._answer(question)
        if context is not None and is_named_elsewhere(question, known, context):
            return self._to_candidates(self.scored(question, context))
        return known.candidates

    def _answer(self, question: Question) -> Answer:
        known = self._answers.get(question)
        if known is None:
            scored = self.scored(question)
            known = answer_of(question, scored, self._to_candidates(scored))
            if len(self._answers) >= _CACHE_LIMIT:
                self._answers.clear()
            self._answers[question] = known
        return known

    def _to_candidates(self, scored: Sequence[Scored]) -> tuple[Candidate, ...]:
        entity = self.lexicon.entity
        found = [
            Candidate(entity(one.evidence.posting.curie), one.score, METHODS[one.evidence.variant.step])
            for one in scored[:MOST_CANDIDATES]
        ]
        return self._neighbours.with_broader(found)

    def scored(self, question: Question, context: DocumentContext | None = None) -> tuple[Scored, ...]:
        """Return the best evidence of each candidate, best first: what ``--explain`` shows."""
        found = self._rank(self._evidence(question), question)
        if context is None:
            return found
        return tuple(sorted((self._in_context(one, question, context) for one in found), key=rank_key))

    def _in_context(self, one: Scored, question: Question, context: DocumentContext) -> Scored:
        more = {}
        if context.names(one.evidence.posting.curie, question.text):
            more["context"] = 1.0
        if context.genes.has(one.identifier, question) and may_be_named(one):
            more["named"] = 1.0
        if not more:
            return one
        features = one.features | more
        return one._replace(features=features, score=self.scorer.score(features, question.type))

    def _evidence(self, question: Question) -> list[tuple[Evidence, str | None]]:
        """Return evidence, with the name of the feature that says that the document speaks against it."""
        own = self._finder.find(variants(question.text, question.type), question.type, murine=question.murine)
        found: list[tuple[Evidence, str | None]] = (
            [(evidence, None) for evidence in own]
            if question.long_form is question.fuller_name is question.guess is None
            else self._weighed(own, question)
        )
        if question.induced:
            found += ((evidence, None) for evidence in self._by_drug(question))
        ending = [evidence for evidence in own if self._finder.ends(evidence)]
        if not ending:
            found += ((evidence, None) for evidence in lacks(self._finder, self.lexicon, question))
        if not is_settled(ending, question):
            parts = of_parts(self._finder, question)
            found = [one for one in found if parts.leaves(one[0], question)]
            found += ((evidence, None) for evidence in parts.found)
        if senses := defined_senses(question, self.lexicon):
            found += ((one, None) for one in self._defined(senses, question, found))
        return found

    def _defined(
        self, senses: Iterable[Curie], question: Question, found: Sequence[tuple[Evidence, str | None]]
    ) -> list[Evidence]:
        """Return evidence for what texts define a mention as, though no source has the short form as its name."""
        known = {evidence.posting.curie for evidence, _ in found}
        missing = (self._finder.usual(curie, question.type) for curie in senses if curie not in known)
        return [one for one in missing if one is not None]

    def _weighed(self, own: Sequence[Evidence], question: Question) -> list[tuple[Evidence, str | None]]:
        """Return the evidence for what the document says that the mention means, and then the mention's own."""
        names = (
            (question.long_form, Step.DEFINITION),
            (question.fuller_name, Step.DOCUMENT),
            (question.guess, Step.GUESS),
        )
        told = [one for name, step in names if name is not None for one in self._found(name, question, step)]
        found: list[tuple[Evidence, str | None]] = [(evidence, None) for evidence in told]
        sure = list(filter(is_named_so, told))
        meant = {evidence.posting.curie for evidence in sure or told}
        is_known = bool(sure)
        for evidence in own:
            is_meant = evidence.posting.curie in meant
            found.append((evidence, None if is_meant else self._against(evidence, question, is_known=is_known)))
        return found

    def _against(self, evidence: Evidence, question: Question, *, is_known: bool) -> str | None:
        """Return the feature that speaks against a name of its own where the document gives the mention another."""
        if question.long_form is None:
            return "doubted" if is_known and question.guess is not None else None
        if is_known:
            return "contradicted"
        is_of_symbol = evidence.variant.step is Step.EXACT and evidence.variant.text != question.text
        if is_of_symbol or shares_word(self.lexicon, evidence.posting.curie, question.long_form):
            return None
        return None if self._is_named_after_disease(evidence, question.long_form) else "foreign"

    def _is_named_after_disease(self, evidence: Evidence, long_form: str) -> bool:
        """Say whether a gene has its symbol from a disease, as MEN1 from multiple endocrine neoplasia type 1."""
        return evidence.is_symbol and any(one.type is EntityType.DISEASE for one in self.lexicon.lookup(long_form))

    def _by_drug(self, question: Question) -> Iterator[Evidence]:
        """Yield evidence for a disease as the harm that a drug does, where the document says that it is."""
        for name in induced.NAMES:
            named = (Variant(name.format(question.long_form or question.text), Step.INDUCED),)
            yield from filter(is_exact, self._finder.look_up(named, question.type))

    def _found(self, text: str, question: Question, step: Step) -> tuple[Evidence, ...]:
        return self._finder.find(marked(variants(text, question.type), step), question.type, murine=question.murine)

    def _rank(self, found: Sequence[tuple[Evidence, str | None]], question: Question) -> tuple[Scored, ...]:
        best: dict[Curie, Scored] = {}
        for evidence, features in featured(found, self.lexicon, defined_senses(question, self.lexicon)):
            scored = Scored(evidence, features, self.scorer.score(features, question.type))
            known = best.get(evidence.posting.curie)
            if known is None or scored.score > known.score:
                best[evidence.posting.curie] = scored
        return tuple(sorted(best.values(), key=rank_key))


def _reopen(
    lexicon: Lexicon,
    scorer: Scorer,
    ngrams: bool,  # noqa: FBT001 - pickle calls by place
    encoder: NameEncoder | None,
) -> EntityLinker:
    return EntityLinker(lexicon, scorer, ngrams=ngrams, encoder=encoder)
