"""Plain text and Markdown: the text is the file's content, unchanged."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from kg.model import MediaType, Section, SectionKind
from kg.reading.content import decode, read_whole
from kg.reading.dates import try_date
from kg.reading.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.reading.content import Content
    from kg.reading.options import ReadingOptions

_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<fields>.*?)(?:\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_FIELD = re.compile(r"^(?P<key>\w[\w-]*)[ \t]*:[ \t]*(?P<value>[^\r\n]*)", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}(?P<marks>#{1,6})[ \t](?P<title>[^\r\n]*)", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(```|~~~).*?^ {0,3}\1", re.MULTILINE | re.DOTALL)


def read_text(content: Content, options: ReadingOptions) -> Iterator[Draft]:
    """Yield the one text of a plain text file, decoded and otherwise as it is, to the last character."""
    text = decode(read_whole(content, options), content.charset)
    yield Draft(content.source.name, text, MediaType.TEXT, path=content.source.identity, url=content.source.url)


def read_markdown(content: Content, options: ReadingOptions) -> Iterator[Draft]:
    """Yield the one text of a Markdown file as it is; headings become sections, front matter tells title and date."""
    text = decode(read_whole(content, options), content.charset)
    fields, body_start = _front_matter(text)
    sections = _headings(text, body_start)
    heading = next((section for section in sections if section.kind is SectionKind.TITLE), None)
    yield Draft(
        content.source.name,
        text,
        MediaType.MARKDOWN,
        path=content.source.identity,
        url=content.source.url or fields.get("url"),
        title=fields.get("title") or (heading.title if heading else None),
        published=try_date(fields.get("date") or fields.get("published") or ""),
        publisher=fields.get("publisher"),
        sections=tuple(sections),
    )


def _front_matter(text: str) -> tuple[dict[str, str], int]:
    """Return the "key: value" lines between two lines of three hyphens at the very top, and where they end."""
    block = _FRONT_MATTER.match(text)
    if block is None:
        return {}, 0
    found = _FIELD.finditer(block["fields"])
    return {match["key"].lower(): match["value"].strip(" \t\"'") for match in found}, block.end()


def _headings(text: str, start: int) -> list[Section]:
    """Return the headings outside fenced code; the first of the top level is the title."""
    code = [place for match in _FENCE.finditer(text) for place in match.span()]
    sections: list[Section] = []
    for match in _HEADING.finditer(text, start):
        shown = match["title"].lstrip(" \t")
        start = match.end() - len(shown)
        title = shown.rstrip(" \t").rstrip("#").rstrip(" \t")
        if not title or bisect_right(code, match.start()) % 2:
            continue
        is_title = match["marks"] == "#" and all(section.kind is not SectionKind.TITLE for section in sections)
        kind = SectionKind.TITLE if is_title else SectionKind.HEADING
        sections.append(Section(start, start + len(title), kind, title))
    return sections
