"""Writes the held-out documents of every corpus, and the devel part of CRAFT, as PubTator files for `kg evaluate`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evaluation.corpus_types import name_of
from kg.evaluation.pubtator_format import CorpusDocument, GoldMention, format_pubtator, read_pubtator, write_text
from kg.model import EntityType
from kg.training.passages import CORPORA, CorpusPlan, is_held_out, read_corpus

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.training.passages import Passage

CRAFT_DEVEL = CorpusPlan("craft_devel", ("conll/CRAFT.devel.tsv.gz",), {"CL": EntityType.CELL})


def held_out_documents(plan: CorpusPlan, corpora: Path, share: float) -> Iterator[CorpusDocument]:
    """Yield a corpus's held-out documents as they stand in its files, or rebuilt from tokens and tags."""
    if plan.files[0].startswith("conll"):
        for passage in read_corpus(plan, corpora):
            if plan is CRAFT_DEVEL or is_held_out(passage.id, share):
                yield rebuilt(passage)
        return
    for name in plan.files:
        for document in read_pubtator(corpora / name):
            if is_held_out(document.id, share):
                yield document


def rebuilt(passage: Passage) -> CorpusDocument:
    """Return a passage as a PubTator document whose title is its first word."""
    title = passage.text.split(" ", 1)[0]
    mentions = tuple(
        GoldMention(span.start, span.end, passage.text[span.start : span.end], name_of(span.type))
        for span in passage.spans
    )
    return CorpusDocument(passage.id, title, passage.text, mentions)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write one file a corpus."""
    parser = argparse.ArgumentParser(description="Write held-out documents.")
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"))
    parser.add_argument("--share", type=float, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    for plan in (*CORPORA, CRAFT_DEVEL):
        documents = held_out_documents(plan, options.corpora, options.share)
        write_text(options.out / f"{plan.name}.pubtator", "".join(map(format_pubtator, documents)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
