from __future__ import annotations

import datetime as dt

from kg.model import MediaType, SectionKind
from tests.reading.reading import Folder

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Committee backs old drug | The Daily Sample</title>
<meta property="og:site_name" content="The Daily Sample">
<meta property="article:published_time" content="2008-07-25T09:00:00Z">
<script>var hidden = "never shown";</script></head><body>
<nav><ul><li><a href="/">Front page</a></li><li>Subscribe to our newsletter</li></ul></nav>
<article><h1>Committee backs old drug</h1>
<p>The committee for medicines has recommended that examplumab be allowed for adults with acute myeloid leukaemia in
first remission, and so reversed what it had said in spring about the same drug and the same trial.</p>
<h2>What the trial showed</h2>
<p>In a trial with 320 patients, examplumab and low-dose interleukin-2 prolonged the time
without leukaemia (H<sub>2</sub>).</p>
<table><tr><th>Group</th><th>Free of leukaemia</th></tr><tr><td>Treated</td><td>40%</td></tr></table></article>
<footer><p>Cookie settings. All rights reserved.</p></footer></body></html>"""


def test_a_page_loses_its_menus_and_keeps_title_day_and_site(folder: Folder) -> None:
    document = folder.read("a.html", PAGE)
    assert document.title == "Committee backs old drug"
    assert (document.published, document.publisher) == (dt.date(2008, 7, 25), "The Daily Sample")
    assert document.media_type is MediaType.HTML
    for boilerplate in ("newsletter", "Cookie", "never shown", "Front page"):
        assert boilerplate not in document.text


def test_paragraphs_and_headings_of_a_page_stand_apart(folder: Folder) -> None:
    document = folder.read("a.html", PAGE)
    blocks = document.text.split("\n\n")
    assert blocks[0] == "Committee backs old drug"
    assert blocks[2] == "What the trial showed"
    assert blocks[3].endswith("without leukaemia (H2).")
    kinds = [section.kind for section in document.sections]
    assert kinds[:2] == [SectionKind.TITLE, SectionKind.HEADING]
    assert SectionKind.TABLE in kinds


def test_a_page_is_known_by_its_content_too(folder: Folder) -> None:
    assert folder.read("page", PAGE).media_type is MediaType.HTML
    assert folder.read("page.xml", PAGE).media_type is MediaType.HTML


def test_a_page_in_latin_1_is_decoded_as_it_says(folder: Folder) -> None:
    page = PAGE.replace('charset="utf-8"', 'charset="iso-8859-1"').replace("in spring", "im März").encode("latin-1")
    assert "im März" in folder.read("a.html", page).text


def test_a_page_without_words_is_refused(folder: Folder) -> None:
    reason = folder.refuse("a.html", "<html><body><script>1</script></body></html>")
    assert "HTML" in reason or "no text" in reason
