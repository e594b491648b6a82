"""Whatever format the papers of ``examples/`` come in, the same is read off them, and the same graph is made."""

from collections.abc import Mapping
from typing import Final

import pytest
from msgspec.structs import replace

from kg.linking import link
from kg.mapping import Iris, Run, paper_quads, statements_of
from kg.namespaces import DATA_IRI, KG
from kg.pipeline import annotate
from kg.rdf import Quad
from kg.readers import read_papers
from kg.records import Annotation, Paper, encode
from kg.settings import Settings
from kg.vocabulary import shipped_vocabulary
from tests.cases import SAMPLE
from tests.readers.citations import WRITERS
from tests.readers.writers import pubmed_xml

SIX: Final = {name: WRITERS[name] for name in ("bibtex", "ris", "csl-json", "nbib", "csv")} | {"pubmed": pubmed_xml}
RULES: Final = Settings(fast=True)


@pytest.fixture(scope="module")
def formats(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Paper]]:
    """The 38 papers, as read from each of six files; all six formats hold a DOI and a PMID, so they have one."""
    sample = [
        replace(paper, id=f"10.5555/sample.{number}", doi=f"10.5555/sample.{number}", pmid=str(number))
        for number, paper in enumerate(read_papers([str(SAMPLE)]), start=1)
    ]
    folder, read = tmp_path_factory.mktemp("formats"), {}
    for name, write in SIX.items():
        path = folder / name
        path.write_text(write(sample), "utf-8")
        read[name] = list(read_papers([str(path)]))
    return read


@pytest.fixture(scope="module")
def annotations(formats: Mapping[str, list[Paper]]) -> list[Annotation]:
    return list(annotate(formats["bibtex"], settings=RULES))


def test_the_texts_to_read_are_byte_identical(formats: Mapping[str, list[Paper]]) -> None:
    texts = {name: [paper.text.encode() for paper in papers] for name, papers in formats.items()}

    assert len(texts["bibtex"]) == 38
    assert texts == dict.fromkeys(SIX, texts["bibtex"])


@pytest.mark.parametrize("name", SIX)
def test_annotations_are_byte_identical_but_for_the_id(
    formats: Mapping[str, list[Paper]], annotations: list[Annotation], name: str
) -> None:
    """Shown on some of the papers: an annotation is made of the text alone, and the texts are the same."""
    some = slice(list(SIX).index(name), None, 13)

    made = annotate([replace(paper, id="x") for paper in formats[name][some]], settings=RULES)

    assert [*map(encode, made)] == [encode(replace(one, id="x")) for one in annotations[some]]


def test_titles_authors_dates_identifiers_and_claims_make_equal_graphs(
    formats: Mapping[str, list[Paper]], annotations: list[Annotation]
) -> None:
    """Left out is what some formats cannot say: whether a list of authors is cut."""
    linking, run = link(annotations, shipped_vocabulary(), DATA_IRI, []), Run("1", "v", "c", None)

    def graph(paper: Paper, annotation: Annotation) -> set[Quad]:
        paper, nodes = replace(paper, id=annotation.id), linking.nodes_of(annotation.id)
        statements = statements_of(paper, annotation, nodes, Iris(DATA_IRI))
        quads = paper_quads(paper, annotation, statements, nodes, run, Iris(DATA_IRI))
        return {quad for quad in quads if quad.predicate != KG.authorsComplete}

    expected = list(map(graph, formats["bibtex"], annotations))
    assert sum(map(len, expected)) > 38 * 100
    for name, papers in formats.items():
        for number, (ours, theirs) in enumerate(zip(map(graph, papers, annotations), expected, strict=True)):
            assert ours ^ theirs == set(), f"{name}, paper {number}"
