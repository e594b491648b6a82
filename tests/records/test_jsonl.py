import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import RecordError
from kg.records import Paper, decode_annotation, decode_paper, encode
from tests.cases import ANNOTATION, PAPER

ENTITY = {"type": "Method", "name": "U-Net", "surfaces": ["U-Net"], "role": "used"}


def annotation(**fields: object) -> str:
    return json.dumps({"id": "a", "entities": [ENTITY], "relations": [], "results": [], "sizes": [], **fields})


def test_a_paper_survives_its_own_json() -> None:
    assert decode_paper(encode(PAPER)) == PAPER


def test_an_annotation_survives_its_own_json() -> None:
    assert decode_annotation(encode(ANNOTATION)) == ANNOTATION


@given(st.text(min_size=1).filter(str.strip), st.text(min_size=1).filter(str.strip))
def test_any_text_survives_json_with_its_offsets(title: str, abstract: str) -> None:
    paper = Paper("x", title, abstract)

    assert decode_paper(encode(paper)).text == paper.text


def test_a_lone_surrogate_is_replaced_one_for_one() -> None:
    paper = decode_paper(r'{"title": "a\ud800b", "abstract": "c"}')

    assert paper.text == "a\N{REPLACEMENT CHARACTER}b\nc"


@pytest.mark.parametrize(
    ("record", "paper_id", "key"),
    [
        ({"doi": "https://doi.org/10.1/X", "pmid": 7}, "10.1/X", "doi/10.1%2Fx"),
        ({"arxiv": "arXiv:2301.00001v2"}, "2301.00001v2", "arxiv/2301.00001"),
        ({"arxiv": "math.GT/0309136v2"}, "math.GT/0309136v2", "arxiv/math.gt%2F0309136"),
        ({"doi": "10.48550/arXiv.2301.00001"}, "10.48550/arXiv.2301.00001", "arxiv/2301.00001"),
        ({"pmid": "7"}, "7", "pmid/7"),
        ({"openalex": "https://openalex.org/w7"}, "W7", "openalex/W7"),
        ({}, "a-b", "title/a-b-"),
        ({"id": 12}, "12", "title/a-b-"),
    ],
    ids=[
        "doi first",
        "arxiv without version",
        "old arxiv",
        "arxiv by its doi",
        "pmid",
        "openalex",
        "title",
        "number as id",
    ],
)
def test_identity_falls_back_from_doi_to_title(record: dict[str, object], paper_id: str, key: str) -> None:
    paper = decode_paper(json.dumps({"title": "A b", "abstract": "c", **record}))

    assert paper.id == paper_id
    assert paper.key.startswith(key)


def test_titles_that_differ_only_in_case_and_hyphens_are_one_paper() -> None:
    assert Paper("1", "Deep-Learning of Stones", "x").key == Paper("2", "Deep learning of stones", "y").key


def test_plain_names_serve_as_authors() -> None:
    paper = decode_paper('{"title": "t", "abstract": "a", "authors": ["Ada Weir", {"name": "Bo", "orcid": null}]}')

    assert [author.name for author in paper.authors] == ["Ada Weir", "Bo"]


@pytest.mark.parametrize("fields", ['"year": 2024', '"date": 2024', '"date": "2024"', '"date": null, "year": "2024"'])
def test_a_year_is_a_date(fields: str) -> None:
    assert decode_paper(f'{{"title": "t", "abstract": "a", {fields}}}').date == "2024"


@pytest.mark.parametrize("fields", ["", ', "abstract": null', ', "abstract": " "'])
def test_a_paper_may_have_no_abstract(fields: str) -> None:
    assert decode_paper(f'{{"title": "t"{fields}}}').abstract == ""


def test_null_is_no_value() -> None:
    assert decode_paper('{"title": "t", "abstract": "a", "authors": null, "links": null}').authors == ()


def test_a_title_without_words_still_tells_papers_apart() -> None:
    one, other = (decode_paper(json.dumps({"title": title, "abstract": "a"})) for title in ("{}", "$$"))

    assert one.id
    assert one.key != other.key


def test_unknown_keys_are_kept() -> None:
    line = annotation(reviewer="me", entities=[{**ENTITY, "note": "sure"}])

    written = json.loads(encode(decode_annotation(line)))

    assert written["reviewer"] == "me"
    assert written["entities"][0]["note"] == "sure"


@pytest.mark.parametrize("date", ["2023", "2023-06", "2023-06-03"])
def test_a_date_keeps_its_precision_and_loses_the_time_of_day(date: str) -> None:
    for printed in (date, f"{date}T10:00:00Z"):
        paper = decode_paper(json.dumps({"title": "t", "abstract": "a", "date": printed}))
        assert paper.date == date


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("nonsense", ""),
        ("[1]", ""),
        ('"text"', ""),
        ("[" * 100_000, ""),
        ('{"abstract": "a"}', "title"),
        ('{"title": "t", "abstract": 4}', "abstract"),
        ('{"title": "t", "abstract": "a", "authors": [{"affiliation": "A"}]}', "authors[0]"),
        ('{"title": "t", "abstract": "a", "authors": [""]}', "authors"),
        ('{"title": "t", "abstract": "a", "authors": [{"name": "A", "orcid": "x> <y"}]}', "authors.orcid"),
        ('{"title": "t", "abstract": "a", "doi": "soon"}', "doi"),
        ('{"title": "t", "abstract": "a", "openalex": "A12"}', "openalex"),
        ('{"title": "t", "abstract": "a", "n": NaN}', ""),
        ('{"title": "t", "abstract": "a", "title": "u"}', ""),
        ('{"title": "t", "abstract": "a", "deep": ' + "[" * 900 + "]" * 900 + "}", ""),
        ('{"title": "t", "abstract": "a", "date": 20240}', "date"),
        ('{"title": "t", "abstract": "a", "date": "June 2023"}', "date"),
        ('{"title": "t", "abstract": "a", "date": "2023-02-30"}', "date"),
    ],
    ids=[
        "no json",
        "list",
        "string",
        "deep nesting",
        "no title",
        "number",
        "author without name",
        "author with no letters",
        "orcid",
        "doi",
        "openalex",
        "not a number",
        "key twice",
        "deep within",
        "date",
        "in words",
        "no such day",
    ],
)
def test_a_bad_paper_names_the_field(line: str, field: str) -> None:
    with pytest.raises(RecordError) as caught:
        decode_paper(line)

    assert caught.value.field == field


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (annotation(entities=[{**ENTITY, "type": "Gene"}]), "entities[0].type"),
        (annotation(entities=[{**ENTITY, "role": "studied"}]), "entities[0].role"),
        (annotation(entities=[ENTITY, ENTITY]), "entities[1].name"),
        (annotation(entities=[{**ENTITY, "name": "$"}]), "entities[0].name"),
        (annotation(relations=[["U-Net", "partOf", "V-Net"]]), "relations[0]"),
        (annotation(relations=[["U-Net", "likes", "U-Net"]]), "relations[0][1]"),
        (annotation(results=[{"method": None, "metric": "Dice", "value": "many"}]), "results[0].value"),
    ],
    ids=[
        "kind",
        "role of another kind",
        "name twice",
        "name without a letter",
        "unknown name",
        "unknown predicate",
        "value",
    ],
)
def test_a_bad_annotation_names_the_field(line: str, field: str) -> None:
    with pytest.raises(RecordError) as caught:
        decode_annotation(line)

    assert caught.value.field == field
