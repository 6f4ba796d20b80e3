"""From the lines of printed pages to running text: page headings and numbers gone, words and paragraphs mended."""

from __future__ import annotations

import re
from collections import Counter
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LIGATURES = str.maketrans(
    {
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "\u00a0": " ",
        "\0": "",
        "\ufffe": "-",
    }
)
_PAGE_NUMBER = re.compile(
    r"(?:page\s{0,3})?[-–—|\s]{0,4}\d{1,4}(?:\s{0,3}(?:of|/)\s{0,3}\d{1,4})?[-–—|\s]{0,4}", re.IGNORECASE
)
_EDGE_LINES = 2
_REPEATED_ON = 3
_SHORT = 0.8
_LONGEST_WORD = 60
_BULLET = re.compile(r"(?:[•▪◦·‣○*]|[-–—]\s|\(?[a-z\d]{1,2}[.)]\s)")
_ENDS = re.compile(r"[.!?:][)\]\"”’'*\d]{0,4}$")
_HYPHEN = re.compile(r"(?P<head>[^\W\d_]+)[-\u00ad\u2010]$")
_TAIL = re.compile(r"[^\W\d_]+")
_KEEP_AFTER_TEXT = """
non anti self well high low long short open double single placebo first second third late early mid phase dose
follow co ex cross pre post inter intra multi half full evidence life time patient state age vs meta α β γ
alpha beta gamma
"""
_KEEP_AFTER = frozenset(_KEEP_AFTER_TEXT.split())
_KEEP_BEFORE_TEXT = """
label blind controlled dependent related induced based specific term line free mediated like associated
positive negative risk resistant naive treated up dose center centre arm week month year day old fold cell
acting release label stage
"""
_KEEP_BEFORE = frozenset(_KEEP_BEFORE_TEXT.split())


def join_pages(pages: Sequence[str]) -> str:
    """Return the text of the pages as paragraphs with a blank line between them."""
    lined = [[line.strip() for line in page.translate(_LIGATURES).splitlines()] for page in pages]
    lines = [line for page in _without_edges(lined) for line in page]
    known = Counter(word.lower() for line in lines for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line))
    paragraphs = _paragraphs(lines)
    return "\n\n".join(_join_lines(paragraph, known) for paragraph in paragraphs)


def _without_edges(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Leave out page numbers, and lines that stand at the edge of at least three and at least half of the pages."""
    filled = [list(page) for page in pages if any(page)]
    edges = Counter(key for page in filled for key in {_key(line) for line in _edge(page)})
    repeated = {key for key, count in edges.items() if count >= max(_REPEATED_ON, len(filled) / 2)}
    return [_trim(page, repeated) for page in filled]


def _edge(page: Sequence[str]) -> list[str]:
    """Return the first and the last lines of a page, at most a third of it at each end."""
    lines = [line for line in page if line]
    count = min(_EDGE_LINES, len(lines) // 3)
    return lines[:count] + lines[len(lines) - count :]


def _key(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _trim(page: list[str], repeated: set[str]) -> list[str]:
    at_edge = set(_edge(page))
    return [line for line in page if not (line in at_edge and (_key(line) in repeated or _PAGE_NUMBER.fullmatch(line)))]


def _paragraphs(lines: Sequence[str]) -> list[list[str]]:
    """Group the lines: a paragraph ends at a blank line, or with a short line that ends a sentence or is a heading."""
    width = median([len(line) for line in lines if line] or [0])
    groups: list[list[str]] = [[]]
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if not line:
            groups.append([])
            continue
        if groups[-1] and _begins_paragraph(line, groups[-1][-1], width):
            groups.append([])
        groups[-1].append(line)
        if _ends_paragraph(line, following, width):
            groups.append([])
    return [group for group in groups if group]


def _begins_paragraph(line: str, previous: str, width: float) -> bool:
    """Whether a line opens a paragraph by itself: an item of a list, or a heading after the end of a sentence."""
    if _BULLET.match(line):
        return _HYPHEN.search(previous) is None
    is_heading = len(line) < width / 2 and line[0].isupper() and not line.endswith((".", ",", ";", "-", ")"))
    return is_heading and _ENDS.search(previous) is not None


def _ends_paragraph(line: str, following: str, width: float) -> bool:
    if not following or len(line) >= _SHORT * width:
        return False
    opens_anew = following[0].isupper() or following[0].isdigit() or _BULLET.match(following) is not None
    return opens_anew and (
        _ENDS.search(line) is not None or (not line.endswith((",", ";", "-")) and len(line) < width / 1.6)
    )


def _join_lines(lines: Sequence[str], known: Counter[str]) -> str:
    parts = [lines[0]]
    for line in lines[1:]:
        parts[-1], joint = _joint(parts[-1], line, known)
        parts += [joint, line]
    return re.sub(r" {2,}", " ", "".join(parts).replace("\u00ad", ""))


def _joint(last: str, line: str, known: Counter[str]) -> tuple[str, str]:
    """Return the end of what stands before a line, without a hyphen that only broke the word, and what joins them."""
    head, tail = _HYPHEN.search(last[-_LONGEST_WORD:]), _TAIL.match(line)
    if head and tail and tail.group()[0].islower():
        return last[:-1], _hyphen(head["head"], tail.group(), known)
    if last.endswith(("-", "/", "\u00ad", "–")) and not last.endswith((" -", " –")) and line[0].isalnum():
        return last, ""
    return last, " "


def _hyphen(head: str, tail: str, known: Counter[str]) -> str:
    """Return the hyphen if it belongs to the word: as the text writes it elsewhere, else as such words are written.

    >>> _hyphen("leuk", "emia", Counter()), _hyphen("placebo", "controlled", Counter())
    ('', '-')
    """
    first, second = head.lower(), tail.lower()
    joined, hyphened = known[first + second], known[f"{first}-{second}"]
    if joined != hyphened:
        return "-" if hyphened > joined else ""
    return "-" if first in _KEEP_AFTER or second in _KEEP_BEFORE else ""
