"""Citations of PubMed and MEDLINE: title, abstract with its labelled parts, identifiers, journal, day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kg.errors import ReadingError
from kg.model import MediaType, SectionKind
from kg.reading.dates import try_date
from kg.reading.draft import Draft
from kg.reading.identity import sort_identifiers, to_identifier
from kg.reading.text_builder import TextBuilder, squeeze
from kg.reading.xml_text import find_first, iter_path, local_name, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from kg.model import Curie

_PREFIXES = {"pubmed": "PMID:", "pmc": "", "doi": "doi:"}


def read_citation(record: _Element, source: str, path: str | None) -> Draft:
    """Return the draft of one PubmedArticle, PubmedBookArticle or MedlineCitation.

    Raises:
        ReadingError: it has neither title nor abstract.
    """
    citation = _citation(record)
    article = find_first(citation, "Article")
    article = citation if article is None else article
    builder = TextBuilder()
    title = _title(article)
    builder.add(title, SectionKind.TITLE)
    _add_abstract(builder, article)
    if not builder.text:
        message = "has neither title nor abstract"
        raise ReadingError(message)
    identifiers = _identifiers(record, citation, article)
    return Draft(
        source=f"{source.rpartition(':')[0]}:{identifiers[0]}" if identifiers else source,
        text=builder.text,
        media_type=MediaType.XML,
        path=path,
        title=title or None,
        published=_published(record, article),
        publisher=_journal(article),
        identifiers=identifiers,
        sections=builder.sections,
        has_header=False,
    )


def _citation(record: _Element) -> _Element:
    for name in ("MedlineCitation", "BookDocument"):
        inner = find_first(record, name)
        if inner is not None:
            return inner
    return record


def _title(article: _Element) -> str:
    for path in ("ArticleTitle", "VernacularTitle", "Book/BookTitle"):
        title = squeeze(text_of(find_first(article, path)))
        if title:
            return title
    return ""


def _add_abstract(builder: TextBuilder, article: _Element) -> None:
    """Append the parts of the abstract, each below its label."""
    start = builder.open()
    for part in iter_path(article, "Abstract/AbstractText"):
        text = squeeze(text_of(part))
        label = squeeze(part.get("Label") or "")
        if text and label and label.upper() != "UNLABELLED":
            builder.add(label, SectionKind.HEADING)
            builder.add(text, gap="\n")
        else:
            builder.add(text)
    builder.close(start, SectionKind.ABSTRACT, "Abstract")


def _identifiers(record: _Element, citation: _Element, article: _Element) -> tuple[Curie, ...]:
    """Return PMID, PMCID and DOI; those of the references are not the citation's own."""
    names = [f"PMID:{text_of(find_first(citation, 'PMID')).strip()}"]
    names += [
        text_of(e) for e in iter_path(article, "ELocationID") if e.get("EIdType") == "doi" and e.get("ValidYN") != "N"
    ]
    for path in ("PubmedData/ArticleIdList/ArticleId", "PubmedBookData/ArticleIdList/ArticleId"):
        for element in iter_path(record, path):
            kind = element.get("IdType", "")
            if kind in _PREFIXES:
                names.append(_PREFIXES[kind] + text_of(element).strip())
    return sort_identifiers([curie for curie in map(to_identifier, names) if curie is not None])


def _journal(article: _Element) -> str | None:
    for path in ("Journal/Title", "Journal/ISOAbbreviation", "Book/Publisher/PublisherName"):
        name = squeeze(text_of(find_first(article, path)))
        if name:
            return name
    return None


def _published(record: _Element, article: _Element) -> dt.date | None:
    """Return the first whole day among the article's, the issue's and PubMed's own; else the issue's month or year."""
    issue = find_first(article, "Journal/JournalIssue/PubDate")
    issue = find_first(article, "Book/PubDate") if issue is None else issue
    candidates = [*iter_path(article, "ArticleDate"), *([] if issue is None else [issue]), *_history(record)]
    days = [day for element in candidates if (day := _whole_day(element)) is not None]
    if days:
        return days[0]
    return None if issue is None else _issue_day(issue)


def _history(record: _Element) -> Iterator[_Element]:
    for element in iter_path(record, "PubmedData/History/PubMedPubDate"):
        if element.get("PubStatus") in ("pubmed", "entrez", "medline"):
            yield element


def _fields(element: _Element) -> dict[str, str]:
    return {local_name(child): (child.text or "").strip() for child in element}


def _whole_day(element: _Element) -> dt.date | None:
    fields = _fields(element)
    if not all(fields.get(name) for name in ("Year", "Month", "Day")):
        return None
    month = fields["Month"]
    if not month.isdecimal():
        return try_date(f"{fields['Day']} {month} {fields['Year']}")
    try:
        return dt.date(int(fields["Year"]), int(month), int(fields["Day"]))
    except (ValueError, OverflowError):
        return None


def _issue_day(issue: _Element) -> dt.date | None:
    """Return the first day of the issue's month or year, as in "2008 Nov-Dec" or a winter of 1998."""
    fields = _fields(issue)
    year = fields.get("Year") or fields.get("MedlineDate", "")[:4]
    month = fields.get("Month") or fields.get("MedlineDate", "")[5:8]
    if month.isdecimal():
        return try_date(f"{year}-{month:0>2}") or try_date(year)
    return try_date(f"{month} {year}") or try_date(year)
