from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from kg.model import Document, MediaType
from kg.reading import ReadingOptions
from tests.reading.reading import pdf, read_all, read_one, refuse_one
from tests.reading.test_html import PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

ANSWERS: dict[str, tuple[str, bytes]] = {
    "/page": ("text/html; charset=utf-8", PAGE.encode()),
    "/note.txt": (
        "text/plain; charset=iso-8859-1",
        "Die Leukämie wurde geheilt, und alle waren froh darüber.".encode("latin-1"),
    ),
    "/note.md": ("text/plain", b"# On statins\n\nText.\n"),
    "/set": ("application/x-ndjson", b'{"text": "One."}\n{"text": "Two."}\n'),
    "/file.pdf": ("application/octet-stream", pdf(["The drug works in a trial."])),
    "/picture": ("image/gif", b"GIF89a"),
    "/large": ("text/plain", b"x" * 5000),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/note.md")
            self.end_headers()
            return
        kind, body = ANSWERS.get(self.path, ("", b""))
        self.send_response(200 if kind else 404)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/page", MediaType.HTML),
        ("/note.md", MediaType.MARKDOWN),
        ("/file.pdf", MediaType.PDF),
        ("/moved", MediaType.TEXT),
    ],
)
def test_an_address_is_read_by_its_content_type_its_name_or_its_content(
    site: str, path: str, media_type: MediaType
) -> None:
    document = read_one(site + path)
    assert (document.url, document.media_type, document.path) == (site + path, media_type, None)
    assert document.id == site + path


def test_the_charset_that_the_server_tells_is_used(site: str) -> None:
    document = read_one(f"{site}/note.txt")
    assert document.text.startswith("Die Leukämie")
    assert document.language == "de"


def test_a_set_of_documents_can_be_fetched(site: str) -> None:
    assert [item.text for item in read_all(f"{site}/set") if isinstance(item, Document)] == ["One.", "Two."]


@pytest.mark.parametrize(
    ("path", "reason"), [("/nothing", "404"), ("/picture", "image/gif"), ("/large", "larger than")]
)
def test_what_cannot_be_fetched_is_refused(site: str, path: str, reason: str) -> None:
    assert reason in refuse_one(site + path, ReadingOptions(max_bytes=100)).reason


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/x", "http://", "http://[broken", "https://nowhere.invalid/x"])
def test_an_address_that_does_not_answer_is_refused(address: str) -> None:
    assert "fetched" in refuse_one(address, ReadingOptions(timeout=2)).reason
