"""The SPARQL 1.1 Graph Store HTTP Protocol at /store, with direct and indirect naming of graphs."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from kg.serve.access import CORS, PREFLIGHT, SECURITY_HEADERS, check_token
from kg.serve.exchange import base_address
from kg.serve.faults import Fault
from kg.serve.fields import read_fields
from kg.serve.multipart import read_parts
from kg.serve.negotiation import GRAPH_FORMATS, INPUT_FORMATS, N_QUADS, TRIG, Format, choose_format
from kg.serve.protocol import check_absolute, read_content_type
from kg.serve.query_plan import SHOWN_PREFIXES
from kg.serve.validators import VARY, is_unchanged, make_etag

if TYPE_CHECKING:
    from kg.serve.answers import Answers
    from kg.serve.exchange import Exchange, Header
    from kg.serve.metrics import Metrics
    from kg.serve.settings import ServeSettings
    from kg.serve.update import Writers
    from kg.serve.watch import Watch

METHODS = "GET, HEAD, PUT, POST, DELETE, OPTIONS"
_DATASET_FORMATS = {"application/trig": TRIG, "application/n-quads": N_QUADS}
_NEW = object()


class GraphStore:
    """Answers requests to /store and below."""

    def __init__(
        self, settings: ServeSettings, watch: Watch, answers: Answers, writers: Writers, metrics: Metrics
    ) -> None:
        self._settings = settings
        self._watch = watch
        self._answers = answers
        self._writers = writers
        self._metrics = metrics

    async def handle(self, exchange: Exchange, path: str) -> None:
        """Answer one request; ``path`` is what follows /store."""
        exchange.route = "store"
        if exchange.method == "OPTIONS":
            await exchange.reply(204, [(b"allow", METHODS.encode()), *CORS, *PREFLIGHT, *SECURITY_HEADERS])
        elif exchange.method in {"GET", "HEAD"}:
            await self._read(exchange, path)
        elif exchange.method in {"PUT", "POST", "DELETE"}:
            check_token(self._settings.token, exchange.header(b"authorization"), "writing graphs")
            await self._change(exchange, path)
        else:
            raise Fault(405, f"{exchange.method} is not one of {METHODS}", code="method-not-allowed", allow=METHODS)

    async def _read(self, exchange: Exchange, path: str) -> None:
        target = self._target(exchange, path)
        snapshot = self._watch.newest()
        if snapshot is None:
            raise Fault(404, "the store is empty", code="no-such-graph")
        accept = exchange.header(b"accept")
        is_dataset = target is _NEW
        form = choose_format(accept, _DATASET_FORMATS if is_dataset else GRAPH_FORMATS, "graphs")
        headers: list[Header] = [
            (b"content-type", form.content_type),
            VARY,
            (b"etag", make_etag(snapshot, form.name, str(target))),
            (b"cache-control", b"public, no-cache"),
            (b"x-kg-generation", str(snapshot.number).encode()),
        ]
        if snapshot.modified_text:
            headers.append((b"last-modified", snapshot.modified_text.encode()))
        exchange.generation = snapshot.number
        if is_unchanged(exchange, snapshot, headers[2][1]):
            await exchange.reply(304, [*headers[1:], *CORS])
            return
        content: dict[str, object] = {
            "op": "dump" if is_dataset else "graph",
            "generation": snapshot.path,
            "graph": None if is_dataset else target,
            "format": form.name,
            "prefixes": SHOWN_PREFIXES,
        }
        running = await self._answers.run(self._answers.job(content, "", None, exchange), exchange)
        await self._answers.send(running, exchange, headers)

    async def _change(self, exchange: Exchange, path: str) -> None:
        target = self._target(exchange, path)
        location: list[Header] = []
        if target is _NEW:
            if exchange.method != "POST":
                raise Fault(400, "name a graph: ?graph=IRI or ?default", code="no-graph")
            target = f"{self._base(exchange)}/{uuid.uuid4()}"
            location = [(b"location", str(target).encode())]
        if exchange.method == "DELETE":
            await self._writers.run({"op": "delete", "graph": target})
            status = 204
        else:
            status = await self._put(exchange, target)
        self._metrics.count("kg_updates_total")
        self._watch.look()
        await exchange.reply_data(
            201 if location else status, b"text/plain", b"", [*location, (b"cache-control", b"no-store")]
        )

    async def _put(self, exchange: Exchange, target: object) -> int:
        media, charset = read_content_type(exchange.header(b"content-type"))
        body = await exchange.read_body(self._settings.limits.body)
        if charset not in {"utf-8", "utf8", "us-ascii"}:
            raise Fault(415, f"charset {charset} is not read here: send UTF-8", code="unsupported-charset")
        if media == "multipart/form-data":
            parts = [
                (_input_format(kind), content)
                for kind, content in read_parts(exchange.headers.get(b"content-type", b""), body)
            ]
        else:
            parts = [(_input_format(media), body)]
        content: dict[str, object] = {
            "op": "put",
            "graph": target,
            "merge": exchange.method == "POST",
            "base": target or self._base(exchange),
            "parts": [(form.name, len(piece)) for form, piece in parts],
        }
        answer = await self._writers.run(content, "", b"".join(piece for _, piece in parts))
        return 201 if answer["created"] else 204

    def _target(self, exchange: Exchange, path: str) -> object:
        """Return the graph's IRI, None for the default graph, ``_NEW`` where the request names none."""
        fields = read_fields(exchange.query_string)
        named = [value for name, value in fields if name == "graph"]
        is_default = any(name == "default" for name, _ in fields)
        if len(named) + is_default > 1:
            raise Fault(400, "a request names one graph: ?graph=IRI or ?default", code="two-graphs")
        if named:
            return check_absolute(named[0], "graph")
        if is_default:
            return None
        if path.strip("/"):
            return check_absolute(f"{self._base(exchange)}{path}", "path")
        return _NEW

    def _base(self, exchange: Exchange) -> str:
        return f"{base_address(exchange)}{self._settings.prefix}/store"


def _input_format(media: str) -> Format:
    found = INPUT_FORMATS.get(media or "text/turtle")
    if found is None or found.name in {"trig", "nq"}:
        choices = ", ".join(dict.fromkeys(f.media_type for f in INPUT_FORMATS.values() if f.name not in {"trig", "nq"}))
        raise Fault(415, f"Content-Type {media} is not read as a graph; send {choices}", code="unsupported-media-type")
    return found
