"""Finds evidence for what a vocabulary has: an exact name of anything else does not end the search."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from kg.linking.finder import EvidenceFinder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.linking.evidence import Evidence
    from kg.linking.name_vectors import NameVectors
    from kg.linking.ngrams import NgramIndex
    from kg.linking.telling import Teller
    from kg.model import EntityType
    from kg.ontology.lexicon import Lexicon
    from kg.ontology.names import Posting

_MOST_LOOKED_THROUGH = 40
"""So many similar keys are looked through for the vocabulary's ..."""
_MOST_TOLD = 10
"""... and so many of these are taken."""


class VocabularyFinder(EvidenceFinder):
    """Looks on, and for similar names, until what the vocabulary has is named exactly so."""

    def __init__(
        self, lexicon: Lexicon, ngrams: NgramIndex | None, meanings: NameVectors | None, teller: Teller
    ) -> None:
        super().__init__(lexicon, ngrams, meanings)
        self._teller = teller

    def ends(self, evidence: Evidence) -> bool:
        """Say whether the name is sure and is that of something in the vocabulary."""
        return super().ends(evidence) and self._teller.has(evidence.posting)

    def _has_name(self, evidence: Evidence) -> bool:
        return super()._has_name(evidence) and self._teller.has(evidence.posting)

    def _similar_names(self, text: str, kind: EntityType | None) -> Iterator[tuple[tuple[Posting, ...], float]]:
        """Yield the most similar names, and behind them those of what the vocabulary has."""
        if self._ngrams is None:
            return
        nearest = self._ngrams.similar(text, kind)
        yield from ((self._ngrams.postings(key_id), similarity) for key_id, similarity in nearest)
        seen = {key_id for key_id, _ in nearest}
        more = (
            (self._ngrams.postings(key_id), similarity)
            for key_id, similarity in self._ngrams.similar(text, kind, _MOST_LOOKED_THROUGH)
            if key_id not in seen
        )
        yield from islice((one for one in more if any(map(self._teller.has, one[0]))), _MOST_TOLD)
