"""The quads of one graph by subject and predicate, for reading values back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from kg.rdf.terms import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad


class GraphIndex:
    """Answers what a subject's properties are; of several values the first in sort order counts."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._values: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = {}
        self._types: dict[NamedNode, list[NamedNode]] = {}
        for quad in quads:
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                self._values.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(quad.object)
                if quad.predicate == TYPE and isinstance(quad.object, NamedNode):
                    self._types.setdefault(quad.object, []).append(quad.subject)

    def of_type(self, kind: NamedNode) -> list[NamedNode]:
        """Return the subjects of a class, sorted."""
        return sorted(self._types.get(kind, ()), key=str)

    def all(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode | Literal]:
        """Return all values, sorted."""
        return sorted(self._values.get(subject, {}).get(predicate, ()), key=str)

    def text(self, subject: NamedNode, predicate: NamedNode) -> str | None:
        """Return a value as text: of a literal its lexical form, of a node its IRI."""
        values = self.all(subject, predicate)
        return values[0].value if values else None

    def node(self, subject: NamedNode, predicate: NamedNode) -> NamedNode | None:
        """Return a value that is a node."""
        return next((value for value in self.all(subject, predicate) if isinstance(value, NamedNode)), None)

    def number(self, subject: NamedNode, predicate: NamedNode) -> float | None:
        """Return a value as a number."""
        text = self.text(subject, predicate)
        return None if text is None else float(text)

    def offset(self, subject: NamedNode, predicate: NamedNode) -> int:
        """Return a value as an offset; 0 where there is none."""
        return int(self.text(subject, predicate) or 0)

    def is_true(self, subject: NamedNode, predicate: NamedNode) -> bool:
        """The value is there and true."""
        return self.text(subject, predicate) == "true"

    def json(self, subject: NamedNode, predicate: NamedNode) -> Any:
        """Return a JSON value, None where there is none."""
        text = self.text(subject, predicate)
        return None if text is None else json.loads(text)
