"""The connection to a worker process, and what it is doing and does next."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, cast

from kg.serve.frames import Frame, FrameReader
from kg.serve.running import Running

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable


class Channel(asyncio.Protocol):
    """The connection to one worker process.

    ``is_lane`` says that it is one of the workers for small queries, ``is_long`` that a long query has it.
    ``following`` is a job that was sent already and that the worker begins when it is done with ``running``.
    """

    def __init__(
        self, on_lost: Callable[[Channel], None], on_finished: Callable[[Channel], None] | None = None
    ) -> None:
        self.pid = 0
        self.is_lane = False
        self.is_long = False
        self.running: Running | None = None
        self.following: Running | None = None
        self.transport: asyncio.Transport
        self.connection: socket.socket
        self._reader = FrameReader()
        self._on_finished = on_finished
        self._on_lost = on_lost

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to the worker."""
        self.transport = cast("asyncio.Transport", transport)

    def start(self, running: Running) -> None:
        """Send a job; the worker must be idle, or have nothing that follows."""
        running.channel = self
        if self.running is None:
            self.running = running
            running.started = time.monotonic()
        else:
            self.following = running
        self.transport.write(running.job.payload)

    def release(self) -> Running | None:
        """Return the job that was done here, which is here no longer; the next one has begun."""
        running, self.running, self.following = self.running, self.following, None
        if running is not None:
            running.channel = None
            if running.paused_since is not None:
                self.transport.resume_reading()
        if self.running is not None:
            self.running.started = time.monotonic()
        return running

    def withdraw(self) -> Running | None:
        """Return the job that has not begun, for another worker; what this one still answers to it is dropped."""
        running = self.following
        if running is None or running.is_finished:
            return None
        self.following = Running(running.job)
        self.following.is_finished = True
        running.channel = None
        return running

    def data_received(self, data: bytes) -> None:
        """Hand what arrives to the job; the worker gets its next one before who waited hears of this."""
        for kind, payload in self._reader.feed(data):
            self.take(kind, payload)

    def take(self, kind: int, payload: bytes) -> None:
        """Take one frame."""
        running = self.running
        if running is None:
            return
        is_news = not running.is_finished and running.take(kind, payload)
        if kind != Frame.DATA:
            self.release()
            if self._on_finished is not None:
                self._on_finished(self)
        if is_news:
            running.tell()

    def bury(self, status: int | None) -> None:
        """Hear that the worker is forgotten; ``status`` is its exit code (negative: the signal) where it is known."""

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        """The worker has gone."""
        self._on_lost(self)
