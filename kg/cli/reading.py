"""The reading options of a call, from what the user typed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kg.errors import ConfigError

if TYPE_CHECKING:
    from kg.reading import ReadingOptions


def reading_options(title: str | None, published: str | None, publisher: str | None) -> ReadingOptions:
    """Return the options of the readers.

    Raises:
        ConfigError: the date is not one.
    """
    from kg.reading import ReadingOptions

    return ReadingOptions(title=title, published=_parse_date(published), publisher=publisher)


def _parse_date(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        message = f"--published {text!r} is not a date: write it as YYYY-MM-DD"
        raise ConfigError(message) from error
