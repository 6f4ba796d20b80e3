from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from kg.errors import ConfigError
from kg.model import Document, MediaType, Rejection
from kg.reading import ReadingOptions
from tests.reading.reading import Folder, read_all, read_one, refuse_one


def paths(items: list[Document | Rejection]) -> list[str | None]:
    return [item.path if isinstance(item, Document) else item.source for item in items]


def test_a_folder_gives_its_documents_sorted_and_passes_over_the_rest(folder: Folder) -> None:
    for name in ("b.txt", "a/z.md", "a/y.jsonl", "c.csv", ".hidden/x.txt", ".x.txt", "README"):
        folder.write(name, '{"text": "One."}')
    assert paths(read_all(str(folder.path))) == ["a/y.jsonl:1", "a/z.md", "b.txt"]


def test_a_glob_gives_what_it_matches_and_a_folder_once(folder: Folder) -> None:
    for name in ("a.txt", "b.txt", "sub/c.txt"):
        folder.write(name, f"Text of {name}.")
    assert paths(read_all(f"{folder.path}/*.txt")) == ["a.txt", "b.txt"]
    assert paths(read_all(f"{folder.path}/**/*.txt", str(folder.path))) == ["a.txt", "b.txt", "c.txt"]


def test_a_file_with_brackets_in_its_name_is_a_file(folder: Folder) -> None:
    assert folder.read("a[1].txt", "Text.").path == "a[1].txt"


def test_paths_are_told_from_the_base_folder(folder: Folder) -> None:
    source = folder.write("a/b/c.txt", "Text.")
    assert read_one(source, ReadingOptions(base=folder.path)).path == "a/b/c.txt"


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("nowhere.txt", "no such file"),
        ("no\0where.txt", "no such file"),
        ("x" * 5000, "no such file"),
        ("nowhere/*.txt", "no file matches"),
        ("ftp://example.org/a.txt", "http and https"),
    ],
)
def test_a_word_that_stands_for_nothing_is_refused_and_the_rest_is_read(folder: Folder, word: str, reason: str) -> None:
    good = folder.write("a.txt", "Text.")
    bad, document = read_all(word, good)
    assert isinstance(bad, Rejection)
    assert (bad.stage, reason in bad.reason) == ("reading", True)
    assert isinstance(document, Document)


def test_a_folder_without_documents_is_refused(folder: Folder) -> None:
    folder.write("c.csv", "1,2")
    assert "no document" in refuse_one(str(folder.path)).reason


def test_an_unreadable_file_is_refused(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    source = folder.write("a.txt", "Text.")
    monkeypatch.setattr(Path, "open", refuse)
    assert refuse_one(source).reason == "cannot be read: Permission denied"


def test_a_file_that_cannot_be_opened_is_refused(folder: Folder) -> None:
    link = folder.path / "a.txt"
    link.symlink_to(folder.path / "gone.txt")
    assert "No such file" in refuse_one(str(link)).reason


def test_a_file_whose_name_is_not_utf_8_is_read(folder: Folder) -> None:
    name = os.fsencode(folder.path) + b"/caf\xe9.txt"
    with open(name, "wb") as file:  # noqa: PTH123 - bytes are no Path
        file.write(b"Text.")
    document = read_one(os.fsdecode(name))
    assert document.path == "caf\ufffd.txt"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"Imatinib inhibits KIT.", MediaType.TEXT),
        (b'{"text": "Imatinib inhibits KIT."}\n', MediaType.JSON_LINES),
        (
            b"<html><body><p>Imatinib inhibits KIT, and this page says so at length, in a sentence.</p></body></html>",
            MediaType.HTML,
        ),
    ],
)
def test_standard_input_is_read_in_the_format_it_comes_in(
    monkeypatch: pytest.MonkeyPatch, content: bytes, media_type: MediaType
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    document = read_one("-")
    assert document.media_type is media_type
    assert document.path is None or media_type is MediaType.JSON_LINES


def test_different_texts_from_standard_input_are_different_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    iris = set()
    for content in (b"One.", b"Two.", b"Two."):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
        iris.add(read_one("-").iri)
    assert len(iris) == 2


@pytest.mark.parametrize(
    "make",
    [
        lambda: ReadingOptions(max_bytes=0),
        lambda: ReadingOptions(language="english"),
        lambda: ReadingOptions(language="1!"),
    ],
)
def test_options_that_make_no_sense_are_refused(make: object) -> None:
    assert callable(make)
    with pytest.raises(ConfigError):
        make()
