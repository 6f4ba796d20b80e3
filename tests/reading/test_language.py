from __future__ import annotations

import pytest

from kg.reading import ReadingOptions
from kg.reading.language import detect_language
from tests.reading.reading import Folder


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Examplumab inhibits NADPH oxidase and protects natural killer cells."),
        ("en", "ACME FILES PAPERS FOR EXAMPLUMAB IN EUROPE AND EXPECTS A DECISION IN AUTUMN"),
        ("en", "AML"),
        ("en", ""),
        ("en", "12.5 %"),
        ("de", "Die Europäische Kommission hat das Arzneimittel für Erwachsene mit akuter Leukämie zugelassen."),
        ("fr", "La Commission européenne a autorisé le médicament pour les adultes atteints de leucémie aiguë."),
        ("es", "La Comisión Europea ha autorizado el medicamento para los adultos con leucemia aguda."),
        ("nl", "De Europese Commissie heeft het geneesmiddel toegelaten voor volwassenen met acute leukemie."),
        ("sv", "Europeiska kommissionen har godkänt läkemedlet för vuxna med akut leukemi i första remission."),
        ("ja", "欧州委員会は急性骨髄性白血病の成人患者を対象に本剤を承認した。"),
        ("ru", "Европейская комиссия одобрила препарат для взрослых с острым миелоидным лейкозом."),
    ],
)
def test_languages_are_told_and_the_doubtful_is_english(language: str, text: str) -> None:
    assert detect_language(text) == language


def test_a_german_text_is_loaded_and_marked(folder: Folder) -> None:
    text = "Die Europäische Kommission hat das Arzneimittel für Erwachsene mit akuter Leukämie zugelassen."
    assert folder.read("a.txt", text).language == "de"
    assert folder.read("a.txt", text, ReadingOptions(language="en")).language == "en"
