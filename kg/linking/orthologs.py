"""The gene of the other species: "HIF-2alpha", a name that only lists of mouse genes have, is EPAS1 in people.

"F4/80", which only the human gene is curated under, is Adgre1 in mice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.ontology.names import NameStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Entity
    from kg.ontology.lexicon import Lexicon
    from kg.ontology.names import Posting

_HUMAN, _MOUSE = "HGNC:", "MGI:"


def of_people(lexicon: Lexicon, found: Sequence[Posting]) -> tuple[Posting, ...]:
    """Return the names, those of mouse genes as the human genes' of that symbol where none of them has the name."""
    if any(posting.curie.startswith(_HUMAN) for posting in found):
        return tuple(found)
    return tuple(
        _human(lexicon, posting) or posting if posting.curie.startswith(_MOUSE) else posting for posting in found
    )


def of_mice(lexicon: Lexicon, found: Sequence[Posting]) -> tuple[Posting, ...]:
    """Return the names, those of human genes as the mouse genes' of that symbol where none of them has the name."""
    if any(posting.curie.startswith(_MOUSE) for posting in found):
        return tuple(found)
    return tuple(
        _murine(lexicon, posting) or posting if posting.curie.startswith(_HUMAN) else posting for posting in found
    )


def _murine(lexicon: Lexicon, posting: Posting) -> Posting | None:
    mouse = of_mouse(lexicon, lexicon.entity(posting.curie))
    return posting._replace(curie=mouse.curie) if mouse is not None else None


def _human(lexicon: Lexicon, posting: Posting) -> Posting | None:
    mouse = lexicon.try_entity(posting.curie)
    symbol = mouse.label.upper() if mouse is not None else ""
    for other in lexicon.lookup(symbol):
        if other.status is NameStatus.LABEL and other.name == symbol and other.curie.startswith(_HUMAN):
            return posting._replace(curie=other.curie)
    return None


def of_mouse(lexicon: Lexicon, gene: Entity) -> Entity | None:
    """Return the mouse gene of a human gene's symbol, or None."""
    wanted = gene.label.casefold()
    for other in lexicon.lookup(gene.label):
        is_symbol = other.status is NameStatus.LABEL and other.name.casefold() == wanted
        if is_symbol and other.curie.startswith(_MOUSE):
            return lexicon.entity(other.curie)
    return None
