"""Tables as spreadsheets and databases write them, with what is odd about them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.readers import read_papers
from kg.records import Author, Links, Paper

DATA = Path(__file__).parent / "data"


def read(tmp_path: Path, text: str) -> list[Paper]:
    path = tmp_path / "papers.csv"
    path.write_text(text, "utf-8")
    return list(read_papers([str(path)]))


def test_a_table_of_scopus() -> None:
    assert list(read_papers([str(DATA / "scopus.csv")])) == [
        Paper(
            id="10.5555/csv.1",
            title='Stones in "CT", counted',
            abstract="We count stones. In CT, of course.",
            authors=(Author("Ada Weir"), Author("Bo Ford")),
            date="2024",
            categories=("CT", "stones"),
            doi="10.5555/csv.1",
            links=Links(other=("https://example.org/csv/1",)),
        ),
        Paper("rivers-without-people", "Rivers without people", "", date="2023"),
    ]


def test_a_table_of_the_web_of_science() -> None:
    (paper,) = read_papers([str(DATA / "wos.tsv")])

    assert (paper.doi, paper.pmid, paper.date) == ("10.5555/wos.1", "777", "2022")
    assert [author.name for author in paper.authors] == ["Ada Weir", "Bo Ford"]


def test_a_table_of_excel_says_its_delimiter() -> None:
    (paper,) = read_papers([str(DATA / "excel.csv")])

    assert (paper.title, paper.abstract, paper.date) == ("Gefäße", "Wir zählen.", "2024-03-09")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_by_the_names_of_the_columns(tmp_path: Path, delimiter: str) -> None:
    rows = (("Paper Title", "ABSTRACT_TEXT", "Pub. Year"), ("One", "Two", "2020"))

    (paper,) = read(tmp_path, "\n".join(delimiter.join(row) for row in rows))

    assert (paper.title, paper.abstract, paper.date) == ("One", "Two", "2020")


def test_the_number_of_a_row_is_no_id(tmp_path: Path) -> None:
    papers = read(tmp_path, "id,title,abstract\n1,One,a\nx7,Two,b\n")

    assert [paper.id for paper in papers] == ["one", "x7"]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("abstract,doi,notes\nOne,Two,Three\n", 1, "no column is named title; the columns are abstract, doi, notes"),
        ("title,title,abstract\na,b,c\n", 1, "two columns are named title"),
        ("title,abstract\nOne,a\nTwo\n", 3, "the row has 1 cells, but there are 2 columns"),
        ("title,abstract\nOne,a,b\n", 2, "the row has 3 cells, but there are 2 columns"),
        ('title,abstract\n"One\nand more",a\nTwo,"cut', 4, "quotes do not match"),
        ('title,abstract\n"One" and,a\n', 2, "quotes do not match"),
        ("title,abstract\n,a\n", 2, "has no title"),
    ],
    ids=["no title column", "column twice", "short", "long", "truncated", "stray quote", "empty title"],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, line: int, reason: str) -> None:
    with pytest.raises(InputError, match=reason) as caught:
        read(tmp_path, text)

    assert caught.value.place == f"{tmp_path / 'papers.csv'}:{line}"


def test_a_row_in_another_encoding_is_left_out_alone(tmp_path: Path) -> None:
    path = tmp_path / "papers.csv"
    path.write_bytes("title,abstract\nGröße,a\nTwo,b\n".encode("latin-1"))
    bad: list[InputError] = []

    assert [paper.title for paper in read_papers([str(path)], on_bad=bad.append)] == ["Two"]
    assert [error.place for error in bad] == [f"{path}:2"]


def test_a_table_that_merely_lies_in_a_folder_must_be_one_of_papers(tmp_path: Path) -> None:
    (tmp_path / "films.csv").write_text("title,year\nStones,1999\n", "utf-8")
    (tmp_path / "papers.csv").write_text("title,year,doi\nOne,2020,10.5555/1\n", "utf-8")

    assert [paper.title for paper in read_papers([str(tmp_path)])] == ["One"]


def test_a_quote_that_is_never_closed_costs_its_row_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "papers.csv"
    rows = ["Title,Abstract", '"Stones,We count.', 'Pebbles,"We\nweigh."', 'Sand,"We ""sift""."']
    path.write_text("\n".join(rows), "utf-8")
    bad: list[InputError] = []

    found = list(read_papers([str(path)], on_bad=bad.append))

    assert [(paper.title, paper.abstract) for paper in found] == [("Pebbles", "We weigh."), ("Sand", 'We "sift".')]
    assert [error.place for error in bad] == [f"{path}:2"]
    path.write_text('Title,Abstract\n"Stones,We count.\nPebbles,We weigh.\n', "utf-8")
    assert [paper.title for paper in read_papers([str(path)], on_bad=bad.append)] == ["Pebbles"]


def test_names_and_initials_with_commas_between_are_people(tmp_path: Path) -> None:
    (paper,) = read(tmp_path, 'Title,Authors\nStones,"Weir, A., Ford, B.C., and Müller, J.-P."\n')

    assert [author.name for author in paper.authors] == ["A. Weir", "B.C. Ford", "J.-P. Müller"]


@given(
    abstracts=st.lists(st.text("ab,; ", min_size=1, max_size=8), min_size=1),
    at=st.integers(min_value=0),
    end=st.sampled_from("\n\r"),
)
def test_wherever_a_quote_is_never_closed_all_other_rows_are_read(
    abstracts: list[str], at: int, end: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows = [f"T{number}\t{abstract}" for number, abstract in enumerate(abstracts)]
    rows.insert(at % (len(rows) + 1), '"Open\tWe count.')
    path = tmp_path_factory.getbasetemp() / "open.tsv"
    path.write_bytes(end.join(["Title\tAbstract", *rows]).encode())
    bad: list[InputError] = []

    found = list(read_papers([str(path)], on_bad=bad.append))

    assert [paper.title for paper in found] == [f"T{number}" for number in range(len(abstracts))]
    assert [error.place for error in bad] == [f"{path}:{at % len(rows) + 2}"]
