"""A worker's way to answer a plain request for a small query: from the bytes of the request to those of the answer.

What is not plain, not a query, or wrong is declined, and then the front does what the standard asks for.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import NamedTuple

from kg.serve.access import CORS, DATA_POLICY, SECURITY_HEADERS
from kg.serve.exchange import compress, make_address
from kg.serve.faults import Fault
from kg.serve.frames import READY
from kg.serve.plain_request import query_beginnings, read_plain_request
from kg.serve.protocol import QueryRequest, read_request
from kg.serve.query_plan import QueryPlan, check_query, plan_query
from kg.serve.watch import Snapshot

_ALWAYS = b"".join(b"%s: %s\r\n" % pair for pair in (*SECURITY_HEADERS, *CORS, DATA_POLICY))


class Declined(Exception):  # noqa: N818 - not an error: the front goes on with the request
    """This request is not for a worker alone."""


class View(NamedTuple):
    """What a request is answered from: a generation, and the settings that matter.

    ``path`` is that of the endpoint, ``beginnings`` what requests to it begin with.
    """

    snapshot: Snapshot
    path: str
    beginnings: tuple[bytes, ...]
    union: bool
    allow_remote: frozenset[str]
    most_bytes: int


@lru_cache(maxsize=4)
def read_view(line: bytes) -> View:
    """Return the view that a line of JSON says; nearly all requests have the same."""
    found = json.loads(line)
    snapshot = Snapshot(*found["snapshot"])
    path, remote = found["path"], frozenset(found["allow_remote"])
    return View(snapshot, path, query_beginnings(path), found["union"], remote, found["most_bytes"])


class Express(NamedTuple):
    """A request that a worker can answer."""

    plan: QueryPlan
    may_compress: bool
    digest: bytes

    def ready(self, body: bytes) -> bytes:
        """Return the answer as the front sends it, after status line and date."""
        packed, headers = compress(body, self.plan.headers, wanted=self.may_compress)
        lines = b"".join([b"%s: %s\r\n" % pair for pair in headers])
        head = READY.pack(packed is not body, self.digest)
        return b"%s%s%scontent-length: %d\r\n\r\n%s" % (head, lines, _ALWAYS, len(packed), packed)


def read_express(content: bytes, view: View) -> Express:
    """Return what to do for the bytes of a request.

    Raises:
        Declined: the front must read it.
    """
    plain = read_plain_request(content) if content.startswith(view.beginnings) else None
    if plain is None:
        raise Declined
    try:
        request = read_request(plain.message)
        if not isinstance(request, QueryRequest) or request.time_limit is not None:
            raise Declined
        form = check_query(request, plain.head.accept, view.allow_remote)
        base = make_address("http", plain.head.host) + view.path
    except Fault as fault:
        raise Declined from fault
    plan = plan_query(request, form, view.snapshot, base, union=view.union)
    if not plan.is_fixed:
        raise Declined
    digest = hashlib.sha256(request.text.encode("utf-8", "surrogatepass")).digest()[: READY.size - 1]
    return Express(plan, plain.head.may_compress, digest)


def answer_facts(request: bytes, answer: bytes, path: str, generation: int, outcome: str) -> dict[str, object]:
    """Return what the access log says of an answer that was made ready."""
    _, digest = READY.unpack_from(answer)
    return {
        "method": request[: request.index(b" ")].decode(),
        "path": path,
        "bytes": len(answer) - answer.index(b"\r\n\r\n") - 4,
        "query": digest.hex(),
        "generation": generation,
        "outcome": outcome,
    }
