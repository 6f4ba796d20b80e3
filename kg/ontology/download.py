"""Downloads an ontology's official file: resumed after a break, retried, checked, with progress."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import time
from typing import TYPE_CHECKING

from kg.errors import LexiconError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import httpx

    Progress = Callable[[int, int | None], None]

logger = logging.getLogger(__name__)

TRIES = 4
_FIRST_PAUSE = 1.0
_CHUNK = 1 << 17
_TIMEOUT = 60.0
_GIVE_UP = range(400, 500)
_PARTIAL = 206
_RANGE_WRONG = 416


def download(
    address: str,
    target: Path,
    *,
    progress: Progress,
    sha256: str = "",
    client: httpx.Client | None = None,
    pause: float = _FIRST_PAUSE,
) -> str:
    """Fetch a file to ``target``; return its SHA-256. Proxies are those of the environment (HTTPS_PROXY, HTTP_PROXY).

    ``progress`` is called with the bytes so far and the whole size, where that is known.
    What a former try left, ``target`` with ".part" behind, is gone on with if the server still has that version of it.

    Raises:
        LexiconError: the address cannot be reached or refuses, or the checksum is another.
    """
    import httpx

    part = target.with_name(target.name + ".part")
    target.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        chosen = client or stack.enter_context(httpx.Client(follow_redirects=True, timeout=_TIMEOUT))
        for attempt in range(1, TRIES + 1):
            try:
                _fetch(chosen, address, part, progress)
                break
            except httpx.HTTPStatusError as error:
                if error.response.status_code in _GIVE_UP:
                    message = f"{address} answers {error.response.status_code}: it may have moved; look in a browser"
                    raise LexiconError(message) from error
                _wait_or_give_up(address, error, attempt, pause)
            except httpx.HTTPError as error:
                _wait_or_give_up(address, error, attempt, pause)
            except OSError as error:
                message = f"cannot write {part}: {error.strerror or error}"
                raise LexiconError(message) from error
    return _finish(part, target, sha256)


def _fetch(client: httpx.Client, address: str, part: Path, progress: Progress) -> None:
    import httpx

    version = part.with_name(part.name + ".version")
    have, headers = _resumption(part, version)
    with client.stream("GET", address, headers=headers) as response:
        if response.status_code == _RANGE_WRONG:  # all of it was there, or it has become shorter
            part.unlink()
            raise httpx.RemoteProtocolError("the server has no more than what came before")
        response.raise_for_status()
        if response.status_code != _PARTIAL:
            have = 0
        elif not response.headers.get("Content-Range", "").startswith(f"bytes {have}-"):
            raise httpx.RemoteProtocolError("the server sent another part than the one asked for")
        version.write_text(_validator(response), encoding="utf-8")
        length = response.headers.get("Content-Length")
        whole = have + int(length) if length and "Content-Encoding" not in response.headers else None
        with part.open("ab" if have else "wb") as stream:
            for chunk in response.iter_bytes(_CHUNK):
                stream.write(chunk)
                have += len(chunk)
                progress(have, whole)
    if whole is not None and have != whole:
        raise httpx.RemoteProtocolError(f"{have} of {whole} bytes came")


def _resumption(part: Path, version: Path) -> tuple[int, dict[str, str]]:
    """Return how many bytes are there to go on from, and the headers that ask for the rest of that same version.

    Bytes are counted as sent, so nothing may pack them on the way. Without a validator (RFC 9110, 13.1.5) the file may
    have changed since: then all is fetched anew.
    """
    plain = {"Accept-Encoding": "identity"}
    if part.exists() and version.exists() and (validator := version.read_text(encoding="utf-8")):
        have = part.stat().st_size
        return have, plain | {"Range": f"bytes={have}-", "If-Range": validator}
    return 0, plain


def _validator(response: httpx.Response) -> str:
    """Return what tells this version of the file from another: a strong ETag, or the date; empty when there is none."""
    tag: str = response.headers.get("ETag", "")
    date: str = response.headers.get("Last-Modified", "")
    return tag if tag.startswith('"') else date


def _wait_or_give_up(address: str, error: Exception, attempt: int, pause: float) -> None:
    reason = str(error).partition("\n")[0] or type(error).__name__
    if attempt < TRIES:
        logger.warning("%s: %s; trying again (%d of %d)", address, reason, attempt + 1, TRIES)
        time.sleep(pause * 2 ** (attempt - 1))
        return
    message = (
        f"{address} cannot be reached ({reason}). Without internet: fetch this file on another machine, then run "
        "`kg ontology add FILE --name NAME --type TYPE`; behind a proxy set HTTPS_PROXY and HTTP_PROXY. "
        "The lexicon is unchanged"
    )
    raise LexiconError(message) from error


def _finish(part: Path, target: Path, expected: str) -> str:
    part.with_name(part.name + ".version").unlink(missing_ok=True)
    with part.open("rb") as stream:
        checksum = hashlib.file_digest(stream, "sha256").hexdigest()
    if expected and checksum != expected.lower():
        part.unlink()
        message = f"{target.name}: the checksum is {checksum}, not {expected}: the download was damaged, or it is newer"
        raise LexiconError(message)
    part.replace(target)
    return checksum
