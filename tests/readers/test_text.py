"""Plain text: titles and abstracts parted by blank lines."""

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.readers import read_papers

DATA = Path(__file__).parent / "data"
PROSE = "We count the stones of twelve rivers, and find that most are grey."


def test_a_title_may_stand_above_its_abstract_or_apart_from_it() -> None:
    papers = list(read_papers([str(DATA / "notes.txt")]))

    assert [paper.title for paper in papers] == [
        "Counting stones in rivers",
        "Pebbles, a review",
        "A title without an abstract",
    ]
    assert papers[0].abstract.startswith("We count stones in twelve rivers and find that most of them are grey")
    assert papers[2].abstract == ""


def test_a_single_abstract_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text(f"Counting stones\r\n{PROSE}\r\n", "utf-8")

    (paper,) = read_papers([str(path)])

    assert (paper.title, paper.abstract) == ("Counting stones", PROSE)


def test_an_abstract_without_a_title_is_named(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text(f"Counting stones\n{PROSE}\n\n{PROSE * 9}\n", "utf-8")

    with pytest.raises(InputError, match="the first line, the title, has 594 characters") as caught:
        list(read_papers([str(path)]))

    assert caught.value.place == f"{path}:4"


@pytest.mark.parametrize(
    "content",
    [
        "Dear reader,\n",
        "SELECT * {\n  ?s ?p ?o }\n",
        "import os\n\nprint(os.name)\n",
        f"# Notes\n{PROSE}\n",
        "a\nb\nc\n",
    ],
    ids=["a letter", "a query", "a program", "markdown", "words"],
)
def test_other_texts_are_not_taken_for_papers(tmp_path: Path, content: str) -> None:
    path = tmp_path / "some.txt"
    path.write_text(content, "utf-8")

    with pytest.raises(InputError, match="no known format"):
        list(read_papers([str(path)]))


def test_a_text_that_merely_lies_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "README.txt").write_text(f"Counting stones\n{PROSE}\n", "utf-8")

    assert list(read_papers([str(tmp_path)])) == []
