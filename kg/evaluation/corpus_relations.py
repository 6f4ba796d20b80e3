"""The relations of a corpus and of the statements that were found in it, for ``kg evaluate``.

What a relation type of DrugProt, BioRED or BC5CDR means for us stands in ``kg.evaluation.relations``; a corpus with
other relation types is not judged by them. A relation counts once a document. An end is right when it overlaps a gold
mention of the right type and identifier: a wrong link is counted under linking, not here again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.evaluation.relations import CORPORA, Corpus, Pair, compare, found_pairs, gold_pairs
from kg.evaluation.relations_found import with_gold_ends
from kg.evaluation.relations_gold import gold_mentions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.evaluation.pubtator_format import CorpusDocument
    from kg.evaluation.score import Score
    from kg.model import Statement


@dataclass(slots=True)
class RelationTally:
    """Gold and found relations of the documents seen so far."""

    corpus: Corpus
    gold: set[Pair] = field(default_factory=set)
    found: set[Pair] = field(default_factory=set)

    def add(self, document: CorpusDocument, statements: Iterable[Statement]) -> None:
        """Count a document."""
        mentions = gold_mentions(document)
        self.gold |= gold_pairs(self.corpus, document, mentions)
        self.found |= found_pairs(self.corpus, document.id, with_gold_ends(statements, mentions))

    def scores(self) -> dict[str, Score]:
        """Return the score of each relation that the corpus has, and of all."""
        names = sorted({pair[1] for pair in self.gold})
        scores = {
            name: compare(
                {pair for pair in self.gold if pair[1] == name}, {pair for pair in self.found if pair[1] == name}
            )
            for name in names
        }
        return {**scores, "all": compare(self.gold, self.found)} if names else {}


def make_tally(documents: Sequence[CorpusDocument]) -> RelationTally | None:
    """Return an empty tally by the table that knows most of the corpus's relation types, None where none does."""
    types = {relation.type for document in documents for relation in document.relations}
    shared = [(len(types & {name for name, _ in corpus.meanings}), corpus) for corpus in CORPORA]
    most, corpus = max(shared, key=lambda each: each[0])
    return RelationTally(corpus) if most else None
