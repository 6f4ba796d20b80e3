"""One HTTP request and its answer, on bare ASGI: the query endpoint is too hot for more."""

from __future__ import annotations

import asyncio
import gzip
import re
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.serve.access import CORS, DATA_POLICY, SECURITY_HEADERS
from kg.serve.faults import Fault
from kg.serve.negotiation import takes_gzip
from kg.serve.protocol import Message, read_content_type

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from starlette.types import Receive, Scope, Send

Header = tuple[bytes, bytes]
REPLY = "kg.reply"
"""In the scope: a function that writes a whole answer with one call, where the server has one."""
_HOST = re.compile(r"[\w.:\[\]-]*")
_LEAST_TO_COMPRESS = 1024
_GZIP_LEVEL = 5
_STREAM_LEVEL = 1


class Broken(Exception):  # noqa: N818 - not an error of the server: a stream that must not end cleanly
    """The answer has begun and cannot be finished; the connection is to be cut."""


class Exchange:
    """A request with what is noted of it for the logs.

    ``text`` is the query or update, ``generation`` the number of the generation that it saw.
    """

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope = scope
        self.receive = receive
        self.send = send
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.query_string: str = scope["query_string"].decode("latin-1")
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        client = scope.get("client")
        self.client: str = client[0] if client else ""
        self.route = "other"
        self.status = 0
        self.sent = 0
        self.text: str | None = None
        self.generation: int | None = None
        self.outcome = ""
        self.has_started = False

    def header(self, name: bytes) -> str | None:
        """Return a header's value; its name in lower case."""
        value = self.headers.get(name)
        return None if value is None else value.decode("latin-1")

    @property
    def may_compress(self) -> bool:
        """The client takes gzip."""
        return takes_gzip(self.header(b"accept-encoding") or "")

    async def read_body(self, most_bytes: int) -> bytes:
        """Return the body, unpacked when it is gzipped.

        Raises:
            Fault: 413 when it is too large, 400 or 415 when it cannot be unpacked.
        """
        declared = self.headers.get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > most_bytes:
            raise _too_large(most_bytes)
        parts: list[bytes] = []
        size = 0
        while True:
            event = await self.receive()
            if event["type"] == "http.disconnect":
                raise Broken
            part = event.get("body", b"")
            size += len(part)
            if size > most_bytes:
                raise _too_large(most_bytes)
            parts.append(part)
            if not event.get("more_body", False):
                break
        return _unpack(b"".join(parts), self.headers.get(b"content-encoding", b""), most_bytes)

    async def message(self, most_bytes: int) -> Message:
        """Return the parts that the protocol reads."""
        media, charset = read_content_type(self.header(b"content-type"))
        body = await self.read_body(most_bytes) if self.method not in {"GET", "HEAD"} else b""
        return Message(self.method, self.query_string, media, charset, body)

    async def wait_until_gone(self) -> None:
        """Return when the client has gone away."""
        while (await self.receive())["type"] != "http.disconnect":
            pass

    async def start(self, status: int, headers: Sequence[Header]) -> None:
        """Send the status and headers."""
        self.status = status
        self.has_started = True
        await self.send({"type": "http.response.start", "status": status, "headers": headers})

    async def reply(self, status: int, headers: Sequence[Header], body: bytes = b"") -> None:
        """Send a whole answer, without its body for HEAD."""
        self.status = status
        self.has_started = True
        self.sent = len(body)
        shown = b"" if self.method == "HEAD" else body
        reply = self.scope.get(REPLY)
        if reply is not None and reply(status, headers, shown):
            return
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": shown})

    async def reply_data(self, status: int, content_type: bytes, body: bytes, extra: Sequence[Header] = ()) -> None:
        """Send a whole answer with the headers that all data has, gzipped where that helps."""
        headers = [(b"content-type", content_type), *extra, *SECURITY_HEADERS, *CORS]
        if not any(name == b"content-security-policy" for name, _ in extra):
            headers.append(DATA_POLICY)
        body, headers = compress(body, headers, wanted=self.may_compress)
        headers.append((b"content-length", str(len(body)).encode()))
        await self.reply(status, headers, body)

    async def stream(self, headers: Sequence[Header], chunks: AsyncIterator[bytes]) -> None:
        """Send an answer in pieces.

        Raises:
            Broken: the pieces stopped before their end; the answer must not be closed cleanly.
        """
        packer = zlib.compressobj(_STREAM_LEVEL, wbits=31) if self.may_compress else None
        if packer is not None:
            headers = [*headers, (b"content-encoding", b"gzip")]
        await self.start(200, headers)
        try:
            async for chunk in chunks:
                await self._send_chunk(packer.compress(chunk) if packer is not None else chunk)
        except (Fault, asyncio.CancelledError) as error:
            raise Broken from error
        rest = packer.flush() if packer is not None else b""
        await self.send({"type": "http.response.body", "body": rest, "more_body": False})

    async def _send_chunk(self, chunk: bytes) -> None:
        if chunk:
            self.sent += len(chunk)
            await self.send({"type": "http.response.body", "body": chunk, "more_body": True})


def base_address(exchange: Exchange) -> str:
    """Return scheme and host as the client sees them."""
    return make_address(exchange.scope.get("scheme", "http"), exchange.header(b"host") or "localhost")


@lru_cache(maxsize=512)
def make_address(scheme: str, host: str) -> str:
    """Return scheme and host as the beginning of an address.

    Raises:
        Fault: 400, the host is none.
    """
    if not _HOST.fullmatch(host):
        raise Fault(400, "the Host header is not a host", code="bad-host")
    return f"{scheme}://{host}"


def compress(body: bytes, headers: Sequence[Header], *, wanted: bool) -> tuple[bytes, list[Header]]:
    """Return body and headers, gzipped where the client takes it and it is worth it."""
    if wanted and len(body) >= _LEAST_TO_COMPRESS:
        return gzip.compress(body, _GZIP_LEVEL, mtime=0), [*headers, (b"content-encoding", b"gzip")]
    return body, list(headers)


def _too_large(most_bytes: int) -> Fault:
    return Fault(413, f"the body is larger than the {most_bytes // 1024} KB that are taken here", code="body-too-large")


def _unpack(body: bytes, encoding: bytes, most_bytes: int) -> bytes:
    if encoding in {b"", b"identity"}:
        return body
    if encoding not in {b"gzip", b"x-gzip"}:
        raise Fault(415, f"Content-Encoding {encoding.decode('latin-1')} is not read here", code="unsupported-encoding")
    unpacker = zlib.decompressobj(wbits=31)
    try:
        plain = unpacker.decompress(body, most_bytes + 1)
    except zlib.error as error:
        raise Fault(400, f"the body is not gzip: {error}", code="bad-gzip") from error
    if len(plain) > most_bytes:
        raise _too_large(most_bytes)
    if not unpacker.eof:
        raise Fault(400, "the gzipped body is cut short", code="bad-gzip")
    return plain
