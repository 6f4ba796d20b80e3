"""Who may run: a queue for the lanes, a clock on each job, and a bounded number of long queries.

Every query starts in a lane. One that is not done within the slice keeps its worker, at a lower priority, as one of a
few long queries, and a fresh worker takes its place in the lane: so never-ending queries cannot hold up small ones.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import TYPE_CHECKING

from kg.serve.faults import Fault
from kg.serve.lanes import Lanes, cpu_seconds
from kg.serve.refusals import ended_by_itself, past_its_time, too_many_long

if TYPE_CHECKING:
    from kg.serve.channel import Channel
    from kg.serve.metrics import Metrics
    from kg.serve.running import Running
    from kg.serve.settings import Limits

_TICK = 0.02
_MOST_SLICES = 3
_LONG_ENOUGH = 0.005


class Pool:
    """Gives jobs to workers."""

    def __init__(self, limits: Limits, metrics: Metrics, *, may_reach_network: bool, log: int | None) -> None:
        self._limits = limits
        self._metrics = metrics
        self.lanes = Lanes(
            limits,
            may_reach_network=may_reach_network,
            log=log,
            offer=self._give_next,
            take_back=self._take_back,
            on_death=self._on_death,
        )
        self.spawner = self.lanes.spawner
        self._waiting: deque[Running] = deque()
        self._clock: asyncio.TimerHandle | None = None

    async def open(self) -> None:
        """Start the workers."""
        await self.lanes.open()

    async def close(self) -> None:
        """Stop all work and end all processes."""
        if self._clock is not None:
            self._clock.cancel()
        await self.lanes.close()

    def pids(self) -> list[int]:
        """Return the process ids of all workers."""
        return sorted(self.lanes.channels)

    def state(self) -> dict[str, int]:
        """Return how many workers are idle, busy, long, and how many requests wait."""
        channels = self.lanes.channels.values()
        busy = sum(channel.running is not None and not channel.is_long for channel in channels)
        waiting = sum(not running.is_finished for running in self._waiting)
        return {"idle": len(self.lanes.idle), "busy": busy, "long": len(self.lanes.long), "waiting": waiting}

    def submit(self, running: Running) -> None:
        """Give a job to a worker, now or as soon as a lane is free.

        One that gets no lane in its time fails with 503.

        Raises:
            Fault: 503, because too many requests wait already.
        """
        channel = self.lanes.take() or self.lanes.take_next()
        if channel is not None:
            channel.start(running)
        elif len(self._waiting) >= self._limits.queue or not self.lanes.is_open:
            self._metrics.count("kg_overload_total")
            raise Fault(503, "too many requests are waiting: try again in a moment", code="overload", retry_after=1)
        else:
            self._waiting.append(running)
        self._keep_time()

    def adopt(self, channel: Channel, running: Running) -> None:
        """See to a query that a worker has begun for a client by itself: its time, and whether it turns out long."""
        channel.running = running
        running.channel = channel
        self._keep_time()

    def stop(self, running: Running, fault: Fault) -> None:
        """End a job that is no longer wanted, and kill the worker that does it."""
        channel = running.channel
        if channel is None or self._is_soon_done(channel, running):
            running.fail(fault)
        else:
            self._metrics.count("kg_kills_total")
            self.lanes.kill(channel, fault)

    def _is_soon_done(self, channel: Channel, running: Running) -> bool:
        """The job has not begun, or is so young that its worker may as well finish it; the clock sees to the rest."""
        if channel.running is not running:
            return True
        return not (channel.is_long or running.is_flowing) and _age(running) < self._limits.slice_time

    def _take_back(self, running: Running) -> None:
        """Let a job that a worker was to do next be the next of another one."""
        self._waiting.appendleft(running)
        self._keep_time()

    def _give_next(self, channel: Channel) -> bool:
        """Give a worker that has nothing to do, or nothing that follows, to who waits longest."""
        while self._waiting:
            running = self._waiting.popleft()
            if not running.is_finished:
                channel.start(running)
                return True
        return channel.running is None and self._relieve(channel)

    def _relieve(self, idle: Channel) -> bool:
        """Give an idle worker what another one was to do next, where that has been busy for some time."""
        for channel in self.lanes.channels.values():
            running = channel.running
            if running is not None and channel.following is not None and _age(running) > _LONG_ENOUGH:
                following = channel.withdraw()
                if following is not None:
                    idle.start(following)
                    return True
        return False

    def _on_death(self, running: Running, status: int | None) -> None:
        if running.is_finished:
            return
        self._metrics.count("kg_worker_deaths_total")
        running.fail(ended_by_itself(status, self._limits.memory))

    def _keep_time(self) -> None:
        """Have the clock look at all jobs in a moment: one timer for all is cheaper than one for each."""
        if self._clock is None:
            self._clock = asyncio.get_running_loop().call_later(_TICK, self._tick)

    def _tick(self) -> None:
        self._clock = None
        now = time.monotonic()
        is_busy = False
        for channel in list(self.lanes.channels.values()):
            if channel.running is not None:
                is_busy = True
                self._look_at(channel, channel.running, now)
        while (idle := self.lanes.take()) is not None:
            if not self._relieve(idle):
                self.lanes.idle.append(idle)
                break
        for running in [other for other in self._waiting if now - other.started >= other.job.time_limit]:
            self._metrics.count("kg_overload_total")
            running.fail(Fault(503, "no worker became free in time: try again", code="overload", retry_after=2))
        if any(running.is_finished for running in self._waiting):
            self._waiting = deque(running for running in self._waiting if not running.is_finished)
        if is_busy or self._waiting:
            self._keep_time()

    def _look_at(self, channel: Channel, running: Running, now: float) -> None:
        if running.is_finished:
            if not channel.is_long and self._had_its_slice(channel, running, now):
                self._metrics.count("kg_kills_total")
                self.lanes.kill(channel, past_its_time(running.job.time_limit))
            return
        if running.cpu_before < 0:
            running.cpu_before = cpu_seconds(channel.pid)
        left = running.job.time_limit + running.paused_total() - (now - running.started)
        is_stuck = running.paused_since is not None and now - running.paused_since > self._limits.idle_client_time
        if left <= 0 or is_stuck:
            self._metrics.count("kg_timeouts_total")
            self._metrics.count("kg_kills_total")
            self.lanes.kill(channel, past_its_time(running.job.time_limit))
        elif not channel.is_long and self._had_its_slice(channel, running, now):
            self._on_slice(channel, running, now)

    def _had_its_slice(self, channel: Channel, running: Running, now: float) -> bool:
        """The job has had its time in a lane.

        On a busy machine a worker may hardly have run: that it takes long is then not the query's fault.
        """
        age = now - running.started
        if age < self._limits.slice_time:
            return False
        used = cpu_seconds(channel.pid) - running.cpu_before
        return used >= self._limits.slice_time / 4 or age >= _MOST_SLICES * self._limits.slice_time

    def _on_slice(self, channel: Channel, running: Running, now: float) -> None:
        """Move a job that is not done to the long ones, or refuse it when these are too many."""
        most = self._limits.long_queries * (2 if running.is_flowing else 1)
        if len(self.lanes.long) < most:
            self.lanes.make_long(channel)
            running.turn_long()
            return
        self._metrics.count("kg_long_refused_total")
        self._metrics.count("kg_kills_total")
        jobs = [other.running for other in self.lanes.long if other.running is not None]
        ends = [job.started + job.job.time_limit for job in jobs]
        self.lanes.kill(channel, too_many_long(len(jobs), min(ends, default=0.0) - now))


def _age(running: Running) -> float:
    return time.monotonic() - running.started
