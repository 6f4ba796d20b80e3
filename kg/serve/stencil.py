"""The shortest way for the most frequent request: a GET with nothing but a query that needs no closer look.

All but the text and the entity tag is the same for all such requests with the same headers. That is made once, by the
general way, and then only filled in.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from kg.serve.exchange import make_address
from kg.serve.faults import Fault
from kg.serve.fields import decode_field
from kg.serve.guard import QUERY, refuse_network
from kg.serve.plain_request import Head, read_head
from kg.serve.protocol import QueryRequest
from kg.serve.query_plan import make_query_etag, plan_query
from kg.serve.sparql_tokens import read_shape
from kg.serve.views import View

_GET = re.compile(rb"GET [^ ?#]+\?query=([\x21\x22\x24\x25\x27-\x7e]+) HTTP/1\.1")
_SAMPLES = {"select": "SELECT * {}", "ask": "SELECT * {}", "construct": "DESCRIBE <a:>", "describe": "DESCRIBE <a:>"}
_ETAG = b"etag"


class Draft(NamedTuple):
    """A query with what its answer will need: the job, and the lines of headers."""

    text: str
    content: dict[str, object]
    lines: bytes
    may_compress: bool


class _Stencil(NamedTuple):
    content: dict[str, object]
    form: str
    base: str
    before: bytes
    after: bytes


def draft(content: bytes, view: View) -> Draft | None:
    """Return the draft for a request; None where it must go the general way."""
    end = content.find(b"\r\n")
    found = _GET.fullmatch(content, 0, end)
    head = read_head(content[end + 2 : -2]) if found is not None and content.endswith(b"\r\n\r\n") else None
    if found is None or head is None or head.content_type:
        return None
    try:
        text = decode_field(found[1].decode("ascii"))
        refuse_network(text, view.allow_remote, QUERY)
        shape = read_shape(text)
        if shape.form is None or shape.has_dataset or shape.is_volatile:
            return None
        stencil = _make_stencil(view, head, _SAMPLES[shape.form])
    except (UnicodeDecodeError, Fault):
        return None
    etag = make_query_etag(view.snapshot, QueryRequest(text), stencil.form, stencil.base)
    lines = b"%s%s%s" % (stencil.before, etag, stencil.after)
    return Draft(text, stencil.content | {"text": text}, lines, head.may_compress)


@lru_cache(maxsize=512)
def _make_stencil(view: View, head: Head, sample: str) -> _Stencil:
    request = QueryRequest(sample)
    form = request.choose_format(head.accept)
    base = make_address("http", head.host) + view.path
    plan = plan_query(request, form, view.snapshot, base, union=view.union)
    place = next(index for index, (name, _) in enumerate(plan.headers) if name == _ETAG)
    before = write_lines(plan.headers[:place]) + _ETAG + b": "
    return _Stencil(plan.content, form.name, base, before, b"\r\n" + write_lines(plan.headers[place + 1 :]))


def write_lines(headers: list[tuple[bytes, bytes]]) -> bytes:
    """Return headers as they go over the wire."""
    return b"".join([b"%s: %s\r\n" % pair for pair in headers])
