"""Judges names: what is a plain English word, a code, an abbreviation, a systematic chemical name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.model import EntityType
from kg.ontology.names import NameStatus
from kg.ontology.normalize import key
from kg.ontology.terms import Name

COMMON = 560
"""Words up to this rank (centibels, wordfreq) are plain English; one in 400,000 words."""
VERY_COMMON = 430
_STRICT = {EntityType.DRUG, EntityType.GENE_PROTEIN, EntityType.ORGANISATION}
_ABBREVIATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9/+-]{1,8}")
_PUNCTUATION = re.compile(r"[()\[\]{},'0-9]")
_STEM = re.compile(r"[A-Za-z]+(?=-?(?:\d|[IVX]+$))")
LONGEST = 90
_LONGEST_CHEMICAL = 60

STOP_NAMES = frozenset(
    {
        "other", "unknown", "none", "disease", "diseases", "disorder", "disorders", "condition", "conditions",
        "medical condition", "other disease", "syndrome", "syndromes", "sign or symptom", "symptom", "symptoms",
        "signs and symptoms", "finding", "phenotype", "phenotypic abnormality", "lesion", "lesions", "injury",
        "injuries", "disease attributes", "cell", "cells", "protein", "proteins", "gene", "genes", "gene product",
        "complex", "enzyme", "enzymes", "peptide", "peptides", "polypeptide", "antibody", "antibodies", "antigen",
        "antigens", "drug", "drugs", "medicine", "compound", "compounds", "chemical", "chemicals", "agent", "agents",
        "inhibitor", "inhibitors", "role", "group", "ligand", "solution", "solutions", "molecule", "atom", "element",
        "growth", "work", "time", "weight", "pressure", "light", "movement", "temperature", "speech", "touch",
        "attention", "risk", "therapy", "therapies", "therapeutics", "treatment", "treatments", "procedure",
        "rest", "posture", "probe", "reagent", "marker", "biomarker", "biomarkers", "tool", "food", "fuel", "dye",
        "adverse event", "adverse events", "side effect", "side effects", "vaccine", "vaccines", "placebo",
        "biological process", "cellular process", "process", "localization", "transport", "behavior", "locomotion",
        "receptor", "receptors", "kinase", "kinases", "ion", "ions", "base", "acid", "acids", "salt", "salts",
        "metabolite", "metabolites", "hormone", "mixture", "polymer", "polymers", "gas", "gases", "application",
        "class", "disability", "disease susceptibility", "human disease", "death", "acute disease", "chronic disease",
        "pharmaceutical", "pharmaceuticals", "product", "products", "biological product", "biological products",
        "lead", "leads", "therapeutic", "oncology", "exercise", "love", "rare", "genetic", "genetics", "mutation",
        "genome", "activator", "agonist", "antagonist", "mineral", "orphan drug", "investigational new drug",
        "placebos", "biomaterial", "meridian", "biopsy", "mg", "precision medicine", "modifier gene", "ligands",
        "emergency", "health", "safety", "quality of life", "awareness", "play", "relaxation", "rotation",
        "affect", "cutting", "dependence", "suspension", "adjuvant", "sugar", "excipient", "counterfeit drug",
        "pharmaceutical product", "hospitalization", "contraindication", "poultry", "seafood", "voice", "running",
        "learning", "physical activity", "after treatment", "patient care", "long-term care", "lifecycle", "a gene",
        "skin tone", "vaccin", "body weight", "nursing home", "duration of therapy", "treatment duration",
        "duration of treatment", "investigational therapy", "investigational treatment", "dose reduction",
        "clinical protocol", "day care", "self-care", "continuity of care", "secondary prevention", "carolina",
        "activities of daily living", "immunization schedule", "refrigeration", "transfection", "plasmid", "allele",
        "viral gene", "body composition", "waist circumference", "surface area", "das",
        "shorthand", "SARS-CoV-2", "2019-nCoV", "SARS-CoV-2 virus", "peptide-1", "allogeneic cell", "cell line",
        "cell lines", "blood sugar level", "drug interactions", "life cycle",
        "dosage forms", "tablet", "tablets", "capsule", "capsules", "injection", "injections", "gel", "cream",
    }
)  # fmt: skip
"""Names that say only what kind of thing something is; as mentions they name nothing."""

STOP_KEYS = frozenset(map(key, STOP_NAMES))
_ONLY_LINKED = frozenset({"death"})
"""Of these, what does name something: it is linked where a model or a user has found it, and never looked for."""
BUSINESS = frozenset(
    {
        "AB", "ADR", "ADS", "AG", "AM", "AND", "ARE", "AUC", "BLA", "BSC", "BST", "BUT", "CA", "CAN", "CEO",
        "CERT", "CEST", "CET", "CFO", "CFR", "CMO", "COO", "CRO", "CSE", "CSO", "DCR", "DOR", "EBITDA", "EDT",
        "EFS", "EPS", "EST", "ET", "ETF", "EU", "FIND", "FOR", "FY", "GAAP", "GCP", "GLP", "GMP", "GMT", "H1",
        "H2", "HEAL", "HR", "ICER", "IN", "INC", "IND", "IP", "IPO", "IR", "IVD", "JAMA", "LA", "LLC", "LLP",
        "LTD", "MA", "MAA", "MBA", "MD", "MRI", "NASDAQ", "NDA", "NEW", "NJ", "NOT", "NOW", "NV", "NY", "NYSE",
        "OF", "ONE", "OR", "ORR", "OS", "OTC", "PCT", "PDF", "PDT", "PFS", "PHD", "PLC", "PM", "PR", "PST",
        "PT", "Q1", "Q2", "Q3", "Q4", "SA", "SE", "SEC", "SES", "SNDA", "THE", "TX", "UK", "US", "USA", "WHO",
        "WISH",
    }
)  # fmt: skip
"""Acronyms of business English; no gene, drug or disease is looked for under them."""


@dataclass(slots=True)
class Judge:
    """Word frequencies, and the keys of names that are known medical terms in spite of being common words."""

    ranks: dict[str, int]
    medical: set[str] = field(default_factory=set)

    def learn(self, names: Iterable[str]) -> None:
        """Remember names as medical terms."""
        self.medical.update(map(key, names))

    def is_common(self, text: str, rank: int = COMMON) -> bool:
        """Say whether a text is one plain English word."""
        return text.isalpha() and self.ranks.get(text.lower(), 10_000) <= rank

    def names(self, kind: EntityType, found: Iterable[tuple[str, NameStatus]]) -> tuple[Name, ...]:
        """Return the names worth keeping, each writing once, the most trusted status first."""
        kept: dict[str, Name] = {}
        for text, status in found:
            clean = " ".join(text.split())
            name = self._name(kind, clean, status)
            if name is not None and clean not in kept:
                kept[clean] = name
        return tuple(kept.values())

    def _name(self, kind: EntityType, text: str, status: NameStatus) -> Name | None:
        plain = key(text)
        if plain in _ONLY_LINKED:
            return Name(text, NameStatus.FILED)
        if not 1 < len(text) <= LONGEST or plain in STOP_KEYS or not any(map(str.isalpha, text)):
            return None
        is_organisation = kind is EntityType.ORGANISATION
        if text.upper().replace(".", "") in BUSINESS and not is_organisation:
            return None
        if len(plain) <= 2:
            return Name(text, status, exact_case=True) if text.isupper() and not is_organisation else None
        if not self.is_common(text):
            return self._odd(kind, text, status)
        if text.isupper():
            return Name(text, status, exact_case=True)
        if plain in self.medical:
            return Name(text, status)
        if kind in _STRICT:
            return Name(text, status, exact_case=True) if any(map(str.isupper, text[1:])) else None
        return None if self.is_common(text, VERY_COMMON) else Name(text, status)

    def _odd(self, kind: EntityType, text: str, status: NameStatus) -> Name | None:
        """Judge what is not one plain word: phrases, and writings that normalise to plain words."""
        words = text.split()
        limit = 470 if kind is EntityType.ORGANISATION else 300
        if len(words) > 1 and all(self.is_common(word, limit) for word in words):
            return None
        if len(words) > 1 and self.is_common(key(text)):  # "Short hand"
            return Name(text, status, exact_case=True)
        if len(words) == 1 and not text.isalpha() and (self.is_common(key(text)) or self._is_word_and_number(text)):
            return Name(text, status, exact_case=True)
        return Name(text, status)

    def _is_word_and_number(self, text: str) -> bool:
        """Say whether a symbol is a plain word with a number, as MARCH7 and NOV-03."""
        stem = _STEM.match(text)
        return stem is not None and len(stem[0]) > 2 and self.is_common(stem[0])


def status_of(text: str, otherwise: NameStatus = NameStatus.EXACT) -> NameStatus:
    """Return ABBREVIATION for what is written like one, else what is given.

    >>> status_of("AML"), status_of("NSCLC"), status_of("leukemia")
    (<NameStatus.ABBREVIATION: 'abbreviation'>, <NameStatus.ABBREVIATION: 'abbreviation'>, <NameStatus.EXACT: 'exact'>)
    """
    if _ABBREVIATION.fullmatch(text) and sum(map(str.isupper, text)) > 1:
        return NameStatus.ABBREVIATION
    return otherwise


def is_systematic(text: str) -> bool:
    """Say whether a chemical's name is one that running text does not use.

    >>> is_systematic("2-[[3-(dimethylamino)phenyl]methyl]-1H-indole"), is_systematic("aspirin")
    (True, False)
    """
    return len(text) > _LONGEST_CHEMICAL or len(_PUNCTUATION.findall(text)) > 4


def uninverted(text: str) -> str | None:
    """Return "Myeloid Leukemia" for "Leukemia, Myeloid"; None for what is not written so.

    >>> uninverted("Leukemia, Myeloid, Acute")
    'Acute Myeloid Leukemia'
    """
    parts = text.split(", ")
    if not 1 < len(parts) < 5 or any(char.isdigit() for char in text):
        return None
    return " ".join(reversed(parts))
