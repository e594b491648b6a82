"""CSL-JSON as Zotero exports it, with what is odd about it."""

import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.readers import read_papers
from kg.records import Author, Links, Paper

DATA = Path(__file__).parent / "data"


def read(tmp_path: Path, text: str) -> list[Paper]:
    path = tmp_path / "library.json"
    path.write_text(text, "utf-8")
    return list(read_papers([str(path)]))


def test_items_as_zotero_exports_them() -> None:
    assert list(read_papers([str(DATA / "zotero.json")])) == [
        Paper(
            id="10.5555/csl.1",
            title="Water in Stones",
            abstract="We find H2O in stones, p < 0.05.",
            authors=tuple(map(Author, ("Ada Weir", "Ludwig van Beek", "Cy Mill Jr.", "The Stone Group"))),
            date="2024-03-09",
            categories=("stones", "water"),
            doi="10.5555/csl.1",
            pmid="777",
            links=Links(other=("https://example.org/csl/1",)),
        ),
        Paper("2301.00001", "A preprint", "", authors=(Author("Ada Weir"),), date="2023-05", arxiv="2301.00001"),
        Paper("no-abstract", "No abstract", ""),
    ]


def test_items_may_stand_in_an_object_or_alone(tmp_path: Path) -> None:
    item = {"type": "article-journal", "title": "One"}

    for form in ([item], {"items": [item]}, item):
        assert [paper.title for paper in read(tmp_path, json.dumps(form))] == ["One"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[{"type": "chapter", "title": "One"}, {"type": "chapter", "title": "Tw', "not JSON after record 1"),
        ('[{"type": "chapter", "title": 7, "title": "x"}, {"type": "chapter", "title": 7}]', "record 2"),
        ('[{"type": "chapter", "title": "One"}, {"type": "chapter"}]', "record 2: has no title"),
        (
            '[{"type": "chapter", "title": "One", "author": "Ada Weir"}]',
            "record 1: field author: Expected `array | null`",
        ),
    ],
    ids=["truncated", "number", "no title", "people as words"],
)
def test_what_is_wrong_is_named_with_its_record(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)

    assert str(caught.value).startswith(str(tmp_path / "library.json"))
    assert reason in str(caught.value)


def test_half_a_character_is_replaced(tmp_path: Path) -> None:
    (paper,) = read(tmp_path, r'[{"type": "chapter", "title": "a\ud800b"}]')

    assert paper.title == "a\N{REPLACEMENT CHARACTER}b"


def test_numbers_may_be_written_with_a_point(tmp_path: Path) -> None:
    item = {"type": "book", "title": "Stones", "PMID": 12.0, "issued": {"date-parts": [[2024.0, 3.0]]}, "family": ""}

    (paper,) = read(tmp_path, json.dumps([item]))

    assert (paper.pmid, paper.date) == ("12", "2024-03")
