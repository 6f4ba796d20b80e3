"""POST /annotate: a text in, the JSON of ``kg annotate`` out."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Any

from kg.serve.access import CORS, PREFLIGHT, SECURITY_HEADERS, check_token
from kg.serve.annotator import FIELDS
from kg.serve.channel import Channel
from kg.serve.exchange import Broken
from kg.serve.faults import Fault
from kg.serve.fields import decode
from kg.serve.frames import pack_job
from kg.serve.protocol import read_content_type
from kg.serve.running import Job, Running
from kg.serve.spawner import child_environment

if TYPE_CHECKING:
    from kg.serve.exchange import Exchange
    from kg.serve.metrics import Metrics
    from kg.serve.settings import ServeSettings

_METHODS = "POST, OPTIONS"
_MOST_DOCUMENTS = 100
_MOST_WAITING = 16
_NEEDED = ("spacy", "scispacy", "onnxruntime")


class Annotation:
    """Answers /annotate; the process with the pipeline is made at the first request."""

    def __init__(self, settings: ServeSettings, metrics: Metrics) -> None:
        self._settings = settings
        self._metrics = metrics
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._channel: Channel | None = None
        self._process: subprocess.Popen[bytes] | None = None

    async def close(self) -> None:
        """End the process."""
        self._stop()

    async def handle(self, exchange: Exchange) -> None:
        """Answer one request."""
        exchange.route = "annotate"
        if exchange.method == "OPTIONS":
            await exchange.reply(204, [(b"allow", _METHODS.encode()), *CORS, *PREFLIGHT, *SECURITY_HEADERS])
            return
        if exchange.method != "POST":
            raise Fault(405, "send the text by POST", code="method-not-allowed", allow=_METHODS)
        if self._settings.token is not None:
            check_token(self._settings.token, exchange.header(b"authorization"), "annotation")
        media, charset = read_content_type(exchange.header(b"content-type"))
        body = await exchange.read_body(self._settings.limits.annotate_body)
        documents, is_list = read_documents(media, decode(body, charset))
        missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
        if missing:
            reason = f"annotation needs {', '.join(missing)}: pip install 'kg-loader[nlp]'"
            raise Fault(503, reason, code="no-nlp")
        answers = await self._run(documents, exchange)
        self._metrics.count("kg_annotations_total")
        shown = answers if is_list else answers[0]
        content = json.dumps(shown, ensure_ascii=False).encode("utf-8", "surrogatepass")
        await exchange.reply_data(200, b"application/json", content, [(b"cache-control", b"no-store")])

    async def _run(self, documents: list[dict[str, str | None]], exchange: Exchange) -> list[Any]:
        if self._waiting >= _MOST_WAITING:
            raise Fault(503, "too many texts are waiting: try again", code="overload", retry_after=5)
        self._waiting += 1
        try:
            async with self._turn:
                return await self._annotate(documents, exchange)
        finally:
            self._waiting -= 1

    async def _annotate(self, documents: list[dict[str, str | None]], exchange: Exchange) -> list[Any]:
        channel = self._channel or await self._start()
        seconds = self._settings.limits.annotate_time
        payload = pack_job(json.dumps({"documents": documents}).encode())
        running = Running(Job(payload, "", seconds, 1 << 30))
        channel.start(running)
        gone = asyncio.ensure_future(exchange.wait_until_gone())
        answered = asyncio.ensure_future(running.answered())
        try:
            await asyncio.wait({answered, gone}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
            answered.cancel()
            if not running.is_answered:
                self._stop()
        if running.fault is not None:
            raise running.fault
        if not running.is_answered:
            if gone.done() and not gone.cancelled():
                raise Broken
            raise Fault(504, f"the text took longer than {seconds:g} s: send a shorter one", code="timeout")
        found: list[Any] = json.loads(running.whole())
        return found

    async def _start(self) -> Channel:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        command = [sys.executable, "-m", "kg.serve.annotator", str(theirs.fileno())]
        environment = child_environment()
        with theirs:
            self._process = await asyncio.to_thread(
                subprocess.Popen, command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, env=environment
            )
        ours.settimeout(0)
        channel = Channel(self._on_lost)
        channel.pid = self._process.pid
        await asyncio.get_running_loop().create_unix_connection(lambda: channel, sock=ours)
        self._channel = channel
        return channel

    def _stop(self) -> None:
        if self._channel is not None:
            self._channel.transport.abort()
            self._channel = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _on_lost(self, channel: Channel) -> None:
        if self._channel is channel:
            self._channel = None
            if self._process is not None:
                self._process.wait()
        if channel.running is not None:
            channel.running.fail(Fault(500, "the annotation ended by itself; see the server's log", code="died"))


def read_documents(media: str, text: str) -> tuple[list[dict[str, str | None]], bool]:
    """Return the documents of a request, and whether it holds a list of them.

    Raises:
        Fault: 415 for other media types, 400 for JSON that is not as described, 413 for too many documents.
    """
    if media in {"", "text/plain"}:
        found: Any = {"text": text}
    elif media == "application/json":
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise Fault(400, f"the body is not JSON: {error}", code="bad-json") from error
    else:
        raise Fault(415, f"Content-Type {media} is not text/plain or application/json", code="unsupported-media-type")
    documents = found if isinstance(found, list) else [found]
    if len(documents) > _MOST_DOCUMENTS:
        raise Fault(413, f"more than {_MOST_DOCUMENTS} documents in one request", code="too-many-documents")
    if not documents:
        raise Fault(400, "the list holds no document", code="bad-document")
    return [_check(document) for document in documents], isinstance(found, list)


def _check(document: Any) -> dict[str, str | None]:
    if not isinstance(document, dict) or not isinstance(document.get("text"), str) or not document["text"].strip():
        raise Fault(400, 'a document is {"text": ...} with a text that is not empty', code="bad-document")
    for name, value in document.items():
        if name not in FIELDS:
            raise Fault(400, f"a document has no field {name}; it has {', '.join(FIELDS)}", code="bad-document")
        if value is not None and not isinstance(value, str):
            raise Fault(400, f"{name} of a document must be a string", code="bad-document")
        if value is not None and any("\ud800" <= character <= "\udfff" for character in value):
            raise Fault(400, f"{name} of a document holds half of a surrogate pair", code="bad-document")
    return dict(document)
