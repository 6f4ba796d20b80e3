"""Have schemathesis ask a kg serve for everything that its /openapi.json describes, right and wrong.

Usage: python scripts/load_test/schema_fuzz.py [--url http://127.0.0.1:7878] [--examples 100] [--seed 1] [--token TOKEN]
       [--leave /annotate]

It fails on an answer 500, on a status or media type that is not described, on a body that does not fit its schema, and
on a wrong request that is taken. Without --url a server of an empty scratch store is started. Graphs are written and
removed: never run it on a store that is needed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from fuzz import wait_for

CONFIG = Path(__file__).with_name("schemathesis.toml")
PORT = 7984


def run(url: str, examples: int, seed: int, token: str, left: list[str]) -> int:
    """Return the exit code of schemathesis; 0 is no fault."""
    command = [
        sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG), "run", f"{url}/openapi.json",
        "--max-examples", str(examples), "--seed", str(seed), "--phases", "examples,coverage,fuzzing", "--no-color",
        "--request-timeout", "90", "--generation-database", "none", "--header", f"Authorization: Bearer {token}",
    ]  # fmt: skip
    for path in left:
        command += ["--exclude-path", path]
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run(command, check=False, cwd=folder).returncode


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url")
    parser.add_argument("--examples", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--token", default="a-token-for-this-run")
    parser.add_argument("--leave", action="append", default=[], help="a path that is left out")
    given = parser.parse_args()
    if given.url:
        return run(given.url, given.examples, given.seed, given.token, given.leave)
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "kg", "serve", "--store", f"{folder}/store", "--port", str(PORT)]
        environment = os.environ | {"KG_TOKEN": given.token}
        with subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment) as server:
            wait_for(f"http://127.0.0.1:{PORT}/ready")
            code = run(f"http://127.0.0.1:{PORT}", given.examples, given.seed, given.token, given.leave)
            server.terminate()
    return code


if __name__ == "__main__":
    sys.exit(main())
