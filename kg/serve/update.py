"""The front's side of the writer: one change at a time, with a time limit, in a process that can be killed."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from kg.serve.channel import Channel
from kg.serve.faults import Fault
from kg.serve.frames import pack_job
from kg.serve.running import Job, Running

if TYPE_CHECKING:
    from kg.serve.settings import ServeSettings
    from kg.serve.spawner import Spawner

_MOST_WAITING = 64


class Writers:
    """Hands changes to the writer process, which is made when it is first needed."""

    def __init__(self, settings: ServeSettings, spawner: Spawner) -> None:
        self._settings = settings
        self._spawner = spawner
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._channel: Channel | None = None

    async def run(self, content: dict[str, object], text: str = "", body: bytes = b"") -> dict[str, Any]:
        """Carry out a change and return what the writer says of it; it is published then.

        Raises:
            Fault: the change is wrong, was stopped, or others wait already; nothing was written.
        """
        if self._waiting >= _MOST_WAITING:
            raise Fault(503, "too many updates are waiting: try again", code="overload", retry_after=5)
        self._waiting += 1
        try:
            async with self._turn:
                return await self._run(content, text, body)
        finally:
            self._waiting -= 1

    async def _run(self, content: dict[str, object], text: str, body: bytes) -> dict[str, Any]:
        channel = self._channel or await self._fork()
        head = json.dumps(content | {"store": str(self._settings.store)}).encode()
        seconds = self._settings.limits.update_time
        running = Running(Job(pack_job(head + b"\n" + body), text, seconds, 1 << 20))
        channel.start(running)
        try:
            # The change goes on when its client leaves: whether it was done must not depend on the network.
            await asyncio.wait_for(running.answered(), seconds)
        except TimeoutError:
            self._spawner.kill(channel.pid)
            self._channel = None
            reason = f"the update was stopped after {seconds:g} s; nothing of it was written"
            raise Fault(504, reason, code="timeout") from None
        if running.fault is not None:
            raise running.fault
        found: dict[str, Any] = json.loads(running.whole())
        return found

    async def _fork(self) -> Channel:
        try:
            pid, connection = await self._spawner.fork("writer")
        except OSError as error:
            raise Fault(503, "the writer is being started: try again", code="starting", retry_after=1) from error
        channel = Channel(self._on_lost)
        channel.pid = pid
        await asyncio.get_running_loop().create_unix_connection(lambda: channel, sock=connection)
        self._channel = channel
        return channel

    def _on_lost(self, channel: Channel) -> None:
        if self._channel is channel:
            self._channel = None
        if channel.running is not None:
            reason = "the writer ended in the middle of the update; nothing of it was written"
            channel.running.fail(Fault(500, reason, code="writer-died"))
