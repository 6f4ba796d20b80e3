"""The top of a text: its headline, the day it was published and who published it, as far as the text says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.reading.dateline import Dateline, find_dateline
from kg.reading.headline import find_headline
from kg.reading.lines import top_lines
from kg.reading.publisher import find_publisher

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class Header:
    """What the top of a text says; None for what it does not say."""

    title: str | None = None
    title_span: tuple[int, int] | None = None
    published: dt.date | None = None
    publisher: str | None = None


def read_header(text: str) -> Header:
    r"""Return headline, date and publisher by the forms that press releases, news and abstracts share.

    >>> read_header("Acme Reports Trial\n\nBASEL (May 27, 2008) - Acme Pharma AG today announced results.").publisher
    'Acme Pharma AG'
    """
    lines = top_lines(text)
    dateline = find_dateline(text, lines)
    span = find_headline(text, lines, dateline)
    title = " ".join(text[slice(*span)].split()) if span else None
    return Header(title, span, dateline.published, _publisher(text, dateline, span))


def _publisher(text: str, dateline: Dateline, title_span: tuple[int, int] | None) -> str | None:
    """Look where the news begin: after the dateline, else after the headline; after both if the date is alone."""
    after_title = title_span[1] if title_span else 0
    if dateline.body_start is None:
        return find_publisher(text, after_title)
    return find_publisher(text, max(dateline.body_start, after_title) if dateline.is_alone else dateline.body_start)
