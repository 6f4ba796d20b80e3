"""Reads OBO files line by line.

Own reader: on an OBO file of 50,000 terms it takes under a second and little memory; the figures of pronto and fastobo,
which build the whole graph first, stand in docs/ontologies.md.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.errors import LexiconError
from kg.ontology.names import NameStatus
from kg.ontology.readers.raw import RawSource, RawTerm, refuse_no_end, status_of, text_lines
from kg.ontology.terms import Name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Tag = tuple[str, str]
"""A tag and its value."""
_QUOTED = r'"(?:[^"\\]|\\.)*"'
_SYNONYM = re.compile(rf"({_QUOTED})\s*(EXACT|BROAD|NARROW|RELATED)?\s*([\w-]*)")
_WHOLE_TEXT = re.compile(rf"(?!\")|{_QUOTED}(?!.*\[[^\]]*$)")
"""What a tag with a quoted text begins with: no quotation mark, or one that is closed, as is the bracket behind it."""
_STANZA = re.compile(r"\[[^\[\]]+\]\s*(?:!.*)?")
_MODIFIER = rf"[^\s{{}}=,]+\s*=\s*{_QUOTED}"
_TRAILING = re.compile(rf"(?:\s+\{{\s*{_MODIFIER}(?:\s*,\s*{_MODIFIER})*\s*\}})?(?:\s+!(?:\s.*)?)?$")
"""What is behind a value and not of it: modifiers in braces, and a comment."""
_IDSPACE = re.compile(r"(\S+)\s+(\S+)")
_ESCAPE = re.compile(r"\\(.)")
_EQUIVALENT = "MONDO:equivalentTo"
_SCOPES = {"EXACT": NameStatus.EXACT, "NARROW": NameStatus.RELATED, "RELATED": NameStatus.RELATED}
_SEEN_TAGS = frozenset({"id", "name", "synonym", "xref", "is_a", "alt_id", "property_value"})
_QUOTING_TAGS = frozenset({"def", "synonym"})
_ABBREVIATION_TYPES = frozenset({"abbreviation", "ABBREVIATION", "acronym"})
_EXACT_MATCH = re.compile(r'skos:exactMatch\s+"?([^\s"{]+)')
_OBO = "http://purl.obolibrary.org/obo/"


def read_obo(path: Path) -> RawSource:
    """Return the live terms of an OBO file; terms without a name, which nobody can look for, are left out.

    Raises:
        LexiconError: not OBO, not UTF-8, or cut off.
    """
    source = RawSource([])
    ontology = last = ""
    nameless: list[str] = []
    for header, number, tags in _stanzas(path):
        last = ""
        if not header:
            ontology = _take_header(source, tags)
        elif header == "[Term]":
            term, is_obsolete = _term(tags)
            last = term.curie
            if not last:
                message = f"{path}, line {number}: the term before it has no id: the file is damaged or cut off"
                raise LexiconError(message)
            if term.label and not is_obsolete:
                source.terms.append(term)
            elif not is_obsolete:
                nameless.append(last)
    if nameless == [last]:
        message = f"{path}: the last term, {last}, has no name: the file seems to be cut off"
        raise LexiconError(message)
    source.iri_prefixes = _declared(source, ontology) | source.iri_prefixes
    return source


def _stanzas(path: Path) -> Iterator[tuple[str, int, list[Tag]]]:
    """Yield each stanza: its header, which the file's own first lines lack, the number of the line behind it, its tags.

    Raises:
        LexiconError: a line is no OBO or half a line, or the last one has no end.
    """
    header = ""
    tags: list[Tag] = []
    line, number = "\n", 0
    for number, line in enumerate(text_lines(path), 1):
        if line.startswith("["):
            yield header, number, tags
            header, tags = _header(path, number, line.strip()), []
        elif (tag := _tag(path, number, line.strip())) is not None:
            tags.append(tag)
    refuse_no_end(path, line)
    yield header, number, tags


def _header(path: Path, number: int, line: str) -> str:
    if not _STANZA.fullmatch(line):
        message = f"{path}, line {number}: {line[:60]!r} is half a stanza's header: the file is damaged or cut off"
        raise LexiconError(message)
    return line[: line.index("]") + 1]


def _tag(path: Path, number: int, line: str) -> Tag | None:
    tag, colon, value = line.partition(":")
    value = value.strip()
    if not colon:
        if line and not line.startswith("!"):
            message = f"{path}, line {number}: {line[:60]!r} is not OBO; the file is damaged or cut off"
            raise LexiconError(message)
        return None
    is_half = (tag == "is_a" and value.endswith(":")) or (tag in _QUOTING_TAGS and not _WHOLE_TEXT.match(value))
    if is_half:
        message = f"{path}, line {number}: {line[:60]!r} breaks off: the file is damaged or cut off"
        raise LexiconError(message)
    return tag, value


def _take_header(source: RawSource, tags: list[Tag]) -> str:
    """Take in the version and the ID spaces; return the ontology's short name."""
    ontology = ""
    for tag, value in tags:
        if tag == "data-version":
            source.version = value
        elif tag == "ontology":
            ontology = value.removeprefix(_OBO).partition("/")[0].removesuffix(".owl")
        elif tag == "idspace" and (match := _IDSPACE.match(value)):
            source.iri_prefixes[match[1]] = match[2]
    return ontology


def _declared(source: RawSource, ontology: str) -> dict[str, str]:
    """Return what the prefix that an ontology is named after stands for: that is an address of the OBO Foundry's."""
    prefixes = {term.curie.partition(":")[0] for term in source.terms}
    return {prefix: f"{_OBO}{prefix}_" for prefix in prefixes if prefix.lower() == ontology.lower()}


def _term(tags: list[Tag]) -> tuple[RawTerm, bool]:
    """Return the term, and whether it is obsolete."""
    term = RawTerm("")
    is_obsolete = False
    for tag, value in tags:
        if tag == "is_obsolete":
            is_obsolete = is_obsolete or value.startswith("true")
        elif tag in _SEEN_TAGS and value:
            _take(term, tag, value)
    return term, is_obsolete


def _take(term: RawTerm, tag: str, value: str) -> None:
    first, _, _ = value.split(maxsplit=1)[0].partition("{")
    if tag == "id":
        term.curie = first
    elif tag == "name":
        term.label = _ESCAPE.sub(r"\1", _TRAILING.sub("", value))
    elif tag == "synonym":
        _take_synonym(term, value)
    elif tag == "is_a":
        term.parents.append(first)
    elif tag == "alt_id":
        term.former.append(first)
    elif tag == "xref":
        (term.xrefs if _EQUIVALENT in value else term.loose).append(first)
    elif tag == "property_value" and (match := _EXACT_MATCH.match(value)):
        term.xrefs.append(match[1])


def _take_synonym(term: RawTerm, value: str) -> None:
    match = _SYNONYM.match(value)
    if match is None or match[2] == "BROAD":
        return
    text = _ESCAPE.sub(r"\1", match[1][1:-1])
    status = _SCOPES.get(match[2] or "RELATED", NameStatus.RELATED)
    is_abbreviation = match[3] in _ABBREVIATION_TYPES
    term.names.append(Name(text, NameStatus.ABBREVIATION if is_abbreviation else status_of(text, status)))
