"""From what a person types to the thing in the store: an IRI, a CURIE, an exact match's CURIE, or a name."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.model import Curie
from kg.prefixes import BASE, PREFIXES, try_expand
from kg.store.layout import ALT_LABEL, ENTITIES_GRAPH, LABEL, MENTIONS, ONTOLOGY_GRAPH, kg_term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

_XREF = kg_term("xref")
_EXACT = NamedNode(PREFIXES["oa"] + "exact")
_TARGET = NamedNode(PREFIXES["oa"] + "hasSelector")
_HAS_TARGET = NamedNode(PREFIXES["oa"] + "hasTarget")
_BODY = NamedNode(PREFIXES["oa"] + "hasBody")
_IDENTIFIER = NamedNode(PREFIXES["dcterms"] + "identifier")
_ADDRESSES = ("http://", "https://", "urn:")


def find_entity(store: Store, words: str) -> NamedNode:
    """Return the entity that the words name in the store; of several the one that most documents mention.

    Raises:
        QueryError: the store knows no such thing; the message names similar ones.
    """
    words = words.strip()
    if words.startswith(_ADDRESSES):
        return _address(words)
    found = _by_curie(store, words) or _by_name(store, words)
    if found is None:
        near = difflib.get_close_matches(words.lower(), sorted(_labels(store)), n=3)
        hint = f"did you mean {' or '.join(map(repr, near))}?" if near else "give a name, CURIE or IRI that it holds"
        message = f"the store names nothing {words!r}: {hint}"
        raise QueryError(message)
    return found


def find_document(store: Store, words: str) -> NamedNode:
    """Return the document with that IRI, id, CURIE or end of IRI.

    Raises:
        QueryError: the store holds no such document, or several.
    """
    words = words.strip()
    if words.startswith(_ADDRESSES):
        return _address(words)
    for predicate in (_IDENTIFIER, kg_term("curie")):
        for quad in store.quads_for_pattern(None, predicate, Literal(words), None):
            if quad.subject == quad.graph_name and isinstance(quad.subject, NamedNode):
                return quad.subject
    iri = _try_node(f"{BASE}document/{words}")
    if iri is not None and store.contains_named_graph(iri):
        return iri
    message = f"the store holds no document {words!r}: 'kg query newest-documents' lists them"
    raise QueryError(message)


def _address(words: str) -> NamedNode:
    node = _try_node(words)
    if node is None:
        message = f"{words!r} is not an IRI: it holds a character that must be written as %XX"
        raise QueryError(message)
    return node


def _try_node(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri) if _is_iri_part(iri) else None
    except ValueError:
        return None


def _is_iri_part(words: str) -> bool:
    return not any(character in '<>{}|^`"\\' or character.isspace() for character in words)


def _by_curie(store: Store, words: str) -> NamedNode | None:
    if ":" not in words or not _is_iri_part(words):
        return None
    iri = try_expand(Curie(words))
    node = _try_node(iri) if iri else None
    if node is not None and _is_known(store, node):
        return node
    matches = store.quads_for_pattern(None, _XREF, Literal(words), None)
    return next((quad.subject for quad in matches if isinstance(quad.subject, NamedNode)), None)


def _is_known(store: Store, entity: NamedNode) -> bool:
    quads = store.quads_for_pattern(entity, None, None, None)
    return any(quad.graph_name in {ENTITIES_GRAPH, ONTOLOGY_GRAPH} for quad in quads) or any(
        store.quads_for_pattern(None, MENTIONS, entity, None)
    )


def _by_name(store: Store, words: str) -> NamedNode | None:
    spellings = dict.fromkeys((words, words.lower(), words.capitalize(), words.upper(), words.title()))
    found = {entity for spelling in spellings for entity in _named(store, spelling)}
    if not found:
        wanted = words.casefold()
        found = {entity for label, entities in _labels(store).items() if label == wanted for entity in entities}
    if not found:
        return None
    return min(found, key=lambda entity: (-_times_mentioned(store, entity), entity.value))


def _named(store: Store, name: str) -> Iterator[NamedNode]:
    for predicate in (LABEL, ALT_LABEL):
        for quad in store.quads_for_pattern(None, predicate, Literal(name), None):
            if isinstance(quad.subject, NamedNode) and _is_known(store, quad.subject):
                yield quad.subject
    for quote in store.quads_for_pattern(None, _EXACT, Literal(name), None):
        mention = NamedNode(quote.subject.value.partition("#")[0])  # type: ignore[union-attr]
        for body in store.quads_for_pattern(mention, _BODY, None, quote.graph_name):
            if isinstance(body.object, NamedNode):
                yield body.object
                break
        else:
            continue
        break


def _times_mentioned(store: Store, entity: NamedNode) -> int:
    return sum(1 for _ in store.quads_for_pattern(None, MENTIONS, entity, None))


def _labels(store: Store) -> dict[str, set[NamedNode]]:
    labels: dict[str, set[NamedNode]] = {}
    for quad in store.quads_for_pattern(None, LABEL, None, None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            labels.setdefault(quad.object.value.casefold(), set()).add(quad.subject)
    return labels
