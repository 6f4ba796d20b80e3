"""Published read-only copies of a store; readers see one from start to end and never the live folder.

A copy is made of hard links, so it costs milliseconds and no space. Old copies are unlinked; a reader that has one
open keeps reading it.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.store.layout import CURRENT, GENERATIONS

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Store

_DIGITS = 8
KEEP = 3
"""Generations that stay: a reader has two publications' time to open the one that ``current`` named."""


@dataclass(frozen=True, slots=True)
class Generation:
    """One published copy: its number, rising by one, and the folder to open with ``pyoxigraph.Store.read_only``."""

    number: int
    path: Path


def current(store: Path) -> Generation | None:
    """Return the newest generation of a store folder, or None where nothing was published yet."""
    try:
        number = int((store / CURRENT).read_text("ascii"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        message = f"{store / CURRENT} cannot be read ({error}): load a document into the store to write it again"
        raise StoreError(message) from error
    return Generation(number, _folder(store, number))


def publish(store: Path, live: Store) -> Generation:
    """Copy the live store to the next generation and point ``current`` at it.

    Raises:
        StoreError: the copy cannot be written; the generation before stays current.
    """
    newest = current(store)
    numbers = [newest.number if newest else 0, *_numbers(store)]
    generation = Generation(max(numbers) + 1, _folder(store, max(numbers) + 1))
    making = generation.path.with_name(f".making-{generation.number}")
    pointer = store / f".{CURRENT}-{generation.number}"
    try:
        generation.path.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(making, ignore_errors=True)
        live.flush()
        live.backup(str(making))
        making.rename(generation.path)
        pointer.write_text(f"{generation.number:0{_DIGITS}}", "ascii")
        pointer.replace(store / CURRENT)
    except OSError as error:
        message = f"the store {store} cannot publish what was loaded: {error}: free some space, then load again"
        raise StoreError(message) from error
    return generation


def prune(store: Path, keep: int = KEEP) -> list[Generation]:
    """Unlink all but the newest generations, and what an interrupted publication left; return the unlinked ones."""
    newest = current(store)
    if newest is None:
        return []
    kept = set(_numbers(store)[-keep:]) | {newest.number}
    removed = [Generation(number, _folder(store, number)) for number in _numbers(store) if number not in kept]
    leftovers = (store / GENERATIONS).glob(".making-*")
    for folder in [*(generation.path for generation in removed), *leftovers]:
        shutil.rmtree(folder, ignore_errors=True)
    return removed


def _folder(store: Path, number: int) -> Path:
    return store / GENERATIONS / f"{number:0{_DIGITS}}"


def _numbers(store: Path) -> list[int]:
    folder = store / GENERATIONS
    return sorted(int(path.name) for path in folder.iterdir() if path.name.isdigit()) if folder.is_dir() else []
