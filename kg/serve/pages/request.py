"""A request for a page as a worker sees it, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.serve.pages.reader import Reader

HTML = "text/html; charset=utf-8"


class PageFault(Exception):  # noqa: N818 - becomes an answer
    """There is no such page, or its address is wrong."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True, slots=True)
class PageRequest:
    """What a page is made from.

    ``rest`` is what follows the route in the path, decoded; ``form`` is html or the short name of an RDF format.
    """

    reader: Reader
    rest: str
    fields: dict[str, str]
    form: str
    job: dict[str, Any]

    @property
    def prefix(self) -> str:
        """The path under which a reverse proxy shows the server."""
        return str(self.job["prefix"])

    @property
    def show_text(self) -> bool:
        """Whole texts may be shown."""
        return bool(self.job["show_text"])


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page: its bytes, and what the front must know of it; ``keep`` lets it be cached."""

    body: bytes
    status: int = 200
    media_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    keep: bool = field(default=True)
