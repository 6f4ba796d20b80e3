"""A writer that is killed in the middle leaves whole documents and a store that opens."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kg.model import Iri
from kg.store.store import Store, open_current
from tests.store.documents import quads_of, treats

BATCH = 5
LOADER = """
import sys
from pathlib import Path
import kg.store.store
from kg.store.store import Store
from tests.store.documents import quads_of, treats
kind = sys.argv[2]
if kind == "bulk":
    kg.store.store._BULK_FROM = 0
with Store.open(Path(sys.argv[1])) as store:
    for number in range(100000):
        drug = "imatinib" if number % 2 else "dasatinib"
        first = number * 5 if kind == "bulk" else 0
        batch = {}
        for place in range(first, first + 5):
            annotation = treats(f"document-{place}", drug, "AML" if number % 3 else "CML")
            batch[annotation.document.iri] = quads_of(annotation)
        store.replace_documents(batch)
        if number % 3 == 0:
            store.publish()
        print(number, flush=True)
"""
Start = Callable[[str], "subprocess.Popen[str]"]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    root = Path(__file__).parents[2]
    processes: list[subprocess.Popen[str]] = []

    def start_loader(kind: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", LOADER, str(tmp_path / "store"), kind]
        environment = os.environ | {"PYTHONPATH": str(root)}
        processes.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=root))
        return processes[-1]

    yield start_loader
    for process in processes:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def kill_after(loader: subprocess.Popen[str], batches: int, pause: float) -> int:
    """Kill the loader and return how many batches it had acknowledged."""
    assert loader.stdout is not None
    acknowledged = [loader.stdout.readline() for _ in range(batches)]
    time.sleep(pause)
    loader.send_signal(signal.SIGKILL)
    acknowledged += loader.stdout.read().splitlines()
    loader.wait()
    return len(acknowledged)


@pytest.mark.parametrize("pause", [0.0, 0.013, 0.05])
def test_a_killed_replacement_leaves_one_whole_batch(tmp_path: Path, start: Start, pause: float) -> None:
    kill_after(start("replace"), 6, pause)
    with Store.open(tmp_path / "store") as store:
        documents = store.documents()
        versions = [which_version(store, document) for document in documents]
        assert len(documents) == BATCH
        assert None not in versions
        assert len(set(versions)) == 1, "the batch was written in part"
        store.publish()
    assert len(open_current(tmp_path / "store")) > 0


@pytest.mark.parametrize("pause", [0.0, 0.013, 0.05])
def test_a_killed_bulk_load_loses_no_acknowledged_batch_and_leaves_no_part_of_one(
    tmp_path: Path, start: Start, pause: float
) -> None:
    acknowledged = kill_after(start("bulk"), 6, pause)
    with Store.open(tmp_path / "store") as store:
        documents = store.documents()
        assert len(documents) % BATCH == 0, "the batch was written in part"
        assert acknowledged * BATCH <= len(documents) <= (acknowledged + 1) * BATCH
        assert None not in {which_version(store, document) for document in documents}


def which_version(store: Store, document: Iri) -> tuple[str, str] | None:
    """Return the drug and disease of the version that the store holds whole, None for anything else."""
    identifier = document.rpartition("/")[2]
    held = set(store.quads(document))
    for drug, disease in itertools.product(("imatinib", "dasatinib"), ("AML", "CML")):
        quads = quads_of(treats(identifier, drug, disease))
        if held == {quad for quad in quads if quad.graph_name == NamedNode(document)}:
            return drug, disease
    return None
