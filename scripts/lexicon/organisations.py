"""Listed companies (SEC) and research organisations with a ROR identifier (Bioregistry)."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import Any

from kg.model import Curie, EntityType
from kg.ontology.names import NameStatus
from kg.ontology.normalize import key
from kg.ontology.terms import Term
from scripts.lexicon.judging import Judge
from scripts.lexicon.packages import Packages

_ORGANISATION = EntityType.ORGANISATION
_FORM = re.compile(
    r"[,\s]+(?:inc|incorporated|corp|corporation|co|company|ltd|limited|plc|llc|lp|l\.p|n\.?v|s\.?a|a/s|ag|se|asa|ab|"
    r"oyj|spa|s\.p\.a|gmbh|kgaa|sab de cv|trust|group|holdings?|/?(?:de|md|nv|ny|pa|va|ma|nj|oh|fi|adr|new)/?)\.?$",
    re.IGNORECASE,
)
_STATE = re.compile(r"\s*[/\\][A-Z ]{2,}[/\\]?$")
_FUND = re.compile(
    r"\b(?:etf|fund|funds|acquisition|spac|bancorp|trust|reit|portfolio|notes|warrants?)\b", re.IGNORECASE
)
_KEEP_UPPER = 4
_INDUSTRY = re.compile(
    r" (?:pharmaceuticals?|pharma|therapeutics|biosciences?|biotherapeutics|biopharma|biopharmaceuticals?|biotech|"
    r"biotechnology|biotechnologies|oncology|medicines?|medical|sciences|laboratories|labs|genetics|genomics|bio|"
    r"healthcare|technologies|biologics|immunotherapeutics|life sciences|biomedical|diagnostics)$",
    re.IGNORECASE,
)
_DISTINCT = 5
_RARE = 700


def short_forms(name: str) -> list[str]:
    """Return the name, then without its legal forms one by one, the shortest last.

    >>> short_forms("Novartis AG"), short_forms("Acme Pharma Holdings, Inc.")
    (['Novartis AG', 'Novartis'], ['Acme Pharma Holdings, Inc.', 'Acme Pharma Holdings', 'Acme Pharma'])
    """
    forms = [name]
    while (shorter := _FORM.sub("", forms[-1]).rstrip(" ,")) and shorter != forms[-1]:
        forms.append(shorter)
    return forms


def _title(name: str) -> str:
    """Return an all-capital register name as texts write it; short words without vowels stay capitals."""
    clean = _STATE.sub("", name)
    if not clean.isupper():
        return clean
    return " ".join(
        word if len(word) < _KEEP_UPPER and not re.search(r"[AEIOUY]", word) else word.capitalize()
        for word in clean.split()
    )


def companies(packages: Packages, judge: Judge) -> list[Term]:
    """Return SEC registrants that are listed, funds and shells left out; a bare common word is no company name."""
    terms: dict[str, Term] = {}
    taken: dict[str, str] = {}
    for row in packages.parquet("edgar", "edgar/reference/data/company_tickers.parquet"):
        curie, name = f"SEC_CIK:{row['cik']}", _title(row["name"])
        if curie in terms or _FUND.search(name):
            continue
        forms = [form for form in short_forms(name) if taken.setdefault(form.lower(), curie) == curie]
        found = [(form, NameStatus.LABEL if place == 0 else NameStatus.EXACT) for place, form in enumerate(forms)]
        short = _INDUSTRY.sub("", forms[-1]) if forms else ""
        is_distinct = short.isalpha() and len(short) >= _DISTINCT and not judge.is_common(short, _RARE)
        if is_distinct and key(short) not in judge.medical and taken.setdefault(short.lower(), curie) == curie:
            found.append((short, NameStatus.RELATED))
        names = judge.names(_ORGANISATION, found)
        if names:
            terms[curie] = Term(Curie(curie), _ORGANISATION, name, names)
    return list(terms.values())


def research_organisations(packages: Packages, judge: Judge) -> list[Term]:
    """Return the organisations that Bioregistry names with their ROR identifiers."""
    found: dict[str, set[str]] = defaultdict(set)

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if value.get("ror") and value.get("name"):
                found[value["ror"]].add(value["name"])
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(json.loads(packages.read("bioregistry", "bioregistry/data/bioregistry.json")))
    terms = []
    for identifier, names in sorted(found.items()):
        label = sorted(names)[0]
        given = [(label, NameStatus.LABEL)] + [(name, NameStatus.EXACT) for name in sorted(names)[1:]]
        kept = judge.names(_ORGANISATION, given)
        if kept:
            terms.append(Term(Curie(f"ROR:{identifier}"), _ORGANISATION, label, kept))
    return terms
