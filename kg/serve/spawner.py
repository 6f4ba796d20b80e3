"""The front's side of the zygote: fork a worker, kill it, hear that it is gone."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class Spawner:
    """Starts the zygote and speaks to it; a zygote that dies is started again.

    ``limits`` is what the zygote is told of the settings; ``files`` are the numbers of open files that it gets, too.
    ``on_exit`` is called with process id and exit code (negative: the signal) of each worker that has gone.
    """

    def __init__(self, limits: dict[str, Any], on_exit: Callable[[int, int], None], files: Sequence[int] = ()) -> None:
        self._limits = json.dumps(limits)
        self._files = files
        self._on_exit = on_exit
        self._connection: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._waiting: dict[int, asyncio.Future[int]] = {}
        self._last_id = 0
        self._is_closing = False

    def start(self) -> None:
        """Start the zygote."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-m", "kg.serve.zygote", str(theirs.fileno()), self._limits]
        environment = {"GLIBC_TUNABLES": _ALLOCATOR} | child_environment()
        files = [theirs.fileno(), *self._files]
        self._process = subprocess.Popen(command, pass_fds=files, stdin=subprocess.DEVNULL, env=environment)
        theirs.close()
        ours.settimeout(0)
        self._connection = ours
        asyncio.get_running_loop().add_reader(ours.fileno(), self._listen)

    async def fork(self, role: str, files: Sequence[int] = ()) -> tuple[int, socket.socket]:
        """Return the process id of a new worker, which gets some open files, and the connection to it.

        Raises:
            OSError: the zygote is gone; it is being started again.
        """
        if self._connection is None:
            message = "the zygote is not running"
            raise ConnectionError(message)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        ours.settimeout(0)
        self._last_id += 1
        answer = asyncio.get_running_loop().create_future()
        self._waiting[self._last_id] = answer
        command = json.dumps({"do": "fork", "role": role, "id": self._last_id}).encode()
        try:
            with theirs:
                socket.send_fds(self._connection, [command], [theirs.fileno(), *files])
            return await answer, ours
        except BaseException:
            ours.close()
            raise

    def kill(self, pid: int) -> None:
        """Kill a worker, whatever it does."""
        if self._connection is not None:
            with contextlib.suppress(OSError):
                self._connection.send(json.dumps({"do": "kill", "pid": pid}).encode())

    async def close(self) -> None:
        """End the zygote and with it all workers."""
        self._is_closing = True
        self._disconnect()
        process = self._process
        if process is not None:
            try:
                await asyncio.to_thread(process.wait, 3)
            except subprocess.TimeoutExpired:
                process.kill()
                await asyncio.to_thread(process.wait)

    def _listen(self) -> None:
        assert self._connection is not None  # noqa: S101 - the reader is removed with the connection
        while True:
            try:
                message = self._connection.recv(4096)
            except BlockingIOError:
                return
            except OSError:
                message = b""
            if not message:
                self._lose()
                return
            self._hear(json.loads(message))

    def _hear(self, answer: dict[str, int]) -> None:
        if "exit" in answer:
            self._on_exit(answer["exit"], answer["status"])
            return
        waiting = self._waiting.pop(answer["id"], None)
        if waiting is not None and not waiting.done():
            waiting.set_result(answer["pid"])
        else:
            self.kill(answer["pid"])

    def _lose(self) -> None:
        self._disconnect()
        if not self._is_closing:
            if self._process is not None:
                self._process.kill()
                self._process.wait()
            self.start()

    def _disconnect(self) -> None:
        if self._connection is not None:
            asyncio.get_running_loop().remove_reader(self._connection.fileno())
            self._connection.close()
            self._connection = None
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(ConnectionError("the zygote has gone"))
        self._waiting.clear()


# The engine takes and gives back many blocks of memory a query; glibc keeps only seven of a size at hand by itself.
# With more a query of a millisecond takes a third less processor time. Other C libraries do not read it.
_ALLOCATOR = "glibc.malloc.tcache_count=2000"
_PACKAGES = str(Path(__file__).resolve().parent.parent.parent)
_KEPT_BACK = {"kg_token", "http_proxy", "https_proxy", "all_proxy"}


def child_environment() -> dict[str, str]:
    """Return the environment of our processes: without the token and proxies, with the way to this package."""
    kept = {name: value for name, value in os.environ.items() if name.lower() not in _KEPT_BACK}
    kept["PYTHONPATH"] = os.pathsep.join(filter(None, (_PACKAGES, os.environ.get("PYTHONPATH"))))
    return kept
