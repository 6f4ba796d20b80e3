"""Arrays that are worked out from one compiled lexicon: built once by one process, mapped into memory by all."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kg.errors import LexiconError
from kg.linking.lexicon_keys import arrays_folder
from kg.ontology.sealed import is_sound, locked, put_in_place, seal

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from kg.ontology.lexicon import Lexicon

Arrays = TypeVar("Arrays")
_FORMAT = 1
"""Raise when what is written beside the arrays changes; the arrays have a number of their own in their name."""


def ready_arrays(
    lexicon: Lexicon, name: str, opened: Callable[[Path], Arrays], build: Callable[[Path], None]
) -> Arrays:
    """Return the arrays of a name, from beside the compiled index; ``build`` writes them into a folder if need be.

    One process builds while others wait; what is damaged is built again, and said so.

    Raises:
        LexiconError: they cannot be written.
    """
    folder = arrays_folder(lexicon, name)
    try:
        if not is_sound(folder, _FORMAT):
            with locked(folder.with_suffix(".lock")):
                if not is_sound(folder, _FORMAT):
                    _build(folder, build)
        return opened(folder)
    except OSError as error:
        message = (
            f"what the linker needs of the lexicon cannot be written to {folder.parent}: {error.strerror or error}; "
            "free about 60 MB there, set KG_CACHE to another folder, or let `kg ontology build` write it beforehand"
        )
        raise LexiconError(message) from error


def mapped(path: Path) -> npt.NDArray[Any]:
    """Map an array; as a plain view, which is quicker to slice than numpy's own class for maps."""
    import numpy as np

    found: npt.NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
    return found


def _build(folder: Path, build: Callable[[Path], None]) -> None:
    work = Path(tempfile.mkdtemp(prefix=".building-", dir=folder.parent))
    try:
        build(work)
        seal(work, {"format": _FORMAT})
        put_in_place(work, folder, _FORMAT)
    finally:
        shutil.rmtree(work, ignore_errors=True)
