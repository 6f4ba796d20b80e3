import pytest

from kg.linking.linker import EntityLinker
from kg.linking.species import is_of_mouse, species_cues
from kg.model import EntityType, Mention
from tests.linking.documents import link


@pytest.mark.parametrize(
    ("text", "curie"),
    [
        ("[Casp3|gene_protein] is absent from these mice.", "MGI:107739"),
        ("Murine [caspase-3|gene_protein] cleaves it.", "MGI:107739"),
        ("[CASP3|gene_protein] was measured in 40 patients.", "HGNC:1504"),
        ("Mice were given human [caspase 3|gene_protein].", "HGNC:1504"),
        ("[caspase 3|gene_protein] cleaves it.", "HGNC:1504"),
        ("[Casp9|gene_protein] is absent from these mice.", "HGNC:1511"),
        ("[yama|gene_protein] is absent from these mice.", "MGI:107739"),
        ("[yama|gene_protein] was measured in 40 patients.", "HGNC:1504"),
    ],
)
def test_a_gene_is_that_of_the_species_the_text_is_about(linker: EntityLinker, text: str, curie: str) -> None:
    assert list(link(linker, text).values()) == [curie]


def test_a_symbol_written_as_for_mice_tips_the_scales() -> None:
    text = "Trp53 and TP53 were measured. The mouse was compared with two mice and a patient."
    cues = species_cues(text)
    assert is_of_mouse(text, Mention(0, 5, "Trp53", EntityType.GENE_PROTEIN, ("gold",)), cues)
    assert not is_of_mouse(text, Mention(10, 14, "TP53", EntityType.GENE_PROTEIN, ("gold",)), cues)
