"""Finds the evidence: looks a mention's writings up, and where none is a name, names near in meaning or letters."""

from __future__ import annotations

from itertools import chain
from operator import methodcaller
from typing import TYPE_CHECKING

from kg.linking.compatible import type_distance
from kg.linking.evidence import Evidence, is_named_so, is_sure
from kg.linking.name_vectors import MOST_NEAR, TYPES
from kg.linking.nameless import is_nameless
from kg.linking.orthologs import of_mice, of_people
from kg.linking.species import of_one_species
from kg.linking.variants import Step, Variant
from kg.model import EntityType
from kg.ontology.names import case_fits, letters, spaces_fit
from kg.ontology.normalize import word_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.linking.name_vectors import NameVectors
    from kg.linking.ngrams import NgramIndex
    from kg.model import Curie
    from kg.ontology.lexicon import Lexicon
    from kg.ontology.names import Posting

_MOST_FOUND = 12
_LONG = 7
_STEM = 6
"""So many letters tell two words apart where their endings may differ: "apoptosis", "apoptotic"."""
_BEGINNING = 2
_NEAR = 0.8
"""What is nearer in meaning needs no search for similar letters: only a misspelt name is farther from its own."""
_LEAST_NEAR = 0.5
"""What is farther in meaning has come up by chance."""
_NEARLY = 0.85
"""How similar the name of an organisation must be: two companies differ by a syllable."""
_is_mesh = methodcaller("startswith", "MESH:")


class EvidenceFinder:
    """Looks variants up in the lexicon and, where no name is exact, among names near in meaning or letters."""

    def __init__(self, lexicon: Lexicon, ngrams: NgramIndex | None, meanings: NameVectors | None) -> None:
        self._lexicon = lexicon
        self._ngrams = ngrams
        self._meanings = meanings

    def ends(self, evidence: Evidence) -> bool:
        """Say whether nothing else need be looked for."""
        return is_sure(evidence)

    def _has_name(self, evidence: Evidence) -> bool:
        """Say whether names of similar letters need not be looked for."""
        return is_named_so(evidence)

    def find(
        self, variants: Iterable[Variant], kind: EntityType | None, *, murine: bool = False
    ) -> tuple[Evidence, ...]:
        """Return the evidence of the variants, up to where a sure name was found; ``murine`` asks for mouse genes.

        Where none is a name, that of names similar to the first, in letters or meaning, goes behind it. Where the
        first has no word that a name could have, it alone is looked up.
        """
        asked = iter(variants)
        first = next(asked, None)
        if first is None:
            return ()
        found = self.find_named(chain((first,), _further(first, asked)), kind, murine=murine)
        if not any(map(self._has_name, found)) and not is_nameless(first.text):
            near = list(self._near_in_meaning(first, kind))
            if kind not in TYPES or not any(one.similarity >= _NEAR for one in near):
                found += self._similar(first, kind, murine=murine)
            found += near
        return tuple(found)

    def find_named(self, variants: Iterable[Variant], kind: EntityType | None, *, murine: bool) -> list[Evidence]:
        """Return what ``find`` does, without names of similar letters."""
        found: list[Evidence] = []
        curies: set[Curie] = set()
        for variant in variants:
            new = self._of_variant(variant, kind, murine=murine)
            found += new
            if any(map(self.ends, new)):
                break
            curies.update([evidence.posting.curie for evidence in new])
            if len(curies) >= _MOST_FOUND:
                break
        return found

    def _near_in_meaning(self, variant: Variant, kind: EntityType | None) -> Iterator[Evidence]:
        """Yield the names whose vectors are nearest to that of a writing."""
        if self._meanings is not None and (kind is None or kind in TYPES):
            for posting, cosine in self._meanings.nearest(variant.text, MOST_NEAR):
                if cosine >= _LEAST_NEAR and not _is_written_otherwise(variant.text, posting, kind):
                    near = Variant(posting.name, Step.MEANING)
                    yield Evidence(posting, near, 0, 1, *self._matches(posting), similarity=cosine)

    def usual(self, curie: Curie, kind: EntityType | None) -> Evidence | None:
        """Return evidence for what documents usually tell a mention by, however it is called; None if of other type."""
        names = self._lexicon.names(curie)
        distance = type_distance(kind, names[0].type) if names else None
        if distance is None:
            return None
        return Evidence(names[0], Variant(names[0].name, Step.USUAL), distance, 1, *self._matches(names[0]))

    def look_up(self, variants: Iterable[Variant], kind: EntityType | None) -> Iterator[Evidence]:
        """Yield the evidence of names that are exactly so."""
        for variant in variants:
            yield from self._of_variant(variant, kind, murine=False)

    def _of_variant(self, variant: Variant, kind: EntityType | None, *, murine: bool) -> list[Evidence]:
        postings = self._lexicon.lookup(variant.text)
        if kind is EntityType.GENE_PROTEIN:
            postings = of_mice(self._lexicon, postings) if murine else of_people(self._lexicon, postings)
        fitting = _fitting(postings, variant.text, kind, murine=murine)
        if 0 not in [distance for distance, _ in fitting]:
            fitting = _fitting(self._lexicon.lookup(variant.text, filed=True), variant.text, kind, murine=murine)
        rivals = _rivals(fitting)
        return [
            Evidence(posting, variant, distance, rivals[distance], *self._matches(posting))
            for distance, posting in fitting
        ]

    def _similar(self, variant: Variant, kind: EntityType | None, *, murine: bool) -> Iterator[Evidence]:
        asked = _beginnings(variant.text)
        for postings, similarity in self._similar_names(variant.text, kind):
            fitting = _fitting(postings, "", kind, murine=murine)
            rivals = len({other.curie for _, other in fitting})
            for distance, posting in fitting:
                if posting.type is EntityType.ORGANISATION and similarity < _NEARLY:
                    continue
                if _is_written_otherwise(variant.text, posting, kind):
                    continue
                if kind is EntityType.PROCESS and (distance or _says_more(posting.name, variant.text)):
                    continue
                changed = Variant(posting.name, Step.NGRAM)
                named = _beginnings(posting.name)
                extra, missing = _more_words(named, asked), _more_words(asked, named)
                matches, is_filed = self._matches(posting)
                yield Evidence(posting, changed, distance, rivals, matches, is_filed, similarity, extra, missing)

    def _similar_names(self, text: str, kind: EntityType | None) -> Iterator[tuple[tuple[Posting, ...], float]]:
        """Yield what has each of the most similar keys, with the cosine."""
        if self._ngrams is not None:
            for key_id, similarity in self._ngrams.similar(text, kind):
                yield self._ngrams.postings(key_id), similarity

    def _matches(self, posting: Posting) -> tuple[int, bool]:
        """Return how many exact matches an entity has, and whether MeSH is among its vocabularies."""
        curie = posting.curie
        xrefs = self._lexicon.entity(curie).xrefs
        return len(xrefs), _is_mesh(curie) or any(map(_is_mesh, xrefs))


def _further(first: Variant, asked: Iterator[Variant]) -> Iterator[Variant]:
    """Yield the other variants, unless the first has no word that a name could have."""
    if not is_nameless(first.text):
        yield from asked


def _rivals(fitting: Sequence[tuple[int, Posting]]) -> tuple[int, int]:
    """Return how many entities of the type asked for there are, and of it and those near it together."""
    if len(fitting) == 1:
        return 1, 1
    same = {posting.curie for distance, posting in fitting if distance == 0}
    return len(same), len(same.union(posting.curie for _, posting in fitting))


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
    run = letters(surface).casefold()
    return posting.type is EntityType.DISEASE and len(run) >= _LONG and run == letters(posting.name).casefold()


def _is_other_word(surface: str, postings: Sequence[Posting], kind: EntityType | None) -> bool:
    """Say whether small letters make it a plain word, not the name in capitals: "cold" is no COLD.

    Not where a gene is asked for, as symbols of genes are written so, too.
    """
    is_small = surface[1:].islower() and kind is not EntityType.GENE_PROTEIN
    return is_small and any(posting.exact_case for posting in postings)


def _is_written_otherwise(surface: str, posting: Posting, kind: EntityType | None) -> bool:
    """Say whether a similar name is the very word in capitals."""
    is_same = letters(surface).casefold() == letters(posting.name).casefold()
    return is_same and _is_other_word(surface, (posting,), kind) and not case_fits(surface, posting)


def _fitting(
    postings: Sequence[Posting], surface: str, kind: EntityType | None, *, murine: bool
) -> list[tuple[int, Posting]]:
    found = []
    is_other_word = _is_other_word(surface, postings, kind)
    for posting in postings:
        distance = type_distance(kind, posting.type)
        if distance is None or (is_other_word and not case_fits(surface, posting)):
            continue
        if spaces_fit(surface, posting.name) or _is_spelled_apart(surface, posting):
            found.append((distance, posting))
    return of_one_species(found, murine=murine) if len(found) > 1 else found
