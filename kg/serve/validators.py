"""What tells a client that its copy is still the newest: entity tags and dates of a generation."""

from __future__ import annotations

import hashlib
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.serve.exchange import Exchange, Header
    from kg.serve.watch import Snapshot

VARY: Header = (b"vary", b"Accept, Accept-Encoding")


def make_etag(snapshot: Snapshot, *parts: str) -> bytes:
    """Return a weak entity tag for something that depends on the generation and some parts."""
    digest = hashlib.sha256("\x1f".join((snapshot.tag, *parts)).encode("utf-8", "surrogatepass")).hexdigest()
    return b'W/"%d-%s"' % (snapshot.number, digest[:16].encode())


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
