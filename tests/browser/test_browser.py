"""What a reader does, in Chromium, with scripts and without; nothing leaves the machine; axe finds no serious fault."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg.serve.static import has_built
from tests.serve.sample_store import RELEASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.serve.running_server import Server

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]
CHANGED = """SELECT ?s ?label WHERE {
  ?s <http://www.w3.org/2000/01/rdf-schema#label> ?label FILTER(?label = 'imatinib')
}"""
AXE = Path(__file__).resolve().parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = ("/", "/search?q=leukemia", "/documents", "/entity/CHEBI:45783", f"/document/{RELEASE}", "/query", "/nothing")
NAMES = ("start", "search", "documents", "entity", "document", "query", "fault")
with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@contextmanager
def opened(browser: Browser, site: Server, *, scripts: bool = True, dark: bool = False) -> Iterator[Page]:
    """A page whose requests and complaints are watched: at its end none may have left or been heard."""
    context = browser.new_context(
        base_url=site.url, java_script_enabled=scripts, color_scheme="dark" if dark else "light", accept_downloads=True
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert [url for url in requests if not url.startswith((site.url, "data:", "blob:"))] == []
    assert [said for said in complaints if "status of 4" not in said] == []


@with_and_without_scripts
def test_search_leads_to_an_entity_and_on_to_the_sentence(browser: Browser, site: Server, *, scripts: bool) -> None:
    with opened(browser, site, scripts=scripts) as page:
        page.goto("/")
        box = page.locator("input[type=search]")
        box.fill("imatin")
        if scripts:
            page.locator("#suggestions [role=option]").first.wait_for()
            box.press("ArrowDown")
            box.press("Enter")
        else:
            box.press("Enter")
            page.locator(".found a").first.click()
        page.wait_for_url("**/entity/CHEBI:45783")
        assert page.locator("h1").inner_text() == "imatinib"
        page.get_by_role("link", name="about this statement").first.click()
        page.wait_for_url("**/statement/*")
        assert "imatinib" in page.locator("h1").inner_text()
        page.locator(".evidence footer a").first.click()
        page.wait_for_url(re.compile(r"/document/.*#c\d+$"))
        sentence = page.locator(".s:target")
        assert "matinib" in sentence.inner_text()
        assert sentence.is_visible()


@with_and_without_scripts
def test_an_example_query_is_run_changed_and_downloaded(browser: Browser, site: Server, *, scripts: bool) -> None:
    with opened(browser, site, scripts=scripts) as page:
        page.goto("/query?name=newest-documents")
        has_editor = scripts and has_built("editor.js")
        if not has_editor:
            page.get_by_role("button", name="Run", exact=True).click()
        table = page.locator(".yasr table.dataTable" if has_editor else "table.results")
        table.wait_for()
        assert "imatinib" in table.inner_text().lower()
        if not scripts:
            page.get_by_role("link", name="Change it").click()
            page.locator("textarea").fill(CHANGED)
        elif has_editor:
            page.locator(".yasqe .CodeMirror:visible").click()
            page.keyboard.press("Control+A")
            page.keyboard.insert_text(CHANGED)
        else:
            page.locator("textarea").fill(CHANGED)
        page.get_by_role("button", name="Run", exact=True).click()
        table.locator("th", has_text="label").wait_for()
        assert table.locator("tbody tr").count() == 1
        with page.expect_download() as download:
            page.get_by_role("button", name="Download CSV").or_(page.get_by_role("link", name="CSV")).first.click()
        assert "imatinib" in Path(download.value.path()).read_text("utf-8")
        table.locator("a", has_text="imatinib").first.click()
        page.wait_for_url("**/entity/CHEBI:45783")


def test_a_wrong_query_says_where_without_leaving_the_page(browser: Browser, site: Server) -> None:
    with opened(browser, site) as page:
        page.goto("/query?query=SELECT%20*%20%7B")
        page.get_by_role("button", name="Run", exact=True).click()
        page.locator(".fault").wait_for()
        assert "line 1" in page.locator(".fault").inner_text()


def test_pictures_are_drawn_where_they_are_built(browser: Browser, site: Server) -> None:
    if not has_built("picture.js"):
        pytest.skip("the assets are not built (make assets)")
    with opened(browser, site) as page:
        page.goto("/entity/CHEBI:45783")
        page.locator(".picture canvas").first.wait_for()
        page.goto("/results?query=" + "CONSTRUCT WHERE { ?s <https://w3id.org/kg-loader/vocab/inhibits> ?o }")
        page.locator(".pictured summary").click()
        page.locator(".pictured canvas").first.wait_for()
        page.goto("/query?query=" + "CONSTRUCT WHERE { ?s <https://w3id.org/kg-loader/vocab/inhibits> ?o }")
        page.get_by_role("button", name="Run", exact=True).click()
        page.get_by_role("button", name="Shows Picture view").click()
        page.locator(".yasr .picture canvas").first.wait_for()


def test_without_the_assets_the_pages_say_so(browser: Browser, site: Server) -> None:
    with opened(browser, site, scripts=False) as page:
        page.goto("/query")
        assert page.locator("textarea").is_visible()
        assert page.get_by_text("is not built").count() == (0 if has_built("editor.js") else 1)


def test_a_page_can_be_walked_with_the_keyboard(browser: Browser, site: Server) -> None:
    with opened(browser, site) as page:
        page.goto("/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to content"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_narrow_screen_needs_no_sideways_scrolling(browser: Browser, site: Server) -> None:
    with opened(browser, site) as page:
        page.set_viewport_size({"width": 360, "height": 740})
        for path in PAGES:
            page.goto(path)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_no_serious_fault(browser: Browser, site: Server, *, dark: bool) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (make assets)")
    with opened(browser, site, dark=dark) as page:
        statement = site.query("SELECT ?s { ?s <https://w3id.org/kg-loader/vocab/relation> 'inhibits' }").json()
        path = statement["results"]["bindings"][0]["s"]["value"].removeprefix("https://w3id.org/kg-loader")
        results = "/results?query=SELECT * { ?s ?p ?o } LIMIT 5"
        for address in (*PAGES, path, "/vocab/inhibits", results):
            page.goto(address)
            page.wait_for_timeout(400)
            faults = run_axe(page)
            assert faults == [], f"{address}: {json.dumps(faults, indent=1)}"


@pytest.mark.parametrize("look", ["light", "dark", "narrow"])
def test_every_page_is_drawn(browser: Browser, site: Server, screenshots: Path | None, look: str) -> None:
    with opened(browser, site, dark=look == "dark") as page:
        page.set_viewport_size({"width": 390 if look == "narrow" else 1280, "height": 900})
        statement = site.query("SELECT ?s { ?s <https://w3id.org/kg-loader/vocab/relation> 'inhibits' }").json()
        path = statement["results"]["bindings"][0]["s"]["value"].removeprefix("https://w3id.org/kg-loader")
        for name, address in {**dict(zip(NAMES, PAGES, strict=True)), "statement": path}.items():
            page.goto(address)
            page.wait_for_timeout(500)
            assert page.locator("h1").is_visible()
            if screenshots is not None:
                page.screenshot(path=screenshots / f"{name}-{look}.png", full_page=look == "narrow")


def run_axe(page: Page) -> list[dict[str, Any]]:
    """Return the serious and critical violations that axe finds."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        {"id": fault["id"], "help": fault["help"], "nodes": [node["html"][:200] for node in fault["nodes"][:4]]}
        for fault in found["violations"]
        if fault["impact"] in {"serious", "critical"}
    ]
