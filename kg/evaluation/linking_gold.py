"""Gold mentions with identifiers, as the linker is judged by them: public corpora and the development texts."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.evaluation.pubtator_format import read_pubtator
from kg.evaluation.relations_gold import CORPUS_TYPES, make_document
from kg.linking.vocabulary import PUBTATOR, Vocabulary
from kg.model import Curie, EntityType, Mention

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.analysis.scispacy_analyzer import ScispacyAnalyzer
    from kg.model import Analysis

CORPORA = ("BC5CDR_train", "BC5CDR_dev", "NCBIdisease_TrainDev", "BioRED_train", "BioRED_dev")
TEXTS = "texts"
_UNTIL = {"BC5CDR_train": 2013, "BC5CDR_dev": 2013, "NCBIdisease_TrainDev": 2013}
"""Corpora none of whose training parts has a MeSH record of nine digits, as they have been made since 2013."""
_DISEASES = {"specificdisease", "modifier", "diseaseclass", "compositemention"}
_MESH = re.compile(r"[DC]\d{6,9}\Z")


@dataclass(frozen=True, slots=True)
class GoldCase:
    """A gold mention and the CURIEs that are right for it; none means that the annotators found no identifier."""

    mention: Mention
    curies: frozenset[Curie]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document ready for the linker, with one case for each of its mentions in text order."""

    id: str
    analysis: Analysis
    cases: tuple[GoldCase, ...]


def vocabulary_of(name: str, *, as_annotated: bool = True) -> Vocabulary:
    """Return the vocabulary of a corpus's identifiers: that of PubTator, for older corpora as it was then.

    Without ``as_annotated`` it keeps to names, whatever annotators tell them by.
    """
    return replace(Vocabulary.named(PUBTATOR, _UNTIL.get(name)), as_annotated=as_annotated)


def read_gold(name: str, shared: Path, analyzer: ScispacyAnalyzer) -> Iterator[GoldDocument]:
    """Yield the documents of a corpus, or of the development texts."""
    if name == TEXTS:
        yield from _read_texts(shared / "eval", analyzer)
        return
    for document in read_pubtator(shared / "corpora" / "pubtator" / f"{name}.pubtator.gz"):
        cases = []
        for gold in document.mentions:
            kind = EntityType.DISEASE if gold.type.lower() in _DISEASES else CORPUS_TYPES.get(gold.type.lower())
            if kind is not None:
                found = document.text[gold.start : gold.end]
                mention = Mention(gold.start, gold.end, found, kind, ("gold",))
                cases.append(GoldCase(mention, frozenset(_curies(gold.identifiers))))
        yield _document(document.id, document.text, cases, analyzer)


def _document(name: str, text: str, cases: list[GoldCase], analyzer: ScispacyAnalyzer) -> GoldDocument:
    ordered = sorted(cases, key=lambda case: (case.mention.start, case.mention.end))
    return GoldDocument(name, analyzer.analyze(make_document(name, text)), tuple(ordered))


def _curies(identifiers: tuple[str, ...]) -> Iterator[Curie]:
    for identifier in (part.strip() for joined in identifiers for part in joined.split("+")):
        if _MESH.match(identifier):
            yield Curie(f"MESH:{identifier}")
        elif identifier.isdigit():
            yield Curie(f"NCBIGene:{identifier}")
        elif ":" in identifier:
            yield Curie(identifier)


def _read_texts(folder: Path, analyzer: ScispacyAnalyzer) -> Iterator[GoldDocument]:
    groups = [frozenset(map(Curie, group)) for group in json.loads((folder / "equiv.json").read_text())["groups"]]
    for path in sorted((folder / "ann").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text = (folder / "docs" / f"{gold['doc']}.txt").read_text("utf-8")
        cases = []
        for one in gold["mentions"]:
            start, end = one["start"], one["end"]
            mention = Mention(start, end, text[start:end], EntityType(one["type"]), ("gold",))
            accepted = {Curie(one["id"]), *map(Curie, one.get("alt_ids", ()))} if one["id"] else set()
            accepted |= {curie for group in groups if one["id"] in group for curie in group}
            cases.append(GoldCase(mention, frozenset(accepted)))
        yield _document(gold["doc"], text, cases, analyzer)
