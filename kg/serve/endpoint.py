"""The SPARQL endpoint at /sparql: queries through the pool, updates through the writer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.serve.access import CORS, PREFLIGHT, SECURITY_HEADERS, check_token
from kg.serve.answers import send_whole
from kg.serve.exchange import base_address
from kg.serve.fast_http import RUNNING
from kg.serve.faults import Fault
from kg.serve.guard import refuse_network
from kg.serve.protocol import QUERY_METHODS, QueryRequest, UpdateRequest, read_request
from kg.serve.query_plan import check_query, plan_query
from kg.serve.using import rewrite_update
from kg.serve.validators import is_unchanged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.serve.answers import Answers
    from kg.serve.cache import AnswerCache
    from kg.serve.description import Description
    from kg.serve.exchange import Exchange, Header
    from kg.serve.metrics import Metrics
    from kg.serve.running import Running
    from kg.serve.settings import ServeSettings
    from kg.serve.update import Writers
    from kg.serve.watch import Snapshot, Watch

_NOT_BEFORE = "nothing is published yet: load a document first"


class Endpoint:
    """Answers requests to /sparql."""

    def __init__(
        self,
        settings: ServeSettings,
        watch: Watch,
        answers: Answers,
        cache: AnswerCache,
        writers: Writers,
        description: Description,
        metrics: Metrics,
    ) -> None:
        self._settings = settings
        self._watch = watch
        self._answers = answers
        self._cache = cache
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
        return True

    async def _query(self, exchange: Exchange, request: QueryRequest, key: tuple[str, bytes, bytes] | None) -> None:
        exchange.text = request.text
        form = check_query(request, exchange.header(b"accept"), self._settings.allow_remote)
        begun: Running | None = exchange.scope.get(RUNNING)
        snapshot = begun.snapshot if begun is not None else self._watch.newest()
        if snapshot is None:
            raise Fault(503, _NOT_BEFORE, code="empty", retry_after=1)
        exchange.generation = snapshot.number
        base = f"{base_address(exchange)}{self._settings.prefix}/sparql"
        plan = plan_query(request, form, snapshot, base, union=self._settings.union_default_graph)
        body_key = key or plan.asked
        if plan.is_fixed and self._is_known(exchange, snapshot, plan.headers):
            await self._not_modified(exchange, plan.headers)
            return
        kept = self._cache.find(snapshot.tag, body_key) if plan.is_fixed else None
        if kept is not None:
            self._metrics.count("kg_cache_hits_total")
            exchange.outcome = "cached"
            await send_whole(kept, exchange)
            return
        running = await self._answers.follow(begun, exchange) if begun is not None else None
        if running is None or running.is_declined:
            job = self._answers.job(plan.content, request.text, request.time_limit, exchange)
            running = await self._answers.run(job, exchange)
        whole = await self._answers.send(running, exchange, plan.headers)
        if whole is not None and plan.is_fixed:
            self._cache.keep(snapshot.tag, body_key, whole)

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


def _header(headers: Sequence[Header], name: bytes) -> bytes:
    return next((value for key, value in headers if key == name), b"")
