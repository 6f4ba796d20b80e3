"""Why an entity may be what a mention names: which name of it fits which variant of the mention, and how well."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING, NamedTuple

from kg.linking.compatible import type_distance
from kg.linking.orthologs import of_people
from kg.linking.species import of_one_species
from kg.linking.variants import Step, Variant
from kg.model import EntityType
from kg.ontology.names import NameStatus, case_fits, spaces_fit
from kg.ontology.normalize import word_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.linking.ngrams import NgramIndex
    from kg.model import Curie
    from kg.ontology.lexicon import Lexicon
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
_MOST_FOUND = 12
_LONG = 7
_STEM = 6
"""So many letters tell two words apart where their endings may differ: "apoptosis", "apoptotic"."""
_BEGINNING = 2
_CODED = {EntityType.DRUG, EntityType.GENE_PROTEIN, EntityType.CELL, EntityType.ORGANISATION}
"""Types of whose names a similar one is seldom the same thing misspelt: "-tinib" is not "-ertinib"."""

_FILES = "MESH:"
GENES = ("HGNC:", "MGI:")
_FILED = {EntityType.DISEASE, EntityType.DRUG}
_STEPS = {step: f"step:{step}" for step in Step}
_STATUSES = {status: f"status:{status}" for status in NameStatus if status is not NameStatus.EXACT}
"""The names of the features that say how a name was found, and what kind of name it is."""
_NEARLY = 0.85
"""How similar the name of an organisation must be: two companies differ by a syllable."""


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
        if self.matches < most_matches and not self.is_symbol:
            found["less_matched"] = log2((1 + most_matches) / (1 + self.matches))
        self._add_vocabulary_features(found)
        self._add_name_features(found)
        return found

    @property
    def is_symbol(self) -> bool:
        """Whether the writing is the gene's official symbol, with or without hyphens: "IL-21" is IL21."""
        posting = self.posting
        is_gene = posting.type is EntityType.GENE_PROTEIN and posting.status is NameStatus.LABEL
        return is_gene and _letters(self.variant.text).casefold() == _letters(posting.name).casefold()

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
        surface, posting = self.variant.text, self.posting
        if posting.status in _STATUSES:
            found[_STATUSES[posting.status]] = 1.0
        if self.similarity < 1:
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
        if not case_fits(surface, posting):
            is_plain = posting.exact_case and _letters(surface) != _letters(posting.name)
            found["plain_word" if is_plain else "case"] = 1.0
        if sum(map(str.isalnum, surface)) <= SHORT_LETTERS:
            found["short"] = 1.0


def is_sure(evidence: Evidence) -> bool:
    """Say whether the writing is exactly that of a name of the type that is asked for."""
    return evidence.variant.step in _SURE_STEPS and evidence.distance == 0


def is_exact(evidence: Evidence) -> bool:
    """Say whether a name of the type that is asked for has all that was looked up, and nothing was left out."""
    return evidence.variant.step is not Step.NGRAM and evidence.distance == 0 and evidence.variant.kept == 1


def most_matches(found: Iterable[Evidence]) -> int:
    """Return the most exact matches of what is as well written, of the mention's own type where there is one."""
    return -min(((one.distance, -one.matches) for one in found if one.variant.step is not Step.NGRAM), default=(0, 0))[1]


class EvidenceFinder:
    """Looks variants up in the lexicon and, where no name is exact, among names of similar letters."""

    def __init__(self, lexicon: Lexicon, ngrams: NgramIndex | None) -> None:
        self._lexicon = lexicon
        self._ngrams = ngrams

    def find(
        self, variants: Iterable[Variant], kind: EntityType | None, *, murine: bool = False
    ) -> tuple[Evidence, ...]:
        """Return the evidence of the variants, up to where a sure name was found; ``murine`` asks for mouse genes."""
        found: list[Evidence] = []
        curies: set[Curie] = set()
        first: Variant | None = None
        for variant in variants:
            first = first or variant
            new = self._of_variant(variant, kind, murine=murine)
            found += new
            if any(map(is_sure, new)):
                return tuple(found)
            curies.update(evidence.posting.curie for evidence in new)
            if len(curies) >= _MOST_FOUND:
                break
        is_named = any(one.variant.step in _SURE_STEPS for one in found)
        if first is not None and self._ngrams is not None and not is_named:
            found.extend(self._similar(first, kind, murine=murine))
        return tuple(found)

    def look_up(self, variants: Iterable[Variant], kind: EntityType | None) -> Iterator[Evidence]:
        """Yield the evidence of names that are exactly so."""
        for variant in variants:
            yield from self._of_variant(variant, kind, murine=False)

    def _of_variant(self, variant: Variant, kind: EntityType | None, *, murine: bool) -> list[Evidence]:
        postings = self._lexicon.lookup(variant.text)
        if kind is EntityType.GENE_PROTEIN and not murine:
            postings = of_people(self._lexicon, postings)
        fitting = _fitting(postings, variant.text, kind, murine=murine)
        if not any(distance == 0 for distance, _ in fitting):
            fitting = _fitting(self._lexicon.lookup(variant.text, filed=True), variant.text, kind, murine=murine)
        near = _rivals(fitting)
        return [
            Evidence(posting, variant, distance, near[distance], *self._matches(posting)) for distance, posting in fitting
        ]

    def _similar(self, variant: Variant, kind: EntityType | None, *, murine: bool) -> Iterator[Evidence]:
        if self._ngrams is None:
            return
        asked = _beginnings(variant.text)
        for known, similarity in self._ngrams.similar(variant.text, kind):
            fitting = _fitting(self._ngrams.postings(known), "", kind, murine=murine)
            rivals = len({other.curie for _, other in fitting})
            for distance, posting in fitting:
                if posting.type is EntityType.ORGANISATION and similarity < _NEARLY:
                    continue
                if kind is EntityType.PROCESS and (distance or _says_more(posting.name, variant.text)):
                    continue
                changed = Variant(posting.name, Step.NGRAM)
                named = _beginnings(posting.name)
                extra, missing = _more_words(named, asked), _more_words(asked, named)
                known = self._matches(posting)
                yield Evidence(posting, changed, distance, rivals, *known, similarity, extra, missing)

    def _matches(self, posting: Posting) -> tuple[int, bool]:
        """Return how many exact matches an entity has, and whether MeSH is among its vocabularies."""
        curie = posting.curie
        xrefs = self._lexicon.entity(curie).xrefs
        return len(xrefs), curie.startswith(_FILES) or any(one.startswith(_FILES) for one in xrefs)


def _rivals(fitting: Sequence[tuple[int, Posting]]) -> tuple[int, int]:
    """Return how many entities of the type asked for there are, and of it and those near it together."""
    if len(fitting) == 1:
        return 1, 1
    same = {posting.curie for distance, posting in fitting if distance == 0}
    return len(same), len(same.union(posting.curie for _, posting in fitting))


def _letters(text: str) -> str:
    return text if text.isalnum() else "".join(filter(str.isalnum, text))


def _without_plural(text: str) -> str:
    return text.casefold().removesuffix("s")


def _beginnings(text: str) -> list[str]:
    """Return the beginning of each word; one letter more says that the word goes on."""
    return [word[: _BEGINNING + 1] for word in word_spans(text)[2]]


def _more_words(ones: Sequence[str], others: Sequence[str]) -> int:
    """Count the words of the ones, short ones apart, that begin as none of the others does; at most two."""
    known = {word[:_BEGINNING] for word in others}
    return min(2, sum(len(word) > _BEGINNING and word[:_BEGINNING] not in known for word in ones))


def _says_more(name: str, text: str) -> bool:
    """Say whether a name has a word that the text lacks: "T cell migration" for "B-cell recruitment"."""
    known = {word[:_STEM] for word in word_spans(text)[2]}
    return any(word[:_STEM] not in known for word in word_spans(name)[2])


def _is_spelled_apart(surface: str, posting: Posting) -> bool:
    """Say whether only spaces and hyphens tell a long writing from a name: "gall stone" for "gallstone"."""
    letters = _letters(surface).casefold()
    return posting.type is EntityType.DISEASE and len(letters) >= _LONG and letters == _letters(posting.name).casefold()


def _fitting(
    postings: Sequence[Posting], surface: str, kind: EntityType | None, *, murine: bool
) -> list[tuple[int, Posting]]:
    found = []
    for posting in postings:
        distance = type_distance(kind, posting.type)
        if distance is not None and (spaces_fit(surface, posting.name) or _is_spelled_apart(surface, posting)):
            found.append((distance, posting))
    return of_one_species(found, murine=murine)
