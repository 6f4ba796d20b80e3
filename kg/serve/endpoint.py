"""The SPARQL endpoint at /sparql: queries through the pool, updates through the writer."""

from __future__ import annotations

import hashlib
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from kg.prefixes import PREFIXES
from kg.serve.access import CORS, PREFLIGHT, SECURITY_HEADERS, check_token
from kg.serve.answers import send_whole
from kg.serve.exchange import base_address
from kg.serve.fast_http import RAW
from kg.serve.faults import Fault
from kg.serve.guard import QUERY, refuse_network
from kg.serve.protocol import QUERY_METHODS, QueryRequest, UpdateRequest, read_request
from kg.serve.using import rewrite_update

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.serve.answers import Answers, Whole
    from kg.serve.cache import AnswerCache
    from kg.serve.description import Description
    from kg.serve.exchange import Exchange, Header
    from kg.serve.fast_http import RawCache
    from kg.serve.metrics import Metrics
    from kg.serve.negotiation import Format
    from kg.serve.settings import ServeSettings
    from kg.serve.update import Writers
    from kg.serve.watch import Snapshot, Watch

SHOWN_PREFIXES = {
    name: PREFIXES[name]
    for name in ("biolink", "dcterms", "kg", "oa", "prov", "rdf", "rdfs", "schema", "skos", "xsd")
    if name in PREFIXES
}
VARY: Header = (b"vary", b"Accept, Accept-Encoding")
_WITH_PREFIXES = {"ttl", "trig"}
_NOT_BEFORE = "nothing is published yet: load a document first"


class Endpoint:
    """Answers requests to /sparql."""

    def __init__(
        self,
        settings: ServeSettings,
        watch: Watch,
        answers: Answers,
        cache: AnswerCache,
        raw: RawCache,
        writers: Writers,
        description: Description,
        metrics: Metrics,
    ) -> None:
        self._settings = settings
        self._watch = watch
        self._answers = answers
        self._cache = cache
        self._raw = raw
        self._writers = writers
        self._description = description
        self._metrics = metrics

    async def handle(self, exchange: Exchange) -> None:
        """Answer one request."""
        exchange.route = "sparql"
        if exchange.method == "OPTIONS":
            allow = (b"allow", QUERY_METHODS.encode())
            await exchange.reply(204, [allow, *CORS, *PREFLIGHT, *SECURITY_HEADERS])
            return
        accept = exchange.headers.get(b"accept", b"")
        host = exchange.headers.get(b"host", b"")
        key = (exchange.query_string, accept, host) if exchange.method in {"GET", "HEAD"} else None
        if key is not None and await self._answer_from_cache(exchange, key):
            return
        request = read_request(await exchange.message(self._settings.limits.body))
        if request is None:
            await self._description.handle(exchange)
        elif isinstance(request, UpdateRequest):
            await self._update(exchange, request)
        else:
            await self._query(exchange, request, key)

    async def _answer_from_cache(self, exchange: Exchange, key: tuple[str, bytes, bytes]) -> bool:
        snapshot = self._watch.newest()
        kept = self._cache.find(snapshot.tag, key) if snapshot is not None else None
        if kept is None or snapshot is None:
            return False
        exchange.generation = snapshot.number
        exchange.text = ""
        if is_unchanged(exchange, snapshot, _header(kept.headers, b"etag")):
            await self._not_modified(exchange, kept.headers)
            return True
        self._metrics.count("kg_cache_hits_total")
        exchange.outcome = "cached"
        await send_whole(kept, exchange)
        self._keep_raw(exchange, snapshot, kept)
        return True

    async def _query(self, exchange: Exchange, request: QueryRequest, key: tuple[str, bytes, bytes] | None) -> None:
        exchange.text = request.text
        refuse_network(request.text, self._settings.allow_remote, QUERY)
        form = request.choose_format(exchange.header(b"accept"))
        snapshot = self._watch.newest()
        if snapshot is None:
            raise Fault(503, _NOT_BEFORE, code="empty", retry_after=1)
        exchange.generation = snapshot.number
        is_fixed = not request.shape.is_volatile
        base = f"{base_address(exchange)}{self._settings.prefix}/sparql"
        asked = (request.text, request.default_graphs, request.named_graphs, form.name, base)
        body_key = key or asked
        headers = self._headers(form, snapshot, asked, is_fixed=is_fixed)
        if is_fixed and self._is_known(exchange, snapshot, headers):
            await self._not_modified(exchange, headers)
            return
        kept = self._cache.find(snapshot.tag, body_key) if is_fixed else None
        if kept is not None:
            self._metrics.count("kg_cache_hits_total")
            exchange.outcome = "cached"
            await send_whole(kept, exchange)
            return
        content = self._content(request, form, snapshot) | {"base": base}
        job = self._answers.job(content, request.text, request.time_limit, exchange)
        running = await self._answers.run(job, exchange)
        whole = await self._answers.send(running, exchange, headers)
        if whole is not None and is_fixed:
            self._cache.keep(snapshot.tag, body_key, whole)

    def _keep_raw(self, exchange: Exchange, snapshot: Snapshot, whole: Whole) -> None:
        raw = exchange.scope.get(RAW)
        if raw is not None:
            self._raw.keep(snapshot.tag, raw, whole, may_compress=exchange.may_compress)

    def _content(self, request: QueryRequest, form: Format, snapshot: Snapshot) -> dict[str, object]:
        is_open = request.default_graphs is None and not request.shape.has_dataset
        content: dict[str, object] = {
            "op": "query",
            "generation": snapshot.path,
            "text": request.text,
            "format": form.name,
            "union": is_open and self._settings.union_default_graph,
            "default": request.default_graphs,
            "named": request.named_graphs,
        }
        if form.name in _WITH_PREFIXES:
            content["prefixes"] = SHOWN_PREFIXES
        return content

    def _headers(self, form: Format, snapshot: Snapshot, key: object, *, is_fixed: bool) -> list[Header]:
        headers: list[Header] = [(b"content-type", form.content_type), VARY]
        headers.append((b"x-kg-generation", str(snapshot.number).encode()))
        if not is_fixed:
            headers.append((b"cache-control", b"no-store"))
            return headers
        headers.append((b"etag", make_etag(snapshot, form.name, repr(key))))
        if snapshot.modified_text:
            headers.append((b"last-modified", snapshot.modified_text.encode()))
        headers.append((b"cache-control", b"public, no-cache"))
        return headers

    def _is_known(self, exchange: Exchange, snapshot: Snapshot, headers: list[Header]) -> bool:
        if exchange.method not in {"GET", "HEAD"}:
            return False
        return is_unchanged(exchange, snapshot, _header(headers, b"etag"))

    async def _not_modified(self, exchange: Exchange, headers: Sequence[Header]) -> None:
        self._metrics.count("kg_not_modified_total")
        kept = {b"etag", b"last-modified", b"cache-control", b"vary", b"x-kg-generation"}
        await exchange.reply(304, [pair for pair in headers if pair[0] in kept] + list(CORS))

    async def _update(self, exchange: Exchange, request: UpdateRequest) -> None:
        exchange.text = request.text
        check_token(self._settings.token, exchange.header(b"authorization"), "SPARQL Update")
        refuse_network(request.text, self._settings.allow_remote)
        base = f"{base_address(exchange)}{self._settings.prefix}/sparql"
        await self._writers.run({"op": "update", "text": rewrite_update(request), "base": base}, request.text)
        self._metrics.count("kg_updates_total")
        self._watch.look()
        await exchange.reply_data(204, b"text/plain", b"", [(b"cache-control", b"no-store")])


def make_etag(snapshot: Snapshot, *parts: str) -> bytes:
    """Return a weak entity tag for something that depends on the generation and some parts."""
    digest = hashlib.sha256("\x1f".join((snapshot.tag, *parts)).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f'W/"{snapshot.number}-{digest}"'.encode()


def matches(header: str, etag: str) -> bool:
    """An If-None-Match header names the entity tag, by weak comparison."""
    wanted = {part.strip().removeprefix("W/") for part in header.split(",")}
    return "*" in wanted or etag.removeprefix("W/") in wanted


def is_unchanged(exchange: Exchange, snapshot: Snapshot, etag: bytes) -> bool:
    """The client holds this already, as its If-None-Match or else its If-Modified-Since says."""
    validator = exchange.header(b"if-none-match")
    if validator is not None:
        return matches(validator, etag.decode())
    return False if exchange.header(b"if-modified-since") is None else _is_since(exchange, snapshot)


def _is_since(exchange: Exchange, snapshot: Snapshot) -> bool:
    try:
        since = parsedate_to_datetime(exchange.header(b"if-modified-since") or "")
    except (TypeError, ValueError):
        return False
    return bool(snapshot.modified_text) and since.timestamp() >= snapshot.modified


def _header(headers: Sequence[Header], name: bytes) -> bytes:
    return next((value for key, value in headers if key == name), b"")
