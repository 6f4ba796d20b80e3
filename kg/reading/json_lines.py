"""A document a line: ``{"text", "id", "title", "published", "publisher", "url"}``, all but the text optional."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from kg.errors import ReadingError
from kg.model import MediaType, Rejection
from kg.reading.content import decode, explained_unpacking, too_large
from kg.reading.dates import try_date
from kg.reading.draft import Draft
from kg.reading.sources import STAGE, to_reason

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from typing import BinaryIO

    from kg.reading.content import Content
    from kg.reading.options import ReadingOptions


def read_json_lines(content: Content, options: ReadingOptions) -> Iterator[Draft | Rejection]:
    """Yield a draft for each line; a bad line is a Rejection that tells its number, blank lines are passed over.

    Raises:
        ReadingError: there is no line with anything in it.
    """
    name, path = content.source.name, content.source.identity
    any_line = False
    for number, line in _lines(content.stream, options.max_bytes):
        any_line = True
        try:
            yield _to_draft(line, f"{name}:{number}", f"{path}:{number}" if path else None, options)
        except ReadingError as error:
            yield Rejection(f"{name}:{number}", STAGE, to_reason(error))
    if not any_line:
        message = "is empty"
        raise ReadingError(message)


def _lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield the lines that are not blank with their numbers, from 1; None stands for one that is too long."""
    number = 0
    with explained_unpacking():
        while line := stream.readline(limit + 2):
            number += 1
            if len(line.rstrip(b"\r\n")) > limit:
                while not line.endswith(b"\n") and (line := stream.readline(limit + 2)):
                    pass
                yield number, None
            elif line.strip():
                yield number, line


def _to_draft(line: bytes | None, source: str, path: str | None, options: ReadingOptions) -> Draft:
    """Return the draft of one line.

    Raises:
        ReadingError: it is too long (None), no JSON object, has no text, or a field is of the wrong kind.
    """
    if line is None:
        raise ReadingError(too_large(options.max_bytes))
    try:
        record = json.loads(decode(line))
    except (ValueError, RecursionError) as error:
        message = f"is not JSON ({_problem(error)}): one object a line, on one line"
        raise ReadingError(message) from error
    if not isinstance(record, dict):
        message = f"is a JSON {type(record).__name__}, not an object with a text: one document a line"
        raise ReadingError(message)
    text = _string(record, "text")
    if text is None:
        message = 'has no "text": every line needs one'
        raise ReadingError(message)
    return Draft(
        source,
        text,
        MediaType.JSON_LINES,
        path=path,
        url=_string(record, "url"),
        given_id=_given_id(record),
        title=_string(record, "title"),
        published=_published(record),
        publisher=_string(record, "publisher"),
    )


def _problem(error: ValueError | RecursionError) -> str:
    return f"{error.msg} at character {error.pos}" if isinstance(error, json.JSONDecodeError) else str(error)


def _string(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        message = f'its "{key}" is not a string'
        raise ReadingError(message)
    return value if key == "text" else value.strip() or None


def _given_id(record: dict[str, Any]) -> str | None:
    """Return the id as text; numbers are ids as well."""
    value = record.get("id")
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _string(record, "id")


def _published(record: dict[str, Any]) -> dt.date | None:
    value = _string(record, "published")
    if value is None:
        return None
    day = try_date(value)
    if day is None:
        message = f'its "published" {value!r} is not a date: write YYYY-MM-DD'
        raise ReadingError(message)
    return day
