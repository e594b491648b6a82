"""Two invented papers on one dataset, with numbers that can be ranked and numbers that must not be."""

from msgspec.structs import replace

from kg.records import Annotation, Author, Entity, Kind, Paper, Predicate, Result, ResultKind, Role, Status
from kg.store import Graph
from tests.cases import span
from tests.mapping.test_mapping import graph_of

__all__ = ["HOSTILE", "hostile_graph", "two_papers"]

_BROOK = Paper(
    id="brook",
    title="BrookNet finds gallstones in chest CT",
    abstract=(
        "BrookNet has pebble attention. On RIVER-5, BrookNet reaches a Dice of 84.10 % and U-Net one of 80 %. "
        "At full size it is 86 %. It may reach 99 %. A Dice of 97.8 is printed too. The gain is 4.1 %. "
        "Elsewhere it is 70 %."
    ),
    date="2024-03-09",
    doi="10.5555/Brook.1",
    authors=(Author("Zoe Weir"), Author("Bo Ford")),
)
_POND = Paper(
    id="pond",
    title="PondNet, a year before",
    abstract="On RIVER-5, PondNet reaches a Dice of 0.85 ± 0.02, and BrookNet 82 %. Its Hausdorff distance is 5.2 mm.",
    date="2023",
)
_SHARED = (
    Entity(Kind.DATASET, "RIVER-5", ("RIVER-5",), Role.USED),
    Entity(Kind.TASK, "segmentation", ("segmentation",), Role.ADDRESSED),
    Entity(Kind.METRIC, "Dice", ("Dice",), Role.REPORTED),
)


def two_papers() -> Graph:
    """Make the graph of the two."""
    score = Result("BrookNet", "Dice", 84.1, "%", "RIVER-5", printed="84.10", normalised=0.841)
    score = replace(
        score, sentence=span("On RIVER-5, BrookNet reaches a Dice of 84.10 % and U-Net one of 80 %.", 0, _BROOK)
    )
    off_scale = replace(score, value=97.8, unit=None, printed="97.8", normalised=None)
    brook = Annotation(
        "brook",
        (
            Entity(Kind.METHOD, "pebble attention", ("pebble attention",), Role.PROPOSED),
            Entity(Kind.METHOD, "BrookNet", ("BrookNet",), Role.PROPOSED),
            Entity(Kind.METHOD, "U-Net", ("U-Net",), Role.COMPARED),
            Entity(Kind.DISEASE, "gallstone", ("gallstones",), Role.STUDIED),
            Entity(Kind.MODALITY, "chest CT", ("chest CT",), Role.STUDIED),
            Entity(Kind.MODALITY, "MRI", ("MRI",), Role.MENTIONED),
            *_SHARED,
        ),
        relations=(("pebble attention", Predicate.PART_OF, "BrookNet"),),
        results=(
            score,
            replace(score, method="U-Net", value=80, printed="80", normalised=0.8, kind=ResultKind.BASELINE),
            replace(score, value=86, printed="86", normalised=0.86, condition="at full size"),
            replace(score, value=99, printed="99", normalised=0.99, status=Status.HYPOTHESISED),
            off_scale,
            replace(score, value=4.1, printed="4.1", normalised=0.041, kind=ResultKind.GAIN, condition="over U-Net"),
            replace(score, value=70, printed="70", normalised=0.7, dataset=None),
        ),
    )
    distance = Result("PondNet", "Hausdorff distance", 5.2, "mm", "RIVER-5", printed="5.2", normalised=5.2)
    pond = Annotation(
        "pond",
        (
            Entity(Kind.METHOD, "PondNet", ("PondNet",), Role.PROPOSED),
            Entity(Kind.METHOD, "BrookNet", ("BrookNet",), Role.COMPARED),
            Entity(Kind.METRIC, "Hausdorff distance", ("Hausdorff distance",), Role.REPORTED),
            *_SHARED,
        ),
        results=(
            Result("PondNet", "Dice", 0.85, None, "RIVER-5", printed="0.85", normalised=0.85, deviation=0.02),
            Result("BrookNet", "Dice", 82, "%", "RIVER-5", printed="82", normalised=0.82, kind=ResultKind.BASELINE),
            distance,
            replace(distance, method="BrookNet", value=4, printed="4", normalised=4, ci=(3.5, 4.5, 95)),
        ),
    )
    return graph_of((_BROOK, brook), (_POND, pond))


HOSTILE = (
    "=1+1",
    "+cmd",
    "-2+3|x",
    "@SUM(A1)",
    "a|b\\c",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[link](javascript:alert(1)) `code` *bold* _it_ ~~no~~",
    r"\end{document} $x$ 50% #1 a_b {c} ~d ^^41",
    "[2pt] Dice ≥ 84.1 ± 0.2 µm α → β – x",
    "two\u2028lines\u202e and\u00a0more 中文",
)


def hostile_graph() -> Graph:
    """Make a graph in which texts that a careless writer would let through stand wherever text is printed."""
    records = []
    for number, text in enumerate(HOSTILE):
        paper = Paper(str(number), text, "We measure.", doi=f"10.1/{text}", authors=(Author(text),))
        entities = (
            Entity(Kind.METHOD, text, ("measure",), Role.PROPOSED),
            Entity(Kind.METRIC, "Dice", ("Dice",), Role.REPORTED),
        )
        result = Result(text, "Dice", -0.5, text, printed="-0.5", normalised=0.5, condition=text)
        records.append((paper, Annotation(str(number), entities, results=(result,))))
    return graph_of(*records)
