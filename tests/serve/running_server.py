"""kg serve in a process of its own, as a user runs it, and plain HTTP to it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent.parent
TOKEN = "a-token-for-tests"
_ADDRESS = re.compile(r"at (http://\S+)/ ")
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@dataclass
class Server:
    """A running server: where it listens, its process, and a client that speaks to it."""

    url: str
    process: subprocess.Popen[str]
    client: httpx.Client
    store: Path

    def get(self, path: str, accept: str | None = None, **parameters: str) -> httpx.Response:
        """GET with parameters and an Accept header."""
        return self.client.get(path, params=parameters or None, headers={"Accept": accept} if accept else {})

    def query(self, text: str, accept: str = "application/sparql-results+json", **parameters: str) -> httpx.Response:
        """Run a query by GET."""
        return self.get("/sparql", accept, query=text, **parameters)

    def update(self, text: str, token: str | None = TOKEN) -> httpx.Response:
        """Run an update."""
        headers = {"Content-Type": "application/sparql-update"}
        headers |= {"Authorization": f"Bearer {token}"} if token else {}
        return self.client.post("/sparql", content=text, headers=headers)

    def metric(self, name: str) -> float:
        """Return the value of a metric without labels."""
        found = re.search(rf"(?m)^{re.escape(name)} (\S+)$", self.get("/metrics").text)
        assert found is not None, name
        return float(found[1])

    def children(self) -> set[int]:
        """Return the process ids of all descendants of the server."""
        return _descendants(self.process.pid)


@contextmanager
def serve(store: Path, *options: str, token: str | None = TOKEN) -> Iterator[Server]:
    """Run a server on a free port until the block ends."""
    environment = {name: value for name, value in os.environ.items() if name != "KG_TOKEN"} | {"PYTHONPATH": str(ROOT)}
    if token:
        environment["KG_TOKEN"] = token
    command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0", *options]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment, cwd=store.parent)
    assert process.stderr is not None
    said: list[str] = []
    url = ""
    for line in process.stderr:
        said.append(line)
        found = _ADDRESS.search(line)
        if found:
            url = found[1]
            break
    assert url, "".join(said)
    drain = threading.Thread(target=lambda: said.extend(process.stderr or ()), daemon=True)
    drain.start()
    try:
        with httpx.Client(base_url=url, timeout=30, trust_env=False) as client:
            yield Server(url, process, client, store)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise
        drain.join(5)
        process.stderr.close()
        assert "Traceback" not in "".join(said), "".join(said)


def _descendants(pid: int) -> set[int]:
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text("ascii").split():
            found |= {int(child)} | _descendants(int(child))
    return found
