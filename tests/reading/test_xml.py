from __future__ import annotations

import datetime as dt
import gzip

import pytest

from kg.model import Document, Rejection, SectionKind
from kg.reading import ReadingOptions
from tests.reading.reading import Folder, check, read_all

CITATION = """<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">11</PMID><Article PubModel="Print">
<Journal><JournalIssue><PubDate><Year>2006</Year><Month>Jul</Month></PubDate></JournalIssue>
<Title>Sample Journal</Title></Journal>
<ArticleTitle>Examplumab &amp; IL-2 in <i>AML</i>: H<sub>2</sub>, &#945; and 10<sup>9</sup> cells.</ArticleTitle>
<ELocationID EIdType="doi" ValidYN="Y">10.5555/ABC</ELocationID>
<Abstract><AbstractText Label="BACKGROUND">Relapse
   is common.</AbstractText><AbstractText Label="METHODS">It was given.</AbstractText></Abstract></Article>
</MedlineCitation>
<PubmedData><History><PubMedPubDate PubStatus="entrez"><Year>2006</Year><Month>3</Month><Day>4</Day>
</PubMedPubDate></History>
<ArticleIdList><ArticleId IdType="pubmed">11</ArticleId><ArticleId IdType="pmc">PMC99</ArticleId></ArticleIdList>
<ReferenceList><Reference><ArticleIdList><ArticleId IdType="pubmed">999</ArticleId></ArticleIdList></Reference>
</ReferenceList>
</PubmedData></PubmedArticle>"""
DOCTYPE = '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://example.org/pubmed.dtd">'

ARTICLE = """<article xmlns:xlink="http://www.w3.org/1999/xlink" xml:lang="en"><front><journal-meta>
<journal-title-group>
<journal-title>Open Samples</journal-title></journal-title-group></journal-meta><article-meta>
<article-id pub-id-type="pmc">2423123</article-id><article-id pub-id-type="doi">10.5555/X</article-id>
<title-group><article-title>Histamine in <italic>AML</italic><xref ref-type="fn" rid="a">*</xref></article-title>
</title-group>
<pub-date pub-type="ppub"><year>2009</year></pub-date><pub-date pub-type="epub"><day>3</day><month>4</month>
<year>2009</year></pub-date>
<abstract><sec><title>Aim</title><p>Relapse is common.<sup><xref ref-type="bibr" rid="b">1</xref></sup></p></sec>
</abstract>
<abstract abstract-type="graphical"><p>A picture.</p></abstract></article-meta></front>
<body><sec><title>Introduction</title><p>CD8<sup>+</sup> cells.<list><list-item><p>first</p></list-item></list></p>
<sec><title>Doses</title><table-wrap><label>Table 1</label><caption><p>Given daily.</p></caption><table><tr>
<td>7</td></tr></table></table-wrap>
</sec></sec><sec><title>Methods</title><p>By hand.</p><disp-formula>E = mc</disp-formula></sec></body>
<back><ref-list><ref><mixed-citation>Nobody 2001</mixed-citation></ref></ref-list></back></article>"""


def citations(*records: str) -> str:
    return f'<?xml version="1.0"?>{DOCTYPE}<PubmedArticleSet>{"".join(records)}</PubmedArticleSet>'


def test_a_citation_keeps_title_labelled_abstract_identifiers_journal_and_day(folder: Folder) -> None:
    document = folder.read("a.xml", citations(CITATION))
    title = "Examplumab & IL-2 in AML: H2, α and 10^9 cells."
    assert document.text == f"{title}\n\nBACKGROUND\nRelapse is common.\n\nMETHODS\nIt was given."
    assert document.identifiers == ("PMID:11", "PMC:PMC99", "DOI:10.5555/abc")
    assert (document.id, document.title, document.publisher) == ("PMID:11", title, "Sample Journal")
    assert document.published == dt.date(2006, 3, 4)
    kinds = [section.kind for section in document.sections]
    assert kinds == [SectionKind.TITLE, SectionKind.ABSTRACT, SectionKind.HEADING, SectionKind.HEADING]


def test_a_set_of_medline_citations_is_read_packed_as_well(folder: Folder) -> None:
    inner = CITATION.removeprefix("<PubmedArticle>").partition("<PubmedData>")[0]
    source = folder.write(
        "a.xml.gz", gzip.compress(f"<MedlineCitationSet>{inner}{inner}</MedlineCitationSet>".encode())
    )
    assert [item.id for item in read_all(source) if isinstance(item, Document)] == ["PMID:11", "PMID:11"]


def test_a_citation_without_words_costs_only_itself(folder: Folder) -> None:
    empty = "<PubmedArticle><MedlineCitation><PMID>5</PMID><Article/></MedlineCitation></PubmedArticle>"
    source = folder.write("a.xml", citations(empty, CITATION))
    bad, good = read_all(source)
    assert isinstance(bad, Rejection)
    assert bad.source == f"{source}:1"
    assert isinstance(good, Document)


@pytest.mark.parametrize(
    ("issue", "day"),
    [
        ("<Year>1998</Year><Month>12</Month>", dt.date(1998, 12, 1)),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", dt.date(1998, 12, 1)),
        ("<Year>1998</Year><Season>Winter</Season>", dt.date(1998, 1, 1)),
        ("<Year>1998</Year><Month>Feb</Month><Day>31</Day>", dt.date(1998, 2, 1)),
        ("<MedlineDate>unknown</MedlineDate>", None),
    ],
)
def test_the_day_of_an_issue_is_read_as_far_as_it_is_told(folder: Folder, issue: str, day: dt.date | None) -> None:
    record = (
        "<PubmedArticle><MedlineCitation><PMID>5</PMID><Article><Journal><JournalIssue>"
        f"<PubDate>{issue}</PubDate></JournalIssue></Journal>"
        "<ArticleTitle>On statins.</ArticleTitle></Article></MedlineCitation></PubmedArticle>"
    )
    assert folder.read("a.xml", citations(record)).published == day


def test_an_article_keeps_headings_captions_and_lists_and_loses_references(folder: Folder) -> None:
    document = folder.read("a.nxml", f'<?xml version="1.0"?><pmc-articleset>{ARTICLE}</pmc-articleset>')
    assert document.text.split("\n\n") == [
        "Histamine in AML",
        "Aim",
        "Relapse is common.",
        "Introduction",
        "CD8+ cells.",
        "first",
        "Doses",
        "Table 1. Given daily.",
        "Methods",
        "By hand.",
    ]
    assert document.identifiers == ("PMC:PMC2423123", "DOI:10.5555/x")
    assert (document.published, document.publisher) == (dt.date(2009, 4, 3), "Open Samples")
    bodies = [section.title for section in document.sections if section.kind is SectionKind.BODY]
    assert bodies == ["Introduction", "Methods"]


def test_articles_in_a_namespace_are_known(folder: Folder) -> None:
    spaced = ARTICLE.replace("<article ", '<article xmlns="https://jats.nlm.nih.gov/ns/archiving/1.0/" ', 1)
    assert folder.read("a.xml", spaced).title == "Histamine in AML"


def test_html_entities_are_read_and_others_are_never_expanded(folder: Folder) -> None:
    assert "H2 α" in folder.read("a.xml", citations(CITATION.replace("&#945;", "H2 &alpha;"))).text
    (bad,) = read_all(folder.write("b.xml", citations(CITATION.replace("&#945;", "&secret;"))))
    assert isinstance(bad, Rejection)
    assert "&secret;" in bad.reason


def test_an_entity_bomb_does_not_go_off(folder: Folder) -> None:
    entities = '<!ENTITY a0 "aaaaaaaaaa">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    record = CITATION.replace("&#945;", "&a11;")
    bomb = f"<!DOCTYPE PubmedArticleSet [{entities}]><PubmedArticleSet>{record}</PubmedArticleSet>"
    (bad,) = read_all(folder.write("a.xml", bomb))
    assert isinstance(bad, Rejection)


def test_a_file_named_by_an_entity_is_not_read(folder: Folder) -> None:
    secret = folder.write("secret.txt", "the secret")
    entity = f'<!DOCTYPE PubmedArticleSet [<!ENTITY x SYSTEM "file://{secret}">]>'
    (item,) = read_all(
        folder.write("a.xml", f"{entity}<PubmedArticleSet>{CITATION.replace('&#945;', '&x;')}</PubmedArticleSet>")
    )
    assert isinstance(item, Rejection)
    assert "secret" not in item.reason


def test_what_stands_before_broken_xml_is_read(folder: Folder) -> None:
    source = folder.write("a.xml", citations(CITATION, CITATION)[:-400])
    good, bad = read_all(source)
    assert isinstance(good, Document)
    check(good)
    assert isinstance(bad, Rejection)
    assert bad.source == source
    assert "broken XML" in bad.reason
    assert "1 records" in bad.reason


def test_a_record_beyond_the_limit_is_refused_however_large_the_file(folder: Folder) -> None:
    large = CITATION.replace("Relapse", "Relapse " * 50_000)
    assert "larger than" in folder.refuse("a.xml", citations(large), ReadingOptions(max_bytes=100_000))
    many = read_all(folder.write("b.xml", citations(*[CITATION] * 300)), options=ReadingOptions(max_bytes=100_000))
    assert len([item for item in many if isinstance(item, Document)]) == 300


def test_xml_of_another_kind_is_refused(folder: Folder) -> None:
    assert "without a PubMed citation" in folder.refuse("a.xml", "<opml><body/></opml>")
