"""What a supervisor asks: is the process alive, can it answer queries, what has it done."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from kg import __version__
from kg.serve.faults import Fault

if TYPE_CHECKING:
    from kg.serve.clerks import Clerks
    from kg.serve.exchange import Exchange
    from kg.serve.metrics import Metrics
    from kg.serve.pool import Pool
    from kg.serve.watch import Watch

_NO_STORE = [(b"cache-control", b"no-store")]


class Health:
    """Answers /health, /ready and /metrics."""

    def __init__(self, watch: Watch, pool: Pool, clerks: Clerks, metrics: Metrics) -> None:
        self._watch = watch
        self._pool = pool
        self._clerks = clerks
        self._metrics = metrics

    async def health(self, exchange: Exchange) -> None:
        """The process answers."""
        exchange.route = "health"
        _only_reading(exchange)
        body = json.dumps({"status": "ok", "version": __version__}).encode()
        await exchange.reply_data(200, b"application/json", body, _NO_STORE)

    async def ready(self, exchange: Exchange) -> None:
        """There is a generation to read and a worker to read it."""
        exchange.route = "ready"
        _only_reading(exchange)
        snapshot = self._watch.newest()
        workers = self._pool.state() | self._clerks.state
        is_ready = snapshot is not None and bool(self._pool.pids())
        found = {"ready": is_ready, "generation": snapshot.number if snapshot else None, "workers": workers}
        await exchange.reply_data(200 if is_ready else 503, b"application/json", json.dumps(found).encode(), _NO_STORE)

    async def metrics(self, exchange: Exchange) -> None:
        """Counters in the format of Prometheus."""
        exchange.route = "metrics"
        _only_reading(exchange)
        snapshot = self._watch.newest()
        self._clerks.collect()
        state = self._pool.state() | self._clerks.state
        gauges: dict[str, float] = {f"kg_workers_{name}": value for name, value in state.items()}
        gauges["kg_worker_processes"] = len(self._pool.pids())
        gauges["kg_worker_memory_bytes"] = sum(resident_bytes(pid) for pid in self._pool.pids())
        gauges["kg_generation"] = snapshot.number if snapshot else 0
        body = self._metrics.render(gauges).encode()
        await exchange.reply_data(200, b"text/plain; version=0.0.4; charset=utf-8", body, _NO_STORE)


def resident_bytes(pid: int) -> int:
    """Return the memory that a process holds; 0 when it has gone."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    except (OSError, IndexError, ValueError):
        return 0
    return pages * 4096


def _only_reading(exchange: Exchange) -> None:
    if exchange.method not in {"GET", "HEAD"}:
        raise Fault(405, f"{exchange.method} is not one of GET, HEAD", code="method-not-allowed", allow="GET, HEAD")
