"""HTTP requests in the form that nearly all programs send: whole, small, with no header that asks for special care.

A worker can answer such a request from its bytes. Everything else goes through the parser of the front.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kg.serve.negotiation import takes_gzip
from kg.serve.protocol import FORM, QUERY_BODY, Message, read_content_type

LARGEST = 16 * 1024
_END = b"\r\n\r\n"
_LINE = re.compile(rb"(GET|POST) ([\x21-\x7e]+) HTTP/1\.1")
_HEADERS = re.compile(rb"(?:[A-Za-z0-9-]+:[\t\x20-\x7e]*\r\n)+")
_SPECIAL = {
    b"authorization", b"content-encoding", b"cookie", b"expect", b"if-modified-since", b"if-none-match",
    b"range", b"te", b"trailer", b"transfer-encoding", b"upgrade", b"x-forwarded-for", b"x-forwarded-proto",
}  # fmt: skip
_ONCE = {b"accept", b"accept-encoding", b"content-length", b"content-type", b"host"}


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """What the headers of a plain request say; ``length`` is that of its body."""

    host: str
    accept: str | None
    may_compress: bool
    content_type: str
    charset: str
    length: int


class PlainRequest(NamedTuple):
    """A request with its head."""

    head: Head
    message: Message


def query_beginnings(path: str) -> tuple[bytes, ...]:
    """Return what the plain requests to an endpoint begin with; it is also at /sparql when a proxy cuts its prefix.

    >>> b"GET /kg/sparql?query=ASK+{}".startswith(query_beginnings("/kg/sparql"))
    True
    """
    return tuple(
        b"%s %s%s" % (method, place.encode(), end)
        for place in {path, "/sparql"}
        for method, end in ((b"GET", b"?"), (b"POST", b"?"), (b"POST", b" "))
    )


def is_plain(data: bytes) -> bool:
    """The bytes are one whole plain request; costs a few microseconds when its headers were seen before."""
    return _split(data) is not None


def read_plain_request(data: bytes) -> PlainRequest | None:
    """Return the request that the bytes are, or None where they are not one whole plain request."""
    parts = _split(data)
    if parts is None:
        return None
    line, head, body = parts
    found = _LINE.fullmatch(line)
    if found is None or (found[1] == b"GET") != (not head.content_type):
        return None
    query_string = found[2].decode("ascii").partition("?")[2].partition("#")[0]
    return PlainRequest(head, Message(found[1].decode(), query_string, head.content_type, head.charset, body))


def _split(data: bytes) -> tuple[bytes, Head, bytes] | None:
    end = data.find(_END)
    if end < 0 or len(data) > LARGEST:
        return None
    start = data.index(b"\r\n")
    head = read_head(data[start + 2 : end + 2])
    if head is None or len(data) != end + len(_END) + head.length:
        return None
    return data[:start], head, data[end + len(_END) :]


@lru_cache(maxsize=1024)
def read_head(lines: bytes) -> Head | None:
    r"""Return what the header lines say; None where they hold anything out of the ordinary.

    >>> read_head(b"Host: localhost\r\nAccept: text/csv\r\n").accept
    'text/csv'
    >>> read_head(b"Host: localhost\r\nConnection: close\r\n") is None
    True
    """
    if not _HEADERS.fullmatch(lines):
        return None
    found: dict[bytes, str] = {}
    for line in lines.splitlines():
        name, _, value = line.partition(b":")
        key = name.lower()
        if key in _ONCE and key in found:
            return None
        found[key] = value.strip().decode("ascii")
    if (
        found.pop(b"connection", "keep-alive").lower() != "keep-alive"
        or _SPECIAL & found.keys()
        or b"host" not in found
    ):
        return None
    media, charset = read_content_type(found.get(b"content-type"))
    length = found.get(b"content-length", "0")
    if not length.isdigit() or media not in {"", FORM, QUERY_BODY} or (media == "") != (length == "0"):
        return None
    packs = takes_gzip(found.get(b"accept-encoding", ""))
    return Head(found[b"host"], found.get(b"accept"), packs, media, charset, int(length))
