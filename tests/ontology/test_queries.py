"""The named queries: each has its question, knows only terms there are, and answers right on the small valid graph."""

import re
from pathlib import Path
from typing import Final

import pytest
import rdflib
from rdflib.query import ResultRow

from kg.namespaces import KG, PREFIXES
from kg.queries import find_node, named_queries, named_query
from kg.rdf import Literal, NamedNode
from kg.resources import ontology_path
from kg.store import Graph, open_graph

_NAMES = sorted(path.stem for path in ontology_path("queries").glob("*.rq"))
_VALID = Path(__file__).parent / "valid.trig"
_DATA = "https://example.org/kg/id/"

_EXPECTED: Final[dict[tuple[str, str], list[tuple[str, ...]]]] = {
    ("datasets-and-their-users", ""): [
        ("RIVER-4", "introduces", "RIVER-5", "2024-03-09", "BrookNet finds gallstones"),
        ("RIVER-4", "uses", "RIVER-4", "2023", "PondNet, a year before"),
        ("RIVER-4", "uses", "RIVER-4", "2024-03-09", "BrookNet finds gallstones"),
        ("RIVER-5", "introduces", "RIVER-5", "2024-03-09", "BrookNet finds gallstones"),
    ],
    ("datasets-and-their-users", "dataset=RIVER-5"): [
        ("RIVER-5", "introduces", "RIVER-5", "2024-03-09", "BrookNet finds gallstones")
    ],
    ("datasets-introduced", ""): [("RIVER-5", "chest CT", "2024-03-09", "BrookNet finds gallstones")],
    ("evidence-for-claims", "subject=brook"): [
        ("BrookNet finds gallstones", f"{KG.mentions.value}", "CT", KG.background.value, "0.5"),
        ("BrookNet finds gallstones", f"{KG.proposes.value}", "BrookNet", KG.asserted.value, "0.9"),
    ],
    ("evidence-for-claims", "object=BrookNet"): [
        ("BrookNet finds gallstones", f"{KG.proposes.value}", "BrookNet", KG.asserted.value, "0.9"),
    ],
    ("external-matches", ""): [
        (KG.Disease.value, "gallstone"),
        (KG.Disease.value, "gallstone"),
        (KG.Disease.value, "gallstone"),
        (KG.Modality.value, "CT"),
    ],
    ("methods-by-disease-and-modality", "disease=gallbladder disease modality=CT"): [
        ("gallbladder disease", "CT", "U-Net", "2"),
        ("gallbladder disease", "CT", "BrookNet", "1"),
        ("gallbladder disease", "CT", "PondNet", "1"),
        ("gallbladder disease", "CT", "pebble attention", "1"),
    ],
    ("methods-compared", ""): [("BrookNet", "PondNet", "1"), ("PondNet", "BrookNet", "1")],
    ("methods-compared", "method=PondNet"): [("PondNet", "BrookNet", "1")],
    ("methods-per-year", ""): [("2023", "U-Net", "1"), ("2024", "PondNet", "1"), ("2024", "U-Net", "1")],
    ("papers-by-author", "author=Ada Weir"): [
        ("Ada Weir", "2023", "PondNet, a year before"),
        ("Ada Weir", "2024-03-09", "BrookNet finds gallstones"),
    ],
    ("papers-by-disease", "disease=gallbladder disease"): [
        ("gallbladder disease", "gallbladder disease", "2023", "PondNet, a year before"),
        ("gallbladder disease", "gallstone", "2024-03-09", "BrookNet finds gallstones"),
    ],
    ("papers-per-modality", ""): [("CT", "1", "2"), ("chest CT", "1", "1")],
    ("papers-per-modality", "modality=CT"): [("CT", "1", "2")],
    ("papers-retracted", ""): [
        ("A paper that was withdrawn", "its numbers could not be repeated"),
        ("BrookNet finds gallstones", "10.5555/brook.r1"),
    ],
    ("papers-with-code", ""): [("BrookNet finds gallstones", "https://example.org/brook")],
    ("proposals-and-their-parts", "paper=brook"): [
        ("BrookNet finds gallstones", "BrookNet", "pebble attention"),
        ("BrookNet finds gallstones", "pebble attention", ""),
    ],
    ("results-by-metric-and-dataset", "metric=Dice dataset=RIVER-5"): [
        ("Dice", "RIVER-5", "BrookNet", "score", "84.1", "%", "at full size", "BrookNet finds gallstones")
    ],
}
"""First columns of the rows, by query and what is set."""


@pytest.fixture(scope="module")
def graph() -> Graph:
    return open_graph(_VALID)


def test_queries_are_as_many_as_are_tested() -> None:
    assert sorted({name for name, _ in _EXPECTED}) == _NAMES


@pytest.mark.parametrize("name", _NAMES)
def test_query_has_its_question_in_its_first_line(name: str) -> None:
    query = named_query(name)
    first = query.text.splitlines()[0]
    assert first == f"# {query.question}"
    assert query.question.endswith("?")
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)


@pytest.mark.parametrize("name", _NAMES)
def test_query_declares_the_prefixes_it_uses_and_no_other(name: str) -> None:
    text = named_query(name).text
    declared = dict(re.findall(r"^PREFIX (\w+): <(.+)>$", text, re.MULTILINE))
    used = set(re.findall(r"(?<![\w<?])([a-z]+):[A-Za-z]", re.sub(r"(?m)^(#|PREFIX).*$", "", text)))
    assert declared == {prefix: PREFIXES[prefix] for prefix in used}


@pytest.mark.parametrize("name", _NAMES)
def test_query_uses_terms_of_the_ontology_alone(name: str) -> None:
    assert set(re.findall(r"\bkg:(\w+)", named_query(name).text)) <= set(KG)


@pytest.mark.parametrize(("name", "settings"), sorted(_EXPECTED))
def test_query_answers(name: str, settings: str, graph: Graph) -> None:
    pairs = [pair.partition("=") for pair in re.split(r" (?=\w+=)", settings) if pair]
    bindings = {variable: find_node(graph, value, variable=variable) for variable, _, value in pairs}
    expected = _EXPECTED[name, settings]
    rows = [_texts(row)[: len(expected[0])] for row in graph.select(named_query(name).text, bindings)]
    assert rows == expected


def _texts(row: dict[str, NamedNode | Literal | None]) -> tuple[str, ...]:
    return tuple("" if term is None else term.value for term in row.values())


@pytest.mark.parametrize("name", _NAMES)
def test_another_engine_gives_the_same_rows(name: str, graph: Graph) -> None:
    text = named_query(name).text
    other = rdflib.Dataset(default_union=True).parse(_VALID, format="trig").query(text)
    theirs = [tuple("" if term is None else str(term) for term in row) for row in other if isinstance(row, ResultRow)]
    assert sorted(theirs) == sorted(_texts(row) for row in graph.select(text))


@pytest.mark.parametrize("name", _NAMES)
def test_every_variable_to_set_can_be_set(name: str, graph: Graph) -> None:
    for variable in named_query(name).variables:
        assert graph.select(named_query(name).text, {variable: NamedNode(f"{_DATA}none")}) == []


def test_list_of_queries_is_in_order_of_name() -> None:
    assert [query.name for query in named_queries()] == _NAMES
