"""Trial phases, regulatory applications and procedures: named by few fixed forms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import EntityType, Mention
from kg.recognition.words import by_first_letter, holds_any, lower_copy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Analysis

_NAME = "patterns"
_NUMBER = r"(?:I{1,3}|IV|[1-4]|i{1,3}|iv|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our)(?![a-zA-Z]{2})(?:[abc]|[ABC](?![\w]))?"
_PHASE = re.compile(rf"\b(?:[Pp]hases?|PHASE)[\s-]*{_NUMBER}(?:\s*[/–-]\s*(?:[Pp]hase\s*)?{_NUMBER})?(?![\w])")
_APPLICATION = re.compile(
    r"\b(?:(?:[Ss]upplemental|[Aa]bbreviated|[Cc]onditional|[Rr]olling)\s+)?(?:"
    r"[Mm]arketing\s+[Aa]uthori[sz]ation\s+[Aa]pplications?|[Nn]ew\s+[Dd]rug\s+[Aa]pplications?|"
    r"[Bb]iologics?\s+[Ll]icen[sc]e\s+[Aa]pplications?|[Ii]nvestigational\s+[Nn]ew\s+[Dd]rug\s+[Aa]pplications?|"
    r"[Cc]linical\s+[Tt]rial\s+[Aa]pplications?|[Pp]remarket\s+[Aa]pproval\s+[Aa]pplications?)\b"
    r"|\bINVESTIGATIONAL NEW DRUG APPLICATION\b|\bMARKETING AUTHORI[SZ]ATION APPLICATION\b|\bNEW DRUG APPLICATION\b"
    r"|(?<![\w-])(?:MAAs?|s?NDAs?|s?BLAs?|J-?NDA|ANDAs?|INDs?|CTAs?|PMA|JNDA)(?![\w-])"
)
_BEFORE_TEXT = """
induction consolidation maintenance adjuvant neoadjuvant systemic salvage high-dose combination conventional standard
"""
_HEADS_TEXT = r"""
chemotherap(?:y|ies) chemoradiotherapy chemoradiation radiotherapy radiation\s+therapy immunotherap(?:y|ies)
hemodialysis
ha?ematopoietic\s+stem[\s-]cell\s+transplant(?:ation|s)? stem[\s-]cell\s+transplant(?:ation|s)?
bone\s+marrow\s+transplant(?:ation|s)? phototherapy plasmapheresis
"""
_LED = rf"\s+(?:(?:{'|'.join(_BEFORE_TEXT.split())})\s+)*(?:{'|'.join(_HEADS_TEXT.split())})\b"
_PROCEDURE = re.compile(
    by_first_letter(
        [
            *(before + _LED for before in _BEFORE_TEXT.split()),
            *(rf"{head}\b" for head in _HEADS_TEXT.split()),
            r"induction\s+therapy\b",
            r"consolidation\s+therapy\b",
            r"remission\s+maintenance\s+therapy\b",
            r"maintenance\s+therapy\b",
        ]
    )
)
"""All in small letters."""
_PATTERNS = (
    (_PHASE, EntityType.PHASE, ("hase", "HASE")),
    (
        _APPLICATION,
        EntityType.APPLICATION,
        ("pplication", "APPLICATION", "MAA", "NDA", "BLA", "IND", "CTA", "PMA"),
    ),
    (
        _PROCEDURE,
        EntityType.PROCEDURE,
        ("therap", "chemoradi", "radiation", "dialysis", "transplant", "plasmapheresis"),
    ),
)
"""Each with what the text holds where the pattern matches."""


class RegulatoryPatternRecognizer:
    """Finds what has a fixed way to be written: phases, applications, procedures."""

    def recognize(self, analysis: Analysis) -> Sequence[Mention]:
        """Return the mentions in text order."""
        return tuple(sorted(_mentions(analysis.document.text), key=lambda mention: (mention.start, mention.end)))


def _mentions(text: str) -> Iterator[Mention]:
    for pattern, entity_type, marks in _PATTERNS:
        searched = lower_copy(text) if pattern is _PROCEDURE else text
        for match in pattern.finditer(searched) if holds_any(searched, marks) else ():
            start, end = match.span()
            yield Mention(start, end, text[start:end], entity_type, (_NAME,), 0.95)
