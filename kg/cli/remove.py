"""``kg remove``: documents out of the store."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kg.cli.options import StoreOption
from kg.cli.store_folder import store_folder


def remove(
    documents: Annotated[list[str], typer.Argument(metavar="DOCUMENT...", help="Id, identifier or IRI of a document.")],
    store: StoreOption = None,
) -> None:
    """Take documents out of the store, with the entities that no other document mentions."""
    from kg.errors import QueryError
    from kg.model import Iri
    from kg.store.entity_lookup import find_document
    from kg.store.store import Store, open_current

    folder = store_folder(store)
    failed = 0
    reader = open_current(folder)
    with Store.open(folder) as opened:
        for words in documents:
            try:
                document = find_document(reader, words)
            except QueryError as error:
                sys.stderr.write(f"kg: {error}\n")
                failed += 1
                continue
            if opened.remove_document(Iri(document.value)):
                sys.stderr.write(f"kg: removed {document.value}\n")
            else:
                sys.stderr.write(f"kg: the store holds no document {words}\n")
                failed += 1
        opened.publish()
    raise typer.Exit(int(failed > 0))
