"""The workers: lanes for small queries, a bounded number of long ones, a bounded queue, and a clock on each job.

Every query starts in a lane. One that is not done within the slice keeps its worker, at a lower priority, as one of a
few long queries, and a fresh worker takes its place in the lane: so never-ending queries cannot hold up small ones.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections import deque
from typing import TYPE_CHECKING

from kg.serve.faults import Fault
from kg.serve.refusals import ended_by_itself, past_its_time, too_many_long
from kg.serve.running import Channel, Job, Running
from kg.serve.spawner import Spawner

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from kg.serve.metrics import Metrics
    from kg.serve.settings import Limits

_LONG_PRIORITY = 10
_RETRY_FORK = 0.2
_MOST_SLICES = 5


class Pool:
    """Gives jobs to workers."""

    def __init__(self, limits: Limits, metrics: Metrics, *, may_reach_network: bool) -> None:
        self._limits = limits
        self._metrics = metrics
        self.spawner = Spawner({"memory": limits.memory, "network": may_reach_network}, self._on_exit)
        self._channels: dict[int, Channel] = {}
        self._idle: list[Channel] = []
        self._spares: list[Channel] = []
        self._long: set[Channel] = set()
        self._waiting: deque[asyncio.Future[Channel]] = deque()
        self._exits: dict[int, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_open = False

    async def open(self) -> None:
        """Start the zygote and the workers."""
        self._is_open = True
        self.spawner.start()
        for _ in range(self._limits.workers):
            await self._add_lane()
        self._in_background(self._add_spare())

    async def close(self) -> None:
        """Stop all work and end all processes."""
        self._is_open = False
        for task in self._tasks:
            task.cancel()
        await self.spawner.close()

    def pids(self) -> list[int]:
        """Return the process ids of all workers."""
        return sorted(self._channels)

    def state(self) -> dict[str, int]:
        """Return how many workers are idle, busy, long, and how many requests wait."""
        busy = sum(channel.running is not None and not channel.is_long for channel in self._channels.values())
        return {"idle": len(self._idle), "busy": busy, "long": len(self._long), "waiting": len(self._waiting)}

    async def start(self, job: Job) -> Running:
        """Give a job to a worker as soon as a lane is free.

        Raises:
            Fault: 503, because too many requests wait already or none got a lane in the time of the job.
        """
        channel = self._take_idle()
        while channel is None or channel.transport.is_closing():  # its worker may have died since it was handed over
            channel = await self._wait(job.time_limit)
        loop = asyncio.get_running_loop()
        running = Running(job, loop)
        running.timer = loop.call_later(min(self._limits.slice_time, job.time_limit), self._on_slice, channel, running)
        running.cpu_before = cpu_seconds(channel.pid)
        channel.start(running)
        return running

    def stop(self, running: Running, fault: Fault) -> None:
        """Kill the worker of a job that is no longer wanted, and end the job."""
        for channel in self._channels.values():
            if channel.running is running:
                self._kill(channel, fault)
                return
        running.fail(fault)

    def _take_idle(self) -> Channel | None:
        while self._idle:
            channel = self._idle.pop()
            if not channel.transport.is_closing():
                return channel
        return None

    async def _wait(self, seconds: float) -> Channel:
        if len(self._waiting) >= self._limits.queue or not self._is_open:
            self._metrics.count("kg_overload_total")
            raise Fault(503, "too many requests are waiting: try again in a moment", code="overload", retry_after=1)
        waiter: asyncio.Future[Channel] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        try:
            return await asyncio.wait_for(waiter, seconds)
        except TimeoutError:
            self._metrics.count("kg_overload_total")
            raise Fault(503, "no worker became free in time: try again", code="overload", retry_after=2) from None
        finally:
            with contextlib.suppress(ValueError):
                self._waiting.remove(waiter)

    def _free(self, channel: Channel) -> None:
        """Give an idle worker to who waits longest, or keep it."""
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(channel)
                return
        self._idle.append(channel)

    def _on_finished(self, channel: Channel) -> None:
        running, channel.running = channel.running, None
        if running is not None and running.timer is not None:
            running.timer.cancel()
        if running is not None and running.paused_since is not None:
            channel.transport.resume_reading()
        if channel.is_long:
            self._long.discard(channel)
            channel.transport.close()
        else:
            self._free(channel)

    def _on_slice(self, channel: Channel, running: Running) -> None:
        """Move a job that is not done to the long ones, or refuse it when these are too many."""
        if channel.running is not running:
            return
        loop = asyncio.get_running_loop()
        left = running.job.time_limit - (loop.time() - running.started)
        if left <= 0.001:
            self._on_deadline(channel, running)
            return
        most = self._limits.long_queries * (2 if running.is_flowing else 1)
        if len(self._long) < most:
            self._make_long(channel, running, left)
            return
        unused = self._limits.slice_time - (cpu_seconds(channel.pid) - running.cpu_before)
        is_starved = unused > self._limits.slice_time / 2
        if is_starved and loop.time() - running.started < _MOST_SLICES * self._limits.slice_time:
            # The machine is busy and the worker hardly ran: that it took long is not the query's fault.
            running.timer = loop.call_later(min(unused, left), self._on_slice, channel, running)
            return
        self._metrics.count("kg_long_refused_total")
        ends = [other.running.started + other.running.job.time_limit for other in self._long if other.running]
        self._kill(channel, too_many_long(len(self._long), min(ends, default=0.0) - loop.time()))

    def _make_long(self, channel: Channel, running: Running, left: float) -> None:
        channel.is_long = True
        self._long.add(channel)
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, channel.pid, _LONG_PRIORITY)
        running.timer = asyncio.get_running_loop().call_later(left, self._on_deadline, channel, running)
        self._replace_lane()
        running.turn_long()

    def _on_deadline(self, channel: Channel, running: Running) -> None:
        if channel.running is not running:
            return
        loop = asyncio.get_running_loop()
        waited = running.paused_total()
        left = running.job.time_limit + waited - (loop.time() - running.started)
        is_stuck = (
            running.paused_since is not None and loop.time() - running.paused_since > self._limits.idle_client_time
        )
        if left > 0.001 and not is_stuck:
            running.timer = loop.call_later(
                min(left, self._limits.idle_client_time), self._on_deadline, channel, running
            )
            return
        self._metrics.count("kg_timeouts_total")
        self._kill(channel, past_its_time(running.job.time_limit))

    def _kill(self, channel: Channel, fault: Fault) -> None:
        self._metrics.count("kg_kills_total")
        self.spawner.kill(channel.pid)
        running, channel.running = channel.running, None
        if running is not None:
            if running.timer is not None:
                running.timer.cancel()
            running.fail(fault)
        if channel.is_long:
            self._long.discard(channel)
        else:
            channel.is_long = True
            self._replace_lane()

    def _on_exit(self, pid: int, status: int) -> None:
        """Note how a worker ended; its connection closes by itself."""
        channel = self._channels.get(pid)
        if channel is not None:
            self._exits[pid] = status
            channel.transport.abort()

    def _on_lost(self, channel: Channel) -> None:
        asyncio.get_running_loop().call_later(0.05, self._bury, channel)

    def _bury(self, channel: Channel) -> None:
        """Forget a worker; a job that it was doing fails, with the reason when it is known."""
        self._channels.pop(channel.pid, None)
        status = self._exits.pop(channel.pid, None)
        running, channel.running = channel.running, None
        for group in (self._idle, self._spares):
            if channel in group:
                group.remove(channel)
        if not channel.is_long:
            self._replace_lane()
        self._long.discard(channel)
        if running is None:
            return
        if running.timer is not None:
            running.timer.cancel()
        self._metrics.count("kg_worker_deaths_total")
        running.fail(ended_by_itself(status, self._limits.memory))

    def _replace_lane(self) -> None:
        if not self._is_open:
            return
        if self._spares:
            self._free(self._spares.pop())
            self._in_background(self._add_spare())
        else:
            self._in_background(self._add_lane())

    async def _add_lane(self) -> None:
        self._free(await self._fork())

    async def _add_spare(self) -> None:
        channel = await self._fork()
        if channel.transport.is_closing():
            return
        self._spares.append(channel)
        if self._waiting:
            self._spares.remove(channel)
            self._free(channel)

    async def _fork(self) -> Channel:
        loop = asyncio.get_running_loop()
        while True:
            with contextlib.suppress(OSError):
                pid, connection = await self.spawner.fork("reader")
                break
            await asyncio.sleep(_RETRY_FORK)
        channel = Channel(self._on_finished, self._on_lost)
        channel.pid = pid
        await loop.create_unix_connection(lambda: channel, sock=connection)
        self._channels[pid] = channel
        return channel

    def _in_background(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def cpu_seconds(pid: int) -> float:
    """Return the processor time that a process has used; 0 when it has gone."""
    try:
        return time.clock_gettime((~pid << 3) | 2)  # the clock of another process, as clock_getcpuclockid(3) makes it
    except OSError:
        return 0.0
