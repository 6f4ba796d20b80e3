"""Gold mentions as the statement stage expects them: relations judged apart from recognition and linking."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from kg.analysis.scispacy_analyzer import ScispacyAnalyzer
from kg.evaluation.corpus_types import entity_type_of
from kg.model import Candidate, Curie, Document, Entity, EntityType, Iri, LinkedMention, Mention

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.evaluation.pubtator_format import CorpusDocument
    from kg.model import Analysis

_PHASE = re.compile(r"\bphase[\s-]+(?:iii|ii|iv|i|[1-4])[ab]?(?:\s*/\s*(?:iii|ii|iv|i|[1-4])[ab]?)?\b", re.IGNORECASE)
_APPLICATION = re.compile(
    r"\b(?:marketing authori[sz]ation application|(?:supplemental )?(?:new drug|biologics licen[sc]e) application|"
    r"s?nda|s?bla|maa)\b",
    re.IGNORECASE,
)
_MENTION_ID = re.compile(r"T\d+")
CORPUS_TYPES = {
    "chemical": EntityType.DRUG,
    "chemicalentity": EntityType.DRUG,
    "disease": EntityType.DISEASE,
    "diseaseorphenotypicfeature": EntityType.DISEASE,
    "gene": EntityType.GENE_PROTEIN,
    "gene-y": EntityType.GENE_PROTEIN,
    "gene-n": EntityType.GENE_PROTEIN,
    "geneorgeneproduct": EntityType.GENE_PROTEIN,
}
"""The corpora's types, in lower case, that this project has too."""


def make_document(name: str, text: str) -> Document:
    """Return a document made of a bare text."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(Iri(f"https://w3id.org/kg-loader/document/{name}"), name, text, digest)


def linked_mention(text: str, start: int, end: int, kind: EntityType, name: str, curie: str | None) -> LinkedMention:
    """Return a mention linked to the gold entity, or NIL with the gold name."""
    mention = Mention(start, end, text[start:end], kind, ("gold",))
    if curie is None:
        return LinkedMention(mention, name)
    entity = Entity(Curie(curie), name, kind)
    return LinkedMention(mention, name, (Candidate(entity, 1.0, "gold"),), entity)


def _patterned(text: str, taken: list[tuple[int, int]]) -> Iterator[LinkedMention]:
    for pattern, kind in ((_PHASE, EntityType.PHASE), (_APPLICATION, EntityType.APPLICATION)):
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(start < high and low < end for low, high in taken):
                yield linked_mention(text, start, end, kind, match.group(), None)


def with_patterns(text: str, gold: list[LinkedMention]) -> tuple[LinkedMention, ...]:
    """Return the gold mentions and those of trial phases and applications, which gold sets leave out, in text order."""
    taken = [(one.mention.start, one.mention.end) for one in gold]
    return tuple(sorted([*gold, *_patterned(text, taken)], key=lambda one: (one.mention.start, one.mention.end)))


def iter_evaluation_texts(folder: Path) -> Iterator[tuple[str, Analysis, tuple[LinkedMention, ...], dict[str, Any]]]:
    """Yield name, analysis, gold mentions and annotation of every development text."""
    analyzer = ScispacyAnalyzer()
    for path in sorted((folder / "docs").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        annotation = json.loads((folder / "ann" / f"{path.stem}.json").read_text(encoding="utf-8"))
        gold = [
            linked_mention(text, m["start"], m["end"], EntityType(m["type"]), m["canonical"], m["id"])
            for m in annotation["mentions"]
        ]
        yield path.stem, analyzer.analyze(make_document(path.stem, text)), with_patterns(text, gold), annotation


def gold_mentions(document: CorpusDocument) -> tuple[LinkedMention, ...]:
    """Return the gold mentions of the types that this project has; the corpus's identifier serves as the CURIE."""
    gold = []
    for mention in document.mentions:
        kind = entity_type_of(mention.type)
        if kind is not None and document.text[mention.start : mention.end] == mention.text:
            curie = mention.identifiers[0] if mention.identifiers else None
            if curie is not None and _MENTION_ID.fullmatch(curie):
                curie = None
            gold.append(linked_mention(document.text, mention.start, mention.end, kind, mention.text, curie))
    return tuple(gold)


def iter_corpus(
    documents: Iterator[CorpusDocument],
) -> Iterator[tuple[CorpusDocument, Analysis, tuple[LinkedMention, ...]]]:
    """Yield documents of a corpus with analysis and gold mentions."""
    analyzer = ScispacyAnalyzer()
    for document in documents:
        gold = with_patterns(document.text, list(gold_mentions(document)))
        yield document, analyzer.analyze(make_document(document.id, document.text)), gold
