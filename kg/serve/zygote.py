"""The process that workers are forked from: it has imported what they need, and opens nothing itself.

A fork takes some milliseconds where a new interpreter takes hundreds, so a killed worker is replaced at once. The
zygote is the parent of all workers: it kills and reaps them, so that a process id is never one of another program.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import selectors
import signal
import socket
import sys
import traceback
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_FILES = 4


def main() -> None:
    """Serve fork and kill requests on the connection whose number is the first argument, until it closes."""
    from kg.serve.sandbox import die_with_parent

    connection = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    die_with_parent()
    _preload()
    gc.collect()
    gc.freeze()
    Zygote(connection, json.loads(sys.argv[2])).run()


def _preload() -> None:
    """Import what workers need, so that it is shared and a fork is ready at once."""
    import kg.serve.clerk
    import kg.serve.pages.render
    import kg.serve.slate
    import kg.serve.worker
    import kg.serve.writer

    kg.serve.pages.render.preload()


class Zygote:
    """Forks workers on request; commands and answers are JSON datagrams, a worker's socket comes with its command."""

    def __init__(self, connection: socket.socket, limits: dict[str, Any]) -> None:
        self._connection = connection
        self._limits = limits
        self._children: set[int] = set()
        self._roles: dict[str, Callable[[socket.socket, list[int]], None]] = {
            "reader": self._read,
            "writer": self._write,
            "clerk": self._attend,
        }

    def run(self) -> None:
        """Work until the front goes away, then kill all workers."""
        wake_read, wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(wake_write)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        with selectors.DefaultSelector() as selector:
            selector.register(self._connection, selectors.EVENT_READ)
            selector.register(wake_read, selectors.EVENT_READ)
            while True:
                ready = {key.fd for key, _ in selector.select()}
                if wake_read in ready:
                    with contextlib.suppress(BlockingIOError):
                        os.read(wake_read, 4096)
                    self._reap()
                if self._connection.fileno() in ready and not self._obey():
                    break
        for pid in self._children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def _obey(self) -> bool:
        try:
            message, files, _, _ = socket.recv_fds(self._connection, 4096, _MOST_FILES)
        except ConnectionResetError:
            return False
        if not message:
            return False
        command = json.loads(message)
        if command["do"] == "kill":
            if command["pid"] in self._children:
                os.kill(command["pid"], signal.SIGKILL)
            return True
        worker_end = socket.socket(fileno=files[0])
        pid = os.fork()
        if pid == 0:
            self._become(command["role"], worker_end, files[1:])
        worker_end.close()
        for number in files[1:]:
            os.close(number)
        self._children.add(pid)
        self._tell({"id": command["id"], "pid": pid})
        return True

    def _become(self, role: str, worker_end: socket.socket, files: list[int]) -> None:
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self._connection.close()
            self._roles[role](worker_end, files)
            status = 0
        except Exception:  # noqa: BLE001 - a bug: the process ends, and the log must say why
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(status)

    def _read(self, worker_end: socket.socket, files: list[int]) -> None:  # noqa: ARG002
        from kg.serve.worker import Worker

        self._confine()
        Worker(worker_end).run()

    def _write(self, worker_end: socket.socket, files: list[int]) -> None:  # noqa: ARG002
        from kg.serve.writer import Writer

        self._confine()
        Writer(worker_end).run()

    def _attend(self, worker_end: socket.socket, files: list[int]) -> None:
        from kg.serve.baton import Baton
        from kg.serve.clerk import Clerk
        from kg.serve.logs import Logs, continue_log
        from kg.serve.slate import Slate

        self._confine()
        logs = Logs(continue_log(self._limits["log"]), float("inf"))
        Clerk(worker_end, Slate(files[0]), Baton(files[1]), logs).run()

    def _confine(self) -> None:
        from kg.serve.sandbox import die_with_parent, forbid_network, limit_memory

        die_with_parent()
        limit_memory(self._limits["memory"])
        if not self._limits["network"]:
            forbid_network()

    def _reap(self) -> None:
        while self._children:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            self._children.discard(pid)
            self._tell({"exit": pid, "status": os.waitstatus_to_exitcode(status)})

    def _tell(self, answer: dict[str, int]) -> None:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._connection.send(json.dumps(answer).encode())


if __name__ == "__main__":
    main()
