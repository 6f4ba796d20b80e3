"""The first lines of a text, where its header stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOP_CHARACTERS = 8000
_TOP_LINES = 120
_LONGEST_DETAIL = 150
_LINE = re.compile(r"[^\r\n]+")
_CONTACT_DETAIL = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.]+|https?://|\bwww\.|(?:\+|\b00)\d[\d\s()./-]{6,}\d|\(?\b\d{3}\)?[\s./-]{1,2}\d{3}[\s.-]\d{4}\b"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line with text in it, stripped; ``after_gap`` says that a blank line, or nothing, stands before it."""

    start: int
    end: int
    text: str
    after_gap: bool

    @property
    def is_contact_detail(self) -> bool:
        """Whether it is short and tells a telephone number, a mailbox or a web address."""
        return len(self.text) < _LONGEST_DETAIL and _CONTACT_DETAIL.search(self.text) is not None


def top_lines(text: str) -> list[Line]:
    """Return the lines at the top that are not blank; of a line that never ends, its beginning."""
    lines: list[Line] = []
    previous = 0
    for match in _LINE.finditer(text):
        if match.start() > _TOP_CHARACTERS or len(lines) == _TOP_LINES:
            break
        stripped = match.group().strip()
        if not stripped:
            continue
        stripped = stripped[:_TOP_CHARACTERS]
        start = match.start() + match.group().index(stripped)
        after_gap = not lines or len(re.findall(r"\r\n|\r|\n", text[previous : match.start()])) > 1
        lines.append(Line(start, start + len(stripped), stripped, after_gap))
        previous = match.end()
    return lines
