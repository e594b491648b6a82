"""What is named once is named throughout."""

import pytest
from spacy.language import Language

from kg.extraction.findings import Concept
from kg.extraction.spreading import spread
from kg.records import Kind

TEXT = (
    "Brook Net for lung nodules\n"
    "A brook net sees lung nodules. Brook Nets and SAM differ; a same sam is no SAM. Lung nodules are nodules."
)


def concept(*surfaces: str, kind: Kind = Kind.METHOD) -> Concept:
    mentions = sorted((TEXT.index(surface), TEXT.index(surface) + len(surface)) for surface in surfaces)
    return Concept(kind, surfaces[0], tuple(mentions), 0.9)


@pytest.mark.parametrize(
    ("surfaces", "found"),
    [
        (["Brook Net"], ["Brook Net", "brook net"]),
        (["SAM"], ["SAM", "SAM"]),
        (["lung nodules"], ["lung nodules", "lung nodules", "Lung nodules"]),
        (["lung nodules", "nodules"], ["lung nodules", "lung nodules", "Lung nodules"]),
    ],
    ids=[
        "a phrase in any case",
        "an acronym as it is written",
        "at sentence starts too",
        "a longer name swallows a shorter one",
    ],
)
def test_a_name_is_found_wherever_it_stands(nlp: Language, surfaces: list[str], found: list[str]) -> None:
    (one,) = spread(nlp.make_doc(TEXT), [concept(*surfaces)])

    assert [TEXT[start:end] for start, end in one.mentions] == found


def test_a_place_that_another_concept_has_is_left(nlp: Language) -> None:
    start = TEXT.index("sees lung nodules")
    task = Concept(Kind.TASK, "seeing", ((start, start + len("sees lung nodules")),), 0.9)

    _, disease = spread(nlp.make_doc(TEXT), [task, concept("lung nodules", kind=Kind.DISEASE)])

    assert [TEXT[start:end] for start, end in disease.mentions] == ["lung nodules", "Lung nodules"]
