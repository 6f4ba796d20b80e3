"""A worker: one process, one query at a time, read-only on one generation; it may be killed at any moment."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Any

from kg.serve.express import Declined, make_ready, read_express
from kg.serve.frame_writer import FrameWriter
from kg.serve.frames import Frame, JobReader, pack
from kg.serve.job_fault import FAULTS
from kg.serve.opened import Opened
from kg.serve.operations import OPERATIONS, run_query
from kg.serve.views import read_view

if TYPE_CHECKING:
    import socket

    from kg.serve.views import View


_NO_LIMIT = 1 << 40


class Worker:
    """Takes jobs from a connection until it closes."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._opened = Opened()

    def run(self) -> None:
        """Work until the front goes away."""
        with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
            jobs = JobReader(self._connection)
            while True:
                self._do(jobs.read())

    def _do(self, payload: bytes) -> None:
        head, _, request = payload.partition(b"\n")
        if request:
            self._answer(request, read_view(head))
        else:
            self._run(json.loads(head))

    def _run(self, job: dict[str, Any]) -> None:
        writer = FrameWriter(self._connection, job.get("most_bytes", _NO_LIMIT))
        try:
            OPERATIONS[job["op"]](self._opened.at(job["generation"]), job, writer)
            writer.close()
        except FAULTS as error:
            writer.fail(error)

    def _answer(self, request: bytes, view: View) -> None:
        """Answer a plain request with the whole of its answer, or decline it."""
        writer = FrameWriter(self._connection, view.most_bytes)
        try:
            draft = read_express(request, view)
            run_query(self._opened.at(view.snapshot.path), draft.content, writer)
            body = writer.whole()
            if body is None:
                writer.close()
            else:
                self._connection.sendall(pack(Frame.READY, make_ready(draft, body)))
        except (Declined, SyntaxError):
            writer.decline()
        except FAULTS as error:
            writer.fail(error)
