"""Which generation of the store is the newest: looked up when asked, at most some times a second."""

from __future__ import annotations

import hashlib
import logging
import threading
import time
from dataclasses import dataclass
from email.utils import formatdate
from typing import TYPE_CHECKING

from kg.store.generations import current

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.store.generations import Generation

_LOOK_AGAIN = 0.25
_LOG = logging.getLogger("kg.serve")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A published generation: its number, its folder, a tag that no other generation has, its date for HTTP.

    ``modified_text`` is empty where the generation before is of the same second, which HTTP dates cannot tell apart.
    """

    number: int
    path: str
    tag: str
    modified: float
    modified_text: str


class Watch:
    """Knows the newest generation of a store.

    ``prepare`` makes of a generation's folder the one that is read; it is called in a thread of its own, and until it
    is done the generation before stays the newest. ``on_look`` is called after each look with the
    generation that is the newest then.
    """

    def __init__(self, store: Path, prepare: Callable[[Path], Path] | None = None) -> None:
        self._store = store
        self._prepare = prepare
        self._preparing: threading.Thread | None = None
        self._snapshot: Snapshot | None = None
        self._looked = 0.0
        self.on_look: Callable[[Snapshot | None], None] = lambda _: None

    def newest(self) -> Snapshot | None:
        """Return the newest generation; None as long as nothing is published."""
        now = time.monotonic()
        if now - self._looked >= _LOOK_AGAIN or self._snapshot is None:
            self.look()
        return self._snapshot

    def look(self) -> None:
        """Look at the store now."""
        self._looked = time.monotonic()
        self._find()
        self.on_look(self._snapshot)

    def _find(self) -> None:
        found = current(self._store)
        if found is None or (self._snapshot is not None and self._snapshot.number == found.number):
            return
        if self._prepare is None:
            self._take(found, found.path)
        elif self._preparing is None or not self._preparing.is_alive():
            self._preparing = threading.Thread(target=self._prepare_and_take, args=(found, self._prepare))
            self._preparing.start()

    def _prepare_and_take(self, found: Generation, prepare: Callable[[Path], Path]) -> None:
        try:
            self._take(found, prepare(found.path))
        except OSError:
            _LOG.exception("generation %d cannot be prepared", found.number)

    def _take(self, found: Generation, read: Path) -> None:
        try:
            status = found.path.stat()
        except OSError:
            return
        tag = hashlib.sha256(f"{found.path}:{status.st_mtime_ns}:{status.st_ino}".encode()).hexdigest()[:12]
        whole = float(int(status.st_mtime))
        before = found.path.with_name(f"{found.number - 1:0{len(found.path.name)}}")
        is_alone = not before.exists() or int(before.stat().st_mtime) != int(whole)
        text = formatdate(whole, usegmt=True) if is_alone else ""
        self._snapshot = Snapshot(found.number, str(read), f"{found.number}-{tag}", whole, text)
