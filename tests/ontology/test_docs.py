"""The page docs/ontologies.md does what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.conftest import ROOT, Command

PAGE = (ROOT / "docs" / "ontologies.md").read_text(encoding="utf-8")


def block(mark: str) -> str:
    match = re.search(rf"<!-- tested: {re.escape(mark)} -->\n```\w+\n(.*?)```", PAGE, re.DOTALL)
    assert match is not None
    return match[1]


@pytest.mark.slow
def test_the_custom_lexicon_of_the_page_works(kg: Command, tmp_path: Path) -> None:
    (tmp_path / "mine.tsv").write_text(block("mine.tsv"), encoding="utf-8")
    said = []
    for line in block("commands").splitlines():
        arguments = shlex.split(line)[1:]
        done = kg(*arguments, "--project", tmp_path / "project")
        assert done.returncode == 0, done.stderr
        said.append(done.stdout + done.stderr)
    assert "added mine: 4 terms" in said[0]
    assert "ACME:1" in said[1]
    assert "zorvolimab (label, mine)" in said[2]


def test_every_command_of_the_page_is_a_command(kg: Command) -> None:
    helped = kg("ontology", "--help").stdout
    for name in set(re.findall(r"kg ontology (\w+)", PAGE)):
        assert name in helped
