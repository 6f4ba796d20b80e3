"""The bytes of one source: unpacked, bounded, and turned into characters without a guess."""

from __future__ import annotations

import codecs
import gzip
import io
import sys
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from kg.errors import ReadingError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.reading.options import ReadingOptions
    from kg.reading.sources import Source

HEAD_BYTES = 4096
_GZIP_MAGIC = b"\x1f\x8b"
_SIGNATURES = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Content:
    """An open source: ``head`` is how it begins, ``stream`` gives it from the beginning, unpacked."""

    source: Source
    head: bytes
    stream: BinaryIO
    content_type: str | None = None
    charset: str | None = None


@contextmanager
def open_content(source: Source, options: ReadingOptions) -> Iterator[Content]:
    """Open a file, an address or standard input, and unpack it when it is packed by gzip.

    Raises:
        ReadingError: the address cannot be fetched.
        OSError: the file cannot be opened.
    """
    if source.url is not None:
        from kg.reading.web import fetch

        with fetch(source.url, options) as answer:
            yield _unpacked(source, cast("BinaryIO", answer.body), answer.content_type, answer.charset)
    elif source.path is not None:
        with source.path.open("rb") as file:
            yield _unpacked(source, file)
    else:
        yield _unpacked(source, sys.stdin.buffer)


def _unpacked(source: Source, stream: BinaryIO, content_type: str | None = None, charset: str | None = None) -> Content:
    head, whole = _look_ahead(stream)
    if head.startswith(_GZIP_MAGIC):
        head, whole = _look_ahead(cast("BinaryIO", gzip.GzipFile(fileobj=whole)))
    return Content(source, head, whole, content_type, charset)


def _look_ahead(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """Return how the stream begins and a stream that begins there as well, also where one cannot seek."""
    head = stream.read(HEAD_BYTES)
    return head, cast("BinaryIO", io.BufferedReader(_Joined(head, stream)))


class _Joined(io.RawIOBase):
    """A few bytes, then the rest of a stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        super().__init__()
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._head:
            taken = self._head[: len(buffer)]
            self._head = self._head[len(taken) :]
        else:
            taken = memoryview(self._rest.read(len(buffer)))
        buffer[: len(taken)] = taken
        return len(taken)


def read_whole(content: Content, options: ReadingOptions) -> bytes:
    """Return all bytes of a source that is one document.

    Raises:
        ReadingError: it is empty, too large, or its gzip packing is damaged.
    """
    with explained_unpacking():
        everything = content.stream.read(options.max_bytes + 1)
    if len(everything) > options.max_bytes:
        raise ReadingError(too_large(options.max_bytes))
    if not everything.strip():
        message = "is empty"
        raise ReadingError(message)
    return everything


def too_large(limit: int) -> str:
    """Return why a document beyond the limit is refused, and what to do."""
    size = f"{limit // (1024 * 1024)} MB" if limit >= 1024 * 1024 else f"{limit} bytes"
    return f"is larger than {size}, the limit of one document: split it, or give one document a line as .jsonl"


@contextmanager
def explained_unpacking() -> Iterator[None]:
    """Turn the errors of a damaged gzip packing into a ReadingError."""
    try:
        yield
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        message = f"its gzip packing is damaged or cut off ({' '.join(str(error).split())}): get the file again"
        raise ReadingError(message) from error


def decode(everything: bytes, charset: str | None = None) -> str:
    """Return the characters of UTF-8, or of what the signature at the start or ``charset`` says.

    The signature (byte order mark) belongs to the encoding, not to the text, and is left out; nothing else is changed.

    Raises:
        ReadingError: the bytes are binary or in an encoding that they do not tell.
    """
    encoding = charset or "utf-8"
    for signature, named in _SIGNATURES:
        if everything.startswith(signature):
            everything, encoding = everything[len(signature) :], named
            break
    else:
        if b"\0" in everything:
            message = f"is binary, not text (a NUL byte at {everything.index(0)}): kg reads text"
            raise ReadingError(message)
    try:
        return everything.decode(encoding)
    except LookupError as error:
        message = f"its encoding {encoding!r} is unknown: convert it to UTF-8"
        raise ReadingError(message) from error
    except UnicodeDecodeError as error:
        raise ReadingError(_not_decodable(everything, error, encoding)) from error


def _not_decodable(everything: bytes, error: UnicodeDecodeError, encoding: str) -> str:
    line = everything.count(b"\n", 0, error.start) + 1
    place = f"in line {line}" if b"\n" in everything.rstrip() else f"at {error.start}"
    where = f"byte 0x{everything[error.start]:02x} {place}"
    controls = sum(byte < 9 or 13 < byte < 32 for byte in everything[:HEAD_BYTES])
    if controls > len(everything[:HEAD_BYTES]) // 50:
        return f"is binary, not text ({where}): kg reads text"
    if encoding != "utf-8":
        return f"is not the {encoding} it says it is ({where}): convert it to UTF-8"
    return f"is not UTF-8 ({where}), perhaps Latin-1: convert it, e.g. iconv -f latin1 -t utf-8 OLD > NEW"
