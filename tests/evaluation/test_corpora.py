"""Gold that lies on disk in other shapes than ours."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.evaluation import (
    Counts,
    GoldFormat,
    MarkedText,
    entities_of,
    evaluate_spans,
    format_of,
    label_map,
    marked_by,
    one_source,
    read_marked,
    spans_of,
)
from kg.evaluation.corpora import paper_of
from kg.evaluation.tags import spans_of_tags
from kg.records import Annotation, Entity, Interval, Kind, Paper, Role
from tests.evaluation.examples import entity

TEXT = "Is moss good for gout? We asked ferns."
SPANS = [[3, 7, "Plant"], [17, 21, "Ill"], [32, 37, "Plant"]]
TAGGED = """-DOCSTART- -X- O O

# a comment
Moss NN B-NP B-Plant
cures VB B-VP O
acute JJ B-NP B-Ill
gout NN I-NP I-Ill
. . O O

Ferns NN B-NP I-Plant
"""


def marked(tmp_path: Path, content: str) -> list[MarkedText]:
    path = tmp_path / "corpus"
    path.write_text(content, "utf-8")
    return read_marked(one_source(str(path)))


def test_records_with_spans_become_papers_with_spans(tmp_path: Path) -> None:
    record = json.dumps({"id": 7, "text": TEXT, "spans": SPANS, "more": None})

    [found] = marked(tmp_path, f"{record}\n\n")

    assert found.paper == Paper("7", "Is moss good for gout?", "We asked ferns.")
    assert found.spans == {(3, 7, "Plant"), (17, 21, "Ill"), (32, 37, "Plant")}


@pytest.mark.parametrize("gap", [" ", "\t"], ids=["spaces", "tabs"])
def test_tagged_tokens_become_sentences_with_spans(tmp_path: Path, gap: str) -> None:
    first, second = marked(tmp_path, TAGGED.replace(" ", gap))

    assert first == MarkedText(
        Paper("sentence-1", "Moss cures acute gout .", ""), frozenset({(0, 4, "Plant"), (11, 21, "Ill")})
    )
    assert second == MarkedText(Paper("sentence-2", "Ferns", ""), frozenset({(0, 5, "Plant")}))


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ("B-A I-A O B-A B-A", [(0, 2, "A"), (3, 4, "A"), (4, 5, "A")]),
        ("I-A I-A I-B I-A", [(0, 2, "A"), (2, 3, "B"), (3, 4, "A")]),
        ("S-A B-A I-A E-A S-A", [(0, 1, "A"), (1, 4, "A"), (4, 5, "A")]),
        ("U-A B-A L-A O I-A", [(0, 1, "A"), (1, 3, "A"), (4, 5, "A")]),
        ("O B-A-B I-A-B", [(1, 3, "A-B")]),
        ("", []),
    ],
    ids=["BIO", "IOB", "BIOES", "BILOU", "hyphen in a label", "none"],
)
def test_all_schemes_of_tags_are_read(tags: str, spans: list[tuple[int, int, str]]) -> None:
    assert spans_of_tags(tags.split()) == spans


@pytest.mark.parametrize(
    ("text", "title", "abstract"),
    [
        ("One. Two. Three", "One.", "Two. Three"),
        ("One? Two. Three", "One?", "Two. Three"),
        ("One. Two\nThree. Four", "One. Two", "Three. Four"),
        ("One, 1.5 and two", "One, 1.5 and two", ""),
        ("One.", "One.", ""),
        ("One.\n", "One.", ""),
    ],
)
def test_a_text_is_parted_where_its_title_ends(text: str, title: str, abstract: str) -> None:
    assert paper_of("1", text) == Paper("1", title, abstract)


@given(st.text(alphabet="ab.?\n\t 1", max_size=30))
def test_parting_a_text_moves_no_character(text: str) -> None:
    made = paper_of("1", text).text

    assert len(made) - len(text) in {0, 1}
    assert all(one == other or (one.isspace() and other == "\n") for one, other in zip(text, made, strict=False))
    assert sum(one != other for one, other in zip(text, made, strict=False)) <= 1


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"id": "1", "text": "", "spans": []}', GoldFormat.SPANS),
        ('\n{"id": "1", "entities": [{"name": "spans"}]}', GoldFormat.ANNOTATIONS),
        ('{"id": "1", "entities', GoldFormat.ANNOTATIONS),
        ('{"id": "1", "text": "' + "moss " * 20_000 + '", "spans": []}', GoldFormat.ANNOTATIONS),
        ('{"id": "1", "spans": [], "text": "' + "moss " * 20_000, GoldFormat.SPANS),
        ("Moss\tB-Plant", GoldFormat.TAGS),
    ],
)
def test_the_first_record_tells_what_a_file_holds(tmp_path: Path, content: str, expected: GoldFormat) -> None:
    path = tmp_path / "gold"
    path.write_text(content, "utf-8")

    assert format_of(one_source(str(path))) is expected


def test_spans_count_where_both_bounds_and_the_label_are_right() -> None:
    gold = [
        MarkedText(Paper("1", TEXT, ""), frozenset({(3, 7, "Plant"), (17, 21, "Ill"), (32, 37, "Plant")})),
        MarkedText(Paper("2", "gout", ""), frozenset({(0, 4, "Ill")})),
    ]
    found = {
        "1": {(3, 7, "Dataset"), (8, 12, "Dataset"), (17, 21, "Disease"), (17, 20, "Disease"), (0, 2, "Task")},
        "3": {(0, 1, "Disease")},
    }

    outcome = evaluate_spans(gold, found, {"Ill": "Disease", "Plant": "Dataset"})
    less = evaluate_spans(gold, found, {"Ill": "Disease"})

    assert {str(one.measure): one.counts for one in outcome.figures} == {
        "mention.Dataset": Counts(1, 2, 2),
        "mention.Disease": Counts(1, 2, 2),
        "mention.all": Counts(2, 4, 4),
    }
    assert outcome.headline.counts.f1 == 0.5
    assert {str(one.measure): one.counts for one in less.figures} == {
        "mention.Disease": Counts(1, 2, 2),
        "mention.all": Counts(1, 2, 2),
    }


def test_whatever_marks_a_paper_can_be_measured_under_the_labels_of_the_corpus() -> None:
    gold = [MarkedText(paper_of("1", TEXT), frozenset({(3, 7, "Plant"), (17, 21, "Ill")}))]

    def marker(paper: Paper) -> list[tuple[int, int, str]]:
        at = paper.text.index("gout")
        return [(at, at + 4, "Ill")]

    found = marked_by(marker, [text.paper for text in gold])

    assert evaluate_spans(gold, found, {"Ill": "Ill", "Plant": "Plant"}).headline.counts == Counts(1, 1, 2)


def test_mentions_of_a_record_are_spans_under_their_kind() -> None:
    found = spans_of([entity(Kind.DISEASE, "gout", Role.STUDIED), entity(Kind.ANATOMY, "toe", Role.STUDIED)], "gout")

    assert found == {(0, 4, "Disease")}


def test_labels_that_are_names_of_kinds_stand_for_these_unless_told_otherwise() -> None:
    texts = [MarkedText(Paper("1", TEXT, ""), frozenset({(3, 7, "Plant"), (17, 21, "Disease")}))]

    assert label_map({}, texts, "here") == {"Disease": Kind.DISEASE}
    assert label_map({"Plant": Kind.DATASET}, texts, "here") == {"Plant": Kind.DATASET}


@pytest.mark.parametrize(
    ("name", "place", "fault"),
    [
        ("1", (0, 4), ""),
        ("2", (0, 4), "has no entities for the paper '1'"),
        ("1", (0, 99), "paper '1': the mention [0, 99] of 'moss' lies outside its text"),
        ("1", (1, 4), "paper '1': the text at [1, 4] is 'oss', no surface of 'moss'"),
    ],
    ids=["good", "another paper", "outside", "another text"],
)
def test_entities_are_given_only_for_the_text_they_were_made_of(name: str, place: Interval, fault: str) -> None:
    moss = Entity(Kind.ANATOMY, "moss", ("moss", "Moss"), Role.STUDIED, (place,))
    annotations, papers, bad = {name: Annotation(name, (moss,))}, [Paper("1", "Moss", "It grows.")], list[str]()

    given = entities_of(annotations, papers, "gold", lambda error: bad.append(str(error).split("; ")[0]))

    assert bad == ([f"gold: {fault}"] if fault else [])
    assert given == ({} if fault else {"1": (moss,)})
