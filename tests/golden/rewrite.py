"""Write the golden files anew (``make golden``); review the difference before committing it."""

from __future__ import annotations

from kg.rdf.annotation_quads import to_quads
from tests.rdf.sample_annotations import RUN, SampleHierarchy, imatinib_release
from tests.rdf.test_annotation_quads import GOLDEN, as_trig

if __name__ == "__main__":
    GOLDEN.write_text(as_trig(to_quads(imatinib_release(), RUN, SampleHierarchy())), "utf-8")
