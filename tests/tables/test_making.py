"""What stands in tables: claims of papers, results, ranks and remarks; and what a user may choose."""

import random
from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from kg.errors import UnknownNameError, UsageError
from kg.records import Annotation, Entity, Kind, Paper, Predicate, Result, Role
from kg.store import Graph
from kg.tables import FORMATS, KINDS, Choice, Document, make_tables
from kg.tables.document import cell_text
from tests.mapping.test_mapping import graph_of
from tests.tables.graphs import two_papers

BROOK, POND = "BrookNet finds gallstones in chest CT", "PondNet, a year before"


@pytest.fixture(scope="module")
def graph() -> Graph:
    return two_papers()


def made(graph: Graph, kind: str, columns: str, *where: tuple[str, str], papers: Sequence[str] = ()) -> Document:
    return make_tables(graph, kind, Choice(tuple(papers), tuple(columns.split()), where))


def texts(document: Document) -> list[list[tuple[str, ...]]]:
    """The rows of each table."""
    return [[tuple(map(cell_text, row)) for row in table.rows] for table in document.tables]


def measured(*results: Result, tasks: Sequence[str] = ("segmentation",), paper: str = "1") -> tuple[Paper, Annotation]:
    """A paper that reports results of methods A and B on RIVER-5."""
    names = [(Kind.METHOD, "A", Role.USED), (Kind.METHOD, "B", Role.USED), (Kind.DATASET, "RIVER-5", Role.USED)]
    names += [(Kind.METRIC, name, Role.REPORTED) for name in ("Dice", "latency", "stoniness")]
    names += [(Kind.TASK, task, Role.ADDRESSED) for task in tasks]
    entities = tuple(Entity(kind, name, (name,), role) for kind, name, role in names)
    return Paper(paper, f"Paper {paper}", "We measure."), Annotation(paper, entities, results=results)


def dice(method: str | None, printed: str, unit: str | None = None) -> Result:
    value = float(printed)
    normalised = round(value / 100, 6) if unit == "%" else value
    return Result(method, "Dice", value, unit, "RIVER-5", printed=printed, normalised=normalised)


def ranks(*records: tuple[Paper, Annotation]) -> list[list[tuple[str, ...]]]:
    return texts(made(graph_of(*records), "leaderboard", "rank method value"))


def test_a_paper_is_a_row_of_what_it_asserts(graph: Graph) -> None:
    columns = "paper year author method part compared dataset modality disease task metric id"

    assert texts(made(graph, "papers", columns)) == [
        [
            (
                *(POND, "2023", "", "PondNet", "", "BrookNet", "RIVER-5", "", "", "segmentation"),
                *("Dice; Hausdorff distance", "pond"),
            ),
            (
                *(BROOK, "2024", "Zoe Weir; Bo Ford", "BrookNet", "pebble attention", "U-Net", "RIVER-5", "chest CT"),
                *("gallstone", "segmentation", "Dice", "brook"),
            ),
        ]
    ]


def test_results_of_a_paper_are_told_in_words_where_they_are_asserted(graph: Graph) -> None:
    [[(cell,)]] = texts(made(graph, "papers", "result", papers=["brook"]))

    assert cell.split("; ") == [
        "Dice 84.10 % on RIVER-5",
        "Dice 80 % on RIVER-5 (baseline of U-Net)",
        "Dice 86 % on RIVER-5 (at full size)",
        "Dice 97.8 on RIVER-5",
        "Dice 4.1 % on RIVER-5 (gain of BrookNet, over U-Net)",
        "Dice 70 %",
    ]


def test_a_paper_leads_to_its_doi(graph: Graph) -> None:
    [table] = made(graph, "papers", "paper").tables

    assert [row[0][0].href for row in table.rows] == ["", "https://doi.org/10.5555/Brook.1"]


def test_parts_that_another_paper_tells_of_are_not_this_papers_claim() -> None:
    method = Entity(Kind.METHOD, "A", ("A",), Role.PROPOSED)
    part = Entity(Kind.METHOD, "B", ("B",), Role.USED)
    other = Annotation("2", (replace(method, role=Role.USED), part), relations=(("B", Predicate.PART_OF, "A"),))
    graph = graph_of((Paper("1", "One", "A."), Annotation("1", (method,))), (Paper("2", "Two", "B in A."), other))

    assert texts(made(graph, "papers", "method part")) == [[("A", ""), ("", "")]]


def test_a_result_is_a_line_with_its_sentence(graph: Graph) -> None:
    document = make_tables(graph, "results", Choice(papers=("10.5555/brook.1",)))

    assert document.title == "7 results of 1 paper"
    sentence = "On RIVER-5, BrookNet reaches a Dice of 84.10 % and U-Net one of 80 %."
    first, _, third, *_ = texts(document)[0]
    assert first == (
        *(
            BROOK,
            "BrookNet",
            "Dice",
            "84.10",
            "%",
            "",
            "RIVER-5",
            "",
            "score",
            "asserted",
            "disagrees with 82 % in another paper",
        ),
        sentence,
    )
    assert third[6:11] == ("RIVER-5", "at full size", "score", "asserted", "")


def test_deviation_and_interval_are_the_spread_of_a_value(graph: Graph) -> None:
    rows = texts(made(graph, "results", "value spread", papers=["pond"]))[0]

    assert rows == [("0.85", "± 0.02"), ("82", ""), ("5.2", ""), ("4", "95 % CI 3.5 to 4.5")]


def test_boards_rank_what_can_be_compared_and_say_why_the_rest_is_not(graph: Graph) -> None:
    document = made(graph, "leaderboard", "condition rank method value unit kind remark")

    assert [table.title for table in document.tables] == [
        "segmentation: Dice on RIVER-5, higher is better",
        "segmentation: Hausdorff distance on RIVER-5, lower is better",
    ]
    assert texts(document) == [
        [
            ("", "1", "PondNet", "0.85", "", "score", ""),
            ("", "2", "BrookNet", "84.10", "%", "score", "disagrees with 82 % in another paper"),
            ("", "3", "BrookNet", "82", "%", "baseline", "disagrees with 84.10 % in another paper"),
            ("", "4", "U-Net", "80", "%", "baseline", ""),
            ("at full size", "1", "BrookNet", "86", "%", "score", ""),
            ("", "", "BrookNet", "99", "%", "score", "not ranked: hypothesised"),
            ("", "", "BrookNet", "97.8", "", "score", "not ranked: no value on the metric's scale"),
            ("over U-Net", "", "BrookNet", "4.1", "%", "gain", "not ranked: gain"),
        ],
        [("", "1", "BrookNet", "4", "mm", "score", ""), ("", "2", "PondNet", "5.2", "mm", "score", "")],
    ]
    assert document.notes == ("On no board: 1 result (dataset not stated 1); kg table results lists them.",)


def test_what_is_repeated_pushes_nobody_down() -> None:
    one = measured(dice("A", "0.9"), dice("B", "0.8"))
    two = measured(dice("A", "90", "%"), paper="2")

    assert ranks(one, two) == [[("1", "A", "0.9"), ("1", "A", "90"), ("2", "B", "0.8")]]


@pytest.mark.parametrize(
    ("first", "second", "disagree"),
    [
        (dice("A", "0.84"), dice("A", "84.1", "%"), False),
        (dice("A", "0.84"), dice("A", "0.85"), True),
        (dice("A", "0.00"), dice("A", "0.30"), True),
        (dice("A", "0.84"), dice("B", "0.85"), False),
        (dice(None, "0.84"), dice(None, "0.85"), False),
        (dice("A", "0.84"), replace(dice("A", "0.85"), condition="in adults"), False),
        (replace(dice("A", "0.84"), condition="In adults"), replace(dice("A", "0.85"), condition="in adults"), True),
    ],
    ids=[
        "rounding",
        "other value",
        "nothing at all",
        "other method",
        "no method",
        "other condition",
        "condition spelt otherwise",
    ],
)
def test_numbers_disagree_if_they_claim_the_same_and_no_rounding_explains_it(
    first: Result, second: Result, disagree: bool
) -> None:
    graph = graph_of(measured(first), measured(second, paper="2"))

    remarks = [remark for (remark,) in texts(made(graph, "results", "remark"))[0]]
    others = [f"disagrees with {one.printed} in another paper" for one in (second, first)]
    assert remarks == (others if disagree else ["", ""])


@pytest.mark.parametrize(
    "result",
    [
        replace(dice("A", "0.8"), value_max=0.9),
        replace(dice("A", "0.8"), comparator=">="),
        replace(dice("A", "1.2"), normalised=1.2),
        replace(dice("A", "12"), normalised=None),
        replace(dice("A", "0.8"), metric="stoniness"),
        replace(dice("A", "0.8"), metric="words"),
        replace(dice("A", "0.8"), dataset=None),
    ],
    ids=["range", "bound", "off scale", "no scale", "metric without direction", "metric in words", "no dataset"],
)
def test_what_cannot_be_compared_has_no_rank(result: Result) -> None:
    assert ranks(measured(result)) == []


def test_a_record_without_a_normalised_value_is_ranked_by_the_range_of_its_metric() -> None:
    assert ranks(measured(replace(dice("A", "80", "%"), normalised=None), dice("B", "0.9"))) == [
        [("1", "B", "0.9"), ("2", "A", "80")]
    ]


def test_values_counted_in_other_units_are_ranked_apart() -> None:
    time = replace(dice("A", "5", "s"), metric="latency", normalised=5)
    other = replace(time, method="B", printed="40", unit="ms", value=40, normalised=0.04)
    share = replace(time, method="B", printed="2", unit="%", value=2, normalised=0.02)

    assert sorted(ranks(measured(time, other, share))[0]) == [("1", "B", "2"), ("1", "B", "40"), ("2", "A", "5")]


def test_a_result_is_on_the_board_of_each_task_but_no_board_is_shown_twice() -> None:
    both = measured(dice("A", "0.8"), tasks=("segmentation", "grading"))
    one = measured(dice("B", "0.9"), tasks=("grading",), paper="2")

    assert [table.facts[0] for table in made(graph_of(both), "leaderboard", "rank").tables] == ["grading; segmentation"]
    assert [table.facts[0] for table in made(graph_of(both, one), "leaderboard", "rank").tables] == ["grading"]


def test_a_board_is_named_after_the_narrowest_task_its_results_share() -> None:
    one = measured(dice("A", "0.8"), tasks=("segmentation", "liver segmentation"))
    two = measured(dice("B", "0.9"), tasks=("segmentation", "kidney segmentation"), paper="2")

    assert made(graph_of(one), "leaderboard", "rank").tables[0].facts[0] == "liver segmentation"
    assert made(graph_of(one, two), "leaderboard", "rank").tables[0].facts[0] == "segmentation"


def test_numbers_of_one_paper_that_disagree_are_said_to_stand_there() -> None:
    [rows] = texts(made(graph_of(measured(dice("A", "0.8"), dice("A", "0.9"))), "results", "remark"))

    assert rows == [("disagrees with 0.9 in the same paper",), ("disagrees with 0.8 in the same paper",)]


def test_different_tasks_are_ranked_apart() -> None:
    one = measured(dice("A", "0.8"), tasks=("grading",))
    two = measured(dice("B", "0.9"), tasks=("counting",), paper="2")

    assert ranks(one, two) == [[("1", "B", "0.9")], [("1", "A", "0.8")]]


def test_rows_are_chosen_by_any_name_of_a_concept_and_by_what_is_broader(graph: Graph) -> None:
    for value in ("chest computed tomography", "CT", "https://example.org/kg/id/modality/chest-ct"):
        assert texts(made(graph, "papers", "id", ("modality", value))) == [[("brook",)]]
    assert texts(made(graph, "results", "value", ("method", "brooknet"), ("metric", "Dice"), ("year", "2023"))) == [
        [("82",)]
    ]


def test_no_row_may_be_left(graph: Graph) -> None:
    assert texts(made(graph, "papers", "id", ("modality", "CT"), ("year", "2023"))) == [[]]


def test_papers_are_shown_in_the_order_given(graph: Graph) -> None:
    for names in ([BROOK, "pond"], ["brook", POND], ["10.5555/BROOK.1", "pond"]):
        assert texts(made(graph, "papers", "id", papers=names)) == [[("brook",), ("pond",)]]


def test_columns_are_shown_once_in_the_order_given(graph: Graph) -> None:
    assert [head.name for head in made(graph, "papers", "id paper id").heads] == ["id", "paper"]


@pytest.mark.parametrize(
    ("kind", "choice", "message"),
    [
        ("graph", Choice(), "unknown kind of table 'graph'; known: leaderboard, papers, results"),
        ("papers", Choice(columns=("datasets",)), "unknown column 'datasets'; did you mean dataset?"),
        ("papers", Choice(where=(("size", "3"),)), "unknown column 'size'"),
        ("papers", Choice(where=(("rank", "1"),)), "unknown column 'rank'"),
        ("papers", Choice(where=(("dataset", "RIVER-4"),)), "no dataset here is 'RIVER-4'; did you mean 'RIVER-5'?"),
        ("results", Choice(where=(("year", "1999"),)), "no year here is '1999'"),
        ("papers", Choice(papers=("lake",)), "no paper in the graph is named 'lake'"),
        ("papers", Choice(papers=("PondNet, a year befor",)), "did you mean 'PondNet, a year before'?"),
    ],
)
def test_a_wrong_choice_is_told(graph: Graph, kind: str, choice: Choice, message: str) -> None:
    with pytest.raises((UnknownNameError, UsageError)) as caught:
        make_tables(graph, kind, choice)

    assert message in str(caught.value)


def test_a_title_of_two_papers_names_neither() -> None:
    graph = graph_of(measured(paper="1"), (replace(measured()[0], id="2", doi="10.1/2"), measured(paper="2")[1]))

    with pytest.raises(UsageError, match="'Paper 1' names 2 papers; give one of their IRIs"):
        make_tables(graph, "papers", Choice(papers=("Paper 1",)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("format_name", FORMATS)
def test_the_same_graph_gives_the_same_bytes(graph: Graph, kind: str, format_name: str) -> None:
    quads = list(graph.quads())
    random.Random(1).shuffle(quads)
    write = FORMATS[format_name]

    assert write(make_tables(Graph.of(quads), kind, Choice())) == write(make_tables(graph, kind, Choice()))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("format_name", FORMATS)
def test_an_empty_graph_makes_an_empty_table(kind: str, format_name: str) -> None:
    assert FORMATS[format_name](make_tables(Graph.of([]), kind, Choice()))
