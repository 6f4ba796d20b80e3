"""What a user may say about the documents that are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import ConfigError

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """Settings of the readers.

    ``title``, ``published`` and ``publisher`` are for documents that do not say theirs. ``base`` is the folder that
    paths are told from; without it a file is named from the folder that was given, or by its bare name. ``max_bytes``
    bounds one document, unpacked: a whole text file, but one line of a .jsonl file and one article of an XML set, so
    that sets of any size are read. ``language`` (ISO 639-1) replaces detection; ``timeout`` of an address is in seconds
    """

    title: str | None = None
    published: dt.date | None = None
    publisher: str | None = None
    base: Path | None = None
    max_bytes: int = 64 * MEBIBYTE
    language: str | None = None
    timeout: float = 30.0

    def __post_init__(self) -> None:
        if self.max_bytes < 1:
            message = f"the size limit of a document must be at least 1 byte, not {self.max_bytes}"
            raise ConfigError(message)
        if self.language is not None and not (len(self.language) == 2 and self.language.isalpha()):
            message = f"language {self.language!r} is not an ISO 639-1 code: give two letters such as en or de"
            raise ConfigError(message)
