"""What can be evaluated: one recognizer alone, a spaCy model by name, or the whole pipeline."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.evaluation.pubtator import Reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.linking.vocabulary import Vocabulary
    from kg.model import Document
    from kg.ontology.lexicon import Lexicon
    from kg.pipeline import Analyzer, Extractor, Linker, Recognizer

    Annotator = Callable[[Document], Reading]

PIPELINE = "pipeline"
_SHIPPED = frozenset({"model", "default", "network"})


def make_annotator(
    name: str, lexicon: Lexicon, vocabulary: Vocabulary | None = None, *, parts: bool = False
) -> Annotator:
    """Return what annotates a document under this name; every choice links what it finds, if asked into a vocabulary.

    ``pipeline`` is all of them merged, ``model`` the shipped model alone (``default`` says the same), ``network`` the
    same without the dictionary's voice, a folder that `kg train` wrote is that model, any other name a spaCy or
    scispaCy model that is installed. With ``parts`` the pipeline parts coordinations as in ``kg load``; the corpora
    mark "breast and ovarian cancers" as one mention.

    Raises:
        RecognitionError: the model is not installed.
    """
    from kg.assembly import make_linker, make_pipeline
    from kg.config import Settings

    linker = make_linker(lexicon, vocabulary)
    if name == PIPELINE:
        pipeline = make_pipeline(Settings(), lexicon, parts=parts)
        return _linking(pipeline.analyzer, pipeline.recognizer, linker, pipeline.extractor)
    from kg.analysis.scispacy_analyzer import ScispacyAnalyzer

    return _linking(ScispacyAnalyzer(), make_recognizer(name, lexicon), linker)


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


def _linking(
    analyzer: Analyzer, recognizer: Recognizer, linker: Linker, extractor: Extractor | None = None
) -> Annotator:
    def annotate(document: Document) -> Reading:
        analysis = analyzer.analyze(document)
        linked = linker.link(analysis, recognizer.recognize(analysis))
        named = [one for one in linked if not one.mention.coreference]
        return Reading(named, extractor.extract(analysis, linked).statements if extractor is not None else None)

    return annotate
