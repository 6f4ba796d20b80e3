"""Official symbols and aliases: "NOS2" is the gene of that symbol, though another gene was once called so, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.linking.evidence import GENES
from kg.linking.variants import Step
from kg.ontology.names import case_fits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from kg.linking.evidence import Evidence
    from kg.model import Curie

_TOLD = {Step.DEFINITION, Step.DOCUMENT, Step.GUESS}


def aliases_only(found: Sequence[Evidence], families: AbstractSet[Curie]) -> frozenset[Curie]:
    """Return the genes that have the mention as an alias only, where it is the symbol of another or a family's label.

    ``found`` is what the document does not speak against. What it calls so itself is no alias, unless it calls the
    other one so, too. A symbol counts where it is written as symbols are, or where the alias is not written so either.
    """
    whole = [one for one in found if one.variant.step is not Step.NGRAM and one.variant.kept == 1]
    genes = [one for one in whole if one.posting.curie.startswith(GENES)]
    symbols = {one.posting.curie for one in genes if one.is_symbol}
    if not symbols and not families:
        return frozenset()
    fits = {one.posting.curie for one in genes if case_fits(one.variant.text, one.posting)}
    told = {one.posting.curie for one in whole if one.variant.step in _TOLD}
    is_well_written = bool(families) or not fits.isdisjoint(symbols)
    others = {one.posting.curie for one in genes} - symbols
    if told.isdisjoint(symbols | families):
        others -= told
    return frozenset(others if is_well_written else others - fits)
