"""A short run of the fuzzer; `make fuzz` runs 20,000 cases."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kg.serve.annotation import read_documents
from kg.serve.faults import Fault
from tests.serve.running_server import ROOT, TOKEN, Server, serve
from tests.serve.sample_store import make_sample_store

if TYPE_CHECKING:
    from pathlib import Path

FUZZER = ROOT / "scripts" / "load_test" / "fuzz.py"


def fuzz(server: Server, cases: int, seed: int, *options: str) -> None:
    command = [sys.executable, str(FUZZER), "--url", server.url, "--cases", str(cases), "--seed", str(seed), *options]
    said = subprocess.run(command, capture_output=True, text=True, timeout=300, env={"PYTHONPATH": str(ROOT)})
    assert said.returncode == 0, said.stdout[-3000:] + said.stderr[-1000:]
    assert server.query("ASK {}").status_code == 200


@pytest.mark.slow
def test_no_request_is_answered_500_and_none_hangs(tmp_path: Path) -> None:
    with serve(make_sample_store(tmp_path / "store"), "--time-limit", "5") as server:
        fuzz(server, 1500, 11)
        fuzz(server, 500, 12, "--token", TOKEN)


@pytest.mark.slow
def test_schemathesis_finds_no_fault_in_what_the_description_promises(tmp_path: Path) -> None:
    pytest.importorskip("schemathesis", reason="schemathesis is not installed (make test installs it)")
    with serve(make_sample_store(tmp_path / "store"), "--time-limit", "5") as server:
        command = [sys.executable, str(ROOT / "scripts" / "load_test" / "schema_fuzz.py"), "--url", server.url]
        command += ["--examples", "10", "--seed", "7", "--token", TOKEN, "--leave", "/annotate"]
        said = subprocess.run(command, capture_output=True, text=True, timeout=300, env={"PYTHONPATH": str(ROOT)})
        assert said.returncode == 0, said.stdout[-4000:] + said.stderr[-1000:]


def test_deeply_nested_json_is_refused() -> None:
    with pytest.raises(Fault) as caught:
        read_documents("application/json", "[" * 100_000)
    assert caught.value.status == 400
