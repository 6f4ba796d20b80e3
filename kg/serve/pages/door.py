"""The front's side of the pages: which job a path is, and the answer with its headers."""

from __future__ import annotations

import asyncio
import json
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kg.serve.access import CORS, EDITOR_POLICY, PAGE_POLICY, SECURITY_HEADERS
from kg.serve.answers import Whole, send_whole
from kg.serve.exchange import base_address
from kg.serve.faults import Fault
from kg.serve.fields import read_fields
from kg.serve.pages.frame import render_fault
from kg.serve.validators import VARY, is_unchanged, make_etag

if TYPE_CHECKING:
    from kg.serve.answers import Answers
    from kg.serve.cache import AnswerCache
    from kg.serve.exchange import Exchange, Header
    from kg.serve.settings import ServeSettings
    from kg.serve.watch import Snapshot, Watch

_METHODS = "GET, HEAD, OPTIONS"


class Pages:
    """Answers everything that is not an endpoint."""

    def __init__(self, settings: ServeSettings, watch: Watch, answers: Answers, cache: AnswerCache) -> None:
        self._settings = settings
        self._watch = watch
        self._answers = answers
        self._cache = cache
        self._folder = Path(tempfile.mkdtemp(prefix="kg-serve-"))
        self._building: tuple[str, asyncio.Future[None]] | None = None

    async def close(self) -> None:
        """Remove the index files."""
        if self._building is not None:
            self._building[1].cancel()
        shutil.rmtree(self._folder, ignore_errors=True)

    async def handle(self, exchange: Exchange, path: str) -> None:
        """Answer one request for a page."""
        exchange.route = "page"
        if exchange.method not in {"GET", "HEAD"}:
            raise Fault(405, f"{exchange.method} is not one of {_METHODS}", code="method-not-allowed", allow=_METHODS)
        snapshot = self._watch.newest()
        if snapshot is None:
            raise Fault(503, "nothing is published yet: load a document first", code="empty", retry_after=1)
        exchange.generation = snapshot.number
        self._prepare_names(snapshot)
        accept = exchange.header(b"accept") or "text/html"
        etag = make_etag(snapshot, path, exchange.query_string, accept, exchange.header(b"host") or "")
        if is_unchanged(exchange, snapshot, etag):
            await exchange.reply(304, [(b"etag", etag), VARY])
            return
        key = ("page", path, exchange.query_string, accept, exchange.header(b"host"))
        kept = self._cache.find(snapshot.tag, key)
        if kept is not None:
            await send_whole(kept, exchange)
            return
        answer = await self._answers.run_whole(self._job(exchange, snapshot, path, accept), exchange)
        head, _, body = answer.partition(b"\n")
        found = json.loads(head)
        headers: list[Header] = [(name.encode(), value.encode()) for name, value in found["headers"]]
        media = found["media_type"].encode()
        headers += [(b"content-type", media), VARY, *SECURITY_HEADERS, *CORS, *self.policy(media, path)]
        if found["status"] != 200:
            await exchange.reply(found["status"], [*headers, (b"content-length", str(len(body)).encode())], body)
            return
        if found["keep"]:
            headers += [(b"etag", etag), (b"cache-control", b"public, no-cache")]
        else:
            headers.append((b"cache-control", b"no-store"))
        whole = Whole(headers, body)
        if found["keep"]:
            self._cache.keep(snapshot.tag, key, whole)
        await send_whole(whole, exchange)

    def _job(self, exchange: Exchange, snapshot: Snapshot, path: str, accept: str) -> dict[str, object]:
        return {
            "op": "page",
            "generation": snapshot.path,
            "number": snapshot.number,
            "path": path,
            "fields": read_fields(exchange.query_string),
            "accept": accept,
            "prefix": self._settings.prefix,
            "base": base_address(exchange),
            "show_text": self._settings.show_text,
            "union": self._settings.union_default_graph,
            "allow_remote": sorted(self._settings.allow_remote),
            "names": self._names(snapshot),
        }

    def _prepare_names(self, snapshot: Snapshot) -> None:
        """Begin to build the index of names of a generation when its first page is asked for."""
        if self._building is None or self._building[0] != snapshot.tag:
            for old in self._folder.glob("names-*.sqlite"):
                old.unlink(missing_ok=True)
            self._building = snapshot.tag, asyncio.ensure_future(self._answers.run_alone(self._names_job(snapshot)))

    def _names_job(self, snapshot: Snapshot) -> dict[str, object]:
        return {"op": "names", "generation": snapshot.path, "into": self._names(snapshot)}

    def _names(self, snapshot: Snapshot) -> str:
        return str(self._folder / f"names-{snapshot.tag}.sqlite")

    def policy(self, media_type: bytes, path: str = "") -> list[Header]:
        """Return the content security policy that a page needs; data gets its own elsewhere."""
        if not media_type.startswith(b"text/html"):
            return []
        return [EDITOR_POLICY if path.startswith("/query") else PAGE_POLICY]

    def fault_page(self, fault: Fault) -> bytes:
        """Return a page that says what went wrong."""
        return render_fault(fault, self._settings.prefix)
