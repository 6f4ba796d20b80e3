# ruff: noqa: E501 - queries read best as long lines
"""Mixed load on kg serve for some minutes, with loads and updates going on: no wrong answer, no 500, no leak.

Usage: python scripts/load_test/soak.py [--minutes 10] [--clients 8] [--folder FOLDER]

A server of a scratch store is started. Clients ask small queries, large ones, wrong ones, never-ending ones, pages and
completions, and some leave in the middle. Meanwhile another process loads documents, and updates count up a number in
a graph whose hundred facts must always agree: an answer that mixes two generations, or that misses an acknowledged
update, is a wrong answer.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pyoxigraph as ox
from fuzz import wait_for

from kg.serve.health import resident_bytes
from kg.store import generations
from kg.store.layout import LIVE, LOCK
from kg.store.lock import WriterLock

PORT = 7984
URL = f"http://127.0.0.1:{PORT}"
TOKEN = "soak"
FACTS = 100
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
NUMBERS = "SELECT ?n { GRAPH <http://ex/facts> { ?s <http://ex/n> ?n } }"
LARGE = "SELECT * { VALUES ?a { %s } VALUES ?b { %s } VALUES ?c { %s } }" % ((" ".join(map(str, range(40))),) * 3)
EXPECTED = {
    "small": {200}, "numbers": {200}, "large": {200, 503}, "wrong": {400}, "endless": {503, 504}, "page": {200},
    "complete": {200}, "remote": {403}, "update": {204, 503},
}  # fmt: skip


@dataclass
class Tally:
    """What has happened, kept by all threads."""

    statuses: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    acknowledged: int = -1
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, status: int, said: str) -> None:
        """Count an answer, and keep it when it is not one of those that its kind may have."""
        with self.lock:
            self.statuses[f"{kind} {status}"] += 1
            if status not in EXPECTED[kind]:
                self.faults.append(f"{kind}: {status} {said[:300]}")

    def blame(self, what: str) -> None:
        """Keep a wrong answer."""
        with self.lock:
            self.faults.append(what)


def ask(client: httpx.Client, text: str, **more: str) -> httpx.Response:
    """Run a query."""
    return client.get("/sparql", params={"query": text, **more}, headers={"Accept": "application/sparql-results+json"})


def read(client: httpx.Client, tally: Tally, end: float, seed: int) -> None:
    """Ask all kinds of questions until the end."""
    chance = random.Random(seed)
    kinds = (
        ["small"] * 40
        + ["numbers"] * 20
        + ["large"] * 3
        + ["wrong"] * 5
        + ["page"] * 8
        + ["complete"] * 5
        + ["remote"] * 2
    )
    kinds += ["endless", "leave"]
    while time.monotonic() < end:
        kind = chance.choice(kinds)
        try:
            _ask_one(client, tally, kind, chance)
        except httpx.RemoteProtocolError as error:
            # A large answer that the clock stops is cut, so that nobody takes it for whole; anything else is wrong.
            if kind == "large" and "incomplete" in str(error):
                tally.statuses["large cut"] += 1
            else:
                tally.blame(f"{kind}: {error}")
        except httpx.HTTPError as error:
            tally.blame(f"{kind}: {type(error).__name__} {error}")


def _ask_one(client: httpx.Client, tally: Tally, kind: str, chance: random.Random) -> None:
    number = chance.randrange(10**9)
    if kind == "numbers":
        check_numbers(client, tally)
    elif kind == "leave":
        with contextlib.suppress(httpx.ReadTimeout):
            httpx.get(f"{URL}/sparql", params={"query": ENDLESS}, timeout=0.3 + chance.random())
    elif kind in {"page", "complete"}:
        path = "/complete?q=sam" if kind == "complete" else chance.choice(("/", "/documents", "/query", "/search?q=a"))
        answer = client.get(path, headers={"Accept": "text/html"})
        tally.note(kind, answer.status_code, answer.text)
    else:
        texts = {"small": f"SELECT ({number} AS ?x) {{}}", "large": LARGE, "wrong": "SELECT * {", "endless": ENDLESS}
        answer = ask(client, texts.get(kind, "SELECT * { SERVICE <http://127.0.0.1:1/> {} }"))
        tally.note(kind, answer.status_code, answer.text)
        if kind == "small" and answer.status_code == 200 and str(number) not in answer.text:
            tally.blame(f"asked {number}, was told {answer.text}")
        if kind == "large" and answer.status_code == 200 and len(answer.json()["results"]["bindings"]) != 40**3:
            tally.blame("a large answer is not whole")


def check_numbers(client: httpx.Client, tally: Tally) -> None:
    """All facts agree, and none is older than the last update that was acknowledged before the question."""
    known = tally.acknowledged
    answer = ask(client, f"{NUMBERS} #{time.monotonic_ns()}")
    tally.note("numbers", answer.status_code, answer.text)
    if answer.status_code != 200:
        return
    values = [int(row["n"]["value"]) for row in answer.json()["results"]["bindings"]]
    if known >= 0 and (len(values) != FACTS or len(set(values)) != 1 or values[0] < known):
        tally.blame(f"{len(values)} facts with {sorted(set(values))[:5]} after update {known}")


def update(tally: Tally, end: float) -> None:
    """Count the facts up, each time with one update."""
    things = " ".join(f"<http://ex/{number}>" for number in range(FACTS))
    with httpx.Client(base_url=URL, timeout=60, trust_env=False) as client:
        number = 0
        while time.monotonic() < end:
            text = f"DROP SILENT GRAPH <http://ex/facts> ; INSERT {{ GRAPH <http://ex/facts> {{ ?s <http://ex/n> {number} }} }}"
            text += f" WHERE {{ VALUES ?s {{ {things} }} }}"
            headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
            answer = client.post("/sparql", content=text, headers=headers)
            tally.note("update", answer.status_code, answer.text)
            if answer.status_code == 204:
                tally.acknowledged = number
            number += 1
            time.sleep(1.0)


def load(store: Path, tally: Tally, end: float) -> None:
    """Write to the store as another program, as `kg load` does, every few seconds."""
    number = 0
    while time.monotonic() < end:
        try:
            lock = WriterLock(store / LOCK)
        except Exception:  # noqa: BLE001 - the server is writing: come again
            time.sleep(0.3)
            continue
        live = ox.Store(str(store / LIVE))
        graph = ox.NamedNode(f"http://ex/load-{number % 7}")
        live.extend(
            ox.Quad(graph, ox.NamedNode("http://ex/p"), ox.Literal(f"{number}-{part}"), graph) for part in range(500)
        )
        generations.publish(store, live)
        generations.prune(store)
        del live
        lock.release()
        number += 1
        tally.statuses["loads"] += 1
        time.sleep(3.0)


def fill() -> None:
    """Give the store enough for a never-ending query."""
    triples = " ".join(f"<http://ex/{number}> <http://ex/q> {number} ." for number in range(1000))
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/turtle"}
    httpx.put(f"{URL}/store", params={"graph": "http://ex/filled"}, content=triples, headers=headers).raise_for_status()


def measure(pid: int) -> dict[str, float]:
    """Return memory and open files of the front, how many processes it has, how often a clerk got a connection."""
    with httpx.Client(base_url=URL, trust_env=False, timeout=30) as client:
        found = client.get("/metrics").text
    values = dict(line.rsplit(" ", 1) for line in found.splitlines() if line.startswith("kg_"))
    files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    return {
        "front_mb": round(resident_bytes(pid) / 2**20, 1),
        "files": files,
        "workers": float(values["kg_worker_processes"]),
        "handed_over": float(values["kg_handed_over_total"]),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = given.folder or Path(folder) / "store"
        command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", str(PORT), "--time-limit", "6"]
        with subprocess.Popen(command, env=os.environ | {"KG_TOKEN": TOKEN}) as server:
            wait_for(f"{URL}/ready")
            fill()
            tally, before, after = soak(store, server.pid, given.minutes * 60, given.clients)
            server.terminate()
    print(json.dumps({"statuses": dict(sorted(tally.statuses.items())), "before": before, "after": after}, indent=1))
    for fault in tally.faults[:20]:
        print(fault)
    has_leaked = after["files"] > before["files"] + 20 or after["front_mb"] > before["front_mb"] + 150
    print(f"{len(tally.faults)} faults; {'it leaks' if has_leaked else 'no leak'}")
    return 1 if tally.faults or has_leaked else 0


def soak(store: Path, pid: int, seconds: float, clients: int) -> tuple[Tally, dict[str, float], dict[str, float]]:
    """Run all kinds of load at once; return what happened and the figures at the start and at the end."""
    tally = Tally()
    warm = time.monotonic() + min(10.0, seconds / 4)
    end = time.monotonic() + seconds
    http = [httpx.Client(base_url=URL, timeout=60, trust_env=False) for _ in range(clients)]
    threads = [threading.Thread(target=read, args=(client, tally, end, seed)) for seed, client in enumerate(http)]
    threads += [
        threading.Thread(target=update, args=(tally, end)),
        threading.Thread(target=load, args=(store, tally, end)),
    ]
    for thread in threads:
        thread.start()
    time.sleep(max(0.0, warm - time.monotonic()))
    before = measure(pid)
    for thread in threads:
        thread.join()
    for client in http:
        client.close()
    time.sleep(4.0)
    return tally, before, measure(pid)


if __name__ == "__main__":
    sys.exit(main())
