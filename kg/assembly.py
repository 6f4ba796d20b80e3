"""The one table of choices: settings in, a ready pipeline out. Heavy imports happen here, when it is called."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from kg.pipeline import Pipeline

SHIPPED_MODEL = "default"
NO_MODEL = "none"

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.config import Settings
    from kg.linking.linker import EntityLinker
    from kg.linking.vocabulary import Vocabulary
    from kg.ontology.lexicon import Lexicon
    from kg.pipeline import Recognizer
    from kg.recognition.place_types import PlaceTypes


def open_lexicon() -> Lexicon:
    """Return the lexicon that is in force: the embedded one and what the user added."""
    from kg.ontology.lexicon import Lexicon

    return Lexicon.open()


def make_pipeline(settings: Settings, lexicon: Lexicon | None = None, *, parts: bool = True) -> Pipeline:
    """Return the pipeline that the settings ask for; without ``parts`` a coordination of names stays one mention.

    Raises:
        LexiconError: the lexicon cannot be opened or built.
        RecognitionError: the model that is asked for is not there.
    """
    from kg.analysis.scispacy_analyzer import ScispacyAnalyzer
    from kg.linking.linker import EntityLinker
    from kg.recognition.coordination import Coordinations
    from kg.recognition.merge import MergingRecognizer
    from kg.statements.extractor import StatementExtractor

    lexicon = lexicon or open_lexicon()
    return Pipeline(
        analyzer=ScispacyAnalyzer(),
        recognizer=MergingRecognizer(
            _make_recognizers(settings.model, lexicon), Coordinations(lexicon) if parts else None
        ),
        linker=EntityLinker(lexicon),
        extractor=StatementExtractor(),
    )


def make_linker(lexicon: Lexicon, vocabulary: Vocabulary | str | Sequence[str] | None) -> EntityLinker:
    """Return the stage that links to entities, or into a vocabulary.

    Raises:
        ConfigError: there is no such vocabulary.
    """
    from kg.linking.linker import EntityLinker
    from kg.linking.vocabulary import Vocabulary
    from kg.linking.vocabulary_linker import VocabularyLinker

    if vocabulary is None:
        return EntityLinker(lexicon)
    chosen = vocabulary if isinstance(vocabulary, Vocabulary) else Vocabulary.named(vocabulary)
    return VocabularyLinker(lexicon, chosen)


def can_read_places() -> bool:
    """Say whether there is what ``make_place_types`` needs: a core install has no token model to run."""
    return find_spec("onnxruntime") is not None and find_spec("tokenizers") is not None


def make_place_types(lexicon: Lexicon) -> PlaceTypes:
    """Return what says of which type a name is at its place: the shipped recognizers and model."""
    from kg.recognition.coordination import Coordinations
    from kg.recognition.merge import MergingRecognizer
    from kg.recognition.model_recognizer import ModelRecognizer
    from kg.recognition.place_types import PlaceTypes

    recognizers = _make_recognizers(SHIPPED_MODEL, lexicon)
    model = next(one for one in recognizers if isinstance(one, ModelRecognizer))
    return PlaceTypes(MergingRecognizer(recognizers, Coordinations(lexicon)), model)


def _make_recognizers(model: str, lexicon: Lexicon) -> list[Recognizer]:
    made = {name: make(lexicon) for name, make in RECOGNIZERS.items()}
    if model != NO_MODEL:
        from kg.recognition.model_fusion import RememberingRecognizer

        made["dictionary"] = RememberingRecognizer(made["dictionary"])
        made["model"] = _make_model(model, made["dictionary"])
    return list(made.values())


def _make_dictionary(lexicon: Lexicon) -> Recognizer:
    from kg.recognition.dictionary import DictionaryRecognizer

    return DictionaryRecognizer(lexicon)


def _make_organisations(_: Lexicon) -> Recognizer:
    from kg.recognition.organisations import OrganisationRecognizer

    return OrganisationRecognizer()


def _make_drug_patterns(_: Lexicon) -> Recognizer:
    from kg.recognition.drug_patterns import DrugPatternRecognizer

    return DrugPatternRecognizer()


def _make_regulatory_patterns(_: Lexicon) -> Recognizer:
    from kg.recognition.regulatory_patterns import RegulatoryPatternRecognizer

    return RegulatoryPatternRecognizer()


def _make_model(name: str, dictionary: Recognizer) -> Recognizer:
    if name == SHIPPED_MODEL or (Path(name) / "model.onnx").is_file():
        from kg.recognition.model_recognizer import ModelRecognizer

        return ModelRecognizer(None if name == SHIPPED_MODEL else Path(name), dictionary=dictionary)
    from kg.recognition.scispacy_models import SpacyModelRecognizer

    return SpacyModelRecognizer(name)


RECOGNIZERS: dict[str, Callable[[Lexicon], Recognizer]] = {
    "dictionary": _make_dictionary,
    "organisations": _make_organisations,
    "drug patterns": _make_drug_patterns,
    "regulatory patterns": _make_regulatory_patterns,
}
"""The recognizers that always run; the model named in the settings comes on top."""
