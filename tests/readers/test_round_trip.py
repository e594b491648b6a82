"""The papers of ``examples/`` in the formats people have: what is read back is what was written."""

from pathlib import Path

import pytest

from kg.readers import READERS, read_papers
from kg.records import Paper
from tests.cases import ROOT
from tests.readers.citations import WRITERS


@pytest.fixture(scope="module")
def papers() -> list[Paper]:
    found = list(read_papers([str(ROOT / "examples" / "author-page.txt")]))
    assert len(found) == 38
    return found


@pytest.mark.parametrize("name", WRITERS)
def test_the_texts_of_papers_are_the_same_in_every_format(papers: list[Paper], name: str, tmp_path: Path) -> None:
    path = tmp_path / "papers"
    path.write_text(WRITERS[name](papers), "utf-8")

    assert [paper.text for paper in read_papers([str(path)])] == [paper.text for paper in papers]


@pytest.mark.parametrize("name", [name for name in WRITERS if name != "text"])
def test_people_and_dates_are_the_same_in_every_format_that_holds_them(
    papers: list[Paper], name: str, tmp_path: Path
) -> None:
    path = tmp_path / "papers"
    path.write_text(WRITERS[name](papers), "utf-8")

    for read, paper in zip(read_papers([str(path)]), papers, strict=True):
        assert [author.name for author in read.authors] == [author.name for author in paper.authors]
        assert read.date == paper.date
        if name not in {"ris", "csl-json"}:  # they cannot say that a list is cut
            assert read.authors_complete == paper.authors_complete


@pytest.mark.parametrize("name", WRITERS)
def test_formats_are_told_apart_by_their_content(papers: list[Paper], name: str) -> None:
    start = WRITERS[name](papers)[:65_536]

    assert next(reader for reader in READERS if READERS[reader].detects(start)) == name
    assert [reader for reader in READERS if READERS[reader].is_sure(start)] == ([name] if name != "text" else [])
