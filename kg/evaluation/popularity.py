"""Counts how many texts name each gene, so that the counts can be made again.

Run ``python -m kg.evaluation.popularity SHARED``; it writes kg/linking/popularity.json. Only names that nothing else
has are counted ("cyclooxygenase-2", not "COX-2"). Nothing that annotators said is read, and no text that is kept for
checking the linker.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evaluation.linking_parts import kept_ids
from kg.evaluation.pubtator_format import read_pubtator
from kg.linking.popularity import POPULARITY
from kg.model import EntityType, Span
from kg.ontology.names import case_fits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Curie
    from kg.ontology.lexicon import Lexicon
    from kg.ontology.names import Posting

ABSTRACTS = (
    "BC5CDR_train",
    "NCBIdisease_TrainDev",
    "BioRED_train",
    "NLMgene_Train",
    "GNormPlus_Train",
    "JNLPBA_train",
    "DrugProt_training_subset",
    "DrugProt_development_subset",
)
RELEASES = "unlabelled/press_releases.jsonl.gz"
_TOKEN = re.compile(r"\w+|[^\w\s]")
_LEAST = 2
"""What fewer texts name is not kept: once may be chance."""


def texts(corpora: Path) -> Iterator[str]:
    """Yield the texts that are counted, each document once: abstracts and press releases."""
    seen = kept_ids(corpora)
    for name in ABSTRACTS:
        for document in read_pubtator(corpora / "pubtator" / f"{name}.pubtator.gz"):
            if document.id not in seen:
                seen.add(document.id)
                yield document.text
    with gzip.open(corpora / RELEASES, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line)["text"] for line in lines)


def named(text: str, lexicon: Lexicon) -> set[Curie]:
    """Return the genes and families of genes that a text calls by names of nothing else."""
    tokens = [Span(*match.span()) for match in _TOKEN.finditer(text)]
    found: set[Curie] = set()
    for begin, end, postings in lexicon.scan(text, tokens):
        fitting = [posting for posting in postings if case_fits(text[begin:end], posting)]
        if len({_sense(posting, lexicon) for posting in fitting}) == 1:
            found.update(posting.curie for posting in fitting if posting.type is EntityType.GENE_PROTEIN)
    return found


def _sense(posting: Posting, lexicon: Lexicon) -> str:
    """Return what tells senses apart: the gene of man and that of the mouse under one symbol are one."""
    is_gene = posting.type is EntityType.GENE_PROTEIN
    return lexicon.entity(posting.curie).label.casefold() if is_gene else posting.curie


def main(arguments: Sequence[str] | None = None) -> int:
    """Count, and write the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    options = parser.parse_args(arguments)
    from kg.ontology.lexicon import Lexicon

    lexicon = Lexicon.open()
    counts: Counter[str] = Counter()
    for text in texts(options.shared / "corpora"):
        counts.update(named(text, lexicon))
    kept = {curie: count for curie, count in sorted(counts.items()) if count >= _LEAST}
    stored = {"recipe": "python -m kg.evaluation.popularity", "texts": kept}
    POPULARITY.write_text(json.dumps(stored, indent=0) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
