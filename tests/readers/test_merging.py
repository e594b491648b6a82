"""Records of one paper become one, whatever the order they come in."""

import json
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.readers import read_papers
from kg.readers.merging import merged
from kg.readers.reader import Located
from kg.records import Author, Links, Paper, make_paper


def located(*records: dict[str, object]) -> list[Located]:
    return [Located(f"file{number}", make_paper({"title": "Stones in CT"} | one)) for number, one in enumerate(records)]


def merge(*records: dict[str, object]) -> list[Paper]:
    return list(merged(located(*records), _raise, lambda _: None))


def notes(*records: dict[str, object]) -> list[str]:
    said: list[str] = []
    list(merged(located(*records), _raise, said.append))
    return said


def _raise(error: InputError) -> None:
    raise error


def test_a_paper_of_two_formats_is_one(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text("@article{a, title={{S}tones}, doi={10.5555/A}, author={Weir, Ada}, year=2024}")
    (tmp_path / "b.ris").write_text(
        "TY  - JOUR\nTI  - Stones.\nDO  - 10.5555/a\nAB  - We count.\nPY  - 2024/03/09\nER  - "
    )

    (paper,) = read_papers([str(tmp_path)])

    assert (paper.abstract, paper.date, paper.authors) == ("We count.", "2024-03-09", (Author("Ada Weir"),))


@pytest.mark.parametrize(
    "records",
    [
        [{"doi": "10.5555/A"}, {"title": "Other", "doi": "10.5555/a"}],
        [{"arxiv": "2301.00001v1"}, {"title": "Other", "arxiv": "2301.00001v2"}],
        [{"arxiv": "2301.00001"}, {"title": "Other", "doi": "10.48550/arXiv.2301.00001"}],
        [{"pmid": 7}, {"title": "Other", "pmid": "7"}],
        [{"openalex": "W7"}, {"title": "Other", "openalex": "https://openalex.org/W7"}],
        [{"doi": "10.5555/a"}, {"title": "Other", "doi": "10.5555/a", "pmid": 7}, {"title": "Third", "pmid": 7}],
        [{}, {"title": "stones in CTs"}],
        [{"doi": "10.5555/a"}, {}],
        [{"doi": "10.5555/a"}, {"arxiv": "2301.00001"}],
    ],
    ids=["doi", "arxiv", "arxiv's doi", "pmid", "openalex", "chain", "title", "title with doi", "preprint and article"],
)
def test_records_of_one_paper_meet(records: Sequence[dict[str, object]]) -> None:
    assert len(merge(*records)) == 1


@pytest.mark.parametrize(
    "records",
    [
        [{"doi": "10.5555/a"}, {"doi": "10.5555/b"}],
        [{"doi": "10.5555/a"}, {"doi": "10.5555/b", "pmid": 7}],
        [{"title": "One"}, {"title": "Two"}],
    ],
    ids=["two editorials", "one with more", "titles"],
)
def test_records_of_two_papers_do_not(records: Sequence[dict[str, object]]) -> None:
    assert len(merge(*records)) == len(records)


def test_titles_join_no_records_whose_identifiers_differ_through_a_third() -> None:
    records: list[dict[str, object]] = [
        {"title": "Stones one", "doi": "10.5555/a", "abstract": "A."},
        {"title": "Stones two", "doi": "10.5555/a", "abstract": "A."},
        {"title": "Stones one", "arxiv": "2301.00001", "abstract": "B."},
        {"title": "Stones two", "arxiv": "2301.00002", "abstract": "C."},
    ]

    assert {paper.arxiv for paper in merge(*records)} == {"2301.00001", "2301.00002"}


def test_a_title_that_fits_two_papers_is_neither() -> None:
    papers = merge({"doi": "10.5555/a"}, {}, {"doi": "10.5555/b"}, {"abstract": "Bare."})

    assert [paper.doi for paper in papers] == ["10.5555/a", None, "10.5555/b"]
    assert papers[1].abstract == "Bare."


def test_fields_are_those_of_the_fullest_record_that_has_them() -> None:
    (paper,) = merge(
        {"doi": "10.5555/a", "abstract": "Short.", "licence": "CC0-1.0", "links": {"code": ["https://x.org"]}},
        {
            "doi": "10.5555/A",
            "pmid": 7,
            "date": "2024-03",
            "abstract": "We count the stones.",
            "categories": ["CT"],
            "source": "a",
        },
        {"pmid": 7, "date": "2024-03-09", "categories": ["CT", "stones"], "retraction": "10.5555/r"},
    )

    assert paper == Paper(
        id="10.5555/A",
        title="Stones in CT",
        abstract="We count the stones.",
        date="2024-03-09",
        categories=("CT", "stones"),
        doi="10.5555/A",
        pmid="7",
        links=Links(code=("https://x.org",)),
        licence="CC0-1.0",
        retraction="10.5555/r",
        source="a",
    )


def test_the_fullest_list_of_authors_is_taken_and_filled_in() -> None:
    (paper,) = merge(
        {"pmid": 7, "abstract": "Full of fields.", "authors": ["Weir A", "Ford B"]},
        {"pmid": 7, "authors": ["Ada Weir", {"name": "Bo Ford", "orcid": "0000-0002-1825-0097"}]},
        {"pmid": 7, "authors": [{"name": "A. Weir", "affiliation": "Stone Lab"}, "B. Ford"]},
        {"pmid": 7, "authors": ["Ada Weir"], "authors_complete": False},
    )

    assert paper.authors == (
        Author("Ada Weir", affiliation="Stone Lab"),
        Author("Bo Ford", orcid="0000-0002-1825-0097"),
    )


def test_a_publishers_doi_goes_before_that_of_arxiv() -> None:
    (paper,) = merge(
        {"doi": "10.48550/arXiv.2301.00001", "arxiv": "2301.00001", "abstract": "x", "date": "2023"},
        {"doi": "10.5555/a"},
    )

    assert (paper.doi, paper.arxiv) == ("10.5555/a", "2301.00001")


def test_an_id_of_a_record_itself_stays() -> None:
    (paper,) = merge({"id": "stones", "doi": "10.5555/a"}, {"doi": "10.5555/a", "abstract": "x", "date": "2024"})

    assert paper.id == "stones"


def test_contradictions_are_told_in_a_line() -> None:
    assert notes(
        {"doi": "10.5555/a", "abstract": "We count.", "date": "2024", "pmid": 7},
        {"doi": "10.5555/a", "abstract": "We weigh.", "date": "2023", "title": "Pebbles"},
    ) == ["file0 and file1 are one paper, but differ in title, abstract, date; the first is taken"]


def test_what_one_record_only_says_more_exactly_is_no_contradiction() -> None:
    assert not notes(
        {"doi": "10.5555/a", "abstract": "We count.", "date": "2024", "authors": ["Ada Weir"]},
        {"doi": "10.5555/A", "date": "2024-03-09", "title": "Stones in CTs", "authors": ["Weir A"]},
    )


def test_two_papers_cannot_share_an_id() -> None:
    bad: list[InputError] = []
    records = located({"id": "1", "title": "One"}, {"id": "1", "title": "Two", "abstract": "Fuller."})

    for given_order in (records, records[::-1]):
        assert [one.title for one in merged(given_order, bad.append, lambda _: None)] == ["Two"]

    assert [error.place for error in bad] == ["file0", "file0"]
    assert "its id '1' is that of another paper, at file1" in str(bad[0])


_SOME = st.fixed_dictionaries(
    {"title": st.sampled_from(["Stones", "Stones.", "Rivers", "Ponds"])},
    optional={
        "id": st.sampled_from(["x", "y"]),
        "abstract": st.sampled_from(["We count.", "We weigh."]),
        "doi": st.sampled_from(["10.1/a", "10.1/A", "10.1/b", "10.48550/arXiv.2301.00001"]),
        "arxiv": st.sampled_from(["2301.00001", "2301.00001v2", "2301.00002"]),
        "pmid": st.sampled_from(["1", "2"]),
        "openalex": st.sampled_from(["W1", "W2"]),
        "date": st.sampled_from(["2024", "2024-03", "2023"]),
        "authors": st.sampled_from([["Ada Weir"], ["Weir A", "Bo Ford"]]),
        "extra_key": st.sampled_from([1, 10**30, "x"]),
    },
)


@given(st.lists(_SOME, max_size=7), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_records_does_not_matter(records: list[dict[str, object]], random: object) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a Random

    one, other = (_outcome(order) for order in (records, shuffled))

    assert one == other


def _outcome(records: list[dict[str, object]]) -> tuple[list[str], int]:
    bad: list[InputError] = []
    found = merged([Located("file", make_paper(one)) for one in records], bad.append, lambda _: None)
    return sorted(map(repr, found)), len(bad)


@given(st.lists(_SOME, max_size=7))
@settings(deadline=None)
def test_no_two_papers_share_a_key_an_id_or_an_identifier(records: list[dict[str, object]]) -> None:
    papers = list(merged([Located("file", make_paper(one)) for one in records], lambda _: None, lambda _: None))

    for names in ([one.key for one in papers], [one.id for one in papers]):
        assert len(set(names)) == len(names)
    identifiers = [name for paper in papers for name in paper.identifiers]
    assert len(set(identifiers)) == len(identifiers)


def test_merging_what_was_merged_changes_nothing(tmp_path: Path) -> None:
    records = [{"title": "Stones", "doi": "10.5555/a", "n": 10**30}, {"title": "Stones", "abstract": "We count."}]
    path = tmp_path / "papers.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in records), "utf-8")

    once = list(read_papers([str(path)]))

    assert list(read_papers([str(path), str(path)])) == once
    assert once[0].extra == {"n": 10**30}


WEIR: dict[str, object] = {"authors": ["Ada Weir"]}
FORD: dict[str, object] = {"authors": ["Bo Ford", "Cy Mill"]}


@pytest.mark.parametrize(
    ("records", "papers"),
    [
        ([WEIR | {"doi": "10.5555/a"}, FORD], 2),
        ([WEIR | {"doi": "10.5555/a"}, {"authors": ["A. Weir", "Bo Ford"]}], 1),
        ([WEIR | {"doi": "10.5555/a"}, {"authors": ["Weir A"]}, FORD | {"pmid": 7}, {"authors": ["C. Mill"]}], 2),
        ([{"doi": "10.5555/a", "date": "2001"}, {"date": "2019-03"}], 2),
        ([{"doi": "10.5555/a", "date": "2001"}, {"date": "2002-03", **FORD}], 1),
        ([WEIR | {"doi": "10.5555/a", "date": "2001"}, FORD | {"pmid": 7, "date": "2019"}, {"date": "2020"}], 2),
        ([WEIR | {"doi": "10.5555/a", "date": "2019"}, FORD | {"pmid": 7, "date": "2019"}, {"date": "2020"}], 3),
        ([WEIR | {"doi": "10.5555/a"}, {}], 1),
        ([WEIR, FORD], 1),
        ([WEIR | {"doi": "10.5555/a"}, WEIR | {"doi": "10.5555/b"}, WEIR, FORD], 3),
    ],
    ids=[
        *("other people", "shared surname", "two papers", "far years", "near years", "nearest of two"),
        *("nobody knows which", "nothing told", "no identifier", "of two papers or a third"),
    ],
)
def test_a_title_that_many_papers_bear_joins_what_shares_an_author_or_is_near(
    records: Sequence[dict[str, object]], papers: int
) -> None:
    for one in permutations(records):
        assert len(merge(*({"title": "Editorial"} | fields for fields in one))) == papers


def test_a_title_that_says_more_joins_as_before() -> None:
    title: dict[str, object] = {"title": "Pebbles of the upper river in spring"}

    assert len(merge(title | WEIR | {"doi": "10.5555/a"}, title | FORD)) == 1
