"""A job that a worker is doing, seen from the front: what has arrived of its answer, and how long it has taken."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from kg.serve.faults import Fault, syntax_fault
from kg.serve.frames import Frame, FrameReader

if TYPE_CHECKING:
    from collections.abc import Callable

_FLOW_HIGH = 1 << 20


@dataclass(frozen=True, slots=True)
class Job:
    """Something for a worker: its JSON, the text it came from (for syntax errors), and its limits."""

    payload: bytes
    text: str
    time_limit: float
    buffer: int


class Running:
    """The answer as it arrives.

    ``first`` is done when there is an answer, or with False when the job has turned out to be a long one; then
    ``answered`` says when there is. An answer is whole, or, past the buffer, flows by ``next_chunk``.
    """

    def __init__(self, job: Job, loop: asyncio.AbstractEventLoop) -> None:
        self.job = job
        self._loop = loop
        self.started = loop.time()
        self.first: asyncio.Future[bool] = loop.create_future()
        self.answered: asyncio.Future[bool] = loop.create_future()
        self.is_finished = False
        self.fault: Fault | None = None
        self.timer: asyncio.TimerHandle | None = None
        self.paused_since: float | None = None
        self.paused_time = 0.0
        self.cpu_before = 0.0
        self._chunks: deque[bytes] = deque()
        self._held = 0
        self.is_flowing = False
        self._more: asyncio.Future[None] | None = None
        self.pause: Callable[[], None] | None = None
        self.resume: Callable[[], None] | None = None

    def take(self, kind: int, payload: bytes) -> bool:
        """Take a frame from the worker; True means that the job is finished."""
        if kind == Frame.FAULT:
            self.fail(_to_fault(payload, self.job.text))
            return True
        if payload:
            self._chunks.append(payload)
            self._held += len(payload)
        if kind in {Frame.RESULT, Frame.END}:
            self.is_finished = True
            self._announce()
        elif self.is_flowing:
            if self._held > _FLOW_HIGH:
                self._hold()
            self._wake()
        elif self._held > self.job.buffer:
            self.is_flowing = True
            self._hold()
            self._announce()
        return self.is_finished

    def fail(self, fault: Fault) -> None:
        """End the job with a fault, before or in the middle of the answer."""
        if self.is_finished:
            return
        self.is_finished = True
        self.fault = fault
        self._announce()

    def turn_long(self) -> None:
        """Tell who waits that there is no answer within the slice."""
        if not self.first.done():
            self.first.set_result(False)

    @property
    def is_whole(self) -> bool:
        """All of the answer is here."""
        return self.is_finished and self.fault is None

    def whole(self) -> bytes:
        """Return the whole answer."""
        return self._chunks[0] if len(self._chunks) == 1 else b"".join(self._chunks)

    async def next_chunk(self) -> bytes | None:
        """Return the next piece of an answer that flows; None is its end.

        Raises:
            Fault: the job was stopped or failed; what has been sent is not the whole answer.
        """
        while True:
            if self.fault is not None:
                raise self.fault
            if self._chunks:
                chunk = self._chunks.popleft()
                self._held -= len(chunk)
                return chunk
            if self.is_finished:
                return None
            self._release()
            self._more = self._loop.create_future()
            await self._more

    def paused_total(self) -> float:
        """Return the seconds in which the worker waited for the client."""
        since = self.paused_since
        return self.paused_time + (self._loop.time() - since if since is not None else 0.0)

    def _announce(self) -> None:
        if not self.first.done():
            self.first.set_result(True)
        if not self.answered.done():
            self.answered.set_result(True)
        self._wake()

    def _wake(self) -> None:
        if self._more is not None and not self._more.done():
            self._more.set_result(None)

    def _hold(self) -> None:
        if self.paused_since is None and self.pause is not None:
            self.paused_since = self._loop.time()
            self.pause()

    def _release(self) -> None:
        if self.paused_since is not None and self.resume is not None:
            self.paused_time += self._loop.time() - self.paused_since
            self.paused_since = None
            self.resume()


class Channel(asyncio.Protocol):
    """The connection to one worker process."""

    def __init__(self, on_finished: Callable[[Channel], None], on_lost: Callable[[Channel], None]) -> None:
        self.pid = 0
        self.is_long = False
        self.running: Running | None = None
        self.transport: asyncio.Transport
        self._reader = FrameReader()
        self._on_finished = on_finished
        self._on_lost = on_lost

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to the worker."""
        self.transport = cast("asyncio.Transport", transport)

    def start(self, running: Running) -> None:
        """Send a job; the worker must be idle."""
        self.running = running
        running.pause = self.transport.pause_reading
        running.resume = self.transport.resume_reading
        self.transport.write(running.job.payload)

    def data_received(self, data: bytes) -> None:
        """Hand what arrives to the job."""
        for kind, payload in self._reader.feed(data):
            if self.running is not None and self.running.take(kind, payload):
                self._on_finished(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """The worker has gone."""
        self._on_lost(self)


def _to_fault(payload: bytes, text: str) -> Fault:
    found = json.loads(payload)
    if found["code"] == "syntax-error":
        return syntax_fault(found["message"], text)
    return Fault(found["status"], found["message"], code=found["code"], retry_after=found.get("retry_after"))
