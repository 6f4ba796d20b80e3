"""The access log and the slow-query log: one JSON object a line."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from kg.errors import ConfigError

if TYPE_CHECKING:
    from kg.serve.exchange import Exchange

_LONGEST_QUERY = 4000


def query_hash(text: str) -> str:
    """Return 16 hexadecimal digits that stand for a query in logs, so that its text need not.

    >>> len(query_hash("ASK {}"))
    16
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Logs:
    """Writes finished requests down; ``access`` is where to, or None for no access log."""

    def __init__(self, access: TextIO | None, slow_time: float) -> None:
        self._slow_time = slow_time
        self._access = access

    @property
    def file(self) -> int | None:
        """The number of the file of the access log."""
        return None if self._access is None else self._access.fileno()

    @property
    def has_access(self) -> bool:
        """There is an access log."""
        return self._access is not None

    def write(self, exchange: Exchange, seconds: float) -> bool:
        """Log a finished request; True means that it was slow."""
        is_slow = seconds >= self._slow_time and exchange.text is not None
        if self._access is None and not is_slow:
            return False
        facts: dict[str, object] = {"method": exchange.method, "path": exchange.path, "bytes": exchange.sent}
        if exchange.text is not None:
            facts |= {"query": query_hash(exchange.text), "generation": exchange.generation}
        facts["outcome"] = exchange.outcome
        record = self.write_access(exchange.client, exchange.route, exchange.status, seconds, facts)
        if is_slow:
            slow = record | {"slow": True, "text": (exchange.text or "")[:_LONGEST_QUERY]}
            sys.stderr.write(json.dumps(slow, ensure_ascii=False) + "\n")
        return is_slow

    def write_access(
        self, client: str, route: str, status: int, seconds: float, facts: dict[str, object]
    ) -> dict[str, object]:
        """Write a line of the access log, where there is one, and return its record; empty facts are left out."""
        record: dict[str, object] = {
            "time": dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds"),
            "client": client,
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 2),
        }
        record |= {name: value for name, value in facts.items() if value != ""}
        if self._access is not None:
            self._access.write(json.dumps(record, ensure_ascii=False) + "\n")
            self._access.flush()
        return record


def open_log(access: str | None) -> TextIO | None:
    """Return the access log for a path, or "-" for standard output; None for None.

    Raises:
        ConfigError: it cannot be written.
    """
    if access is None:
        return None
    if access == "-":
        return sys.stdout
    try:
        return Path(access).open("a", encoding="utf-8")
    except OSError as error:
        message = f"the access log {access} cannot be written: {error}"
        raise ConfigError(message) from error


def continue_log(number: int | None) -> TextIO | None:
    """Return the access log that another process has open, for this one to write to, too; None for None."""
    return None if number is None else open(number, "a", encoding="utf-8", closefd=False)
