"""Laws of linking, whatever the papers and decisions."""

from collections.abc import Mapping
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kg.concepts import Linking
from kg.errors import InputError
from kg.ledger import Decision, Match, Row, check_agreement
from kg.linking import link
from kg.records import Annotation, Entity, Kind, Role
from kg.vocabulary import Vocabulary, read_vocabulary

if TYPE_CHECKING:
    from pathlib import Path

BASE = "https://example.org/kg/id/method/"
TERMS = ("net", "brook-net", "deep-brook-net")
VOCABULARY_TEXT = """
@prefix kg: <https://example.org/kg/ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix m: <https://example.org/kg/id/method/> .
m:net a kg:Method ; skos:prefLabel "net"@en .
m:brook-net a kg:Method ; skos:prefLabel "brook net"@en ; skos:broader m:net .
m:deep-brook-net a kg:Method ; skos:prefLabel "deep brook net"@en ; skos:broader m:brook-net .
"""
NAMES = (
    *("brook net", "Brook-Net", "brooknet", "net", "deep net", "BNet", "BNet v2", "BNetv2", "BNet network", "BN"),
    *(
        "deep brook net",
        "wide deep brook net",
        "wide net",
        "wide BNet",
        "wide deep net",
        "wide net for brook",
        "wide BN",
    ),
    *("wide-level net", "Brook Wide Net", "BWN"),
)
LONG_FORMS = ("", "brook net", "big network", "bigger networks")


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    path: Path = tmp_path_factory.mktemp("vocabulary") / "method.ttl"
    path.write_text(VOCABULARY_TEXT, "utf-8")
    return read_vocabulary([path])


def entity(name: str, long: str, role: Role) -> Entity:
    return Entity(Kind.METHOD, name, (name, long) if long else (name,), role)


ROLES = (Role.USED, Role.PROPOSED)
ENTITIES = st.builds(entity, st.sampled_from(NAMES), st.sampled_from(LONG_FORMS), st.sampled_from(ROLES))
PAPERS = st.lists(
    st.lists(ENTITIES, min_size=1, max_size=4, unique_by=lambda one: one.name), min_size=1, max_size=5
).map(lambda papers: [Annotation(f"p{number}", tuple(found)) for number, found in enumerate(papers)])
CHOICES = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99), st.booleans(), st.sampled_from(Match)), max_size=4)

Choices = list[tuple[int, int, bool, Match]]


def decisions_of(choices: Choices, papers: list[Annotation], vocabulary: Vocabulary) -> list[Decision]:
    """Decisions about names of the papers and terms, of which none contradicts another."""
    iris = sorted({*link(papers, vocabulary).names.values(), *(BASE + term for term in TERMS)})
    pairs = [(iris[one % len(iris)], iris[other % len(iris)], negated, match) for one, other, negated, match in choices]
    decided = [Decision(Row(a, b, match, negated), "here") for a, b, negated, match in pairs if a != b]
    try:
        check_agreement(decided)
    except InputError:
        assume(condition=False)
    return decided


def groups(linking: Linking) -> set[frozenset[str]]:
    together: dict[str, set[str]] = {}
    for name in linking.names.values():
        together.setdefault(linking.node_of[name], set()).add(name)
    return {frozenset(names) for names in together.values()}


def has_cycle(linking: Linking) -> bool:
    def above(iri: str, seen: frozenset[str]) -> bool:
        return iri in seen or any(above(one, seen | {iri}) for one in linking.concepts[iri].broader)

    return any(above(iri, frozenset()) for iri in linking.concepts)


@settings(deadline=None, max_examples=100)
@given(PAPERS, CHOICES, st.randoms(use_true_random=False))
def test_neither_the_order_of_papers_nor_that_of_decisions_matters(
    vocabulary: Vocabulary, papers: list[Annotation], choices: Choices, random: Random
) -> None:
    decisions = decisions_of(choices, papers, vocabulary)
    first = link(papers, vocabulary, decisions=decisions)

    random.shuffle(papers)
    random.shuffle(decisions)
    other = link(papers, vocabulary, decisions=decisions)

    assert (first.concepts, first.iris, first.node_of, first.rows) == (
        other.concepts,
        other.iris,
        other.node_of,
        other.rows,
    )


@settings(deadline=None, max_examples=100)
@given(PAPERS, CHOICES)
def test_decisions_hold_and_nothing_stands_above_itself(
    vocabulary: Vocabulary, papers: list[Annotation], choices: Choices
) -> None:
    decisions = decisions_of(choices, papers, vocabulary)

    linking = link(papers, vocabulary, decisions=decisions)

    for row in (one.row for one in decisions if one.row.match is Match.EXACT):
        first, second = (linking.node_of.get(iri, iri) for iri in (row.subject, row.object))
        assert (first == second) is not row.negated
    assert not has_cycle(linking)
    assert set(linking.iris.values()) <= linking.concepts.keys()
    assert all(above in linking.concepts for one in linking.concepts.values() for above in one.broader)


@settings(deadline=None, max_examples=100)
@given(PAPERS, CHOICES)
def test_which_of_two_names_is_put_first_does_not_matter_where_they_are_joined(
    vocabulary: Vocabulary, papers: list[Annotation], choices: Choices
) -> None:
    decisions = [one for one in decisions_of(choices, papers, vocabulary) if one.row.match is Match.EXACT]
    joining = [one for one in decisions if not one.row.negated]
    turned = [Decision(Row(one.row.object, one.row.subject), one.place) for one in joining]

    first, other = (link(papers, vocabulary, decisions=some) for some in (joining, turned))

    assert (first.iris, first.concepts) == (other.iris, other.concepts)


@settings(deadline=None, max_examples=100)
@given(PAPERS)
def test_papers_that_share_no_key_with_others_are_linked_as_if_alone(
    vocabulary: Vocabulary, papers: list[Annotation]
) -> None:
    others = [Annotation("other", (entity("PondView", "pond of views", Role.USED), entity("pond-view", "", Role.USED)))]

    alone, among = link(papers, vocabulary), link([*papers, *others], vocabulary)

    assert {used: iri for used, iri in among.iris.items() if used[0] != "other"} == alone.iris
    assert groups(alone) <= groups(among)


@settings(deadline=None, max_examples=100)
@given(PAPERS)
def test_the_rows_of_the_ledger_make_the_nodes(vocabulary: Vocabulary, papers: list[Annotation]) -> None:
    linking = link(papers, vocabulary)
    beside: dict[str, set[str]] = {iri: {iri} for iri in linking.node_of}
    for row in linking.rows:
        if row.match is Match.EXACT and not row.negated:
            _unite(beside, row.subject, row.object)

    assert {iri: min(group) for iri, group in beside.items()} == _least(linking.node_of)


def _unite(groups: dict[str, set[str]], one: str, other: str) -> None:
    union = groups[one] | groups[other]
    groups |= dict.fromkeys(union, union)


def _least(node_of: Mapping[str, str]) -> dict[str, str]:
    by_node: dict[str, list[str]] = {}
    for iri, node in node_of.items():
        by_node.setdefault(node, []).append(iri)
    return {iri: min(by_node[node]) for iri, node in node_of.items()}
