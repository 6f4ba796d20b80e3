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


def test_a_broken_download_goes_on_where_it_stopped(tmp_path: Path) -> None:
    (tmp_path / "a.obo.part").write_bytes(CONTENT[:1000])
    asked: list[str] = []

    def rest(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers["Range"])
        return httpx.Response(206, content=CONTENT[1000:])

    fetch(tmp_path / "a.obo", rest)
    assert asked == ["bytes=1000-"]
    assert (tmp_path / "a.obo").read_bytes() == CONTENT


def test_a_server_that_cannot_resume_sends_all_anew(tmp_path: Path) -> None:
    (tmp_path / "a.obo.part").write_bytes(b"something else")
    fetch(tmp_path / "a.obo", whole)
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

    with pytest.raises(LexiconError, match=r"cannot be reached.*Without internet.*HTTPS_PROXY.*unchanged"):
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
