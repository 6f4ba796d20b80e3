"""The word lists of the recognizers: files in kg/recognition/data, one entry a line, "#" begins a comment."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def load_words(name: str) -> frozenset[str]:
    """Return the entries of the list ``name``.

    >>> "the" in load_words("common_words")
    True
    """
    return frozenset(_lines(f"{name}.txt"))


@cache
def load_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the tab-separated table ``name``, in file order."""
    return tuple(tuple(line.split("\t")) for line in _lines(f"{name}.tsv"))


def _lines(file_name: str) -> list[str]:
    text = (files("kg.recognition") / "data" / file_name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


def is_common(word: str) -> bool:
    """Whether the word is plain English, whatever its case.

    >>> is_common("Results"), is_common("Novartis")
    (True, False)
    """
    return word.casefold() in load_words("common_words")
