"""What workers must know of the newest generation and the settings to answer a plain request by themselves."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.serve.settings import ServeSettings
    from kg.serve.watch import Snapshot


class Views:
    """Writes views as lines of JSON, which ``express.read_view`` reads."""

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
