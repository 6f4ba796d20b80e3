"""Run the server until it is told to stop."""

from __future__ import annotations

import logging
import os
import resource
import signal
import socket
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

from kg.errors import ConfigError
from kg.serve.app import Application
from kg.serve.fast_http import FastProtocol, make_protocol
from kg.store.generations import publish
from kg.store.layout import UNPUBLISHED
from kg.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.serve.settings import ServeSettings

_GRACE_SECONDS = 3
_BACKLOG = 2048
_OTHER_FILES = 256
_LARGEST_HEAD = 64 * 1024


class _Server(uvicorn.Server):
    """Says where it listens once it does, ends connections that are too slow, and ends well when it is told to."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[str], object], prefix: str) -> None:
        super().__init__(config)
        self._announce = announce
        self._prefix = prefix

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then announce the address."""
        await super().startup(sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            self._announce(f"http://{shown}:{port}{self._prefix}/")

    async def on_tick(self, counter: int) -> bool:
        """Look at all connections once a second; uvicorn calls this ten times a second."""
        if counter % 10 == 0:
            now = time.monotonic()
            for connection in list(self.server_state.connections):
                if isinstance(connection, FastProtocol):
                    connection.enforce(now)
        return await super().on_tick(counter)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop at SIGINT and SIGTERM; unlike uvicorn's own, do not raise them again: a clean stop exits with 0."""
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def serve(settings: ServeSettings, announce: Callable[[str], object]) -> None:
    """Serve a store until SIGINT or SIGTERM; ``announce`` is told the address once it is open.

    Raises:
        StoreError: the store cannot be made.
        ConfigError: the address cannot be listened on, or the access log cannot be written.
    """
    make_store(settings.store)
    _set_up_logging()
    _allow_files(settings.limits.connections)
    application = Application(settings)
    config = uvicorn.Config(
        application,
        host=settings.host,
        port=settings.port,
        http=make_protocol(application.desk, application.clerks, settings.limits),
        loop="uvloop",
        ws="none",
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        date_header=True,
        proxy_headers=settings.trust_proxy,
        forwarded_allow_ips="*" if settings.trust_proxy else None,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        timeout_keep_alive=15,
        backlog=_BACKLOG,
        h11_max_incomplete_event_size=_LARGEST_HEAD,
    )
    with listen(settings.host, settings.port) as connection:
        _Server(config, announce, settings.prefix).run([connection])


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket.

    Raises:
        ConfigError: the address cannot be listened on.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        message = (
            f"cannot listen on {host} port {port}: {os.strerror(error.errno or 0)}: choose another --port or --host"
        )
        raise ConfigError(message) from error


def make_store(folder: Path) -> None:
    """Make an empty store with its first generation, where there is none yet."""
    from kg.store.generations import current

    if current(folder) is not None:
        return
    with Store.open(folder) as store:
        if store.publish() is None:
            from pyoxigraph import Store as Live

            from kg.store.layout import LIVE

            publish(folder, Live(str(folder / LIVE)))
            (folder / UNPUBLISHED).unlink(missing_ok=True)


def _allow_files(connections: int) -> None:
    """Raise this process's limit of open files to what so many connections need, as far as it may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + _OTHER_FILES
    if soft < wanted:
        resource.setrlimit(
            resource.RLIMIT_NOFILE, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)
        )


def _set_up_logging() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("kg: %(message)s"))
    for name, level in (("kg.serve", logging.INFO), ("uvicorn.error", logging.ERROR)):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.setLevel(level)
        logger.propagate = False
    logging.getLogger("uvicorn.error").addFilter(_is_news)


def _is_news(record: logging.LogRecord) -> bool:
    """Leave out what uvicorn says of an answer that was cut on purpose."""
    return "without completing response" not in record.getMessage()
