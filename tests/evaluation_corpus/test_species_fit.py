"""The fit of whose gene is meant, on documents of two sentences."""

import gzip
from pathlib import Path

from kg.evaluation.species_fit import Example, examples, fit, right
from kg.model import EntityType, Mention
from kg.ontology.lexicon import Lexicon


def _example(text: str, name: str, *, is_mouse: bool) -> Example:
    start = text.index(name)
    gene = Mention(start, start + len(name), name, EntityType.GENE_PROTEIN, ("gold",))
    return Example(text, text, (gene,), {gene: is_mouse})


def test_the_fit_learns_what_the_documents_show() -> None:
    found = [
        _example("Knockout mice had less caspase 3.", "caspase 3", is_mouse=True),
        _example("Transgenic mice had less caspase 9.", "caspase 9", is_mouse=True),
        _example("In 12 patients and their mice caspase 3 was low.", "caspase 3", is_mouse=False),
        _example("In 9 patients caspase 9 fell, not in mice.", "caspase 9", is_mouse=False),
    ] * 5
    weights = fit(found)
    assert weights["altered"] > 0 > weights["people"]
    assert right(found, weights) == len(found)
    assert right(found, {}) == len(found) / 2


def test_only_genes_of_one_of_the_two_species_are_examples(tmp_path: Path) -> None:
    path = tmp_path / "small.pubtator.gz"
    lines = (
        "1|t|TP53 and Trp53 in rats.", "1|a|Nothing else.", "1\t0\t4\tTP53\tGene\t7157", "1\t9\t14\tTrp53\tGene\t22059",
        "1\t18\t22\trats\tGene\t999999999", "", "2|t|A rat.", "2|a|Nothing.", "2\t2\t5\trat\tGene\t999999999", "",
    )  # fmt: skip
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    (one,) = examples(path, Lexicon.open())
    assert {gene.text: is_mouse for gene, is_mouse in one.is_mouse.items()} == {"TP53": False, "Trp53": True}
    assert [gene.text for gene in one.genes] == ["TP53", "Trp53", "rats"]
    assert not list(examples(path, Lexicon.open(), without={"1"}))
