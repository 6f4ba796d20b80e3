"""A user's own spaCy or scispaCy model as a recognizer, chosen by its name: en_ner_bc5cdr_md, en_core_web_sm ..."""

from __future__ import annotations

import importlib.util
import logging
import warnings
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import RecognitionError
from kg.model import EntityType, Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kg.model import Analysis

_LOG = logging.getLogger(__name__)
_DRUG, _DISEASE, _GENE = EntityType.DRUG, EntityType.DISEASE, EntityType.GENE_PROTEIN
_CELL, _PROCESS, _ORGANISATION = EntityType.CELL, EntityType.PROCESS, EntityType.ORGANISATION

LABELS: Mapping[str, EntityType] = {
    # en_ner_bc5cdr_md
    "CHEMICAL": _DRUG,
    "DISEASE": _DISEASE,
    # en_ner_bionlp13cg_md
    "AMINO_ACID": _DRUG,
    "CANCER": _DISEASE,
    "CELL": _CELL,
    "GENE_OR_GENE_PRODUCT": _GENE,
    "PATHOLOGICAL_FORMATION": _DISEASE,
    "SIMPLE_CHEMICAL": _DRUG,
    # en_ner_jnlpba_md
    "CELL_TYPE": _CELL,
    "DNA": _GENE,
    "PROTEIN": _GENE,
    "RNA": _GENE,
    # en_ner_craft_md
    "CHEBI": _DRUG,
    "CL": _CELL,
    "GGP": _GENE,
    # spaCy's general models
    "ORG": _ORGANISATION,
    # names that other models use
    "COMPANY": _ORGANISATION,
    "DRUG": _DRUG,
    "GENE": _GENE,
    "GENE_PROTEIN": _GENE,
    "ORGANISATION": _ORGANISATION,
    "ORGANIZATION": _ORGANISATION,
    "PROCESS": _PROCESS,
    "SYMPTOM": _DISEASE,
}
"""What the labels of known models mean here; every other label (CELL_LINE, TAXON, PERSON, GPE, SO ...) is left out."""

UNTYPED = "ENTITY"
"""The one label of en_core_sci_*: such a mention has no type, so only typed names of the dictionary could be told."""

_SCORE = 0.8
_NEEDED = {"ner", "entity_ruler", "span_ruler", "tok2vec", "transformer", "curated_transformer"}


class SpacyModelRecognizer:
    """Finds what the named model marks, under our types; the model is loaded when the first text comes."""

    def __init__(self, name: str) -> None:
        """Remember the name of an installed package, or the path of a model's folder."""
        self._name = name

    def __getstate__(self) -> dict[str, Any]:
        """Leave the loaded model behind: another process loads its own."""
        return {"_name": self._name}

    def check(self) -> None:
        """Say early that the model cannot be used.

        Raises:
            RecognitionError: no such model is installed; the message says how to get it.
        """
        if not Path(self._name).is_dir() and not _is_installed(self._name):
            raise RecognitionError(
                f"no model {self._name!r}: it is neither a recognizer of kg nor an installed spaCy model; scispaCy's "
                "models are installed from the addresses in its documentation (pip install ADDRESS), spaCy's with "
                "`python -m spacy download NAME`; leave --model out to use the shipped model"
            )

    def recognize(self, analysis: Analysis) -> Sequence[Mention]:
        """Return the mentions in text order, without those whose label has no type here.

        Raises:
            RecognitionError: the model is not installed, cannot be loaded, or marks no mentions.
        """
        text = analysis.document.text
        mentions = [
            _mention(text, span.start_char, span.end_char, LABELS[span.label_.upper()], self._name)
            for span in self._pipeline(text).ents
            if span.label_.upper() in LABELS and span.text.strip()
        ]
        return tuple(sorted(mentions, key=lambda mention: (mention.start, mention.end)))

    @cached_property
    def _pipeline(self) -> Any:
        self.check()
        import spacy
        import spacy.about

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # spaCy warns of every model of another minor version
                pipeline = spacy.load(self._name)
        except (OSError, ValueError, ImportError, KeyError) as error:
            raise RecognitionError(
                f"cannot load the spaCy model {self._name!r}: {error}; "
                f"install one made for spaCy {spacy.about.__version__}"
            ) from error
        labels = {label for pipe in ("ner", "entity_ruler") for label in pipeline.pipe_labels.get(pipe, ())}
        self._explain(labels)
        pipeline.select_pipes(enable=[name for name in pipeline.pipe_names if name in _NEEDED])
        pipeline.max_length = 10**9
        return pipeline

    def _explain(self, labels: Iterable[str]) -> None:
        known = sorted(label for label in labels if label.upper() in LABELS)
        if known:
            return
        if UNTYPED in labels:
            raise RecognitionError(
                f"{self._name} marks mentions without a type (ENTITY), neither drug nor disease; use a typed "
                "model (en_ner_bc5cdr_md, en_ner_jnlpba_md, en_ner_craft_md, en_ner_bionlp13cg_md) or leave --model out"
            )
        raise RecognitionError(
            f"{self._name} has no label that stands for a type of kg; it has {', '.join(sorted(labels)) or 'none'}, "
            f"known are {', '.join(sorted(LABELS))}"
        )


def _is_installed(name: str) -> bool:
    try:
        return name.isidentifier() and importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def _mention(text: str, start: int, end: int, kind: EntityType, name: str) -> Mention:
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return Mention(start, end, text[start:end], kind, (name,), _SCORE)
