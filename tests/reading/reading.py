"""What the tests of the readers share: a folder to write into, and PDF pages made by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.model import Document, Rejection
from kg.reading import ReadingOptions, read_documents

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Folder:
    path: Path

    def write(self, name: str, content: str | bytes) -> str:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(file)

    def read(self, name: str, content: str | bytes, options: ReadingOptions | None = None) -> Document:
        return read_one(self.write(name, content), options)

    def refuse(self, name: str, content: str | bytes, options: ReadingOptions | None = None) -> str:
        source = self.write(name, content)
        rejection = refuse_one(source, options)
        assert rejection.source == source
        return rejection.reason


def read_all(*sources: str, options: ReadingOptions | None = None) -> list[Document | Rejection]:
    return list(read_documents(sources, options or ReadingOptions()))


def read_one(source: str, options: ReadingOptions | None = None) -> Document:
    (document,) = read_all(source, options=options)
    assert isinstance(document, Document), document
    check(document)
    return document


def refuse_one(source: str, options: ReadingOptions | None = None) -> Rejection:
    (rejection,) = read_all(source, options=options)
    assert isinstance(rejection, Rejection), rejection
    assert rejection.stage == "reading"
    assert "\n" not in rejection.reason
    return rejection


def check(document: Document) -> None:
    """Every section lies in the text, and the ones with words of their own cut out exactly these."""
    for section in document.sections:
        assert 0 <= section.start < section.end <= len(document.text)
        if section.kind in ("title", "heading"):
            assert document.text[section.start : section.end] == section.title


def pdf(*pages: Sequence[str]) -> bytes:
    """Return a PDF that shows the given lines, one below the other, on each page."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for lines in pages:
        shown = "".join(f"({line}) Tj T*\n" for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td\n{shown}ET"
        objects.append(f"<< /Length {len(stream.encode('latin-1'))} >>\nstream\n{stream}\nendstream")
        font = "<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >>"
        place = "/Parent 2 0 R /MediaBox [0 0 612 792]"
        objects.append(f"<< /Type /Page {place} /Contents {len(objects)} 0 R /Resources << /Font {font} >> >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    body = "%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(body.encode("latin-1")))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(body.encode("latin-1"))
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n"
    )
    return f"{body}{end}startxref\n{start}\n%%EOF\n".encode("latin-1")
