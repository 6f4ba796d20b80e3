"""A job that a worker is doing, seen from the front: what has arrived of its answer, and how long it has taken."""

from __future__ import annotations

import asyncio
import gzip
import json
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.serve.faults import Fault, syntax_fault
from kg.serve.frames import READY, Frame

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.serve.channel import Channel
    from kg.serve.watch import Snapshot

_FLOW_HIGH = 1 << 20


@dataclass(frozen=True, slots=True)
class Job:
    """Something for a worker: its bytes, the text it came from (for syntax errors), and its limits.

    ``time_limit`` is in seconds; ``buffer`` is how many bytes of an answer are held back before it flows.
    """

    payload: bytes
    text: str
    time_limit: float
    buffer: int


class Running:
    """The answer as it arrives: whole, or, past the buffer, flowing by ``next_chunk``.

    ``on_news`` is called once, at the first thing that happens: the job is answered, it flows, it has turned out
    long, or it failed. Whoever goes on waiting then uses ``settled`` and ``answered``; only one may wait at a time.
    ``asked`` and ``started`` are when the job was wanted and when a worker got it; ``snapshot`` is what it reads;
    ``cpu_before`` is the worker's processor time when the clock first saw the job, negative before.
    """

    def __init__(self, job: Job, on_news: Callable[[Running], None] | None = None) -> None:
        self.job = job
        self.on_news = on_news
        self.asked = self.started = time.monotonic()
        self.snapshot: Snapshot | None = None
        self.channel: Channel | None = None
        self.is_finished = False
        self.is_flowing = False
        self.is_long = False
        self.is_declined = False
        self.ready: bytes | None = None
        self.fault: Fault | None = None
        self.paused_since: float | None = None
        self.paused_time = 0.0
        self.cpu_before = -1.0
        self._chunks: deque[bytes] = deque()
        self._held = 0

    def take(self, kind: int, payload: bytes) -> bool:
        """Take a frame from the worker; True means that who waits should hear of it."""
        if kind == Frame.READY:
            self.ready = payload
        elif kind == Frame.DECLINED:
            self.is_declined = True
        elif kind == Frame.FAULT:
            self.fault = _to_fault(payload, self.job.text)
        elif payload:
            self._chunks.append(payload)
            self._held += len(payload)
        if kind != Frame.DATA:
            self.is_finished = True
            return True
        if self.is_flowing:
            if self._held > _FLOW_HIGH:
                self._hold()
            return True
        if self._held > self.job.buffer:
            self.is_flowing = True
            self._hold()
            return True
        return False

    def tell(self) -> None:
        """Call who waits."""
        told, self.on_news = self.on_news, None
        if told is not None:
            told(self)

    def fail(self, fault: Fault) -> None:
        """End the job with a fault, before or in the middle of the answer."""
        if not self.is_finished:
            self.is_finished = True
            self.fault = fault
            self.tell()

    def turn_long(self) -> None:
        """Tell who waits that there is no answer within the slice."""
        self.is_long = True
        self.tell()

    @property
    def is_answered(self) -> bool:
        """The answer is there, whole or flowing, or there will be none."""
        return self.is_finished or self.is_flowing

    @property
    def is_whole(self) -> bool:
        """All of the answer is here."""
        return self.is_finished and self.fault is None

    def whole(self) -> bytes:
        """Return the whole answer."""
        if self.ready is not None:
            return _body_of(self.ready)
        return self._chunks[0] if len(self._chunks) == 1 else b"".join(self._chunks)

    async def settled(self) -> None:
        """Return when there is an answer, or when the job has turned out long."""
        while not (self.is_answered or self.is_long):
            await self._news()

    async def answered(self) -> None:
        """Return when there is an answer."""
        while not self.is_answered:
            await self._news()

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
            await self._news()

    def paused_total(self) -> float:
        """Return the seconds in which the worker waited for the client."""
        since = self.paused_since
        return self.paused_time + (time.monotonic() - since if since is not None else 0.0)

    async def _news(self) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.on_news = lambda _: None if future.done() else future.set_result(None)
        await future

    def _hold(self) -> None:
        if self.paused_since is None and self.channel is not None:
            self.paused_since = time.monotonic()
            self.channel.transport.pause_reading()

    def _release(self) -> None:
        if self.paused_since is not None and self.channel is not None:
            self.paused_time += time.monotonic() - self.paused_since
            self.paused_since = None
            self.channel.transport.resume_reading()


def _to_fault(payload: bytes, text: str) -> Fault:
    found = json.loads(payload)
    if found["code"] == "syntax-error":
        return syntax_fault(found["message"], text)
    return Fault(found["status"], found["message"], code=found["code"], retry_after=found.get("retry_after"))


def _body_of(ready: bytes) -> bytes:
    """Return the body of an answer that a worker made ready to send."""
    is_packed, _ = READY.unpack_from(ready)
    body = ready[ready.index(b"\r\n\r\n") + 4 :]
    return gzip.decompress(body) if is_packed else body
