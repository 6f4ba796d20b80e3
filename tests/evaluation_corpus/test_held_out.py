"""Each document is linked by what has not learned from it."""

from kg.evaluation.linking_fit import usage_of
from kg.evaluation.linking_gold import GoldCase, GoldDocument
from kg.evaluation.linking_parts import fold_of, in_fold
from kg.linking.plain_text import analyse_plainly
from kg.model import Curie, EntityType, Mention


def document(name: str, curie: str) -> GoldDocument:
    """Return a document with one mention of a disease."""
    mention = Mention(0, 5, "fever", EntityType.DISEASE, ("gold",))
    return GoldDocument(name, analyse_plainly("fever in mice"), (GoldCase(mention, frozenset({Curie(curie)})),))


def test_folds_part_the_documents() -> None:
    documents = [document(str(number), f"MESH:D{number:06}") for number in range(60)]
    parts = [in_fold(documents, fold, 5) for fold in range(5)]
    assert sorted(one.id for part in parts for one in part) == sorted(one.id for one in documents)
    assert all(parts)


def test_what_is_usual_is_counted_in_the_other_folds_only() -> None:
    documents = [document(str(number), f"MESH:D{number:06}") for number in range(20)]
    for fold in range(5):
        usual = usage_of({"corpus": documents}, fold, 5)
        own = {f"MESH:D{int(one.id):06}" for one in documents if fold_of(one.id, 5) == fold}
        assert not own & set(usual.documents)
        assert len(usual.documents) == len(documents) - len(own)
    assert len(usage_of({"corpus": documents}).documents) == len(documents)
