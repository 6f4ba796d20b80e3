"""The front: one ASGI application that knows the routes and turns every fault into an answer."""

from __future__ import annotations

import json
import logging
import shutil
import time
from functools import partial
from typing import TYPE_CHECKING

from starlette.staticfiles import StaticFiles

from kg.serve.access import RateLimit
from kg.serve.annotation import Annotation
from kg.serve.answers import Answers
from kg.serve.cache import AnswerCache
from kg.serve.clerks import Clerks
from kg.serve.description import Description
from kg.serve.desk import Desk
from kg.serve.endpoint import Endpoint
from kg.serve.exchange import Broken, Exchange
from kg.serve.fast_http import RUNNING
from kg.serve.faults import Fault
from kg.serve.graph_store import GraphStore
from kg.serve.health import Health
from kg.serve.logs import Logs, open_log
from kg.serve.metrics import Metrics
from kg.serve.openapi import OpenApi
from kg.serve.pages.door import Pages
from kg.serve.pool import Pool
from kg.serve.raw_cache import RawCache
from kg.serve.redaction import make_folder, redact
from kg.serve.static import send_static, static_folder
from kg.serve.update import Writers
from kg.serve.views import Views
from kg.serve.watch import Watch
from kg.store.query_library import load_queries

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.types import Receive, Scope, Send

    from kg.serve.running import Running
    from kg.serve.settings import ServeSettings

_BUG = Fault(500, "the server made a mistake; its log says which", code="bug")
_LOG = logging.getLogger("kg.serve")


class Application:
    """The server as an ASGI application; ``open`` and ``close`` are called by the lifespan."""

    def __init__(self, settings: ServeSettings) -> None:
        self.settings = settings
        self.metrics = Metrics()
        self._folder = None if settings.show_text else make_folder(settings.store)
        prepare = partial(redact, folder=self._folder) if self._folder else None
        self.watch = Watch(settings.store, prepare)
        self._logs = Logs(open_log(settings.access_log), settings.slow_query_time)
        may_reach_network = bool(settings.allow_remote)
        self.pool = Pool(settings.limits, self.metrics, may_reach_network=may_reach_network, log=self._logs.file)
        self._rate = RateLimit(settings.limits.rate)
        answers = Answers(self.pool, settings.limits, self.metrics)
        writers = Writers(settings, self.pool.spawner)
        examples = load_queries().values()
        description = Description(settings, self.watch, answers, lambda: [(q.name, q.title, q.text) for q in examples])
        cache = AnswerCache(settings.limits.cache)
        raw = RawCache(settings.limits.cache)
        views = Views(settings)
        self.desk = Desk(settings, self.watch, views, self.pool, raw, self.metrics, self._logs)
        self.clerks = Clerks(settings.limits, self.watch, views, self.pool, self.metrics)
        self._endpoint = Endpoint(settings, self.watch, answers, cache, writers, description, self.metrics)
        self._store = GraphStore(settings, self.watch, answers, writers, self.metrics)
        self._health = Health(self.watch, self.pool, self.clerks, self.metrics)
        self._annotation = Annotation(settings, self.metrics)
        self._pages = Pages(settings, self.watch, answers, cache)
        self._static = StaticFiles(directory=static_folder())
        self._exact: dict[str, Callable[[Exchange], Awaitable[None]]] = {
            "/sparql": self._endpoint.handle,
            "/health": self._health.health,
            "/ready": self._health.ready,
            "/metrics": self._health.metrics,
            "/annotate": self._annotation.handle,
            "/openapi.json": OpenApi(settings).handle,
            "/.well-known/void": description.handle,
        }

    async def open(self) -> None:
        """Start the workers."""
        await self.pool.open()

    async def close(self) -> None:
        """End the workers."""
        await self._annotation.close()
        await self._pages.close()
        await self.pool.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or follow the server's start and end."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            event = await receive()
            if event["type"] == "lifespan.startup":
                await self.open()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.close()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun: Running | None = scope.get(RUNNING)
        started = time.monotonic() if begun is None else begun.asked
        exchange = Exchange(scope, receive, send)
        try:
            self._rate.check(exchange.client)
            await self._route(exchange)
        except Fault as fault:
            await self._send_fault(exchange, fault)
        except Broken:
            # Returning without the last chunk makes the server cut the connection, so that nobody takes the
            # answer for whole.
            exchange.outcome = exchange.outcome or "gone"
        except Exception:  # noqa: BLE001 - a bug: it must be seen in the log, and the client must hear of it
            _LOG.exception("%s %s", exchange.method, exchange.path)
            if not exchange.has_started:
                await self._send_fault(
                    exchange, Fault(500, "the server made a mistake; its log says which", code="bug")
                )
        seconds = time.monotonic() - started
        self.metrics.observe(exchange.route, exchange.status, seconds)
        if self._logs.write(exchange, seconds):
            self.metrics.count("kg_slow_queries_total")

    async def _route(self, exchange: Exchange) -> None:
        path = exchange.path
        prefix = self.settings.prefix
        if prefix and path.startswith(prefix):
            path = path[len(prefix) :] or "/"
        handler = self._exact.get(path)
        if handler is not None:
            await handler(exchange)
        elif path == "/store" or path.startswith("/store/"):
            await self._store.handle(exchange, path[len("/store") :])
        elif path.startswith("/static/"):
            exchange.route = "static"
            await send_static(self._static, exchange, path[len("/static") :])
        else:
            await self._pages.handle(exchange, path)

    async def _send_fault(self, exchange: Exchange, fault: Fault) -> None:
        if exchange.has_started:
            exchange.outcome = fault.code
            return
        exchange.outcome = exchange.outcome or fault.code
        if fault.code == "rate-limited":
            self.metrics.count("kg_rate_limited_total")
        accept = exchange.headers.get(b"accept", b"")
        if b"text/html" in accept and exchange.route == "page":
            media, body = b"text/html; charset=utf-8", self._pages.fault_page(fault)
        elif b"json" in accept:
            media, body = b"application/problem+json", json.dumps(fault.document()).encode()
        else:
            media, body = b"text/plain; charset=utf-8", f"{fault.reason}\n".encode("utf-8", "replace")
        await exchange.reply_data(fault.status, media, body, self._pages.policy(media) + fault.headers())
