"""Other writings of genes and proteins: "PD-L1" for "PD-ligand 1", "beta-catenin" for "b-catenin"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LATIN = {"alpha": "A", "beta": "B", "gamma": "G", "delta": "D", "α": "A", "β": "B", "γ": "G", "δ": "D"}
_GREEK = {"a": "alpha", "b": "beta", "g": "gamma", "d": "delta", "k": "kappa"}
_ROMAN = {"II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7", "VIII": "8", "IX": "9"}
_ROMAN_END = re.compile(r"(?<=[A-Z]{2})(?:VIII|VII|VI|V|IX|IV|III|II)\Z")
_REWRITINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    # "PD-ligand 1", "IL-2 receptor": what the symbol has as a letter
    (re.compile(r"[-\s]?\b(ligand|receptor)s?\b[-\s]*(?=\d*\Z)", re.IGNORECASE), lambda it: it[1][0].upper()),
    # "TGF-betaRII": the other way round
    (re.compile(r"(?<=[a-zα-ω])-?R(?=(?:I{1,3}|[12])?\Z)"), lambda _: " receptor "),
    # "b-catenin", "dopamine b-hydroxylase", "IFNb", "TRa1": a Greek letter got lost
    (
        re.compile(
            r"(?:^|(?<=\s))[abgdk]-(?=\w{2})|(?<=[A-Z])-?[abgd](?=\d{0,2}\Z)|(?<=[a-z])\s?-[abgd](?=\d?\Z)|"
            r"(?<=\d)[abg]\Z|(?<=\w)-[abgd](?=[\s-])"
        ),
        lambda it: f"-{_GREEK[it[0].strip(' -')]}-",
    ),
    # "FSHbeta", "IL8R-alpha": as symbols write it
    (
        re.compile(r"(?<=[A-Z])(?:\d?)[-\s]?(alpha|beta|gamma|delta|[αβγδ])(?=\d?\Z)"),
        lambda it: it[0].removesuffix(it[1]).rstrip("- ") + _LATIN[it[1]],
    ),
    # "Gg-globin"
    (re.compile(r"(?<=^[AG])g(?=-globin)"), lambda _: "-gamma"),
    # "GPV" is GP5
    (_ROMAN_END, lambda it: _ROMAN[it[0]]),
    # "plasminogen activator inhibitor type 1", "angiotensin II subtype 1a receptor"
    (re.compile(r"[-\s]type(?=[-\s](?:\d|[IVX]+\b))"), lambda _: ""),
    (re.compile(r"\bsubtype(?=[-\s](?:\d|[IVX]+\b))"), lambda _: "type"),
    (re.compile(r"\bcoenzyme[- ]A\b", re.IGNORECASE), lambda _: "CoA"),
    # "VII collagen", "collagen I"
    (re.compile(r"^(?=[IVX]+ )"), lambda _: "type "),
    (re.compile(r"^(collagens?) (?:type )?([IVX]+)\Z", re.IGNORECASE), lambda it: f"type {it[2]} {it[1]}"),
)
_ALLELE = re.compile(
    r"(?:[-\s]*(?:ε|epsilon|[*])\s*\d+|v\d+|[-\s](?:alpha|beta|gamma|delta|[α-ω])|\s*[-(]?(?:wt|WT)\)?|"
    r"(?:[-\s(]+(?:p\.)?[A-Z]\d{1,4}|(?:p\.)?[A-Z]\d{2,4})(?:[A-Z*]|fs)\)?|(?<=[A-Z]{2})(?:alpha|beta|gamma|delta|[α-ω])|(?<=\d)[A-Za-z]|"
    r"[-\s]?(?:KO|KD|tg|ITD)|-(?:GTP|GDP))\Z"
)
_KIND = re.compile(
    r"^(?:(?:small |Rho |Ras )?GTPase|(?:nuclear )?transcription factor|(?:tumou?r )?suppressor|adapt[eo]r|phosphatase|"
    r"(?:tyrosine |protein )?kinase|cytokine|chemokine|integrin|receptor|protein|gene|marker|antigen)s?\s+"
    r"(?=\S*[A-Z\d])(?=\W*(?:\w\W?){4})"
)
"""What kind of thing it is, before a symbol of four letters: "GTPase Rab6a"; "protein E1" is that of a virus."""
_SPECIES = re.compile(r"^(?:(?:rh|rm|[Hh]um|[hmrsp])(?=[A-Z])|p-(?=\w)|phospho-?)")


def gene_writings(text: str, *, is_gene: bool = True) -> Iterator[str]:
    """Yield what else the same gene may be written as; of what may be no gene, with its last letters left: HCV, HBV.

    >>> list(gene_writings("FSHbeta")), list(gene_writings("dopamine b-hydroxylase"))
    (['FSHB'], ['dopamine beta-hydroxylase'])
    """
    for pattern, rewritten in _REWRITINGS:
        if pattern is _ROMAN_END and not is_gene:
            continue
        changed = pattern.sub(rewritten, text)
        if changed != text:
            yield " ".join(changed.replace(" -", " ").strip("-").split())


def bare_genes(text: str) -> Iterator[str]:
    """Yield the name without allele, isoform, species and what kind of thing it is.

    >>> list(bare_genes("hSTAT3-KO")), list(bare_genes("GTPase Rab6a"))[-1]
    (['hSTAT3', 'STAT3-KO', 'STAT3'], 'Rab6a')
    """
    ours = _SPECIES.sub("", text)
    for bare in (_ALLELE.sub("", text), ours, _ALLELE.sub("", ours), _KIND.sub("", text)):
        if bare != text and len(bare) > 1:
            yield bare
