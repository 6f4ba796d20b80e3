"""MeSH records that were given up before 2020: no package tells their former identifiers, annotated corpora still do.

    python -m scripts.lexicon.former_mesh ../shared

reads the *training parts* of public corpora (the development parts, for which figures are given, stay unread). Where
all mentions of an identifier that no source has are names of one entity, and this entity has one MeSH record, the two
are one record: when a supplementary record becomes a descriptor, or two are merged, MeSH keeps the name and changes the
identifier. Only identifiers are written, into ontologies/curated/former-mesh.tsv; `make lexicon` takes them in.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evaluation.corpus_types import entity_type_of
from kg.evaluation.linking_lexicon import lexicon_without
from kg.evaluation.pubtator_format import read_pubtator
from kg.model import Curie, EntityType
from kg.ontology.join import SHARED
from kg.ontology.names import NameStatus
from scripts.lexicon.curated import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Entity
    from kg.ontology.lexicon import Lexicon

CORPORA = {
    "BC5CDR_train": "BC5CDR, training part, doi:10.1093/database/baw068",
    "BioRED_train": "BioRED, training part, doi:10.1093/bib/bbac282",
    "NCBIdisease_TrainDev": "NCBI-disease, training and development parts, doi:10.1016/j.jbi.2013.12.006",
}
TABLE = Path("ontologies/curated/former-mesh.tsv")
_TYPES = frozenset({EntityType.DRUG, EntityType.DISEASE})
_OFFICIAL = frozenset({NameStatus.LABEL, NameStatus.EXACT})


def unknown_identifiers(path: Path, lexicon: Lexicon) -> dict[tuple[Curie, EntityType], set[str]]:
    """Return what the mentions of each MeSH identifier that the lexicon lacks are called in a corpus, by its type."""
    called: dict[tuple[Curie, EntityType], set[str]] = defaultdict(set)
    for document in read_pubtator(path):
        for mention in document.mentions:
            kind = entity_type_of(mention.type)
            if kind not in _TYPES or len(mention.identifiers) != 1:
                continue
            curie = Curie("MESH:" + mention.identifiers[0].removeprefix("MESH:"))
            if curie[5] in "CD" and curie[6:].isdigit() and lexicon.try_entity(curie) is None:
                called[curie, kind].add(mention.text)
    return called


def entity_called(names: Iterable[str], kind: EntityType, lexicon: Lexicon) -> Entity | None:
    """Return the one entity of the type that has those of the names that are known; None if there are several."""
    found = {
        posting.curie
        for name in names
        for posting in lexicon.lookup(name)
        if posting.type is kind and posting.status in _OFFICIAL
    }
    return lexicon.entity(found.pop()) if len(found) == 1 else None


def rows(folder: Path, lexicon: Lexicon) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the table: the record of today, its type, and as exact match what it was called before.

    A record that two entities share (a base and its salt) gives its former identifier to both.
    """
    done: set[Curie] = set()
    for corpus, source in CORPORA.items():
        called = unknown_identifiers(folder / "corpora" / "pubtator" / f"{corpus}.pubtator.gz", lexicon)
        for (former, kind), names in sorted(called.items()):
            entity = entity_called(names, kind, lexicon)
            records = [curie for curie in (entity.curie, *entity.xrefs) if curie.startswith("MESH:")] if entity else []
            if len(records) == 1 and former not in done:
                done.add(former)
                yield records[0], str(kind), "", "x:", former, "", source
                if entity is not None and lexicon.entity(records[0]).curie != entity.curie:
                    yield entity.curie, str(kind), "", "x:", SHARED + former, "", source


def main() -> int:
    """Write the table anew; what it says already is not in the lexicon that is asked."""
    lexicon = lexicon_without([TABLE.stem])
    lines = ["\t".join(row) for row in sorted(rows(Path(sys.argv[1]), lexicon))]
    TABLE.write_text("\n".join(["\t".join(COLUMNS), *lines]) + "\n", encoding="utf-8")
    sys.stdout.write(f"{TABLE}: {len(lines)} former identifiers\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
