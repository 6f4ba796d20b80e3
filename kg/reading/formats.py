"""Which format a text comes in: by its name, by what a server says of it, by its first bytes."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from kg.errors import ReadingError


class Format(StrEnum):
    """The formats that there are readers for."""

    TEXT = "text"
    MARKDOWN = "Markdown"
    HTML = "HTML"
    JSON_LINES = "JSON lines"
    XML = "XML"
    PDF = "PDF"


_SUFFIXES = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".xml": Format.XML,
    ".nxml": Format.XML,
    ".pdf": Format.PDF,
}
_CONTENT_TYPES = {
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "application/pdf": Format.PDF,
    "text/markdown": Format.MARKDOWN,
    "application/jsonl": Format.JSON_LINES,
    "application/x-ndjson": Format.JSON_LINES,
    "application/x-jsonlines": Format.JSON_LINES,
    "application/xml": Format.XML,
    "text/xml": Format.XML,
}
_ANY_CONTENT = (
    "",
    "text/plain",
    "application/octet-stream",
    "binary/octet-stream",
    "application/gzip",
    "application/x-gzip",
)
_BINARY = (
    (b"PK\x03\x04", "a ZIP archive or an Office document: save it as .txt, .html or .pdf"),
    (b"\xd0\xcf\x11\xe0", "an old Office document: save it as .txt, .html or .pdf"),
    (b"\x89PNG", "a picture: kg reads text"),
    (b"\xff\xd8\xff", "a picture: kg reads text"),
    (b"BZh91AY&SY", "packed by bzip2: unpack it, or pack it with gzip"),
    (b"\xfd7zXZ", "packed by xz: unpack it, or pack it with gzip"),
)
_PDF_MAGIC = b"%PDF-"
_HTML_START = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_MARKUP_START = re.compile(rb"\s*<(?:\?xml|!doctype|!--|[a-z])", re.IGNORECASE)
READ_SUFFIXES = ".txt .md .html .jsonl .xml .pdf, each also .gz"


def has_known_suffix(name: str) -> bool:
    """Whether a folder's file of this name is taken for a document.

    >>> has_known_suffix("a.xml.gz"), has_known_suffix("a.csv")
    (True, False)
    """
    return _suffix(name) in _SUFFIXES


def detect_format(name: str, head: bytes, content_type: str | None = None) -> Format:
    """Return the format of a file of this name that begins with ``head``.

    Raises:
        ReadingError: there is no reader for it.
    """
    _refuse_binary(head)
    if head.lstrip().startswith(_PDF_MAGIC):
        return Format.PDF
    path = urlsplit(name).path if content_type is not None else name
    by_name = _SUFFIXES.get(_suffix(path))
    by_server = _by_content_type(content_type)
    known = by_server or by_name
    if known is Format.XML and _HTML_START.search(head[:1024]):
        return Format.HTML
    return known or _sniff(path, head)


def _refuse_binary(head: bytes) -> None:
    for magic, what in _BINARY:
        if head.startswith(magic):
            message = f"is {what}"
            raise ReadingError(message)


def _suffix(name: str) -> str:
    path = PurePosixPath(name.lower())
    return PurePosixPath(path.stem).suffix if path.suffix == ".gz" else path.suffix


def _by_content_type(content_type: str | None) -> Format | None:
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind in _ANY_CONTENT:
        return None
    known = _CONTENT_TYPES.get(kind)
    if known is None and not kind.startswith("text/"):
        message = f"the server says that it is {kind}, which kg does not read: it reads {READ_SUFFIXES}"
        raise ReadingError(message)
    return known


def _sniff(path: str, head: bytes) -> Format:
    """Tell the format of a source whose name says nothing by how it begins."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _HTML_START.search(start[:1024]):
        return Format.HTML
    if _MARKUP_START.match(start):
        return Format.XML
    if start.startswith(b"{") and _is_document_line(start):
        return Format.JSON_LINES
    suffix = _suffix(path)
    if suffix:
        message = f"{suffix} is no kind of file that kg reads: rename it if it is one of {READ_SUFFIXES}"
        raise ReadingError(message)
    return Format.TEXT


def _is_document_line(start: bytes) -> bool:
    """Whether the first line is a JSON object, or begins one that is longer than what was looked at."""
    line, newline, _ = start.partition(b"\n")
    if not newline:
        return re.search(rb'"text"\s*:', line) is not None
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
