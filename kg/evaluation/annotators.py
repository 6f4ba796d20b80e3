"""What can be evaluated: one recognizer alone, a spaCy model by name, or the whole pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.model import LinkedMention

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.model import Document
    from kg.ontology.lexicon import Lexicon
    from kg.pipeline import Analyzer, Linker, Recognizer

    Annotator = Callable[[Document], Sequence[LinkedMention]]

PIPELINE = "pipeline"
_SHIPPED = frozenset({"model", "default", "network"})


def make_annotator(name: str, lexicon: Lexicon) -> Annotator:
    """Return what annotates a document under this name; every choice links what it finds.

    ``pipeline`` is all of them merged, ``model`` the shipped model alone (``default`` says the same), ``network`` the
    same without the dictionary's voice, a folder that `kg train` wrote is that model, any other name a spaCy or
    scispaCy model that is installed.

    Raises:
        RecognitionError: the model is not installed.
    """
    from kg.assembly import make_pipeline
    from kg.config import Settings

    if name == PIPELINE:
        pipeline = make_pipeline(Settings(), lexicon)
        return _linking(pipeline.analyzer, pipeline.recognizer, pipeline.linker)
    from kg.analysis.scispacy_analyzer import ScispacyAnalyzer
    from kg.linking.linker import EntityLinker

    return _linking(ScispacyAnalyzer(), make_recognizer(name, lexicon), EntityLinker(lexicon))


def make_recognizer(name: str, lexicon: Lexicon) -> Recognizer:
    """Return one recognizer by its name.

    Raises:
        RecognitionError: it is no recognizer of ours, and no spaCy model of this name is installed.
    """
    if name == "dictionary":
        from kg.recognition.dictionary import DictionaryRecognizer

        return DictionaryRecognizer(lexicon)
    if name == "patterns":
        from kg.recognition.drug_patterns import DrugPatternRecognizer

        return DrugPatternRecognizer()
    if name == "organisations":
        from kg.recognition.organisations import OrganisationRecognizer

        return OrganisationRecognizer()
    if name in _SHIPPED or (Path(name) / "model.onnx").is_file():
        from kg.recognition.dictionary import DictionaryRecognizer
        from kg.recognition.model_recognizer import ModelRecognizer

        dictionary = None if name == "network" else DictionaryRecognizer(lexicon)
        return ModelRecognizer(None if name in _SHIPPED else Path(name), dictionary=dictionary)
    from kg.recognition.scispacy_models import SpacyModelRecognizer

    recognizer = SpacyModelRecognizer(name)
    recognizer.check()
    return recognizer


def _linking(analyzer: Analyzer, recognizer: Recognizer, linker: Linker) -> Annotator:
    def annotate(document: Document) -> Sequence[LinkedMention]:
        analysis = analyzer.analyze(document)
        mentions = recognizer.recognize(analysis)
        return [linked for linked in linker.link(analysis, mentions) if not linked.mention.coreference]

    return annotate
