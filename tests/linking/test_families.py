"""Families and complexes of genes, and which of several genes of one name is meant."""

import pickle
import re
from dataclasses import replace
from typing import Any

import pytest

from kg.evaluation.popularity import named
from kg.linking.linker import EntityLinker
from kg.linking.popularity import shipped_popularity
from kg.linking.questions import Question
from kg.linking.telling import Teller, Telling
from kg.linking.usage import Usage, name_mark, shipped_usage
from kg.linking.vocabulary import Vocabulary
from kg.linking.vocabulary_linker import VocabularyLinker
from kg.model import Curie, EntityType
from kg.ontology.lexicon import Lexicon
from tests.linking.documents import link
from tests.small_lexicon import open_terms

GENE = EntityType.GENE_PROTEIN
GENES = Vocabulary.named("ncbigene")
ANNOTATED = replace(GENES, as_annotated=True)
TERMS = """id\ttype\tlabel\tnames\txrefs\tparents
FPLX:NADPH_oxidase\tgene_protein\tNADPH oxidase\t\tMESH:D019255\t
FPLX:NFkappaB\tgene_protein\tNFkappaB\te:NF-kappa B\t\t
FPLX:NFkappaB_1\tgene_protein\tNFkappaB 1\t\t\t<FPLX:NFkappaB
HGNC:7794\tgene_protein\tNFKB1\te:NF-kappaB\tNCBIGene:4790\tFPLX:NFkappaB_1
HGNC:7795\tgene_protein\tNFKB2\t\tNCBIGene:4791\tFPLX:NFkappaB_1 FPLX:NFkappaB
MGI:97312\tgene_protein\tNfkb1\te:NFKB1\tNCBIGene:18033\t
HGNC:2577\tgene_protein\tCYBA\t\tNCBIGene:1535\t<FPLX:NADPH_oxidase
HGNC:2578\tgene_protein\tCYBB\ta:NOX2\tNCBIGene:1536\t<FPLX:NADPH_oxidase
HGNC:3062\tgene_protein\tDUOX1\t\tNCBIGene:53905\tFPLX:NADPH_oxidase <FPLX:NADPH_oxidase
FPLX:PKC\tgene_protein\tPKC\te:protein kinase C\t\t
HGNC:30500\tgene_protein\tPRRT2\ta:PKC\tNCBIGene:112476\t
HGNC:9605\tgene_protein\tPTGS2\ta:COX2|e:cyclooxygenase-2\tNCBIGene:5743\t
HGNC:7421\tgene_protein\tMT-CO2\ta:COX2\tNCBIGene:4513\t
HGNC:7010\tgene_protein\tMEN1\te:menin\tNCBIGene:4221\t
MONDO:0007540\tdisease\tmultiple endocrine neoplasia type 1\t\t\t
MGI:95720\tgene_protein\tGja1\ta:CX43\tNCBIGene:14609\t
"""


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return open_terms(tmp_path_factory.mktemp("lexicon"), TERMS)


def told(lexicon: Lexicon, curie: str, *, murine: bool = False) -> tuple[Telling, ...]:
    return Teller(lexicon, GENES).tell(Curie(curie), GENE, murine=murine)


def test_a_complex_has_its_subunits_as_parts_not_as_kinds(lexicon: Lexicon) -> None:
    complex_, subunit = Curie("FPLX:NADPH_oxidase"), Curie("HGNC:2578")
    assert lexicon.parts(complex_) == ("HGNC:2577", "HGNC:2578", "HGNC:3062")
    assert lexicon.wholes(subunit) == (complex_,)
    assert (lexicon.children(complex_), lexicon.ancestors(subunit)) == ((), ())
    assert lexicon.parents(Curie("HGNC:7795")) == ("FPLX:NFkappaB_1",)  # of what is a part, it is no kind
    assert lexicon.parts(Curie("HGNC:0")) == lexicon.wholes(Curie("HGNC:0")) == ()


def test_a_complex_is_told_by_its_subunits_those_that_begin_alike_first(lexicon: Lexicon) -> None:
    found = told(lexicon, "FPLX:NADPH_oxidase")
    assert [one.identifier for one in found] == ["NCBIGene:1535", "NCBIGene:1536", "NCBIGene:53905"]
    assert {one.steps for one in found} == {-1}


def test_members_of_a_part_are_members_and_a_namesake_says_so(lexicon: Lexicon) -> None:
    found = {one.identifier: one.is_namesake for one in told(lexicon, "FPLX:NFkappaB")}
    assert found == {"NCBIGene:4790": True, "NCBIGene:4791": False}


def test_where_mouse_genes_are_meant_they_are_told(lexicon: Lexicon) -> None:
    assert [one.identifier for one in told(lexicon, "FPLX:NFkappaB", murine=True)] == ["NCBIGene:18033"]


def test_a_family_that_the_text_defines_is_no_gene_of_that_alias(lexicon: Lexicon) -> None:
    found = link(EntityLinker(lexicon), "[protein kinase C|gene_protein] ([PKC|gene_protein]) was active.")
    assert found["PKC"] == "FPLX:PKC"


def test_a_family_goes_before_a_gene_that_was_once_called_so_and_no_text_knows(lexicon: Lexicon) -> None:
    linker = EntityLinker(lexicon)
    assert link(linker, "[PKC|gene_protein] was active.")["PKC"] == "FPLX:PKC"
    assert "HGNC:30500" not in shipped_popularity()
    assert link(linker, "[PRRT2|gene_protein] was active.")["PRRT2"] == "HGNC:30500"


def test_a_gene_may_have_its_symbol_from_a_disease(lexicon: Lexicon) -> None:
    text = "Multiple endocrine neoplasia type 1 (MEN1) is rare. [MEN1|gene_protein] was mutated."
    assert link(EntityLinker(lexicon), text)["MEN1"] == "HGNC:7010"


def test_of_two_genes_of_a_name_the_one_that_texts_know_is_meant(lexicon: Lexicon) -> None:
    assert shipped_popularity()["HGNC:9605"] > shipped_popularity().get("HGNC:7421", 0)
    first, second = EntityLinker(lexicon).scored(Question("COX-2", GENE))[:2]
    assert (first.evidence.posting.curie, second.evidence.posting.curie) == ("HGNC:9605", "HGNC:7421")
    assert "less_known" in second.features
    assert "less_known" not in first.features


def test_only_names_of_one_gene_are_counted(lexicon: Lexicon) -> None:
    assert named("COX-2, NADPH oxidase and cyclooxygenase-2", lexicon) == {"FPLX:NADPH_oxidase", "HGNC:9605"}
    assert named("NFKB1 of man and mouse", lexicon) == {"HGNC:7794", "MGI:97312"}


def test_a_mouse_gene_is_written_with_one_capital(lexicon: Lexicon) -> None:
    (found,) = EntityLinker(lexicon).scored(Question("Cx43", GENE, murine=True))[:1]
    assert found.evidence.posting.curie == "MGI:95720"
    assert "case" not in found.features


def test_what_is_usual_under_a_name_speaks_for_an_identifier(lexicon: Lexicon) -> None:
    usage = Usage({}, {name_mark("NADPH oxidases", GENE): {"NCBIGene:53905": 6}})
    plain = VocabularyLinker(lexicon, GENES, usage=usage)
    used = VocabularyLinker(lexicon, ANNOTATED, usage=usage)
    question = Question("NADPH oxidase", GENE)
    assert plain.candidates(question)[0].entity.curie != "NCBIGene:53905"
    assert used.candidates(question)[0].entity.curie == "NCBIGene:53905"
    assert usage.under("NADPH oxidase", EntityType.DISEASE) == {}


def test_no_name_is_written_out_in_what_is_shipped() -> None:
    mark = name_mark("Colon Cancer", EntityType.DISEASE)
    assert all(re.fullmatch("[0-9a-f]{12}", one) for one in (mark, *shipped_usage().names))


def test_what_is_usual_under_a_name_is_a_candidate_though_it_is_not_called_so(lexicon: Lexicon) -> None:
    disease = EntityType.DISEASE
    usage = Usage({}, {name_mark("Wermer's", disease): {"MONDO:0007540": 3}})
    linker = VocabularyLinker(lexicon, replace(Vocabulary.named("mondo"), as_annotated=True), usage=usage)
    (best, *_) = linker.candidates(Question("Wermer's", disease))
    assert (best.entity.curie, best.method) == ("MONDO:0007540", "usual")


def test_a_linker_with_counts_of_its_own_can_be_pickled(lexicon: Lexicon) -> None:
    linker = VocabularyLinker(lexicon, GENES, usage=Usage({"NCBIGene:1536": 9}))
    question = Question("NADPH oxidase", GENE)
    assert pickle.loads(pickle.dumps(linker)).candidates(question) == linker.candidates(question)


def test_only_pubtators_vocabulary_tells_names_as_annotators_do() -> None:
    assert Vocabulary.named("pubtator").as_annotated
    assert not Vocabulary.named("mesh,omim").as_annotated


def test_a_subunit_that_a_vocabulary_lacks_is_told_by_its_complex(lexicon: Lexicon) -> None:
    (found,) = Teller(lexicon, Vocabulary.named("mesh")).tell(Curie("HGNC:2578"), GENE)
    assert (found.identifier, found.steps) == ("MESH:D019255", 1)
