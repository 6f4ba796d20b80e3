"""The documents that `make demo` loads, and the texts of ../shared where they are there."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.model import Document
from tests.reading.reading import check, read_all, read_one

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))
SEED = SHARED / "seed" / "press-release-2008-05-27.txt"


def test_every_sample_becomes_a_document_with_title_date_and_publisher() -> None:
    items = read_all(str(ROOT / "samples"))
    assert len(items) >= 12
    for item in items:
        assert isinstance(item, Document), item
        check(item)
        assert item.title
        assert item.published
    assert [item.id for item in items if isinstance(item, Document) and item.language != "en"] == ["news-2008-de"]
    assert len({item.iri for item in items if isinstance(item, Document)}) == len(items)


def test_reading_twice_gives_the_same_documents() -> None:
    assert read_all(str(ROOT / "samples")) == read_all(str(ROOT / "samples"))


@pytest.mark.shared
@pytest.mark.skipif(not SEED.exists(), reason="needs ../shared or KG_SHARED")
def test_the_header_of_the_seed_document_is_read() -> None:
    document = read_one(str(SEED))
    assert document.text == SEED.read_bytes().decode()
    assert document.published == dt.date(2008, 5, 27)
    assert document.publisher == "EpiCept Corporation"
    assert document.title is not None
    assert document.title.isupper()
    assert document.title.startswith("EPICEPT FILES")


def test_nothing_heavy_is_imported_before_a_file_needs_it() -> None:
    heavy = "{'lxml', 'trafilatura', 'pypdf', 'py3langid', 'numpy', 'httpx'}"
    code = f"import sys; import kg.reading; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
