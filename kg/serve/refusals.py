"""Why a job did not come to its end, in the words that its client reads."""

from __future__ import annotations

import math

from kg.serve.faults import Fault

# SIGABRT and SIGSEGV: how the engine ends when an allocation or the stack fails.
_OUT_OF_MEMORY = {-6, -11}


def past_its_time(seconds: float) -> Fault:
    """Return the fault of a query that was stopped by the clock."""
    reason = f"the query was stopped after {seconds:g} s, the most that this server gives to one: make it narrower"
    return Fault(504, reason, code="timeout")


def too_many_long(running: int, seconds: float) -> Fault:
    """Return the fault of a long query that found no place; ``seconds`` is when one of the others must end."""
    wait = max(1, math.ceil(seconds))
    reason = (
        f"{running} long queries are running, which is all that this server runs at a time: "
        f"try again in {wait} s, or make the query narrower"
    )
    return Fault(503, reason, code="overload", retry_after=wait)


def ended_by_itself(status: int | None, memory: int) -> Fault:
    """Return the fault of a job whose worker ended; ``status`` is its exit code, negative for a signal."""
    if status in _OUT_OF_MEMORY:
        megabytes = memory // (1024 * 1024)
        reason = f"the query needed more than the {megabytes} MB of memory (or the depth) that one may have here"
        return Fault(503, reason, code="memory-limit")
    if status is None or status == -9:
        return Fault(503, "the worker of this query was ended: try again", code="worker-ended", retry_after=1)
    return Fault(500, f"the worker of this query ended with status {status}", code="worker-died")
