"""What the service and the data are, as RDF: SPARQL service description and VoID, with counts of the generation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.prefixes import BASE, PREFIXES
from kg.serve.exchange import base_address
from kg.serve.faults import Fault
from kg.serve.negotiation import GRAPH_FORMATS, choose_format, choose_media_type
from kg.serve.operations import GRAPHS
from kg.serve.validators import VARY, is_unchanged, make_etag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.serve.answers import Answers
    from kg.serve.exchange import Exchange
    from kg.serve.settings import ServeSettings
    from kg.serve.watch import Snapshot, Watch

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_VOID = "http://rdfs.org/ns/void#"
_SHACL = "http://www.w3.org/ns/shacl#"
_LICENCE = "http://www.apache.org/licenses/LICENSE-2.0"
_RESULT_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads",
)  # fmt: skip
_VOCABULARIES = ("biolink", "kg", "oa", "prov", "dcterms", "schema", "skos")
_SHOWN_PREFIXES = {"sd": _SD, "void": _VOID, "dcterms": PREFIXES["dcterms"], "rdfs": PREFIXES["rdfs"], "sh": _SHACL}
_RDF_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")


class Description:
    """Answers /sparql without a query and /.well-known/void."""

    def __init__(
        self,
        settings: ServeSettings,
        watch: Watch,
        answers: Answers,
        read_examples: Callable[[], Sequence[tuple[str, str, str]]],
    ) -> None:
        self._settings = settings
        self._watch = watch
        self._answers = answers
        self._read_examples = read_examples
        self._counts: tuple[str, dict[str, Any]] = ("", {})

    async def handle(self, exchange: Exchange) -> None:
        """Send the description, or a browser to the query editor."""
        exchange.route = "description"
        media = choose_media_type(exchange.header(b"accept"), (*GRAPH_FORMATS, "text/html"))
        if media == "text/html":
            address = f"{self._settings.prefix}/query".encode()
            await exchange.reply_data(303, b"text/plain", b"", [(b"location", address), VARY])
            return
        form = choose_format(exchange.header(b"accept"), GRAPH_FORMATS, "the service description")
        base = f"{base_address(exchange)}{self._settings.prefix}"
        snapshot = self._watch.newest()
        extra = [VARY, (b"cache-control", b"public, no-cache")]
        if snapshot is not None:
            exchange.generation = snapshot.number
            etag = make_etag(snapshot, "description", form.name, base)
            extra.append((b"etag", etag))
            if is_unchanged(exchange, snapshot, etag):
                await exchange.reply(304, extra)
                return
        counts = await self._count(exchange, snapshot)
        triples = describe(base, self._settings, counts, self._read_examples())
        body = ox.serialize(triples, format=GRAPHS[form.name], prefixes=_SHOWN_PREFIXES) or b""
        await exchange.reply_data(200, form.content_type, body, extra)

    async def _count(self, exchange: Exchange, snapshot: Snapshot | None) -> dict[str, Any]:
        if snapshot is None:
            return {}
        if self._counts[0] != snapshot.tag:
            content: dict[str, object] = {"op": "count", "generation": snapshot.path}
            try:
                found = json.loads(await self._answers.run_whole(content, exchange))
            except Fault:
                return {}
            self._counts = (snapshot.tag, found)
        return self._counts[1]


def count_store(store: ox.Store) -> dict[str, Any]:
    """Return counts of a generation for VoID; runs in a worker."""
    classes = _counted(store, "SELECT ?x (COUNT(*) AS ?n) { GRAPH ?g { ?s a ?x } } GROUP BY ?x")
    properties = _counted(store, "SELECT ?x (COUNT(*) AS ?n) { GRAPH ?g { ?s ?x ?o } } GROUP BY ?x")
    graphs = sum(1 for _ in store.named_graphs())
    return {"triples": len(store), "graphs": graphs, "classes": classes, "properties": properties}


def _counted(store: ox.Store, query: str) -> list[tuple[str, int]]:
    rows = store.query(query)
    assert isinstance(rows, ox.QuerySolutions)  # noqa: S101 - a SELECT gives nothing else
    found = [(row["x"].value, int(row["n"].value)) for row in rows if isinstance(row["x"], ox.NamedNode)]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def describe(
    base: str, settings: ServeSettings, counts: dict[str, Any], examples: Iterable[tuple[str, str, str]]
) -> list[ox.Triple]:
    """Return the description of the service whose pages begin at ``base``.

    Args:
        base: scheme, host and prefix.
        settings: what is on and off.
        counts: of ``count_store``; empty where nothing could be counted.
        examples: name, title and text of the queries of the library.
    """
    service, dataset = ox.NamedNode(f"{base}/sparql"), ox.NamedNode(f"{base}/.well-known/void#dataset")
    default = ox.NamedNode(f"{base}/.well-known/void#default")
    add = _Adder()
    add(service, "rdf:type", _SD + "Service")
    add(service, _SD + "endpoint", service)
    add(service, _SD + "supportedLanguage", _SD + "SPARQL11Query")
    if settings.token is not None:
        add(service, _SD + "supportedLanguage", _SD + "SPARQL11Update")
    if settings.union_default_graph:
        add(service, _SD + "feature", _SD + "UnionDefaultGraph")
    if settings.allow_remote:
        add(service, _SD + "feature", _SD + "BasicFederatedQuery")
    for name in _RESULT_FORMATS:
        add(service, _SD + "resultFormat", _FORMATS + name)
    for name in ("Turtle", "N-Triples", "RDF_XML", "JSON-LD"):
        add(service, _SD + "inputFormat", _FORMATS + name)
    add(service, _SD + "defaultDataset", dataset)
    sees = "the union of all named graphs" if settings.union_default_graph else "the default graph, which is empty"
    add(service, "rdfs:comment", ox.Literal(f"A query that names no dataset sees {sees}."))
    add(dataset, "rdf:type", _SD + "Dataset")
    add(dataset, "rdf:type", _VOID + "Dataset")
    add(dataset, "dcterms:title", ox.Literal("Biomedical knowledge graph made by kg"))
    add(dataset, "dcterms:license", _LICENCE)
    add(dataset, _VOID + "sparqlEndpoint", service)
    add(dataset, _VOID + "uriSpace", ox.Literal(BASE))
    add(dataset, _VOID + "dataDump", f"{base}/store")
    add(dataset, _SD + "defaultGraph", default)
    add(default, "rdf:type", _SD + "Graph")
    for name in _VOCABULARIES:
        add(dataset, _VOID + "vocabulary", PREFIXES[name])
    _describe_counts(add, dataset, default, counts)
    _describe_examples(add, base, service, examples)
    return add.triples


def _describe_counts(add: _Adder, dataset: ox.NamedNode, default: ox.NamedNode, counts: dict[str, Any]) -> None:
    if not counts:
        return
    for subject in (dataset, default):
        add(subject, _VOID + "triples", ox.Literal(counts["triples"]))
    add(dataset, _VOID + "classes", ox.Literal(len(counts["classes"])))
    add(dataset, _VOID + "properties", ox.Literal(len(counts["properties"])))
    parts = (("class", "classes", "entities"), ("property", "properties", "triples"))
    for kind, kinds, measure in parts:
        for index, (iri, number) in enumerate(counts[kinds]):
            part = ox.NamedNode(f"{dataset.value}-{kind}-{index + 1}")
            add(dataset, f"{_VOID}{kind}Partition", part)
            add(part, _VOID + kind, iri)
            add(part, _VOID + measure, ox.Literal(number))


def _describe_examples(add: _Adder, base: str, service: ox.NamedNode, examples: Iterable[tuple[str, str, str]]) -> None:
    """Describe the example queries in the form of the SIB's collections."""
    for name, title, text in examples:
        example = ox.NamedNode(f"{base}/query?name={name}")
        add(example, "rdf:type", _SHACL + "SPARQLExecutable")
        add(example, "rdfs:comment", ox.Literal(title))
        is_select = "construct" not in text.lower().split("where")[0]
        add(example, _SHACL + ("select" if is_select else "construct"), ox.Literal(text))
        add(example, PREFIXES["schema"] + "target", service)


class _Adder:
    """Collects triples; names may be IRIs, or CURIEs of the few prefixes that are used here."""

    def __init__(self) -> None:
        self.triples: list[ox.Triple] = []

    def __call__(self, subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal | str) -> None:
        target = ox.NamedNode(_expand(value)) if isinstance(value, str) else value
        self.triples.append(ox.Triple(subject, ox.NamedNode(_expand(predicate)), target))


def _expand(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local if prefix in {"rdf", "rdfs", "dcterms"} else name
