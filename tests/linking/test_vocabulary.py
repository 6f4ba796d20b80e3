import pickle
from typing import Any

import pytest

from kg import Linker
from kg.errors import ConfigError
from kg.evaluation.annotators import make_annotator
from kg.evaluation.pubtator import to_document
from kg.evaluation.pubtator_format import CorpusDocument
from kg.linking.questions import Question
from kg.linking.ranking import Scored
from kg.linking.telling import Teller
from kg.linking.vocabulary import Vocabulary
from kg.linking.vocabulary_linker import VocabularyLinker
from kg.model import Curie, Entity, EntityType
from kg.ontology.lexicon import Lexicon
from tests.linking.documents import link

DISEASE, DRUG = EntityType.DISEASE, EntityType.DRUG
MESH = Vocabulary.named("mesh")


@pytest.fixture(scope="module")
def mesh(lexicon: Lexicon) -> Any:
    return VocabularyLinker(lexicon, MESH)


def test_a_name_is_linked_to_the_identifier_of_the_vocabulary(mesh: VocabularyLinker) -> None:
    assert link(mesh, "[acute myelogenous leukemia|disease]") == {"acute myelogenous leukemia": "MESH:D015470"}


def test_what_the_vocabulary_lacks_is_told_by_what_it_is_a_kind_of(mesh: VocabularyLinker) -> None:
    assert link(mesh, "[colorectal cancer|disease]") == {"colorectal cancer": "MESH:D009369"}


def test_what_cannot_be_told_is_nil(mesh: VocabularyLinker) -> None:
    assert link(mesh, "[multiple sclerosis|disease]") == {"multiple sclerosis": "multiple sclerosis"}


def test_the_chosen_entity_keeps_its_other_identifiers(lexicon: Lexicon) -> None:
    chosen = Linker(lexicon, vocabulary=("MESH", "OMIM")).link_text("leukemia").chosen
    assert chosen == Entity(Curie("MESH:D007938"), "leukemia", DISEASE, (Curie("MONDO:0005059"),))


def test_ways_to_one_identifier_are_one_candidate(mesh: VocabularyLinker) -> None:
    question = Question("ovarian and gastric cancer", DISEASE, parts=(("ovarian cancer",), ("gastric cancer",)))
    found = [candidate.entity.curie for candidate in mesh.candidates(question)]
    assert found.count(Curie("MESH:D009369")) == 1
    assert len(found) == len(set(found))


def test_a_phrase_inside_a_mention_may_be_what_the_vocabulary_has(mesh: VocabularyLinker) -> None:
    best = mesh.candidates(Question("hypertension of the spleen", DISEASE))[0]
    assert (best.entity.curie, best.method in {"inside", "ngram"}) == ("MESH:D006973", True)


def test_a_type_may_have_prefixes_of_its_own(lexicon: Lexicon) -> None:
    linker = Linker(lexicon, vocabulary="pubtator")
    chosen = linker.link_text("ROS1", type="gene_protein").chosen
    assert chosen is not None
    assert chosen.curie == "NCBIGene:6098"
    assert linker.link_text("T cell", type="cell").is_nil


def test_a_family_of_genes_is_told_by_its_first_member(lexicon: Lexicon) -> None:
    teller = Teller(lexicon, Vocabulary.named("ncbigene"))
    (told,) = teller.tell(Curie("FPLX:AMPK"), EntityType.GENE_PROTEIN)
    assert (told.identifier, told.steps) == ("NCBIGene:5563", -1)


def test_ancestors_are_told_with_the_steps_up_to_them(lexicon: Lexicon) -> None:
    told = Teller(lexicon, MESH).tell(Curie("MONDO:0018874"), DISEASE)
    assert [(one.identifier, one.steps, one.nearer) for one in told] == [
        ("MESH:D015470", 0, 0),
        ("MESH:D007938", 1, 1),
        ("MESH:D009369", 2, 2),
    ]


def test_of_several_records_a_descriptor_goes_first_and_new_ones_may_be_left_out() -> None:
    entity = Entity(Curie("CHEBI:1"), "x", DRUG, (Curie("MESH:C094645"), Curie("MESH:D000068180")))
    assert MESH.record(entity, DRUG) == "MESH:D000068180"
    assert Vocabulary.named("mesh", 2013).record(entity, DRUG) == "MESH:C094645"


def test_an_unknown_vocabulary_and_a_year_that_cannot_be_told_are_refused() -> None:
    with pytest.raises(ConfigError, match="no vocabulary 'mush'"):
        Vocabulary.named("mush")
    with pytest.raises(ConfigError, match="has no prefix"):
        Vocabulary.named(())
    with pytest.raises(ConfigError, match="2013, not 2019"):
        Vocabulary.named("mesh", 2019)


def test_ten_candidates_are_ten_different_identifiers(lexicon: Lexicon) -> None:
    linked = Linker(lexicon, vocabulary="mesh").link_text_widely("acute leukemia", type="disease")
    found = [candidate.entity.curie for candidate in linked.candidates]
    assert len(found) == len(set(found))
    assert all(curie.startswith("MESH:") for curie in found)


def test_a_pickled_linker_links_into_the_same_vocabulary(mesh: VocabularyLinker) -> None:
    again = pickle.loads(pickle.dumps(mesh))
    assert link(again, "[leukemia|disease]") == {"leukemia": "MESH:D007938"}


def test_a_feature_of_ones_own_is_asked_and_scored(lexicon: Lexicon, mesh: VocabularyLinker) -> None:
    def is_leukemia(_: Question, scored: Scored) -> float:
        return float(scored.told is not None and scored.told.owner.label == "leukemia")

    scorer = type(mesh.scorer)({**mesh.scorer.weights, "is_leukemia": 20.0}, mesh.scorer.threshold)
    linker = VocabularyLinker(lexicon, MESH, scorer, features={"is_leukemia": is_leukemia})
    assert link(linker, "[acute myeloid leukemia|disease]") == {"acute myeloid leukemia": "MESH:D007938"}


def test_what_is_evaluated_may_be_linked_into_a_vocabulary(lexicon: Lexicon) -> None:
    document = to_document(CorpusDocument("1", "Leukemia in adults.", "Leukemia is a cancer.", (), ()))
    found = make_annotator("dictionary", lexicon, MESH)(document).mentions
    assert {one.chosen.curie for one in found if one.chosen} == {"MESH:D007938", "MESH:D009369"}


@pytest.mark.parametrize("kind", [EntityType.DISEASE, None])
def test_what_is_far_in_meaning_is_so_without_a_type_too(mesh: VocabularyLinker, kind: EntityType | None) -> None:
    (best, *_) = mesh.scored(Question("hypertensive horses", kind))
    assert best.told is not None
    assert best.told.identifier == "MESH:D006973"
    assert best.features["unlike_meaning"] > 0.1
