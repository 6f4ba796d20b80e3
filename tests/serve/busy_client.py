"""A client on one connection, asking one question after the other until a clerk has the connection."""

from __future__ import annotations

import itertools
import json
import socket
from dataclasses import dataclass
from http.client import HTTPMessage, parse_headers
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from tests.serve.running_server import Server

JSON = "application/sparql-results+json"
_NUMBERS = itertools.count()


@dataclass
class Answer:
    """An answer as it came over the wire; ``is_whole`` is False where the connection closed in the middle of it."""

    status: int
    headers: HTTPMessage
    body: bytes
    is_whole: bool = True

    @property
    def numbers(self) -> list[str]:
        """The values of ?n."""
        found: dict[str, Any] = json.loads(self.body)
        return [row["n"]["value"] for row in found["results"]["bindings"]]


class BusyClient:
    """One connection to a server."""

    def __init__(self, server: Server) -> None:
        parts = urlsplit(server.url)
        assert parts.hostname is not None
        self._server = server
        self.connection = socket.create_connection((parts.hostname, parts.port or 80), timeout=20)
        self._file = self.connection.makefile("rb")

    def __enter__(self) -> BusyClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Go away."""
        self._file.close()
        self.connection.close()

    def send(self, data: bytes) -> None:
        """Send bytes."""
        self.connection.sendall(data)

    def ask(self, text: str, accept: str = JSON, *headers: str) -> Answer:
        """Send a query and wait for its answer."""
        self.send(plain_query(text, accept, *headers))
        return self.receive()

    def request(self, method: str, path: str, body: bytes = b"", *headers: str) -> Answer:
        """Send any request and wait for its answer."""
        more = (f"Content-Length: {len(body)}",) if body else ()
        lines = [f"{method} {path} HTTP/1.1", "Host: localhost", *headers, *more]
        self.send("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        return self.receive(has_body=method != "HEAD")

    def receive(self, *, has_body: bool = True) -> Answer:
        """Wait for the next answer.

        Raises:
            ConnectionError: the server has closed the connection.
        """
        line = self._file.readline()
        if not line:
            raise ConnectionError
        status = int(line.split()[1])
        headers = parse_headers(self._file)
        if not has_body or status in {204, 304}:
            return Answer(status, headers, b"")
        if headers["transfer-encoding"] == "chunked":
            return Answer(status, headers, *self._chunks())
        size = int(headers["content-length"])
        body = self._file.read(size)
        return Answer(status, headers, body, len(body) == size)

    def sit_down(self) -> None:
        """Ask new questions until a clerk has this connection."""
        before = self._server.metric("kg_handed_over_total")
        for _ in range(1000):
            number = new_number()
            assert self.ask(f"SELECT ({number} AS ?n) {{}}").numbers == [str(number)]
            if number % 10 == 0 and self._server.metric("kg_handed_over_total") > before:
                return
        raise AssertionError(self._server.get("/ready").json())

    def _chunks(self) -> tuple[bytes, bool]:
        body = b""
        while True:
            line = self._file.readline()
            if not line:
                return body, False
            size = int(line, 16)
            piece = self._file.read(size + 2)
            if len(piece) < size + 2:
                return body, False
            body += piece[:-2]
            if size == 0:
                return body, True


def plain_query(text: str, accept: str = JSON, *headers: str) -> bytes:
    """Return the bytes of a GET of a query as most programs send it."""
    lines = [f"GET /sparql?query={quote(text, safe='')} HTTP/1.1", "Host: localhost", f"Accept: {accept}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def new_number() -> int:
    """Return a number that was not used before."""
    return next(_NUMBERS)
