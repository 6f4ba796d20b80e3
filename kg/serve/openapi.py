"""The description of the HTTP interface in OpenAPI 3.1, at /openapi.json."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg import __version__
from kg.serve.faults import Fault
from kg.serve.negotiation import GRAPH_FORMATS, RESULT_FORMATS

if TYPE_CHECKING:
    from kg.serve.exchange import Exchange
    from kg.serve.settings import ServeSettings

_TEXT = {"type": "string"}
_NULLABLE = {"type": ["string", "null"]}
_REASONS = {
    "400": "The request or the query is wrong; the answer says where.",
    "401": "A token is needed, or the token is wrong.",
    "403": "It is off, or it would reach a remote address.",
    "404": "There is no such thing.",
    "405": "That method is not for this address.",
    "406": "None of the formats is accepted.",
    "413": "The body or the answer is too large.",
    "415": "The body is of a type that is not read here.",
    "422": "The text cannot be annotated.",
    "429": "Too many requests from this address.",
    "503": "Too many requests or long queries; see Retry-After.",
    "504": "It was stopped at the end of its time.",
}
_DOCUMENT = {
    "type": "object",
    "required": ["text"],
    "additionalProperties": False,
    "properties": {
        "text": {"type": "string", "minLength": 1},
        "id": _NULLABLE,
        "title": _NULLABLE,
        "published": {"type": ["string", "null"], "description": "A day, as 2008-05-27."},
        "publisher": _NULLABLE,
        "url": _NULLABLE,
    },
}
_MENTION = {
    "type": "object",
    "required": ["start", "end", "text", "type", "id", "xrefs", "label", "score", "recognizers"],
    "properties": {
        "start": {"type": "integer", "description": "First character, counted from 0 in the text as it was sent."},
        "end": {"type": "integer", "description": "After the last character."},
        "text": _TEXT,
        "type": {"type": "string", "examples": ["drug", "disease", "gene_protein", "cell", "process", "organisation"]},
        "id": {"type": ["string", "null"], "description": "The preferred CURIE, null where none fits."},
        "xrefs": {"type": "array", "items": _TEXT},
        "label": _TEXT,
        "score": {"type": "number", "minimum": 0, "maximum": 1},
        "recognizers": {"type": "array", "items": _TEXT},
    },
}
_OBJECTS = {"type": "array", "items": {"type": "object"}}
_ANNOTATION = {
    "type": "object",
    "required": ["document", "mentions", "statements", "events", "claims"],
    "properties": {
        "document": {"type": "object"},
        "mentions": {"type": "array", "items": {"$ref": "#/components/schemas/Mention"}},
        "statements": _OBJECTS,
        "events": _OBJECTS,
        "claims": _OBJECTS,
    },
}


class OpenApi:
    """Answers /openapi.json."""

    def __init__(self, settings: ServeSettings) -> None:
        self._settings = settings

    async def handle(self, exchange: Exchange) -> None:
        """Send the description."""
        exchange.route = "openapi"
        if exchange.method not in {"GET", "HEAD"}:
            raise Fault(405, "it is only read", code="method-not-allowed", allow="GET, HEAD")
        body = json.dumps(describe_interface(self._settings), indent=1).encode()
        await exchange.reply_data(200, b"application/json", body, [(b"cache-control", b"public, max-age=300")])


def describe_interface(settings: ServeSettings) -> dict[str, Any]:
    """Return the OpenAPI document of a server with these settings."""
    document = {"$ref": "#/components/schemas/Document"}
    annotation = {"$ref": "#/components/schemas/Annotation"}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "kg",
            "version": __version__,
            "description": "SPARQL 1.1 over statements read from biomedical texts, and that reading as a service.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": settings.prefix or "/"}],
        "paths": {
            "/annotate": {"post": _annotate(document, annotation, has_token=settings.token is not None)},
            "/sparql": {"get": _query_by_get(), "post": _query_by_post()},
            "/store": _graph_store(),
            "/complete": {"get": _read("Entities whose names begin like the words", "q")},
            "/search": {"get": _read("The same as a page or as RDF", "q")},
            "/health": {"get": _read("The process answers")},
            "/ready": {"get": _read("Queries can be answered")},
            "/metrics": {"get": _read("Counters in the format of Prometheus")},
        },
        "components": {
            "schemas": {"Document": _DOCUMENT, "Mention": _MENTION, "Annotation": _ANNOTATION},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _annotate(document: dict[str, Any], annotation: dict[str, Any], *, has_token: bool) -> dict[str, Any]:
    many = {"type": "array", "items": document, "minItems": 1, "maxItems": 100}
    operation = {
        "summary": "Find and link what a text names, and read out what it says",
        "operationId": "annotate",
        "requestBody": {
            "required": True,
            "content": {
                "text/plain": {"schema": {"type": "string", "minLength": 1}},
                "application/json": {"schema": {"anyOf": [document, many]}},
            },
        },
        "responses": {
            "200": {
                "description": "What was found; a list for a list.",
                "content": {
                    "application/json": {"schema": {"anyOf": [annotation, {"type": "array", "items": annotation}]}}
                },
            },
            **_faults("400", "401", "413", "415", "422", "429", "503", "504"),
        },
    }
    return operation | ({"security": [{"token": []}]} if has_token else {})


def _query_by_get() -> dict[str, Any]:
    return {
        "summary": "SPARQL 1.1 query; without one, the description of the service",
        "operationId": "query",
        "parameters": [
            _parameter("query"),
            _parameter("default-graph-uri"),
            _parameter("named-graph-uri"),
            _parameter("format"),
            _parameter("timeout"),
        ],
        "responses": _answers(),
    }


def _query_by_post() -> dict[str, Any]:
    form = {"type": "object", "properties": {"query": _TEXT, "update": _TEXT}}
    return {
        "summary": "SPARQL 1.1 query, or with the token an update",
        "operationId": "queryByPost",
        "requestBody": {
            "required": True,
            "content": {
                "application/sparql-query": {"schema": _TEXT},
                "application/sparql-update": {"schema": _TEXT},
                "application/x-www-form-urlencoded": {"schema": form},
            },
        },
        "responses": {**_answers(), "204": {"description": "The update is done and to be seen."}},
    }


def _graph_store() -> dict[str, Any]:
    parameters = [_parameter("graph"), _parameter("default")]
    content: dict[str, Any] = {
        media: {"schema": _TEXT} for media in ("text/turtle", "application/n-triples", "application/rdf+xml")
    }
    found: dict[str, Any] = {}
    for method, summary in (("get", "Read a graph"), ("put", "Replace a graph"), ("post", "Add to a graph")):
        found[method] = {"summary": summary, "operationId": f"{method}Graph", "parameters": parameters}
        found[method]["responses"] = {**_answers(), "201": {"description": "Made."}, "204": {"description": "Done."}}
        if method != "get":
            found[method] |= {"requestBody": {"content": content}, "security": [{"token": []}]}
    found["delete"] = {"summary": "Remove a graph", "operationId": "deleteGraph", "parameters": parameters}
    found["delete"] |= {"responses": {**_answers(), "204": {"description": "Gone."}}, "security": [{"token": []}]}
    return found


def _read(summary: str, parameter: str | None = None) -> dict[str, Any]:
    parameters = [_parameter(parameter)] if parameter else []
    answers = {"200": {"description": "The answer."}, **_faults("400", "406", "429", "503", "504")}
    return {"summary": summary, "parameters": parameters, "responses": answers}


def _parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": _TEXT}


def _answers() -> dict[str, Any]:
    media = sorted({form.media_type for form in (*RESULT_FORMATS.values(), *GRAPH_FORMATS.values())})
    content: dict[str, Any] = {name: {"schema": {}} for name in media}
    faults = _faults("400", "401", "403", "404", "405", "406", "413", "415", "429", "503", "504")
    return {"200": {"description": "The answer.", "content": content}, "304": {"description": "Known."}, **faults}


def _faults(*statuses: str) -> dict[str, Any]:
    return {status: {"description": _REASONS[status]} for status in statuses}
