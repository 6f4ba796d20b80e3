"""Articles of PubMed Central (JATS): title, abstract, sections with their headings, captions; references left out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kg.errors import ReadingError
from kg.model import MediaType, SectionKind
from kg.reading.draft import Draft
from kg.reading.identity import sort_identifiers, to_identifier
from kg.reading.text_builder import TextBuilder, squeeze
from kg.reading.xml_text import find_first, iter_path, local_name, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element

    from kg.model import Curie

_PREFIXES = {"pmid": "PMID:", "pmc": "PMC", "pmcid": "PMC", "doi": "doi:"}
_CAPTIONED = frozenset({"table-wrap", "fig", "table-wrap-group", "fig-group"})
_BLOCKS = _CAPTIONED | frozenset({"list", "disp-quote", "boxed-text", "def-list", "disp-formula", "disp-formula-group"})
_PASSED_OVER_TEXT = """
title label ref-list table-wrap-foot alternatives object-id graphic media supplementary-material disp-formula
fn-group disp-formula-group sec-meta attrib permissions fn
"""
_PASSED_OVER = frozenset(_PASSED_OVER_TEXT.split())
_NOT_PROSE = ("graphical", "toc", "teaser", "web-summary")
_DEEPEST = 40


def read_article(record: _Element, source: str, path: str | None) -> Draft:
    """Return the draft of one article.

    Raises:
        ReadingError: it has no text.
    """
    meta = find_first(record, "front/article-meta")
    builder = TextBuilder()
    title = _title(meta)
    builder.add(title, SectionKind.TITLE)
    if meta is not None:
        _add_abstracts(builder, meta)
    body = find_first(record, "body")
    if body is not None:
        _add_blocks(builder, body, 0)
    if not builder.text:
        message = "has no title, abstract or body"
        raise ReadingError(message)
    identifiers = _identifiers(meta)
    language = record.get("{http://www.w3.org/XML/1998/namespace}lang", "")[:2].lower()
    return Draft(
        source=f"{source.rpartition(':')[0]}:{identifiers[0]}" if identifiers else source,
        text=builder.text,
        media_type=MediaType.XML,
        path=path,
        title=title or None,
        published=_published(meta),
        publisher=_journal(record),
        language=language if len(language) == 2 and language.isalpha() else None,
        identifiers=identifiers,
        sections=builder.sections,
        has_header=False,
    )


def _title(meta: _Element | None) -> str:
    if meta is None:
        return ""
    title = squeeze(text_of(find_first(meta, "title-group/article-title"), frozenset({"xref", "fn"})))
    subtitle = squeeze(text_of(find_first(meta, "title-group/subtitle"), frozenset({"xref", "fn"})))
    return f"{title}: {subtitle}" if title and subtitle else title or subtitle


def _add_abstracts(builder: TextBuilder, meta: _Element) -> None:
    for abstract in iter_path(meta, "abstract"):
        if abstract.get("abstract-type") in _NOT_PROSE:
            continue
        start = builder.open()
        _add_blocks(builder, abstract, 1)
        builder.close(start, SectionKind.ABSTRACT, squeeze(text_of(find_first(abstract, "title"))) or "Abstract")


def _add_blocks(builder: TextBuilder, parent: _Element, depth: int) -> None:
    """Append what stands below an element: paragraphs, sections with their headings, lists, captions."""
    if depth > _DEEPEST:
        message = f"nests its sections more than {_DEEPEST} deep"
        raise ReadingError(message)
    for element in parent:
        name = local_name(element)
        if name == "sec":
            _add_section(builder, element, depth)
        elif name == "p":
            _add_paragraph(builder, element, depth)
        elif name in _CAPTIONED:
            _add_captions(builder, element)
        elif name and name not in _PASSED_OVER:
            _add_other(builder, element, depth)


def _add_section(builder: TextBuilder, element: _Element, depth: int) -> None:
    start = builder.open()
    title = squeeze(text_of(find_first(element, "title")))
    builder.add(title, SectionKind.HEADING)
    _add_blocks(builder, element, depth + 1)
    if depth == 0:
        builder.close(start, SectionKind.BODY, title or None)


def _add_paragraph(builder: TextBuilder, element: _Element, depth: int) -> None:
    """Append a paragraph, then the lists and tables that stand inside it."""
    builder.add(text_of(element, _BLOCKS))
    for child in element:
        name = local_name(child)
        if name in _CAPTIONED:
            _add_captions(builder, child)
        elif name in _BLOCKS and name not in _PASSED_OVER:
            _add_blocks(builder, child, depth + 1)


def _add_captions(builder: TextBuilder, element: _Element) -> None:
    """Append label and caption of a table or figure; its cells are numbers without sentences and are left out."""
    caption = find_first(element, "caption")
    if caption is not None:
        label = squeeze(text_of(find_first(element, "label")))
        words = squeeze(text_of(caption))
        builder.add(f"{label.rstrip('.')}. {words}" if label and words else words)
    for child in element:
        if local_name(child) in _CAPTIONED:
            _add_captions(builder, child)


def _add_other(builder: TextBuilder, element: _Element, depth: int) -> None:
    """Append a list, a quotation or a box: by its paragraphs where it has any, else as it is."""
    if any(local_name(inner) in ("p", "sec") for inner in element.iter()):
        _add_blocks(builder, element, depth + 1)
    else:
        builder.add(text_of(element))


def _identifiers(meta: _Element | None) -> tuple[Curie, ...]:
    names: list[str] = []
    for element in () if meta is None else iter_path(meta, "article-id"):
        kind, value = element.get("pub-id-type", ""), text_of(element).strip()
        if kind in _PREFIXES:
            names.append(_PREFIXES[kind] + value.removeprefix(_PREFIXES[kind]))
    return sort_identifiers([curie for curie in map(to_identifier, names) if curie is not None])


def _journal(record: _Element) -> str | None:
    for path in ("front/journal-meta/journal-title-group/journal-title", "front/journal-meta/journal-title"):
        name = squeeze(text_of(find_first(record, path)))
        if name:
            return name
    return None


def _published(meta: _Element | None) -> dt.date | None:
    """Return the earliest whole day of publication; else the earliest month or year, by its first day."""
    whole: list[dt.date] = []
    partial: list[dt.date] = []
    for element in () if meta is None else iter_path(meta, "pub-date"):
        fields = {local_name(child): (child.text or "").strip() for child in element}
        try:
            day = dt.date(int(fields.get("year", "")), int(fields.get("month") or 1), int(fields.get("day") or 1))
        except (ValueError, OverflowError):
            continue
        (whole if fields.get("day") else partial).append(day)
    return min(whole or partial, default=None)
