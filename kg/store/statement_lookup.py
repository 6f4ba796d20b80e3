"""From an IRI, a hash or its beginning to a statement of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.errors import QueryError
from kg.prefixes import STATEMENT
from kg.store.layout import TYPE, kg_term

if TYPE_CHECKING:
    from collections.abc import Collection

    from pyoxigraph import Store

_SHOWN = 5
_SHORTEST = 4


def find_statement(store: Store, words: str) -> tuple[NamedNode, NamedNode]:
    """Return a statement and the document whose graph holds it.

    Raises:
        QueryError: no statement, or several, have that beginning.
    """
    beginning = words.strip().removeprefix("<").removesuffix(">").removeprefix("kgstatement:").removeprefix(STATEMENT)
    if len(beginning) < _SHORTEST or not beginning.isalnum():
        message = f"{words!r} is no statement: give its IRI, or at least {_SHORTEST} characters of its hash"
        raise QueryError(message)
    quads = store.quads_for_pattern(NamedNode(STATEMENT + beginning), TYPE, kg_term("Statement"), None)
    found = {(quad.subject, quad.graph_name) for quad in quads}
    if not found:
        all_quads = store.quads_for_pattern(None, TYPE, kg_term("Statement"), None)
        wanted = STATEMENT + beginning
        found = {
            (quad.subject, quad.graph_name)
            for quad in all_quads
            if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(wanted)
        }
    return _only(found, words)


def _only(found: Collection[tuple[object, object]], words: str) -> tuple[NamedNode, NamedNode]:
    if not found:
        message = f"the store holds no statement {words!r}: 'kg query statements-of-document' lists those of a document"
        raise QueryError(message)
    pairs = sorted(found, key=str)
    if len(pairs) > 1:
        hashes = ", ".join(str(getattr(one, "value", one)).removeprefix(STATEMENT) for one, _ in pairs[:_SHOWN])
        message = f"{len(pairs)} statements begin with {words!r}: {hashes}{' ...' if len(pairs) > _SHOWN else ''}"
        raise QueryError(message)
    statement, document = pairs[0]
    if not isinstance(statement, NamedNode) or not isinstance(document, NamedNode):
        message = f"the statement {words!r} stands in no document"
        raise QueryError(message)
    return statement, document
