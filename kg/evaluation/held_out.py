"""Linkers that have not learned from the documents they are asked for: encoder of names and usual identifiers.

Their coefficients are the shipped ones, fitted on BC5CDR train, BioRED train and the first 60 % of NCBI-disease, or
with ``refit`` fitted on the other folds.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from kg.evaluation.linking_fit import entity_examples, fit_table, usage_of, vocabulary_examples
from kg.evaluation.linking_gold import vocabulary_of
from kg.evaluation.linking_parts import in_fold
from kg.linking.linker import EntityLinker
from kg.linking.scoring import scorer_of, shipped_scorer, shipped_vocabulary_scorer
from kg.linking.vocabulary_linker import VocabularyLinker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kg.evaluation.linking_examples import Example
    from kg.evaluation.linking_gold import GoldDocument
    from kg.linking.name_encoder import NameEncoder
    from kg.linking.scoring import Scorer
    from kg.ontology.lexicon import Lexicon


class HeldOut:
    """All documents by corpus, each with a linker whose encoder and counts are those of the other folds.

    So are its coefficients with ``refit``; the shipped ones know the parts that they were fitted on.

    ``encoders`` are of the folds, in order: the K-th of N is trained with ``--fold K/N``.
    """

    def __init__(
        self,
        gold: Mapping[str, list[GoldDocument]],
        lexicon: Lexicon,
        encoders: Sequence[NameEncoder],
        *,
        refit: bool = False,
    ) -> None:
        self.gold = gold
        self._lexicon = lexicon
        self._encoders = encoders
        self._refit = refit

    def entities(self, lexicon: Lexicon | None = None) -> Iterator[tuple[str, EntityLinker, list[GoldDocument]]]:
        """Yield corpus, linker to entities, and the documents of the linker's fold.

        The linkers may have another lexicon than that of the documents' identifiers.
        """
        scorers = self._scorers(shipped_scorer(), lambda: entity_examples(self.gold, self._lexicon, self._encoders))
        for fold, (encoder, scorer) in enumerate(zip(self._encoders, scorers, strict=True)):
            linker = EntityLinker(lexicon or self._lexicon, scorer, encoder=encoder)
            for name, documents in self.gold.items():
                yield name, linker, in_fold(documents, fold, len(self._encoders))

    def vocabularies(self, *, as_annotated: bool = True) -> Iterator[tuple[str, VocabularyLinker, list[GoldDocument]]]:
        """Yield corpus, linker into its vocabulary, and the documents of the linker's fold.

        Which of the ways to one identifier an example shows goes by the shipped coefficients.
        """
        shipped, folds = shipped_vocabulary_scorer(), len(self._encoders)
        scorers = self._scorers(shipped, lambda: vocabulary_examples(self.gold, self._lexicon, self._encoders, shipped))
        for fold, (encoder, scorer) in enumerate(zip(self._encoders, scorers, strict=True)):
            usage = usage_of(self.gold, fold, folds)
            for name, documents in self.gold.items():
                vocabulary = vocabulary_of(name, as_annotated=as_annotated)
                linker = VocabularyLinker(self._lexicon, vocabulary, scorer, encoder=encoder, usage=usage)
                yield name, linker, in_fold(documents, fold, folds)

    def _scorers(self, shipped: Scorer, found: Callable[[], Sequence[Sequence[Example]]]) -> list[Scorer]:
        """Return for each fold the shipped scorer, or one that is fitted on the examples of the others."""
        if not self._refit:
            return [shipped for _ in self._encoders]
        parts = found()
        return [
            scorer_of(fit_table(list(chain.from_iterable(one for place, one in enumerate(parts) if place != fold))))
            for fold in range(len(parts))
        ]
