"""Why an entity may be what a mention names: which name of it fits which variant of the mention, and how well."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING, NamedTuple

from kg.linking.variants import Step
from kg.model import EntityType
from kg.ontology.names import NameStatus, case_fits, letters

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.linking.variants import Variant
    from kg.ontology.names import Posting

SHORT_LETTERS = 4
"""Names of up to so many letters and digits may mean many things."""
_SURE_STEPS = {
    Step.EXACT,
    Step.CLEANED,
    Step.DEFINITION,
    Step.GUESS,
    Step.DOCUMENT,
    Step.COORDINATION,
    Step.PART,
}
_SIMILAR = {Step.NGRAM, Step.MEANING, Step.USUAL}
_CODED = {EntityType.DRUG, EntityType.GENE_PROTEIN, EntityType.CELL, EntityType.ORGANISATION}
"""Types of whose names a similar one is seldom the same thing misspelt: "-tinib" is not "-ertinib"."""

GENES = ("HGNC:", "MGI:")
_MOUSE = "MGI:"
"""Mouse genes are written with one capital: "Cx43" is the CX43 of the mouse."""
_FILED = {EntityType.DISEASE, EntityType.DRUG}
_CODES = {NameStatus.ABBREVIATION, NameStatus.CODE}
"""Short names, of which a similar one is another thing's: these say nothing for it."""
_LISTED = {EntityType.ORGANISATION, EntityType.DRUG}
_STEPS = {step: f"step:{step}" for step in Step}
_STATUSES = {status: f"status:{status}" for status in NameStatus if status is not NameStatus.EXACT}
"""The names of the features that say how a name was found, and what kind of name it is."""


class Evidence(NamedTuple):
    """One name that fits one variant; ``rivals`` counts the entities that this writing may stand for.

    ``similarity`` is 1 for equal keys, else the cosine of their character n-grams. ``distance`` is that of the types.
    ``matches`` counts the entity's exact matches: what many vocabularies have is what most texts mean.
    ``extra_words`` counts words of the name that nothing in the mention looks like, ``missing_words`` the opposite.
    """

    posting: Posting
    variant: Variant
    distance: int
    rivals: int
    matches: int = 0
    is_filed: bool = False
    similarity: float = 1.0
    extra_words: int = 0
    missing_words: int = 0

    def features(self, most_matches: int) -> dict[str, float]:
        """Return what the score is made of, by feature name; what is left out is 0.

        ``most_matches`` is the number of exact matches of the rival that has most.
        """
        found = {"bias": 1.0, _STEPS[self.variant.step]: 1.0}
        if self.variant.kept < 1:
            found["lost"] = 1 - self.variant.kept
        if self.distance:
            found["near_type"] = 1.0
        if self.rivals > 1:
            found["rivals"] = log2(self.rivals)
        if self.matches < most_matches and not self.is_symbol and not self._is_listed:
            found["less_matched"] = log2((1 + most_matches) / (1 + self.matches))
        self._add_vocabulary_features(found)
        self._add_name_features(found)
        return found

    @property
    def is_symbol(self) -> bool:
        """Whether the writing is the gene's official symbol, with or without hyphens: "IL-21" is IL21."""
        posting = self.posting
        is_gene = posting.type is EntityType.GENE_PROTEIN and posting.status is NameStatus.LABEL
        return is_gene and letters(self.variant.text).casefold() == letters(posting.name).casefold()

    @property
    def _is_listed(self) -> bool:
        """Whether it is curated as what this writing means, which other vocabularies seldom have: EMA, NP-1."""
        return self.posting.status is NameStatus.CURATED and self.posting.type in _LISTED

    def _add_vocabulary_features(self, found: dict[str, float]) -> None:
        """Say whether MeSH, by which most of the literature is filed, has the entity, and whether it is many genes.

        Where a gene is asked for, many are seldom meant; an enzyme among the chemicals is as good as any.
        """
        if self.is_filed and not self.distance and self.posting.type in _FILED:
            found["filed"] = 1.0
        is_gene = self.posting.type is EntityType.GENE_PROTEIN and not self.distance
        if is_gene and not self.posting.curie.startswith(GENES):
            found["family"] = 1.0

    def _add_name_features(self, found: dict[str, float]) -> None:
        if self.variant.step is Step.USUAL:
            return
        surface, posting = self.variant.text, self.posting
        is_of_mouse = posting.curie.startswith(_MOUSE) and surface == posting.name.capitalize()
        is_similar_code = self.similarity < 1 and posting.status in _CODES
        if posting.status in _STATUSES and self.variant.step is not Step.MEANING and not is_similar_code:
            found[_STATUSES[posting.status]] = 1.0
        if self.variant.step is Step.MEANING:
            found["far"] = 1 - self.similarity
        elif self.similarity < 1:
            found["dissimilar"] = 1 - self.similarity
            found["extra_words"] = float(self.extra_words)
            found["missing_words"] = float(self.missing_words)
            found["other_words"] = float(min(self.extra_words, self.missing_words))
            if posting.type in _CODED:
                found["similar_code"] = 1.0
        elif surface == posting.name:
            found["written"] = found["same_case"] = 1.0
        elif _without_plural(surface) == _without_plural(posting.name) or self.is_symbol:
            found["written"] = 1.0
        if not is_of_mouse and not case_fits(surface, posting):
            is_plain = posting.exact_case and letters(surface) != letters(posting.name)
            found["plain_word" if is_plain else "case"] = 1.0
        if sum(map(str.isalnum, surface)) <= SHORT_LETTERS:
            found["short"] = 1.0


def is_sure(evidence: Evidence) -> bool:
    """Say whether the writing is exactly that of a name of the type that is asked for."""
    return evidence.variant.step in _SURE_STEPS and evidence.distance == 0


def is_loose(evidence: Evidence) -> bool:
    """Say whether a source calls a disease so only loosely: one has "lung" for tumours of the lung."""
    return evidence.posting.status is NameStatus.RELATED and evidence.posting.type is EntityType.DISEASE


def is_exact(evidence: Evidence) -> bool:
    """Say whether a name of the type that is asked for has all that was looked up, and nothing was left out."""
    return evidence.variant.step not in _SIMILAR and evidence.distance == 0 and evidence.variant.kept == 1


def is_named_so(evidence: Evidence) -> bool:
    """Say whether the writing is exactly that of a name, be it of a type near the one that is asked for."""
    return evidence.variant.step in _SURE_STEPS


def most_matches(found: Iterable[Evidence]) -> int:
    """Return the most exact matches of what is as well written, of the mention's own type where there is one."""
    written = [(one.distance, -one.matches) for one in found if one.variant.step not in _SIMILAR]
    return -min(written)[1] if written else 0


def _without_plural(text: str) -> str:
    return text.casefold().removesuffix("s")
