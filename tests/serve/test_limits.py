"""Limits hold: a query that takes too long, too much or has no reader is stopped, and the others go on."""

from __future__ import annotations

import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import httpx
import pytest

from kg.serve.health import resident_bytes
from tests.serve.running_server import ENDLESS, Server, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("KG_KILLS", "100"))
MANY = " ".join(f"VALUES ?{name} {{ {' '.join(map(str, range(60)))} }}" for name in "abcdef")
LARGE_SELECT = f"SELECT * {{ {MANY} }}"
JOINED = ", '-', ".join(f"STR(?{name})" for name in "abcdef")
LARGE_CONSTRUCT = f"CONSTRUCT {{ <http://ex/s> <http://ex/p> ?t }} {{ {MANY} BIND(CONCAT({JOINED}) AS ?t) }}"
RESULT_TYPES = [
    "application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values",
]  # fmt: skip
GRAPH_TYPES = [
    "text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", "application/trig",
    "application/n-quads",
]  # fmt: skip


@pytest.fixture(scope="module")
def strict(sample_store: Path) -> Iterator[Server]:
    """A server with tight limits."""
    options = ("--time-limit", "1.5", "--long-queries", "2", "--memory-limit", "256", "--result-limit", "2048")
    with serve(sample_store, *options) as server:
        yield server


def wait_until_idle(server: Server) -> None:
    for _ in range(100):
        workers = server.get("/ready").json()["workers"]
        if workers["long"] == 0 and workers["busy"] == 0 and workers["idle"] >= 2:
            return
        time.sleep(0.1)
    raise AssertionError(workers)


def test_a_query_past_its_time_is_stopped_and_its_worker_gone(strict: Server) -> None:
    wait_until_idle(strict)
    before = strict.children()
    started = time.monotonic()
    answer = strict.query(ENDLESS)
    assert answer.status_code == 504
    assert 1.4 < time.monotonic() - started < 4
    assert "1.5 s" in answer.text
    time.sleep(0.5)
    after = strict.children()
    assert len(before - after) == 1, "one worker was killed"
    assert len(after) == len(before), "and replaced"


def test_small_queries_that_wait_behind_endless_ones_are_answered(sample_store: Path) -> None:
    """One worker, and each small query is sent while it is busy with one that never ends, which is then killed."""
    with (
        serve(sample_store, "--workers", "1", "--long-queries", "1", "--time-limit", "6") as server,
        ThreadPoolExecutor(12) as clients,
    ):
        endless = [clients.submit(server.query, ENDLESS) for _ in range(3)]
        small = [clients.submit(server.query, f"SELECT ({number} AS ?n) {{}}") for number in range(9)]
        for number, answer in enumerate(small):
            assert answer.result().json()["results"]["bindings"][0]["n"]["value"] == str(number)
        assert {answer.result().status_code for answer in endless} <= {503, 504}


@pytest.mark.parametrize("media", RESULT_TYPES)
def test_a_timed_out_answer_never_looks_whole(strict: Server, media: str) -> None:
    check_broken(strict, LARGE_SELECT, media)


@pytest.mark.parametrize("media", GRAPH_TYPES)
def test_a_timed_out_graph_never_looks_whole(strict: Server, media: str) -> None:
    check_broken(strict, LARGE_CONSTRUCT, media)


def check_broken(server: Server, query: str, media: str) -> None:
    """A large answer ends in 504, or in a connection that is cut before its last chunk."""
    for encoding in ("identity", "gzip"):
        wait_until_idle(server)
        headers = {"Accept": media, "Accept-Encoding": encoding}
        try:
            answer = server.client.get("/sparql", params={"query": query}, headers=headers)
        except httpx.RemoteProtocolError:
            continue
        assert answer.status_code == 504, f"{answer.status_code} with {len(answer.content)} bytes"


def test_without_chunks_a_cut_answer_is_not_begun(strict: Server) -> None:
    wait_until_idle(strict)
    parts = urlsplit(strict.url)
    with socket.create_connection((parts.hostname, parts.port), timeout=20) as connection:
        path = f"/sparql?query={quote(LARGE_SELECT)}"
        connection.sendall(f"GET {path} HTTP/1.0\r\nHost: localhost\r\nAccept: text/csv\r\n\r\n".encode())
        first = connection.recv(200)
    assert first.split()[1] in {b"504", b"413"}


def test_small_queries_go_on_while_never_ending_ones_run(strict: Server) -> None:
    wait_until_idle(strict)
    with ThreadPoolExecutor(2) as besiegers:
        running = [
            besiegers.submit(httpx.get, f"{strict.url}/sparql", params={"query": ENDLESS}, timeout=30) for _ in "ab"
        ]
        for _ in range(40):
            if strict.get("/ready").json()["workers"]["long"] == 2:
                break
            time.sleep(0.02)
        slowest = 0.0
        for number in range(20):
            started = time.monotonic()
            assert strict.query(f"SELECT ({number} AS ?n) {{}}").status_code == 200
            slowest = max(slowest, time.monotonic() - started)
        assert slowest < 1.0
        assert [future.result().status_code for future in running] == [504, 504]


def test_workers_that_are_killed_from_outside_are_replaced_one_by_one(strict: Server) -> None:
    wait_until_idle(strict)
    zygote = min(strict.children())
    for pid in sorted(strict.children() - {zygote}):
        os.kill(pid, signal.SIGKILL)
    for _ in range(100):
        time.sleep(0.1)
        if strict.get("/ready").json()["workers"]["idle"] == 3 and strict.metric("kg_worker_processes") == 4:
            break
    assert strict.get("/ready").json()["workers"]["idle"] == 3
    assert len(strict.children()) == 5, "the zygote, three lanes and a spare"
    assert strict.query("ASK {}").status_code == 200


def test_more_long_queries_than_may_run_are_told_when_to_come_back(strict: Server) -> None:
    wait_until_idle(strict)
    with ThreadPoolExecutor(6) as clients:
        asked = [
            clients.submit(httpx.get, f"{strict.url}/sparql", params={"query": ENDLESS}, timeout=30) for _ in range(6)
        ]
        answers = [future.result() for future in asked]
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses.count(504) >= 2
    assert 503 in statuses
    refused = next(answer for answer in answers if answer.status_code == 503)
    assert int(refused.headers["retry-after"]) >= 1
    assert set(statuses) == {503, 504}


def test_a_client_that_goes_away_stops_its_query(sample_store: Path) -> None:
    with serve(sample_store, "--time-limit", "60") as server:
        wait_until_idle(server)
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{server.url}/sparql", params={"query": ENDLESS}, timeout=1)
        for _ in range(50):
            if server.metric("kg_disconnects_total") == 1 and server.get("/ready").json()["workers"]["long"] == 0:
                break
            time.sleep(0.1)
        assert server.metric("kg_disconnects_total") == 1
        assert server.metric("kg_kills_total") == 1


def test_a_query_that_needs_too_much_memory_ends_alone(strict: Server) -> None:
    wait_until_idle(strict)
    greedy = "SELECT (GROUP_CONCAT(?t) AS ?all) { " + MANY + " BIND(REPEAT AS ?t) }"
    greedy = greedy.replace("BIND(REPEAT AS ?t)", f"BIND(CONCAT(STR(?a), '{'x' * 2000}') AS ?t)")
    answer = strict.client.post("/sparql", content=greedy, headers={"Content-Type": "application/sparql-query"})
    assert answer.status_code in {503, 504}
    assert strict.query("ASK {}").status_code == 200


def test_an_answer_larger_than_the_limit_is_not_sent_whole(sample_store: Path) -> None:
    with serve(sample_store, "--result-limit", "1") as server:
        assert server.query(LARGE_SELECT).status_code == 413
        assert server.query("ASK {}").status_code == 200


def test_a_slow_reader_gets_all_of_a_large_answer(sample_store: Path) -> None:
    query = f"SELECT * {{ {' '.join(f'VALUES ?{name} {{ {chr(32).join(map(str, range(60)))} }}' for name in 'abc')} }}"
    with serve(sample_store, "--time-limit", "20") as server:
        size = 0
        with server.client.stream("GET", "/sparql", params={"query": query}, headers={"Accept": "text/csv"}) as answer:
            for chunk in answer.iter_bytes(1 << 18):
                size += chunk.count(b"\n")
                time.sleep(0.02)
        assert size == 60**3 + 1


@pytest.mark.slow
def test_killed_queries_leak_no_process_file_or_memory(sample_store: Path) -> None:
    with serve(sample_store, "--time-limit", "0.3", "--long-queries", "8") as server:
        kill_many(server, 20)
        wait_until_idle(server)
        processes, memory, files = measure(server)
        kill_many(server, KILLS)
        wait_until_idle(server)
        time.sleep(0.5)
        after = measure(server)
        assert after[0] <= processes
        assert after[1] < memory + 30 * 1024 * 1024
        assert after[2] <= files + 3
        # A query whose time ends while it waits for a worker is answered 504 without a kill.
        assert server.metric("kg_kills_total") >= 100


def kill_many(server: Server, count: int) -> None:
    with ThreadPoolExecutor(6) as clients:
        asked = [
            clients.submit(httpx.get, f"{server.url}/sparql", params={"query": ENDLESS}, timeout=30)
            for _ in range(count)
        ]
        assert {future.result().status_code for future in asked} <= {503, 504}


def measure(server: Server) -> tuple[int, int, int]:
    """Return processes, bytes of the front, open files of the front."""
    pid = server.process.pid
    return len(server.children()), resident_bytes(pid), len(list(Path(f"/proc/{pid}/fd").iterdir()))
