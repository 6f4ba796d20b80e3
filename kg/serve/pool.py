"""The workers: lanes for small queries, a bounded number of long ones, a bounded queue, and a clock on each job.

Every query starts in a lane. One that is not done within the slice keeps its worker, at a lower priority, as one of a
few long queries, and a fresh worker takes its place in the lane: so never-ending queries cannot hold up small ones.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import os
from collections import deque
from typing import TYPE_CHECKING

from kg.serve.faults import Fault
from kg.serve.running import Channel, Job, Running
from kg.serve.spawner import Spawner

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from kg.serve.metrics import Metrics
    from kg.serve.settings import Limits

_LONG_PRIORITY = 10
_OUT_OF_MEMORY = {-6, -11}  # SIGABRT, SIGSEGV: how the engine ends when an allocation or the stack fails
_RETRY_FORK = 0.2


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
        if channel is None:
            channel = await self._wait(job.time_limit)
        loop = asyncio.get_running_loop()
        running = Running(job, loop)
        running.timer = loop.call_later(min(self._limits.slice_time, job.time_limit), self._on_slice, channel, running)
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
        if running.job.time_limit <= self._limits.slice_time:
            self._on_deadline(channel, running)
            return
        if len(self._long) >= self._limits.long_queries:
            self._metrics.count("kg_long_refused_total")
            self._kill(channel, self._too_many_long())
            return
        channel.is_long = True
        self._long.add(channel)
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, channel.pid, _LONG_PRIORITY)
        rest = running.job.time_limit - self._limits.slice_time
        running.timer = asyncio.get_running_loop().call_later(rest, self._on_deadline, channel, running)
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
        seconds = running.job.time_limit
        reason = f"the query was stopped after {seconds:g} s, the most that this server gives to one: make it narrower"
        self._kill(channel, Fault(504, reason, code="timeout"))

    def _too_many_long(self) -> Fault:
        now = asyncio.get_running_loop().time()
        ends = [c.running.started + c.running.job.time_limit for c in self._long if c.running is not None]
        wait = max(1, math.ceil(min(ends, default=now) - now))
        reason = (
            f"{len(self._long)} long queries are running, which is all that this server runs at a time: "
            f"try again in {wait} s, or make the query narrower"
        )
        return Fault(503, reason, code="overload", retry_after=wait)

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
        if status in _OUT_OF_MEMORY:
            megabytes = self._limits.memory // (1024 * 1024)
            reason = f"the query needed more than the {megabytes} MB of memory (or the depth) that one may have here"
            running.fail(Fault(503, reason, code="memory-limit"))
        else:
            running.fail(Fault(500, f"the worker of this query ended with status {status}", code="worker-died"))

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
