"""The protocol as pure functions."""

from __future__ import annotations

from urllib.parse import quote, unquote_plus, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.faults import Fault, syntax_fault
from kg.serve.fields import decode_field
from kg.serve.negotiation import GRAPH_FORMATS, RESULT_FORMATS, choose_format, choose_media_type
from kg.serve.protocol import FORM, QUERY_BODY, UPDATE_BODY, Message, QueryRequest, UpdateRequest, read_request
from kg.serve.sparql_tokens import read_shape
from kg.serve.using import rewrite_update


def message(
    method: str = "GET", query: str = "", media: str = "", body: bytes = b"", charset: str = "utf-8"
) -> Message:
    return Message(method, query, media, charset, body)


def refused(given_message: Message) -> Fault:
    with pytest.raises(Fault) as caught:
        read_request(given_message)
    return caught.value


def test_a_get_without_a_query_asks_for_the_description() -> None:
    assert read_request(message()) is None
    assert read_request(message(query="format=ttl")) is None


def test_a_percent_sign_inside_an_iri_is_decoded_once() -> None:
    request = read_request(message(query=urlencode({"query": "ASK { <http://ex/a%2Fb> ?p ?o }"})))
    assert isinstance(request, QueryRequest)
    assert "<http://ex/a%2Fb>" in request.text


@given(st.text(st.characters(codec="utf-8")), st.sampled_from(["", "+=_\r\n", "/?"]))
def test_a_field_is_decoded_as_the_library_decodes_it(text: str, left: str) -> None:
    assert decode_field(quote(text, safe=left)) == unquote_plus(quote(text, safe=left))


@given(st.text("%+=aF0_ \r\n\t."))
def test_an_odd_field_is_decoded_as_the_library_decodes_it(encoded: str) -> None:
    try:
        expected = unquote_plus(encoded, errors="strict")
    except UnicodeDecodeError:
        with pytest.raises(UnicodeDecodeError):
            decode_field(encoded)
    else:
        assert decode_field(encoded) == expected


def test_a_dataset_in_the_request_leaves_no_part_of_it_to_the_store() -> None:
    request = read_request(message(query=urlencode({"query": "ASK {}", "default-graph-uri": "http://ex/g"})))
    assert isinstance(request, QueryRequest)
    assert (request.default_graphs, request.named_graphs) == (("http://ex/g",), ())


@pytest.mark.parametrize(
    ("given_message", "status"),
    [
        (message(query="query=ASK%7B%7D&query=ASK%7B%7D"), 400),
        (message(query="query=ASK%7B%7D&default-graph-uri=relative"), 400),
        (message(query="query=%FF"), 400),
        (message(query="default-graph-uri=http://ex/g"), 400),
        (message(query="query=ASK%7B%7D&timeout=-1"), 400),
        (message(query="query=ASK%7B%7D&timeout=nan"), 400),
        (message(query="update=CLEAR+ALL"), 405),
        (message("PUT", "query=ASK%7B%7D"), 405),
        (message("POST", media="text/plain", body=b"ASK {}"), 415),
        (message("POST", body=b"ASK {}"), 415),
        (message("POST", media=QUERY_BODY, body=b"ASK {}", charset="utf-16"), 415),
        (message("POST", media=QUERY_BODY, body=b"\xff"), 400),
        (message("POST", "query=ASK%7B%7D", QUERY_BODY, b"ASK {}"), 400),
        (message("POST", media=FORM, body=b"query=ASK%7B%7D&update=CLEAR+ALL"), 400),
        (message("POST", media=FORM, body=b"nothing=1"), 400),
        (message("POST", media=FORM, body=b"&".join([b"a=1"] * 2000)), 400),
    ],
)
def test_a_request_that_breaks_the_protocol_is_refused(given_message: Message, status: int) -> None:
    fault = refused(given_message)
    assert fault.status == status
    assert fault.reason


def test_an_update_comes_by_form_or_as_the_body() -> None:
    for media, body in ((FORM, b"update=CLEAR+ALL"), (UPDATE_BODY, b"CLEAR ALL")):
        request = read_request(message("POST", "using-graph-uri=http://ex/g", media, body))
        assert request == UpdateRequest("CLEAR ALL", ("http://ex/g",), None)


def test_the_best_accepted_type_wins_and_naming_beats_a_range() -> None:
    offered = tuple(RESULT_FORMATS)
    assert choose_media_type("text/csv;q=0.4, application/*;q=0.9", offered) == "application/sparql-results+json"
    assert choose_media_type("*/*, text/csv", offered) == "text/csv"
    assert choose_media_type("text/csv;q=0, */*;q=0.1", ("text/csv", "text/xml")) == "text/xml"
    assert choose_media_type(None, offered) == offered[0]
    with pytest.raises(Fault) as caught:
        choose_format("image/png", GRAPH_FORMATS, "graphs")
    assert caught.value.status == 406
    assert "text/turtle" in caught.value.reason


@pytest.mark.parametrize(
    ("text", "form", "has_dataset", "is_volatile"),
    [
        ("SELECT * {}", "select", False, False),
        ("# ASK\nPREFIX select: <http://ex/> CONSTRUCT WHERE { ?s a select:x }", "construct", False, False),
        ('BASE <http://ex/> ASK { ?s ?p "FROM <x>" }', "ask", False, False),
        ("SELECT * FROM <http://ex/g> {}", "select", True, False),
        ("SELECT *FROM <http://ex/g> {}", "select", True, False),
        ("DESCRIBE <http://ex/from>", "describe", False, False),
        ("SELECT (NOW() AS ?t) {}", "select", False, True),
        ("SELECT (rand ( ) AS ?t) {}", "select", False, True),
        ("INSERT DATA {}", None, False, False),
    ],
)
def test_the_shape_of_a_query(text: str, form: str | None, has_dataset: bool, is_volatile: bool) -> None:
    shape = read_shape(text)
    assert (shape.form, shape.has_dataset, shape.is_volatile) == (form, has_dataset, is_volatile)


def test_using_graphs_are_written_into_every_operation_with_a_where() -> None:
    request = UpdateRequest(
        "DELETE { ?s ?p 1 } WHERE { ?s ?p 1 } ; INSERT DATA { <a:a> <a:b> 'WHERE' }", ("http://ex/g",), ("http://ex/n",)
    )
    text = rewrite_update(request)
    assert text.count("USING <http://ex/g> USING NAMED <http://ex/n> WHERE") == 1
    assert text.endswith("INSERT DATA { <a:a> <a:b> 'WHERE' }")


def test_delete_where_is_written_out_for_using() -> None:
    text = rewrite_update(UpdateRequest("DELETE WHERE { ?s ?p ?o }", ("http://ex/g",)))
    assert text == "DELETE { ?s ?p ?o } USING <http://ex/g> WHERE { ?s ?p ?o }"


@pytest.mark.parametrize(
    "text", ["WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "DELETE {} USING <a:g> WHERE {}"]
)
def test_using_in_request_and_update_conflict(text: str) -> None:
    with pytest.raises(Fault) as caught:
        rewrite_update(UpdateRequest(text, ("http://ex/g",)))
    assert caught.value.status == 400


def test_a_syntax_error_tells_its_place_and_shows_the_line() -> None:
    fault = syntax_fault("error at 2:3: expected one of \"{\", ['0'..='9'], OPTIONAL", "SELECT *\n{ ! }")
    assert (fault.status, fault.line, fault.column) == (400, 2, 3)
    assert "{ ! }\n    ^" in fault.reason
    assert "0" not in fault.reason.partition("\n")[0].partition(":")[2]


@given(
    st.text(max_size=200), st.sampled_from(["GET", "POST", "PUT"]), st.sampled_from(["", FORM, QUERY_BODY, UPDATE_BODY])
)
def test_any_request_gives_a_value_or_a_fault(text: str, method: str, media: str) -> None:
    body = text.encode("utf-8", "surrogatepass")
    status = 400
    try:
        request = read_request(message(method, text, media, body))
        if isinstance(request, QueryRequest):
            request.choose_format(text)
        if isinstance(request, UpdateRequest):
            rewrite_update(request)
    except Fault as fault:
        status = fault.status
    assert 400 <= status < 500
