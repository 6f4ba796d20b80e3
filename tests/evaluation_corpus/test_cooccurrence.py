from __future__ import annotations

from kg.evaluation.cooccurrence import with_cooccurrences
from tests.rdf.sample_annotations import imatinib_release


def test_the_baseline_joins_what_stands_in_one_sentence_by_the_usual_relation() -> None:
    changed = with_cooccurrences(imatinib_release())
    for one in changed.findings.statements:
        assert one.evidence.start <= one.subject.mention.start < one.evidence.end
        assert one.evidence.start <= one.object.mention.start < one.evidence.end
        assert one.subject.chosen != one.object.chosen or one.subject.chosen is None
    found = {
        (one.subject.name.casefold(), one.relation, one.object.name.casefold()) for one in changed.findings.statements
    }
    assert ("imatinib", "inhibits", "abl1") in found
    assert not changed.findings.events
