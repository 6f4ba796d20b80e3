"""HTML pages: the article without menus, notices and advertisements, by trafilatura."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from kg.errors import ReadingError
from kg.model import MediaType, SectionKind
from kg.reading.content import read_whole
from kg.reading.dates import try_date
from kg.reading.draft import Draft
from kg.reading.quiet import quiet
from kg.reading.text_builder import TextBuilder, squeeze
from kg.reading.xml_text import local_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from kg.reading.content import Content
    from kg.reading.options import ReadingOptions

_BLOCKS = frozenset({"p", "head", "item", "row", "quote", "code", "fw", "ab"})
_KINDS = {"head": SectionKind.HEADING, "row": SectionKind.TABLE}
_LONGEST_TITLE = 400


def read_html(content: Content, options: ReadingOptions) -> Iterator[Draft]:
    """Yield the one text of a page: headline, then paragraphs with a blank line between them; headings are sections.

    Raises:
        ReadingError: there is no article in the page.
    """
    everything = read_whole(content, options)
    page = _extract(everything, content)
    if page is None or page.body is None:
        message = "is HTML without an article that could be told from menus and notices"
        raise ReadingError(message)
    title = squeeze(page.title or "")[:_LONGEST_TITLE]
    builder = TextBuilder()
    blocks = _blocks(page.body)
    if title and not any(_same(title, text) for text, _ in blocks[:3]):
        builder.add(title, SectionKind.TITLE)
    for text, kind in blocks:
        builder.add(text, SectionKind.TITLE if title and _same(title, text) and not builder.text else kind)
    yield Draft(
        content.source.name,
        builder.text,
        MediaType.HTML,
        path=content.source.identity,
        url=content.source.url or page.url,
        title=title or None,
        published=try_date(page.date or ""),
        publisher=squeeze(page.sitename or "") or None,
        sections=builder.sections,
    )


def _extract(everything: bytes, content: Content) -> Any:
    """Return trafilatura's document, or None."""
    with quiet("trafilatura", "htmldate", "courlan", "justext"):
        return _extract_quietly(everything, content)


def _extract_quietly(everything: bytes, content: Content) -> Any:
    from trafilatura import bare_extraction

    page: str | bytes = everything
    if content.charset:
        page = everything.decode(content.charset, "replace")
    try:
        return bare_extraction(
            page,
            url=content.source.url,
            favor_recall=True,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:  # a damaged page may raise anything there, and must cost this page only
        message = f"is HTML that cannot be taken apart ({type(error).__name__}): save it as text"
        raise ReadingError(message) from error


def _blocks(body: _Element) -> list[tuple[str, SectionKind | None]]:
    """Return the paragraphs, list items, table rows and headings of the article in order."""
    found: list[tuple[str, SectionKind | None]] = []
    loose: list[str] = []

    def flush() -> None:
        text = squeeze(" ".join(loose))
        loose.clear()
        if text:
            found.append((text, None))

    def walk(element: _Element) -> None:
        for child in element:
            name = local_name(child)
            if name in _BLOCKS and not any(local_name(inner) in _BLOCKS for inner in child.iterdescendants()):
                flush()
                cells = [squeeze("".join(map(str, cell.itertext()))) for cell in child if local_name(cell) == "cell"]
                text = " | ".join(cells) if cells else "".join(map(str, child.itertext()))
                found.append((squeeze(text), _KINDS.get(name)))
            else:
                loose.append(child.text or "")
                walk(child)
            loose.append(child.tail or "")
        flush()

    loose.append(body.text or "")
    walk(body)
    return [(text, kind) for text, kind in found if text]


def _same(title: str, text: str) -> bool:
    """Whether a block is the title again, whatever the case and the name of the site after it."""
    first, second = (re.sub(r"\W+", " ", words).strip().lower() for words in (title, text))
    return first == second or (len(second) > 20 and first.startswith(second))
