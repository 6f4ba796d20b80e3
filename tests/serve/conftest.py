"""Stores and servers for the tests of serving."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.serve.running_server import Server, serve
from tests.serve.sample_store import make_sample_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample store; tests only read it."""
    return make_sample_store(tmp_path_factory.mktemp("serve") / "store")


@pytest.fixture(scope="session")
def server(sample_store: Path) -> Iterator[Server]:
    """A server of the sample store with a token; tests only read through it."""
    with serve(sample_store) as running:
        yield running


@pytest.fixture
def scratch(tmp_path: Path) -> Iterator[Server]:
    """A server of an empty store that a test may write to."""
    with serve(tmp_path / "store") as running:
        yield running
