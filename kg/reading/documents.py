"""From drafts to documents: what all formats share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import ReadingError
from kg.model import Document, Section, SectionKind
from kg.reading.header import Header, read_header
from kg.reading.identity import (
    document_id,
    document_iri,
    sha256_of,
    sort_identifiers,
    strongest_identifier,
    to_identifier,
)
from kg.reading.language import detect_language

if TYPE_CHECKING:
    from kg.model import Curie
    from kg.reading.draft import Draft
    from kg.reading.options import ReadingOptions


def to_document(draft: Draft, options: ReadingOptions) -> Document:
    """Return the document of a draft: what the source says holds, then what its text says, then the options.

    Raises:
        ReadingError: the text is empty or cannot be stored.
    """
    _check(draft)
    header = read_header(draft.text) if draft.has_header else Header()
    return Document(
        iri=document_iri(strongest_identifier(draft)),
        id=document_id(draft),
        text=draft.text,
        sha256=sha256_of(draft.text),
        path=draft.path,
        title=draft.title or header.title or options.title,
        published=draft.published or header.published or options.published,
        publisher=draft.publisher or header.publisher or options.publisher,
        url=draft.url,
        media_type=draft.media_type,
        language=(options.language or draft.language or detect_language(draft.text)).lower(),
        identifiers=_identifiers(draft),
        sections=_sections(draft, header),
    )


def _identifiers(draft: Draft) -> tuple[Curie, ...]:
    """Return what the format told, and what the given id and the address are known as."""
    named = [to_identifier(name) for name in (draft.given_id, draft.url) if name]
    return sort_identifiers([*draft.identifiers, *(curie for curie in named if curie is not None)])


def _check(draft: Draft) -> None:
    if not draft.text.strip():
        message = "holds no text"
        raise ReadingError(message)
    told = {"id": draft.given_id, "title": draft.title, "publisher": draft.publisher, "url": draft.url}
    for name, value in {"text": draft.text, **told}.items():
        if value and "\0" in value:
            message = f"its {name} holds a NUL character: kg reads text"
            raise ReadingError(message)
        try:
            (value or "").encode()
        except UnicodeEncodeError as error:
            message = f"its {name} holds half a character (a lone surrogate) at {error.start}: write it as UTF-8"
            raise ReadingError(message) from error


def _sections(draft: Draft, header: Header) -> tuple[Section, ...]:
    """Return the format's own sections and the title's, where the text has it."""
    if any(section.kind is SectionKind.TITLE for section in draft.sections):
        return draft.sections
    span = _find_title(draft) if draft.title else header.title_span
    if span is None:
        return draft.sections
    return (Section(*span, SectionKind.TITLE, draft.text[slice(*span)]), *draft.sections)


def _find_title(draft: Draft) -> tuple[int, int] | None:
    """Return where the given title opens the text, if it does."""
    start = len(draft.text) - len(draft.text.lstrip())
    title = (draft.title or "").strip()
    return (start, start + len(title)) if draft.text.startswith(title, start) else None
