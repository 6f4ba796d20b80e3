"""Families of genes and their members: "AMPK" names the kinase, though lists of genes give it to a subunit too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.linking.evidence import GENES, is_exact
from kg.linking.popularity import shipped_popularity
from kg.linking.symbols import aliases_only
from kg.ontology.names import NameStatus, case_fits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from kg.linking.evidence import Evidence
    from kg.model import Curie
    from kg.ontology.lexicon import Lexicon

_FAMILIES = "FPLX:"
_HUMAN = "HGNC:"
_ALIASES = {NameStatus.ABBREVIATION, NameStatus.RELATED}


def standings(found: Sequence[tuple[Evidence, str | None]], lexicon: Lexicon) -> dict[Curie, str]:
    """Return what a family, its members and genes with a mere alias are to each other, as the name of a feature.

    With each evidence comes what the document has against it; what is alone stands beside nothing.
    """
    if len(found) == 1:
        return {}
    families = named_families(one for one, _ in found)
    members = {one.posting.curie for one, _ in found if is_member(one, families, lexicon)}
    if not members and (strays := _strays([one for one, _ in found])):
        return dict.fromkeys(strays, "stray")
    aliases = aliases_only([one for one, against in found if against is None], families)
    if families:
        aliases |= {one.posting.curie for one, against in found if against is not None and _is_alias(one)}
    standing = dict.fromkeys(families, "whole") if members else {}
    return standing | dict.fromkeys(aliases, "alias") | dict.fromkeys(members, "member")


def _strays(found: Sequence[Evidence]) -> frozenset[Curie]:
    """Return the human genes that have a family's name as an alias, where texts know none of the genes that have it.

    "PKC" is an old alias of PRRT2, and the short form of protein kinase C. Genes of the mouse may be members.
    """
    if not any(one.posting.curie.startswith(_FAMILIES) and is_exact(one) for one in found):
        return frozenset()
    exact = [one for one in found if is_exact(one)]
    genes = [one for one in exact if one.posting.curie.startswith(GENES)]
    known = shipped_popularity()
    if any(one.is_symbol or not one.posting.curie.startswith(_HUMAN) or known.get(one.posting.curie) for one in genes):
        return frozenset()
    is_family = any(
        one.posting.curie.startswith(_FAMILIES) and case_fits(one.variant.text, one.posting) for one in exact
    )
    return frozenset(one.posting.curie for one in genes if one.posting.status in _ALIASES) if is_family else frozenset()


def named_families(found: Iterable[Evidence]) -> frozenset[Curie]:
    """Return the families of genes whose label the mention is."""
    return frozenset(one.posting.curie for one in found if _is_label(one))


def _is_alias(one: Evidence) -> bool:
    return one.posting.curie.startswith(GENES) and not one.is_symbol


def _is_label(one: Evidence) -> bool:
    posting = one.posting
    is_label = posting.status is NameStatus.LABEL and posting.curie.startswith(_FAMILIES)
    return is_label and is_exact(one) and case_fits(one.variant.text, posting)


def is_member(one: Evidence, families: AbstractSet[Curie], lexicon: Lexicon) -> bool:
    """Say whether a gene belongs to one of the families, whose label its own symbol is not."""
    curie = one.posting.curie
    if not families or not curie.startswith(GENES) or one.is_symbol:
        return False
    return not families.isdisjoint(lexicon.wholes(curie)) or any(
        parent.curie in families
        or not families.isdisjoint((*lexicon.parents(parent.curie), *lexicon.wholes(parent.curie)))
        or _is_part(parent.label, families)
        for parent in lexicon.broader(curie)
    )


def _is_part(label: str, families: AbstractSet[Curie]) -> bool:
    """Say whether a family's label says that it is of the subunits of a complex: "AMPK alpha" of AMPK."""
    return any(label.startswith(f"{family.removeprefix(_FAMILIES).replace('_', ' ')} ") for family in families)
