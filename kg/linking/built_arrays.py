"""Arrays that are worked out from one compiled lexicon: built once by one process, mapped into memory by all."""

from __future__ import annotations

import contextlib
import logging
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kg.linking.lexicon_keys import arrays_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy.typing as npt

    from kg.ontology.lexicon import Lexicon

logger = logging.getLogger(__name__)
Arrays = TypeVar("Arrays")


def ready_arrays(
    lexicon: Lexicon, name: str, opened: Callable[[Path], Arrays], build: Callable[[Path], None]
) -> Arrays:
    """Return the arrays of a name, from beside the compiled index; ``build`` writes them into a folder if need be.

    One process builds while others wait; what is damaged is built again, and said so.
    """
    folder = arrays_folder(lexicon, name)
    if not folder.is_dir():
        with _locked(folder.with_suffix(".lock")):
            if not folder.is_dir():
                _build(folder, build)
    try:
        return opened(folder)
    except (OSError, ValueError) as error:
        logger.warning("the arrays in %s were damaged (%s): built again", folder, error)
        with _locked(folder.with_suffix(".lock")):
            shutil.rmtree(folder, ignore_errors=True)
            _build(folder, build)
        return opened(folder)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold an exclusive lock; where the platform has none, go on, as the rename is atomic anyway."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def mapped(path: Path) -> npt.NDArray[Any]:
    """Map an array; as a plain view, which is quicker to slice than numpy's own class for maps."""
    import numpy as np

    found: npt.NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
    return found


def _build(folder: Path, build: Callable[[Path], None]) -> None:
    work = Path(tempfile.mkdtemp(prefix=".building-", dir=folder.parent))
    try:
        build(work)
        try:
            work.rename(folder)
        except OSError:
            if not folder.is_dir():  # another process may have come first
                raise
    finally:
        shutil.rmtree(work, ignore_errors=True)
