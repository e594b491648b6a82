"""RIS and MEDLINE, with what is odd about them."""

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.readers import read_papers
from kg.records import Author, Links, Paper

DATA = Path(__file__).parent / "data"


def read(tmp_path: Path, text: str) -> list[Paper]:
    path = tmp_path / "export.txt"
    path.write_text(text, "utf-8")
    return list(read_papers([str(path)]))


def test_ris_as_endnote_writes_it() -> None:
    assert list(read_papers([str(DATA / "endnote.ris")])) == [
        Paper(
            id="10.5555/ris.1",
            title="Stones in CT & MRI",
            abstract="We read CT and MRI. A dash - in prose - is no tag.",
            authors=(Author("Ada Weir"), Author("Bo Ford Jr."), Author("Stone Group")),
            date="2024-03-09",
            categories=("stones", "rivers"),
            doi="10.5555/ris.1",
            links=Links(other=("https://example.org/ris/1",)),
        ),
        Paper(
            id="2301.00001",
            title="A preprint of pebbles",
            abstract="Pebbles.",
            authors=(Author("Cy Mill"),),
            date="2023-05",
            arxiv="2301.00001",
        ),
        Paper(id="777", title="From a database", abstract="", date="2020", pmid="777"),
    ]


def test_medline_as_pubmed_saves_it() -> None:
    assert list(read_papers([str(DATA / "pubmed.nbib")])) == [
        Paper(
            id="10.5555/nbib.1",
            title="Counting kidney stones in low-dose CT: a study of two rivers",
            abstract=(
                "BACKGROUND: Stones are often missed. METHODS: We read 1,204 scans - AB is no field here. "
                "RESULTS: A Dice of 0.91 (95% CI 0.90-0.92)."
            ),
            authors=(
                Author("Ada Weir", "0000-0002-1825-0097", "Stone Lab, Riverside.; Brook Institute."),
                Author("Bo Ford Jr"),
                Author("Stone Group"),
            ),
            date="2023-06-03",
            categories=("kidney stones", "CT"),
            doi="10.5555/nbib.1",
            pmid="12345",
            licence="(c) 2023 The Stone Society.",
            retraction="J Stones. 2024;1(1):9. PMID: 99999",
        ),
        Paper(
            id="12346",
            title="An editorial",
            abstract="",
            authors=(Author("Mill C"),),
            authors_complete=False,
            date="1998",
            pmid="12346",
        ),
    ]


def test_ris_with_one_space_before_the_dash(tmp_path: Path) -> None:
    (paper,) = read(tmp_path, "TY - JOUR\nTI - One\nAB - Two\nER -\n")

    assert (paper.title, paper.abstract) == ("One", "Two")


def test_dashes_of_prose_are_no_tags_where_two_spaces_stand_before_them(tmp_path: Path) -> None:
    (paper,) = read(tmp_path, "TY  - JOUR\nTI  - One\nAB  - Of\nCT - and MRI\nER  - \n")

    assert paper.abstract == "Of CT - and MRI"


def test_windows_line_ends_and_words_before_the_first_record_are_no_matter(tmp_path: Path) -> None:
    (paper,) = read(tmp_path, "\ufeffProvider: Stones\r\n\r\nTY  - JOUR\r\nTI  - One\r\nER  - \r\n")

    assert paper.title == "One"


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("TY  - JOUR\nTI  - One\nER  - \nTY  - JOUR\nTI  - Two\nAB  - cut", 4, "cut short"),
        ("TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\nER  - \n", 1, "cut short"),
        ("TY  - JOUR\nAB  - One\nER  - \n", 1, "has no title"),
        ("\nPMID- 1\nAB  - One\n", 2, "has no title"),
    ],
    ids=["truncated", "not ended", "ris without title", "medline without title"],
)
def test_what_is_wrong_is_named_with_the_line_of_its_record(tmp_path: Path, text: str, line: int, reason: str) -> None:
    with pytest.raises(InputError, match=reason) as caught:
        read(tmp_path, text)

    assert caught.value.place == f"{tmp_path / 'export.txt'}:{line}"


def test_ten_thousand_authors_are_read_in_order(tmp_path: Path) -> None:
    people = "".join(f"AU  - Weir{number}, Ada\n" for number in range(10_000))

    (paper,) = read(tmp_path, f"TY  - JOUR\nTI  - One\n{people}ER  - \n")

    assert len(paper.authors) == 10_000
    assert paper.authors[-1].name == "Ada Weir9999"


def test_ris_may_say_that_there_are_more_authors(tmp_path: Path) -> None:
    (paper,) = read(tmp_path, "TY  - JOUR\nTI  - Stones\nAU  - Weir, Ada\nAU  - et al.\nER  - \n")

    assert [author.name for author in paper.authors] == ["Ada Weir"]
    assert not paper.authors_complete


@pytest.mark.parametrize(
    ("address", "identifiers"),
    [
        ("http://dx.doi.org/10.5555/a", ("doi/10.5555/a",)),
        ("https://www.doi.org/10.5555/a", ("doi/10.5555/a",)),
        ("https://pubmed.ncbi.nlm.nih.gov/12/", ("pmid/12",)),
        ("http://www.ncbi.nlm.nih.gov/pubmed/12", ("pmid/12",)),
        ("https://www.ncbi.nlm.nih.gov/pubmed/?term=12", ("pmid/12",)),
        ("https://arxiv.org/pdf/2301.00001v2.pdf", ("arxiv/2301.00001",)),
        ("http://export.arxiv.org/abs/2301.00001", ("arxiv/2301.00001",)),
        ("https://www.arxiv.org/abs/math.GT/0309136", ("arxiv/math.gt/0309136",)),
    ],
)
def test_an_address_tells_the_identifier_and_is_no_link_beside_it(
    tmp_path: Path, address: str, identifiers: tuple[str, ...]
) -> None:
    (paper,) = read(tmp_path, f"TY  - JOUR\nTI  - Stones\nUR  - {address}\nER  - \n")

    assert (paper.identifiers, paper.links.other) == (identifiers, ())
