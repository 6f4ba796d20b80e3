from __future__ import annotations

from collections.abc import Iterator

from kg.evaluation.corpus_identifiers import Teller, Vocabularies, identifiers_of, vocabularies_of
from kg.evaluation.pubtator_format import CorpusDocument, GoldMention
from kg.model import Curie, Entity, EntityType

DISEASE, GENE = EntityType.DISEASE, EntityType.GENE_PROTEIN
CANCER = Entity(Curie("MONDO:1"), "cancer", DISEASE, (Curie("MESH:D1"),))
LUNG_CANCER = Entity(Curie("MONDO:2"), "lung cancer", DISEASE, (Curie("OMIM:5"), Curie("MESH:D2")))
SCAR_CANCER = Entity(Curie("MONDO:3"), "lung scar cancer", DISEASE, (Curie("NCIT:7"),))
FAMILY = Entity(Curie("FPLX:Abc"), "Abc", GENE)
ABC10 = Entity(Curie("HGNC:10"), "ABC10", GENE, (Curie("NCBIGene:10"),))
ABC2 = Entity(Curie("HGNC:2"), "ABC2", GENE, (Curie("NCBIGene:2"),))
CLASS = Entity(Curie("MESH:D9"), "Abc Proteins", GENE)
ABOVE = {
    "FPLX:Abc": ("MESH:D9",),
    "MONDO:3": ("MONDO:2",),
    "MONDO:2": ("MONDO:1",),
    "HGNC:10": ("FPLX:Abc",),
    "HGNC:2": ("FPLX:Abc",),
}


class FewNames:
    def entities(self) -> Iterator[Entity]:
        return iter((CANCER, LUNG_CANCER, SCAR_CANCER, FAMILY, CLASS, ABC10, ABC2))

    def try_entity(self, curie: Curie) -> Entity | None:
        return next((one for one in self.entities() if curie in (one.curie, *one.xrefs)), None)

    def parents(self, curie: Curie) -> tuple[Curie, ...]:
        return tuple(map(Curie, ABOVE.get(curie, ())))


def corpus(*identifiers: str) -> list[CorpusDocument]:
    mentions = [GoldMention(0, 1, "x", "SpecificDisease", (identifier,)) for identifier in identifiers]
    return [CorpusDocument("1", "x", "x ", tuple(mentions))]


def test_an_entity_is_told_by_the_vocabulary_that_the_corpus_uses_most() -> None:
    teller = Teller(FewNames())
    assert teller.tell(LUNG_CANCER, ("MESH", "OMIM")) == "MESH:D2"
    assert teller.tell(LUNG_CANCER, ("OMIM", "MESH")) == "OMIM:5"


def test_what_a_vocabulary_lacks_is_told_by_the_nearest_thing_above_it() -> None:
    assert Teller(FewNames()).tell(SCAR_CANCER, ("MESH",)) == "MESH:D2"


def test_a_family_of_genes_is_told_by_its_first_member() -> None:
    assert Teller(FewNames()).tell(FAMILY, ("NCBIGene",)) == "NCBIGene:2"


def test_a_class_of_proteins_is_told_by_the_first_gene_below_it() -> None:
    assert Teller(FewNames()).tell(CLASS, ("NCBIGene",)) == "NCBIGene:2"


def test_what_nothing_tells_is_told_by_nothing() -> None:
    assert Teller(FewNames()).tell(ABC2, ("OMIM",)) is None


def test_the_writing_and_the_order_of_vocabularies_are_the_corpus_s_own() -> None:
    found = vocabularies_of(corpus("D000001", "D000002", "OMIM:5"))[DISEASE]
    assert found == Vocabularies(("MESH", "OMIM"), frozenset({"MESH"}))
    assert (found.written(Curie("MESH:D000001")), found.written(Curie("OMIM:5"))) == ("D000001", "OMIM:5")


def test_a_record_that_the_corpus_uses_goes_before_another_of_the_same_thing() -> None:
    moved = Entity(Curie("MONDO:2"), "lung cancer", DISEASE, (Curie("MESH:C9"), Curie("MESH:D2"), Curie("MESH:D3")))
    used = identifiers_of(corpus("MESH:D2", "OMIM:5"))
    assert used == {"MESH:D2", "OMIM:5"}

    class Moved(FewNames):
        def try_entity(self, curie: Curie) -> Entity | None:
            return moved if curie == moved.curie else None

    assert Teller(Moved(), used).tell(moved, ("MESH",)) == "MESH:D2"
    assert Teller(Moved()).tell(moved, ("MESH",)) == "MESH:C9"


def test_without_any_identifier_the_usual_vocabularies_are_taken() -> None:
    assert vocabularies_of(corpus())[DISEASE] == Vocabularies(("MESH", "OMIM"))
