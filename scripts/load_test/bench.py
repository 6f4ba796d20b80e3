# ruff: noqa: E501 - queries and the Lua of wrk read best as long lines
"""Requests a second of kg serve and of oxigraph serve on the same million quads, in turns, and the p99 under siege.

Usage: python scripts/load_test/bench.py [--store FOLDER] [--oxigraph PATH] [--seconds 8] [--rounds 3]

Needs wrk (Debian: apt-get install wrk); `oxigraph` is the PyPI package of that name and is left out where it is not
there. Every figure is with 8 clients. "direct" asks for the diseases of a drug, "evidence" for its statements with
their sentences. "new" makes every query another one, so that nothing can come from a cache; "again" repeats one query,
which kg answers from its cache and oxigraph from its store. "cpu" is the processor time of a request in milliseconds,
all processes of the server together: on a machine that others use, too, it says more than the requests a second.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from make_store import make_store

from kg.store.generations import current

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENTS = 8
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
EVIDENCE = (
    (
        "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX biolink: <https://w3id.org/biolink/vocab/> "
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX kg: <https://w3id.org/kg-loader/vocab/> "
        "SELECT ?label ?modality ?text ?document WHERE {{ GRAPH ?g {{ ?s rdf:subject <https://w3id.org/kg-loader/entity/drug-%s> ; "
        "rdf:object ?d ; kg:modality ?modality ; biolink:supporting_text ?text ; biolink:publications ?document }} "
        "GRAPH ?e {{ ?d rdfs:label ?label }} }}"
    )
    .replace("{{", "{")
    .replace("}}", "}")
)
DIRECT = "SELECT ?d WHERE { GRAPH ?g { <https://w3id.org/kg-loader/entity/drug-%s> <https://w3id.org/biolink/vocab/treats> ?d } }"
QUERIES = {"direct": DIRECT, "evidence": EVIDENCE}
LUA = """
local drugs = {drugs}
local asked = 0
local function escape(text) return (text:gsub("[^%w]", function(c) return string.format("%%%02X", string.byte(c)) end)) end
local query = [[{query}]]
math.randomseed({seed})
request = function()
  local number = {fixed} or math.random(0, drugs - 1)
  asked = asked + 1
  local text = string.format(query, tostring(number))
  if not {fixed} then text = text .. " # {seed}-" .. asked end
  return wrk.format("GET", "{path}?query=" .. escape(text), {{["Accept"]="application/sparql-results+json"}})
end
"""


@contextmanager
def running(command: list[str], url: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; yield once it answers."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                with urllib.request.urlopen(f"{url}?query=ASK%7B%7D", timeout=1):
                    break
            except OSError:
                time.sleep(0.1)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)


def run_wrk(url: str, query: str, seconds: int, drugs: int, *, is_fixed: bool) -> dict[str, float]:
    """Return requests a second and latencies in milliseconds."""
    path = urllib.parse.urlsplit(url).path
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        fixed = "7" if is_fixed else "nil"
        script.write(LUA.format(drugs=drugs, query=query, seed=time.time_ns() % 10**6, fixed=fixed, path=path))
        script.flush()
        command = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{seconds}", "--latency", "-s", script.name, url]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    return {
        "rps": float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]),
        "p50": _milliseconds(re.search(r"(?m)^\s+50%\s+(\S+)", said)[1]),
        "p99": _milliseconds(re.search(r"(?m)^\s+99%\s+(\S+)", said)[1]),
        "bad": int(bad[1]) if bad else 0,
    }


def processor_seconds(pid: int) -> float:
    """Return the processor time that a process and its descendants have used."""
    found = 0.0
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
        found = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text("ascii").split():
                found += processor_seconds(int(child))
    return found


def _milliseconds(text: str) -> float:
    for unit, factor in (("us", 0.001), ("ms", 1.0), ("s", 1000.0)):
        if text.endswith(unit):
            return float(text.removesuffix(unit)) * factor
    return float(text)


def ask(url: str, query: str, seconds: float) -> int:
    """Return the status of a query."""
    try:
        with urllib.request.urlopen(f"{url}?query={urllib.parse.quote(query)}", timeout=seconds) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def measure_siege(url: str, seconds: int, drugs: int) -> dict[str, float]:
    """Return the figures of small queries while four never-ending queries run."""
    with ThreadPoolExecutor(4) as besiegers:
        found = [besiegers.submit(ask, url, ENDLESS, seconds + 60) for _ in range(4)]
        time.sleep(1.0)
        figures = run_wrk(url, DIRECT, seconds, drugs, is_fixed=False)
        figures["still_running"] = sum(not future.done() for future in found)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--store", type=Path, help="a store of make_store.py; made anew without it")
    parser.add_argument("--oxigraph", default=shutil.which("oxigraph"))
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = given.store or Path(folder) / "store"
        if given.store is None:
            make_store(store, 1_000_000)
        print(json.dumps(compare(store, given.oxigraph, given.seconds, given.rounds), indent=1))


def compare(store: Path, oxigraph: str | None, seconds: int, rounds: int) -> dict[str, object]:
    """Return the medians over the rounds of both servers, and their ratios."""
    generation = current(store)
    if generation is None:
        message = f"{store} has no generation"
        raise SystemExit(message)
    drugs = 5000
    kg_url, ox_url = "http://127.0.0.1:7981/sparql", "http://127.0.0.1:7982/query"
    limit = seconds + 10
    kg = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "7981", "--time-limit", str(limit)]
    results: dict[str, list[dict[str, float]]] = {}
    with running(kg, kg_url) as process:
        peer = (
            running([oxigraph, "serve-read-only", "-l", str(generation.path), "-b", "127.0.0.1:7982"], ox_url)
            if oxigraph
            else None
        )
        servers = [("kg", kg_url, process.pid)]
        if peer is not None:
            servers.append(("oxigraph", ox_url, peer.__enter__().pid))
        for _ in range(rounds):
            for name, query in QUERIES.items():
                for server, url, pid in servers:
                    for kind, is_fixed in (("new", False), ("again", True)):
                        before = processor_seconds(pid)
                        found = run_wrk(url, query, seconds, drugs, is_fixed=is_fixed)
                        found["cpu"] = (processor_seconds(pid) - before) / (found["rps"] * seconds) * 1000
                        results.setdefault(f"{name} {kind} {server}", []).append(found)
        if peer is not None:
            peer.__exit__(None, None, None)
        results["kg besieged"] = [measure_siege(kg_url, seconds, drugs)]
    medians = {
        name: {key: round(statistics.median(run[key] for run in runs), 3) for key in runs[0]}
        for name, runs in results.items()
    }
    report: dict[str, object] = dict(medians)
    for name in [f"{query} {kind}" for query in QUERIES for kind in ("new", "again")]:
        if f"{name} oxigraph" in medians:
            ratio = medians[f"{name} kg"]["rps"] / medians[f"{name} oxigraph"]["rps"]
            report[f"ratio {name}"] = round(ratio, 2)
            report[f"ratio of cpu {name}"] = round(medians[f"{name} oxigraph"]["cpu"] / medians[f"{name} kg"]["cpu"], 2)
    return report


if __name__ == "__main__":
    main()
