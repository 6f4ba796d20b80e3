"""The worker processes: lanes for small queries, one to spare, and those that a long query has taken along.

A lane whose worker was killed, died, or went away with a long query gets another worker at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from typing import TYPE_CHECKING

from kg.serve.channel import Channel
from kg.serve.spawner import Spawner

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

    from kg.serve.faults import Fault
    from kg.serve.running import Running
    from kg.serve.settings import Limits

_LONG_PRIORITY = 10
_RETRY_FORK = 0.2
_LINGER = 0.05


class Lanes:
    """Keeps the workers.

    ``offer`` is asked whether it has a job for a worker that is free or has nothing that follows; ``take_back`` gets a
    job that a worker was to do next and will not; ``on_death`` hears of a job whose worker ended by itself, with the
    exit code (negative: the signal) where it is known. ``log`` is the number of the file of the access log.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        may_reach_network: bool,
        log: int | None,
        offer: Callable[[Channel], bool],
        take_back: Callable[[Running], None],
        on_death: Callable[[Running, int | None], None],
    ) -> None:
        self._size = limits.workers
        told = {"memory": limits.memory, "network": may_reach_network, "log": log}
        self.spawner = Spawner(told, self._on_exit, [] if log is None else [log])
        self._offer = offer
        self._take_back = take_back
        self._on_death = on_death
        self.channels: dict[int, Channel] = {}
        self.idle: list[Channel] = []
        self.long: set[Channel] = set()
        self._spares: list[Channel] = []
        self._exits: dict[int, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.is_open = False

    async def open(self) -> None:
        """Start the zygote and the workers."""
        self.is_open = True
        self.spawner.start()
        for _ in range(self._size):
            await self._add_lane()
        self.in_background(self._add_spare())

    async def close(self) -> None:
        """Stop all work and end all processes."""
        self.is_open = False
        for task in self._tasks:
            task.cancel()
        await self.spawner.close()

    def take(self) -> Channel | None:
        """Return an idle worker; None when there is none."""
        while self.idle:
            channel = self.idle.pop()
            if not channel.transport.is_closing():
                return channel
        return None

    def take_next(self) -> Channel | None:
        """Return a worker that is busy with a small query and has nothing that follows."""
        for channel in self.channels.values():
            is_busy = channel.is_lane and channel.running is not None
            if is_busy and channel.following is None and not channel.transport.is_closing():
                return channel
        return None

    def make_long(self, channel: Channel) -> None:
        """Let a worker go on at a lower priority, and give its lane another one."""
        channel.is_long = True
        self.long.add(channel)
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, channel.pid, _LONG_PRIORITY)
        self.unburden(channel)
        self._leave_lane(channel)

    def unburden(self, channel: Channel) -> None:
        """Take back what a worker was to do next."""
        following = channel.withdraw()
        if following is not None:
            self._take_back(following)

    def kill(self, channel: Channel, fault: Fault) -> None:
        """Kill a worker and fail what it was doing."""
        self.spawner.kill(channel.pid)
        self.unburden(channel)
        running = channel.release()
        self.long.discard(channel)
        self._leave_lane(channel)
        if running is not None:
            running.fail(fault)

    def dismiss(self, channel: Channel) -> None:
        """End a worker that has nothing to do."""
        self.long.discard(channel)
        channel.transport.close()
        self.spawner.kill(channel.pid)

    def lose(self, channel: Channel) -> None:
        """Hear that the connection to a worker is closed; why, the zygote says in a moment."""
        asyncio.get_running_loop().call_later(_LINGER, self._bury, channel)

    def _leave_lane(self, channel: Channel) -> None:
        if channel.is_lane:
            channel.is_lane = False
            self._replace_lane()

    def _free(self, channel: Channel) -> None:
        # A worker may die between two jobs, and its connection then closes before it is buried.
        if channel.transport.is_closing():
            return
        if channel.running is None and not self._offer(channel):
            self.idle.append(channel)
        elif channel.following is None:
            self._offer(channel)

    def _on_finished(self, channel: Channel) -> None:
        if channel.is_lane:
            self._free(channel)
        else:
            self.dismiss(channel)

    def _on_exit(self, pid: int, status: int) -> None:
        """Note how a worker ended; its connection closes by itself."""
        channel = self.channels.get(pid)
        if channel is not None:
            self._exits[pid] = status
            channel.transport.abort()

    def _bury(self, channel: Channel) -> None:
        """Forget a worker; a job that it was doing fails."""
        self.channels.pop(channel.pid, None)
        status = self._exits.pop(channel.pid, None)
        self.unburden(channel)
        running = channel.release()
        if channel in self._spares:
            self._spares.remove(channel)
            if self.is_open:
                self.in_background(self._add_spare())
        elif channel in self.idle:
            self.idle.remove(channel)
        self._leave_lane(channel)
        self.long.discard(channel)
        channel.bury(status)
        if running is not None:
            self._on_death(running, status)

    def _replace_lane(self) -> None:
        if not self.is_open:
            return
        if self._spares:
            self._join(self._spares.pop())
            self.in_background(self._add_spare())
        else:
            self.in_background(self._add_lane())

    async def _add_lane(self) -> None:
        self._join(await self._fork_reader())

    def _join(self, channel: Channel) -> None:
        channel.is_lane = True
        self._free(channel)

    async def _add_spare(self) -> None:
        self._spares.append(await self._fork_reader())

    async def _fork_reader(self) -> Channel:
        channel = Channel(self.lose, self._on_finished)
        await self.fork("reader", channel)
        return channel

    async def fork(self, role: str, channel: Channel, files: Sequence[int] = ()) -> None:
        """Start a worker of a role, which gets some open files, and connect its channel."""
        while True:
            with contextlib.suppress(OSError):
                pid, connection = await self.spawner.fork(role, files)
                break
            await asyncio.sleep(_RETRY_FORK)
        channel.pid = pid
        channel.connection = connection
        await asyncio.get_running_loop().create_unix_connection(lambda: channel, sock=connection)
        self.channels[pid] = channel

    def in_background(self, work: Coroutine[None, None, None]) -> None:
        """Do some work beside all else, until the workers are closed."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def cpu_seconds(pid: int) -> float:
    """Return the processor time that a process has used; 0 when it has gone."""
    try:
        return time.clock_gettime((~pid << 3) | 2)  # the clock of another process, as clock_getcpuclockid(3) makes it
    except OSError:
        return 0.0
