from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from kg.errors import RecognitionError
from kg.model import Analysis, Document, EntityType, Iri, Sentence
from kg.recognition.scispacy_models import SpacyModelRecognizer

TEXT = "Aspirin eased migraine in Lyon, said Velora Inc."
NAME = "en_ner_small_test_md"
pytestmark = pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning", "ignore::FutureWarning")


def analyse(text: str = TEXT) -> Analysis:
    document = Document(Iri("urn:test"), "test", text, "")
    return Analysis(document, (), (Sentence(0, len(text)),))


def write_model(folder: Path, patterns: dict[str, str]) -> Path:
    """Write a model of the shape of spaCy's: a folder with a configuration and components."""
    import spacy

    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": text} for text, label in patterns.items()])  # type: ignore[attr-defined]
    pipeline.to_disk(folder)
    return folder


def install_model(site: Path, patterns: dict[str, str]) -> None:
    """Lay a model out as pip installs one: a package whose data lie in a folder, and its metadata."""
    package = site / NAME
    package.mkdir(parents=True)
    write_model(package / "data", patterns)
    (package / "__init__.py").write_text(
        "from pathlib import Path\nimport spacy\n\n\n"
        "def load(**overrides):\n    return spacy.load(Path(__file__).parent / 'data', **overrides)\n",
        encoding="utf-8",
    )
    metadata = site / f"{NAME}-0.0.1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {NAME}\nVersion: 0.0.1\n", encoding="utf-8")


def test_an_installed_model_is_used_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install_model(tmp_path, {"Aspirin": "CHEMICAL", "migraine": "DISEASE", "Lyon": "GPE", "Velora": "ORG"})
    monkeypatch.syspath_prepend(str(tmp_path))
    recognizer = SpacyModelRecognizer(NAME)
    recognizer.check()
    mentions = recognizer.recognize(analyse())
    assert [(mention.text, mention.type) for mention in mentions] == [
        ("Aspirin", EntityType.DRUG),
        ("migraine", EntityType.DISEASE),
        ("Velora", EntityType.ORGANISATION),
    ]
    assert all(mention.recognizers == (NAME,) for mention in mentions)


def test_a_folder_is_a_model_too(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "model", {"migraine": "CANCER"})
    (mention,) = SpacyModelRecognizer(str(folder)).recognize(analyse())
    assert (mention.text, mention.type) == ("migraine", EntityType.DISEASE)


def test_it_travels_to_another_process_by_name(tmp_path: Path) -> None:
    recognizer = SpacyModelRecognizer(str(write_model(tmp_path / "model", {"migraine": "DISEASE"})))
    recognizer.recognize(analyse())
    assert pickle.loads(pickle.dumps(recognizer)).recognize(analyse()) == recognizer.recognize(analyse())


def test_a_model_that_is_not_installed_is_said_with_what_to_do() -> None:
    with pytest.raises(RecognitionError, match="pip install"):
        SpacyModelRecognizer("en_ner_not_there_md").check()


def test_a_model_without_types_says_which_to_use_instead(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "model", {"Aspirin": "ENTITY"})
    with pytest.raises(RecognitionError, match="en_ner_bc5cdr_md"):
        SpacyModelRecognizer(str(folder)).recognize(analyse())


def test_a_model_with_labels_of_other_kinds_lists_them(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "model", {"Lyon": "GPE"})
    with pytest.raises(RecognitionError, match="GPE"):
        SpacyModelRecognizer(str(folder)).recognize(analyse())


def test_a_folder_that_is_no_model_is_said(tmp_path: Path) -> None:
    with pytest.raises(RecognitionError, match="cannot load"):
        SpacyModelRecognizer(str(tmp_path)).recognize(analyse())
