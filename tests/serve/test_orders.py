"""Orders to clerks and the small memory that tells what a clerk does."""

from __future__ import annotations

import os
import socket

from kg.serve.metrics import Metrics
from kg.serve.orders import Kind, OrderReader, pack_order
from kg.serve.plain_request import LARGEST
from kg.serve.raw_cache import RawCache
from kg.serve.sandbox import forbid_network
from kg.serve.slate import NOTHING, Slate, make_slate_file


def test_orders_come_whole_and_with_their_files() -> None:
    front, clerk = socket.socketpair()
    mine, theirs = socket.socketpair()
    with front, clerk, mine, theirs:
        reader = OrderReader(clerk)
        view = pack_order(Kind.VIEW, content=b"x" * 300)
        front.sendall(view[:100])
        assert reader.read() == []
        front.sendall(view[100:] + pack_order(Kind.RETURN, 7))
        assert [(order.kind, order.seat, len(order.content)) for order in reader.read()] == [
            (Kind.VIEW, 0, 300),
            (Kind.RETURN, 7, 0),
        ]
        socket.send_fds(front, [pack_order(Kind.TAKE, 8, 3, b"127.0.0.1")], [theirs.fileno()])
        (order,) = reader.read()
        assert (order.kind, order.seat, order.round, order.content) == (Kind.TAKE, 8, 3, b"127.0.0.1")
        with socket.socket(fileno=order.file) as handed_over:
            handed_over.sendall(b"from the clerk")
            assert mine.recv(100) == b"from the clerk"


def test_a_clerk_may_use_a_connection_that_it_is_given_and_open_none() -> None:
    front, clerk = socket.socketpair()
    mine, theirs = socket.socketpair()
    with front, clerk, mine, theirs:
        pid = os.fork()
        if pid == 0:
            os._exit(_answer_in_the_sandbox(clerk))
        socket.send_fds(front, [pack_order(Kind.TAKE)], [theirs.fileno()])
        assert mine.recv(100) == b"from the sandbox"
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def _answer_in_the_sandbox(clerk: socket.socket) -> int:
    forbid_network()
    (order,) = OrderReader(clerk).read()
    socket.socket(fileno=order.file).sendall(b"from the sandbox")
    try:
        socket.create_connection(("127.0.0.1", 9), timeout=1)
    except PermissionError:
        return 0
    except OSError:
        return 1
    return 2


def test_a_slate_shows_the_request_in_hand_to_whoever_has_its_file() -> None:
    file = make_slate_file()
    clerk, front = Slate(file), Slate(file)
    os.close(file)
    assert (front.since, front.seat, front.tally()) == (0.0, 0, NOTHING)
    clerk.attend(3)
    clerk.begin(b"y" * LARGEST, 12, 1.5)
    assert (front.since, front.seat, front.generation) == (1.5, 3, 12)
    assert front.request == b"y" * LARGEST
    clerk.count(0.0007, is_cached=False)
    clerk.count(99.0, is_cached=True)
    clerk.end()
    assert (front.since, front.seat) == (0.0, 0)
    tally = front.tally()
    assert (tally.buckets[0], tally.buckets[-1], sum(tally.buckets), tally.cached) == (1, 1, 2, 1)
    metrics = Metrics()
    metrics.add("sparql", 200, tally.buckets, tally.seconds)
    assert 'kg_request_seconds_bucket{route="sparql",le="0.001"} 1\n' in metrics.render({})
    assert 'kg_requests_total{route="sparql",status="200"} 2\n' in metrics.render({})


def test_an_answer_is_kept_from_the_second_time_on_until_the_next_generation() -> None:
    cache = RawCache(1000)
    for tag, found in (("1-a", (None, None, b"answer")), ("2-b", (None, b"answer"))):
        for kept in found:
            assert cache.find(tag, b"request") == kept
            cache.keep(tag, b"request", b"answer")
    for number in range(200):
        for _ in range(2):
            cache.keep("2-b", b"%d" % number, b"x" * 100)
    assert cache.find("2-b", b"request") is None
    assert cache.find("2-b", b"199") is not None
