"""Generations without the whole texts, for servers that may show evidence sentences only.

The copy is made of hard links and lies in a folder of the server's own; the store is not touched. What no query can
see cannot come out by any query, page or dump.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pyoxigraph as ox

from kg.prefixes import VOCABULARY

_TEXT = ox.NamedNode(VOCABULARY + "text")
_KEEP = 2
_PREFIX = ".serve-"


def redact(generation: Path, folder: Path) -> Path:
    """Return a copy of a generation without the whole texts; made once, older copies are removed.

    Raises:
        OSError: the copy cannot be written.
    """
    target = folder / generation.name
    if target.is_dir():
        return target
    making = folder / f".making-{generation.name}"
    shutil.rmtree(making, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    ox.Store.read_only(str(generation)).backup(str(making))
    copy = ox.Store(str(making))
    for quad in list(copy.quads_for_pattern(None, _TEXT, None, None)):
        copy.remove(quad)
    copy.flush()
    del copy
    making.rename(target)
    for old in sorted(path for path in folder.iterdir() if path.name.isdigit())[:-_KEEP]:
        shutil.rmtree(old, ignore_errors=True)
    return target


def make_folder(store: Path) -> Path:
    """Return a new folder for copies inside a store, on its file system; remove those of servers that have gone."""
    for old in store.glob(f"{_PREFIX}*"):
        owner = old.name.removeprefix(_PREFIX).partition("-")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            shutil.rmtree(old, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=store))
