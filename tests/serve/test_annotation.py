"""The annotation service: what it takes, what it refuses, and its description."""

from __future__ import annotations

import json

import pytest

from kg.serve.annotation import read_documents
from kg.serve.faults import Fault
from kg.serve.openapi import describe_interface
from tests.serve.running_server import TOKEN, Server

TEXT = "In a phase 3 trial imatinib slowed chronic myeloid leukemia in adults."


def post(server: Server, content: str, media: str, token: str | None = TOKEN) -> tuple[int, object]:
    headers = {"Content-Type": media} | ({"Authorization": f"Bearer {token}"} if token else {})
    answer = server.client.post("/annotate", content=content.encode(), headers=headers, timeout=120)
    return answer.status_code, answer.json() if answer.headers["content-type"] == "application/json" else answer.text


@pytest.mark.parametrize(
    ("media", "text", "status"),
    [
        ("application/json", "[]", 400),
        ("application/json", "{}", 400),
        ("application/json", '{"text": ""}', 400),
        ("application/json", '{"text": 1}', 400),
        ("application/json", '{"text": "a", "more": 1}', 400),
        ("application/json", '{"text": "a", "title": 1}', 400),
        ("application/json", '{"text": "\\ud800"}', 400),
        ("application/json", "{", 400),
        ("application/json", json.dumps([{"text": "a"}] * 101), 413),
        ("text/html", "<p>a", 415),
        ("text/plain", " ", 400),
    ],
)
def test_what_is_not_a_document_is_refused(media: str, text: str, status: int) -> None:
    with pytest.raises(Fault) as caught:
        read_documents(media, text)
    assert caught.value.status == status


def test_text_and_json_are_documents() -> None:
    assert read_documents("text/plain", "a") == ([{"text": "a"}], False)
    assert read_documents("application/json", '{"text": "a", "id": null}') == ([{"text": "a", "id": None}], False)
    assert read_documents("application/json", '[{"text": "a"}]') == ([{"text": "a"}], True)


def test_annotation_is_behind_the_token_and_bounded(server: Server) -> None:
    assert post(server, TEXT, "text/plain", token=None)[0] == 401
    assert post(server, "x" * 1_100_000, "text/plain")[0] == 413
    assert server.client.get("/annotate").status_code == 405
    assert server.client.options("/annotate").status_code == 204


@pytest.mark.slow
def test_a_text_comes_back_as_what_kg_annotate_prints(server: Server) -> None:
    pytest.importorskip("scispacy")
    status, found = post(server, TEXT, "text/plain")
    assert status == 200
    assert isinstance(found, dict)
    assert set(found) == {"document", "mentions", "statements", "events", "claims"}
    for mention in found["mentions"]:
        assert TEXT[mention["start"] : mention["end"]] == mention["text"]
    assert "imatinib" in [mention["text"] for mention in found["mentions"]]
    status, listed = post(server, json.dumps([{"text": TEXT, "id": "mine"}]), "application/json")
    assert status == 200
    assert isinstance(listed, list)
    assert listed[0]["document"]["id"] == "mine"
    assert listed[0]["mentions"] == found["mentions"]


def test_the_interface_describes_every_address(server: Server) -> None:
    found = server.get("/openapi.json").json()
    assert found["openapi"].startswith("3.1")
    assert {"/annotate", "/sparql", "/store", "/health", "/ready", "/metrics"} <= set(found["paths"])
    assert found["paths"]["/annotate"]["post"]["security"] == [{"token": []}]
    text = json.dumps(found)
    for reference in {part.split('"')[0] for part in text.split('"$ref": "')[1:]}:
        name = reference.rpartition("/")[2]
        assert name in found["components"]["schemas"]


def test_without_a_token_annotation_is_open() -> None:
    from pathlib import Path

    from kg.serve.settings import ServeSettings

    described = describe_interface(ServeSettings(Path("store")))
    assert "security" not in described["paths"]["/annotate"]["post"]
