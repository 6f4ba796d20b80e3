"""Six short documents whose answers can be told by heart."""

from __future__ import annotations

import datetime as dt

from kg.model import Annotation, Modality
from tests.rdf.sample_annotations import (
    ABL1,
    AML,
    APOPTOSIS,
    BMS,
    CML,
    DASATINIB,
    EDEMA,
    FDA,
    IMATINIB,
    NASDAQ,
    NOVARTIS,
    PHASE_3,
    T_CELL,
    Scribe,
    imatinib_release,
)


def sample_documents() -> list[Annotation]:
    """Return the documents, oldest first."""
    return [imatinib_release(), approval_news(), refusal_news(), paper(), rival_paper(), outlook()]


def approval_news() -> Annotation:
    scribe = Scribe("approval-news", dt.date(2006, 6, 28))
    scribe.write("In June 2006 the FDA approved dasatinib of BMS for chronic myelogenous leukemia.")
    scribe.happen(
        "approval",
        "approved",
        date="2006-06",
        agent=("FDA", FDA),
        product=("dasatinib", DASATINIB),
        indication=("chronic myelogenous leukemia", CML),
    )
    scribe.state(("dasatinib", DASATINIB), "developed_by", ("BMS", BMS))
    scribe.state(("dasatinib", DASATINIB), "treats", ("chronic myelogenous leukemia", CML))
    scribe.write("BMS and Novartis are listed on Nasdaq and collaborate.")
    scribe.state(("BMS", BMS), "listed_on", ("Nasdaq", NASDAQ))
    scribe.state(("BMS", BMS), "collaborates_with", ("Novartis", NOVARTIS))
    scribe.happen("collaboration", "collaborate", date="2006", agent=("BMS", BMS), recipient=("Novartis", NOVARTIS))
    return scribe.finish()


def refusal_news() -> Annotation:
    scribe = Scribe("refusal-news", dt.date(2005, 3, 1))
    scribe.write("On March 1, 2005 the FDA refused dasatinib in a complete response letter.")
    scribe.happen(
        "complete_response", "refused", date="2005-03-01", agent=("FDA", FDA), product=("dasatinib", DASATINIB)
    )
    scribe.write("Dasatinib got its approval from the FDA on July 3, 2007.")
    scribe.happen("approval", "approval", date="2007-07-03", agent=("FDA", FDA), product=("Dasatinib", DASATINIB))
    scribe.write("The FDA gave dasatinib orphan designation for acute myeloid leukemia.")
    scribe.happen(
        "designation",
        "designation",
        agent=("FDA", FDA),
        product=("dasatinib", DASATINIB),
        indication=("acute myeloid leukemia", AML),
        outcome="orphan",
    )
    return scribe.finish()


def paper() -> Annotation:
    scribe = Scribe("paper", dt.date(2010, 1, 1))
    scribe.write("Imatinib inhibits ABL1 and activates apoptosis.")
    scribe.state(("Imatinib", IMATINIB), "inhibits", ("ABL1", ABL1), confidence=0.7)
    scribe.state(("Imatinib", IMATINIB), "activates", ("apoptosis", APOPTOSIS))
    scribe.write("Imatinib caused edema in 24 percent of patients.")
    scribe.state(("Imatinib", IMATINIB), "causes_adverse_event", ("edema", EDEMA))
    scribe.count("24 percent", 24, "%", "rate of edema", ("Imatinib", IMATINIB))
    scribe.write("A Phase III trial of dasatinib in acute myeloid leukemia met its endpoint.")
    scribe.state(("dasatinib", DASATINIB), "in_phase", ("Phase III", PHASE_3))
    scribe.state(("dasatinib", DASATINIB), "studied_for", ("acute myeloid leukemia", AML))
    scribe.happen("readout", "met", product=("dasatinib", DASATINIB), outcome="met primary endpoint")
    return scribe.finish()


def rival_paper() -> Annotation:
    scribe = Scribe("rival-paper", dt.date(2011, 1, 1))
    scribe.write("Imatinib does not treat chronic myelogenous leukemia and inhibits apoptosis.")
    scribe.state(("Imatinib", IMATINIB), "treats", ("chronic myelogenous leukemia", CML), negated=True, cue="does not")
    scribe.state(("Imatinib", IMATINIB), "inhibits", ("apoptosis", APOPTOSIS))
    return scribe.finish()


def outlook() -> Annotation:
    scribe = Scribe("outlook", dt.date(2012, 1, 1))
    scribe.write("Imatinib may protect T cells and Zorbamol is expected to be approved by the FDA in 2013.")
    scribe.state(("Imatinib", IMATINIB), "protects", ("T cells", T_CELL), modality=Modality.HYPOTHETICAL, cue="may")
    scribe.mention("Zorbamol", None)
    scribe.happen("expected_decision", "approved", date="2013", actual=False, agent=("FDA", FDA))
    return scribe.finish()
