"""Where sentences end, and where they do not."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.documents import analysis, sentences


def test_a_legal_form_does_not_end_a_sentence() -> None:
    assert sentences("Zorvex Co., Ltd. and Belmar Inc. signed a contract. Work begins in May.") == [
        "Zorvex Co., Ltd. and Belmar Inc. signed a contract.",
        "Work begins in May.",
    ]


def test_a_legal_form_ends_a_sentence_before_a_word_that_begins_one() -> None:
    assert sentences("It was sold to Belmar Inc. The price was not named.")[1] == "The price was not named."


def test_titles_initials_and_dates_do_not_end_a_sentence() -> None:
    assert len(sentences("On Nov. 14 Dr. Anna B. Keller spoke in the U.S. Senate about St. Mary.")) == 1


def test_a_hard_line_wrap_does_not_end_a_sentence() -> None:
    lines = (
        "The committee has looked at the data again and",
        "came to another view of the benefit of Zorvex",
        "by then.",
    )
    text = "\n".join(lines)
    assert len(sentences(text)) == 1


def test_a_sentence_never_crosses_a_blank_line() -> None:
    assert sentences("A line without an end\n\nAnother paragraph follows here.") == [
        "A line without an end",
        "Another paragraph follows here.",
    ]


def test_each_bullet_is_a_sentence() -> None:
    text = "We report:\n- fewer relapses\n- longer survival\n"
    assert sentences(text) == ["We report:", "- fewer relapses", "- longer survival"]


def test_inline_bullets_and_bold_headings_are_cut() -> None:
    text = "It is approved for: * adults with asthma * children above six **About Zorvex** Zorvex is a drug."
    assert sentences(text) == [
        "It is approved for:",
        "* adults with asthma",
        "* children above six",
        "**About Zorvex**",
        "Zorvex is a drug.",
    ]


def test_a_footnote_digit_belongs_to_the_sentence_before_it() -> None:
    assert sentences("The plaques were gone.1 Most patients did well.2,3 More is to come.") == [
        "The plaques were gone.1",
        "Most patients did well.2,3",
        "More is to come.",
    ]


def test_a_lost_space_between_sentences_is_seen_and_a_web_address_is_left_whole() -> None:
    assert len(sentences("It was given for ten weeks.The result was clear.")) == 2
    assert len(sentences("See www.Example.Com for more.")) == 1


def test_an_enumerator_does_not_end_a_sentence() -> None:
    assert len(sentences("1. Background of the study")) == 1


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("abcXYZ 019.,;:!?()[]*#-–\n\t\r®™“”'\"µβé\u2028\u00a0\U0001f600")))
def test_sentences_and_tokens_lie_in_the_text_in_order_and_cover_what_is_written(text: str) -> None:
    found = analysis(text)
    covered: set[int] = set()
    for group in (found.tokens, found.sentences):
        last = 0
        for span in group:
            assert last <= span.start < span.end <= len(text)
            last = span.end
    for sentence in found.sentences:
        assert not text[sentence.start].isspace()
        assert not text[sentence.end - 1].isspace()
        covered.update(range(sentence.start, sentence.end))
    assert all(index in covered for index, char in enumerate(text) if not char.isspace())
