"""Chromium on a loaded store."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.serve.running_server import Server, serve
from tests.serve.sample_store import make_sample_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--screenshots DIR` keeps a picture of every page (make screenshots)."""
    parser.addoption("--screenshots", metavar="DIR", default=None, help="keep a picture of every page in DIR")


@pytest.fixture
def screenshots(request: pytest.FixtureRequest) -> Path | None:
    """Where pictures are wanted; None where they are not."""
    folder = request.config.getoption("--screenshots", default=None)
    if folder is None:
        return None
    Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium of the system."""
    sync_api = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the sample store."""
    with serve(make_sample_store(tmp_path_factory.mktemp("browser") / "store")) as server:
        yield server
