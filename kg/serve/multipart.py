"""Multipart bodies, for posting several files into one graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.serve.faults import Fault
from kg.serve.protocol import read_content_type

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST_PARTS = 100
_BY_SUFFIX: Mapping[str, str] = {
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
    ".jsonld": "application/ld+json",
}


class _Collector:
    """Takes the parser's calls and keeps the parts."""

    def __init__(self) -> None:
        self.parts: list[tuple[str, bytes]] = []
        self._name = b""
        self._value = b""
        self._headers: dict[bytes, bytes] = {}
        self._data = bytearray()

    def on_part_begin(self) -> None:
        """A part begins."""
        if len(self.parts) >= _MOST_PARTS:
            raise Fault(413, f"more than {_MOST_PARTS} parts", code="too-many-parts")
        self._headers = {}
        self._data = bytearray()

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        """A piece of a header's name."""
        self._name += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        """A piece of a header's value."""
        self._value += data[start:end]

    def on_header_end(self) -> None:
        """A header is complete."""
        self._headers[self._name.lower()] = self._value
        self._name = self._value = b""

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        """A piece of the content."""
        self._data += data[start:end]

    def on_part_end(self) -> None:
        """A part is complete."""
        media, _ = read_content_type(self._headers.get(b"content-type", b"").decode("latin-1"))
        if media in {"", "application/octet-stream"}:
            media = self._guess_from_name()
        self.parts.append((media, bytes(self._data)))

    def _guess_from_name(self) -> str:
        disposition = self._headers.get(b"content-disposition", b"").decode("latin-1").lower().rstrip('"')
        return next((media for suffix, media in _BY_SUFFIX.items() if disposition.endswith(suffix)), "text/turtle")


def read_parts(content_type: bytes, body: bytes) -> list[tuple[str, bytes]]:
    """Return media type and content of each part of a multipart/form-data body.

    Raises:
        Fault: 400, it is not such a body.
    """
    from python_multipart.exceptions import FormParserError
    from python_multipart.multipart import MultipartParser, parse_options_header

    _, options = parse_options_header(content_type)
    boundary = options.get(b"boundary")
    if not boundary:
        raise Fault(400, "multipart/form-data without a boundary", code="bad-multipart")
    collector = _Collector()
    names = ("part_begin", "part_data", "part_end", "header_field", "header_value", "header_end")
    callbacks = {f"on_{name}": getattr(collector, f"on_{name}") for name in names}
    try:
        parser = MultipartParser(boundary, callbacks)  # type: ignore[arg-type]
        parser.write(body)
        parser.finalize()
    except FormParserError as error:
        raise Fault(400, f"the multipart body cannot be read: {error}", code="bad-multipart") from error
    if not collector.parts:
        raise Fault(400, "the multipart body has no part", code="bad-multipart")
    return collector.parts
