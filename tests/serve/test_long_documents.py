"""A long document is shown in parts with what was read out of each, and links to its sentences find their part."""

from __future__ import annotations

import json
import re

import pyoxigraph as ox
import pytest

from kg.prefixes import DOCUMENT, ENTITY, PREFIXES, STATEMENT
from kg.serve.pages import document, statement
from kg.serve.pages.parts import PART
from kg.serve.pages.reader import Reader
from kg.serve.pages.request import PageRequest

SENTENCE = "Sorafenib inhibits BRAF in group %05d of them. "
STARTS = range(0, 5 * PART // 2, 20 * len(SENTENCE % 0))
KG, RDF, BIOLINK = PREFIXES["kg"], PREFIXES["rdf"], PREFIXES["biolink"]


def literal(value: str | int) -> ox.Literal:
    return ox.Literal(value)


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """One document of two and a half parts; of each twentieth sentence a statement is known."""
    length = len(SENTENCE % 0)
    text = "".join(SENTENCE % number for number in range(5 * PART // 2 // length))
    spans = [[start, start + length - 1, "body"] for start in range(0, len(text), length)]
    graph = ox.NamedNode(f"{DOCUMENT}long")
    found: list[tuple[str, str, ox.NamedNode | ox.Literal]] = [
        (graph.value, f"{KG}text", literal(text)),
        (graph.value, f"{KG}sentences", literal(json.dumps(spans))),
    ]
    for start in STARTS:
        node = f"{STATEMENT}{start:020x}"
        found += [
            (node, f"{RDF}type", ox.NamedNode(f"{KG}Statement")),
            (node, f"{RDF}subject", ox.NamedNode(f"{ENTITY}sorafenib")),
            (node, f"{RDF}object", ox.NamedNode(f"{ENTITY}braf")),
            (node, f"{KG}relation", literal("inhibits")),
            (node, f"{KG}start", literal(start)),
            (node, f"{BIOLINK}supporting_text", literal(text[start : start + length])),
            (node, f"{BIOLINK}publications", graph),
        ]
    made = ox.Store()
    made.extend(ox.Quad(ox.NamedNode(s), ox.NamedNode(p), o, graph) for s, p, o in found)
    return made


def page_of(store: ox.Store, fields: dict[str, str]) -> str:
    job = {"prefix": "", "show_text": True}
    return document.render(PageRequest(Reader(store, ""), "long", fields, "html", job)).body.decode()


def test_the_parts_hold_every_sentence_and_every_statement_once(store: ox.Store) -> None:
    pages = [page_of(store, {"part": str(number)}) for number in (1, 2, 3)]
    shown = [int(number) for page in pages for number in re.findall(r"group (\d{5}) of them", page)]
    assert shown == list(range(len(shown)))
    cards = [int(start) for page in pages for start in re.findall(r'data-at="c(\d+)"', page)]
    assert cards == list(STARTS)
    assert all(f"of {len(STARTS)}" in page and f"Part {number} of 3" in page for number, page in enumerate(pages, 1))
    assert 'rel="next"' not in pages[2]


def test_the_address_of_a_sentence_opens_its_part(store: ox.Store) -> None:
    last = STARTS[-1]
    request = PageRequest(Reader(store, ""), f"{last:020x}", {}, "html", {"prefix": "", "show_text": True})
    found = re.search(r'href="/document/long\?at=(\d+)#c(\d+)"', statement.render(request).body.decode())
    assert found is not None
    assert found[1] == found[2] == str(last)
    assert f'id="c{last}"' in page_of(store, {"at": found[1]})


@pytest.mark.parametrize("fields", [{}, {"part": "0"}, {"part": "-2"}, {"at": "x"}, {"part": "²"}])
def test_an_odd_part_is_the_first(store: ox.Store, fields: dict[str, str]) -> None:
    assert "Part 1 of 3" in page_of(store, fields)


def test_a_part_past_the_end_is_the_last(store: ox.Store) -> None:
    assert "Part 3 of 3" in page_of(store, {"part": "400"})
