"""The question that each mention of a document puts: its text and type, and what the document says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.linking.coordination import composite_parts, elliptic_expansions, syndrome_of
from kg.linking.definitions import (
    expand,
    fuller_organisations,
    long_forms,
    organisation_key,
    undefined_short_form,
)
from kg.linking.induced import induced_diseases
from kg.linking.species import murine_genes
from kg.model import EntityType
from kg.ontology.normalize import key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Analysis, Mention


class Question(NamedTuple):
    """All that decides how a mention is linked: its text and type, and what its document says of it.

    A tuple, as answers are remembered by it.
    """

    text: str
    type: EntityType | None
    long_form: str | None = None
    fuller_name: str | None = None
    expansions: tuple[str, ...] = ()
    parts: tuple[tuple[str, ...], ...] = ()
    murine: bool = False
    guess: str | None = None
    induced: bool = False
    unlikely_guess: str | None = None


def ask(analysis: Analysis, mentions: Sequence[Mention]) -> list[Question]:
    """Return the question that each mention puts, in order."""
    forms = long_forms(analysis, mentions)
    fuller = fuller_organisations(mentions)
    text = analysis.document.text
    questions = []
    of_mouse = murine_genes(text, mentions)
    induced = induced_diseases(text, mentions)
    for mention, row in zip(mentions, elliptic_expansions(text, mentions), strict=True):
        long_form = expand(mention.text, forms) if forms else None
        if mention.type is EntityType.ORGANISATION:
            name = fuller.get(organisation_key(mention.text))
            questions.append(Question(mention.text, mention.type, long_form, name))
        else:
            guess, is_likely = (undefined_short_form(mention, mentions) if long_form is None else None) or (None, False)
            parts = tuple(composite_parts(mention.text))
            names = (*row, syndrome_of(mention.text)) if parts else row
            likely, unlikely = (guess, None) if is_likely else (None, guess)
            by_drug = bool(induced) and mention.type is EntityType.DISEASE and key(mention.text) in induced
            murine = mention in of_mouse
            questions.append(
                Question(mention.text, mention.type, long_form, None, names, parts, murine, likely, by_drug, unlikely)
            )
    return questions
