"""The generation that a worker reads."""

from __future__ import annotations

import pyoxigraph as ox


class Opened:
    """Keeps one generation open, until another one is asked for."""

    def __init__(self) -> None:
        self._store: ox.Store | None = None
        self._path = ""

    def at(self, path: str) -> ox.Store:
        """Return the generation in a folder, for reading."""
        if self._store is None or self._path != path:
            self._store = None
            self._store = ox.Store.read_only(path)
            self._path = path
        return self._store
