"""Run SPARQL on a store for reading; a wrong query says where it is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.prefixes import PREFIXES
from kg.store.entity_lookup import find_document, find_entity
from kg.store.query_library import ParameterType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Store

    from kg.store.query_library import StoredQuery

_XSD = PREFIXES["xsd"]
_LONGEST_REASON = 160


def run_query(store: Store, text: str) -> QueryBoolean | QuerySolutions | QueryTriples:
    """Run a query over the union of all graphs; the prefixes of the project need not be declared.

    Raises:
        QueryError: the query is wrong, with the place where.
    """
    try:
        return store.query(text, use_default_graph_as_union=True, prefixes=_prefixes())
    except SyntaxError as error:
        message = f"the query is wrong: {_one_line(str(error))}"
        raise QueryError(message) from error
    except OSError as error:
        message = f"the query failed: {error}"
        raise QueryError(message) from error


def _one_line(reason: str) -> str:
    """Return the place and the reason without the parser's long list of character ranges."""
    reason = " ".join(reason.split())
    return reason if len(reason) <= _LONGEST_REASON else reason[:_LONGEST_REASON].rsplit(",", 1)[0] + " ..."


def _prefixes() -> dict[str, str]:
    return {prefix: iri for prefix, iri in PREFIXES.items() if prefix.replace(".", "").isalnum()}


def run_stored_query(
    store: Store, query: StoredQuery, values: Mapping[str, str]
) -> QueryBoolean | QuerySolutions | QueryTriples:
    """Run a named query with the values that a person typed.

    Raises:
        QueryError: a value is missing, unknown, or names nothing in the store.
    """
    kinds = {parameter.name: parameter.type for parameter in query.parameters}
    terms = {name: to_term(store, kinds.get(name, ParameterType.TEXT), value) for name, value in values.items()}
    return run_query(store, query.bind(terms))


def to_term(store: Store, kind: ParameterType, value: str) -> NamedNode | Literal:
    """Return the term that a typed value stands for.

    Raises:
        QueryError: the value does not fit the type, or the store holds no such thing.
    """
    if kind in {ParameterType.ENTITY, ParameterType.IRI}:
        return find_entity(store, value)
    if kind is ParameterType.DOCUMENT:
        return find_document(store, value)
    if kind is ParameterType.NUMBER:
        return _number(value)
    if kind is ParameterType.DATE:
        return Literal(value, datatype=NamedNode(_XSD + "date"))
    return Literal(value)


def _number(value: str) -> Literal:
    try:
        return Literal(int(value))
    except ValueError:
        pass
    try:
        return Literal(float(value))
    except ValueError as error:
        message = f"{value!r} is not a number"
        raise QueryError(message) from error
