"""Pages over HTTP: what they say, their RDF forms, and that markup in texts stays text."""

from __future__ import annotations

import html
import re
import time
from typing import TYPE_CHECKING

import pytest
import rdflib

from kg.prefixes import BASE
from kg.store.store import Store
from tests.rdf.sample_annotations import CYBB, Scribe
from tests.rdf.sample_annotations import IMATINIB as IMATINIB_ENTITY
from tests.serve.running_server import Server, serve
from tests.serve.sample_store import RELEASE, REVIEW, add_documents

if TYPE_CHECKING:
    from pathlib import Path

IMATINIB = "/entity/CHEBI:45783"
HTML = "text/html"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
KG = rdflib.Namespace("https://w3id.org/kg-loader/vocab/")
pytestmark = pytest.mark.filterwarnings("ignore:.*deprecated, use Dataset:DeprecationWarning")


def statements(server: Server, relation: str, negated: str = "false") -> list[str]:
    query = f"""PREFIX kg: <{KG}> PREFIX biolink: <https://w3id.org/biolink/vocab/>
    SELECT ?s {{ ?s kg:relation "{relation}" ; biolink:negated {negated} }} ORDER BY ?s"""
    rows = server.query(query).json()["results"]["bindings"]
    return [row["s"]["value"].removeprefix(BASE.rstrip("/")) for row in rows]


def words(page: str) -> str:
    """Return the words that a reader sees."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def test_the_start_page_says_what_is_in_the_store(server: Server) -> None:
    page = server.get("/", HTML).text
    said = words(page)
    assert "2 documents" in said or "documents 2" in said
    assert "imatinib" in said
    assert "Title of imatinib-review" in said
    assert page.count('href="/query?name=') >= 6


def test_search_and_completion_know_synonyms_and_identifiers(server: Server) -> None:
    for asked in ("acute my", "AML", "mesh d015470", "MONDO:0018874"):
        found = server.get("/complete", q=asked).json()
        assert found, asked
        assert found[0]["label"] == "acute myeloid leukemia"
        assert found[0]["address"] == "/entity/MONDO:0018874"
    assert server.get("/complete", q='"').json() == []
    assert server.get("/complete", q="").json() == []
    page = server.get("/search", HTML, q="leuk").text
    assert 'href="/entity/MONDO:0011996"' in page


def test_an_entity_is_shown_with_its_statements_and_their_sentences(server: Server) -> None:
    said = words(server.get(IMATINIB, HTML).text)
    assert "UNII:BKJ8M8G5HI" in said
    assert "imatinib inhibits … 1" in said
    assert "Imatinib inhibits ABL1 and treats chronic myelogenous leukemia." in said.replace(" .", ".")
    assert "denied" in said
    assert "anticipated" in said
    assert "approval" in said
    assert "2001-05-10" in said


def test_an_entity_has_its_place_in_the_hierarchy(server: Server) -> None:
    page = server.get("/entity/MONDO:0018874", HTML).text
    assert 'href="/entity/MONDO:0005059"' in page
    above = server.get("/entity/MONDO:0005059", HTML).text
    assert "kinds of it in this store" in above
    assert 'href="/entity/MONDO:0018874"' in above


def test_a_complex_and_its_parts_lead_to_each_other(tmp_path: Path) -> None:
    scribe = Scribe().write("Imatinib inhibits CYBB.").state(("Imatinib", IMATINIB_ENTITY), "inhibits", ("CYBB", CYBB))
    with Store.open(tmp_path / "store") as store:
        add_documents(store, scribe.finish())
        store.publish()
    with serve(tmp_path / "store") as server:
        part = server.get("/entity/HGNC:2578", HTML).text
        assert re.search(r'part of</h3>.*?href="/entity/FPLX:NADPH_oxidase"', part)
        assert "kind of" not in part
        whole = server.get("/entity/FPLX:NADPH_oxidase", HTML).text
        assert re.search(r'parts of it in this store</h3>.*?href="/entity/HGNC:2578"', whole)


def test_a_thing_without_identifier_has_a_page(server: Server) -> None:
    page = server.get("/entity/gleevex", HTML)
    assert page.status_code == 200
    assert "No identifier in any vocabulary" in page.text
    assert server.get("/entity", HTML, iri="http://purl.obolibrary.org/obo/CHEBI_45783").status_code == 200


def test_a_document_shows_its_whole_text_with_the_mentions_marked(server: Server) -> None:
    page = server.get(f"/document/{RELEASE}", HTML).text
    shown = re.search(r'<div class="text">(.*?)</div>', page, re.DOTALL)
    assert shown is not None
    stored = server.query(f"SELECT ?t {{ <{BASE}document/{RELEASE}> <{KG}text> ?t }}").json()
    text = stored["results"]["bindings"][0]["t"]["value"]
    assert html.unescape(re.sub(r"<[^>]+>", "", shown[1])) == text
    assert re.search(r'<a class="m t-drug" href="/entity/CHEBI:45783"[^>]*>Imatinib</a>', shown[1])
    anchors = set(re.findall(r'href="#(c\d+)"', page))
    assert len(anchors) >= 4
    assert anchors <= set(re.findall(r'id="(c\d+)"', page))


def test_a_document_shows_of_each_statement_how_sure_it_is_its_cue_and_what_read_it(server: Server) -> None:
    page = server.get(f"/document/{RELEASE}", HTML).text
    query = f"SELECT ?rule ?cue {{ GRAPH <{BASE}document/{RELEASE}> {{ ?s a <{KG}Statement> ; <{KG}extractor> ?rule "
    query += f"OPTIONAL {{ ?s <{KG}cueText> ?cue }} }} }}"
    rows = server.query(query).json()["results"]["bindings"]
    cards = [html.unescape(card) for card in re.findall(r'<article class="card.*?</article>', page, re.DOTALL)]
    assert len(cards) >= len(rows) > 0
    for row in rows:
        wanted = [f"read by {row['rule']['value']}", *([f"“{row['cue']['value']}”"] if "cue" in row else [])]
        assert any("% sure" in card and all(part in card for part in wanted) for card in cards), wanted
    assert any("cue" in row for row in rows)


def test_markup_in_a_text_stays_text(server: Server) -> None:
    page = server.get(f"/document/{REVIEW}", HTML).text
    assert "<b>" not in page
    assert "&lt;b&gt;" in page
    reflected = server.get("/search", HTML, q='"><script>alert(1)</script>').text
    assert "<script>alert" not in reflected
    results = server.get("/results", HTML, query='SELECT ("<img src=x onerror=alert(1)>" AS ?x) {}').text
    assert "<img src=x" not in results


def test_a_statement_shows_evidence_choice_and_who_agrees_or_not(server: Server) -> None:
    agreed = next(s for s in statements(server, "treats") if REVIEW in server.get(s, HTML).text)
    said = words(server.get(agreed, HTML).text)
    assert "pattern:sample" in said
    assert "80 %" in said
    assert "candidate identifier score" in said
    denied = statements(server, "treats", "true")[0]
    said = words(server.get(denied, HTML).text)
    assert "not been shown" in said
    assert re.search(r"Documents that contradict it 1", said)
    agreeing = [s for s in statements(server, "treats") if "agree 1" in words(server.get(s, HTML).text)]
    assert len(agreeing) == 2


def test_events_claims_and_terms_have_pages(server: Server) -> None:
    query = f"SELECT ?s {{ {{ ?s <{KG}eventKind> ?k }} UNION {{ ?s a <{KG}QuantitativeClaim> }} }}"
    found = [row["s"]["value"] for row in server.query(query).json()["results"]["bindings"]]
    assert len(found) == 2
    for iri in [*found, f"{KG}inhibits"]:
        page = server.get(iri.removeprefix(BASE.rstrip("/")), HTML)
        assert page.status_code == 200
        assert "All that is said of it" in page.text


@pytest.mark.parametrize(
    "path", [IMATINIB, f"/document/{RELEASE}", "/documents", "/search?q=imat", "/vocab/inhibits", "/vocab/"]
)
def test_every_page_is_also_turtle_and_json_ld(server: Server, path: str) -> None:
    turtle = server.client.get(path, headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=turtle.content, format="turtle")
    assert turtle.headers["content-type"].startswith("text/turtle")
    assert "Accept" in turtle.headers["vary"]
    jsonld = server.client.get(path, headers={"Accept": "application/ld+json"})
    assert len(graph) == len(rdflib.Graph().parse(data=jsonld.content, format="json-ld")) > 0
    joined = "&" if "?" in path else "?"
    by_name = server.client.get(f"{path}{joined}format=ttl", headers={"Accept": HTML})
    assert by_name.content == turtle.content
    assert server.client.get(path, headers={"Accept": "image/png"}).status_code == 406


def test_every_link_on_every_page_leads_somewhere(server: Server) -> None:
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        answer = server.client.get(path, headers={"Accept": HTML})
        assert answer.status_code in {200, 303}, f"{path}: {answer.status_code} {words(answer.text)[-400:]}"
        for link in re.findall(r'href="(/[^"#]*)', answer.text):
            address = html.unescape(link)
            if address not in seen:
                seen.add(address)
                waiting.append(address)
    assert {"/entity/MONDO:0011996", "/document/imatinib-release"} <= seen
    assert len(seen) > 100


def test_the_turtle_of_a_statement_holds_its_evidence(server: Server) -> None:
    path = statements(server, "inhibits")[0]
    graph = rdflib.Graph().parse(data=server.get(path, "text/turtle").content, format="turtle")
    node = rdflib.URIRef(BASE.rstrip("/") + path)
    assert str(graph.value(node, KG.triggerText)) == "inhibits"
    mention = graph.value(node, KG.subjectMention)
    position = rdflib.URIRef(f"{mention}#position")
    assert graph.value(position, rdflib.URIRef("http://www.w3.org/ns/oa#start")) is not None


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/document/none", "/document/", "/statement/none", "/entity/MONDO:0", "/entity", "/entity/<>",
     "/event/x y", "/documents/more", "/entity?iri=%20", "/document/%00", "/query?name=none"],
)  # fmt: skip
def test_what_is_not_there_is_said_to_be_not_there(server: Server, path: str) -> None:
    answer = server.client.get(path, headers={"Accept": HTML})
    assert answer.status_code == 404
    assert "<h1>Not found</h1>" in answer.text


def test_results_are_a_table_with_links_and_downloads(server: Server) -> None:
    query = f'SELECT ?drug ?target {{ ?s <{KG}relation> "inhibits" ; <{RDF}subject> ?drug ; <{RDF}object> ?target }}'
    page = server.get("/results", HTML, query=query).text
    assert '<a href="/entity/CHEBI:45783">imatinib</a>' in page
    download = re.search(r'href="(/sparql\?query=[^"]+format=csv)"', page)
    assert download is not None
    csv = server.client.get(html.unescape(download[1])).text
    assert csv.startswith("drug,target")
    assert server.get("/results", HTML, query="ASK {}").text.count("Yes") == 1
    wrong = server.get("/results", HTML, query="SELECT *")
    assert (wrong.status_code, "line 1" in wrong.text) == (400, True)
    remote = server.get("/results", HTML, query="SELECT * { SERVICE <http://127.0.0.1:1/> {} }")
    assert remote.status_code == 403


def test_whole_texts_can_be_kept_off_the_pages(sample_store: Path) -> None:
    with serve(sample_store, "--hide-texts") as server:
        wait_for_generation(server)
        page = server.get(f"/document/{RELEASE}", HTML).text
        assert "does not show whole texts" in page
        assert '<div class="text">' not in page
        assert "treats chronic myelogenous leukemia" in words(page)
        turtle = server.get(f"/document/{RELEASE}", "text/turtle").text
        assert "kg:text " not in turtle
        assert "supporting_text" in turtle
        has_text = f"ASK {{ ?d <{KG}text> ?t }}"
        assert server.query(has_text).json()["boolean"] is False
        assert not re.search(rf'> <{KG}text> "', server.get("/store", "application/n-quads").text)


def test_a_question_takes_names_for_its_parameters(server: Server) -> None:
    page = server.get("/query", HTML, name="mechanism-of-drug", drug="imatinib").text
    assert 'value="imatinib"' in page
    assert "VALUES ?drug { &lt;http://purl.obolibrary.org/obo/CHEBI_45783&gt; }" in page
    assert "#+ title" not in page
    unknown = server.get("/query", HTML, name="mechanism-of-drug", drug="<nobody>").text
    assert 'role="alert"' in unknown
    assert "<nobody>" not in unknown


def wait_for_generation(server: Server) -> None:
    for _ in range(50):
        if server.get("/ready").status_code == 200:
            return
        time.sleep(0.1)


def test_every_question_of_the_library_can_be_opened_and_run(server: Server) -> None:
    names = sorted(set(re.findall(r'href="/query\?name=([\w-]+)"', server.get("/query", HTML).text)))
    assert len(names) >= 12
    for name in names:
        page = server.get("/query", HTML, name=name).text
        text = html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1])  # type: ignore[index]
        answer = server.get("/results", HTML, query=text)
        assert answer.status_code == 200, f"{name}: {answer.text}"
