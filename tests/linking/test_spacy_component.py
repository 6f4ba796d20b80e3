import pickle
import warnings
from typing import Any

import pytest

from kg.ontology.lexicon import Lexicon

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import spacy

    from kg.spacy_component import SpacyLinker

# spaCy loads the factories of every installed package, and some of those warn at import.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def component(lexicon: Lexicon) -> Any:
    return SpacyLinker(lexicon)


@pytest.fixture
def doc() -> Any:
    doc: Any = spacy.blank("en")("Patients with acute myeloid leukemia (AML) got zorblatinib at Foo .")
    doc.ents = [
        doc.char_span(14, 36, label="DISEASE"),
        doc.char_span(38, 41, label="DISEASE"),
        doc.char_span(47, 58, label="CHEMICAL"),
    ]
    return doc


def test_entities_get_their_curie_and_nil_ones_none(component: Any, doc: Any) -> None:
    linked = component(doc)
    assert [entity.kb_id_ for entity in linked.ents] == ["MONDO:0018874", "MONDO:0018874", ""]
    assert linked.ents[2]._.kg.name == "zorblatinib"
    assert [entity.label_ for entity in linked.ents] == ["DISEASE", "DISEASE", "CHEMICAL"]


def test_an_entity_of_an_unknown_label_may_be_anything(component: Any) -> None:
    doc: Any = spacy.blank("en")("NK cells")
    doc.ents = [doc.char_span(0, 8, label="ENTITY")]
    assert component(doc).ents[0].kb_id_ == "CL:0000623"


def test_an_entity_of_an_unknown_label_is_read_at_its_place(lexicon: Lexicon) -> None:
    text = "Each woman received 4 g of MS intravenously."
    for read_types, curie in ((True, "CHEBI:25107"), (False, "MONDO:0005301")):
        doc: Any = spacy.blank("en")(text)
        doc.ents = [doc.char_span(27, 29, label="ENTITY")]
        assert SpacyLinker(lexicon, read_types=read_types)(doc).ents[0].kb_id_ == curie


def test_the_component_can_be_pickled_and_is_known_to_spacy(component: Any, doc: Any) -> None:
    again = pickle.loads(pickle.dumps(component))
    assert [entity.kb_id_ for entity in again(doc).ents][:1] == ["MONDO:0018874"]
    assert spacy.blank("en").has_factory("kg_linker")


def _ruled(lexicon: Lexicon, **config: str) -> Any:
    sources, cache = lexicon._opened_with
    nlp: Any = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "DISEASE", "pattern": "colorectal cancer"}, {"label": "X", "pattern": "zorblatinib"}])
    nlp.add_pipe("kg_linker", config={"sources": str(sources[0][1].parent), "cache": str(cache), **config})
    return nlp


def test_documents_come_back_from_other_processes_with_their_links(lexicon: Lexicon) -> None:
    nlp = _ruled(lexicon)
    texts = ["colorectal cancer, zorblatinib"] * 3
    here, there = nlp(texts[0]), list(nlp.pipe(texts, n_process=2, batch_size=1))
    for doc in there:
        assert [entity._.kg for entity in doc.ents] == [entity._.kg for entity in here.ents]
        assert doc.ents[0]._.kg.chosen.curie == doc.ents[0].kb_id_ == "MONDO:0005575"
        assert doc.ents[1]._.kg.is_nil
    assert here[0:1]._.kg is None


def test_the_component_links_into_a_vocabulary(lexicon: Lexicon) -> None:
    assert _ruled(lexicon, vocabulary="mesh")("colorectal cancer").ents[0].kb_id_ == "MESH:D009369"
