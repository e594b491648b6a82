"""What holds whatever the papers are."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.evaluation import Evaluation, Resampling, as_json, evaluate
from kg.records import ROLES, Annotation, Entity, Kind, Links, Predicate, Result

WORDS = ("alder", "birch", "cedar", "dogwood", "elm", "fir", "ginkgo", "hazel", "ivy", "juniper")
FEW = Resampling(times=20)


@st.composite
def entities(draw: st.DrawFn, word: str) -> Entity:
    kind = draw(st.sampled_from(list(Kind)))
    surfaces = draw(st.lists(st.sampled_from([word, f"{word} net", f"big {word}"]), min_size=1, unique=True))
    return Entity(kind, word, tuple(surfaces), draw(st.sampled_from(ROLES[kind])))


@st.composite
def annotations(draw: st.DrawFn) -> Annotation:
    found = tuple(draw(entities(word)) for word in draw(st.lists(st.sampled_from(WORDS), unique=True)))
    names = st.sampled_from([one.name for one in found] or ["nothing"])
    relations = st.tuples(names, st.sampled_from(list(Predicate)), names)
    values = st.builds(Result, st.none() | names, st.none() | names, st.integers(0, 3), dataset=st.none() | names)
    return Annotation(
        "",
        found,
        tuple(draw(st.lists(relations, unique=True, max_size=4))) if found else (),
        tuple(draw(st.lists(values, max_size=4))),
        links=Links(code=tuple(draw(st.lists(st.sampled_from(["https://a.example", "https://b.example"]))))),
    )


def named(records: list[Annotation]) -> dict[str, Annotation]:
    return {f"p{index}": one for index, one in enumerate(records)}


def text_of(annotation: Annotation) -> str:
    return " , ".join(surface for one in annotation.entities for surface in one.surfaces)


corpora = st.lists(annotations(), min_size=1, max_size=4).map(named)


def measured(gold: dict[str, Annotation], predicted: dict[str, Annotation]) -> Evaluation:
    texts = {name: f"{text_of(one)} , {text_of(predicted.get(name, one))}" for name, one in gold.items()}
    return evaluate(texts, gold, predicted, resampling=FEW)


@settings(deadline=None, max_examples=60)
@given(corpora)
def test_gold_against_itself_is_right_everywhere(gold: dict[str, Annotation]) -> None:
    outcome = measured(gold, gold)

    assert all(one.counts.hits == one.counts.predicted == one.counts.gold for one in outcome.figures)
    assert all(one.interval == (1, 1) for one in outcome.figures if one.counts.gold)
    assert outcome.rows is not None
    assert outcome.rows.working == len(gold)


@settings(deadline=None, max_examples=60)
@given(corpora, corpora, st.randoms(use_true_random=False))
def test_the_order_of_papers_changes_nothing(
    gold: dict[str, Annotation], predicted: dict[str, Annotation], chance: random.Random
) -> None:
    order = list(gold)
    chance.shuffle(order)
    mixed = {name: gold[name] for name in order}

    before, after = measured(gold, predicted), measured(mixed, dict(reversed(predicted.items())))

    assert before == after
    assert as_json(before, by_paper=True) == as_json(after, by_paper=True)


@settings(deadline=None, max_examples=60)
@given(corpora, corpora)
def test_figures_stay_within_bounds(gold: dict[str, Annotation], predicted: dict[str, Annotation]) -> None:
    for one in measured(gold, predicted).figures:
        assert 0 <= one.counts.hits <= min(one.counts.predicted, one.counts.gold)
        assert 0 <= one.interval[0] <= one.interval[1] <= 1
