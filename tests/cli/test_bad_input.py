"""Bad input: one clear line for each item, the rest goes on, exit status 1."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Command

GOOD = "Aspirin reduces fever in patients with influenza.\n"
BAD = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 8,
    "latin.txt": "Behçet disease and Sjögren syndrome".encode("latin-1"),
    "broken.xml": b"<PubmedArticleSet><PubmedArticle><MedlineCitation>",
    "none.pdf": b"%PDF-1.4\n%%EOF",
    "cut.txt.gz": gzip.compress(b"Imatinib is a drug. " * 500, mtime=0)[:40],
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_file_is_named_and_the_good_one_is_loaded(kg: Command, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(BAD[name])
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    result = kg("load", name, "good.txt", "--store", "store", "--model", "none")
    assert result.returncode == 1
    said = [line for line in result.stderr.splitlines() if name in line]
    assert len(said) == 1, result.stderr
    assert "Traceback" not in result.stderr
    assert "1 document loaded" in result.stderr


def test_a_missing_file_is_named(kg: Command) -> None:
    result = kg("annotate", "nowhere.txt")
    assert result.returncode == 1
    assert "nowhere.txt" in result.stderr
    assert result.stdout == ""


def test_a_store_that_cannot_be_made_is_named(kg: Command, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    result = kg("load", "good.txt", "--store", "taken")
    assert result.returncode == 1
    assert "taken" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_model_that_is_not_there_is_said_with_what_to_do(kg: Command, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    result = kg("annotate", "good.txt", "--model", "en_no_such_model")
    assert result.returncode == 1
    assert "en_no_such_model" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [("annotate",), ("annotate", "a.txt", "--format", "word"), ("load", "--jobs", "0", "a.txt"), ("nonsense",)],
)
def test_a_wrong_call_is_status_two(kg: Command, arguments: tuple[str, ...]) -> None:
    assert kg(*arguments).returncode == 2


def test_a_wrong_date_is_said(kg: Command, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    result = kg("annotate", "good.txt", "--published", "yesterday")
    assert result.returncode == 2
    assert "yesterday" in result.stderr


def test_without_the_nlp_packages_the_extra_is_named(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, "utf-8")
    hidden = "import sys; sys.modules['py3langid'] = None; sys.argv[1:] = ['annotate', 'good.txt']; "
    command = [sys.executable, "-c", hidden + "from kg.__main__ import main; main()"]
    result = subprocess.run(
        command,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert result.returncode == 1
    assert "[nlp]" in result.stderr
    assert "Traceback" not in result.stderr
