"""Each measure on records small enough to count by hand."""

import pytest
from msgspec.structs import replace

from kg.evaluation import Counts, Measure, evaluate
from kg.evaluation.comparing import compare, counts_of
from kg.evaluation.names import EXACT, LENIENT, folded, forms_of, likeness, matched
from kg.evaluation.rows import Row, row_of
from kg.records import Annotation, Entity, Kind, Result, Role
from tests.evaluation.examples import GOLD, PREDICTED, TEXT, entity, paper


def counts(gold: Annotation, predicted: Annotation, text: str = TEXT) -> dict[str, Counts]:
    found = counts_of(compare(text, gold, predicted))
    return {str(measure): one for measure, one in found.items() if one != Counts()}


def row(predicted: Annotation, *, gold: Annotation = GOLD, other: Annotation | None = None) -> Row:
    return row_of(compare(TEXT, gold, predicted), other or gold)


def test_a_prediction_is_counted_at_every_level() -> None:
    assert counts(GOLD, PREDICTED) == {
        # MossNet twice and U-Net twice; the gold has the fern gate too, the prediction GLADE-9.
        "mention.Method": Counts(4, 5, 5),
        "mention.Dataset": Counts(0, 0, 1),
        "mention.Modality": Counts(0, 1, 1),
        "mention.Disease": Counts(1, 1, 2),
        "mention.Metric": Counts(1, 1, 1),
        "mention.all": Counts(6, 8, 10),
        "concept.Method": Counts(2, 3, 3),
        "concept.Dataset": Counts(0, 0, 1),
        "concept.Modality": Counts(0, 1, 1),
        "concept.Disease": Counts(1, 1, 1),
        "concept.Metric": Counts(1, 1, 1),
        "concept.card": Counts(3, 5, 6),
        "concept.all": Counts(4, 6, 7),
        "concept~.Method": Counts(2, 3, 3),
        "concept~.Dataset": Counts(0, 0, 1),
        "concept~.Modality": Counts(1, 1, 1),
        "concept~.Disease": Counts(1, 1, 1),
        "concept~.Metric": Counts(1, 1, 1),
        "concept~.card": Counts(4, 5, 6),
        "concept~.all": Counts(5, 6, 7),
        # Of the four concepts, U-Net has another role.
        "statement.all": Counts(3, 6, 7),
        "relation.partOf": Counts(0, 0, 1),
        "relation.basedOn": Counts(1, 1, 1),
        "relation.targets": Counts(1, 1, 1),
        "relation.appliedTo": Counts(0, 1, 0),
        "relation.comparedWith": Counts(0, 1, 0),
        "relation.all": Counts(2, 4, 3),
        # 81.5 is given twice, once with another method and once with another metric.
        "result.all": Counts(2, 3, 2),
        "result+.all": Counts(1, 3, 2),
        "link.all": Counts(1, 1, 2),
    }


def test_precision_recall_and_f1_are_what_their_names_say() -> None:
    found = Counts(hits=3, predicted=4, gold=6)

    assert (found.precision, found.recall, found.f1) == (0.75, 0.5, 0.6)
    assert (Counts(0, 0, 4).precision, Counts(0, 4, 0).recall, Counts().f1) == (0, 0, 0)


def test_of_overlapping_mentions_the_longest_counts_and_one_inside_it_is_neither_right_nor_wrong() -> None:
    gold = paper(
        entity(Kind.TASK, "kidney cyst detection", Role.ADDRESSED),
        entity(Kind.DISEASE, "kidney cyst", Role.STUDIED),
    )
    inner = paper(entity(Kind.DISEASE, "kidney cyst", Role.STUDIED))
    part = paper(entity(Kind.ANATOMY, "kidney", Role.STUDIED))
    text = "kidney cyst detection"

    assert counts(gold, gold, text)["mention.all"] == Counts(1, 1, 1)
    assert counts(gold, inner, text)["mention.all"] == Counts(0, 0, 1)
    assert counts(gold, part, text)["mention.all"] == Counts(0, 1, 1)


def test_mentions_that_are_given_go_before_those_found_from_surfaces() -> None:
    gold = paper(entity(Kind.MODALITY, "CT", Role.STUDIED))
    first = paper(Entity(Kind.MODALITY, "CT", ("CT",), Role.STUDIED, ((0, 2),)))

    assert counts(gold, first, "CT and CT")["mention.all"] == Counts(1, 1, 2)


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("The Chest X\N{EN DASH}rays", "chest x_ray"),
        ("our U-Net.", "u net"),
        ("loss analysis virus", "Loss Analysis Virus"),
        ("GAN", "GANs"),
        ("the", "The"),
    ],
)
def test_spellings_of_one_name_fold_to_one(name: str, same: str) -> None:
    assert folded(name) == folded(same) != ""


def test_short_words_and_words_that_only_look_plural_keep_their_s() -> None:
    assert folded("gas loss analysis virus") == "gas loss analysis virus"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("fern gate", "gate fern", 1), ("fern gate", "fern", 0.5), ("fern gate", "moss gate", 1 / 3), ("fern", "moss", 0)],
)
def test_names_are_alike_by_the_words_they_share(one: str, other: str, expected: float) -> None:
    forms = [forms_of(entity(Kind.METHOD, name, Role.USED)) for name in (one, other)]

    assert likeness(*forms) == likeness(*reversed(forms)) == pytest.approx(expected)


def test_entities_are_paired_once_and_the_most_alike_first() -> None:
    gold = [entity(Kind.METHOD, "gate", Role.USED), entity(Kind.METHOD, "fern gate", Role.USED)]
    mine = [entity(Kind.METHOD, "moss gate", Role.USED), entity(Kind.METHOD, "gates", Role.USED)]

    assert matched(mine, gold, LENIENT) == {1: 0}
    assert matched([mine[1]], [gold[1]], LENIENT) == {0: 0}
    assert matched(mine, gold, EXACT) == {1: 0}
    assert matched([entity(Kind.TASK, "gate", Role.ADDRESSED)], gold, LENIENT) == {}


def test_surfaces_that_are_made_up_or_only_stand_inside_others_earn_nothing() -> None:
    gold = paper(entity(Kind.DISEASE, "cyst", Role.STUDIED))
    greedy = paper(entity(Kind.DISEASE, "sac", Role.STUDIED, "renal cyst", "cyst", "cysts"))

    assert counts(gold, greedy, "a renal cyst")["concept.all"] == Counts(0, 1, 1)
    assert counts(gold, greedy, "a renal cyst is a cyst")["concept.all"] == Counts(1, 1, 1)


def test_each_number_is_found_once_and_ranges_must_agree() -> None:
    gold = Annotation("moss", results=(Result(None, "AUC", 0.9), Result(None, "AUC", 0.8, value_max=0.9)))
    twice = Annotation("moss", results=(Result(None, "AUC", 0.9), Result(None, "AUC", 0.9), Result(None, "AUC", 0.8)))

    assert counts(gold, twice)["result.all"] == Counts(1, 3, 2)


def test_a_number_is_kept_for_the_prediction_that_has_the_rest_right_too() -> None:
    gold = Annotation("moss", results=(Result(None, "AUC", 0.9, dataset="A"), Result(None, "AUC", 0.9, dataset="B")))
    second = Annotation("moss", results=(Result(None, "AUC", 0.9, dataset="B"), Result(None, "AUC", 0.9, dataset="A")))

    assert counts(gold, second)["result+.all"] == Counts(2, 2, 2)


def test_a_row_tells_what_is_missing_and_what_is_made_up() -> None:
    found = row(replace(PREDICTED, entities=(*PREDICTED.entities, entity(Kind.DISEASE, "gout", Role.STUDIED))))

    assert found == Row(missing=("fern gate",), spurious=("gout",), results=2, agreed_results=2, links=False)
    assert not found.works
    assert row(GOLD).works


def test_a_row_misses_only_what_both_annotators_call_essential() -> None:
    gate, *_ = (index for index, one in enumerate(GOLD.entities) if one.name == "fern gate")
    used = replace(GOLD.entities[gate], role=Role.USED)
    other = replace(GOLD, entities=(*GOLD.entities[:gate], used, *GOLD.entities[gate + 1 :]), results=GOLD.results[:1])
    predicted = replace(GOLD, entities=(*GOLD.entities[:gate], *GOLD.entities[gate + 1 :]), results=GOLD.results[:1])

    assert not row(predicted).works
    assert row(predicted, other=other).works


def test_a_name_of_any_annotator_and_any_kind_is_not_made_up() -> None:
    extra = replace(GOLD, entities=(*GOLD.entities, entity(Kind.DISEASE, "lichen", Role.STUDIED)))

    assert row(extra).spurious == ("lichen",)
    assert row(extra, other=paper(entity(Kind.METHOD, "lichen", Role.MENTIONED))).spurious == ()


def test_a_paper_without_a_prediction_counts_as_nothing_found() -> None:
    outcome = evaluate({"moss": TEXT}, {"moss": GOLD}, {"other": GOLD})

    assert outcome.headline.measure == Measure("concept", "card")
    assert outcome.headline.counts == Counts(0, 0, 6)
    assert outcome.rows is not None
    assert outcome.rows.working == 0
