"""The headline of a text: the first line at its top that is neither a contact, a label nor the text itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.reading.dateline import Dateline
    from kg.reading.lines import Line

_LONGEST = 400
_FULL_LINE = 45
_LABEL = re.compile(
    r"[>#*\s]*(?:(?:for\s+)?immediate\s+release|(?:press|news|media|company|ad[- ]hoc)\s+(?:release|announcement|"
    r"statement|information)|regulated information|strictly confidential|embargo\w*|pressemitteilung|medienmitteilung|"
    r"communiqué de presse|abstract|summary|original (?:article|research)|source)\b.{0,60}",
    re.IGNORECASE,
)
_CONTACTS = re.compile(
    r"(?:(?:for (?:further|more) information|please)\b.*|(?:[\w&/, ]{0,40}\s)?contacts?(?:\s*\(?s\)?)?|"
    r"(?:media|investors?|press)(?: (?:relations|and|&|enquiries|inquiries)\b.*)?):?",
    re.IGNORECASE,
)
_BULLET = re.compile(r"(?:[-–—•*·▪◦]|--|\d+[.)])\s")
_MARKS = re.compile(r"[>#*_\s]+")


def find_headline(text: str, lines: Sequence[Line], dateline: Dateline) -> tuple[int, int] | None:
    """Return the span of the headline, which may run over several lines, or None when the text begins without one."""
    if not lines:
        return None
    if dateline.start is None:
        return _opening_line(text, lines)
    outside = _without_contacts([line for line in lines if line.start < dateline.start])
    for index, line in enumerate(outside):
        if _may_be_headline(line):
            return _strip_marks(text, line.start, _last_line(outside, index).end)
    if dateline.is_alone:
        return _opening_line(text, [line for line in lines if line.start > dateline.start])
    return None


def _may_be_headline(line: Line) -> bool:
    words = re.findall(r"[^\W\d_]{2,}", line.text)
    return not (
        len(words) < 3
        or len(line.text) > _LONGEST
        or line.is_contact_detail
        or line.text.endswith((":", ","))
        or _LABEL.fullmatch(line.text)
        or _BULLET.match(line.text)
    )


def _without_contacts(above: Sequence[Line]) -> list[Line]:
    """Leave out the block of contacts: from its heading to the last line that tells a number or a mailbox."""
    first = next((index for index, line in enumerate(above) if _CONTACTS.fullmatch(line.text)), None)
    if first is None:
        return [line for line in above if not line.is_contact_detail]
    last = max((index for index, line in enumerate(above) if line.is_contact_detail), default=first)
    return [line for index, line in enumerate(above) if not first <= index <= last]


def _last_line(lines: Sequence[Line], first: int) -> Line:
    """Return the line with which the headline that begins at ``first`` ends: full lines run on, in the same letters."""
    last = lines[first]
    for line in lines[first + 1 :]:
        runs_on = line.text[0].islower() or (
            len(last.text) >= _FULL_LINE and last.text.isupper() == line.text.isupper()
        )
        if line.after_gap or not runs_on or not _continues(last, line):
            break
        last = line
    return last


def _continues(last: Line, line: Line) -> bool:
    ends = last.text.endswith((".", "!", "?")) or _BULLET.match(line.text) or _LABEL.fullmatch(line.text)
    return not ends and line.end - last.start <= _LONGEST


def _opening_line(text: str, lines: Sequence[Line]) -> tuple[int, int] | None:
    """Return the first line if it stands apart from the longer text below it."""
    outside = _without_contacts(lines[:40])
    index = next((index for index, line in enumerate(outside) if not _LABEL.fullmatch(line.text)), None)
    if index is None:
        return None
    first = outside[index]
    last = _last_line(outside, index)
    below = next((line for line in outside[index + 1 :] if line.start > last.end), None)
    if below is None or len(first.text) > _LONGEST or first.text.endswith(":") or _BULLET.match(first.text):
        return None
    apart = below.after_gap or len(below.text) > len(last.text) * 1.5
    sentence = first.text.endswith((".", ",", ";"))
    rest = len(text) - last.end
    if not apart or rest < (last.end - first.start) * (2 if sentence else 1):
        return None
    return _strip_marks(text, first.start, last.end)


def _strip_marks(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Leave the marks of Markdown out of the headline."""
    opening = _MARKS.match(text, start, end)
    start = opening.end() if opening else start
    end = start + len(text[start:end].rstrip("*_# "))
    return (start, end) if end > start else None
