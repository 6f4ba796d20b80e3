"""The front's side of plain requests: they go to a worker as they came, and its answer goes back as it comes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from kg.serve.express import answer_facts
from kg.serve.faults import Fault
from kg.serve.frames import READY, pack_job
from kg.serve.plain_request import is_plain, query_beginnings
from kg.serve.running import Job, Running

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.serve.logs import Logs
    from kg.serve.metrics import Metrics
    from kg.serve.pool import Pool
    from kg.serve.raw_cache import RawCache
    from kg.serve.settings import ServeSettings
    from kg.serve.views import Views
    from kg.serve.watch import Snapshot, Watch


class Desk:
    """Takes plain requests to /sparql, where nothing is set that must look at each request in the front."""

    def __init__(
        self,
        settings: ServeSettings,
        watch: Watch,
        views: Views,
        pool: Pool,
        cache: RawCache,
        metrics: Metrics,
        logs: Logs,
    ) -> None:
        self._limits = settings.limits
        self._watch = watch
        self._views = views
        self._pool = pool
        self._cache = cache
        self._metrics = metrics
        self._logs = logs
        self._is_open = settings.limits.rate <= 0 and not settings.trust_proxy
        self._path = f"{settings.prefix}/sparql"
        self._beginnings = query_beginnings(self._path)

    def is_for(self, data: bytes) -> bool:
        """The bytes are a whole request that a worker may be able to answer."""
        return self._is_open and data.startswith(self._beginnings) and is_plain(data)

    def find(self, data: bytes, client: str) -> bytes | None:
        """Return the answer that was given to the same bytes before, if it is still the newest."""
        snapshot = self._watch.newest()
        answer = self._cache.find(snapshot.tag, data) if snapshot is not None else None
        if answer is None or snapshot is None:
            return None
        self._metrics.count("kg_cache_hits_total")
        self._note(data, answer, client, 0.0, snapshot, "cached")
        return answer[READY.size :]

    def submit(self, data: bytes, on_news: Callable[[Running], None]) -> Running | None:
        """Hand a request to a worker; None when it must go the long way."""
        snapshot = self._watch.newest()
        if snapshot is None:
            return None
        payload = pack_job(b"%s\n%s" % (self._views.line(snapshot), data))
        running = Running(Job(payload, "", self._limits.query_time, self._limits.buffer), on_news)
        running.snapshot = snapshot
        try:
            self._pool.submit(running)
        except Fault:
            return None
        return running

    def finish(self, data: bytes, running: Running, answer: bytes, client: str) -> bytes:
        """Keep and note an answer of a worker; return what is sent after status line and date."""
        if running.snapshot is not None:
            self._cache.keep(running.snapshot.tag, data, answer)
            self._note(data, answer, client, time.monotonic() - running.asked, running.snapshot, "")
        return answer[READY.size :]

    def leave(self, running: Running) -> None:
        """End a request whose client has gone."""
        self._metrics.count("kg_disconnects_total")
        self._pool.stop(running, Fault(499, "the client went away", code="gone"))

    def _note(self, data: bytes, answer: bytes, client: str, seconds: float, snapshot: Snapshot, outcome: str) -> None:
        self._metrics.observe("sparql", 200, seconds)
        if self._logs.has_access:
            facts = answer_facts(data, answer, self._path, snapshot.number, outcome)
            self._logs.write_access(client, "sparql", 200, seconds, facts)
