"""A small lexicon of our own making, real in all but size."""

from typing import Any

import pytest

from kg.linking.linker import EntityLinker
from kg.ontology.lexicon import Lexicon
from tests.small_lexicon import open_terms

TERMS = """id\ttype\tlabel\tnames\txrefs\tparents
MONDO:0018874\tdisease\tacute myeloid leukemia\ta:AML|e:acute myelogenous leukemia\tMESH:D015470\tMONDO:0005059
MONDO:0005059\tdisease\tleukemia\t\tMESH:D007938\tMONDO:0004992
MONDO:0004992\tdisease\tcancer\te:malignant neoplasm\tMESH:D009369\t
MONDO:0005575\tdisease\tcolorectal cancer\te:colorectal carcinoma\t\tMONDO:0004992
MONDO:0001056\tdisease\tgastric cancer\te:stomach cancer\t\tMONDO:0004992
MONDO:0008170\tdisease\tovarian cancer\t\t\tMONDO:0004992
MONDO:0008903\tdisease\tlung cancer\t\t\tMONDO:0004992
MONDO:0021117\tdisease\tlung neoplasm\tr:lung\t\t
MONDO:0011996\tdisease\tchronic myeloid leukemia\t\t\tMONDO:0005059
MONDO:0005147\tdisease\ttype 1 diabetes\t\t\tMONDO:0005015
MONDO:0005148\tdisease\ttype 2 diabetes\t\t\tMONDO:0005015
MONDO:0007454\tdisease\ttype 1 diabetes mellitus 2\t\t\tMONDO:0005015
MONDO:0005002\tdisease\tchronic obstructive pulmonary disease\tA:COLD\t\t
MONDO:0010518\tdisease\tWiskott-Aldrich syndrome\tA:WAS\t\t
HGNC:12731\tgene_protein\tWAS\tE:WAS\t\t
MONDO:0010383\tdisease\tfragile X syndrome\t\t\t
MONDO:0006234\tdisease\tgrade III prostatic intraepithelial neoplasia\t\t\t
MONDO:0001475\tdisease\tneutropenia\t\t\t
MONDO:0005044\tdisease\thypertensive disorder\te:hypertension\tMESH:D006973\t
MONDO:0006932\tdisease\tpulmonary edema\t\t\t
MONDO:0001106\tdisease\tkidney failure\te:renal failure\tMESH:D051437\t
MONDO:0005301\tdisease\tmultiple sclerosis\ta:MS\t\t
MONDO:0006732\tdisease\tdrug-induced dyskinesia\t\tMESH:D004409 DOID:0050852\tHP:0100660
HP:0100660\tdisease\tDyskinesia\t\tMESH:D020820\t
MONDO:0013626\tdisease\tpsoriasis 14, pustular\ta:GPP\tDOID:1 DOID:2 DOID:3 DOID:4\tMONDO:0100491
MONDO:0100491\tdisease\tgeneralized pustular psoriasis\t\t\t
MONDO:0012412\tdisease\tcomplement component 7 deficiency\t\t\t
HGNC:1346\tgene_protein\tC7\te:complement C7|e:complement component 7\t\t
FPLX:AMPK\tgene_protein\tAMPK\t\t\t
HGNC:9377\tgene_protein\tPRKAA2\ta:AMPK\tNCBIGene:5563\tFPLX:AMPK
HGNC:7873\tgene_protein\tNOS2\te:nitric oxide synthase 2\t\t
HGNC:23292\tgene_protein\tNANOS2\ta:NOS2|e:nanos C2HC-type zinc finger 2\t\t
MESH:D000637\tgene_protein\tTransaminases\te:Aminotransferases\t\t
MONDO:0016107\tdisease\tmyotonic dystrophy\t\t\t
MONDO:0005015\tdisease\tdiabetes mellitus\ta:DM\t\t
MONDO:0008564\tdisease\tcarbonic anhydrase 2 deficiency\t\t\t
HGNC:2514\tgene_protein\tCTNNB1\te:catenin beta 1|e:beta-catenin\t\t
CL:0000623\tcell\tnatural killer cell\ta:NK cell\t\t
CL:0000084\tcell\tT cell\te:T lymphocyte\t\t
CHEBI:18295\tdrug\thistamine\t\tMESH:D006632\t
CHEBI:45783\tdrug\timatinib\tb:Gleevec|b:Glivec\t\t
CHEBI:25107\tdrug\tmagnesium sulfate\ta:MS\t\t
UNII:M89N0Q7EQR\tdrug\taldesleukin\te:interleukin-2|a:IL-2\t\t
HGNC:6001\tgene_protein\tIL2\te:interleukin 2|a:IL-2\t\t
HGNC:8004\tgene_protein\tNRP1\te:neuropilin 1|a:NP1\t\t
HGNC:1504\tgene_protein\tCASP3\te:caspase 3\t\t
MGI:107739\tgene_protein\tCasp3\te:caspase 3|e:yama\t\t
HGNC:11766\tgene_protein\tTGFB1\te:TGF-beta1\t\t
HGNC:11768\tgene_protein\tTGFB2\te:TGF-beta2\t\t
HGNC:20771\tgene_protein\tTUBB4B\te:Beta2\t\t
HGNC:1511\tgene_protein\tCASP9\te:caspase 9\t\t
HGNC:10261\tgene_protein\tROS1\te:ROS proto-oncogene 1|a:ROS\tNCBIGene:6098 UniProtKB:P08922\t
CHEBI:26523\tdrug\treactive oxygen species\ta:ROS\t\t
GO:0006915\tprocess\tapoptotic process\te:apoptosis\t\t
ROR:01z0wsw92\torganisation\tEuropean Medicines Agency\ta:EMA\t\t
CHEBI:22984\tdrug\tcalcium\t\t\t
HGNC:1373\tgene_protein\tCA2\te:carbonic anhydrase 2\t\t
SEC_CIK:0009999999\torganisation\tPolternal Therapeutics\te:Polternal\t\t
SEC_CIK:0000078003\torganisation\tPfizer Inc\te:Pfizer\t\t
"""


@pytest.fixture(scope="session")
def lexicon(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return open_terms(tmp_path_factory.mktemp("lexicon"), TERMS)


@pytest.fixture(scope="session")
def linker(lexicon: Lexicon) -> Any:
    return EntityLinker(lexicon)
