"""The judge by itself: what it says is a probability, and it comes back from JSON as it went."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extraction.judge import Judge, Regression
from kg.extraction.tagger.pairs import JUDGED
from kg.records import ROLES, Kind, Role

TRAITS = st.lists(st.floats(-50, 50), min_size=2, max_size=2)


def regression(*classes: str) -> Regression:
    """A regression over two traits that are made up."""
    at = np.arange(len(classes), dtype=np.float64)
    return Regression(
        classes, np.array([0.5, -1.0]), np.array([2.0, 0.25]), np.stack([at / 3, 1 - at / 7], axis=1), at / 10
    )


def judge() -> Judge:
    sides = regression("right", "wrong")
    return Judge(sides, {kind: regression(*ROLES[kind]) for kind in Kind}, dict.fromkeys(JUDGED, sides), 0.4, 0.3)


def again(one: Judge) -> Judge:
    return Judge.from_json(json.loads(json.dumps(one.to_json())), traits=2, role_traits=2, pair_traits=2)


ONCE = again(judge())
TWICE = again(ONCE)


def test_a_judge_comes_back_from_json() -> None:
    assert TWICE.to_json() == ONCE.to_json() == judge().to_json()
    assert (ONCE.least, ONCE.least_pair, list(ONCE.roles), tuple(ONCE.pairs)) == (0.4, 0.3, list(Kind), JUDGED)


@given(TRAITS)
def test_a_judge_that_came_back_judges_alike(traits: list[float]) -> None:
    assert TWICE.confidence(traits) == ONCE.confidence(traits)
    assert [TWICE.role(kind, traits) for kind in Kind] == [ONCE.role(kind, traits) for kind in Kind]
    assert [TWICE.pair(name, traits) for name in JUDGED] == [ONCE.pair(name, traits) for name in JUDGED]


@given(TRAITS)
def test_probabilities_sum_to_one(traits: list[float]) -> None:
    for classes in (("right", "wrong"), tuple(ROLES[Kind.METHOD])):
        found = regression(*classes).probabilities(traits)

        assert (found >= 0).all()
        assert found.sum() == pytest.approx(1)


@given(TRAITS, st.sampled_from(Kind))
def test_confidence_and_role_have_two_decimals(traits: list[float], kind: Kind) -> None:
    confidence = judge().confidence(traits)
    role, chance = judge().role(kind, traits)

    assert confidence == round(confidence, 2)
    assert chance == round(chance, 2)
    assert role in ROLES[kind]
    assert 0 <= confidence <= 1
    assert 0 < chance <= 1


def test_of_equal_roles_the_first_is_taken() -> None:
    nothing = Regression(("addressed", "mentioned"), np.zeros(2), np.ones(2), np.zeros((2, 2)), np.zeros(2))

    assert Judge(nothing, {Kind.TASK: nothing}, {}, 0.5, 0.5).role(Kind.TASK, [1.0, 1.0]) == (Role.ADDRESSED, 0.5)


@pytest.mark.parametrize(
    ("part", "value", "reason"),
    [
        ("mean", [1.0], "mean should be 2 numbers"),
        ("weights", [[1.0, 2.0]], "weights should be 2 x 2 numbers"),
        ("intercepts", [0.0, float("inf")], "intercepts should be 2 numbers"),
        ("scale", [1.0, 0.0], "a scale above 0"),
    ],
)
def test_a_regression_of_another_shape_is_refused(part: str, value: object, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Regression.from_json(regression("right", "wrong").to_json() | {part: value}, 2)
