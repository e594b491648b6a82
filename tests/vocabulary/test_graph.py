"""A graph with added vocabularies: found in the texts, linked, and gone without a trace when removed."""

from pathlib import Path

import pytest

from kg.exporters import exporter
from kg.extraction import extract, load_pipeline
from kg.pipeline import BuildReport, added_vocabularies, build
from kg.records import Kind, Paper
from kg.settings import Settings
from kg.store import GraphDirectory, open_graph
from kg.vocabulary import AddedVocabularies, Choice

FAST = Settings(fast=True)
PAPER = Paper(
    id="reeds",
    title="Reedy fever on chest CT",
    abstract=(
        "We propose a U-Net for cattail-induced ague. Marsh reed fever (MRF) is rare; MRF spreads. In pneumonia no "
        "table helps."
    ),
)
TABLE = (
    "id,label,synonyms,broader,exactMatch\n"
    "POND:1,reed fever,reedy fever|cattail-induced ague,DOID:552,MESH:D999999\n"
    "POND:2,marsh reed fever,MRF,POND:1,\n"
    "DOID:552,lung reeds,table,,\n"
)
OBO = "http://purl.obolibrary.org/obo/"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "ponds.csv"
    path.write_text(TABLE, "utf-8")
    return path


def make(path: Path) -> BuildReport:
    return build([PAPER], GraphDirectory(path), settings=FAST)


def exports(path: Path) -> list[bytes]:
    graph = open_graph(path)
    return [exporter(kind)(graph) for kind in ("turtle", "trig")]


def test_a_mention_is_linked_to_an_added_concept_under_its_own_iri(table: Path, tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path / "graph")
    AddedVocabularies(directory.vocabularies).add(table, Choice(kind=Kind.DISEASE))

    make(directory.path)

    rows = open_graph(directory.path).select(
        "SELECT ?d ?l ?above ?match { ?d a kg:Disease ; skos:prefLabel ?l OPTIONAL { ?d skos:broader ?above }"
        " OPTIONAL { ?d skos:exactMatch ?match } FILTER CONTAINS(STR(?d), 'POND_') }"
    )
    told = sorted(tuple(term.value if term else None for term in row.values()) for row in rows)
    pneumonia = "https://example.org/kg/id/disease/pneumonia"
    assert told == [
        (f"{OBO}POND_1", "reed fever", pneumonia, "http://id.nlm.nih.gov/mesh/D999999"),
        (f"{OBO}POND_2", "marsh reed fever", f"{OBO}POND_1", None),
    ]


def test_added_names_are_found_in_texts(table: Path, tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path / "graph")
    AddedVocabularies(directory.vocabularies).add(table, Choice(kind=Kind.DISEASE))
    settings = Settings(fast=True, vocabularies=added_vocabularies(directory.path))

    without, with_them = (extract(load_pipeline(settings=one), PAPER) for one in (FAST, settings))

    diseases = {one.name: set(one.surfaces) for one in with_them.entities if one.type is Kind.DISEASE}
    assert diseases == {
        "reed fever": {"Reedy fever", "cattail-induced ague"},
        "marsh reed fever": {"Marsh reed fever", "MRF"},
        "pneumonia": {"pneumonia"},
    }
    assert "cattail-induced ague" not in {surface for one in without.entities for surface in one.surfaces}


def test_a_changed_vocabulary_has_the_papers_read_again(table: Path, tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path / "graph")
    added = AddedVocabularies(directory.vocabularies)
    first = make(directory.path)
    added.add(table, Choice(kind=Kind.DISEASE))
    second, third = make(directory.path), make(directory.path)
    table.write_text(TABLE + "POND:3,root fever,,,\n", "utf-8")
    assert added.add(table, Choice(kind=Kind.DISEASE)).replaced

    fourth = make(directory.path)

    assert [one.again for one in (first, second, third, fourth)] == [0, 1, 0, 1]


def test_removing_a_vocabulary_restores_the_exports_byte_for_byte(table: Path, tmp_path: Path) -> None:
    directory = GraphDirectory(tmp_path / "graph")
    make(directory.path)
    former = exports(directory.path)
    added = AddedVocabularies(directory.vocabularies)

    added.add(table, Choice(kind=Kind.DISEASE))
    make(directory.path)
    other = exports(directory.path)
    added.remove("ponds")
    make(directory.path)

    assert other != former
    assert exports(directory.path) == former


def test_workers_and_the_place_of_the_graph_change_nothing(table: Path, tmp_path: Path) -> None:
    made = []
    for name, workers in (("a", 1), ("b", 2)):
        directory = GraphDirectory(tmp_path / name)
        AddedVocabularies(directory.vocabularies).add(table, Choice(kind=Kind.DISEASE))
        papers = [PAPER, Paper(id="roots", title="Roots", abstract="Reedy fever is seen on MRI.")]
        build(papers, directory, settings=FAST, workers=workers)
        made.append(exports(directory.path))

    assert made[0] == made[1]
