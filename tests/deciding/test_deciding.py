"""Decisions of people: what they change, that they last, and that taking them back leaves no trace."""

import shutil
from pathlib import Path

import pytest

from kg.deciding import Question, decide, explain, ledger_of, undo
from kg.errors import InputError, UsageError
from kg.pipeline import remove
from kg.records import Kind
from kg.store import GraphDirectory
from tests.deciding import cases
from tests.deciding.cases import concept, exports, graph_of, paper

RECORDS = (
    paper("a", (Kind.METHOD, "BrookNet"), (Kind.MODALITY, "chest film"), (Kind.DISEASE, "pneumothorax")),
    paper("b", (Kind.METHOD, "Brook-Net"), (Kind.METHOD, "PondNet"), (Kind.MODALITY, "CT")),
    paper("c", (Kind.METHOD, "Pond Network", "PNW"), (Kind.DATASET, "RIVER 2018"), (Kind.METHOD, "U-Net")),
    paper("d", (Kind.METHOD, "QLR", "quiet lake routing"), (Kind.DISEASE, "lung disease")),
    paper("e", (Kind.METHOD, "QLR", "quick log reader"), (Kind.DATASET, "RIVER2018")),
    paper("f", (Kind.METHOD, "SAM", "pond network"), (Kind.METHOD, "QLR")),
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return graph_of(tmp_path_factory.mktemp("deciding") / "graph", *RECORDS).path


@pytest.fixture
def directory(built: Path, tmp_path: Path) -> GraphDirectory:
    shutil.copytree(built, tmp_path / "graph")
    return GraphDirectory(tmp_path / "graph")


def say(directory: GraphDirectory, question: Question, note: str = "") -> None:
    decide(directory, question, author="Ada Weir", note=note, date="2024-01-31")


def node(directory: GraphDirectory, paper_id: str, name: str) -> str:
    return (cases.node(directory, paper_id, name) or "").rpartition("/id/")[2]


def test_two_names_that_a_person_joins_are_one_node_with_the_labels_of_both(directory: GraphDirectory) -> None:
    say(directory, Question("PondNet", "BrookNet"))

    assert node(directory, "b", "PondNet") == node(directory, "a", "BrookNet") == node(directory, "b", "Brook-Net")
    joined = concept(directory, "b", "PondNet")
    assert (joined.label, joined.labels) == ("Brook-Net", ("BrookNet", "PondNet"))


def test_a_name_joined_with_a_concept_of_the_vocabulary_is_that_concept(directory: GraphDirectory) -> None:
    say(directory, Question("chest film", "chest X-ray"))

    joined = concept(directory, "a", "chest film")
    assert joined.term is not None
    assert "chest film" in joined.labels


def test_two_concepts_of_the_vocabulary_can_be_joined_and_the_first_in_order_of_iri_stays(
    directory: GraphDirectory,
) -> None:
    say(directory, Question("lung disease", "pneumothorax"))

    joined = concept(directory, "a", "pneumothorax")
    assert joined.iri == concept(directory, "d", "lung disease").iri
    assert joined.iri not in joined.broader
    assert "pneumothorax" in {joined.label, *joined.labels}


def test_spellings_that_a_person_parts_are_two_nodes(directory: GraphDirectory) -> None:
    assert node(directory, "a", "BrookNet") == node(directory, "b", "Brook-Net")

    say(directory, Question("Brook-Net", "BrookNet", joined=False))

    assert node(directory, "a", "BrookNet") == "method/brooknet"
    assert node(directory, "b", "Brook-Net") == "method/brook-net"


def test_a_name_that_a_person_takes_from_a_concept_of_the_vocabulary_is_a_node_of_its_own(tmp_path: Path) -> None:
    directory = graph_of(tmp_path, paper("a", (Kind.MODALITY, "computed tomography"), (Kind.MODALITY, "CT")))
    assert node(directory, "a", "computed tomography") == "modality/ct"

    say(directory, Question("computed tomography", "CT", joined=False))

    assert node(directory, "a", "computed tomography") == "modality/computed-tomography"
    assert node(directory, "a", "CT") == "modality/ct"


@pytest.mark.parametrize(
    "question",
    [
        Question("PondNet", "BrookNet"),
        Question("Brook-Net", "BrookNet", joined=False),
        Question("pneumothorax", "lung disease", kind=Kind.DISEASE),
    ],
    ids=lambda question: f"{question.first} {'=' if question.joined else '!='} {question.second}",
)
def test_taking_a_decision_back_gives_the_former_graph_byte_for_byte(
    directory: GraphDirectory, question: Question
) -> None:
    formats = ("turtle", "trig", "nquads", "jsonld", "html")
    before, ledger = exports(directory, *formats), ledger_of(directory)
    say(directory, question)
    between = exports(directory)

    undo(directory, Question(question.second, question.first, question.joined, question.kind))

    assert between["nquads"] != before["nquads"]
    assert exports(directory, *formats) == before
    assert ledger_of(directory) == ledger


def test_a_graph_with_decisions_is_the_one_that_its_papers_and_decisions_give(
    directory: GraphDirectory, tmp_path: Path
) -> None:
    say(directory, Question("PondNet", "BrookNet"))
    say(directory, Question("RIVER2018", "RIVER 2018", joined=False))

    again = graph_of(tmp_path / "again", *reversed(RECORDS), decisions=directory.decisions().decode())

    assert exports(again) == exports(directory)
    assert ledger_of(again) == ledger_of(directory)


def test_the_day_of_a_decision_stays_beside_the_graph(directory: GraphDirectory) -> None:
    say(directory, Question("PondNet", "BrookNet"))

    assert b"2024-01-31" in directory.decisions()
    assert not any(b"2024-01-31" in written for written in (*exports(directory).values(), ledger_of(directory)))


def test_a_file_that_somebody_edits_keeps_its_columns_order_and_remarks(directory: GraphDirectory) -> None:
    edited = (
        "#curie_map:\n#  m: https://example.org/kg/id/method/\n#mapping_set_id: https://e.org/ours\n#comment: kept\n"
        "subject_id\tpredicate_id\tobject_id\tmapping_justification\tour_own\r\n"
        "m:pondnet\tskos:exactMatch\tm:brooknet\tsemapv:ManualMappingCuration\tstays\r\n"
    )
    directory.decisions_path.write_bytes(edited.encode())

    say(directory, Question("Brook-Net", "U-Net", joined=False), note="no kin")
    text = directory.decisions().decode()
    assert text.startswith(edited.replace("our_own\r\n", "our_own\t").partition("m:pondnet")[0])
    assert "\tstays\r\n" in text
    assert "no kin" in text
    assert node(directory, "b", "PondNet") == node(directory, "a", "BrookNet")

    undo(directory, Question("Brook-Net", "U-Net", joined=False))
    assert directory.decisions().decode().count("\n") == edited.count("\n")


def test_a_decision_outlives_the_papers_it_is_about(directory: GraphDirectory) -> None:
    say(directory, Question("PondNet", "BrookNet"))
    told = directory.decisions()

    remove(directory, ["b"])

    assert cases.node(directory, "b", "PondNet") is None
    assert directory.decisions() == told
    assert directory.decisions() == told


def test_an_acronym_of_two_senses_must_be_named_by_its_iri(directory: GraphDirectory) -> None:
    with pytest.raises(UsageError, match=r"names 3 things.*qlr--quick-log-reader.*qlr--quiet-lake-routing"):
        say(directory, Question("QLR", "PondNet"))

    say(directory, Question("method/qlr--quick-log-reader", "PondNet"))
    assert node(directory, "e", "QLR") == node(directory, "b", "PondNet") != node(directory, "d", "QLR")


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("PondNett", "BrookNet", "nothing here is named 'PondNett'; did you mean PondNet"),
        ("PondNet", "CT", "PondNet is a Method, CT a Modality"),
        ("Pond Network", "PNW", "are one name"),
        ("https://example.org/none", "CT", "nothing here is named"),
    ],
    ids=["unknown", "two kinds", "one name", "unknown IRI"],
)
def test_names_that_cannot_be_joined(directory: GraphDirectory, first: str, second: str, message: str) -> None:
    before = exports(directory)

    with pytest.raises(UsageError, match=message):
        say(directory, Question(first, second))

    assert exports(directory) == before
    assert directory.decisions() == b""


def test_a_decision_against_another_one_is_refused(directory: GraphDirectory) -> None:
    say(directory, Question("PondNet", "BrookNet"))
    say(directory, Question("U-Net", "PondNet"))
    before, told = exports(directory), directory.decisions()

    with pytest.raises(UsageError, match=r"tsv:\d+: this has been decided"):
        say(directory, Question("BrookNet", "PondNet"))
    with pytest.raises(UsageError, match="has no letter or digit"):
        say(directory, Question("()", "PondNet"))
    with pytest.raises(InputError, match=r"this decision: keeps apart U-Net and BrookNet, which .*tsv:\d+, .*tsv:\d+"):
        say(directory, Question("U-Net", "BrookNet", joined=False))
    with pytest.raises(UsageError, match="nobody decided"):
        undo(directory, Question("PondNet", "BrookNet", joined=False))

    assert (exports(directory), directory.decisions()) == (before, told)


def test_why_same_tells_the_rows_that_join_and_the_papers_of_each_name(directory: GraphDirectory) -> None:
    say(directory, Question("PondNet", "BrookNet"), note="told us so")

    are_one, text = explain(directory, "PondNet", "Brook-Net", kind=None)

    assert are_one
    assert text.splitlines() == [
        "PondNet and Brook-Net are one concept: Brook-Net <https://example.org/kg/id/method/pondnet>",
        "  PondNet = BrookNet (by Ada Weir, ManualMappingCuration, 1): told us so",
        "  BrookNet = Brook-Net (by rule, LexicalMatching, 0.95): one name, spelt in two ways",
        "  Brook-Net <https://example.org/kg/id/method/brook-net>: 1 paper (b)",
        "  PondNet <https://example.org/kg/id/method/pondnet>: 1 paper (b)",
    ]


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("lung disease", "CT", "each is a concept of its own"),
        ("method/qlr--quick-log-reader", "method/qlr--quiet-lake-routing", "the acronym stands for"),
        ("PondNet", "U-Net", "no rule joins them"),
        ("Brook-Net", "BrookNet", "Brook-Net is not BrookNet (by Ada Weir"),
    ],
)
def test_why_same_tells_what_keeps_two_apart(directory: GraphDirectory, first: str, second: str, reason: str) -> None:
    say(directory, Question("Brook-Net", "BrookNet", joined=False))

    are_one, text = explain(directory, first, second, kind=None)

    assert not are_one
    assert reason in text
