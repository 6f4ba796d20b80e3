"""What kind of section a sentence stands in."""

from kg.model import Section, SectionKind
from tests.analysis.documents import analysis

RELEASE = """CONTACTS

Belmar Corporation:
12 Harbour Road
Anna Keller
(914) 555-0100
akeller@belmar.example

Media:
Quill Communications
Tom Ray
(617) 555-0111

BELMAR FILES FOR APPROVAL OF ZORVEX

LEEDS (May 5, 2021) - Belmar Corporation said that it has filed for approval of Zorvex in Europe.

About Gout

Gout is a disease of the joints that comes with much pain.

Forward-Looking Statements

This release contains statements that look ahead. They may turn out to be wrong.

About Belmar

Belmar makes drugs for people with diseases of the joints.

Zorvex is a registered trademark of Belmar Corporation.
"""


def kinds(text: str, sections: tuple[Section, ...] = ()) -> dict[str, SectionKind]:
    found = analysis(text, sections=sections)
    return {text[one.start : one.end]: one.section for one in found.sentences}


def test_a_contact_block_is_marked_with_all_its_lines() -> None:
    found = kinds(RELEASE)
    for line in ("Belmar Corporation:", "Anna Keller", "(914) 555-0100", "Media:", "Quill Communications"):
        assert found[line] is SectionKind.CONTACT


def test_the_title_is_the_first_heading_that_is_no_contact_line() -> None:
    assert kinds(RELEASE)["BELMAR FILES FOR APPROVAL OF ZORVEX"] is SectionKind.TITLE


def test_headings_and_prose_are_told_apart() -> None:
    found = kinds(RELEASE)
    assert found["About Gout"] is SectionKind.HEADING
    assert found["Gout is a disease of the joints that comes with much pain."] is SectionKind.BODY


def test_forward_looking_statements_run_to_the_next_about() -> None:
    found = kinds(RELEASE)
    assert found["They may turn out to be wrong."] is SectionKind.FORWARD_LOOKING
    assert found["Belmar makes drugs for people with diseases of the joints."] is SectionKind.BODY


def test_a_safe_harbour_paragraph_needs_no_heading() -> None:
    text = (
        "Sales rose.\n\nSome forward-looking statements stand here, as the Private Securities Litigation Reform Act "
        "knows them, and risks and uncertainties may change them."
    )
    assert list(kinds(text).values())[-1] is SectionKind.FORWARD_LOOKING


def test_a_legal_note_inside_one_long_paragraph_begins_where_it_begins() -> None:
    news = "Zorvex was given to forty people with sore joints, and most of them said that they felt better. " * 9
    text = f"{news}\nThis text has forward-looking statements, and risks and uncertainties may change them.\n"
    found = kinds("Belmar tells of a trial\n\n" + text.replace("\n", " ").strip() + "\n")
    assert list(found.values())[1] is SectionKind.BODY
    assert list(found.values())[-1] is SectionKind.FORWARD_LOOKING


def test_a_trademark_note_is_marked() -> None:
    assert kinds(RELEASE)["Zorvex is a registered trademark of Belmar Corporation."] is SectionKind.TRADEMARK


def test_rows_of_columns_are_a_table() -> None:
    text = "Results:\n\nArm\tPatients\tResponse\nZorvex\t120\t41%\nPlacebo\t118\t12%\n"
    assert kinds(text)["Zorvex\t120\t41%"] is SectionKind.TABLE


def test_references_run_to_the_end() -> None:
    text = "Zorvex works well in gout, as was shown.\n\nReferences\n\nKeller A. A study of gout. Joints. 2020.\n"
    assert list(kinds(text).values())[-1] is SectionKind.REFERENCES


def test_a_section_of_the_reader_counts_and_the_innermost_wins() -> None:
    text = "A title of four words\n\nSome text that says what was done in the study, at length."
    given = (Section(0, len(text), SectionKind.ABSTRACT), Section(0, 21, SectionKind.TITLE))
    assert list(kinds(text, given).values()) == [SectionKind.TITLE, SectionKind.ABSTRACT]
