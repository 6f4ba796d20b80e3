"""The linker as a spaCy component: ``nlp.add_pipe("kg_linker")`` behind any component that finds entities.

Each entity gets ``ent.kb_id_`` (the CURIE, empty for NIL) and ``ent._.kg`` (the LinkedMention with all candidates).
Registered by importing this module, and by spaCy itself through the package's entry point.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Span as SpacySpan

from kg.linking.api import analyse_plainly, make_linker
from kg.model import Candidate, Curie, Entity, EntityType, LinkedMention, Mention
from kg.ontology.lexicon import Lexicon

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.tokens import Doc

LABELS: dict[str, EntityType] = {
    "DISEASE": EntityType.DISEASE,
    "CHEMICAL": EntityType.DRUG,
    "SIMPLE_CHEMICAL": EntityType.DRUG,
    "CHEBI": EntityType.DRUG,
    "DRUG": EntityType.DRUG,
    "GENE": EntityType.GENE_PROTEIN,
    "PROTEIN": EntityType.GENE_PROTEIN,
    "GENE_OR_GENE_PRODUCT": EntityType.GENE_PROTEIN,
    "GENE_PROTEIN": EntityType.GENE_PROTEIN,
    "GGP": EntityType.GENE_PROTEIN,
    "CANCER": EntityType.DISEASE,
    "CELL": EntityType.CELL,
    "CELL_TYPE": EntityType.CELL,
    "CL": EntityType.CELL,
    "GO": EntityType.PROCESS,
    "PROCESS": EntityType.PROCESS,
    "ORG": EntityType.ORGANISATION,
    "ORGANISATION": EntityType.ORGANISATION,
}
"""spaCy's and scispaCy's entity labels, as our types; entities of other labels may be of any type."""
_KEY = "kg_linker"


class SpacyLinker:
    """The component; pickles as the lexicon's paths, so that ``nlp.pipe(n_process=...)`` works."""

    def __init__(self, lexicon: Lexicon, vocabulary: str | None = None) -> None:
        self.linker = make_linker(lexicon, vocabulary)

    def __call__(self, doc: Doc) -> Doc:
        """Return the document with its entities linked."""
        analysis = analyse_plainly(doc.text)
        entities = list(doc.ents)
        typed = [entity for entity in entities if entity.label_.upper() in LABELS]
        mentions = [_mention(entity, LABELS[entity.label_.upper()]) for entity in typed]
        links = dict(zip(typed, self.linker.link(analysis, mentions), strict=True))
        for entity in entities:
            linked = links.get(entity)
            if linked is None:
                linked = self.linker.link_as(analysis, _mention(entity, EntityType.PROCESS), None)
            entity.kb_id_ = linked.chosen.curie if linked.chosen else ""
            _kept(doc)[_KEY, entity.start_char, entity.end_char] = _to_plain(linked)
        doc.ents = entities
        return doc

    def to_disk(self, path: Path, **_: Any) -> None:
        """Write nothing: the lexicon is found where it is installed."""

    def from_disk(self, _path: Path, **_: Any) -> SpacyLinker:
        """Read nothing."""
        return self

    def to_bytes(self, **_: Any) -> bytes:
        """Return nothing."""
        return b""

    def from_bytes(self, _bytes: bytes, **_: Any) -> SpacyLinker:
        """Read nothing."""
        return self


def link_of(entity: SpacySpan) -> LinkedMention | None:
    """Return the link of an entity, ``ent._.kg``; None where the linker has not seen it."""
    plain = _kept(entity.doc).get((_KEY, entity.start_char, entity.end_char))
    if plain is None:
        return None
    kind, name, candidates, chosen = plain
    found = tuple(Candidate(_to_entity(one), score, method) for one, score, method in candidates)
    return LinkedMention(_mention(entity, EntityType(kind)), name, found, _to_entity(chosen) if chosen else None)


SpacySpan.set_extension("kg", getter=link_of, force=True)


def _kept(doc: Doc) -> dict[Any, Any]:
    """Return what spaCy keeps for others with a document, and takes along wherever the document goes."""
    return doc.user_data


def _to_plain(linked: LinkedMention) -> tuple[Any, ...]:
    """Return a link as what spaCy can write: its documents go to and from other processes as bytes."""
    candidates = tuple((_plain_entity(one.entity), one.score, one.method) for one in linked.candidates)
    chosen = None if linked.chosen is None else _plain_entity(linked.chosen)
    return str(linked.mention.type), linked.name, candidates, chosen


def _plain_entity(entity: Entity) -> tuple[Any, ...]:
    return str(entity.curie), entity.label, str(entity.type), tuple(map(str, entity.xrefs))


def _to_entity(plain: tuple[Any, ...]) -> Entity:
    curie, label, kind, xrefs = plain
    return Entity(Curie(curie), label, EntityType(kind), tuple(map(Curie, xrefs)))


def _mention(entity: SpacySpan, kind: EntityType) -> Mention:
    return Mention(entity.start_char, entity.end_char, entity.text, kind, ("spacy",))


@Language.factory("kg_linker", default_config={"sources": None, "cache": None, "vocabulary": None})
def make_spacy_linker(
    nlp: Language,  # noqa: ARG001 - spaCy gives it by name
    name: str,  # noqa: ARG001
    sources: str | None,
    cache: str | None,
    vocabulary: str | None,
) -> SpacyLinker:
    """Return the component over a folder of sources, by default the lexicon in force; it may link into a vocabulary."""
    from pathlib import Path

    lexicon = Lexicon.open(Path(sources) if sources else None, Path(cache) if cache else None)
    return SpacyLinker(lexicon, vocabulary)
