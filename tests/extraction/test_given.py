"""Entities that are given are taken as they are, and all else is read off the text with them."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from spacy.language import Language

from kg.extraction import extract, load_pipeline
from kg.pipeline import annotate
from kg.records import ROLES, Annotation, Claim, Entity, Interval, Kind, Paper, Predicate, Role, Status, encode
from kg.settings import Settings
from tests.cases import span

PAPER = Paper(
    id="larch",
    title="LarchNet: Cone Routing for Gallstone Detection in Renal CT",
    abstract=(
        "We propose LarchNet, a U-Net with cone routing. On GLADE-9 it reaches a Dice of 81.5% and beats FirNet by 4%. "
        "A {CNN} is small. Code: https://github.com/larch/net."
    ),
)

LARCH = Entity(Kind.METHOD, "LarchNet", ("LarchNet",), Role.PROPOSED)
U_NET = Entity(Kind.METHOD, "U-Net", ("U-Net",), Role.USED)
FIR = Entity(Kind.METHOD, "FirNet", ("FirNet",), Role.COMPARED)
STONE = Entity(Kind.DISEASE, "gallstone", ("Gallstone",), Role.STUDIED)
FINDING = Entity(Kind.TASK, "gallstone detection", ("Gallstone Detection",), Role.ADDRESSED)
GLADE = Entity(Kind.DATASET, "GLADE-9", ("GLADE-9",), Role.USED)
DICE = Entity(Kind.METRIC, "Dice", ("Dice",), Role.REPORTED)
MOON = Entity(Kind.ANATOMY, "moon", ("moon",), Role.STUDIED)
GIVEN = (MOON, DICE, LARCH, U_NET, FIR, STONE, FINDING, GLADE)


@pytest.fixture(scope="module")
def annotation(nlp: Language) -> Annotation:
    return extract(nlp, PAPER, GIVEN)


def told(entities: Sequence[Entity]) -> list[tuple[Kind, str, tuple[str, ...], Role]]:
    return [(one.type, one.name, one.surfaces, one.role) for one in entities]


def mentions(annotation: Annotation, entity: Entity) -> tuple[Interval, ...]:
    return next(one.mentions for one in annotation.entities if one.name == entity.name)


def test_entities_are_those_given_in_their_order(annotation: Annotation) -> None:
    assert told(annotation.entities) == told(GIVEN)


def test_relations_results_and_links_are_read_with_them(annotation: Annotation) -> None:
    assert {
        ("LarchNet", Predicate.BASED_ON, "U-Net"),
        ("LarchNet", Predicate.COMPARED_WITH, "FirNet"),
        ("LarchNet", Predicate.EVALUATED_ON, "GLADE-9"),
        ("LarchNet", Predicate.TARGETS, "gallstone"),
    } <= set(annotation.relations)
    first = annotation.results[0]
    assert (first.method, first.metric, first.value, first.dataset) == ("LarchNet", "Dice", 81.5, "GLADE-9")
    assert annotation.links.code == ("https://github.com/larch/net",)


def test_the_given_role_decides(nlp: Language) -> None:
    relations = extract(nlp, PAPER, (LARCH, replace(U_NET, role=Role.COMPARED))).relations

    assert relations == (("LarchNet", Predicate.COMPARED_WITH, "U-Net"),)


def test_an_entity_that_the_text_does_not_name_is_kept_with_its_role(annotation: Annotation) -> None:
    claims = [one for one in annotation.claims or () if one.object == "moon"]

    assert mentions(annotation, MOON) == ()
    assert claims == [Claim(None, "studied", "moon")]
    assert [one.object for one in annotation.claims or () if one.subject is None] == [one.name for one in GIVEN]


def test_a_mere_mention_stays_background(nlp: Language) -> None:
    entities = (replace(MOON, role=Role.MENTIONED), replace(U_NET, role=Role.MENTIONED))

    claims = extract(nlp, PAPER, entities).claims or ()

    assert [one.status for one in claims] == [Status.BACKGROUND, Status.BACKGROUND]


def test_surfaces_are_found_and_recorded_mentions_kept(nlp: Language) -> None:
    second = span("LarchNet", 1, PAPER)

    by_surface = extract(nlp, PAPER, [LARCH])
    by_mention = extract(nlp, PAPER, [replace(LARCH, mentions=(second,))])

    assert mentions(by_surface, LARCH) == (span("LarchNet", 0, PAPER), second)
    assert mentions(by_mention, LARCH) == (second,)


def test_a_nested_mention_counts_where_the_entity_stands_nowhere_else(nlp: Language) -> None:
    both = Paper("p", PAPER.title, "A gallstone hurts.")
    stone = Entity(Kind.DISEASE, "gallstone", ("Gallstone", "gallstone"), Role.STUDIED)

    assert mentions(extract(nlp, PAPER, [STONE, FINDING]), STONE) == (span("Gallstone", 0, PAPER),)
    assert mentions(extract(nlp, both, [stone, FINDING]), stone) == (span("gallstone", 0, both),)


def test_a_mention_inside_a_token_keeps_its_characters(nlp: Language) -> None:
    network = Entity(Kind.METHOD, "CNN", ("CNN",), Role.USED)
    place = span("CNN", 0, PAPER)

    annotation = extract(nlp, PAPER, [network, LARCH])

    assert mentions(annotation, network) == (place,)
    assert [one.mentions for one in annotation.claims or () if one.subject is None and one.object == "CNN"] == [
        (place,)
    ]


def test_two_mentions_inside_one_token_keep_their_own_characters(nlp: Language) -> None:
    network = Entity(Kind.METHOD, "CNN", ("CNN",), Role.USED)
    opened = Entity(Kind.MODALITY, "opened", ("{CNN",), Role.STUDIED)

    for entities in ((network, opened), (opened, network)):
        claims = extract(nlp, PAPER, entities).claims or ()

        assert [one.mentions for one in claims if one.subject is None] == [
            (span(one.surfaces[0], 0, PAPER),) for one in entities
        ]


def test_no_entity_is_an_answer_too(nlp: Language) -> None:
    annotation = extract(nlp, PAPER, ())

    assert (annotation.entities, annotation.relations, annotation.claims) == ((), (), ())
    assert annotation.links.code


@pytest.mark.parametrize("entities", [{}, {"another paper": GIVEN}])
def test_a_paper_of_which_none_are_given_has_none(entities: dict[str, Sequence[Entity]]) -> None:
    (annotation,) = annotate([PAPER], given=entities, settings=Settings(fast=True))

    assert annotation.entities == ()


def test_what_was_read_once_and_given_again_is_the_same(nlp: Language) -> None:
    first = extract(nlp, PAPER)

    again = extract(nlp, PAPER, first.entities)

    assert again.entities == first.entities
    assert again.relations == first.relations


def test_the_learned_tagger_leaves_given_entities_alone() -> None:
    annotation = extract(load_pipeline(), PAPER, GIVEN)

    assert told(annotation.entities) == told(GIVEN)
    assert annotation.relations


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_any_places_and_names_can_be_given(nlp: Language, data: st.DataObject) -> None:
    text, kinds = PAPER.text, st.sampled_from(Kind)
    names = data.draw(st.lists(st.sampled_from(["LarchNet", "CNN", "81.5%", "a", "y", " "]), max_size=5))
    entities = []
    for name in names:
        kind = data.draw(kinds)
        place = st.tuples(st.integers(0, len(text) - 9), st.integers(1, 9)).map(lambda one: (one[0], sum(one)))
        places = tuple(sorted(data.draw(st.sets(place, max_size=3))))
        surfaces = tuple(text[start:end] for start, end in places) or (name,)
        entities.append(Entity(kind, name, surfaces, data.draw(st.sampled_from(ROLES[kind])), places))

    annotation = extract(nlp, PAPER, entities)

    assert told(annotation.entities) == told(entities)
    assert encode(annotation)
