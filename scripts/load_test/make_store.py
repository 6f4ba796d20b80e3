"""Make a store of about a million quads in the form that kg writes, to measure a server with.

Usage: python scripts/load_test/make_store.py FOLDER [--quads 1000000]
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.prefixes import BASE, ENTITY, GRAPH, PREFIXES, STATEMENT
from kg.store import generations
from kg.store.layout import LIVE

if TYPE_CHECKING:
    from collections.abc import Iterator

GRAPHS = 20
QUADS_A_STATEMENT = 14
KG, RDF, RDFS, BIOLINK = PREFIXES["kg"], PREFIXES["rdf"], PREFIXES["rdfs"], PREFIXES["biolink"]
TREATS = ox.NamedNode(BIOLINK + "treats")
TRUE, FALSE = ox.Literal(value=True), ox.Literal(value=False)


def drug(number: int) -> ox.NamedNode:
    """Return the IRI of a made-up drug."""
    return ox.NamedNode(f"{ENTITY}drug-{number}")


def disease(number: int) -> ox.NamedNode:
    """Return the IRI of a made-up disease."""
    return ox.NamedNode(f"{ENTITY}disease-{number}")


def quads(statements: int, seed: int = 7) -> Iterator[ox.Quad]:
    """Yield entities and statements; the same seed gives the same quads."""
    chance = random.Random(seed)
    drugs, diseases = max(10, statements // 14), max(5, statements // 40)
    entities = ox.NamedNode(GRAPH + "entities")
    for count, make, kind in ((drugs, drug, "drug"), (diseases, disease, "disease")):
        for number in range(count):
            entity = make(number)
            yield ox.Quad(entity, ox.NamedNode(RDFS + "label"), ox.Literal(f"{kind} {number}"), entities)
            yield ox.Quad(entity, ox.NamedNode(KG + "entityType"), ox.Literal(kind), entities)
    for number in range(statements):
        yield from _statement(number, drug(chance.randrange(drugs)), disease(chance.randrange(diseases)), chance)


def _statement(number: int, subject: ox.NamedNode, target: ox.NamedNode, chance: random.Random) -> Iterator[ox.Quad]:
    graph = ox.NamedNode(f"{BASE}document/made-{number % GRAPHS}")
    node = ox.NamedNode(f"{STATEMENT}{number:020x}")
    is_negated = chance.random() < 0.1
    values = {
        RDF + "type": ox.NamedNode(KG + "Statement"),
        RDF + "subject": subject,
        RDF + "predicate": TREATS,
        RDF + "object": target,
        KG + "relation": ox.Literal("treats"),
        KG + "modality": ox.NamedNode(KG + chance.choice(("Asserted", "Reported", "Intended"))),
        KG + "extractor": ox.Literal("made"),
        KG + "start": ox.Literal(number * 100),
        KG + "end": ox.Literal(number * 100 + 80),
        BIOLINK + "negated": TRUE if is_negated else FALSE,
        BIOLINK + "publications": graph,
        BIOLINK + "has_confidence_score": ox.Literal(round(chance.random(), 3)),
        BIOLINK + "supporting_text": ox.Literal(f"In study {number} {subject.value[-8:]} was given for it."),
    }
    for predicate, value in values.items():
        yield ox.Quad(node, ox.NamedNode(predicate), value, graph)
    if not is_negated:
        yield ox.Quad(subject, TREATS, target, graph)


def make_store(folder: Path, count: int) -> int:
    """Fill and publish a store folder; return how many quads it holds."""
    folder.mkdir(parents=True, exist_ok=True)
    live = ox.Store(str(folder / LIVE))
    live.bulk_extend(quads(count // QUADS_A_STATEMENT))
    live.optimize()
    generations.publish(folder, live)
    return len(live)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quads", type=int, default=1_000_000)
    given = parser.parse_args()
    print(f"{make_store(given.folder, given.quads)} quads in {given.folder}")


if __name__ == "__main__":
    main()
