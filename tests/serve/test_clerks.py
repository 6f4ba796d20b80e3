"""Connections of busy clients are served by clerks, and nothing but the speed tells."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING
from urllib.parse import quote

import httpx
import pytest

from kg.store.store import Store
from tests.serve.busy_client import JSON, BusyClient, new_number, plain_query
from tests.serve.running_server import ENDLESS, TOKEN, Server, serve
from tests.serve.sample_store import make_sample_store, review

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.serve.busy_client import Answer

pytestmark = pytest.mark.slow
LABELS = "SELECT ?s ?o { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o } ORDER BY ?s ?o"
COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH <http://ex/g> { ?s ?p ?o } }"


def rows(number: int) -> str:
    """A query with number ** 3 rows."""
    values = " ".join(map(str, range(number)))
    return f"SELECT * {{ VALUES ?a {{ {values} }} VALUES ?b {{ {values} }} VALUES ?c {{ {values} }} }} #{new_number()}"


def select(number: int) -> str:
    return f"SELECT ({number} AS ?n) {{}}"


def clerks_of(server: Server, client: BusyClient) -> set[int]:
    """Let a client sit down; return the process ids that came with that."""
    before = server.children()
    client.sit_down()
    return server.children() - before


def wait_for(server: Server, metric: str, value: float) -> None:
    for _ in range(100):
        if server.metric(metric) == value:
            return
        time.sleep(0.05)
    raise AssertionError(f"{metric} is {server.metric(metric)}, not {value}")


@pytest.fixture(scope="module")
def busy(sample_store: Path) -> Iterator[Server]:
    """A server with one clerk."""
    with serve(sample_store, "--clerks", "1") as server:
        yield server


def test_a_clerk_answers_as_the_front_does(busy: Server) -> None:
    with BusyClient(busy) as client, BusyClient(busy) as other:
        client.sit_down()
        for accept in (JSON, "application/sparql-results+xml", "text/csv"):
            query = f"{LABELS} # {new_number()}"
            seated = client.ask(query, accept)
            served = other.ask(query, accept)
            assert seated.status == served.status == 200
            assert len(seated.body) > 500
            assert seated.body == served.body
            assert set(seated.headers) == set(served.headers)
            for name in set(seated.headers) - {"date"}:
                assert seated.headers[name] == served.headers[name], name
        packed = client.ask(f"{LABELS} # {new_number()}", JSON, "Accept-Encoding: gzip")
        assert packed.headers["content-encoding"] == "gzip"
        assert busy.metric("kg_workers_seated") == 1


@pytest.mark.parametrize(
    ("send", "status"),
    [
        (lambda c: c.request("GET", "/", b"", "Accept: text/html"), 200),
        (lambda c: c.request("GET", "/sparql"), 200),
        (lambda c: c.request("HEAD", "/sparql?query=ASK%7B%7D"), 200),
        (lambda c: c.request("OPTIONS", "/sparql"), 204),
        (lambda c: c.request("GET", "/nowhere"), 404),
        (lambda c: c.request("POST", "/sparql", b"ASK {}", "Content-Type: application/sparql-query"), 200),
        (lambda c: c.request("POST", "/sparql", b"INSERT DATA {}", "Content-Type: application/sparql-update"), 401),
        (lambda c: c.ask("SELECT * {"), 400),
        (lambda c: c.ask("SELECT * { SERVICE <http://127.0.0.1:1/> {} }"), 403),
        (lambda c: c.ask("ASK {}", "image/png"), 406),
        (lambda c: c.request("BREW", "/sparql"), 400),
    ],
    ids=["page", "description", "head", "options", "nowhere", "post", "update", "syntax", "service", "accept", "odd"],
)  # fmt: skip
def test_what_is_not_a_small_query_is_answered_on_the_same_connection(
    busy: Server, send: Callable[[BusyClient], Answer], status: int
) -> None:
    with BusyClient(busy) as client:
        client.sit_down()
        answer = send(client)
        assert answer.status == status
        assert answer.is_whole
        if answer.headers["connection"] != "close":  # as it is after what is no HTTP
            assert client.ask(select(7)).numbers == ["7"]


def test_a_clerk_says_where_the_syntax_is_wrong(busy: Server) -> None:
    with BusyClient(busy) as client:
        client.sit_down()
        answer = client.ask("SELECT * {\n ?s ?p }")
        assert answer.status == 400
        assert "line 2" in json.loads(answer.body)["detail"]


def test_what_the_client_has_already_is_not_sent_again(busy: Server) -> None:
    with BusyClient(busy) as client:
        client.sit_down()
        query = f"ASK {{}} # {new_number()}"
        etag = client.ask(query).headers["etag"]
        assert client.ask(query, JSON, f"If-None-Match: {etag}").status == 304
        assert client.ask(query).headers["etag"] == etag


def test_requests_that_come_together_are_answered_in_order(busy: Server) -> None:
    with BusyClient(busy) as client:
        client.sit_down()
        numbers = [new_number() for _ in range(5)]
        client.send(b"".join(plain_query(select(number)) for number in numbers))
        assert [client.receive().numbers for _ in numbers] == [[str(number)] for number in numbers]


def test_a_request_that_comes_in_pieces_is_answered(busy: Server) -> None:
    with BusyClient(busy) as client:
        client.sit_down()
        number = new_number()
        whole = plain_query(select(number))
        for start in range(0, len(whole), 40):
            client.send(whole[start : start + 40])
            time.sleep(0.02)
        assert client.receive().numbers == [str(number)]


def test_what_is_repeated_is_answered_from_memory(busy: Server) -> None:
    with BusyClient(busy) as client:
        client.sit_down()
        query = f"{LABELS} # {new_number()}"
        first = client.ask(query)
        hits = busy.metric("kg_cache_hits_total")
        bodies = {client.ask(query).body for _ in range(6)}
        assert bodies == {first.body}
        assert busy.metric("kg_cache_hits_total") >= hits + 4


def test_every_answer_of_a_clerk_is_counted_and_logged(sample_store: Path, tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    with serve(sample_store, "--access-log", str(log)) as server, BusyClient(server) as client:
        client.sit_down()
        before = server.metric('kg_requests_total{route="sparql",status="200"}')
        asked = [client.ask(f"{LABELS} # {new_number()}") for _ in range(50)]
        repeated = client.ask(LABELS), client.ask(LABELS), client.ask(LABELS)
        after = server.metric('kg_requests_total{route="sparql",status="200"}')
        assert after == before + 53
        assert server.metric('kg_request_seconds_count{route="sparql"}') == after
        lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
        lines = [line for line in lines if line["route"] == "sparql"][-53:]
        assert {line["bytes"] for line in lines} == {len(answer.body) for answer in (*asked, *repeated)}
        assert len({line["query"] for line in lines}) == 51
        assert {line["client"] for line in lines} == {"127.0.0.1"}
        assert lines[-1]["outcome"] == "cached"
        assert all(line["status"] == 200 and line["method"] == "GET" and line["ms"] >= 0 for line in lines)


def test_a_query_past_its_time_is_stopped_at_a_clerk_too(sample_store: Path) -> None:
    with serve(sample_store, "--time-limit", "1") as server, BusyClient(server) as client:
        (pid,) = clerks_of(server, client)
        started = time.monotonic()
        answer = client.ask(ENDLESS)
        assert answer.status == 504
        assert 0.9 < time.monotonic() - started < 3
        assert client.ask(select(3)).numbers == ["3"]
        assert server.metric("kg_timeouts_total") == 1
        time.sleep(0.3)
        assert pid not in server.children()


def test_a_large_answer_that_is_stopped_never_looks_whole(sample_store: Path) -> None:
    with serve(sample_store, "--time-limit", "1.5", "--result-limit", "4096") as server, BusyClient(server) as client:
        client.sit_down()
        answer = client.ask(rows(400), "text/csv")
        assert answer.status == 504 or not answer.is_whole


def test_a_client_that_leaves_stops_its_query_at_a_clerk(sample_store: Path) -> None:
    with serve(sample_store, "--time-limit", "60") as server:
        client = BusyClient(server)
        (pid,) = clerks_of(server, client)
        client.send(plain_query(ENDLESS))
        time.sleep(0.8)
        assert server.get("/ready").json()["workers"]["long"] == 1
        client.close()
        wait_for(server, "kg_disconnects_total", 1)
        wait_for(server, "kg_workers_long", 0)
        time.sleep(0.2)
        assert pid not in server.children()


def test_long_queries_are_counted_whoever_has_them(sample_store: Path) -> None:
    with (
        serve(sample_store, "--time-limit", "4", "--long-queries", "2") as server,
        ThreadPoolExecutor(2) as others,
        BusyClient(server) as client,
    ):
        client.sit_down()
        asked = [
            others.submit(httpx.get, f"{server.url}/sparql", params={"query": ENDLESS}, timeout=30) for _ in range(2)
        ]
        wait_for(server, "kg_workers_long", 2)
        refused = client.ask(ENDLESS)
        assert refused.status == 503
        assert int(refused.headers["retry-after"]) >= 1
        assert [future.result().status_code for future in asked] == [504, 504]
        client.sit_down()
        client.send(plain_query(ENDLESS))
        wait_for(server, "kg_workers_long", 1)
        assert client.receive().status == 504


def test_a_clerk_with_a_long_query_leaves_its_other_clients_to_the_front(sample_store: Path) -> None:
    with serve(sample_store, "--clerks", "1", "--time-limit", "3") as server, ExitStack() as stack:
        clients = [stack.enter_context(BusyClient(server)) for _ in range(5)]
        for client in clients:
            client.sit_down()
        assert server.metric("kg_workers_seated") == 5
        clients[0].send(plain_query(ENDLESS))
        time.sleep(0.02)
        for client in clients[1:]:
            started = time.monotonic()
            assert client.ask(select(1)).numbers == ["1"]
            assert time.monotonic() - started < 1
        assert clients[0].receive().status == 504
        for client in clients:
            assert client.ask(select(2)).numbers == ["2"]


def test_answers_above_the_limit_are_refused_by_clerks(sample_store: Path) -> None:
    with serve(sample_store, "--result-limit", "1") as server, BusyClient(server) as client:
        client.sit_down()
        assert client.ask(rows(60)).status == 413
        assert client.ask(select(4)).numbers == ["4"]


@pytest.mark.parametrize("number", [15, 60, 90], ids=["100 KB", "many chunks", "flowing"])
def test_a_large_answer_comes_whole(busy: Server, number: int) -> None:
    with BusyClient(busy) as client:
        client.sit_down()
        answer = client.ask(rows(number), "text/csv")
        assert answer.status == 200
        assert answer.is_whole
        assert answer.body.count(b"\n") == number**3 + 1
        assert client.ask(select(5)).numbers == ["5"]


def test_a_client_that_does_not_read_gets_all_when_it_does(busy: Server) -> None:
    with BusyClient(busy) as client:
        client.connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 18)
        client.sit_down()
        queries = [rows(6) for _ in range(200)]
        for query in queries:
            client.send(plain_query(query))
            time.sleep(0.002)
        for _ in queries:
            answer = client.receive()
            assert answer.is_whole
            assert len(json.loads(answer.body)["results"]["bindings"]) == 216


def test_a_clerk_killed_over_a_query_costs_that_query_alone(sample_store: Path) -> None:
    with serve(sample_store, "--clerks", "1") as server, BusyClient(server) as client, BusyClient(server) as other:
        (pid,) = clerks_of(server, client)
        other.sit_down()
        client.send(plain_query(ENDLESS))
        time.sleep(0.05)
        os.kill(pid, signal.SIGKILL)
        answer = client.receive()
        assert answer.status == 503
        assert b"ended" in answer.body
        assert client.ask(select(8)).numbers == ["8"]
        assert other.ask(select(9)).numbers == ["9"]
        assert server.metric("kg_worker_deaths_total") == 1


def test_a_clerk_killed_between_queries_costs_nothing(sample_store: Path) -> None:
    with serve(sample_store) as server, BusyClient(server) as client:
        for _ in range(3):
            pids = clerks_of(server, client)
            time.sleep(0.3)  # until the clerk has noted that its answer is sent, also on a busy machine
            for pid in pids:
                os.kill(pid, signal.SIGKILL)
            assert client.ask(select(6)).numbers == ["6"]
            assert not pids & server.children()


def test_a_load_and_an_update_are_seen_through_a_clerk(tmp_path: Path) -> None:
    with serve(tmp_path / "store") as server, BusyClient(server) as client:
        client.sit_down()
        for number in range(1, 6):
            insert = f"INSERT DATA {{ GRAPH <http://ex/g> {{ <http://ex/{number}> <http://ex/p> 1 }} }}"
            assert server.update(insert).status_code == 204
            answer = client.ask(f"{COUNT} # {new_number()}")
            assert answer.numbers == [str(number)]
            assert client.ask(COUNT).numbers == [str(number)]
        assert server.metric("kg_workers_seated") == 1
        body = b"INSERT DATA { GRAPH <http://ex/g> { <http://ex/own> <http://ex/p> 1 } }"
        headers = ("Content-Type: application/sparql-update", f"Authorization: Bearer {TOKEN}")
        assert client.request("POST", "/sparql", body, *headers).status == 204
        assert client.ask(COUNT).numbers == ["6"]


def test_a_quiet_client_goes_back_and_may_return(sample_store: Path) -> None:
    with serve(sample_store) as server, BusyClient(server) as client:
        client.sit_down()
        for _ in range(80):
            time.sleep(0.1)
            if server.metric("kg_workers_seated") == 0:
                break
        assert server.metric("kg_workers_seated") == 0
        client.sit_down()
        assert client.ask(select(1)).numbers == ["1"]


@pytest.mark.parametrize(
    "options", [("--clerks", "0"), ("--rate", "100000"), ("--trust-proxy",)], ids=["none", "rate", "proxy"]
)
def test_there_are_no_clerks_where_the_front_must_see_each_request(sample_store: Path, options: tuple[str]) -> None:
    with serve(sample_store, *options) as server, BusyClient(server) as client:
        for _ in range(200):
            assert client.ask(select(new_number())).status == 200
        assert server.metric("kg_workers_clerks") == 0


def test_the_server_ends_with_clients_at_clerks(sample_store: Path) -> None:
    with serve(sample_store) as server, BusyClient(server) as client, BusyClient(server) as other:
        client.sit_down()
        other.sit_down()
        other.send(plain_query(rows(12)))
        started = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(10) == 0
        assert time.monotonic() - started < 5
        assert other.receive().is_whole
        with pytest.raises(ConnectionError):
            client.ask(select(1))


def test_many_busy_clients_get_their_own_answers(sample_store: Path) -> None:
    """More than there are seats; some leave, some repeat, some ask large and wrong ones in between."""

    def ask(server: Server, seed: int) -> None:
        with BusyClient(server) as client:
            for step in range(150):
                if (step + seed) % 29 == 0:
                    assert client.ask("SELECT * {").status == 400
                if (step + seed) % 31 == 0:
                    assert client.ask(rows(16), "text/csv").body.count(b"\n") == 16**3 + 1
                number = new_number() if step % 5 else 5
                assert client.ask(select(number)).numbers == [str(number)]

    with serve(sample_store, "--clerks", "2") as server, ThreadPoolExecutor(40) as clients:
        for future in [clients.submit(ask, server, seed) for seed in range(60)]:
            future.result()
        assert server.metric("kg_worker_deaths_total") == 0
        assert 'status="500"' not in server.get("/metrics").text


def test_addresses_need_not_be_short(busy: Server) -> None:
    """A request that is longer than what a clerk reads goes back in the middle."""
    with BusyClient(busy) as client:
        client.sit_down()
        number = new_number()
        text = f"SELECT ({number} AS ?n) {{}} #{'x' * 30_000}"
        body = f"query={quote(text)}".encode()
        answer = client.request(
            "POST", "/sparql", body, "Content-Type: application/x-www-form-urlencoded", f"Accept: {JSON}"
        )
        assert answer.numbers == [str(number)]


def test_clerks_hide_texts_and_see_what_is_loaded(tmp_path: Path) -> None:
    texts = "SELECT (COUNT(?t) AS ?n) { ?d <https://w3id.org/kg-loader/vocab/text> ?t }"
    documents = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s a <https://w3id.org/kg-loader/vocab/Statement> } }"
    with serve(make_sample_store(tmp_path / "store"), "--hide-texts") as server, BusyClient(server) as client:
        while server.get("/ready").status_code == 503:  # the copy without texts is being made
            time.sleep(0.05)
        client.sit_down()
        assert client.ask(texts).numbers == ["0"]
        assert client.ask(documents).numbers == ["2"]
        with Store.open(server.store) as store:
            store.remove_document(review().document.iri)
            store.publish()
        finished = time.monotonic()
        while client.ask(documents).numbers == ["2"]:
            assert time.monotonic() - finished < 3
            time.sleep(0.05)
        assert client.ask(documents).numbers == ["1"]
        assert server.metric("kg_workers_seated") == 1
