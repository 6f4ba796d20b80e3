"""One writer at a time: a lock that the system drops when its process dies."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING

from kg.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path


class WriterLock:
    """Holds the lock file of a store from making until ``release``."""

    def __init__(self, path: Path) -> None:
        """Take the lock.

        Raises:
            StoreError: another process holds it, or the file cannot be written.
        """
        self._path = path
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            message = f"the store {path.parent} cannot be written: {error.strerror}: choose another --store folder"
            raise StoreError(message) from error
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(self._descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(self._descriptor)
            message = f"another process (pid {holder}) writes to the store {path.parent}: wait for it or end it"
            raise StoreError(message) from error
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, str(os.getpid()).encode("ascii"), 0)

    def release(self) -> None:
        """Give the lock up; a second call does nothing."""
        if self._descriptor >= 0:
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = -1
