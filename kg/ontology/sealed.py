"""Folders that appear whole or not at all, and of which it can be told whether they are as they were written."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import shutil
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

logger = logging.getLogger(__name__)
META = "meta.json"
STAMP = "checked.json"
_CHUNK = 1 << 20


def seal(folder: Path, more: Mapping[str, Any]) -> None:
    """Write down the size and checksum of each file of a folder, and what else is to be known of it."""
    files = {path.name: _fingerprint(path) for path in sorted(folder.iterdir())}
    (folder / META).write_text(json.dumps({**more, "files": files}, indent=1), encoding="utf-8")


def put_in_place(work: Path, folder: Path, format_: int) -> None:
    """Rename a sealed folder to what it is to be called, in place of one that is damaged.

    Raises:
        OSError: it cannot be renamed, and no other process has put a sound one there.
    """
    if folder.exists():
        logger.warning("what was in %s was damaged: built again", folder)
        shutil.rmtree(folder)
    try:
        work.rename(folder)
    except OSError:
        if not is_sound(folder, format_):  # where there is no lock, another process may have come first
            raise


def is_sound(folder: Path, format_: int) -> bool:
    """Check a folder's format and checksums, these unless they were checked before and no file was touched since."""
    try:
        meta = json.loads((folder / META).read_text(encoding="utf-8"))
        files = meta["files"]
        if meta["format"] != format_:
            return False
        stamp = _touched(folder, files)
        if _read_stamp(folder) == stamp:
            return True
        if any(_fingerprint(folder / name) != expected for name, expected in files.items()):
            return False
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
    with contextlib.suppress(OSError):
        temporary = folder / f"{STAMP}.{os.getpid()}"
        temporary.write_text(json.dumps(stamp), encoding="utf-8")
        temporary.replace(folder / STAMP)
    return True


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold an exclusive lock; where the platform has none, go on, as the rename is atomic anyway."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _fingerprint(path: Path) -> list[int]:
    """Return size and CRC-32 of a file."""
    checksum = size = 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            checksum = zlib.crc32(chunk, checksum)
            size += len(chunk)
    return [size, checksum]


def _touched(folder: Path, files: Sequence[str]) -> list[list[int]]:
    states = [(folder / name).stat() for name in sorted(files)]
    return [[state.st_size, state.st_mtime_ns] for state in states]


def _read_stamp(folder: Path) -> object:
    try:
        return json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
