from __future__ import annotations

import gzip

import pytest

from kg.model import Document, Rejection
from kg.reading import ReadingOptions
from tests.reading.reading import Folder, read_all


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "is empty"),
        ("a.txt", b" \r\n\t ", "is empty"),
        ("a.txt", "\u00a0\u2003".encode(), "no text"),
        ("a.txt", "Die Leukämie\n".encode("latin-1"), "iconv"),
        ("a.txt", b"MZ\x90\x00\x03\x00", "binary"),
        ("a.txt", bytes(range(1, 256)), "binary"),
        ("a.md", b"\x89PNG\r\n\x1a\n\x00", "picture"),
        ("a.txt", b"PK\x03\x04rest", "Office"),
        ("a.csv", b"a,b\n1,2\n", "no kind of file"),
        ("a.html", b"", "is empty"),
        ("a.jsonl", b"", "is empty"),
        ("a.jsonl", b"\n\n", "is empty"),
        ("a.xml", b"", "broken XML"),
        ("a.xml", b"<a><b></a>", "broken XML"),
        ("a.pdf", b"not a pdf", "PDF"),
        ("a.txt.gz", gzip.compress(b"A long text. " * 100, mtime=0)[:40], "gzip"),
        ("a.jsonl.gz", gzip.compress(b'{"text": "x"}\n' * 5000, mtime=0)[:60], "gzip"),
        ("a.xml.gz", gzip.compress(b"<PubmedArticleSet>" + b"<x/>" * 5000, mtime=0)[:60], "gzip"),
        ("a.txt.gz", b"\x1f\x8b\x08\x00garbage", "gzip"),
    ],
)
def test_bad_input_is_refused_in_one_line_that_says_why(folder: Folder, name: str, content: bytes, reason: str) -> None:
    items = read_all(folder.write(name, content))
    rejection = items[-1]
    assert isinstance(rejection, Rejection)
    assert rejection.source.startswith(str(folder.path / name))
    assert reason in rejection.reason
    assert "\n" not in rejection.reason


def test_a_text_beyond_the_limit_is_refused_and_says_what_to_do(folder: Folder) -> None:
    reason = folder.refuse("a.txt", "x" * 101, ReadingOptions(max_bytes=100))
    assert "larger than 100 bytes" in reason
    assert "split" in reason
    assert folder.read("b.txt", "x" * 100, ReadingOptions(max_bytes=100)).text == "x" * 100


def test_a_packed_bomb_is_not_unpacked_beyond_the_limit(folder: Folder) -> None:
    bomb = gzip.compress(b"a" * 20_000_000)
    assert "larger than 1 MB" in folder.refuse("a.txt.gz", bomb, ReadingOptions(max_bytes=1024 * 1024))


def test_one_bad_file_does_not_cost_the_others(folder: Folder) -> None:
    folder.write("a.txt", "One.")
    folder.write("b.txt", b"\xff")
    folder.write("c.txt", "Three.")
    assert [type(item) for item in read_all(str(folder.path))] == [Document, Rejection, Document]
