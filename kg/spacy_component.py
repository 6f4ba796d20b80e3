"""The linker as a spaCy component: ``nlp.add_pipe("kg_linker")`` behind any component that finds entities.

Entities of labels that say no type, as scispaCy's ENTITY, are taken for what our recognizers see at their place. Each
entity gets ``ent.kb_id_`` (the CURIE, empty for NIL) and ``ent._.kg`` (the LinkedMention with all candidates).
Registered by importing this module, and by spaCy itself through the package's entry point.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Span as SpacySpan

from kg.assembly import can_read_places, make_linker, make_place_types
from kg.linking.likely_types import UNKNOWN
from kg.linking.plain_text import analyse_plainly
from kg.model import Candidate, Curie, Entity, EntityType, LinkedMention, Mention
from kg.ontology.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from spacy.tokens import Doc

    from kg.model import Analysis
    from kg.recognition.place_types import PlaceTypes

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

    def __init__(self, lexicon: Lexicon, vocabulary: str | None = None, *, read_types: bool = True) -> None:
        """Link to a lexicon's entities, or into a vocabulary.

        Args:
            lexicon: where names are looked up.
            vocabulary: what is linked into, as for ``kg.Linker``.
            read_types: whether our recognizers tell the type of entities whose label does not; else their names do.
        """
        self.linker = make_linker(lexicon, vocabulary)
        self._reads_types = read_types

    def __getstate__(self) -> dict[str, object]:
        """Leave the recognizers behind: another process makes its own."""
        return {"linker": self.linker, "_reads_types": self._reads_types}

    @cached_property
    def _places(self) -> PlaceTypes:
        return make_place_types(self.linker.lexicon)

    def __call__(self, doc: Doc) -> Doc:
        """Return the document with its entities linked."""
        analysis = analyse_plainly(doc.text)
        entities = sorted(doc.ents, key=_is_open)
        mentions = [_mention(one, LABELS.get(one.label_.upper(), EntityType.PROCESS)) for one in entities]
        typed = sum(not _is_open(one) for one in entities)
        links = [*self.linker.link(analysis, mentions[:typed]), *self._link_open(analysis, mentions[typed:])]
        for entity, linked in zip(entities, links, strict=True):
            entity.kb_id_ = linked.chosen.curie if linked.chosen else ""
            _kept(doc)[_KEY, entity.start_char, entity.end_char] = _to_plain(linked)
        doc.ents = entities
        return doc

    def _link_open(self, analysis: Analysis, mentions: Sequence[Mention]) -> tuple[LinkedMention, ...]:
        is_read = self._reads_types and mentions and can_read_places()
        likely = self._places.likely(analysis, mentions) if is_read else [UNKNOWN] * len(mentions)
        return self.linker.link_open(analysis, mentions, likely)

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


def _is_open(entity: SpacySpan) -> bool:
    """Say whether the label of an entity says no type."""
    return entity.label_.upper() not in LABELS


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


@Language.factory("kg_linker", default_config={"sources": None, "cache": None, "vocabulary": None, "read_types": True})
def make_spacy_linker(
    nlp: Language,  # noqa: ARG001 - spaCy gives it by name
    name: str,  # noqa: ARG001
    sources: str | None,
    cache: str | None,
    vocabulary: str | None,
    *,
    read_types: bool,
) -> SpacyLinker:
    """Return the component over a folder of sources, by default the lexicon in force; it may link into a vocabulary."""
    from pathlib import Path

    lexicon = Lexicon.open(Path(sources) if sources else None, Path(cache) if cache else None)
    return SpacyLinker(lexicon, vocabulary, read_types=read_types)
