"""The front's side of a clerk: whose connection it has, and what it says."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING, Protocol

from kg.serve.channel import Channel
from kg.serve.frames import SEAT, Frame
from kg.serve.orders import Kind, pack_order
from kg.serve.slate import NOTHING, Tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.serve.baton import Baton
    from kg.serve.running import Running
    from kg.serve.slate import Slate


class Client(Protocol):
    """A connection that can be with a clerk; until it is back the front does not read from it."""

    def write(self, answer: bytes) -> None:
        """Send the rest of an answer."""

    def come_back(self, said: bytes) -> None:
        """Be served by the front again, from what the client has said."""

    def go_on(self, request: bytes, running: Running) -> None:
        """Be served by the front again, from a request whose query has begun."""

    def cut(self) -> None:
        """End: what was sent is not known."""


class Keeper(Protocol):
    """Who keeps windows, and hears of what happens at them."""

    def on_seated(self) -> None:
        """A clerk has got a connection."""

    def on_begun(self, window: Window, seat: int, request: bytes) -> None:
        """The answer to a request is for the front to send."""

    def on_finished(self, window: Window) -> None:
        """The clerk is done with a query that the front answers."""

    def on_lost(self, window: Window) -> None:
        """The connection to the clerk has closed."""

    def on_buried(self, window: Window, status: int | None) -> None:
        """The clerk has ended."""


class Window(Channel):
    """A clerk's channel; ``clients`` are those whose connections it has, ``free_since`` is when it had none any more.

    ``seen_since`` and ``cpu_before`` belong to the request in hand as the clock first saw it.
    """

    def __init__(self, slate: Slate, baton: Baton, keeper: Keeper) -> None:
        super().__init__(lambda _: keeper.on_lost(self), lambda _: keeper.on_finished(self))
        self.slate = slate
        self.baton = baton
        self.clients: dict[int, Client] = {}
        self.free_since = time.monotonic()
        self.seen_since = 0.0
        self.cpu_before = -1.0
        self._keeper = keeper
        self._counted = NOTHING
        self._last_seat = 0
        self._round = 0

    @property
    def is_open(self) -> bool:
        """The clerk can take a connection."""
        return self.running is None and not self.is_long and not self.transport.is_closing()

    def seat(self, client: Client, file: int, address: str) -> bool:
        """Hand a connection to the clerk; False where that fails."""
        self._last_seat += 1
        order = pack_order(Kind.TAKE, self._last_seat, self._round, address.encode())
        if not self._tell(order, [file]):
            return False
        self.clients[self._last_seat] = client
        self._keeper.on_seated()
        return True

    def show(self, view: bytes) -> None:
        """Let the clerk answer from a generation."""
        self._tell(pack_order(Kind.VIEW, content=view))

    def recall(self, client: Client) -> None:
        """Ask for a connection back, if the clerk has it."""
        for seat, other in self.clients.items():
            if other is client:
                self._tell(pack_order(Kind.RETURN, seat))

    def leave(self) -> dict[int, Client]:
        """Return all clients, which are here no longer; an order to take one that is on its way holds no more."""
        clients, self.clients = self.clients, {}
        self._round += 1
        self.free_since = time.monotonic()
        return clients

    def take(self, kind: int, payload: bytes) -> None:
        """Take one frame."""
        if kind not in {Frame.OWED, Frame.RETURNED, Frame.BEGUN}:
            super().take(kind, payload)
            return
        (seat,), said = SEAT.unpack_from(payload), payload[SEAT.size :]
        if kind == Frame.BEGUN:
            if self.running is None:
                self._keeper.on_begun(self, seat, said)
        elif seat in self.clients:
            if kind == Frame.OWED:
                self.clients[seat].write(said)
            else:
                self.free_since = time.monotonic()
                self.clients.pop(seat).come_back(said)

    def count(self) -> Tally:
        """Return what was answered since this was last asked."""
        now = self.slate.tally()
        before, self._counted = self._counted, now
        return now.since(before)

    def bury(self, status: int | None) -> None:
        """Hear that the process has ended."""
        self._keeper.on_buried(self, status)

    def _tell(self, order: bytes, files: Sequence[int] = ()) -> bool:
        """Give an order; a clerk that does not listen is cut off, and its process ends."""
        try:
            sent = socket.send_fds(self.connection, [order], list(files))
        except OSError:
            sent = 0
        if sent != len(order):
            self.transport.abort()
        return sent == len(order)
