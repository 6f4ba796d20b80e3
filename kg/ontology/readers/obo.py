"""Reads OBO files line by line.

Own reader: on an OBO file of 50,000 terms it takes under a second and little memory; the figures of pronto and fastobo,
which build the whole graph first, stand in docs/ontologies.md.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.errors import LexiconError
from kg.ontology.names import NameStatus
from kg.ontology.readers.raw import RawSource, RawTerm, status_of, text_lines
from kg.ontology.terms import Name

if TYPE_CHECKING:
    from pathlib import Path

_SYNONYM = re.compile(r'"((?:[^"\\]|\\.)*)"\s*(EXACT|BROAD|NARROW|RELATED)?\s*([\w-]*)')
_ESCAPE = re.compile(r"\\(.)")
_EQUIVALENT = "MONDO:equivalentTo"
_SCOPES = {"EXACT": NameStatus.EXACT, "NARROW": NameStatus.RELATED, "RELATED": NameStatus.RELATED}
_SEEN_TAGS = frozenset({"id", "name", "synonym", "xref", "is_a", "is_obsolete", "property_value"})
_ABBREVIATION_TYPES = frozenset({"abbreviation", "ABBREVIATION", "acronym"})
_EXACT = "skos:exactMatch"
_LONGEST_END = 1 << 16
"""So many bytes are looked at for the last line."""


def read_obo(path: Path) -> RawSource:
    """Return the live terms of an OBO file.

    Raises:
        LexiconError: not OBO, not UTF-8, or cut off.
    """
    source = RawSource([])
    stanza = ""
    term: RawTerm | None = None
    obsolete = False
    number = 0
    for number, line in enumerate(text_lines(path), 1):
        if line.startswith("["):
            _keep(source, term, path, number, obsolete=obsolete)
            stanza, obsolete = line.strip(), False
            term = RawTerm("") if stanza == "[Term]" else None
            continue
        tag, colon, value = line.partition(":")
        if tag == "is_a" and value.rstrip().endswith(":"):
            message = f"{path}, line {number}: {line.strip()[:60]!r} breaks off: the file is damaged or cut off"
            raise LexiconError(message)
        if not colon:
            if line.strip() and not line.startswith("!"):
                message = f"{path}, line {number}: {line[:60]!r} is not OBO; the file is damaged or cut off"
                raise LexiconError(message)
            continue
        value = value.strip()
        if term is not None and tag in _SEEN_TAGS:
            obsolete = obsolete or (tag == "is_obsolete" and value.startswith("true"))
            _take(term, tag, value)
        elif not stanza:
            _take_header(source, tag, value)
    _keep(source, term, path, number, obsolete=obsolete)
    if path.suffix != ".gz":  # a packed file says itself whether it is whole
        _refuse_broken_end(source, path)
    return source


def _refuse_broken_end(source: RawSource, path: Path) -> None:
    """Refuse a file whose last line has no end and is half a superclass or half a quoted text."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - _LONGEST_END))
        last = stream.readlines()[-1].decode("utf-8", "replace")
    tag, _, value = last.partition(":")
    above = value.split()[0] if tag == "is_a" and value.strip() else ""
    own = {term.curie.partition(":")[0] for term in source.terms}
    is_half = above.partition(":")[0] in own and all(term.curie != above for term in source.terms)
    if not last.endswith("\n") and (is_half or last.count('"') % 2):
        message = f"{path}: the last line, {last[:60]!r}, breaks off: the file is cut off"
        raise LexiconError(message)


def _keep(source: RawSource, term: RawTerm | None, path: Path, number: int, *, obsolete: bool) -> None:
    if term is None or obsolete:
        return
    if not term.curie or not term.label:
        message = (
            f"{path}, line {number}: the term {term.curie or 'before it'} has no id or no name: the file is cut off"
        )
        raise LexiconError(message)
    source.terms.append(term)


def _take_header(source: RawSource, tag: str, value: str) -> None:
    if tag == "data-version":
        source.version = value
    elif tag == "ontology":
        source.title = value


def _take(term: RawTerm, tag: str, value: str) -> None:
    if tag == "id":
        term.curie = value.split(" ")[0]
    elif tag == "name":
        term.label = _ESCAPE.sub(r"\1", value)
    elif tag == "synonym":
        _take_synonym(term, value)
    elif tag == "is_a":
        term.parents.append(value.split(" ")[0])
    elif tag == "xref":
        (term.xrefs if _EQUIVALENT in value else term.loose).append(value.split(" ")[0])
    elif tag == "property_value" and value.startswith(_EXACT):
        term.xrefs.append(value.removeprefix(_EXACT).split()[0].strip('"'))


def _take_synonym(term: RawTerm, value: str) -> None:
    match = _SYNONYM.match(value)
    if match is None or match[2] == "BROAD":
        return
    text = _ESCAPE.sub(r"\1", match[1])
    status = _SCOPES.get(match[2] or "RELATED", NameStatus.RELATED)
    is_abbreviation = match[3] in _ABBREVIATION_TYPES
    term.names.append(Name(text, NameStatus.ABBREVIATION if is_abbreviation else status_of(text, status)))
