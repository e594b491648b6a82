"""Rows of the ledger that cannot be acted on are named with file and line, and change nothing."""

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.records import Kind
from kg.store import GraphDirectory
from tests.deciding.cases import exports, graph_of, node, paper, rewrite

HEAD = (
    "#curie_map:\n#  id: https://example.org/kg/id/\n#mapping_set_id: https://example.org/kg/id/decisions\n"
    "subject_id\tpredicate_id\tpredicate_modifier\tobject_id\tmapping_justification\tconfidence\n"
)


def row(subject: str, target: str, modifier: str = "", *, predicate: str = "skos:exactMatch", sure: str = "1") -> str:
    return f"{subject}\t{predicate}\t{modifier}\t{target}\tsemapv:ManualMappingCuration\t{sure}\n"


GOOD = row("id:method/a1", "id:method/b1")


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> GraphDirectory:
    names = ("A1", "B1", "C1", "D1")
    records = [paper(name, (Kind.METHOD, name), (Kind.MODALITY, "CT")) for name in names]
    return graph_of(tmp_path_factory.mktemp("bad") / "graph", *records)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + GOOD + row("id:method/zz", "id:method/a1"), "tsv:6: names an unknown concept, <.*/method/zz>"),
        (HEAD + "\n" + row("id:method/a1", "id:modality/ct"), "tsv:6: is about .* a Method, and .* a Modality"),
        (HEAD + GOOD + row("id:method/b1", "id:method/a1", "Not"), "tsv:6: keeps apart .*tsv:5 joins"),
        (
            HEAD + row("id:method/a1", "id:method/c1", "Not") + GOOD + row("id:method/c1", "id:method/b1"),
            "tsv:5: keeps apart .*tsv:6, .*tsv:7 joins",
        ),
        (HEAD + row("id:method/a1", "id:method/a1"), "tsv:5: id:method/a1 is both ends"),
        (HEAD + row("id:method/a1", ""), r"tsv:5: is no row of SSSOM \(object_id: Field required\)"),
        (HEAD + GOOD + row("id:method/a1", "id:method/c1", sure="7"), r"tsv:6: is no row of SSSOM \(confidence"),
        (HEAD + row("id:method/a1", "id:method/c1", "Perhaps"), r"tsv:5: is no row of SSSOM \(predicate_modifier"),
        (HEAD + row("what:a1", "id:method/c1"), "tsv:5: the prefix of 'what:a1' is not in curie_map"),
        (HEAD + row("id:method/a1", "id:method/c1", predicate="skos:closeMatch"), "tsv:5: skos:closeMatch is none of"),
        ("#curie_map: [1\n" + HEAD, "tsv: is no SSSOM file"),
        ("subject_id\tobject_id\n", "tsv:1: the column mapping_justification is missing"),
        (HEAD + '"' + GOOD, "tsv:5: a quote is opened and not closed"),
        (HEAD + GOOD.replace("\t1\n", '\t"1\n') + GOOD + GOOD.replace("\t1\n", '\t1"\n'), "tsv:5: a quote is opened"),
    ],
    ids=[
        "unknown concept",
        "two kinds, after a blank line",
        "against another",
        "against a chain",
        "with itself",
        "no object",
        "no confidence",
        "no modifier",
        "no prefix",
        "another predicate",
        "no YAML",
        "no columns",
        "a quote never closed",
        "a quote closed rows below",
    ],
)
def test_a_bad_row_is_named_with_its_line(directory: GraphDirectory, text: str, message: str) -> None:
    before = exports(directory)

    with pytest.raises(InputError, match=message) as raised:
        rewrite(directory, text.encode())

    assert "\n" not in str(raised.value)
    assert exports(directory) == before


def test_bytes_that_are_no_text_are_named_with_their_line(directory: GraphDirectory) -> None:
    with pytest.raises(InputError, match="tsv:5: is not UTF-8"):
        rewrite(directory, HEAD.encode() + b"id:method/a\xff\n")


def test_a_file_that_names_no_prefix_of_its_own_may_write_whole_iris(tmp_path: Path) -> None:
    directory = graph_of(tmp_path, paper("a", (Kind.METHOD, "A1")), paper("b", (Kind.METHOD, "B1")))
    base = "https://example.org/kg/id/method"
    columns = "subject_id\tpredicate_id\tobject_id\tmapping_justification\n"
    text = f"{columns}{base}/a1\tskos:exactMatch\t{base}/b1\tsemapv:ManualMappingCuration\n"

    rewrite(directory, text.encode())

    assert node(directory, "a", "A1") == node(directory, "b", "B1")
