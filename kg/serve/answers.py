"""From a job to an HTTP answer: wait, notice a client that leaves, keep the time, send whole or in pieces."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING

from kg.serve.access import CORS, DATA_POLICY, SECURITY_HEADERS
from kg.serve.exchange import Broken, Exchange, Header, compress
from kg.serve.faults import Fault
from kg.serve.frames import pack_job
from kg.serve.running import Job, Running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from kg.serve.metrics import Metrics
    from kg.serve.pool import Pool
    from kg.serve.settings import Limits

_MOST_FOR_HTTP_1_0 = 64 * 1024 * 1024


class Whole:
    """A whole answer, ready to be sent again; it is gzipped when that is first asked for."""

    __slots__ = ("_headers", "_packed", "body", "headers")

    def __init__(self, headers: Sequence[Header], body: bytes) -> None:
        self._headers = headers
        self._packed: tuple[Sequence[Header], bytes] | None = None
        self.headers = [*headers, (b"content-length", str(len(body)).encode())]
        self.body = body

    @property
    def size(self) -> int:
        """What it takes in memory, about."""
        return len(self.body) + len(self.body) // 4 + 1500

    def packed(self) -> tuple[Sequence[Header], bytes]:
        """Return headers and body for a client that takes gzip."""
        if self._packed is None:
            packed, headers = compress(self.body, self._headers, wanted=True)
            self._packed = ([*headers, (b"content-length", str(len(packed)).encode())], packed)
        return self._packed


class Answers:
    """Runs jobs for exchanges."""

    def __init__(self, pool: Pool, limits: Limits, metrics: Metrics) -> None:
        self._pool = pool
        self._limits = limits
        self._metrics = metrics

    def job(self, content: dict[str, object], text: str, time_limit: float | None, exchange: Exchange | None) -> Job:
        """Return a job with the limits that hold for it.

        HTTP/1.0 has no chunks, so a cut answer would look whole there: it is held back to the end.
        """
        seconds = min(time_limit or self._limits.query_time, self._limits.query_time)
        buffer, most = self._limits.buffer, self._limits.result
        if exchange is not None and exchange.scope.get("http_version") == "1.0":
            buffer = most = min(most, _MOST_FOR_HTTP_1_0)
        payload = json.dumps(content | {"most_bytes": most}).encode()
        return Job(pack_job(payload), text, seconds, buffer)

    async def run(self, job: Job, exchange: Exchange) -> Running:
        """Return the job once its answer is whole or flows.

        Raises:
            Fault: it failed or was stopped.
            Broken: the client went away; the worker has been stopped.
        """
        running = Running(job)
        self._pool.submit(running)
        return await self.follow(running, exchange)

    async def follow(self, running: Running, exchange: Exchange) -> Running:
        """Return a job that was given to the pool once its answer is whole or flows; raises as ``run`` does."""
        await running.settled()
        if not running.is_answered:
            await self._wait(running, exchange)
        if running.fault is not None:
            raise running.fault
        return running

    async def run_whole(self, content: dict[str, object], exchange: Exchange, text: str = "") -> bytes:
        """Return the answer of a job of our own, of any size up to the limit of results."""
        job = self.job(content, text, None, exchange)
        running = await self.run(Job(job.payload, text, job.time_limit, self._limits.result), exchange)
        return running.whole()

    async def run_alone(self, content: dict[str, object]) -> None:
        """Run a job that no request waits for; one that fails is left."""
        running = Running(self.job(content, "", None, None))
        with contextlib.suppress(Fault):
            self._pool.submit(running)
            await running.answered()

    async def send(self, running: Running, exchange: Exchange, headers: Sequence[Header]) -> Whole | None:
        """Send the answer; return it when it was whole, so that it can be kept."""
        headers = [*headers, *SECURITY_HEADERS, *CORS, DATA_POLICY]
        if running.is_whole:
            whole = Whole(headers, running.whole())
            await send_whole(whole, exchange)
            return whole
        gone = asyncio.ensure_future(self._stop_when_gone(running, exchange))
        try:
            if exchange.method == "HEAD":
                self._pool.stop(running, Fault(499, "a HEAD needs no more", code="head"))
                await exchange.reply(200, headers)
            else:
                await exchange.stream(headers, _chunks(running))
        except Broken:
            exchange.outcome = "gone" if gone.done() else running.fault.code if running.fault else "broken"
            raise
        finally:
            gone.cancel()
            if not running.is_finished:
                self._pool.stop(running, Fault(499, "nobody reads the answer", code="gone"))
        return None

    async def _wait(self, running: Running, exchange: Exchange) -> None:
        gone = asyncio.ensure_future(exchange.wait_until_gone())
        answered = asyncio.ensure_future(running.answered())
        try:
            await asyncio.wait({answered, gone}, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            self._pool.stop(running, Fault(499, "the request was cancelled", code="gone"))
            raise
        finally:
            gone.cancel()
            answered.cancel()
        if not running.is_answered:
            self._metrics.count("kg_disconnects_total")
            exchange.outcome = "gone"
            self._pool.stop(running, Fault(499, "the client went away", code="gone"))
            raise Broken

    async def _stop_when_gone(self, running: Running, exchange: Exchange) -> None:
        await exchange.wait_until_gone()
        if not running.is_finished:
            self._metrics.count("kg_disconnects_total")
            self._pool.stop(running, Fault(499, "the client went away", code="gone"))


async def send_whole(whole: Whole, exchange: Exchange) -> None:
    """Send a whole answer in the form that the client takes."""
    if exchange.may_compress:
        await exchange.reply(200, *whole.packed())
    else:
        await exchange.reply(200, whole.headers, whole.body)


async def _chunks(running: Running) -> AsyncIterator[bytes]:
    while (chunk := await running.next_chunk()) is not None:
        yield chunk
