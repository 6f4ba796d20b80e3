"""What workers must know of the newest generation and the settings to answer a plain request by themselves."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.serve.plain_request import query_beginnings
from kg.serve.watch import Snapshot

if TYPE_CHECKING:
    from kg.serve.settings import ServeSettings


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What a request is answered from: a generation, and the settings that matter.

    ``path`` is that of the endpoint, ``beginnings`` what requests to it begin with.
    """

    snapshot: Snapshot
    path: str
    beginnings: tuple[bytes, ...]
    union: bool
    allow_remote: frozenset[str]
    most_bytes: int


@lru_cache(maxsize=4)
def read_view(line: bytes) -> View:
    """Return the view that a line of JSON says; nearly all requests have the same."""
    found = json.loads(line)
    snapshot = Snapshot(*found["snapshot"])
    path, remote = found["path"], frozenset(found["allow_remote"])
    return View(snapshot, path, query_beginnings(path), found["union"], remote, found["most_bytes"])


class Views:
    """Writes views as lines of JSON, which ``read_view`` reads."""

    def __init__(self, settings: ServeSettings) -> None:
        self._settings = settings
        self._last: tuple[str, bytes] = ("", b"")

    def line(self, snapshot: Snapshot) -> bytes:
        """Return the view of a generation, without the end of the line."""
        if self._last[0] != snapshot.tag:
            settings = self._settings
            view = {
                "snapshot": [snapshot.number, snapshot.path, snapshot.tag, snapshot.modified, snapshot.modified_text],
                "path": f"{settings.prefix}/sparql",
                "union": settings.union_default_graph,
                "allow_remote": sorted(settings.allow_remote),
                "most_bytes": settings.limits.result,
            }
            self._last = snapshot.tag, json.dumps(view).encode()
        return self._last[1]
