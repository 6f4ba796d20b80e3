"""SERVICE and LOAD are found however they are written, and not where they are only words."""

from __future__ import annotations

import pytest

from kg.serve.faults import Fault
from kg.serve.guard import QUERY, UPDATE, refuse_network

REMOTE = "<http://127.0.0.1:9/>"


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ SERVICE {REMOTE} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ service silent {REMOTE} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE#comment\n{REMOTE}{{}} }}",
        f"SELECT * {{ \\u0053ERVICE {REMOTE} {{ ?s ?p ?o }} }}",
        f"SELECT * {{ \\U00000053ERVICE {REMOTE} {{ }} }}",
        f"SELECT * {{ ?s ?p trueSERVICE{REMOTE} {{ }} }}",
        f"SELECT * {{ ?s ?p 1SERVICE{REMOTE} {{ }} }}",
        "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:x { ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICESILENT:x { ?s ?p ?o } }",
        "PREFIX service: <http://127.0.0.1:9/> SELECT * { service:x { ?s ?p ?o } }",
        "SELECT * { VALUES ?v { <http://127.0.0.1:9/> } SERVICE ?v { ?s ?p ?o } }",
        f"SELECT * {{ ?s ?p '\\'' }} # '\n SERVICE {REMOTE} {{}}",
        f"SELECT * {{ FILTER(?a<?b)SERVICE {REMOTE} {{}} FILTER(?c>?d) }}",
        f"SELECT * {{ {{ SELECT * {{ OPTIONAL {{ SERVICE {REMOTE} {{}} }} }} }} }}",
    ],
)
def test_service_is_found(text: str) -> None:
    with pytest.raises(Fault) as caught:
        refuse_network(text, words=QUERY)
    assert caught.value.status == 403
    assert "SERVICE" in caught.value.reason


@pytest.mark.parametrize(
    "text",
    [
        f"LOAD {REMOTE}",
        f"CLEAR ALL ; load silent {REMOTE} INTO GRAPH <a:g>",
        f"LOADSILENT{REMOTE}",
        "PREFIX : <http://127.0.0.1:9/> LOAD:x",
        "PREFIX load: <http://127.0.0.1:9/> PREFIX : <a:> LOAD:x INTO GRAPH <a:g>",
        f"\\u004cOAD {REMOTE}",
        f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE {REMOTE} {{ ?s ?p ?o }} }}",
    ],
)
def test_load_is_found(text: str) -> None:
    with pytest.raises(Fault) as caught:
        refuse_network(text, words=UPDATE)
    assert caught.value.status == 403


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service <http://ex/SERVICE> 'SERVICE <x>' } # SERVICE <x> {}",
        'SELECT * { ?s ?p """\nSERVICE <http://x> {}""" }',
        "PREFIX service: <http://ex/> SELECT * { ?s a service:Thing ; service:name ?n }",
        "SELECT * { ?s ?p 'x'@service . _:service ?q $load }",
        "PREFIX load: <http://ex/> INSERT DATA { load:a load:b load:c ; load:d 'LOAD <x>' }",
        "WITH <http://ex/load> DELETE { ?s ?p ?load } WHERE { ?s ?p ?load }",
        "SELECT * { ?s <https://w3id.org/kg-loader/vocab/relation> ?r }",
    ],
)
def test_a_mere_word_is_not_a_call(text: str) -> None:
    refuse_network(text, words=UPDATE)


def test_an_allowed_address_passes_and_no_other() -> None:
    allowed = frozenset({"http://127.0.0.1:9/"})
    refuse_network(f"SELECT * {{ SERVICE {REMOTE} {{ ?s ?p ?o }} }}", allowed, QUERY)
    refuse_network(f"SELECT * {{ SERVICE SILENT {REMOTE} {{ ?s ?p ?o }} }}", allowed, QUERY)
    for target in ("<http://127.0.0.1:9/more>", "?v"):
        with pytest.raises(Fault):
            refuse_network(f"SELECT * {{ SERVICE {target} {{ ?s ?p ?o }} }}", allowed, QUERY)
