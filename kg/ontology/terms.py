r"""A term as one source gives it, and the compact term file that holds a source's terms.

A term file is UTF-8 text, one term a line, tab-separated, below a header line; plain, gzip or xz by its name's end:

    id, type, label, names, xrefs, parents

``names`` are ``status:name`` joined by "|" ("\|" and "\\" are escaped); a capital status letter marks a name that
counts only in exactly this writing. The label is a name too, unless the first entry has the status "x" (the label is
not a name); an empty field means that the label is the only name. ``xrefs`` are CURIEs of exact matches, ``parents``
CURIEs of direct superclasses, space-separated; one with "<" before it is no class but a whole that the term is a part
of ("RELA" of "NFkappaB"). An xref with "+" before it is one that another term has too: it is told of both, and joins
neither.
"""

from __future__ import annotations

import gzip
import lzma
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from kg.errors import LexiconError
from kg.model import Curie, EntityType
from kg.ontology.names import NameStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

HEADER = "id\ttype\tlabel\tnames\txrefs\tparents"
_COLUMNS = 6
LETTERS = {
    NameStatus.LABEL: "l",
    NameStatus.CURATED: "u",
    NameStatus.EXACT: "e",
    NameStatus.BRAND: "b",
    NameStatus.ABBREVIATION: "a",
    NameStatus.CODE: "c",
    NameStatus.RELATED: "r",
    NameStatus.FILED: "f",
    NameStatus.SILENT: "s",
}
PART = "<"
"""Before a parent: the term is a part of it, not a kind."""
STATUS_OF = {letter: status for status, letter in LETTERS.items()}
_NOT_A_NAME = "x"
_SEPARATOR = re.compile(r"(?<!\\)(?:\\\\)*\|")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a term; ``exact_case`` as in Posting."""

    text: str
    status: NameStatus = NameStatus.EXACT
    exact_case: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """One term of one source; ``names`` holds the label too, where the label is a name, and may be empty.

    ``wholes`` are what it is a part of, as a subunit is of its complex.
    """

    curie: Curie
    type: EntityType
    label: str
    names: tuple[Name, ...] = ()
    xrefs: tuple[Curie, ...] = ()
    parents: tuple[Curie, ...] = ()
    wholes: tuple[Curie, ...] = ()


def to_line(term: Term) -> str:
    """Return the term as a line of a term file, without the line's end."""
    fields = (
        term.curie,
        term.type,
        _plain(term.label),
        _join_names(term),
        " ".join(term.xrefs),
        " ".join([*term.parents, *(f"{PART}{whole}" for whole in term.wholes)]),
    )
    return "\t".join(fields)


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


def _join_names(term: Term) -> str:
    label = Name(_plain(term.label), NameStatus.LABEL)
    parts = [] if label in term.names else [f"{_NOT_A_NAME}:"]
    for name in term.names:
        if name == label:
            continue
        letter = LETTERS[name.status]
        escaped = _plain(name.text).replace("\\", "\\\\").replace("|", "\\|")
        parts.append(f"{letter.upper() if name.exact_case else letter}:{escaped}")
    return "|".join(parts)


def _split_names(field: str) -> list[str]:
    if "\\" not in field:
        return field.split("|")
    pieces: list[str] = []
    last = 0
    for match in _SEPARATOR.finditer(field):
        pieces.append(field[last : match.end() - 1])
        last = match.end()
    pieces.append(field[last:])
    return [re.sub(r"\\(.)", r"\1", piece) for piece in pieces]


def parse_names(label: str, field: str) -> list[tuple[str, str]]:
    """Return (letter, name) pairs of a line's label and names field; the label first, where it is a name."""
    if not field:
        return [("l", label)]
    pairs = [(piece[0], piece[2:]) for piece in _split_names(field) if piece]
    return pairs[1:] if pairs[0][0] == _NOT_A_NAME else [("l", label), *pairs]


def parse_line(line: str) -> Term:
    """Return the term that a line of a term file holds.

    Raises:
        LexiconError: the line does not have the six fields, or a status or type is unknown.
    """
    fields = line.rstrip("\n").split("\t")
    if len(fields) != _COLUMNS:
        message = f"a term line must have {_COLUMNS} tab-separated fields, not {len(fields)}: {line[:80]!r}"
        raise LexiconError(message)
    curie, kind, label, names, xrefs, parents = fields
    try:
        parsed = tuple(
            Name(text, STATUS_OF[letter.lower()], letter.isupper()) for letter, text in parse_names(label, names)
        )
        return Term(Curie(curie), EntityType(kind), label, parsed, _curies(xrefs), *_split_parents(parents))
    except (KeyError, ValueError, IndexError) as error:
        message = f"the term line of {curie!r} has an unknown type or name status: {error}"
        raise LexiconError(message) from error


def _curies(field: str) -> tuple[Curie, ...]:
    return tuple(map(Curie, field.split()))


def _split_parents(field: str) -> tuple[tuple[Curie, ...], tuple[Curie, ...]]:
    """Return the superclasses and the wholes."""
    above = field.split()
    parents = tuple(Curie(one) for one in above if not one.startswith(PART))
    return parents, tuple(Curie(one.removeprefix(PART)) for one in above if one.startswith(PART))


def open_text(path: Path) -> TextIO:
    """Open a term file for reading, whatever its compression."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def read_lines(path: Path) -> list[str]:
    """Return the lines of a term file without its header and line ends.

    Raises:
        LexiconError: the file is missing, damaged, or not a term file.
    """
    try:
        with open_text(path) as stream:
            text = stream.read()
    except (OSError, EOFError, lzma.LZMAError, UnicodeDecodeError) as error:
        message = f"term file {path} cannot be read ({error}); restore it, or run: kg ontology build"
        raise LexiconError(message) from error
    header, _, body = text.partition("\n")
    if header.strip() != HEADER:
        message = f"{path} is not a term file: its first line must be {HEADER!r}"
        raise LexiconError(message)
    lines = body.split("\n")
    return lines[:-1] if lines and not lines[-1] else lines


def read_terms(path: Path) -> Iterator[Term]:
    """Yield the terms of a term file in its order."""
    for line in read_lines(path):
        yield parse_line(line)


def write_terms(path: Path, terms: Iterable[Term]) -> int:
    """Write a term file sorted by identifier, with the same bytes for the same terms; return the number of terms."""
    lines = sorted(to_line(term) for term in terms)
    content = ("\n".join([HEADER, *lines]) + "\n").encode()
    if path.suffix == ".xz":
        content = lzma.compress(content, preset=9 | lzma.PRESET_EXTREME)
    elif path.suffix == ".gz":
        content = gzip.compress(content, mtime=0)
    path.write_bytes(content)
    return len(lines)
