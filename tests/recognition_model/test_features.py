from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from kg.recognition.model_features import (
    Word,
    same_length_copy,
    sentence_groups,
    shape_of,
    windows_of,
    words_of,
)


def make_tokenizer() -> Tokenizer:
    letters = "abcdefghijklmnopqrstuvwxyz0123456789-.,()^'"
    vocabulary = {"[UNK]": 0} | {piece: 1 + n for n, piece in enumerate([*letters, *(f"##{c}" for c in letters)])}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


TOKENIZER = make_tokenizer()


def make_words(*lengths: int) -> tuple[Word, ...]:
    return tuple(Word(10 * n, 10 * n + 5, tuple(range(length)), 1) for n, length in enumerate(lengths))


def test_offsets_are_those_of_the_untouched_text() -> None:
    text = "Two doses of Velorin® – “safe”"
    assert [text[word.start : word.end] for word in words_of(text, TOKENIZER)] == [
        "Two", "doses", "of", "Velorin", "®", "–", "“", "safe", "”",
    ]  # fmt: skip


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_words_lie_in_text_order_and_never_overlap(text: str) -> None:
    words = words_of(text, TOKENIZER)
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert all(left.end <= right.start for left, right in itertools.pairwise(words))
    assert all(word.pieces for word in words)


@given(st.text(max_size=60))
def test_the_copy_is_as_long_as_the_text(text: str) -> None:
    assert len(same_length_copy(text)) == len(text)


@pytest.mark.parametrize(
    ("word", "other"),
    [("cell", "Cell"), ("Cell", "CELL"), ("CELL", "CeLL"), ("mRNA", "MRNA"), ("CD20", "cd20"), ("12", "x"), ("-", "a")],
)
def test_words_that_are_written_differently_have_different_shapes(word: str, other: str) -> None:
    assert shape_of(word, spaced=True) != shape_of(other, spaced=True)


def test_a_space_before_a_word_changes_its_shape() -> None:
    assert shape_of("5", spaced=True) != shape_of("5", spaced=False)


def test_words_are_grouped_by_the_sentence_they_start_in() -> None:
    words = make_words(1, 1, 1, 1)
    assert [len(group) for group in sentence_groups(words, [15, 40])] == [2, 2]
    assert [len(group) for group in sentence_groups(words, [])] == [4]


def test_windows_hold_whole_sentences_up_to_the_limit() -> None:
    words = make_words(3, 3, 3, 3)
    windows = windows_of([words[:1], words[1:2], words[2:]], limit=6)
    assert [len(window.words) for window in windows] == [2, 2]


def test_only_a_sentence_longer_than_a_window_is_cut() -> None:
    windows = windows_of([make_words(4, 4, 4)], limit=8)
    assert [window.length for window in windows] == [8, 4]


@given(st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=6), max_size=8))
def test_windows_keep_every_word_once_and_in_order(lengths: list[list[int]]) -> None:
    groups = [make_words(*group) for group in lengths]
    windows = windows_of(groups, limit=10)
    assert [word for window in windows for word in window.words] == [word for group in groups for word in group]
    assert all(window.length <= 10 for window in windows)
