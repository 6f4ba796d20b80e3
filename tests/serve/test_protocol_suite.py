"""The W3C protocol suites against kg serve with its defaults."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.serve.running_server import TOKEN, Server

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.shared
@pytest.mark.slow
def test_all_tests_of_both_protocols_pass(shared: Path, scratch: Server, tmp_path: Path) -> None:
    out = tmp_path / "results.json"
    command = [sys.executable, str(shared / "suites" / "protocol_suite.py"), "--json", str(out)]
    command += [
        "--query",
        f"{scratch.url}/sparql",
        "--update",
        f"{scratch.url}/sparql",
        "--gsp",
        f"{scratch.url}/store",
    ]
    said = subprocess.run([*command, "--auth", f"Bearer {TOKEN}"], capture_output=True, text=True, timeout=120)
    found = json.loads(out.read_text("utf-8"))
    failed = [(test["test"], test["message"]) for test in found if test["result"] != "PASS"]
    assert failed == [], said.stdout
    assert Counter(test["suite"] for test in found) == {"protocol": 34, "gsp": 14}
