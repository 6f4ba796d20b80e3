"""Damaged files of every format: reading gives documents or Rejections, whatever happened to the bytes."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Document
from kg.reading import ReadingOptions
from tests.reading.reading import Folder, check, pdf, read_all
from tests.reading.test_html import PAGE
from tests.reading.test_xml import ARTICLE, CITATION, citations

SEEDS = [
    (".txt", "Acme Reports Trial\n\nBASEL (May 27, 2008) – Acme AG (Nasdaq: ACME) today announced results.\n".encode()),
    (".md", b"---\ntitle: A note\n---\n\n# A note\n\nText.\n"),
    (".html", PAGE.encode()),
    (".jsonl", b'{"text": "One.", "id": "1"}\n{"text": "Two.", "published": "2008-05-27"}\n'),
    (".xml", citations(CITATION, CITATION).encode()),
    (".xml", ARTICLE.encode()),
    (".pdf", pdf(["Acme Reports Results", "The drug works in a trial."], ["Page two of the text."])),
]
PIECES = [
    b"<",
    b"&x;",
    b"\0",
    b"\xff",
    b"{",
    b'"',
    b"\\ud800",
    b"\xef\xbb\xbf",
    b"<!ENTITY a 'b'>",
    b"\r",
    b"---\n",
    b" -- ",
    b"9" * 30,
]


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    suffix, content = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(content)))
        cut = draw(st.integers(0, 12))
        content = content[:place] + draw(st.sampled_from(PIECES) | st.binary(max_size=4)) + content[place + cut :]
    if draw(st.integers(0, 5)) == 0:
        content = gzip.compress(content, mtime=0)
        content = content[: draw(st.integers(1, len(content)))]
    return suffix, content


@pytest.mark.slow
@settings(suppress_health_check=list(HealthCheck), max_examples=500, deadline=None)
@given(damaged())
def test_damaged_files_give_documents_or_rejections(folder: Folder, file: tuple[str, bytes]) -> None:
    suffix, content = file
    source = folder.write(f"a{suffix}", content)
    items = read_all(source, options=ReadingOptions(max_bytes=100_000))
    assert items
    for item in items:
        if isinstance(item, Document):
            check(item)
            assert item.text.encode().decode() == item.text
        else:
            assert item.source.startswith(source)
            assert "\n" not in item.reason
    Path(source).unlink()
