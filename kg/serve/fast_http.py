"""uvicorn's protocol with a short way for small queries, and with an end to connections that are too slow.

A plain request goes to a worker as it came, before it is parsed here; the same bytes asked again get the same bytes
back. The connection of a busy client goes to a clerk. Everything else, and what a worker declines or is not done with
in its slice, goes the way of uvicorn.
"""

from __future__ import annotations

import os
import time
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, cast

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from kg.serve.exchange import REPLY
from kg.serve.pace import Pace

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Iterable

    from kg.serve.clerks import Clerks
    from kg.serve.desk import Desk
    from kg.serve.running import Running
    from kg.serve.settings import Limits

RUNNING = "kg.running"
"""In the scope: the query of the request, which a worker has begun already."""
_CLOSE_SECONDS = 30.0
_TOO_SLOW = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
_TOO_MANY = b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class FastProtocol(HttpToolsProtocol):
    """One connection.

    ``deadline`` is when the head or the next piece of the body of a request must have come (monotonic seconds).
    """

    desk: ClassVar[Desk]
    clerks: ClassVar[Clerks]
    limits: ClassVar[Limits]

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.deadline: float | None = None
        self._body_deadline = 0.0
        self._is_between = True
        self._request = b""
        self._asked: Running | None = None
        self._begun: Running | None = None
        self._later: list[bytes] = []
        self._is_last = False
        self._is_away = False
        self._pace = Pace()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin, unless there are too many already."""
        super().connection_made(transport)
        self.deadline = time.monotonic() + self.limits.head_time
        if len(self.connections) > self.limits.connections:
            transport.write(_TOO_MANY)
            transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop what nobody waits for any more."""
        asked, self._asked = self._asked, None
        if asked is not None:
            asked.on_news = None
            self.desk.leave(asked)
        if self._is_away:
            self.clerks.recall(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Answer from the cache or by a worker, or go the long way."""
        if self._asked is not None:
            self._later.append(data)
            self.transport.pause_reading()
            return
        is_free = self._is_between and (self.cycle is None or self.cycle.response_complete) and not self.pipeline
        if is_free and self.desk.is_for(data):
            self._ask(data)
        else:
            super().data_received(data)

    def shutdown(self) -> None:
        """Close, but not before a request that a worker has is answered."""
        if self._asked is not None or self._is_away:
            self._is_last = True
            self.clerks.recall(self)
        else:
            super().shutdown()

    def enforce(self, now: float) -> None:
        """End the connection when its client has been too slow; called every second."""
        if self.deadline is None or now < self.deadline:
            return
        if self.transport.is_closing():
            self.transport.abort()
            return
        if self.cycle is None or not self.cycle.response_started or self.cycle.response_complete:
            self.transport.write(_TOO_SLOW)
        self.transport.close()
        self.deadline = now + _CLOSE_SECONDS

    def _ask(self, data: bytes) -> None:
        self._unset_keepalive_if_required()
        self.deadline = None
        client = self.client[0] if self.client else ""
        found = self.desk.find(data, client)
        if found is not None:
            self._pace.forget()
            self._send(found)
            return
        self._pace.note()
        self._request = data
        self._asked = self.desk.submit(data, self._on_news)
        if self._asked is None:
            super().data_received(data)

    def _hand_over(self, data: bytes) -> bool:
        """Send an answer and let a clerk go on with the connection of a busy client; False where nothing was sent."""
        if not self._pace.is_busy or self._is_last or self._later or self.transport.get_write_buffer_size():
            return False
        window = self.clerks.choose()
        if window is None:
            return False
        file = self.transport.get_extra_info("socket").fileno()
        try:
            sent = os.write(file, data)
        except OSError:
            return False
        if sent < len(data):
            self.transport.write(data[sent:])
            self._wait_for_next()
        elif window.seat(self, file, self.client[0] if self.client else ""):
            self._is_away = True
            self.transport.pause_reading()
        else:
            self._wait_for_next()
        return True

    def write(self, answer: bytes) -> None:
        """Send the rest of a clerk's answer."""
        if not self.transport.is_closing():
            self.transport.write(answer)

    def come_back(self, said: bytes) -> None:
        """Go on here with what the client has said to a clerk."""
        self._be_back()
        if self.transport.is_closing():
            return
        if said:
            self._go_the_long_way(said, None)
        elif self._is_last:
            self.transport.close()
        else:
            self._wait_for_next()

    def go_on(self, request: bytes, running: Running) -> None:
        """Go on here with a request whose query a clerk has begun."""
        if self.transport.is_closing():
            self.desk.leave(running)
        self._be_back()
        self._go_the_long_way(request, running)

    def cut(self) -> None:
        """End; a clerk has gone and nobody knows what it has sent."""
        self._is_away = False
        self.transport.abort()

    def _be_back(self) -> None:
        self._is_away = False
        self._pace.forget()
        if not self.transport.is_closing():
            self.transport.resume_reading()

    def _go_the_long_way(self, request: bytes, begun: Running | None) -> None:
        if self.transport.is_closing():
            return
        self._begun = begun
        super().data_received(request)
        self._begun = None
        if self._is_last:
            super().shutdown()

    def _on_news(self, running: Running) -> None:
        """Send the answer of a worker, or go the long way with what it has begun."""
        self._asked = None
        request, self._request = self._request, b""
        later, self._later = b"".join(self._later), []
        if running.ready is not None and not self.transport.is_closing():
            client = self.client[0] if self.client else ""
            self._send(self.desk.finish(request, running, running.ready, client))
        else:
            self._go_the_long_way(request, None if running.is_declined else running)
        if later:
            self.transport.resume_reading()
            self.data_received(later)

    def _send(self, answer: bytes) -> None:
        date = b"".join([b"%s: %s\r\n" % pair for pair in self.server_state.default_headers])
        data = b"HTTP/1.1 200 OK\r\n" + date + answer
        self.server_state.total_requests += 1
        if self._hand_over(data):
            return
        self.transport.write(data)
        if self._is_last:
            self.transport.close()
        else:
            self._wait_for_next()

    def _wait_for_next(self) -> None:
        self.timeout_keep_alive_task = self.loop.call_later(self.timeout_keep_alive, self.timeout_keep_alive_handler)

    def on_message_begin(self) -> None:
        """A request begins; it may go on in the next bytes."""
        self._is_between = False
        self.deadline = time.monotonic() + self.limits.head_time
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Hand on with the request what a worker has begun, and the short way back."""
        self._body_deadline = time.monotonic() + self.limits.body_time
        self.deadline = min(self._body_deadline, time.monotonic() + self.limits.head_time)
        scope = cast("dict[str, Any]", self.scope)
        if self._begun is not None:
            scope[RUNNING] = self._begun
        super().on_headers_complete()
        scope[REPLY] = partial(self._reply, self.cycle)

    def on_body(self, body: bytes) -> None:
        """A piece of the body has come."""
        self.deadline = min(self._body_deadline, time.monotonic() + self.limits.head_time)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """A request has come whole."""
        self._is_between = True
        self.deadline = None
        super().on_message_complete()

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection that is not used, also when its client does not read."""
        self.deadline = time.monotonic() + _CLOSE_SECONDS
        super().timeout_keep_alive_handler()

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
            self.deadline = time.monotonic() + _CLOSE_SECONDS
        self.on_response_complete()
        return True


def make_protocol(desk: Desk, clerks: Clerks, limits: Limits) -> type[asyncio.Protocol]:
    """Return the protocol with the desk that it asks and the clerks that its connections go to."""
    return type("FastProtocol", (FastProtocol,), {"desk": desk, "clerks": clerks, "limits": limits})
