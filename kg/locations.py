"""Where the project's data lie: in a checkout, in an installed wheel, in the user's folders."""

from __future__ import annotations

import os
from pathlib import Path

APP = "kg-loader"


def shipped_folder(name: str) -> Path:
    """Return the folder that came with the program: ``kg/_data/NAME`` in a wheel, ``NAME`` in a checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "_data" / name
    return installed if installed.is_dir() else package.parent / name


def user_folder(name: str, project: Path | None = None) -> Path:
    """Return the user's own folder: below ``project``, else KG_PROJECT, else the platform's data folder.

    It need not exist.
    """
    chosen = project or (Path(os.environ["KG_PROJECT"]) if os.environ.get("KG_PROJECT") else None)
    if chosen is not None:
        return chosen.expanduser() / name
    from platformdirs import user_data_path

    return user_data_path(APP, appauthor=False) / name


def data_folder(name: str) -> Path:
    """Return the user's folder where it exists, else the shipped one."""
    own = user_folder(name)
    return own if own.is_dir() else shipped_folder(name)


def cache_folder(name: str) -> Path:
    """Return where what can be computed again is kept: below KG_CACHE, else the platform's cache folder."""
    chosen = os.environ.get("KG_CACHE")
    if chosen:
        return Path(chosen).expanduser() / name
    from platformdirs import user_cache_path

    return user_cache_path(APP, appauthor=False) / name
