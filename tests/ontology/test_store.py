from __future__ import annotations

import errno
import logging
import multiprocessing
import os
import pathlib
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import LexiconError
from kg.model import Curie
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


def put_indexes(cache: Path, ages: list[float]) -> list[str]:
    """Put stand-ins of indexes that were last used so many seconds ago, each with the linker's arrays beside it."""
    names = [f"{number:020d}" for number in range(len(ages))]
    for name, age in zip(names, ages, strict=True):
        for path in (cache / name, cache / f"{name}-ngrams"):
            path.mkdir(parents=True)
            (path / "file").write_bytes(b"x")
            os.utime(path, (time.time() - age, time.time() - age))
    return names


def test_old_indexes_are_swept_at_the_next_build(open_lexicon: Callable[[], Lexicon], tmp_path: Path) -> None:
    names = put_indexes(tmp_path / "cache", [7000, 7001, 7002, 7003, 60])
    os.utime(tmp_path / "cache" / f"{names[3]}-ngrams")  # the linker's use counts, too
    open_lexicon()
    left = {path.name for path in indexes(tmp_path / "cache")}
    assert {f"{name}{end}" for name in (names[0], names[3], names[4]) for end in ("", "-ngrams")} < left
    assert len(left) == 7


def test_of_many_indexes_in_use_the_latest_stay(open_lexicon: Callable[[], Lexicon], tmp_path: Path) -> None:
    names = put_indexes(tmp_path / "cache", [60.0 + age for age in range(20)])
    (tmp_path / "cache" / ".building-old").mkdir()
    os.utime(tmp_path / "cache" / ".building-old", (1_000_000, 1_000_000))
    (tmp_path / "cache" / ".building-now").mkdir()
    open_lexicon()
    left = {path.name for path in indexes(tmp_path / "cache")}
    assert len(left) == 2 * 8 + 2
    assert {names[7], ".building-now"} < left
    assert not {names[8], ".building-old"} & left


def test_what_may_be_opened_just_now_stays(open_lexicon: Callable[[], Lexicon], tmp_path: Path) -> None:
    put_indexes(tmp_path / "cache", [float(age) for age in range(20)])
    open_lexicon()
    assert len(indexes(tmp_path / "cache")) == 2 * 20 + 1


def test_old_indexes_are_swept_though_nothing_is_built(open_lexicon: Callable[[], Lexicon], tmp_path: Path) -> None:
    open_lexicon()
    (own,) = indexes(tmp_path / "cache")
    put_indexes(tmp_path / "cache", [7000.0 + age for age in range(6)])
    open_lexicon()
    assert len(indexes(tmp_path / "cache")) == 1 + 2 * 6
    os.utime(own, (time.time() - 3600, time.time() - 3600))
    open_lexicon()
    assert len(indexes(tmp_path / "cache")) == 1 + 2 * 3
    assert own.stat().st_mtime > time.time() - 60


def test_an_index_that_is_open_is_read_on_when_it_was_removed(
    open_lexicon: Callable[[], Lexicon], tmp_path: Path
) -> None:
    lexicon = open_lexicon()
    shutil.rmtree(tmp_path / "cache")
    assert [one.curie for one in lexicon.lookup("AML")] == ["MONDO:0018874"]
    assert lexicon.ancestors(Curie("MONDO:0018874")) == ("MONDO:0005059", "MONDO:0004992")
    assert open_lexicon().lookup("AML")[0].curie == "MONDO:0018874"


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
