"""What the name encoder learns from: names of one entity, and mentions of training documents with their entities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.linking.lexicon_keys import names_of_type
from kg.linking.name_encoder import name_features
from kg.linking.questions import ask
from kg.model import EntityType

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kg.evaluation.linking_gold import GoldDocument
    from kg.ontology.lexicon import Lexicon

    Numbers = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class NameSet:
    """Texts with the entities they name; ``entities`` are numbers, each text has one row for each of its entities."""

    texts: tuple[str, ...]
    entities: Numbers

    def matrix(self, rows: int) -> Any:
        """Return a sparse matrix (texts, rows of the encoder's table) that counts each text's features."""
        import numpy as np
        from scipy.sparse import csr_matrix  # type: ignore[import-untyped,unused-ignore]

        found = [name_features(text, rows) for text in self.texts]
        ends = np.concatenate(([0], np.cumsum([len(one) for one in found])))
        columns = np.fromiter((row for one in found for row in one), np.int32, ends[-1])
        return csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=(len(found), rows))


def lexicon_names(lexicon: Lexicon, kind: EntityType) -> NameSet:
    """Return every name of the entities of a type."""
    names, owners, _ = names_of_type(lexicon, (kind,))
    return NameSet(tuple(names), owners)


def gold_mentions(lexicon: Lexicon, documents: Sequence[GoldDocument], kind: EntityType) -> NameSet:
    """Return the mentions of a type with one right entity, each once a document, by what the document defines."""
    import numpy as np

    numbers = {entity.curie: number for number, entity in enumerate(lexicon.entities())}
    texts: list[str] = []
    entities: list[int] = []
    for document in documents:
        questions = ask(document.analysis, [case.mention for case in document.cases])
        pairs = {
            (question.long_form or question.text, numbers[entity.curie])
            for case, question in zip(document.cases, questions, strict=True)
            if case.mention.type is kind and len(case.curies) == 1
            for curie in case.curies
            if (entity := lexicon.try_entity(curie)) is not None and entity.type is kind
        }
        for text, number in sorted(pairs):
            texts.append(text)
            entities.append(number)
    return NameSet(tuple(texts), np.array(entities, np.int32))
