"""The files that browsers load: the project's own style and script, and what npm built when it was there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.serve.access import SECURITY_HEADERS
from kg.serve.faults import Fault

if TYPE_CHECKING:
    from starlette.staticfiles import StaticFiles
    from starlette.types import Message

    from kg.serve.exchange import Exchange

_BUILT = "built"


def static_folder() -> Path:
    """Return the folder of the files."""
    return Path(__file__).resolve().parent / "static"


def has_built(name: str) -> bool:
    """A file that npm builds is there."""
    return (static_folder() / _BUILT / name).is_file()


async def send_static(files: StaticFiles, exchange: Exchange, path: str) -> None:
    """Send a file below /static with the headers of this server.

    Raises:
        Fault: there is no such file.
    """
    from starlette.exceptions import HTTPException

    if exchange.method not in {"GET", "HEAD"}:
        raise Fault(405, "files are only read", code="method-not-allowed", allow="GET, HEAD")
    sent: list[Message] = []

    async def collect(message: Message) -> None:
        sent.append(message)

    try:
        response = await files.get_response(path.lstrip("/"), exchange.scope)
    except HTTPException as error:
        raise Fault(error.status_code, f"there is no file {path}", code="not-found") from error
    await response(exchange.scope, exchange.receive, collect)
    for message in sent:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *SECURITY_HEADERS, (b"cache-control", b"public, max-age=3600")]
            exchange.status = message["status"]
            exchange.has_started = True
        await exchange.send(message)
