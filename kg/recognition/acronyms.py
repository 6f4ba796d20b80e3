"""Undefined acronyms from the dictionary: kept only where some place in the document shows what they are.

"CC", "TAM" or "CRL" are aliases of genes and diseases, but mostly mean something else. One place with a telling
neighbour ("MET inhibitor", "patients with AML") vouches for the acronym in the whole document.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.model import EntityType, Mention
from kg.recognition.words import load_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.model import Analysis

_ACRONYM = re.compile(r"[A-Z]{2,4}s?")
_WINDOW = 40
_GENE_AFTER = re.compile(
    r"[\s-]*(?:\w+[\s-])?(?:genes?|proteins?|receptors?|inhibit\w*|express\w*|mutat\w*|mutants?|kinases?|levels?"
    r"|positive|negative|"
    r"antibod\w+|agonists?|antagonists?|pathways?|signal\w+|target\w*|variants?|amplif\w+|fusions?|rearrang\w+"
    r"|degraders?|blockade|"
    r"activat\w+|mRNA|ligands?|deficien\w+|knock\w+|null|activity|alterations?|promoter|allele|polymorphism\w*|\+)"
)
_GENE_BEFORE = re.compile(
    r"(?:anti-?|expression\s+of|genes?|proteins?|receptors?|mutations?\s+(?:in|of)|levels?\s+of|target(?:s|ing|ed)?|"
    r"inhibit(?:s|ing|ors?|ion)?(?:\s+of)?|encod\w+|binds?(?:\s+to)?|kinases?|cytokines?|activat\w+(?:\s+of)?|human"
    r"|dual)[\s(,]*$",
    re.IGNORECASE,
)
_DISEASE_AFTER = re.compile(
    r"[\s-]*(?:patients?|symptoms?|diagnos\w+|cases|populations?|progression|treatments?|therap(?:y|ies)|flares?"
    r"|attacks?|experts?|"
    r"community|(?:is|are)\s+an?\s+(?:\w+\s+){0,3}(?:disease|disorder|condition|cancer|form|type)"
    r"|is\s+the\s+most\s+common|"
    r"in\s+(?:adults|children|patients|the\s+U))"
)
_DISEASE_BEFORE = re.compile(
    r"(?:(?:patients|people|adults|children|individuals|those|subjects|women|men|participants|living|persons"
    r"|diagnosed|adolescents)"
    r"\s+(?:\w+\s+)?with|treat(?:ment|ing|s)?(?:\s+(?:of|for))?|suffer\w*\s+from|history\s+of|prevent(?:ion"
    r"|ing)?(?:\s+of)?|risk\s+of|"
    r"relapsed|refractory|metastatic|advanced|severe|moderate|indications?\s+(?:in|for|of)|cases\s+of|forms?\s+of"
    r"|therap(?:y|ies)\s+for|"
    r"about|cure)\s+(?:[\w/-]+\s+)?(?:\()?$",
    re.IGNORECASE,
)
_DRUG_AFTER = re.compile(
    r"[\s-]*(?:treat\w+|therap\w+|mg|doses?|dosing|administ\w+|monotherapy|plus|induced|infusions?|tablets?)"
)
_DRUG_BEFORE = re.compile(
    r"(?:treated\s+with|receiv\w+|plus|doses?\s+of|administ\w+\s+of|treatment\s+with|combin\w+\s+with|approved"
    r"|effects?\s+of|"
    r"resistan\w+\s+to|response\s+to)\s+(?:[\w’'.&]+\s+){0,3}$",
    re.IGNORECASE,
)
_CONTEXTS = {
    EntityType.GENE_PROTEIN: (_GENE_BEFORE, _GENE_AFTER),
    EntityType.DISEASE: (_DISEASE_BEFORE, _DISEASE_AFTER),
    EntityType.DRUG: (_DRUG_BEFORE, _DRUG_AFTER),
}


def is_acronym(surface: str) -> bool:
    """Whether the name is two to four capitals, with a plural s or without.

    >>> is_acronym("AML"), is_acronym("IL-2")
    (True, False)
    """
    return _ACRONYM.fullmatch(surface) is not None


def supported(analysis: Analysis, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions without the acronyms that nothing in the document vouches for."""
    text = analysis.document.text
    defined = {text[pair.short.start : pair.short.end] for pair in analysis.abbreviations}
    defined -= load_words("stop_acronyms")
    vouched = {
        mention.text
        for mention in mentions
        if is_acronym(mention.text) and (mention.text in defined or is_telling(text, mention))
    }
    return [
        mention
        for mention in mentions
        if not is_acronym(mention.text)
        or mention.text in vouched
        or (mention.type is EntityType.ORGANISATION and mention.text not in load_words("stop_acronyms"))
    ]


def is_telling(text: str, mention: Mention) -> bool:
    """Whether a neighbour of the mention speaks of its type."""
    if mention.text in load_words("stop_acronyms"):
        return False
    contexts = _CONTEXTS.get(mention.type)
    if contexts is None:
        return True
    before, after = contexts
    return bool(after.match(text, mention.end) or before.search(text[max(0, mention.start - _WINDOW) : mention.start]))
