"""The process that carries out updates: it takes the store's lock, changes the live store, publishes, lets go.

It may be killed at any moment: a change that was not committed is not there afterwards.
"""

from __future__ import annotations

import contextlib
import json
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import StoreError
from kg.serve.frames import Frame, JobReader, pack
from kg.serve.job_fault import JobFault
from kg.serve.operations import GRAPHS
from kg.store import generations
from kg.store.layout import LIVE, LOCK, UNPUBLISHED
from kg.store.lock import WriterLock

if TYPE_CHECKING:
    from collections.abc import Iterator

_IDLE_SECONDS = 1.0
_WAIT_FOR_LOCK = 10.0
_LOOK_FOR_LOCK = 0.1


class Writer:
    """Takes changes from a connection; the store stays open for a second, so that a burst of changes is quick."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._folder: Path | None = None
        self._lock: WriterLock | None = None
        self._live: ox.Store | None = None

    def run(self) -> None:
        """Work until the front goes away."""
        jobs = JobReader(self._connection)
        with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
            while True:
                self._connection.settimeout(_IDLE_SECONDS if self._lock else None)
                try:
                    first = self._connection.recv(1, socket.MSG_PEEK)
                except TimeoutError:
                    self._close()
                    continue
                if not first:
                    break
                self._connection.settimeout(None)
                self._do(jobs.read())
        self._close()

    def _do(self, payload: bytes) -> None:
        head, _, body = payload.partition(b"\n")
        job: dict[str, Any] = json.loads(head)
        try:
            answer = self._change(job, body)
        except SyntaxError as error:
            self._fault(400, "syntax-error", str(error))
        except JobFault as fault:
            self._fault(fault.status, fault.code, str(fault))
        except (OSError, RuntimeError, ValueError, StoreError) as error:
            if isinstance(error, BrokenPipeError | ConnectionResetError):
                raise
            is_full = isinstance(error, OSError | StoreError)
            self._fault(507 if is_full else 400, "not-written", f"nothing was written: {error}")
        else:
            self._connection.sendall(pack(Frame.RESULT, json.dumps(answer).encode()))

    def _change(self, job: dict[str, Any], body: bytes) -> dict[str, Any]:
        folder = Path(job["store"])
        live = self._open(folder)
        answer = _CHANGES[job["op"]](live, job, body, folder / UNPUBLISHED)
        if (folder / UNPUBLISHED).exists():
            generation = generations.publish(folder, live)
            (folder / UNPUBLISHED).unlink(missing_ok=True)
            generations.prune(folder)
            answer["generation"] = generation.number
        return answer

    def _open(self, folder: Path) -> ox.Store:
        if self._live is None:
            self._lock = _wait_for_lock(folder)
            self._live = ox.Store(str(folder / LIVE))
        return self._live

    def _close(self) -> None:
        self._live = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def _fault(self, status: int, code: str, message: str) -> None:
        fault: dict[str, object] = {"status": status, "code": code, "message": message}
        if status == 503:
            fault["retry_after"] = 5
        self._connection.sendall(pack(Frame.FAULT, json.dumps(fault).encode()))


def _wait_for_lock(folder: Path) -> WriterLock:
    """Return the lock of the store; a load that is running has some seconds to finish."""
    end = time.monotonic() + _WAIT_FOR_LOCK
    while True:
        try:
            return WriterLock(folder / LOCK)
        except StoreError as error:
            if time.monotonic() > end:
                raise JobFault(503, "store-busy", f"{error}; nothing was written") from error
        time.sleep(_LOOK_FOR_LOCK)


def _update(live: ox.Store, job: dict[str, Any], body: bytes, mark: Path) -> dict[str, Any]:  # noqa: ARG001
    mark.touch()
    live.update(job["text"], base_iri=job["base"])
    return {}


def _graph(job: dict[str, Any]) -> ox.NamedNode | ox.DefaultGraph:
    return ox.DefaultGraph() if job["graph"] is None else ox.NamedNode(job["graph"])


def _put(live: ox.Store, job: dict[str, Any], body: bytes, mark: Path) -> dict[str, Any]:
    """Put the content in place of a graph, or with ``merge`` add it."""
    graph = _graph(job)
    is_known = isinstance(graph, ox.DefaultGraph) or live.contains_named_graph(graph)
    quads = list(_read_parts(job, body, graph))
    mark.touch()
    data = " ".join(f"{quad.triple} ." for quad in quads)
    name = "DEFAULT" if isinstance(graph, ox.DefaultGraph) else f"GRAPH {graph}"
    block = f"{{ {data} }}" if isinstance(graph, ox.DefaultGraph) else f"{{ GRAPH {graph} {{ {data} }} }}"
    steps = [] if job["merge"] else [f"CLEAR SILENT {name}"]
    if isinstance(graph, ox.NamedNode):
        steps.append(f"CREATE SILENT {name}")
    live.update(" ; ".join([*steps, f"INSERT DATA {block}"]))
    return {"created": not is_known}


def _read_parts(job: dict[str, Any], body: bytes, graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    """Yield the triples of all parts, each part's blank nodes kept apart from the others'."""
    position = 0
    for format_name, size in job["parts"]:
        piece = body[position : position + size]
        position += size
        try:
            parsed = ox.parse(
                piece, GRAPHS[format_name], base_iri=job["base"], without_named_graphs=True, rename_blank_nodes=True
            )
            for quad in parsed:
                yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)
        except SyntaxError as error:
            raise JobFault(400, "bad-data", f"the content cannot be read: {error}") from error


def _delete(live: ox.Store, job: dict[str, Any], body: bytes, mark: Path) -> dict[str, Any]:  # noqa: ARG001
    graph = _graph(job)
    if isinstance(graph, ox.NamedNode) and not live.contains_named_graph(graph):
        raise JobFault(404, "no-such-graph", f"there is no graph {graph}")
    mark.touch()
    if isinstance(graph, ox.NamedNode):
        live.remove_graph(graph)
    else:
        live.clear_graph(graph)
    return {}


_CHANGES = {"update": _update, "put": _put, "delete": _delete}
