from __future__ import annotations

import errno
import logging
import multiprocessing
import os
import pathlib
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import LexiconError
from kg.ontology import store
from kg.ontology.lexicon import Lexicon


def indexes(cache: Path) -> list[Path]:
    return [path for path in cache.iterdir() if path.is_dir()]


def _open(sources: Path, cache: Path, answers: multiprocessing.Queue[object]) -> None:
    answers.put((os.getpid(), Lexicon.open(sources, cache).lookup("AML")[0].curie))


def test_two_processes_that_build_at_once_both_open_one_index(sources: Path, tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    answers: multiprocessing.Queue[object] = context.Queue()
    cache = tmp_path / "cache"
    processes = [context.Process(target=_open, args=(sources, cache, answers)) for _ in range(4)]
    for process in processes:
        process.start()
    found = [answers.get(timeout=60) for _ in processes]
    for process in processes:
        process.join()
    assert {answer[1] for answer in found if isinstance(answer, tuple)} == {"MONDO:0018874"}
    assert len(indexes(cache)) == 1


def test_opening_again_does_not_compile_again(
    open_lexicon: Callable[[], Lexicon], caplog: pytest.LogCaptureFixture
) -> None:
    open_lexicon()
    caplog.clear()
    open_lexicon()
    assert not caplog.records


@pytest.mark.parametrize("file", ["keys.marisa", "names.utf8", "postings.rows", "entities_start.u32", "meta.json"])
@pytest.mark.parametrize("damage", ["cut", "flip", "gone"])
def test_a_damaged_index_is_built_again_and_said_so(
    open_lexicon: Callable[[], Lexicon], tmp_path: Path, caplog: pytest.LogCaptureFixture, file: str, damage: str
) -> None:
    open_lexicon()
    path = indexes(tmp_path / "cache")[0] / file
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(bytes(content) if damage == "flip" else path.read_bytes()[: len(content) // 2])
    os.utime(path.parent)
    with caplog.at_level(logging.WARNING):
        assert open_lexicon().lookup("AML")[0].curie == "MONDO:0018874"
    assert "damaged" in caplog.text


def test_a_full_disk_leaves_no_half_index(sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: pathlib.Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(pathlib.Path, "write_bytes", full)
    with pytest.raises(LexiconError, match=r"No space left.*KG_CACHE"):
        Lexicon.open(sources, tmp_path / "cache")
    assert indexes(tmp_path / "cache") == []
    monkeypatch.undo()
    assert Lexicon.open(sources, tmp_path / "cache").lookup("AML")


def test_a_damaged_term_file_is_named(sources: Path, tmp_path: Path) -> None:
    path = sources / "mondo.tsv"
    path.write_text(path.read_text().replace("\tdisease\tcancer", "\tdisease cancer"))
    with pytest.raises(LexiconError, match=r"mondo\.tsv"):
        Lexicon.open(sources, tmp_path / "cache")
    path.unlink()
    with pytest.raises(LexiconError, match=r"mondo\.tsv"):
        Lexicon.open(sources, tmp_path / "cache")


def test_old_indexes_are_swept_at_the_next_build(open_lexicon: Callable[[], Lexicon], tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    names = [f"{number:020d}" for number in range(5)]
    for age, name in enumerate(names):
        for path in (cache / name, cache / f"{name}-ngrams"):
            path.mkdir(parents=True)
            os.utime(path, (1_000_000 - age, 1_000_000 - age))
    (cache / names[4] / "recent").mkdir()
    open_lexicon()
    left = {path.name for path in indexes(cache)}
    assert {names[0], names[4], f"{names[4]}-ngrams"} <= left
    assert names[3] not in left
    assert f"{names[3]}-ngrams" not in left


def test_check_reads_the_whole_index(open_lexicon: Callable[[], Lexicon], sources: Path, tmp_path: Path) -> None:
    from kg.ontology.sources import lexicon_sources

    chosen = lexicon_sources(sources)
    assert store.check_index(chosen, tmp_path / "cache") == ""
    open_lexicon()
    assert store.check_index(chosen, tmp_path / "cache") == ""
    path = indexes(tmp_path / "cache")[0] / "names.utf8"
    state = path.stat()
    path.write_bytes(b"x" + path.read_bytes()[1:])
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert "damaged" in store.check_index(chosen, tmp_path / "cache")
