from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from kg.recognition.model_features import Words, same_length_copy, shape_of, window_starts, words_of


def make_tokenizer() -> Tokenizer:
    letters = "abcdefghijklmnopqrstuvwxyz0123456789-.,()^'"
    vocabulary = {"[UNK]": 0} | {piece: 1 + n for n, piece in enumerate([*letters, *(f"##{c}" for c in letters)])}
    tokenizer = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


TOKENIZER = make_tokenizer()


def make_words(*lengths: int) -> Words:
    starts, counts = 10 * np.arange(len(lengths)), np.array(lengths, dtype=np.int64)
    return Words(starts, starts + 5, np.ones_like(starts), counts, np.arange(counts.sum()))


def test_offsets_are_those_of_the_untouched_text() -> None:
    text = "Two doses of Velorin® – “safe”"
    assert [text[word.start : word.end] for word in words_of(text, TOKENIZER).rows()] == [
        "Two", "doses", "of", "Velorin", "®", "–", "“", "safe", "”",
    ]  # fmt: skip


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_words_lie_in_text_order_and_never_overlap(text: str) -> None:
    words = words_of(text, TOKENIZER).rows()
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert all(left.end <= right.start for left, right in itertools.pairwise(words))
    assert all(word.pieces for word in words)


@given(st.text(alphabet="aZ5-.,’® \n\u00adé中", max_size=60))
@settings(max_examples=200, deadline=None)
def test_words_are_those_of_the_tokenizer(text: str) -> None:
    encoding = TOKENIZER.encode(same_length_copy(text), add_special_tokens=False)
    assert words_of(text, TOKENIZER).pieces.tolist() == encoding.ids
    assert len(words_of(text, TOKENIZER)) == len(set(encoding.word_ids))


def test_control_characters_stand_at_no_edge_of_a_word() -> None:
    text = "a\u00adb \u00adc\u00ad"
    assert [text[word.start : word.end] for word in words_of(text, TOKENIZER).rows()] == ["a\u00adb", "c"]


def test_words_can_be_left_out() -> None:
    words = words_of("two doses of it", TOKENIZER)
    assert words.only(np.array([True, False, False, True])).rows() == (words.rows()[0], words.rows()[3])


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


def test_a_word_belongs_to_the_sentence_that_it_starts_in() -> None:
    words = make_words(1, 1, 1, 1)
    assert window_starts(words, [15, 40], limit=2) == [0, 2]
    assert window_starts(words, [], limit=4) == [0]
    assert window_starts(make_words(), [15]) == []


def test_windows_hold_whole_sentences_up_to_the_limit() -> None:
    assert window_starts(make_words(3, 3, 3, 3), [5, 15, 40], limit=6) == [0, 2]


def test_only_a_sentence_longer_than_a_window_is_cut() -> None:
    assert window_starts(make_words(4, 4, 4), [], limit=8) == [0, 2]


@given(st.lists(st.integers(1, 9), max_size=30), st.lists(st.integers(0, 300), max_size=8))
def test_windows_are_within_the_limit_and_none_is_empty(lengths: list[int], ends: list[int]) -> None:
    words = make_words(*lengths)
    edges = [*window_starts(words, sorted(ends), limit=10), len(words)]
    assert edges[0] == 0
    assert all(first < last for first, last in itertools.pairwise(edges))
    assert all(sum(lengths[first:last]) <= 10 for first, last in itertools.pairwise(edges))
