"""Builds the text of a document from its parts and remembers where each part stands."""

from __future__ import annotations

import re

from kg.model import Section, SectionKind

_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0\u2002-\u200a\u202f\u205f\u3000]+")


class TextBuilder:
    """Joins parts with a blank line between them; each part may be a section, and sections may hold several parts."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._sections: list[Section] = []

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections so far, in text order, the longer one first."""
        return tuple(sorted(self._sections, key=lambda section: (section.start, -section.end, section.kind)))

    def add(self, part: str, kind: SectionKind | None = None, gap: str = "\n\n") -> bool:
        """Append a part with its white space made single; say whether there was anything to append."""
        part = squeeze(part)
        if not part:
            return False
        if self._parts:
            self._append(gap)
        start = self._length
        self._append(part)
        if kind is not None:
            title = part if kind in (SectionKind.TITLE, SectionKind.HEADING) else None
            self._sections.append(Section(start, self._length, kind, title))
        return True

    def close(self, start: int, kind: SectionKind, title: str | None = None) -> None:
        """Make a section of everything appended since ``start``, a value that ``open`` gave."""
        text = self.text
        start += len(text[start:]) - len(text[start:].lstrip())
        if start < self._length:
            self._sections.append(Section(start, self._length, kind, title))

    def open(self) -> int:
        """Return where a section that begins now will start."""
        return self._length

    def _append(self, part: str) -> None:
        self._parts.append(part)
        self._length += len(part)


def squeeze(text: str) -> str:
    r"""Return the text with every run of white space as one space, and none at its ends.

    >>> squeeze("  a\n b ")
    'a b'
    """
    return _SPACE.sub(" ", text).strip()
