from __future__ import annotations

import datetime as dt

import pytest

from kg.model import MediaType
from kg.reading.page_text import join_pages
from tests.reading.reading import Folder, pdf

RELEASE = [
    "Acme Reports Results of its Trial",
    "BASEL \\(May 27, 2008\\) - Acme AG \\(Nasdaq: ACME\\) today announced that examplumab protects",
    "natural killer cells in patients with acute myeloid leuk-",
    "emia who are in first remission, and that it is safe.",
]


def test_the_text_layer_is_read_and_words_at_line_ends_are_mended(folder: Folder) -> None:
    document = folder.read("a.pdf", pdf(RELEASE))
    assert "patients with acute myeloid leukemia who are" in document.text
    assert (document.title, document.published) == ("Acme Reports Results of its Trial", dt.date(2008, 5, 27))
    assert (document.publisher, document.media_type) == ("Acme AG", MediaType.PDF)


def test_a_pdf_is_known_by_its_first_bytes(folder: Folder) -> None:
    assert folder.read("a.txt", pdf(RELEASE)).media_type is MediaType.PDF


def test_a_pdf_without_text_is_refused(folder: Folder) -> None:
    assert "without text" in folder.refuse("a.pdf", pdf([]))


@pytest.mark.parametrize("content", [b"%PDF-1.4\n", b"%PDF-1.7\n1 0 obj\n<<", pdf(RELEASE)[: len(pdf(RELEASE)) // 3]])
def test_a_damaged_pdf_is_refused(folder: Folder, content: bytes) -> None:
    assert "PDF" in folder.refuse("a.pdf", content)


def test_a_protected_pdf_is_refused(folder: Folder) -> None:
    import io

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(RELEASE))))
    writer.encrypt("secret", algorithm="RC4-128")
    packed = io.BytesIO()
    writer.write(packed)
    assert "password" in folder.refuse("a.pdf", packed.getvalue())


def test_headings_and_numbers_of_pages_are_left_out() -> None:
    pages = [
        f"Sample Journal 2008\nThe drug was given on day {n} of the trial to all of the patients.\nPage {n}"
        for n in range(5)
    ]
    text = join_pages(pages)
    assert "Sample Journal" not in text
    assert "Page" not in text
    assert text.count("The drug was given") == 5


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        ("an open-\nlabel trial", "an open-label trial"),
        ("a placebo-\ncontrolled trial", "a placebo-controlled trial"),
        ("with interleu-\nkin therapy", "with interleukin therapy"),
        ("the drug IL-\n2 works", "the drug IL-2 works"),
        ("the eﬀect was seen", "the effect was seen"),
        ("as in week-long and week-\nlong stays", "as in week-long and week-long stays"),
        ("soft\u00ad\nened words", "softened words"),
        ("a range of 5 -\n10 mg", "a range of 5 - 10 mg"),
    ],
)
def test_words_broken_at_line_ends_are_put_together_as_they_are_written(lines: str, joined: str) -> None:
    assert join_pages([lines]) == joined


def test_paragraphs_end_with_short_lines_and_headings_stand_alone() -> None:
    page = (
        "Examplumab was given to all the patients of the first group of this trial\n"
        "and to none of the second.\nMethods\nThe patients of the second group were given a placebo for eighteen "
        "months\nor longer.\n• one item of a list\n• another item"
    )
    assert join_pages([page]).split("\n\n") == [
        "Examplumab was given to all the patients of the first group of this trial and to none of the second.",
        "Methods",
        "The patients of the second group were given a placebo for eighteen months or longer.",
        "• one item of a list",
        "• another item",
    ]
