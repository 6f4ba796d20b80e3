from __future__ import annotations

import datetime as dt

import pytest

from kg.reading.header import read_header

TITLE = "Acme Reports Results of its Trial"
NEWS = "Acme Pharma, Inc. (Nasdaq: ACME) today announced that examplumab works."


@pytest.mark.parametrize(
    "dateline",
    [
        "TARRYTOWN, N.Y. (May 27, 2008) – ",
        "TARRYTOWN, N.Y., May 27, 2008 (GLOBE NEWSWIRE) -- ",
        "TARRYTOWN, N.Y., May  27, 2008  (GLOBE NEWSWIRE) -- ",
        "INDIANAPOLIS, May 27, 2008 /PRNewswire/ -- ",
        "INDIANAPOLIS,May 27, 2008// -- ",
        "Basel, 27 May 2008 - ",
        "Basel, Switzerland – 27 May 2008 – ",
        "Saint-Herblain (France), le 27 mai 2008 – ",
        "MAINZ, Deutschland, 27. Mai 2008 (GLOBE NEWSWIRE) — ",
        "Berlin, 27.05.2008 – ",
        "2008-05-27 - ",
        "(OXFORD, England, 27 May 2008) ",
        "Mechelen, Belgium; 27 May 2008, 22:01 CET; regulated information – ",
    ],
)
def test_datelines_tell_the_day_and_where_the_news_begin(dateline: str) -> None:
    header = read_header(f"{TITLE}\n\n{dateline}{NEWS}\n")
    assert header.published == dt.date(2008, 5, 27)
    assert header.publisher == "Acme Pharma, Inc."
    assert header.title == TITLE


@pytest.mark.parametrize(
    "line", ["May 27, 2008", "Published: 27 May 2008", "27.05.2008", "Date: 2008-05-27", "27 May 2008 10:30 CET"]
)
def test_a_date_alone_on_a_line_counts_above_or_below_the_headline(line: str) -> None:
    for text in (f"{line}\n\n{TITLE}\n\n{NEWS}\n", f"{TITLE}\n\n{line}\n\n{NEWS}\n"):
        header = read_header(text)
        assert header.published == dt.date(2008, 5, 27)
        assert (header.title, header.publisher) == (TITLE, "Acme Pharma, Inc.")


@pytest.mark.parametrize(
    "text",
    [
        "On May 27, 2008 - a warm day - the trial began in Basel.",
        "The committee met (May 27, 2008) – and decided nothing about the drug.",
        "Patients were treated between 2001 and 2008. The agency decided on May 27, 2008.",
        "The 31 February 2008 - is no day.",
    ],
)
def test_a_date_in_a_sentence_is_no_dateline(text: str) -> None:
    assert read_header(text).published is None


def test_a_headline_in_capitals_is_found_below_a_block_of_contacts() -> None:
    contacts = (
        "CONTACTS\n\nAcme Pharma, Inc.:\n\n12 Long Mill River Road\nTarrytown, NY 10591\nRobert Sample\n"
        "(914) 555-0100\nrsample@example.org\n\nMedia:\n\nHarbor Street Communications\nTom Example\n"
        "(617) 555-0123\n\nor\n\n"
        "Bo Voss\n(310) 555-0191\n"
    )
    header = read_header(f"{contacts}\nACME FILES PAPERS FOR EXAMPLUMAB™ IN EUROPE\n\nBASEL (May 27, 2008) – {NEWS}")
    assert header.title == "ACME FILES PAPERS FOR EXAMPLUMAB™ IN EUROPE"


def test_a_headline_over_two_lines_is_one_title_and_its_span_is_true() -> None:
    headline = "Acme Announces Positive Results of the Third and Last Trial\nof Examplumab in Leukemia"
    text = f"FOR IMMEDIATE RELEASE\n\n{headline}\n\n"
    header = read_header(f"{text}BASEL (May 27, 2008) – {NEWS}")
    assert header.title == "Acme Announces Positive Results of the Third and Last Trial of Examplumab in Leukemia"
    assert header.title_span is not None
    assert " ".join(text[slice(*header.title_span)].split()) == header.title


@pytest.mark.parametrize(
    ("news", "publisher"),
    [
        ("Eisai Co., Ltd. (Headquarters: Tokyo) and Biogen Inc. announced", "Eisai Co., Ltd."),
        ("Eli Lilly and Company today announced results", "Eli Lilly and Company"),
        ("Merck , known as MSD outside North America, and Hanmi today announced", "Merck"),
        ("The U.S. Food and Drug Administration today approved examplumab", "U.S. Food and Drug Administration"),
        ("uniQure N.V. (NASDAQ: QURE), a firm for gene therapy, today reported", "uniQure N.V."),
        ("argenx SE (Euronext & Nasdaq: ARGX) today announced", "argenx SE"),
        ("BioCardia, Inc. [Nasdaq: BCDA], a developer, today announced", "BioCardia, Inc."),
        ("The board of directors of Acme Pharma (NYSE: ACM) has declared a dividend", "Acme Pharma"),
        ("Results of the trial were presented today", None),
        ("The drug was approved today by nobody", None),
        ("Patients (n=40) were treated", None),
    ],
)
def test_the_publisher_is_who_announces(news: str, publisher: str | None) -> None:
    assert read_header(f"{TITLE}\n\nBASEL (May 27, 2008) – {news}.").publisher == publisher


def test_an_abstract_has_its_first_line_as_title_and_no_publisher() -> None:
    header = read_header(
        "Examplumab protects neurons in culture.\nWe asked whether it does. " + "It does so in rats. " * 9
    )
    assert header.title == "Examplumab protects neurons in culture."
    assert (header.published, header.publisher) == (None, None)


@pytest.mark.parametrize(
    "text", ["", " \n ", "One sentence about imatinib.", "a" * 5000, "\n".join("ab" for _ in range(300))]
)
def test_a_text_without_a_header_says_nothing(text: str) -> None:
    header = read_header(text)
    assert (header.published, header.publisher) == (None, None)
