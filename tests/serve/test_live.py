"""Loads and updates show at once, and a query sees one generation."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kg.store.store import Store
from tests.rdf.sample_annotations import imatinib_release
from tests.serve.running_server import Server, serve
from tests.serve.sample_store import add_documents, make_sample_store, review

COUNT = "SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/kg-loader/vocab/Statement> }"


def count(server: Server) -> int:
    return int(server.query(COUNT).json()["results"]["bindings"][0]["n"]["value"])


def test_a_store_that_does_not_exist_is_made_and_shows_what_is_loaded(tmp_path: Path) -> None:
    with serve(tmp_path / "new") as server:
        assert count(server) == 0
        assert "Nothing is loaded yet" in server.get("/", "text/html").text
        with Store.open(server.store) as store:
            add_documents(store, imatinib_release())
            assert count(server) == 0, "what is not published is not seen"
            store.publish()
        finished = time.monotonic()
        while count(server) == 0:
            assert time.monotonic() - finished < 3
            time.sleep(0.05)
        assert "imatinib" in server.get("/", "text/html").text


def test_an_update_is_seen_when_it_is_answered(tmp_path: Path) -> None:
    with serve(make_sample_store(tmp_path / "store")) as server:
        before = server.query("ASK {}").headers["x-kg-generation"]
        for number in range(5):
            subject = f"<http://ex/{number}>"
            added = server.update(f"INSERT DATA {{ GRAPH <http://ex/g> {{ {subject} <http://ex/p> 1 }} }}")
            assert added.status_code == 204
            assert server.query(f"ASK {{ {subject} ?p ?o }}").json()["boolean"] is True
        assert int(server.query("ASK {}").headers["x-kg-generation"]) == int(before) + 5


def test_an_update_that_fails_writes_nothing(scratch: Server) -> None:
    assert scratch.update("INSERT DATA { <http://ex/a> <http://ex/p> 1 } ; INSERT DATA { broken").status_code == 400
    assert scratch.query("ASK { ?s ?p ?o }").json()["boolean"] is False


def test_a_load_waits_for_nobody_and_an_update_waits_for_the_load(tmp_path: Path) -> None:
    with serve(make_sample_store(tmp_path / "store")) as server, ThreadPoolExecutor(1) as other:
        with Store.open(server.store) as store:
            update = other.submit(
                server.update, "INSERT DATA { GRAPH <http://ex/g> { <http://ex/a> <http://ex/p> 1 } }"
            )
            time.sleep(0.5)
            assert not update.done()
            assert count(server) > 0
            store.remove_document(review().document.iri)
            store.publish()
        assert update.result().status_code == 204
        time.sleep(1.5)
        with Store.open(server.store) as store:
            assert store.status().documents == 1, "the server let go of the store"


def test_a_query_sees_one_generation_from_start_to_end(scratch: Server) -> None:
    """Each generation holds n facts that all say n; no answer may mix two generations."""
    facts = "INSERT { GRAPH <http://ex/g> { ?s <http://ex/n> %d } } WHERE { VALUES ?s { %s } }"
    things = " ".join(f"<http://ex/{number}>" for number in range(50))
    stop = False

    def look() -> int:
        seen = 0
        while not stop:
            rows = scratch.query(f"SELECT ?n {{ ?s <http://ex/n> ?n }} #{time.monotonic_ns()}").json()["results"][
                "bindings"
            ]
            assert len({row["n"]["value"] for row in rows}) <= 1
            assert len(rows) in {0, 50}
            seen += 1
        return seen

    with ThreadPoolExecutor(2) as readers:
        looking = [readers.submit(look) for _ in range(2)]
        for number in range(15):
            text = f"CLEAR SILENT GRAPH <http://ex/g> ; {facts % (number, things)}"
            assert scratch.update(text).status_code == 204
        stop = True
        assert all(future.result() > 0 for future in looking)


def test_the_server_ends_in_seconds_and_leaves_no_process(tmp_path: Path) -> None:
    for ending in (signal.SIGINT, signal.SIGTERM):
        with serve(make_sample_store(tmp_path / ending.name)) as server:
            children = server.children()
            assert len(children) >= 3
            started = time.monotonic()
            server.process.send_signal(ending)
            assert server.process.wait(10) in {0, 130, -ending}
            assert time.monotonic() - started < 5
            time.sleep(0.3)
            assert not [pid for pid in children if is_running(pid)]


def test_workers_die_with_a_server_that_is_killed(tmp_path: Path) -> None:
    with serve(make_sample_store(tmp_path / "store")) as server:
        children = server.children()
        server.process.kill()
        server.process.wait()
        for _ in range(40):
            if not any(is_running(pid) for pid in children):
                break
            time.sleep(0.1)
        assert not any(is_running(pid) for pid in children)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_zygote_that_dies_is_replaced(tmp_path: Path) -> None:
    with serve(make_sample_store(tmp_path / "store")) as server:
        assert count(server) > 0
        zygote = min(server.children())
        os.kill(zygote, signal.SIGKILL)
        for attempt in range(60):
            answer = server.query(f"{COUNT} #{attempt}")
            if answer.status_code == 200 and zygote not in server.children():
                break
            time.sleep(0.1)
        assert answer.status_code == 200
        assert zygote not in server.children()
