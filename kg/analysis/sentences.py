"""Sentence boundaries inside a block, by rule: abbreviations, initials, footnote digits, lost spaces, inline bullets.

scispaCy's own segmenter (pysbd) cuts at hard line wraps and after "Co." and "Inc."; this one does not, and is faster.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOSERS = r"['\"”’)\]*]*"
_FOOTNOTE = r"(?:\[?\d{1,2}(?:\s?[,–-]\s?\d{1,2})*\]?(?![.,%\d]))?"
_STOP = (
    rf"(?<![.!?][.!?])(?P<stop>[.!?]*){_CLOSERS}{_FOOTNOTE}{_CLOSERS}(?P<gap>\s+)(?=[\"“‘'(\[*]*[A-Z0-9•≥<Α-Ω])"
    r"|(?<=[a-z)%®™][.!?])(?P<lost>['\"”]?\d{0,2})(?=[A-Z][a-z]+\s)"
)
_MARK = (
    r"(?P<mark>(?<=\s)(?<![\s*]\s)\s*(?:\*+\s+)+(?=[^\s*])"
    r"|(?<=\s)(?<!\s\s)\s*(?:#{2,6}\s+|\*\*(?=About\s))|(?<=#)(?<!\s#)#{1,5}\s+|(?<=\*)(?<!\s\*)\*(?=About\s)"
    r"|(?<=\s)[•●▪]\s)"
    r"|(?P<bold>(?<=[\w)®™]\s)\*\*|(?<=[\w)®™]\*)\*)(?=\s?[A-Z])"
)
_BOUNDARY = re.compile(rf"[.!?\s#*](?:(?<=[.!?])(?:{_STOP})|(?:(?<=\s)(?=[\s*#•●▪])|(?<=[#*]))(?:{_MARK}))")
"""It begins with a set of characters, which the engine skips to; the groups lie behind the first character."""
_INLINE_HEADING = re.compile(r"\s*\*\*About\s")
_LAST_WORD = re.compile(r"[^\s(\[\"“‘'*/]*$")
_STARTERS_TEXT = """
The This These That Those We It He She They In On At As A An If When While However Furthermore Moreover For To
Our Its Their There Under After Before Both Based Although Additionally No Such Results Patients Treatment
With During Since By From Following Per Not You Your I Upon Further Also Other Many Most Some All More Among
Overall About
"""
_STARTERS = frozenset(_STARTERS_TEXT.split())
_TITLES_TEXT = """
Dr Mr Mrs Ms Prof Profs Drs Messrs St Fig Figs No Nos vs cf al Gen Sen Rep Gov Hon Rev Sr Jr approx ca est Sec
Eq Ref Refs Vol Ed Eds pp Tab Suppl viz i.e e.g E.g I.e v
"""
_TITLES = frozenset(_TITLES_TEXT.split())
"""Abbreviations that a name or number follows: never the end of a sentence."""
_SOMETIMES_TEXT = """
Inc Ltd Co Corp Cos Bros LLC L.L.C plc PLC S.A S.p.A N.V B.V A.G S.r.l U.S U.K E.U U.S.A D.C N.J N.Y M.D Ph.D
Pharm.D B.Sc M.Sc M.P.H M.B.A D.V.M Sc.D R.N a.m p.m A.M P.M Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
etc Mass Calif Conn Fla Pa Ill Ind Mich Minn Wash Md Va Ont Que Ga Tex Colo Ariz Wis Tenn Ky La Mo Ala Ore N.C
S.C Dept Univ Assoc Natl
"""
_SOMETIMES = frozenset(_SOMETIMES_TEXT.split())
"""Abbreviations that end a sentence when a word follows that begins sentences."""
_NEXT_WORD = re.compile(r"[\"“‘'(\[*]*(\w+)")
_ENUMERATOR = re.compile(r"\(?(?:\d{1,2}|[ivxIVX]+|[a-zA-Z])$")


def split_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences between start and end, without the white space around them."""
    begin = start
    for match in _BOUNDARY.finditer(text, start, end):
        cut = _cut(text, begin, match, end)
        if cut is None:
            continue
        yield from _trimmed(text, begin, cut)
        begin = cut
    yield from _trimmed(text, begin, end)


def _cut(text: str, begin: int, match: re.Match[str], end: int) -> int | None:
    """Return where the next sentence begins, or None when the match is no boundary."""
    if match["mark"] is not None:
        return match.start()
    if match["bold"] is not None:
        return match.end() if _INLINE_HEADING.match(text, begin) else None
    if match["lost"] is not None:
        return None if _in_address(text, match.start()) else match.end()
    if not text.startswith(".", match.start()) or match["stop"].strip("."):
        return match.end()
    word = _last_word(text, begin, match.start())
    following = _NEXT_WORD.match(text, match.end(), end)
    begins_anew = following is not None and following[1] in _STARTERS
    return (
        match.end()
        if _ends_sentence(word, begins_anew=begins_anew, first=text[begin : match.start()] == word)
        else None
    )


def _last_word(text: str, begin: int, end: int) -> str:
    match = _LAST_WORD.search(text[max(begin, end - 30) : end])
    return match[0] if match else ""


def _ends_sentence(word: str, *, begins_anew: bool, first: bool) -> bool:
    if first and _ENUMERATOR.match(word):
        return False
    if word in _TITLES:
        return False
    if word in _SOMETIMES or _is_initial(word) or f"{word}." in _scispacy_abbreviations():
        return begins_anew
    return True


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


@cache
def _scispacy_abbreviations() -> frozenset[str]:
    from scispacy.consts import ABBREVIATIONS  # type: ignore[import-untyped]

    return frozenset(ABBREVIATIONS)


def _in_address(text: str, position: int) -> bool:
    """Whether the full stop belongs to a web address."""
    word = _last_word(text, 0, position)
    return "www" in word or "@" in word or "//" in word


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    body = piece.strip()
    if body:
        begin = start + piece.index(body[0])
        yield begin, begin + len(body)
