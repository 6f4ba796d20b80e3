"""What the outputs call a thing: its fullest name in the document, never "the Company"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model import Annotation, LinkedMention


def entity_key(linked: LinkedMention) -> str:
    """Return what is equal for all mentions of one thing: the CURIE, or for NIL the name."""
    return linked.chosen.curie if linked.chosen else f"nil {linked.name.casefold()}"


def find_fullest_names(annotation: Annotation) -> dict[str, str]:
    """Return the longest written name of each thing in the document, by its key; the first of equally long ones."""
    names: dict[str, str] = {}
    for linked in _iter_all(annotation):
        mention = linked.mention
        text = mention.text
        if mention.coreference:
            if mention.antecedent is None:
                continue
            text = annotation.document.text[mention.antecedent.start : mention.antecedent.end]
        key = entity_key(linked)
        if len(text) > len(names.get(key, "")):
            names[key] = text
    return names


def _iter_all(annotation: Annotation) -> Iterable[LinkedMention]:
    yield from annotation.mentions
    for event in annotation.findings.events:
        for linked in (event.agent, event.recipient, event.product, event.indication):
            if linked is not None:
                yield linked
    for claim in annotation.findings.claims:
        if claim.about is not None:
            yield claim.about
