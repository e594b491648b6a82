"""The formats of services and publishers: files with the oddities of the real thing, in our own words."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from msgspec.structs import replace

from kg.errors import InputError
from kg.readers import read_papers
from kg.records import Author, Links, Paper, default_id
from tests.cases import SAMPLE
from tests.readers import writers

DATA = Path(__file__).parent / "data"
WEIR = "0000-0002-1825-0097"


def read(name: str) -> list[Paper]:
    return list(read_papers([str(DATA / name)]))


def test_pubmed() -> None:
    retracted, translated, book = read("pubmed.xml")

    assert retracted == Paper(
        id="10.5555/Pebble.1",
        title="PebbleNet finds in vivo H2Oé at 10⁻³ mol < 5",
        abstract="BACKGROUND: Stones are missed. RESULTS: Dice was 0.91 (p<0.05), a rate of 1/210⁻⁴.",
        authors=(
            Author("Ada B Weir Jr", WEIR, "Stone Laboratory, Bergen.; River Institute, Oslo."),
            Author("Ford"),
            Author("The STONE Group"),
        ),
        authors_complete=False,
        date="2024-03-09",
        doi="10.5555/Pebble.1",
        pmid="90000001",
        licence="Copyright 2024 The Stone Laboratory.",
        retraction="J Stones. 2025;3:9 PMID: 90000009",
    )
    assert translated == Paper(
        "10.5555/fluss", "Stones in the river", "", date="1998", doi="10.5555/fluss", pmid="90000002"
    )
    assert book == Paper(
        "90000003",
        "A Handbook of Stones",
        "All about stones.",
        authors=(Author("Cy Mill"),),
        date="2019",
        pmid="90000003",
    )


def test_arxiv() -> None:
    riverset, withdrawn = read("arxiv.xml")

    assert riverset == Paper(
        id="10.5555/river.1",
        title=r"RiverSet: An Open Dataset of Radiographs with $\geq$ 3 Views",
        abstract="We introduce RiverSet, a dataset of 12,400 radiographs & reports.",
        authors=(Author("Ada Weir", affiliation="Stone Laboratory"), Author("Bo Ford")),
        date="2025-01-01",
        categories=("cs.CV", "eess.IV"),
        doi="10.5555/river.1",
        arxiv="2501.00001v2",
        links=Links(other=("https://example.org/river",)),
    )
    assert withdrawn.arxiv == "math.GT/0309136v1"
    assert withdrawn.retraction is not None
    assert withdrawn.retraction.startswith("This paper has been withdrawn by the author")


def test_jats() -> None:
    assert read("jats.xml") == [
        Paper(
            id="10.5555/jats.1",
            title="Seeing Stones in Rivers: A Study",
            abstract="Aims: We look at stones [1]. Results: Area was 3 mm²; x=1.",
            authors=(
                Author("Ada Weir", WEIR, "Stone Laboratory, Norway; River Institute"),
                Author("The STONE Group", affiliation="Everywhere"),
            ),
            affiliations=("Unclaimed College",),
            date="2023-10-02",
            doi="10.5555/jats.1",
            pmid="90000004",
            licence="https://creativecommons.org/licenses/by/4.0/",
            retraction="10.5555/notice",
        )
    ]


def test_openalex() -> None:
    retracted, untold = read("openalex.json")

    assert retracted == Paper(
        id="10.5555/open.1",
        title="Stones & Rivers",
        abstract="Stones lie where rivers lie ≤ 3 m.",
        authors=(Author("Ada Weir", WEIR, "Stone Laboratory; River Institute"), Author("Bo Ford")),
        authors_complete=False,
        date="2022-05",
        doi="10.5555/open.1",
        pmid="90000005",
        openalex="W9000000001",
        licence="cc-by",
        retraction="retracted, says OpenAlex",
    )
    assert untold == Paper("W9000000002", "Untold Stones", "", date="2020", openalex="W9000000002")


def test_crossref() -> None:
    retracted, notice = read("crossref.json")

    assert retracted == Paper(
        id="10.5555/Cross.1",
        title="Stones & Rivers: A Tale",
        abstract="Aims: We weigh stones (n = 3 × 10³).",
        authors=(Author("Ada Weir III", WEIR, "Stone Laboratory"), Author("The STONE Group"), Author("Plato")),
        date="2021-07",
        doi="10.5555/Cross.1",
        licence="https://creativecommons.org/licenses/by/4.0/",
        retraction="retraction: 10.5555/notice",
    )
    assert notice == Paper("10.5555/notice", "Retraction: Stones and Rivers", "", doi="10.5555/notice")


def test_semantic_scholar() -> None:
    night, day = read("semantic_scholar.json")

    assert night == Paper(
        id="10.5555/sem.1",
        title="Stones by Night",
        abstract="We count stones by night.",
        authors=(Author("Ada Weir", affiliation="Stone Laboratory"), Author("Bo Ford")),
        date="2023-02-03",
        doi="10.5555/sem.1",
        arxiv="2301.00009",
        pmid="90000006",
        licence="CCBY",
    )
    assert day == Paper("stones-by-day", "Stones by Day", "", date="2019")


@pytest.mark.parametrize("name", ["openalex", "crossref", "semantic_scholar"])
def test_records_are_the_same_in_an_answer_a_list_json_lines_or_alone(tmp_path: Path, name: str) -> None:
    answer = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    records = {"openalex": "results", "semantic_scholar": "data"}
    listed = answer["message"]["items"] if name == "crossref" else answer[records[name]]
    single = {"status": "ok", "message-type": "work", "message": listed[0]} if name == "crossref" else listed[0]
    papers = read(f"{name}.json")
    shapes = {
        "list": (json.dumps(listed, indent=1), papers),
        "lines": ("\n".join(map(json.dumps, listed)) + "\n", papers),
        "alone": (json.dumps(single), papers[:1]),
    }

    for shape, (text, expected) in shapes.items():
        path = tmp_path / shape
        path.write_text(text, "utf-8")
        assert list(read_papers([str(path)])) == expected, shape


def numbered(papers: Iterable[Paper]) -> list[Paper]:
    """The sample's papers with an identifier of each kind, which the page they come from cannot hold."""
    return [
        replace(paper, doi=f"10.5555/s.{n}", arxiv=f"2401.{n:05}v1", pmid=str(9_000 + n), openalex=f"W{n}")
        for n, paper in enumerate(papers, start=1)
    ]


def held(paper: Paper, *fields: str) -> Paper:
    """What a format keeps of a paper: some of its fields, and those of its authors whose place is known."""
    kept = {name: getattr(paper, name) for name in ("title", "abstract", "date", *fields)}
    authors = tuple(author for author in paper.authors if author.placed)
    identifier = default_id(paper.title, *(kept.get(name) for name in ("doi", "arxiv", "pmid", "openalex")))
    return Paper(**{**kept, "authors": kept.get("authors", authors), "id": identifier})


@pytest.mark.parametrize(
    ("write", "fields"),
    [
        (writers.pubmed_xml, ("doi", "pmid", "authors_complete")),
        (writers.arxiv_atom, ("doi", "arxiv", "categories")),
        (writers.openalex_json, ("doi", "pmid", "openalex", "authors_complete")),
        (writers.crossref_json, ("doi",)),
    ],
    ids=["pubmed", "arxiv", "openalex", "crossref"],
)
def test_the_papers_of_the_sample_come_back_as_far_as_a_format_can_hold_them(
    tmp_path: Path, write: Callable[[list[Paper]], str], fields: tuple[str, ...]
) -> None:
    papers = [
        replace(paper, authors=tuple(author for author in paper.authors if author.placed))
        for paper in numbered(read_papers([str(SAMPLE)]))
    ]
    path = tmp_path / "papers"
    path.write_text(write(papers), "utf-8")

    assert list(read_papers([str(path)])) == [held(paper, *fields) for paper in papers]
    assert len(papers) == 38


def test_ten_thousand_authors_are_kept(tmp_path: Path) -> None:
    paper = Paper(
        "1",
        "All of Us",
        "We are many.",
        authors=tuple(Author(f"A{n} Weir") for n in range(10_000)),
        pmid="1",
        openalex="W1",
    )
    for name, write in (("xml", writers.pubmed_xml), ("json", writers.openalex_json)):
        path = tmp_path / name
        path.write_text(write([paper]), "utf-8")

        (found,) = read_papers([str(path)])

        assert found.authors == paper.authors


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_xml_may_be_in_the_encoding_it_names(tmp_path: Path, encoding: str) -> None:
    text = writers.pubmed_xml([Paper("1", "Über Steine", "Très lourd.", pmid="1")])
    path = tmp_path / "papers.xml"
    path.write_bytes(text.replace('version="1.0"', f'version="1.0" encoding="{encoding}"').encode(encoding))

    (paper,) = read_papers([str(path)])

    assert (paper.title, paper.abstract) == ("Über Steine", "Très lourd.")


def test_a_record_without_a_title_can_be_left_out(tmp_path: Path) -> None:
    answer = json.loads((DATA / "crossref.json").read_text("utf-8"))
    del answer["message"]["items"][0]["title"], answer["message"]["items"][0]["subtitle"]
    path = tmp_path / "papers.json"
    path.write_text(json.dumps(answer), "utf-8")
    bad = list[InputError]()

    assert [paper.doi for paper in read_papers([str(path)], on_bad=bad.append)] == ["10.5555/notice"]
    assert [(error.place, error.reason) for error in bad] == [(f"{path}, record 1", "has no title")]


def test_an_id_that_semantic_scholar_does_not_know_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[null, {"paperId": "1", "title": "Stones", "abstract": "We count."}, null]')

    (paper,) = read_papers([str(tmp_path / "a.json")], reader="semantic-scholar")

    assert (paper.title, paper.abstract) == ("Stones", "We count.")


def test_crossref_gives_csl_with_a_title_that_is_no_list(tmp_path: Path) -> None:
    path = tmp_path / "work.json"
    work = {
        "DOI": "10.5555/a",
        "title": "Stones",
        "subtitle": [],
        "is-referenced-by-count": 3,
        "type": "journal-article",
    }
    path.write_text(json.dumps(work | {"author": [{"given": "Ada", "family": "Weir"}]}), "utf-8")

    (paper,) = read_papers([str(path)])

    assert (paper.title, paper.doi, paper.authors[0].name) == ("Stones", "10.5555/a", "Ada Weir")


def test_openalex_has_names_as_printed_but_in_reading_order(tmp_path: Path) -> None:
    people = [
        {"raw_author_name": "Weir, Ada", "author": {"display_name": "Ada Weir"}},
        {"raw_author_name": "B. Ford", "author": {"display_name": "Bo Ford"}},
        {"raw_author_name": "Mill, Cy"},
    ]
    path = tmp_path / "works.json"
    path.write_text(json.dumps({"id": "https://openalex.org/W1", "title": "Stones", "authorships": people}), "utf-8")

    (paper,) = read_papers([str(path)])

    assert [author.name for author in paper.authors] == ["Ada Weir", "B. Ford", "Cy Mill"]


def test_jats_of_institutions_groups_and_corrections(tmp_path: Path) -> None:
    path = tmp_path / "article.xml"
    path.write_text(
        """<article><front><article-meta><title-group><article-title>Stones</article-title></title-group>
        <contrib-group><contrib contrib-type="author"><collab>The Stone Group<contrib-group><contrib
        contrib-type="author"><name><surname>Mill</surname><given-names>Cy</given-names></name></contrib>
        </contrib-group></collab><xref ref-type="aff" rid="a1"/></contrib></contrib-group>
        <aff id="a1"><label>1</label><institution-wrap><institution-id institution-id-type="ror">https://ror.org/0
        </institution-id><institution>Stone Lab</institution></institution-wrap>, Riverton</aff>
        <pub-date pub-type="ecorrected"><year>2025</year></pub-date>
        <pub-date pub-type="pmc-release"><year>2024</year></pub-date>
        <pub-date pub-type="epub-ppub"><month>3</month><year>2023</year></pub-date>
        </article-meta></front></article>""",
        "utf-8",
    )

    (paper,) = read_papers([str(path)])

    assert [(author.name, author.affiliation) for author in paper.authors] == [
        ("The Stone Group", "Stone Lab, Riverton")
    ]
    assert paper.date == "2023-03"


def test_a_chapter_is_by_its_authors_and_not_by_the_editors_of_the_book(tmp_path: Path) -> None:
    path = tmp_path / "chapter.xml"
    people = "".join(
        f'<AuthorList Type="{kind}"><Author><LastName>{name}</LastName><ForeName>Ada</ForeName></Author></AuthorList>'
        for kind, name in (("editors", "Gravel"), ("authors", "Weir"), ("editors", "Sand"))
    )
    path.write_text(
        "<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>7</PMID><Book><BookTitle>Rivers</BookTitle></Book>"
        f"<ArticleTitle>Stones</ArticleTitle>{people}</BookDocument></PubmedBookArticle></PubmedArticleSet>",
        "utf-8",
    )

    (paper,) = read_papers([str(path)])

    assert [author.name for author in paper.authors] == ["Ada Weir"]
