"""The store of a project: one process writes it, each document is replaced as a whole, readers see publications."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Self

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from kg.errors import StoreError
from kg.store import generations
from kg.store.changes import plan_changes
from kg.store.layout import LIVE, LOCK, SHA256, UNPUBLISHED, kg_term
from kg.store.lock import WriterLock
from kg.store.status import Status, read_status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from kg.model import Iri
    from kg.store.changes import Changes
    from kg.store.generations import Generation

_BULK_FROM = 20_000
"""From so many new quads on, the store's bulk loader is used; below it a transaction is quicker."""


class Store:
    """The writing side of a store folder; use it in a ``with`` block and ``publish`` at the end of a load.

    The live store is opened at the first write: a load that changes nothing touches no file of it.
    """

    def __init__(self, path: Path, lock: WriterLock) -> None:
        """Use ``Store.open``."""
        self.path = path
        self._lock = lock
        self._live: pyoxigraph.Store | None = None
        self._reading: pyoxigraph.Store | None = None

    @classmethod
    def open(cls, path: Path) -> Store:
        """Open a store folder for writing; make it where it does not exist.

        Raises:
            StoreError: another process writes to it, or it cannot be written.
        """
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = f"the store {path} cannot be made: {error.strerror}: choose another --store folder"
            raise StoreError(message) from error
        if not os.access(path, os.W_OK | os.X_OK):
            message = f"the store {path} cannot be written: permission denied: choose another --store folder"
            raise StoreError(message)
        return cls(path, WriterLock(path / LOCK))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the live store and let another writer in; what was not published stays unpublished until a load."""
        self._live = self._reading = None
        self._lock.release()

    def is_current(self, document: Iri, sha256: str, lexicon: str, settings: str) -> bool:
        """The document is held as the same text, read with the same lexicon and settings."""
        iri = NamedNode(document)
        wanted = {SHA256: sha256, kg_term("lexiconVersion"): lexicon, kg_term("settings"): settings}
        return all(self._value(iri, predicate) == value for predicate, value in wanted.items())

    def _value(self, document: NamedNode, predicate: NamedNode) -> str | None:
        quads = self._view().quads_for_pattern(document, predicate, None, document)
        return next((quad.object.value for quad in quads if isinstance(quad.object, pyoxigraph.Literal)), None)

    def replace_document(self, document: Iri, quads: Iterable[Quad]) -> None:
        """Put one document in place of what the store holds of it; see ``replace_documents``."""
        self.replace_documents({document: tuple(quads)})

    def replace_documents(self, documents: Mapping[Iri, Sequence[Quad]]) -> None:
        """Put documents in place of what the store holds of them, all in one transaction.

        The quads may name the document's graph and the shared graphs. Entities that no document mentions any more
        go. Writing some hundred documents in one call is several times as quick as one by one.

        Raises:
            StoreError: nothing was written, because the disk is full or the store is damaged.
        """
        by_graph = {NamedNode(iri): quads for iri, quads in documents.items()}
        self._apply(plan_changes(self._writable(), by_graph))

    def remove_document(self, document: Iri) -> bool:
        """Take a document out, and what only it needed; False where the store does not hold it."""
        graph = NamedNode(document)
        if not any(self._view().quads_for_pattern(None, None, None, graph)):
            return False
        self.replace_documents({document: ()})
        self._writable().remove_graph(graph)  # its name; the quads went in the transaction before
        return True

    def add_shared(self, quads: Iterable[Quad]) -> None:
        """Add quads of shared graphs, such as a run's description or the vocabulary; known ones change nothing."""
        view = self._view()
        new = {quad for quad in quads if quad not in view}
        if new:
            from kg.store.changes import Changes

            self._apply(Changes(inserts=new))

    def publish(self) -> Generation | None:
        """Show readers what was loaded; the same generation where nothing changed, None where there is nothing."""
        if not (self.path / UNPUBLISHED).exists():
            return generations.current(self.path)
        generation = generations.publish(self.path, self._writable())
        (self.path / UNPUBLISHED).unlink(missing_ok=True)
        generations.prune(self.path)
        return generation

    def optimize(self) -> None:
        """Compact the files; worth its time after a large load."""
        self._writable().optimize()

    def status(self) -> Status:
        """Return counts of what the store holds, the unpublished included."""
        return read_status(self._view(), self.path, generations.current(self.path))

    def documents(self) -> list[Iri]:
        """Return the IRIs of all documents, sorted."""
        from kg.store.status import document_graphs

        return sorted(document_graphs(self._view()))

    def quads(self, graph: Iri) -> list[Quad]:
        """Return the quads of one graph."""
        return list(self._view().quads_for_pattern(None, None, None, NamedNode(graph)))

    def _apply(self, changes: Changes) -> None:
        if not changes.deletes and not changes.inserts:
            return
        live = self._writable()
        try:
            (self.path / UNPUBLISHED).touch()
            if changes.deletes:
                live.update(_update_text(changes))
            elif len(changes.inserts) >= _BULK_FROM:
                live.bulk_extend(changes.inserts)
            else:
                live.extend(changes.inserts)
        except OSError as error:
            free = shutil.disk_usage(self.path).free // 2**20
            message = f"the store {self.path} cannot be written: {error} ({free} MB free): free some space, load again"
            raise StoreError(message) from error

    def _view(self) -> pyoxigraph.Store:
        """Return what to read from: the live store, or the last generation while that is all there is."""
        if self._live is None and not (self.path / UNPUBLISHED).exists():
            if self._reading is None:
                generation = generations.current(self.path)
                self._reading = open_read_only(generation.path) if generation else pyoxigraph.Store()
            return self._reading
        return self._writable()

    def _writable(self) -> pyoxigraph.Store:
        if self._live is None:
            self._reading = None
            try:
                self._live = pyoxigraph.Store(str(self.path / LIVE))
            except OSError as error:
                message = f"the store {self.path} cannot be opened: {error}"
                raise StoreError(message) from error
        return self._live


def open_read_only(folder: Path) -> pyoxigraph.Store:
    """Open one generation for reading.

    Raises:
        StoreError: the folder holds no readable store.
    """
    try:
        return pyoxigraph.Store.read_only(str(folder))
    except OSError as error:
        message = f"{folder} cannot be opened as a store: {error}"
        raise StoreError(message) from error


def open_current(path: Path) -> pyoxigraph.Store:
    """Open the newest generation of a store folder for reading.

    Raises:
        StoreError: there is none.
    """
    generation = generations.current(path)
    if generation is None:
        message = f"there is no store in {path}: make one with 'kg load PATH --store {path}', or name it with --store"
        raise StoreError(message)
    return open_read_only(generation.path)


def _update_text(changes: Changes) -> str:
    return f"DELETE DATA {{ {_data(changes.deletes)} }} ; INSERT DATA {{ {_data(changes.inserts)} }}"


def _data(quads: Iterable[Quad]) -> str:
    """Return the quads as SPARQL data blocks, one a graph."""
    blocks: dict[str, list[str]] = {}
    for quad in quads:
        blocks.setdefault(str(quad.graph_name), []).append(f"{quad.triple} .")
    return "\n".join(f"GRAPH {graph} {{ {' '.join(lines)} }}" for graph, lines in blocks.items())
