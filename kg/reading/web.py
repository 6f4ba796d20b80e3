"""Texts from http and https addresses, fetched only when an address is given."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from kg.errors import ReadingError
from kg.reading.content import too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from kg.reading.options import ReadingOptions

_IN_MEMORY = 8 * 1024 * 1024
_SET_FACTOR = 16


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: the body, and what it says of it."""

    body: IO[bytes]
    content_type: str
    charset: str | None


@contextmanager
def fetch(url: str, options: ReadingOptions) -> Iterator[Answer]:
    """Get an address; the answer may be a set of documents, so it may be several times the limit of one document.

    Raises:
        ReadingError: no answer, a refusal, or too much of it.
    """
    import httpx

    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as body:
        try:
            with (
                httpx.Client(
                    follow_redirects=True, timeout=options.timeout, headers={"User-Agent": "kg-loader"}
                ) as client,
                client.stream("GET", url) as response,
            ):
                response.raise_for_status()
                _save(response, body, options.max_bytes * _SET_FACTOR)
                content_type, charset = response.headers.get("content-type", ""), response.charset_encoding
        except httpx.HTTPStatusError as error:
            message = (
                f"the server answers {error.response.status_code} {error.response.reason_phrase}: check the address"
            )
            raise ReadingError(message) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError) as error:
            message = f"the address cannot be fetched: {' '.join(str(error).split()) or type(error).__name__}"
            raise ReadingError(message) from error
        body.seek(0)
        yield Answer(body, content_type, charset)


def _save(response: httpx.Response, body: IO[bytes], limit: int) -> None:
    taken = 0
    for piece in response.iter_bytes():
        taken += len(piece)
        if taken > limit:
            raise ReadingError(too_large(limit))
        body.write(piece)
