"""What read the documents: stamped on every document without a clock, and described with one in the run's own graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from kg.prefixes import BASE, GRAPH
from kg.prefixes import RUN as RUN_PREFIX
from kg.rdf.iris import content_hash
from kg.rdf.terms import KG, LABEL, PROV, TYPE, XSD, in_graph, integer, string

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from pyoxigraph import Quad

    from kg.model import Iri

RUNS_GRAPH = NamedNode(GRAPH + "runs")


@dataclass(frozen=True, slots=True)
class Run:
    """What a result depends on besides the text: software with version, lexicon version, hash of the settings."""

    software: str
    lexicon: str
    settings: str = ""


def stamp_triples(document: NamedNode, run: Run) -> list[Triple]:
    """Return what tells whether loading the same text again could change anything."""
    return [
        Triple(document, KG("software"), string(run.software)),
        Triple(document, KG("lexiconVersion"), string(run.lexicon)),
        Triple(document, KG("settings"), string(run.settings)),
    ]


def run_quads(
    run: Run, started: dt.datetime, ended: dt.datetime, documents: Iterable[Iri], rejected: int
) -> list[Quad]:
    """Return the PROV description of a run that changed something; the only place where a clock is written."""
    written = sorted(documents)
    iri = NamedNode(RUN_PREFIX + content_hash(run.software, run.lexicon, run.settings, started.isoformat(), *written))
    agent = NamedNode(f"{BASE}software/{content_hash(run.software)}")
    triples = [
        Triple(iri, TYPE, PROV("Activity")),
        Triple(iri, PROV("startedAtTime"), Literal(started.isoformat(), datatype=XSD("dateTime"))),
        Triple(iri, PROV("endedAtTime"), Literal(ended.isoformat(), datatype=XSD("dateTime"))),
        Triple(iri, PROV("wasAssociatedWith"), agent),
        Triple(agent, TYPE, PROV("SoftwareAgent")),
        Triple(agent, LABEL, string(run.software)),
        Triple(iri, KG("lexiconVersion"), string(run.lexicon)),
        Triple(iri, KG("settings"), string(run.settings)),
        Triple(iri, KG("documents"), integer(len(written))),
        Triple(iri, KG("rejections"), integer(rejected)),
    ]
    triples += [Triple(iri, PROV("generated"), NamedNode(document)) for document in written]
    return in_graph(triples, RUNS_GRAPH)
