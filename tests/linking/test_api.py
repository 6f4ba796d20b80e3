import pickle
import subprocess
import sys
from typing import Any

import pytest

from kg import Linker
from kg.model import EntityType
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


def test_a_context_that_defines_the_name_decides(api: Any) -> None:
    linked = api.link_text("MS", context="The treatment of multiple sclerosis (MS) is long.")
    assert linked.chosen.curie == "MONDO:0005301"
    linked = api.link_text("MS", context="They gave magnesium sulfate (MS) at once.")
    assert linked.chosen.curie == "CHEBI:25107"


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
