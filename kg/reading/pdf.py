"""PDF with a text layer, by pypdf.

Measured beside pdfminer.six and pdfium on justified and two-column pages: pdfminer mixes the words of justified
columns, pdfium is as good and faster but brings 8 MB of binaries.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.errors import ReadingError
from kg.model import MediaType
from kg.reading.content import read_whole
from kg.reading.draft import Draft
from kg.reading.page_text import join_pages
from kg.reading.quiet import quiet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdf import PdfReader

    from kg.reading.content import Content
    from kg.reading.options import ReadingOptions


def read_pdf(content: Content, options: ReadingOptions) -> Iterator[Draft]:
    """Yield the one text of a PDF: pages joined, lines put together to paragraphs, words mended.

    Raises:
        ReadingError: it is damaged, protected by a password, or has no text layer.
    """
    everything = read_whole(content, options)
    with _explained(), quiet("pypdf"):
        pages, title = _pages(everything, options.max_bytes)
    text = join_pages(pages)
    if not text.strip():
        message = "is a PDF without text, perhaps scanned: run it through OCR first (e.g. ocrmypdf)"
        raise ReadingError(message)
    title_in_text = title if title and title.lower() in " ".join(text[:2000].split()).lower() else None
    yield Draft(
        content.source.name,
        text,
        MediaType.PDF,
        path=content.source.identity,
        url=content.source.url,
        title=title_in_text,
    )


def _pages(everything: bytes, limit: int) -> tuple[list[str], str | None]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(everything), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        message = "is a PDF protected by a password: save it without one"
        raise ReadingError(message)
    pages: list[str] = []
    taken = 0
    for page in reader.pages:
        pages.append(_whole_characters(page.extract_text() or ""))
        taken += len(pages[-1])
        if taken > limit:
            message = "is a PDF with more text than one document may have: split it"
            raise ReadingError(message)
    return pages, _title(reader)


def _whole_characters(text: str) -> str:
    """Return the text with the halves of characters, which damaged fonts give, put together or replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _title(reader: PdfReader) -> str | None:
    title = reader.metadata.title if reader.metadata is not None else None
    return " ".join(str(title).split()) or None if title else None


@contextmanager
def _explained() -> Iterator[None]:
    """Turn whatever a damaged file makes pypdf raise into a ReadingError: it raises nearly every kind of exception."""
    try:
        yield
    except ReadingError:
        raise
    except Exception as error:
        what = " ".join(str(error).split())[:120] or type(error).__name__
        message = f"is a damaged PDF ({what}): save it again, or save its text"
        raise ReadingError(message) from error
