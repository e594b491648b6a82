"""The ledger as SSSOM: what is written comes back through the library, and is the same whatever the order."""

from io import StringIO
from pathlib import Path

import sssom_pydantic
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ledger import Decision, Justification, Match, Row, parse_decisions, sssom_of, with_rows, without

BASE = "https://lab.example/kg/"
FILE = Path("decisions.sssom.tsv")
IRIS = st.sampled_from(
    f"{BASE}method/brook {BASE}method/β-net https://example.org/kg/id/modality/ct https://orcid.org/x "
    "http://purl.obolibrary.org/obo/DOID_1324 https://other.example/terms#a".split()
)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8).filter(
    lambda text: "|" not in text
)
ROWS = st.builds(
    Row,
    subject=IRIS,
    object=IRIS,
    match=st.sampled_from(Match),
    negated=st.booleans(),
    subject_label=WORDS,
    object_label=WORDS,
    justification=st.sampled_from(Justification),
    confidence=st.integers(0, 100).map(lambda number: number / 100),
    author=WORDS,
    comment=WORDS,
)


@settings(deadline=None, max_examples=40)
@given(st.lists(ROWS, max_size=6))
def test_the_library_reads_what_is_exported(rows: list[Row]) -> None:
    data = sssom_of(rows, BASE)

    read = sssom_pydantic.read(StringIO(data.decode()))

    told = {
        (
            read.converter.expand(one.subject.curie),
            read.converter.expand(one.object.curie),
            one.subject.name,
            one.negated,
        )
        for one in read.mappings
    }
    assert told == {(row.subject, row.object, row.subject_label, row.negated) for row in rows}
    assert len(read.mappings) == len(set(rows))
    assert data == sssom_of(reversed(rows), BASE)


@settings(deadline=None, max_examples=40)
@given(st.lists(ROWS, max_size=4), st.data())
def test_decisions_come_back_as_they_were_written_and_leave_no_trace(rows: list[Row], data: st.DataObject) -> None:
    rows = [row for row in rows if row.subject != row.object and not row.negated]
    first = with_rows(b"", [], BASE, "2024-01-31")

    file = first
    for row in rows:
        file = with_rows(file, [row], BASE, "2024-01-31")

    read = parse_decisions(file, FILE, BASE)
    assert [one.row.claim for one in read] == [row.claim for row in rows]
    assert [(one.row.author, one.row.comment, one.row.confidence) for one in read] == [
        (row.author, row.comment, row.confidence) for row in rows
    ]
    gone = data.draw(st.sets(st.sampled_from([one.line for one in read]))) if rows else set()
    left = parse_decisions(without(file, gone), FILE, BASE)
    assert [one.row for one in left] == [one.row for one in read if one.line not in gone]
    assert without(file, {one.line for one in read}) == first


def test_the_place_of_a_decision_is_its_line_whatever_stands_between() -> None:
    text = with_rows(b"", [Row(f"{BASE}a", f"{BASE}b", comment="one")], BASE, "2024-01-31").decode()
    first = text.count("\n")
    data = f'{text}\n\t\t\n{BASE}c\t"two\nlines"\tskos:exactMatch\t\t{BASE}d\t\tsemapv:ManualMappingCuration\n'
    data = with_rows(data.encode(), [Row(f"{BASE}e", f"{BASE}f")], BASE, "2024-01-31").decode()

    lines = [one.line for one in parse_decisions(data.encode(), FILE, BASE)]

    assert lines == [first, first + 3, first + 5]
    left = without(data.encode(), {first + 3}).decode().splitlines()
    assert left == [line for number, line in enumerate(data.splitlines(), start=1) if number - first not in {3, 4}]


def test_a_decision_is_what_it_says_not_why() -> None:
    one, other = (Row("a", "b", comment=comment) for comment in ("x", "y"))

    assert Decision(one, "f:1").row.claim == Decision(other, "f:2").row.claim
