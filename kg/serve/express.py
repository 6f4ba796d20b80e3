"""A worker's way to answer a plain request for a small query: from the bytes of the request to those of the answer.

What is not plain, not a query, or wrong is declined, and then the front does what the standard asks for.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kg.serve.access import CORS, DATA_POLICY, SECURITY_HEADERS
from kg.serve.exchange import compress, make_address
from kg.serve.faults import Fault
from kg.serve.frames import READY
from kg.serve.plain_request import read_plain_request
from kg.serve.protocol import QueryRequest, read_request
from kg.serve.query_plan import check_query, plan_query
from kg.serve.stencil import Draft, draft, write_lines

if TYPE_CHECKING:
    from kg.serve.views import View

_ALWAYS = write_lines([*SECURITY_HEADERS, *CORS, DATA_POLICY])


class Declined(Exception):  # noqa: N818 - not an error: the front goes on with the request
    """This request is not for a worker alone."""


def read_express(content: bytes, view: View) -> Draft:
    """Return what to do for the bytes of a request.

    Raises:
        Declined: the front must read it.
    """
    if not content.startswith(view.beginnings):
        raise Declined
    return draft(content, view) or _read_any(content, view)


def _read_any(content: bytes, view: View) -> Draft:
    plain = read_plain_request(content)
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
    return Draft(request.text, plan.content, write_lines(plan.headers), plain.head.may_compress)


def make_ready(draft: Draft, body: bytes) -> bytes:
    """Return the answer as the front sends it, after status line and date, with what the log needs before it."""
    packed, more = compress(body, (), wanted=draft.may_compress)
    digest = hashlib.sha256(draft.text.encode("utf-8", "surrogatepass")).digest()[: READY.size - 1]
    head = READY.pack(packed is not body, digest)
    length = b"content-length: %d\r\n\r\n" % len(packed)
    return b"".join((head, draft.lines, write_lines(more), _ALWAYS, length, packed))


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
