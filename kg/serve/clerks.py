"""Who may have a clerk: busy clients whose questions are new, as long as there are clerks.

A clerk is started when a client could first use one and ends when it had nothing to do for some time. The clock looks
at what they do: a query that takes longer than its slice is taken over by the front, which answers it like any other.
"""

from __future__ import annotations

import asyncio
import os
import time
from typing import TYPE_CHECKING

from kg.serve.baton import Baton, make_baton_file
from kg.serve.faults import Fault
from kg.serve.lanes import cpu_seconds
from kg.serve.refusals import ended_by_itself
from kg.serve.running import Job, Running
from kg.serve.slate import Slate, make_slate_file
from kg.serve.window import Window

if TYPE_CHECKING:
    from kg.serve.metrics import Metrics
    from kg.serve.pool import Pool
    from kg.serve.settings import Limits
    from kg.serve.views import Views
    from kg.serve.watch import Snapshot, Watch
    from kg.serve.window import Client

_TICK = 0.02
_MOST_FREE_SECONDS = 30.0
_MOST_SEATS = 16
_MOST_SHOWN = 15


class Clerks:
    """Keeps the windows."""

    def __init__(self, limits: Limits, watch: Watch, views: Views, pool: Pool, metrics: Metrics) -> None:
        self._limits = limits
        self._watch = watch
        self._views = views
        self._pool = pool
        self._metrics = metrics
        self._windows: list[Window] = []
        self._is_hiring = False
        self._shown: list[Snapshot] = []
        self._clock: asyncio.TimerHandle | None = None
        watch.on_look = self._show

    @property
    def state(self) -> dict[str, int]:
        """How many clerks there are, and how many connections they have."""
        return {"clerks": len(self._windows), "seated": sum(len(window.clients) for window in self._windows)}

    def choose(self) -> Window | None:
        """Return the clerk with the fewest clients; one more is started where none is free, and then waited for."""
        self._show(self._watch.newest())
        if self._is_hiring or not self._shown:
            return None
        window = min((one for one in self._windows if one.is_open), key=lambda one: len(one.clients), default=None)
        number = sum(not other.is_long for other in self._windows)
        if (window is None or window.clients) and number < self._limits.clerks and self._pool.lanes.is_open:
            self._is_hiring = True
            self._pool.lanes.in_background(self._hire())
            return None
        return window if window is not None and len(window.clients) < _MOST_SEATS else None

    def recall(self, client: Client) -> None:
        """Have a client's connection back as soon as its request is answered."""
        for window in self._windows:
            window.recall(client)

    def collect(self) -> None:
        """Count in the metrics what was answered since the last time."""
        for window in self._windows:
            self._count(window)

    def on_seated(self) -> None:
        """Count a connection that was handed over."""
        self._metrics.count("kg_handed_over_total")

    def on_begun(self, window: Window, seat: int, request: bytes) -> None:
        """Answer what a clerk has begun."""
        self._take_over(window, seat, request, window.slate.since or time.monotonic())

    def on_finished(self, window: Window) -> None:
        """Have a clerk back, unless its query was a long one."""
        if window.is_long:
            self._pool.lanes.dismiss(window)
        else:
            window.baton.give()

    def on_lost(self, window: Window) -> None:
        """Wait for the reason why a clerk has gone."""
        self._pool.lanes.lose(window)

    def on_buried(self, window: Window, status: int | None) -> None:
        """Forget a clerk; when it died over a request and had sent nothing, the client hears why, and no other does."""
        self._windows.remove(window)
        self._count(window)
        slate = window.slate
        for seat, client in window.leave().items():
            if seat != slate.seat:
                client.come_back(b"")
            elif slate.since and window.baton.take():
                self._metrics.count("kg_worker_deaths_total")
                running = self._running(window, slate.since)
                running.fail(ended_by_itself(status, self._limits.memory))
                client.go_on(slate.request, running)
            else:
                client.cut()
        window.baton.close()

    async def _hire(self) -> None:
        slate, baton = make_slate_file(), make_baton_file()
        window = Window(Slate(slate), Baton(baton), self)
        try:
            await self._pool.lanes.fork("clerk", window, [slate, baton])
        finally:
            os.close(slate)
            self._is_hiring = False
        self._windows.append(window)
        window.show(self._views.line(self._shown[-1]))
        self._keep_time()

    def _show(self, newest: Snapshot | None) -> None:
        """Tell all clerks of the newest generation, if they do not know it yet."""
        if newest is None or (self._shown and self._shown[-1].tag == newest.tag):
            return
        self._shown = [*self._shown[-_MOST_SHOWN:], newest]
        for window in self._windows:
            window.show(self._views.line(newest))

    def _keep_time(self) -> None:
        if self._clock is None and self._windows:
            self._clock = asyncio.get_running_loop().call_later(_TICK, self._tick)

    def _tick(self) -> None:
        self._clock = None
        self._show(self._watch.newest())
        now = time.monotonic()
        for window in list(self._windows):
            if window.clients:
                self._look_at(window, now)
            elif window.is_open and now - window.free_since > _MOST_FREE_SECONDS:
                self._pool.lanes.dismiss(window)
        self._keep_time()

    def _look_at(self, window: Window, now: float) -> None:
        """Take over a query that takes long: who has the baton answers it."""
        since = window.slate.since
        if not since:
            return
        if window.seen_since != since:
            window.seen_since, window.cpu_before = since, cpu_seconds(window.pid)
        if now - since >= min(self._limits.slice_time, self._limits.query_time) and window.baton.take():
            seat, request = window.slate.seat, window.slate.request
            # Read before this, they are of the query that was begun then.
            if window.slate.since == since:
                self._take_over(window, seat, request, since)
            else:
                window.baton.give()

    def _take_over(self, window: Window, seat: int, request: bytes, since: float) -> None:
        """Go on with a query here; a clerk that is busy with one leaves all its connections to the front."""
        clients = window.leave()
        running = self._running(window, since)
        self._pool.adopt(window, running)
        client = clients.pop(seat, None)
        for other in clients.values():
            other.come_back(b"")
        if client is not None:
            client.go_on(request, running)
        else:
            self._pool.stop(running, Fault(499, "the client went away", code="gone"))

    def _running(self, window: Window, since: float) -> Running:
        running = Running(Job(b"", "", self._limits.query_time, self._limits.buffer))
        running.asked = running.started = since
        running.cpu_before = window.cpu_before if window.seen_since == since else -1.0
        seen = window.slate.generation
        running.snapshot = next((snapshot for snapshot in self._shown if snapshot.number == seen), None)
        return running

    def _count(self, window: Window) -> None:
        tally = window.count()
        self._metrics.add("sparql", 200, tally.buckets, tally.seconds)
        self._metrics.count("kg_cache_hits_total", tally.cached)
