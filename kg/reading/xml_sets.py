"""XML from PubMed (citation sets) and PubMed Central (JATS articles), read as a stream, one record after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, cast

from kg.errors import ReadingError
from kg.model import Rejection
from kg.reading.content import too_large
from kg.reading.jats import read_article
from kg.reading.pubmed import read_citation
from kg.reading.sources import STAGE, to_reason
from kg.reading.xml_text import local_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

    from kg.reading.content import Content
    from kg.reading.draft import Draft
    from kg.reading.options import ReadingOptions

_READERS: dict[str, Callable[[_Element, str, str | None], Draft]] = {
    "PubmedArticle": read_citation,
    "PubmedBookArticle": read_citation,
    "MedlineCitation": read_citation,
    "article": read_article,
}


def read_xml(content: Content, options: ReadingOptions) -> Iterator[Draft | Rejection]:
    """Yield a draft for each citation or article; one that cannot be used is a Rejection.

    Entities that the file declares are never expanded, nothing outside the file is fetched, and a record may not grow
    beyond the size limit, so that no file can exhaust the memory.

    Raises:
        ReadingError: the XML is broken, or there is no record in it; the records before the break have been given.
    """
    from lxml import etree

    bounded = _Bounded(content.stream, options.max_bytes)
    number = 0
    try:
        for record in _records(bounded):
            number += 1
            bounded.start_anew()
            yield _to_draft(record, content, number)
            _forget(record)
    except etree.XMLSyntaxError as error:
        message = f"is broken XML ({' '.join(str(error).split())}): {number} records before it were read"
        raise ReadingError(message) from error
    if not number:
        message = "is XML without a PubMed citation or a PMC article, the kinds that kg reads"
        raise ReadingError(message)


def _records(stream: _Bounded) -> Iterator[_Element]:
    """Yield the elements that are records, whole."""
    from lxml import etree

    tags = [f"{{*}}{name}" for name in _READERS]
    parser = etree.iterparse(
        cast("BinaryIO", stream),
        tag=tags,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in parser:
        parent = element.getparent()
        if parent is None or local_name(parent) not in _READERS:
            yield element


def _to_draft(record: _Element, content: Content, number: int) -> Draft | Rejection:
    source = f"{content.source.name}:{number}"
    path = f"{content.source.identity}:{number}" if content.source.identity else None
    try:
        return _READERS[local_name(record)](record, source, path)
    except ReadingError as error:
        return Rejection(source, STAGE, to_reason(error))


def _forget(record: _Element) -> None:
    """Free the record and all that stands before it, so that the memory does not grow with the file."""
    record.clear()
    parent = record.getparent()
    while parent is not None and record.getprevious() is not None:
        del parent[0]


class _Bounded:
    """A stream that gives at most ``limit`` bytes between two records."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self._given = 0

    def start_anew(self) -> None:
        """Count from here again."""
        self._given = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        piece = self._stream.read(size)
        self._given += len(piece)
        if self._given > self._limit:
            raise ReadingError(too_large(self._limit))
        return piece
