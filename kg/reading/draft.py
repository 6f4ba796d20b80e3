"""What a reader knows of one text before it is a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from kg.model import Curie, MediaType, Section


@dataclass(frozen=True, slots=True)
class Draft:
    """One text as a reader found it; ``source`` names it in messages.

    ``path`` is the path that identifies it (with a line number for a line of a .jsonl file), ``given_id`` the name that
    the source itself gives it, ``identifiers`` CURIEs, the strongest first. ``has_header`` says that title, date and
    publisher may be looked for at the top of the text.
    """

    source: str
    text: str
    media_type: MediaType
    path: str | None = None
    url: str | None = None
    given_id: str | None = None
    title: str | None = None
    published: dt.date | None = None
    publisher: str | None = None
    language: str | None = None
    identifiers: tuple[Curie, ...] = ()
    sections: tuple[Section, ...] = ()
    has_header: bool = True
