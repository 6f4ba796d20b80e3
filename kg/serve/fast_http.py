"""Requests that are the same bytes as one before get the same bytes back, before they are even parsed.

Everything else goes the way of uvicorn. An answer is kept for its generation only, and only for a plain GET of a
query on a connection that stays open.
"""

from __future__ import annotations

from collections import OrderedDict
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, cast

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from kg.serve.exchange import REPLY

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Iterable

    from kg.serve.answers import Whole
    from kg.serve.metrics import Metrics
    from kg.serve.watch import Watch

RAW = "kg.raw"
_END = b"\r\n\r\n"
_LARGEST_REQUEST = 16 * 1024
_LARGEST_ANSWER = 256 * 1024
_UNFIT = (b"\nconnection: close", b"\nif-none-match:", b"\nif-modified-since:", b"\ncontent-length:", b"\nexpect:",
          b"\ntransfer-encoding:", b"\nupgrade:", b"\nauthorization:", b"\ncookie:", b"\nrange:")  # fmt: skip


class RawCache:
    """Answers by the bytes of their requests."""

    def __init__(self, watch: Watch, metrics: Metrics, most_bytes: int) -> None:
        self._watch = watch
        self._metrics = metrics
        self._most = most_bytes
        self._size = 0
        self._tag = ""
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()

    def find(self, request: bytes) -> bytes | None:
        """Return the answer after its status line and date, if it is kept and of the newest generation."""
        snapshot = self._watch.newest()
        if snapshot is None or snapshot.tag != self._tag:
            self._kept.clear()
            self._size = 0
            self._tag = snapshot.tag if snapshot is not None else ""
            return None
        found = self._kept.get(request)
        if found is not None:
            self._metrics.count("kg_cache_hits_total")
            self._metrics.observe("sparql", 200, 0.0)
        return found

    def keep(self, tag: str, request: bytes, whole: Whole, *, may_compress: bool) -> None:
        """Keep an answer for the bytes of its request."""
        headers, body = whole.packed() if may_compress else (whole.headers, whole.body)
        if tag != self._tag or len(body) > _LARGEST_ANSWER or request in self._kept:
            return
        lines = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
        answer = lines + b"\r\n" + body
        self._kept[request] = answer
        self._size += len(request) + len(answer)
        while self._size > self._most:
            gone, old = self._kept.popitem(last=False)
            self._size -= len(gone) + len(old)


def may_be_kept(request: bytes) -> bool:
    """The bytes are one whole plain GET request without a body, whose answer does not depend on anything else."""
    if len(request) > _LARGEST_REQUEST or not request.startswith(b"GET ") or not request.endswith(_END):
        return False
    if request.index(_END) != len(request) - len(_END) or b" HTTP/1.1\r\n" not in request:
        return False
    lowered = request.lower()
    return not any(name in lowered for name in _UNFIT)


class FastProtocol(HttpToolsProtocol):
    """uvicorn's protocol, which looks the bytes up before it parses them."""

    kept: ClassVar[RawCache]

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._is_between = True
        self._raw: bytes | None = None

    def data_received(self, data: bytes) -> None:
        """Answer from the cache, or go the long way."""
        self._raw = None
        if self._is_between and (self.cycle is None or self.cycle.response_complete) and not self.pipeline:
            found = self.kept.find(data)
            if found is not None:
                self._send_kept(found)
                return
            if may_be_kept(data):
                self._raw = data
        super().data_received(data)

    def on_message_begin(self) -> None:
        """A request begins; it may go on in the next bytes."""
        self._is_between = False
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Hand on with the request its bytes, so that the answer can be kept for them, and the short way back."""
        scope = cast("dict[str, Any]", self.scope)
        if self._raw is not None:
            scope[RAW] = self._raw
        super().on_headers_complete()
        scope[REPLY] = partial(self._reply, self.cycle)

    def _reply(
        self, cycle: RequestResponseCycle, status: int, headers: Iterable[tuple[bytes, bytes]], body: bytes
    ) -> bool:
        """Write a whole answer at once; False where it must go the long way."""
        if cycle.response_started or cycle.disconnected or cycle.waiting_for_100_continue:
            return False
        lines = [STATUS_LINE[status]]
        for name, value in (*self.server_state.default_headers, *headers):
            lines += (name, b": ", value, b"\r\n")
        if not cycle.keep_alive:
            lines.append(b"connection: close\r\n")
        self.transport.write(b"".join((*lines, b"\r\n", body)))
        cycle.response_started = cycle.response_complete = True
        cycle.message_event.set()
        if not cycle.keep_alive:
            self.transport.close()
        self.on_response_complete()
        return True

    def on_message_complete(self) -> None:
        """A request has ended."""
        self._is_between = True
        super().on_message_complete()

    def _send_kept(self, found: bytes) -> None:
        self._unset_keepalive_if_required()
        date = b"".join(name + b": " + value + b"\r\n" for name, value in self.server_state.default_headers)
        self.transport.write(b"HTTP/1.1 200 OK\r\n" + date + found)
        self.server_state.total_requests += 1
        self.timeout_keep_alive_task = self.loop.call_later(self.timeout_keep_alive, self.timeout_keep_alive_handler)


def make_protocol(cache: RawCache) -> type[asyncio.Protocol]:
    """Return the protocol over a cache."""
    return type("FastProtocol", (FastProtocol,), {"kept": cache})
