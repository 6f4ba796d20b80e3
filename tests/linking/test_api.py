import pickle
import subprocess
import sys
from math import exp
from typing import Any

import pytest

from kg import Linker
from kg.linking.linker import EntityLinker
from kg.linking.plain_text import in_context
from kg.linking.scoring import Scorer
from kg.model import Curie, EntityType
from kg.ontology.lexicon import Lexicon


@pytest.fixture(scope="module")
def api(lexicon: Lexicon) -> Any:
    return Linker(lexicon)


def test_a_name_is_linked_in_one_line(api: Any) -> None:
    linked = api.link_text("NK cells")
    assert linked.chosen.curie == "CL:0000623"
    assert linked.mention.type is EntityType.CELL


def test_a_type_may_be_given_as_a_word(api: Any) -> None:
    assert api.link_text("IL-2", type="drug").chosen.curie == "UNII:M89N0Q7EQR"


@pytest.mark.parametrize(("name", "context"), [("AML\udcff", ""), ("AML", "AML\ud83d in adults")])
def test_what_is_no_text_is_refused_in_words(api: Any, name: str, context: str) -> None:
    with pytest.raises(ValueError, match="lone surrogate") as raised:
        api.link_text(name, context=context)
    assert type(raised.value) is ValueError
    assert api.link_text("AML", context="AML \U0001f600 in adults").chosen is not None


def test_a_context_that_defines_the_name_decides(api: Any) -> None:
    linked = api.link_text("MS", context="The treatment of multiple sclerosis (MS) is long.")
    assert linked.chosen.curie == "MONDO:0005301"
    linked = api.link_text("MS", context="They gave magnesium sulfate (MS) at once.")
    assert linked.chosen.curie == "CHEBI:25107"


def test_a_name_without_a_type_is_linked_as_one_of_the_type_that_it_seems_to_be_of(lexicon: Lexicon) -> None:
    scorer = Scorer({"bias": 1.0}, 0.5, {EntityType.DISEASE: {"bias": -1.0}, EntityType.DRUG: {"bias": 2.0}})
    linker = EntityLinker(lexicon, scorer)
    assert linker.link_as(*in_context("leukemia", None, ""), None).is_nil
    linked = linker.link_as(*in_context("imatinib", None, ""), None)
    assert linked.candidates[0].score == scorer.score({"bias": 1.0}, EntityType.DRUG)


def test_a_name_without_a_type_is_read_in_its_document_as_one_of_its_type(api: Any) -> None:
    context = "We bred mice that lack caspase 3, and the livers of these mice were weighed after four weeks."
    assert api.link_text("caspase 3").chosen.curie == "HGNC:1504"
    assert api.link_text("caspase 3", context=context).chosen.curie == "MGI:107739"


@pytest.mark.parametrize("vocabulary", [None, "mesh"])
@pytest.mark.parametrize("name", ["NK cells", "leukaemia", "ovarian carcinoma", "ROS", "histamin", "no such thing"])
def test_the_parts_of_a_name_without_a_type_add_up(lexicon: Lexicon, vocabulary: str | None, name: str) -> None:
    linker = Linker(lexicon, vocabulary)
    scores = {one.entity.curie: one.score for one in linker.link_text(name).candidates}
    for reason in linker.explain_text(name).reasons:
        assert reason.score == scores[Curie(reason.curie)]
        assert reason.score == pytest.approx(1 / (1 + exp(-sum(reason.parts.values()))), abs=0.002)


def test_the_place_of_a_name_without_a_type_tells_its_type(api: Any) -> None:
    linked = api.link_text("EMA", context="The EMA approved the drug in the EU.")
    assert (linked.chosen.curie, linked.mention.type) == ("ROR:01z0wsw92", EntityType.ORGANISATION)
    context = "ROS kill the cells that NADPH oxidase protects."
    assert api.link_text("ROS", context=context).chosen.curie == "CHEBI:26523"
    assert api.link_text("ROS", "gene_protein", context).chosen.curie == "HGNC:10261"


@pytest.mark.parametrize("context", ["   ", "This text does not hold the name.", "PEMAT approved it."])
def test_a_context_that_does_not_hold_the_name_changes_nothing(api: Any, context: str) -> None:
    assert api.link_text("EMA", context=context) == api.link_text("EMA")


def test_a_name_is_found_in_its_context_however_it_is_set(api: Any) -> None:
    _, mention = in_context("acute myeloid leukemia", None, "Patients with Acute\nmyeloid  leukemia.")
    assert (mention.start, mention.text) == (14, "Acute\nmyeloid  leukemia")
    _, mention = in_context("IL-2", None, "It was IL\u20112 that helped.")
    assert mention.start == 7
    assert (
        api.link_text("acute myeloid leukemia", context="It was acute\nmyeloid leukemia.").chosen.curie
        == "MONDO:0018874"
    )


def test_without_the_model_a_context_still_defines(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.assembly.find_spec", lambda _: None)
    linker: Any = Linker(lexicon)
    assert linker.link_text("MS", context="They gave magnesium sulfate (MS).").chosen.curie == "CHEBI:25107"
    assert linker.explain_text("EMA", context="The EMA approved it.").likely == {}


def test_what_a_name_without_a_type_may_be_of_another_type_is_a_candidate_that_is_not_chosen(api: Any) -> None:
    linked = api.link_text("MS")
    scores = {one.entity.type: one.score for one in linked.candidates}
    assert linked.candidates[0].entity == linked.chosen
    assert scores.keys() == {EntityType.DISEASE, EntityType.DRUG}
    assert min(scores.values()) < api.entity_linker.scorer.threshold < max(scores.values())


def test_an_empty_name_is_refused(api: Any) -> None:
    with pytest.raises(ValueError, match="empty"):
        api.link_text("  ")


def test_an_unknown_type_is_refused(api: Any) -> None:
    with pytest.raises(ValueError, match="planet"):
        api.link_text("IL-2", type="planet")


def test_a_pickled_linker_answers_the_same(api: Any) -> None:
    again = pickle.loads(pickle.dumps(api))
    assert again.link_text("severe hypertension") == api.link_text("severe hypertension")


def test_many_names_are_answered_in_order(api: Any) -> None:
    found = api.link_texts(["cancer", "no such thing at all", "leukemia"])
    assert [one.chosen.curie if one.chosen else None for one in found] == ["MONDO:0004992", None, "MONDO:0005059"]


def test_importing_kg_loads_nothing_heavy() -> None:
    code = "import sys, kg; print(sorted({'numpy', 'spacy', 'kg.linking', 'marisa_trie'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_kg_names_what_it_does_not_have() -> None:
    import kg

    with pytest.raises(AttributeError, match="nothing_here"):
        _ = kg.nothing_here
