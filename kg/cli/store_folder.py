"""Which store a command means."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def store_folder(option: Path | None) -> Path:
    """Return the folder of ``--store``, else that of KG_STORE or kg.toml, else kg-store."""
    if option is not None:
        return option
    from kg.config import read_settings

    return read_settings().store
