"""A small lexicon of our own making, real in all but size."""

import pytest

from kg.ontology.lexicon import Lexicon
from tests.small_lexicon import open_terms

TERMS = """id\ttype\tlabel\tnames\txrefs\tparents
MONDO:0018874\tdisease\tacute myeloid leukemia\ta:AML|e:acute myelogenous leukemia\t\t
MONDO:0005059\tdisease\tleukemia\t\t\t
MONDO:0005575\tdisease\tcolorectal cancer\t\t\t
MONDO:0001056\tdisease\tgastric cancer\t\t\t
MONDO:0008170\tdisease\tovarian cancer\t\t\t
MONDO:0005233\tdisease\tnon-small cell lung cancer\ta:NSCLC\t\t
MONDO:0005105\tdisease\tmelanoma\t\t\t
MONDO:0007964\tdisease\tmelanoma 1\t\t\t
MONDO:0006466\tdisease\tspindle thymoma\ta:SPTHY|e:spthy\t\t
MONDO:0004975\tdisease\tAlzheimer disease\t\t\t
MONDO:0100096\tdisease\tCOVID-19\t\t\t
HP:0001945\tdisease\tFever\t\t\t
CL:0000084\tcell\tT cell\te:T lymphocyte\t\t
CL:0000623\tcell\tnatural killer cell\te:NK cell\t\t
CHEBI:45783\tdrug\timatinib\tb:Gleevec\t\t
CHEBI:18295\tdrug\thistamine dihydrochloride\t\t\t
UNII:0000000001\tdrug\tadvance\t\t\t
HGNC:8760\tgene_protein\tPDCD1\te:PD-1|a:PD1\t\t
HGNC:10555\tgene_protein\tATXN2\te:ataxin 2\t\t
HGNC:18969\tgene_protein\tCRLF3\ta:CRL|a:QRL\t\t
GO:0006914\tprocess\tautophagy\t\t\t
MESH:D000483\tprocess\tAlleles\te:allele\t\t
SEC_CIK:0000078003\torganisation\tPfizer Inc\te:Pfizer\t\t
SEC_CIK:0000027419\torganisation\tTarget\t\t\t
"""


@pytest.fixture(scope="session")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    return open_terms(tmp_path_factory.mktemp("lexicon"), TERMS)
