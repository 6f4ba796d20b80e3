"""The reading stage: sources in, documents and Rejections out, one or the other for everything that was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import ReadingError
from kg.model import Rejection
from kg.reading.content import explained_unpacking, open_content
from kg.reading.documents import to_document
from kg.reading.formats import Format, detect_format
from kg.reading.sources import STAGE, Source, find_sources, to_reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Protocol

    from kg.model import Document
    from kg.reading.content import Content
    from kg.reading.draft import Draft
    from kg.reading.options import ReadingOptions

    class Reader(Protocol):
        """Reads one format; a part that cannot be read is a Rejection, and the rest goes on."""

        def __call__(self, content: Content, options: ReadingOptions) -> Iterator[Draft | Rejection]:
            """Yield what an open source holds, in its order."""


def read_documents(sources: Sequence[str], options: ReadingOptions) -> Iterator[Document | Rejection]:
    """Yield a document or a Rejection for each text in the sources, in their order.

    A source is a file, a folder (all documents below it, by path), a glob, "-" for standard input, or an http address.
    Files are opened one after the other and sets of documents are read as a stream, so any number can be read.
    """
    given: dict[str, tuple[str, str]] = {}
    for source in find_sources(sources, options.base):
        if isinstance(source, Rejection):
            yield source
            continue
        for draft in _read(source, options):
            yield draft if isinstance(draft, Rejection) else _finish(draft, options, given)


def _read(source: Source, options: ReadingOptions) -> Iterator[Draft | Rejection]:
    try:
        with explained_unpacking(), open_content(source, options) as content:
            found_format = detect_format(source.name, content.head, content.content_type)
            yield from _reader_of(found_format)(content, options)
    except (ReadingError, OSError) as error:
        yield Rejection(source.name, STAGE, to_reason(error))


def _finish(draft: Draft, options: ReadingOptions, given: dict[str, tuple[str, str]]) -> Document | Rejection:
    """Make the document; two texts of one given id are told, for the second would replace the first."""
    try:
        document = to_document(draft, options)
    except ReadingError as error:
        return Rejection(draft.source, STAGE, to_reason(error))
    if draft.given_id is not None:
        earlier, sha256 = given.setdefault(document.iri, (draft.source, document.sha256))
        if sha256 != document.sha256:
            reason = f"its id {draft.given_id!r} already names the other text of {earlier}: give each text its own id"
            return Rejection(draft.source, STAGE, reason)
    return document


def _reader_of(found_format: Format) -> Reader:
    """Return the reader of a format; its packages are imported only now."""
    if found_format is Format.JSON_LINES:
        from kg.reading.json_lines import read_json_lines

        return read_json_lines
    if found_format is Format.XML:
        from kg.reading.xml_sets import read_xml

        return read_xml
    if found_format is Format.PDF:
        from kg.reading.pdf import read_pdf

        return read_pdf
    if found_format is Format.HTML:
        from kg.reading.html_page import read_html

        return read_html
    from kg.reading.plain import read_markdown, read_text

    return read_markdown if found_format is Format.MARKDOWN else read_text
