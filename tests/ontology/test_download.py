from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from kg.errors import LexiconError
from kg.ontology.download import TRIES, download

CONTENT = b"[Term]\n" * 5000
ADDRESS = "https://example.org/my.obo"


def fetch(target: Path, answer: Callable[[httpx.Request], httpx.Response], sha256: str = "") -> str:
    client = httpx.Client(transport=httpx.MockTransport(answer))
    return download(ADDRESS, target, progress=lambda done, whole: None, client=client, pause=0, sha256=sha256)


def whole(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, content=CONTENT)


def test_a_file_is_fetched_with_its_checksum(tmp_path: Path) -> None:
    assert fetch(tmp_path / "a.obo", whole) == hashlib.sha256(CONTENT).hexdigest()
    assert (tmp_path / "a.obo").read_bytes() == CONTENT
    assert not (tmp_path / "a.obo.part").exists()


def broken(folder: Path, content: bytes, version: str) -> Path:
    """Leave what a download that broke off leaves; return where the whole file will be."""
    (folder / "a.obo.part").write_bytes(content)
    (folder / "a.obo.part.version").write_text(version)
    return folder / "a.obo"


def ranged(request: httpx.Request) -> httpx.Response:
    """Answer as RFC 9110 says: the rest, if it is still a part of what the server has, else the whole."""
    assert request.headers["Accept-Encoding"] == "identity"
    if request.headers.get("If-Range") != '"v2"':
        return httpx.Response(200, content=CONTENT, headers={"ETag": '"v2"'})
    start = int(request.headers["Range"].removeprefix("bytes=").removesuffix("-"))
    headers = {"ETag": '"v2"', "Content-Range": f"bytes {start}-{len(CONTENT) - 1}/{len(CONTENT)}"}
    return httpx.Response(206, content=CONTENT[start:], headers=headers)


def test_a_broken_download_goes_on_where_it_stopped(tmp_path: Path) -> None:
    answers: list[int] = []

    def counted(request: httpx.Request) -> httpx.Response:
        response = ranged(request)
        answers.append(len(response.content))
        return response

    fetch(broken(tmp_path, CONTENT[:1000], '"v2"'), counted)
    assert answers == [len(CONTENT) - 1000]
    assert [path.name for path in tmp_path.iterdir()] == ["a.obo"]
    assert (tmp_path / "a.obo").read_bytes() == CONTENT


@pytest.mark.parametrize("version", ['"v1"', ""])
def test_a_part_of_another_or_unknown_version_is_fetched_anew(tmp_path: Path, version: str) -> None:
    fetch(broken(tmp_path, b"[Former]\n" * 100, version), ranged)
    assert (tmp_path / "a.obo").read_bytes() == CONTENT


def test_a_download_that_breaks_twice_is_whole_in_the_end(tmp_path: Path) -> None:
    breaks = iter([1000, 5000])

    def breaking(request: httpx.Request) -> httpx.Response:
        response = ranged(request)
        kept = next(breaks, None)
        headers = response.headers
        return httpx.Response(response.status_code, content=response.content[:kept], headers=headers)

    fetch(tmp_path / "a.obo", breaking)
    assert (tmp_path / "a.obo").read_bytes() == CONTENT


def test_a_wrong_part_is_not_put_behind_what_is_there(tmp_path: Path) -> None:
    def wrong(request: httpx.Request) -> httpx.Response:
        return httpx.Response(206, content=b"x", headers={"Content-Range": "bytes 0-0/35000"})

    with pytest.raises(LexiconError, match="another part"):
        fetch(broken(tmp_path, CONTENT[:1000], '"v2"'), wrong)
    assert (tmp_path / "a.obo.part").read_bytes() == CONTENT[:1000]


def test_a_server_that_cannot_resume_sends_all_anew(tmp_path: Path) -> None:
    fetch(broken(tmp_path, b"something else", '"v2"'), whole)
    assert (tmp_path / "a.obo").read_bytes() == CONTENT


def test_an_outage_is_tried_again(tmp_path: Path) -> None:
    answers = iter([httpx.Response(503), httpx.Response(502), httpx.Response(200, content=CONTENT)])
    fetch(tmp_path / "a.obo", lambda request: next(answers))
    assert (tmp_path / "a.obo").read_bytes() == CONTENT


def test_without_internet_the_error_says_what_to_do(tmp_path: Path) -> None:
    tries: list[int] = []

    def offline(request: httpx.Request) -> httpx.Response:
        tries.append(1)
        raise httpx.ConnectError("Name or service not known")

    with pytest.raises(LexiconError, match=r"cannot be reached.*internet.*HTTPS_PROXY and HTTP_PROXY.*unchanged"):
        fetch(tmp_path / "a.obo", offline)
    assert len(tries) == TRIES
    assert not (tmp_path / "a.obo").exists()


def test_a_page_that_is_gone_is_not_tried_again(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="404"):
        fetch(tmp_path / "a.obo", lambda request: httpx.Response(404))


def test_a_wrong_checksum_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="checksum"):
        fetch(tmp_path / "a.obo", whole, sha256="0" * 64)
    assert list(tmp_path.iterdir()) == []
