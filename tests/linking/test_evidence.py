from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.linking.evidence import Evidence
from kg.linking.finder import EvidenceFinder
from kg.linking.ngrams import NgramIndex
from kg.linking.variants import Step, Variant
from kg.model import Curie, EntityType
from kg.ontology.names import NameStatus, Posting

if TYPE_CHECKING:
    from kg.ontology.lexicon import Lexicon


def evidence(surface: str, name: str, status: NameStatus, kind: EntityType = EntityType.GENE_PROTEIN) -> Evidence:
    posting = Posting(curie=Curie("HGNC:1"), name=name, status=status, type=kind, source="hgnc", exact_case=True)
    return Evidence(posting, Variant(surface, Step.EXACT), distance=0, rivals=2, matches=1)


def test_an_official_symbol_counts_as_written_with_and_without_its_hyphen() -> None:
    assert evidence("ZQ-21", "ZQ21", NameStatus.LABEL).features(8)["written"] == 1.0
    assert "less_matched" not in evidence("ZQ-21", "ZQ21", NameStatus.LABEL).features(8)


def test_another_name_of_a_gene_must_be_written_so_and_gives_way_to_what_more_vocabularies_know() -> None:
    found = evidence("ZQ-21", "ZQ21", NameStatus.ABBREVIATION).features(8)
    assert "written" not in found
    assert found["less_matched"] > 0


def test_a_drug_has_no_symbol() -> None:
    assert "written" not in evidence("ZQ-21", "ZQ21", NameStatus.LABEL, EntityType.DRUG).features(8)


class NothingSimilar(NgramIndex):
    def similar(self, name: str, kind: EntityType | None, limit: int = 10) -> list[tuple[int, float]]:
        raise AssertionError(name)


def test_names_alone_are_found_without_a_look_at_similar_letters(lexicon: Lexicon) -> None:
    finder = EvidenceFinder(lexicon, NothingSimilar(lexicon), None)
    asked = [Variant("quaxalmic hobbledee", Step.EXACT)]
    assert finder.find_named(asked, EntityType.DISEASE, murine=False) == []
    with pytest.raises(AssertionError, match="quaxalmic"):
        finder.find(asked, EntityType.DISEASE)
