"""Of several genes that a name may be that of, the one is meant that its document names elsewhere."""

from typing import Any

import pytest

from kg.linking.linker import EntityLinker
from kg.linking.vocabulary import Vocabulary
from kg.linking.vocabulary_linker import VocabularyLinker
from kg.ontology.lexicon import Lexicon
from tests.linking.documents import link
from tests.small_lexicon import open_terms

TERMS = """id\ttype\tlabel\tnames\txrefs\tparents
FPLX:MMP\tgene_protein\tMMP\te:matrix metalloproteinase\t\t
HGNC:7155\tgene_protein\tMMP1\t\tNCBIGene:4312\tFPLX:MMP
HGNC:7166\tgene_protein\tMMP2\t\tNCBIGene:4313\tFPLX:MMP
HGNC:6929\tgene_protein\tMC1R\ta:MCR\tNCBIGene:4157\t
HGNC:6932\tgene_protein\tMC4R\ta:MCR\tNCBIGene:4160\t
MONDO:0000001\tdisease\tMCR disease\ta:MCD\t\t
MONDO:0000002\tdisease\tmacular disease\ta:MCD\t\t
"""


@pytest.fixture(scope="module")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return open_terms(tmp_path_factory.mktemp("lexicon"), TERMS)


@pytest.mark.parametrize(("named", "curie"), [("MC1R", "HGNC:6929"), ("MC4R", "HGNC:6932")])
def test_a_shared_alias_is_the_gene_that_the_document_names(lexicon: Lexicon, named: str, curie: str) -> None:
    found = link(EntityLinker(lexicon), f"[{named}|gene_protein] was cloned. This [MCR|gene_protein] binds peptides.")
    assert found == {named: curie, "MCR": curie}


@pytest.mark.parametrize(("named", "curie"), [("MMP1", "NCBIGene:4312"), ("MMP2", "NCBIGene:4313")])
def test_a_family_is_told_by_the_member_that_the_document_names(lexicon: Lexicon, named: str, curie: str) -> None:
    linker = VocabularyLinker(lexicon, Vocabulary.named("ncbigene"))
    text = f"[Matrix metalloproteinases|gene_protein] cleave collagen, [{named}|gene_protein] first."
    assert link(linker, text)["Matrix metalloproteinases"] == curie
    families = link(EntityLinker(lexicon), text)
    assert families["Matrix metalloproteinases"] == "FPLX:MMP"  # as entities both are named


def test_a_gene_of_its_own_name_stays_itself(lexicon: Lexicon) -> None:
    text = "[MC1R|gene_protein] and [MC4R|gene_protein] differ."
    assert link(EntityLinker(lexicon), text) == {"MC1R": "HGNC:6929", "MC4R": "HGNC:6932"}


def test_what_is_remembered_of_a_name_does_not_pass_from_one_document_to_the_next(lexicon: Lexicon) -> None:
    linker = EntityLinker(lexicon)
    alone = link(linker, "[MCR|gene_protein] binds.")
    link(linker, "[MC4R|gene_protein] was cloned. [MCR|gene_protein] binds.")
    assert link(linker, "[MCR|gene_protein] binds.") == alone


def test_a_name_that_only_resembles_a_gene_names_none(lexicon: Lexicon) -> None:
    alone = link(EntityLinker(lexicon), "[MCR|gene_protein] binds.")["MCR"]
    found = link(EntityLinker(lexicon), "[MC4Rx|gene_protein] was cloned. [MCR|gene_protein] binds.")
    assert found["MCR"] == alone
