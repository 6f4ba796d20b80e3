"""Marks over a text: nothing of the text is lost, whatever overlaps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.serve.pages.spans import Mark, cut

TEXT = "Histamine dihydrochloride with interleukin-2 in acute myeloid leukemia."
SPANS = st.tuples(st.integers(0, 80), st.integers(0, 80), st.sampled_from(["drug", "disease", "cell"]))


@given(st.lists(SPANS, max_size=12), st.integers(0, 71), st.integers(0, 71))
def test_the_pieces_are_the_text(spans: list[tuple[int, int, str]], start: int, end: int) -> None:
    start, end = min(start, end), max(start, end)
    marks = [Mark(min(a, b), max(a, b), kind) for a, b, kind in spans]
    pieces = cut(TEXT, marks, start, end)
    assert "".join(piece.text for piece in pieces) == TEXT[start:end]
    position = start
    for piece in pieces:
        over = [m for m in marks if m.start <= position and m.end >= position + len(piece.text) and m.start < m.end]
        assert (piece.mark is not None) == bool(over)
        position += len(piece.text)


def test_of_marks_within_marks_the_inner_one_leads() -> None:
    inner, outer = Mark(17, 25, "disease", "/inner"), Mark(11, 25, "disease", "/outer")
    pieces = cut("treats the acute leukemia", [outer, inner])
    assert [(piece.text, piece.mark.address if piece.mark else "") for piece in pieces[1:3]] == [
        ("acute ", "/outer"),
        ("leukemia", "/inner"),
    ]
    assert pieces[2].around == ("disease",)


def test_overlapping_marks_are_cut_where_they_cross() -> None:
    pieces = cut("abcdef", [Mark(0, 4, "drug"), Mark(2, 6, "cell")])
    assert [piece.text for piece in pieces] == ["ab", "cd", "ef"]
    assert [piece.mark.kind for piece in pieces if piece.mark] == ["drug", "drug", "cell"]
