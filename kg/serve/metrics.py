"""Counters and durations in the text format of Prometheus."""

from __future__ import annotations

import bisect
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_HELP = {
    "kg_overload_total": "Requests refused because too many were waiting.",
    "kg_long_refused_total": "Queries stopped because too many long ones were running.",
    "kg_timeouts_total": "Queries stopped at the end of their time.",
    "kg_kills_total": "Worker processes killed.",
    "kg_worker_deaths_total": "Worker processes that ended by themselves while they had a query.",
    "kg_disconnects_total": "Queries stopped because their client went away.",
    "kg_handed_over_total": "Connections of busy clients handed to a clerk.",
    "kg_cache_hits_total": "Query answers given from the cache.",
    "kg_not_modified_total": "Answers 304 without running the query.",
    "kg_updates_total": "Updates and graph store writes done.",
    "kg_annotations_total": "Texts annotated.",
    "kg_rate_limited_total": "Requests refused by the rate limit.",
    "kg_slow_queries_total": "Queries that took longer than the limit of the slow-query log.",
}


class Metrics:
    """What has happened since the start; one event loop uses it, so it needs no lock."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = dict.fromkeys(_HELP, 0)
        self._requests: defaultdict[tuple[str, int], int] = defaultdict(int)
        self._buckets: defaultdict[str, list[int]] = defaultdict(lambda: [0] * (len(BOUNDS) + 1))
        self._sums: defaultdict[str, float] = defaultdict(float)

    def count(self, name: str, times: int = 1) -> None:
        """Count events of a name of the table above."""
        self._counts[name] += times

    def observe(self, route: str, status: int, seconds: float) -> None:
        """Count a request with its route, status and duration."""
        self._requests[route, status] += 1
        self._buckets[route][bisect.bisect_left(BOUNDS, seconds)] += 1
        self._sums[route] += seconds

    def add(self, route: str, status: int, buckets: Sequence[int], seconds: float) -> None:
        """Count requests that were answered elsewhere, by duration, with the seconds of all."""
        self._requests[route, status] += sum(buckets)
        counted = self._buckets[route]
        for index, number in enumerate(buckets):
            counted[index] += number
        self._sums[route] += seconds

    def render(self, gauges: dict[str, float]) -> str:
        """Return everything, with what is measured at this moment (``kg_...`` names) as gauges."""
        lines: list[str] = []
        for name, value in sorted(self._counts.items()):
            lines += [f"# HELP {name} {_HELP[name]}", f"# TYPE {name} counter", f"{name} {value}"]
        lines += ["# HELP kg_requests_total Requests answered.", "# TYPE kg_requests_total counter"]
        for (route, status), value in sorted(self._requests.items()):
            lines.append(f'kg_requests_total{{route="{route}",status="{status}"}} {value}')
        lines += ["# HELP kg_request_seconds Duration of requests.", "# TYPE kg_request_seconds histogram"]
        for route, buckets in sorted(self._buckets.items()):
            lines += self._histogram(route, buckets)
        for name, gauge in sorted(gauges.items()):
            lines += [f"# TYPE {name} gauge", f"{name} {gauge:g}"]
        return "\n".join(lines) + "\n"

    def _histogram(self, route: str, buckets: list[int]) -> list[str]:
        lines = []
        total = 0
        for bound, value in zip((*BOUNDS, float("inf")), buckets, strict=True):
            total += value
            label = "+Inf" if bound == float("inf") else f"{bound:g}"
            lines.append(f'kg_request_seconds_bucket{{route="{route}",le="{label}"}} {total}')
        lines.append(f'kg_request_seconds_sum{{route="{route}"}} {self._sums[route]:.6f}')
        lines.append(f'kg_request_seconds_count{{route="{route}"}} {total}')
        return lines
