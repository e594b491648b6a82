"""Names that are one concept after all are joined, others are not."""

import pytest

from kg.extraction.findings import Concept
from kg.extraction.variants import joined
from kg.records import Kind

TEXT = "Quiet Lake Routing beats QLR, quiet-lake routing, QLR networks, QRL and Alder. Alder networks win."


def concept(name: str, *surfaces: str, kind: Kind = Kind.METHOD, iri: str = "") -> Concept:
    found = [(TEXT.index(one), TEXT.index(one) + len(one)) for one in surfaces or (name,)]
    return Concept(kind, name, tuple(found), 0.5, iri)


LAKE = concept("Quiet Lake Routing")


@pytest.mark.parametrize(
    "other",
    [concept("quiet-lake routing"), concept("QLR"), concept("Alder network", "Alder networks")],
    ids=["spelling", "initials", "head"],
)
def test_variants_are_joined(other: Concept) -> None:
    fuller = concept("Alder") if "Alder" in other.name else LAKE

    (one,) = joined(TEXT, [fuller, other])

    assert one.mentions == tuple(sorted({*fuller.mentions, *other.mentions}))


@pytest.mark.parametrize(
    "other",
    [
        concept("QRL"),
        concept("QLR", kind=Kind.DATASET),
        concept("QLR", "QLR networks"),
        concept("Alder"),
        concept("quiet-lake routing", iri="urn:other"),
    ],
    ids=["other initials", "another kind", "more than initials", "another name", "another concept of the vocabulary"],
)
def test_others_are_not(other: Concept) -> None:
    lake = concept("Quiet Lake Routing", iri="urn:lake")

    assert joined(TEXT, [lake, other]) == tuple(sorted([lake, other], key=lambda one: one.mentions))


def test_initials_of_two_names_are_neither() -> None:
    other = concept("Quick Leaf Reading", "QRL")

    assert len(joined(TEXT, [LAKE, other, concept("QLR")])) == 3
