from __future__ import annotations

from kg.evaluation.cooccurrence import with_cooccurrences
from tests.rdf.sample_annotations import imatinib_release


def test_the_baseline_joins_what_stands_in_one_sentence_by_the_usual_relation() -> None:
    changed = with_cooccurrences(imatinib_release())
    for one in changed.findings.statements:
        assert one.evidence.start <= one.subject.mention.start < one.evidence.end
        assert one.evidence.start <= one.object.mention.start < one.evidence.end
        assert one.subject.chosen != one.object.chosen or one.subject.chosen is None
    relations = {
        (one.subject.name, one.relation, one.object.name)
        for one in changed.findings.statements
        if one.relation in {"treats", "inhibits"}
    }
    assert ("imatinib", "inhibits", "abl1") in {
        (one.casefold(), said, other.casefold()) for one, said, other in relations
    }
    assert not changed.findings.events
