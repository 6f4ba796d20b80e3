from __future__ import annotations

import codecs
import datetime as dt
import gzip
import hashlib

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import MediaType, SectionKind
from kg.reading import ReadingOptions
from kg.reading.content import decode
from tests.reading.reading import Folder


def test_the_text_of_a_txt_file_is_its_content_to_the_last_character(folder: Folder) -> None:
    content = "  Ceplene\r\n\r\ninhibits\tNADPH oxidase\u00a0\u2028.\r\n\x0c\n\n "
    document = folder.read("a.txt", content)
    assert document.text == content
    assert document.sha256 == hashlib.sha256(content.encode()).hexdigest()
    assert document.media_type is MediaType.TEXT


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0\ufeff"), min_size=1))
def test_any_text_comes_back_unchanged(folder: Folder, text: str) -> None:
    if not text.strip():
        assert folder.refuse("a.txt", text) in ("is empty", "holds no text")
    elif not text.lstrip().startswith(("PK\x03\x04", "%PDF-", "BZh91AY&SY")):
        assert folder.read("a.txt", text).text == text


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0\ufeff")))
def test_what_a_signature_announces_is_what_is_decoded(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode()) == text
    assert decode(codecs.BOM_UTF16_LE + text.encode("utf-16-le")) == text
    assert decode(codecs.BOM_UTF16_BE + text.encode("utf-16-be")) == text
    assert decode(codecs.BOM_UTF32_LE + text.encode("utf-32-le")) == text


def test_the_signature_of_utf_8_is_no_part_of_the_text(folder: Folder) -> None:
    assert folder.read("a.txt", codecs.BOM_UTF8 + b"Ceplene works.").text == "Ceplene works."


def test_a_packed_text_is_unpacked(folder: Folder) -> None:
    document = folder.read("a.txt.gz", gzip.compress(b"Ceplene works."))
    assert (document.text, document.path) == ("Ceplene works.", "a.txt.gz")


def test_a_packed_text_is_known_by_its_first_bytes_as_well(folder: Folder) -> None:
    assert folder.read("a.txt", gzip.compress(b"Ceplene works.")).text == "Ceplene works."


def test_a_text_that_speaks_of_other_formats_is_still_a_text(folder: Folder) -> None:
    assert folder.read("a.txt", "A file that begins with %PDF-1.4 or <html> is none.").media_type is MediaType.TEXT
    assert folder.read("b.txt", "BZhang showed that.").media_type is MediaType.TEXT


def test_a_file_without_a_suffix_is_read_when_it_is_named(folder: Folder) -> None:
    assert folder.read("NOTES", "Imatinib inhibits KIT.").text == "Imatinib inhibits KIT."


def test_markdown_is_kept_as_it_is_and_its_headings_are_sections(folder: Folder) -> None:
    content = "# On statins\n\nText.\n\n## Effects ##\r\n\n```\n# no heading\n```\n"
    document = folder.read("a.md", content)
    assert document.text == content
    assert document.title == "On statins"
    assert [(section.kind, section.title) for section in document.sections] == [
        (SectionKind.TITLE, "On statins"),
        (SectionKind.HEADING, "Effects"),
    ]
    assert document.media_type is MediaType.MARKDOWN


def test_front_matter_tells_title_date_and_publisher(folder: Folder) -> None:
    document = folder.read("a.md", '---\ntitle: "Statins: a note"\ndate: 2020-03-02\npublisher: Club\n---\n\nText.\n')
    assert (document.title, document.published, document.publisher) == ("Statins: a note", dt.date(2020, 3, 2), "Club")


def test_options_fill_in_what_the_text_does_not_say(folder: Folder) -> None:
    options = ReadingOptions(title="Given", published=dt.date(2001, 2, 3), publisher="Someone")
    document = folder.read("a.txt", "Imatinib inhibits KIT.", options)
    assert (document.title, document.published, document.publisher) == ("Given", dt.date(2001, 2, 3), "Someone")


def test_what_the_text_says_goes_before_the_options(folder: Folder) -> None:
    options = ReadingOptions(title="Given", published=dt.date(2001, 2, 3), publisher="Someone")
    text = "Acme Reports Trial Results\n\nBASEL (May 27, 2008) - Acme Pharma AG today announced good results.\n"
    document = folder.read("a.txt", text, options)
    assert document.title == "Acme Reports Trial Results"
    assert (document.published, document.publisher) == (dt.date(2008, 5, 27), "Acme Pharma AG")
