from pathlib import Path

import pytest

from kg.errors import InputError
from kg.readers import read_papers
from kg.records import Author

HEAD = "Cy Mill\n\nCV\nh-index3\n2papers\nNovelty50%\n\n2 Papers\n\n"
FIRST = "CVJun 3, 2023Code\nOn {Stones} and \\%\n\nAda Weir, Bo Ford et al.\n\nWe weigh $\\geq$ 3 stones.\n\n"
SECOND = "stat.MLMay 30, 2022\nOn Rivers\n\nAda Weir, Cy Mill · mit\n\nWe measure rivers.\n"


def page(tmp_path: Path, text: str) -> str:
    path = tmp_path / "page.txt"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_page_gives_its_papers_with_texts_kept_as_given(tmp_path: Path) -> None:
    first, second = read_papers([page(tmp_path, HEAD + FIRST + SECOND)])

    assert (first.title, first.abstract) == ("On {Stones} and \\%", "We weigh $\\geq$ 3 stones.")
    assert (first.date, first.categories, first.code_available) == ("2023-06-03", ("CV",), True)
    assert (second.date, second.categories, second.code_available) == ("2022-05-30", ("stat.ML",), None)
    assert {first.source, second.source} == {"Cy Mill"}


def test_the_person_of_the_page_is_an_author_at_an_unknown_place_where_not_listed(tmp_path: Path) -> None:
    first, second = read_papers([page(tmp_path, HEAD + FIRST + SECOND)])

    assert first.authors == (Author("Ada Weir"), Author("Bo Ford"), Author("Cy Mill", placed=False))
    assert not first.authors_complete
    assert second.authors == (Author("Ada Weir"), Author("Cy Mill"))
    assert second.authors_complete
    assert second.affiliations == ("mit",)


def test_a_note_on_the_abstracts_goes_with_every_paper(tmp_path: Path) -> None:
    noted = HEAD.replace("2 Papers", "Abstracts: retold\n\n2 Papers")

    papers = read_papers([page(tmp_path, noted + FIRST + SECOND)])

    assert [paper.abstract_note for paper in papers] == ["retold", "retold"]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (HEAD + FIRST.replace("Ada Weir, Bo Ford et al.\n\n", "") + SECOND, 10, "no abstract"),
        (HEAD + FIRST + "CVJuly 2022\nOn Rain\n\nAda Weir\n\nIt rains.\n\n" + SECOND, 17, "next paper's head"),
        (HEAD + FIRST + SECOND.replace("May 30", "Feb 30"), 17, "no day"),
        (HEAD + FIRST, 8, "announces 2 papers, but 1"),
        (HEAD + FIRST + "CVMay 1, 2022\n", 17, "no title"),
        (FIRST + SECOND, None, "no name"),
    ],
    ids=["paragraph missing", "head malformed", "impossible date", "cut off", "title missing", "no head"],
)
def test_a_page_that_breaks_names_the_line(tmp_path: Path, text: str, line: int | None, reason: str) -> None:
    path = page(tmp_path, text)

    with pytest.raises(InputError, match=reason) as caught:
        list(read_papers([path], reader="author-page"))

    assert caught.value.place == (f"{path}:{line}" if line else path)


def test_bad_papers_can_be_left_out(tmp_path: Path) -> None:
    bad: list[InputError] = []
    text = HEAD + FIRST + SECOND.replace("May 30", "Feb 30")

    papers = list(read_papers([page(tmp_path, text)], on_bad=bad.append))

    assert [paper.title for paper in papers] == ["On {Stones} and \\%"]
    assert len(bad) == 1
