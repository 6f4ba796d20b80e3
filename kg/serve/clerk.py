"""A clerk: a worker that answers on the connections of busy clients themselves, which the front has handed to it.

What is not a plain request for a small query goes back to the front, with the connection. So does a query that has
become the front's: one that took too long, or whose answer is large; all other connections are the front's then, too.
"""

from __future__ import annotations

import contextlib
import select
import socket
import time
from email.utils import formatdate
from typing import TYPE_CHECKING

from kg.serve.express import Declined, answer_facts, make_ready, read_express
from kg.serve.frame_writer import FrameWriter
from kg.serve.frames import READY, Frame, pack_of
from kg.serve.job_fault import FAULTS
from kg.serve.opened import Opened
from kg.serve.operations import run_query
from kg.serve.orders import Kind, Order, OrderReader
from kg.serve.plain_request import LARGEST
from kg.serve.raw_cache import RawCache
from kg.serve.views import read_view

if TYPE_CHECKING:
    from kg.serve.baton import Baton
    from kg.serve.logs import Logs
    from kg.serve.slate import Slate
    from kg.serve.stencil import Draft
    from kg.serve.views import View

_PATIENCE = 5.0
"""Seconds after which the connection of a client that says nothing goes back."""
_LOOK_ROUND = 1.0
_CACHE = 1 << 20
"""Bytes: what a busy client repeats it repeats soon, and a larger cache would cost each new query more."""


class Seat:
    """The connection of a client, and when it was last heard."""

    __slots__ = ("address", "client", "heard", "number")

    def __init__(self, number: int, client: socket.socket, address: str) -> None:
        self.number = number
        self.client = client
        self.address = address
        self.heard = time.monotonic()


class Clerk:
    """Serves the connections that it has, one request at a time.

    ``slate`` shows the front what is being done; who holds the ``baton`` answers the query in hand.
    """

    def __init__(self, connection: socket.socket, slate: Slate, baton: Baton, logs: Logs) -> None:
        self._connection = connection
        self._front = connection.fileno()
        self._slate = slate
        self._baton = baton
        self._logs = logs
        self._cache = RawCache(_CACHE)
        self._orders = OrderReader(connection)
        self._opened = Opened()
        self._view: View
        self._seats: dict[int, Seat] = {}
        self._round = 0
        self._next_look = 0.0
        self._date = (0, b"")
        self._poll = select.poll()
        self._poll.register(connection, select.POLLIN)

    def run(self) -> None:
        """Work until the front goes away."""
        with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
            while True:
                self._wait()

    def _wait(self) -> None:
        """Do what there is to do next: orders first, so that a new generation is known before what is asked of it."""
        ready = self._poll.poll(_LOOK_ROUND * 1000 if self._seats else None)
        if ready and ready[-1][0] == self._front:
            for order in self._orders.read():
                self._obey(order)
        for number, _ in ready:
            seat = self._seats.get(number)
            if seat is not None:
                self._hear(seat)
        now = time.monotonic()
        if now >= self._next_look:
            self._next_look = now + _LOOK_ROUND
            for seat in [quiet for quiet in self._seats.values() if now - quiet.heard > _PATIENCE]:
                self._return(seat)

    def _obey(self, order: Order) -> None:
        if order.kind is Kind.VIEW:
            self._view = read_view(order.content)
        elif order.kind is Kind.TAKE:
            self._take(order)
        else:
            for seat in [other for other in self._seats.values() if other.number == order.seat]:
                self._return(seat)

    def _take(self, order: Order) -> None:
        """Take a connection, unless all have become the front's since this order was given.

        The front's connection is polled after it, so that no order is older than a request that was seen before.
        """
        client = socket.socket(fileno=order.file)
        if order.round != self._round:
            client.close()
            return
        client.settimeout(0)
        self._seats[order.file] = Seat(order.seat, client, order.content.decode())
        self._poll.unregister(self._connection)
        self._poll.register(client, select.POLLIN)
        self._poll.register(self._connection, select.POLLIN)

    def _drop(self, seat: Seat) -> None:
        number = seat.client.fileno()
        self._poll.unregister(number)
        del self._seats[number]
        seat.client.close()

    def _return(self, seat: Seat, said: bytes = b"", owed: bytes = b"") -> None:
        """Give a connection back with what its client has said, or has not taken yet."""
        frames = pack_of(Frame.OWED, seat.number, owed) if owed else b""
        self._connection.sendall(frames + pack_of(Frame.RETURNED, seat.number, said))
        self._drop(seat)
        self._slate.end()

    def _stand_up(self) -> None:
        """Leave all connections to the front, which has taken them back or will when it hears what was begun."""
        self._round += 1
        for seat in list(self._seats.values()):
            self._drop(seat)
        self._slate.end()

    def _hear(self, seat: Seat) -> None:
        self._slate.attend(seat.number)
        try:
            request = seat.client.recv(LARGEST)
        except BlockingIOError:
            self._slate.end()
            return
        except OSError:
            request = b""
        if request:
            self._answer(seat, request)
        else:
            self._return(seat)

    def _answer(self, seat: Seat, request: bytes) -> None:
        view = self._view
        seat.heard = started = time.monotonic()
        kept = self._cache.find(view.snapshot.tag, request)
        if kept is not None:
            if self._send(seat, request, kept, 0.0, "cached"):
                self._slate.end()
            return
        self._slate.begin(request, view.snapshot.number, started)
        writer = FrameWriter(self._connection, view.most_bytes, pack_of(Frame.BEGUN, seat.number, request))
        try:
            draft = read_express(request, view)
            run_query(self._opened.at(view.snapshot.path), draft.content, writer)
        except (Declined, SyntaxError):
            self._decline(seat, request, writer)
        except FAULTS as error:
            writer.fail(error)
            self._stand_up()
        else:
            self._reply(seat, request, draft, writer)

    def _decline(self, seat: Seat, request: bytes, writer: FrameWriter) -> None:
        if self._baton.take():
            self._return(seat, request)
            self._baton.give()
        else:
            writer.decline()
            self._stand_up()

    def _reply(self, seat: Seat, request: bytes, draft: Draft, writer: FrameWriter) -> None:
        body = writer.whole()
        if body is None or not self._baton.take():
            writer.close()
            self._stand_up()
            return
        answer = make_ready(draft, body)
        self._cache.keep(self._view.snapshot.tag, request, answer)
        if self._send(seat, request, answer, time.monotonic() - seat.heard, ""):
            self._slate.end()
        self._baton.give()

    def _send(self, seat: Seat, request: bytes, answer: bytes, seconds: float, outcome: str) -> bool:
        """Send an answer; where its client does not take it at once, the front gets the connection with the rest."""
        self._slate.count(seconds, is_cached=bool(outcome))
        if self._logs.has_access:
            facts = answer_facts(request, answer, self._view.path, self._view.snapshot.number, outcome)
            self._logs.write_access(seat.address, "sparql", 200, seconds, facts)
        data = b"HTTP/1.1 200 OK\r\ndate: %s\r\n%s" % (self._now(), answer[READY.size :])
        sent = 0
        with contextlib.suppress(OSError):
            sent = seat.client.send(data)
        if sent == len(data):
            return True
        self._return(seat, owed=data[sent:])
        return False

    def _now(self) -> bytes:
        second = int(time.time())
        if second != self._date[0]:
            self._date = second, formatdate(second, usegmt=True).encode()
        return self._date[1]
