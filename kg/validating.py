"""Every document of a store against the SHACL shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.rdf.validation import check_quads
from kg.store.status import document_graphs
from kg.store.store import open_current

if TYPE_CHECKING:
    from pathlib import Path

_SHOWN = 10


def check_store(store: Path) -> int:
    """Check the published documents and return how many there are.

    Raises:
        StoreError: some breach a shape; the message names the first breaches.
    """
    from pyoxigraph import NamedNode

    opened = open_current(store)
    documents = document_graphs(opened)
    breaches = [
        f"{document}: {violation}"
        for document in documents
        for violation in check_quads(opened.quads_for_pattern(None, None, None, NamedNode(document)))
    ]
    if breaches:
        more = f"\n  and {len(breaches) - _SHOWN} more" if len(breaches) > _SHOWN else ""
        shown = "\n  ".join(breaches[:_SHOWN])
        message = f"{store} breaches the shapes of kg/rdf/shapes/kg.ttl:\n  {shown}{more}"
        raise StoreError(message)
    return len(documents)
