"""What several test folders need: the project's root, the shared folder, and the command run as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Protocol

import pytest

ROOT = Path(__file__).resolve().parent.parent


class Command(Protocol):
    """Runs ``kg`` with arguments in an empty folder and gives back what it said."""

    def __call__(self, *arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]: ...


@pytest.fixture
def shared() -> Path:
    """The shared folder; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("KG_SHARED") or ROOT.parent / "shared")
    if not (folder / "seed").is_dir():
        pytest.skip(f"the shared folder is not at {folder}: set KG_SHARED")
    return folder


@pytest.fixture
def kg(tmp_path: Path) -> Command:
    """The command line in a process of its own, in an empty folder, with no settings of the developer's."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KG_") or name == "KG_CACHE"}
    environment = clean | {"PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "200"}

    def run(*arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "kg", *map(str, arguments)]
        return subprocess.run(
            command,
            cwd=tmp_path,
            env=environment,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    return run
