"""Which descriptors of MeSH are one gene's, by records and names of our own making."""

from __future__ import annotations

import pytest

from scripts.lexicon.mesh import Heading
from scripts.lexicon.sole_members import SoleMembers

FULL = {
    "HGNC:1": ["abc hormone nuclear receptor", "abc hormone receptor variant"],
    "HGNC:2": ["xyz receptor 2"],
    "HGNC:3": ["xyz receptor 1"],
    "HGNC:4": ["glow enzyme"],
}
SHORT = {"HGNC:1": ["ABCR"], "HGNC:2": ["XYZR2"], "HGNC:3": ["XYZR1"], "HGNC:4": ["GLW"]}


@pytest.mark.parametrize(
    ("label", "members", "gene"),
    [
        ("Receptors, Abc Hormone", {"HGNC:1"}, "HGNC:1"),
        ("Receptors, Abc Hormone", {"HGNC:1", "HGNC:4"}, None),
        ("Receptors, Xyz", {"HGNC:2"}, None),
        ("Shining Proteins", {"HGNC:4"}, None),
        ("GLW Protein", {"HGNC:4"}, "HGNC:4"),
        ("Glow Enzyme", {"HGNC:1"}, None),
    ],
)
def test_a_descriptor_is_a_gene_s_where_it_has_no_other_and_names_agree(
    label: str, members: set[str], gene: str | None
) -> None:
    heading = Heading("MESH:D1", label, (), ("D12.776.1",))
    assert SoleMembers({"MESH:D1": members}, FULL, SHORT).gene_of(heading) == gene
