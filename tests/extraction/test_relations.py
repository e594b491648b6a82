"""How concepts relate: by the rules in texts of our own, and by what a judge says of pairs."""

import numpy as np
import pytest
from spacy.language import Language

from kg.extraction import extract
from kg.extraction.findings import Concept, Findings
from kg.extraction.judge import Judge, Regression
from kg.extraction.owners import owner_pairs
from kg.extraction.pairing import Pair
from kg.extraction.relations import _judged
from kg.extraction.tagger.pairs import JUDGED
from kg.extraction.tagger.reading import Reading
from kg.records import Kind, Paper, Predicate, Result, Role

TITLE = "BrookNet: pebble attention for liver tumor segmentation in chest CT"


def relations(nlp: Language, abstract: str, title: str = TITLE) -> set[tuple[str, str, str]]:
    annotation = extract(nlp, Paper(id="own", title=title, abstract=abstract))
    return {(subject, predicate.value, target) for subject, predicate, target in annotation.relations}


def test_the_main_method_relates_to_what_the_paper_does(nlp: Language) -> None:
    found = relations(nlp, "We propose BrookNet. It is evaluated on DRIVE, where it outperforms a U-Net.")

    assert ("BrookNet", "comparedWith", "U-Net") in found
    assert ("BrookNet", "evaluatedOn", "DRIVE") in found
    assert ("BrookNet", "appliedTo", "chest CT") in found
    assert ("BrookNet", "targets", "liver tumor") in found
    assert [one for one in found if one[2] == "BrookNet"] == [("pebble attention", "partOf", "BrookNet")]


def test_what_it_only_learns_from_is_not_what_it_is_evaluated_on(nlp: Language) -> None:
    found = relations(nlp, "We propose BrookNet. We pretrain BrookNet on DRIVE.")

    assert ("BrookNet", "trainedOn", "DRIVE") in found
    assert ("BrookNet", "evaluatedOn", "DRIVE") not in found


def test_a_dataset_that_the_paper_makes_holds_all_it_studies(nlp: Language) -> None:
    title = "RIVER-5: a dataset of liver tumor scans"
    abstract = "We introduce RIVER-5, a new dataset. We study liver tumors here. We scan with ultrasound and chest CT."

    found = relations(nlp, abstract, title)

    assert {("RIVER-5", "covers", "liver tumor"), ("RIVER-5", "hasModality", "chest CT")} <= found
    assert ("RIVER-5", "hasModality", "ultrasound") in found


def test_a_dataset_that_is_used_holds_what_stands_beside_it(nlp: Language) -> None:
    found = relations(nlp, "We propose BrookNet. We use DRIVE with ultrasound. We also read chest CT.")

    assert ("DRIVE", "hasModality", "ultrasound") in found
    assert ("DRIVE", "hasModality", "chest CT") not in found


def test_only_the_nearest_is_broader(nlp: Language) -> None:
    found = relations(nlp, "We read CT, chest CT and low-dose chest CT. A U-Net is a convolutional neural network.")

    assert {("chest CT", "narrowerThan", "CT"), ("U-Net", "narrowerThan", "convolutional neural network")} <= found
    assert not {pair for pair in found if pair[1] == "narrowerThan" and pair[0].startswith("low") and pair[2] == "CT"}


def test_one_name_in_all_sentences_of_a_long_text(nlp: Language) -> None:
    sentence = "BrookNet outperforms Sand{0}Net on RIVER-{0} data."
    abstract = " ".join(["We propose BrookNet.", *(sentence.format(number) for number in range(4000))])

    found = relations(nlp, abstract)

    compared = {target for subject, predicate, target in found if (subject, predicate) == ("BrookNet", "comparedWith")}
    assert {"Sand0Net", "Sand2000Net", "Sand3999Net"} <= compared


CONCEPTS = tuple(Concept(Kind.METHOD, name, ((at, at + 1),), 0.5) for at, name in enumerate(("Brook", "Sand")))


def told(*pairs: Pair) -> list[tuple[str, Predicate, str]]:
    """What is kept of pairs by a judge who takes the one trait for log-odds."""
    sides = Regression(("right", "wrong"), np.zeros(1), np.ones(1), np.array([[1.0], [0.0]]), np.zeros(2))
    judge = Judge(sides, {}, dict.fromkeys(JUDGED, sides), 0.5, 0.5)
    return [(one.subject, one.predicate, one.object) for one in _judged(pairs, Findings(concepts=CONCEPTS), judge)]


def pair(subject: int, name: str, target: int, score: float) -> Pair:
    return Pair(subject, name, target, score, [score])


@pytest.mark.parametrize("name", [Predicate.NARROWER_THAN, Predicate.PART_OF, Predicate.BASED_ON])
@pytest.mark.parametrize(("one", "other", "subject"), [(1, 1, "Brook"), (2, 1, "Brook"), (1, 2, "Sand")])
def test_what_holds_one_way_is_told_one_way(name: Predicate, one: float, other: float, subject: str) -> None:
    pairs = [pair(0, name.value, 1, one), pair(1, name.value, 0, other)]

    assert [first for first, _, _ in told(*pairs)] == [first for first, _, _ in told(*pairs[::-1])] == [subject]


def test_what_may_hold_both_ways_is_told_both_ways() -> None:
    name = Predicate.COMPARED_WITH

    assert len(told(pair(0, name.value, 1, 1.0), pair(1, name.value, 0, 1.0))) == 2


def test_unlikely_pairs_are_not_told() -> None:
    assert told(pair(0, Predicate.PART_OF.value, 1, -1.0), pair(1, Predicate.PART_OF.value, 0, 1.0)) == [
        ("Sand", Predicate.PART_OF, "Brook")
    ]


def test_what_the_rules_relate_but_kinds_cannot_is_left_out(nlp: Language) -> None:
    doc = nlp("Brook\nSand of 0.9 in brooks.")
    concepts = (Concept(Kind.METHOD, "Sand", ((6, 10),), 0.9),)
    found = Findings(concepts=concepts, roles={"Sand": (Role.USED, 1.0)})
    results = [Result(method=None, metric="Sand", value=0.9, span=(14, 17))]

    assert [one.name for one in owner_pairs(doc, found, Reading.unread(len(doc)), results)] == ["ofMethod"]
