"""Descriptors of MeSH that are one gene's: "Receptors, Glucocorticoid" has "NR3C1 protein, human" in it and no other.

Not every gene has a record, so that the one member of "Receptors, Neurotensin" is chance: names must agree, too, and
none of them may be another gene's, be it with a number behind it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kg.ontology.names import NameStatus
from kg.ontology.normalize import word_spans
from scripts.lexicon import mesh

_EMPTY = frozenset(
    {"protein", "antigen", "molecule", "gene", "product", "precursor", "human", "type", "of", "the", "and"}
)
_COUNTED = frozenset(["subunit", "member", "family", "subfamily", "chain", "component", "isoform", "group"])
"""What stands between a family's name and the number of a member."""
_HELPERS = frozenset({"auxiliary", "accessory", "inducible", "interacting", "modulator"})
"""What works on a thing is not the thing: the AMPA receptor's auxiliary protein is none."""
_SAYING = 2
Words = frozenset[str]


class SoleMembers:
    """Finds the gene of a descriptor.

    ``members`` are the human genes whose records are mapped to each descriptor, ``full`` the full names of each gene,
    ``names`` its symbol and aliases besides.
    """

    def __init__(
        self, members: Mapping[str, set[str]], full: Mapping[str, Iterable[str]], names: Mapping[str, Iterable[str]]
    ) -> None:
        self._members = members
        self._full = {gene: {_words(name) for name in given} for gene, given in full.items()}
        self._short = {gene: frozenset().union(*map(_words, given)) for gene, given in names.items()}
        self._alike: dict[Words, set[tuple[str, Words]]] = defaultdict(set)
        for gene in names:
            for words in (*self._full.get(gene, ()), *map(_words, names[gene])):
                self._alike[_saying(words)].add((gene, words))

    def gene_of(self, heading: mesh.Heading) -> str | None:
        """Return the one gene that a descriptor names, or None."""
        genes = self._members.get(heading.curie, set())
        if heading.mapped or len(genes) != 1:
            return None
        gene = next(iter(genes))
        names = {_words(name) for name, status in mesh.names_of(heading) if status is not NameStatus.ABBREVIATION} - {
            frozenset()
        }
        if gene not in self._full or any(self._owners(words) - {gene} for words in names):
            return None
        return gene if any(self._is_name(words, gene) for words in names) else None

    def _owners(self, words: Words) -> set[str]:
        """Return the genes of that name, with a number or not."""
        return {gene for gene, known in self._alike.get(_saying(words), ()) if words <= known}

    def _is_name(self, words: Words, gene: str) -> bool:
        if len(_saying(words)) < _SAYING:
            return gene in self._owners(words)
        return any(words <= known | self._short[gene] and not (known - words) & _HELPERS for known in self._full[gene])


def _words(name: str) -> Words:
    return frozenset(word_spans(name)[2]) - _EMPTY


def _saying(words: Words) -> Words:
    """Return the words but numbers, single letters and what counts the members of a family."""
    return frozenset(word for word in words - _COUNTED if len(word) > 1 and not word.isdigit())
