"""IRIs as hashes of content: the same text read the same way gets the same names, whatever the machine or day."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.prefixes import BASE, ENTITY, MENTION, STATEMENT, try_expand

if TYPE_CHECKING:
    from kg.model import Claim, Curie, Event, Iri, LinkedMention, Statement

_HASH_LENGTH = 20
_SLUG_LENGTH = 80
EVENT = BASE + "event/"
CLAIM = BASE + "claim/"


def content_hash(*parts: object) -> str:
    """Return 20 hexadecimal digits of the SHA-256 of the parts; None and "" differ."""
    text = "\x1f".join("\x00" if part is None else str(part) for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_LENGTH]


def slug(name: str) -> str:
    """Return a name as lower-case ASCII words with hyphens; what ASCII cannot say is kept apart by a hash.

    >>> slug("Acme Pharma, Inc.")
    'acme-pharma-inc'
    """
    folded = unicodedata.normalize("NFKD", name)
    plain = "".join(character for character in folded if not unicodedata.combining(character)).casefold()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_SLUG_LENGTH]
    if words and len(plain) <= _SLUG_LENGTH and not any(c.isalnum() and not c.isascii() for c in plain):
        return words
    return "-".join(filter(None, (words, content_hash(plain)[:8])))


def try_curie_iri(curie: Curie) -> NamedNode | None:
    """Return the IRI of an identifier, or None where its prefix is unknown or it makes no valid IRI."""
    iri = try_expand(curie)
    try:
        return None if iri is None else NamedNode(iri)
    except ValueError:  # for example a lone % in the identifier
        return None


def curie_iri(curie: Curie) -> NamedNode:
    """Return the IRI of an identifier; one whose prefix nobody knows gets a name of ours rather than a false one."""
    return try_curie_iri(curie) or NamedNode(ENTITY + slug(curie))


def entity_iri(linked: LinkedMention) -> NamedNode:
    """Return the IRI of what a mention stands for; for NIL it is made from the name."""
    return curie_iri(linked.chosen.curie) if linked.chosen else NamedNode(ENTITY + slug(linked.name))


def mention_iri(document: Iri, linked: LinkedMention) -> NamedNode:
    """Return the IRI of a mention: its document, span and type."""
    mention = linked.mention
    return NamedNode(MENTION + content_hash(document, mention.start, mention.end, mention.type.value))


def statement_iri(document: Iri, statement: Statement) -> NamedNode:
    """Return the IRI of a statement: its document, sentence, ends, relation and what qualifies it."""
    evidence = statement.evidence
    return NamedNode(
        STATEMENT
        + content_hash(
            document,
            evidence.start,
            evidence.end,
            entity_iri(statement.subject).value,
            statement.relation,
            entity_iri(statement.object).value,
            statement.negated,
            statement.modality.value,
            statement.date,
        )
    )


def event_iri(document: Iri, event: Event) -> NamedNode:
    """Return the IRI of an event: its document, kind, trigger, product and recipient."""
    ends = (event.agent, event.recipient, event.product, event.indication)
    iris = (entity_iri(linked).value if linked else None for linked in ends)
    return NamedNode(EVENT + content_hash(document, event.kind, event.start, event.end, *iris, event.actual))


def claim_iri(document: Iri, claim: Claim) -> NamedNode:
    """Return the IRI of a numeric claim: its document, span, numbers and what it measures."""
    numbers = (claim.value, claim.low, claim.high, claim.unit, claim.comparator, claim.measures)
    return NamedNode(CLAIM + content_hash(document, claim.start, claim.end, *numbers))
