"""The front's side of plain requests: they go to a worker as they came, and its answer goes back as it comes."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from kg.serve.faults import Fault
from kg.serve.frames import READY, pack_job
from kg.serve.plain_request import is_plain
from kg.serve.running import Job, Running

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.serve.logs import Logs
    from kg.serve.metrics import Metrics
    from kg.serve.pool import Pool
    from kg.serve.raw_cache import RawCache
    from kg.serve.settings import ServeSettings
    from kg.serve.watch import Snapshot, Watch


class Desk:
    """Takes plain requests to /sparql, where nothing is set that must look at each request in the front."""

    def __init__(
        self, settings: ServeSettings, watch: Watch, pool: Pool, cache: RawCache, metrics: Metrics, logs: Logs
    ) -> None:
        self._settings = settings
        self._watch = watch
        self._pool = pool
        self._cache = cache
        self._metrics = metrics
        self._logs = logs
        self._view: tuple[str, bytes] = ("", b"")
        self._is_open = settings.limits.rate <= 0 and not settings.trust_proxy
        paths = {f"{settings.prefix}/sparql".encode(), b"/sparql"}
        self._beginnings = tuple(
            method + path + end
            for path in paths
            for method, end in ((b"GET ", b"?"), (b"POST ", b"?"), (b"POST ", b" "))
        )

    def is_for(self, data: bytes) -> bool:
        """The bytes are a whole request that a worker may be able to answer."""
        return self._is_open and data.startswith(self._beginnings) and is_plain(data)

    def find(self, data: bytes, client: str) -> bytes | None:
        """Return the answer that was given to the same bytes before, if it is still the newest."""
        answer = self._cache.find(data)
        if answer is not None:
            self._metrics.count("kg_cache_hits_total")
            self._note(data, answer, client, 0.0, "cached")
        return None if answer is None else answer[READY.size :]

    def submit(self, data: bytes, on_news: Callable[[Running], None]) -> Running | None:
        """Hand a request to a worker; None when it must go the long way."""
        snapshot = self._watch.newest()
        if snapshot is None:
            return None
        limits = self._settings.limits
        job = Job(pack_job(self._view_of(snapshot) + data), "", limits.query_time, limits.buffer)
        running = Running(job, on_news)
        running.tag = snapshot.tag
        try:
            self._pool.submit(running)
        except Fault:
            return None
        return running

    def finish(self, data: bytes, running: Running, answer: bytes, client: str) -> bytes:
        """Keep and note an answer of a worker; return what is sent after status line and date."""
        self._cache.keep(running.tag, data, answer)
        self._note(data, answer, client, time.monotonic() - running.asked, "")
        return answer[READY.size :]

    def leave(self, running: Running) -> None:
        """End a request whose client has gone."""
        self._metrics.count("kg_disconnects_total")
        self._pool.stop(running, Fault(499, "the client went away", code="gone"))

    def _view_of(self, snapshot: Snapshot) -> bytes:
        """Return what a worker must know of the generation and the settings, as a line of JSON."""
        if self._view[0] != snapshot.tag:
            settings = self._settings
            view = {
                "snapshot": [snapshot.number, snapshot.path, snapshot.tag, snapshot.modified, snapshot.modified_text],
                "path": f"{settings.prefix}/sparql",
                "union": settings.union_default_graph,
                "allow_remote": sorted(settings.allow_remote),
                "most_bytes": settings.limits.result,
            }
            self._view = snapshot.tag, json.dumps(view).encode() + b"\n"
        return self._view[1]

    def _note(self, data: bytes, answer: bytes, client: str, seconds: float, outcome: str) -> None:
        self._metrics.observe("sparql", 200, seconds)
        if self._logs.has_access:
            snapshot = self._watch.newest()
            _, digest = READY.unpack_from(answer)
            record = {
                "method": data[: data.index(b" ")].decode(),
                "path": f"{self._settings.prefix}/sparql",
                "bytes": len(answer) - answer.index(b"\r\n\r\n") - 4,
                "query": digest.hex(),
                "generation": snapshot.number if snapshot is not None else None,
                "outcome": outcome,
            }
            self._logs.write_access(client, "sparql", 200, seconds, record)
