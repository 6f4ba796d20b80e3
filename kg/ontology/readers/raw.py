"""What a reader finds of a term before it is checked, and what all readers share."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, cast

from kg.errors import LexiconError
from kg.ontology.names import NameStatus
from kg.ontology.terms import Name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_ABBREVIATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9/+-]{1,8}")
_HEAD = 4096
_BOM = b"\xef\xbb\xbf"
"""What some programs put before UTF-8, as Excel does before a table."""


@dataclass(slots=True)
class RawTerm:
    """A term as read: CURIE or IRI as written; ``kind`` only where the file says what kind of thing it is.

    ``xrefs`` are claims of exact matches, ``loose`` cross-references of unknown exactness, ``former`` identifiers that
    the source has merged into this one.
    """

    curie: str
    label: str = ""
    names: list[Name] = field(default_factory=list)
    xrefs: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    parents: list[str] = field(default_factory=list)
    kind: str = ""
    former: list[str] = field(default_factory=list)


@dataclass(slots=True)
class RawSource:
    """The terms of a file with what its header says.

    ``is_mapping`` says that its terms are others', told to be the same. ``iri_prefixes`` says what its CURIE prefixes
    stand for, where it tells.
    """

    terms: list[RawTerm]
    version: str = ""
    is_mapping: bool = False
    iri_prefixes: dict[str, str] = field(default_factory=dict)


def refuse_html(path: Path) -> None:
    """Refuse an error page that was saved under an ontology's name.

    Raises:
        LexiconError: the file is an HTML page, empty, or cannot be read.
    """
    try:
        with open_bytes(path) as stream:
            head = stream.read(_HEAD)
    except (OSError, EOFError) as error:
        message = f"{path} cannot be read: {error}"
        raise LexiconError(message) from error
    if _HTML.match(head):
        message = f"{path} is an HTML page, not an ontology: the download gave an error page; download it again"
        raise LexiconError(message)
    if not head.strip():
        message = f"{path} is empty"
        raise LexiconError(message)


def open_bytes(path: Path) -> IO[bytes]:
    """Open a file for reading bytes behind a byte-order mark, unpacked where its name ends in .gz."""
    stream = gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # noqa: SIM115
    try:
        if stream.peek(len(_BOM)).startswith(_BOM):
            stream.read(len(_BOM))
    except (OSError, EOFError):
        stream.close()
        raise
    return cast("IO[bytes]", stream)


def text_lines(path: Path) -> Iterator[str]:
    """Yield the lines of a UTF-8 file, with one line feed at the end of each that has an end.

    Raises:
        LexiconError: not UTF-8 (with the line's number), or cut off within a packed file.
    """
    number = 0
    try:
        with open_bytes(path) as stream:
            for number, line in enumerate(stream, 1):  # noqa: B007
                text = line.decode("utf-8")
                yield text.rstrip("\r\n") + "\n" if line.endswith(b"\n") else text
    except UnicodeDecodeError as error:
        message = f"{path} is not UTF-8: line {number} has the byte 0x{error.object[error.start]:02x}; convert it first"
        raise LexiconError(message) from error
    except (OSError, EOFError) as error:
        message = f"{path} is cut off or damaged after line {number} ({error}); download it again"
        raise LexiconError(message) from error


def refuse_no_end(path: Path, last: str) -> None:
    """Refuse a file whose last line has no end: it was cut off there, or nobody can tell that it was not.

    Raises:
        LexiconError: it has none.
    """
    if not last.endswith("\n"):
        message = f"{path} seems to be cut off: its last line, {last[-60:]!r}, has no end; if it is whole, add one"
        raise LexiconError(message)


def status_of(text: str, otherwise: NameStatus) -> NameStatus:
    """Return ABBREVIATION for what is written like one, else what is given."""
    is_short = _ABBREVIATION.fullmatch(text) is not None and sum(map(str.isupper, text)) > 1
    return NameStatus.ABBREVIATION if is_short and otherwise is not NameStatus.LABEL else otherwise
