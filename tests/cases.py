"""One small set of papers and annotations that tests of every stage share; the texts are our own."""

from pathlib import Path

from kg.records import (
    Annotation,
    Author,
    Claim,
    Entity,
    Interval,
    Kind,
    Links,
    Paper,
    Predicate,
    Result,
    ResultKind,
    Role,
    Size,
    Status,
)

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "examples" / "author-page.txt"
SAMPLE_GRAPH = ROOT / "exports" / "graph.trig"
SHARED = ROOT.parent / "shared"

PAPER = Paper(
    id="brook",
    title="BrookNet: Attention for Stone Segmentation in Chest CT",
    abstract=(
        "We propose BrookNet, a U-Net with pebble attention. It finds gallstones in chest CT, not in MRI. "
        "On RIVER-5 it reaches a Dice of 84.10 %. Code: https://github.com/brook/net."
    ),
    authors=(Author("Ada Weir"), Author("Bo Ford", orcid="0000-0002-1825-0097"), Author("Cy Mill", placed=False)),
    authors_complete=False,
    affiliations=("stonelab",),
    date="2024-03-09",
    categories=("CV",),
    doi="10.5555/Brook.1",
    code_available=True,
    source="Cy Mill",
)


def span(phrase: str, nth: int = 0, paper: Paper = PAPER) -> Interval:
    """Where a phrase stands in a paper's text for the nth time."""
    start = -1
    for _ in range(nth + 1):
        start = paper.text.index(phrase, start + 1)
    return start, start + len(phrase)


_FIRST = span("We propose BrookNet, a U-Net with pebble attention.")
_SECOND = span("It finds gallstones in chest CT, not in MRI.")
_THIRD = span("On RIVER-5 it reaches a Dice of 84.10 %.")

ANNOTATION = Annotation(
    id="brook",
    entities=(
        Entity(Kind.METHOD, "BrookNet", ("BrookNet",), Role.PROPOSED, (span("BrookNet"), span("BrookNet", 1)), 0.9),
        Entity(Kind.METHOD, "pebble attention", ("pebble attention",), Role.PROPOSED, (span("pebble attention"),), 0.8),
        Entity(Kind.METHOD, "U-Net", ("U-Net",), Role.USED, (span("U-Net"),), 0.7),
        Entity(Kind.DISEASE, "gallstone", ("gallstones",), Role.STUDIED, (span("gallstones"),), 0.6),
        Entity(Kind.MODALITY, "chest CT", ("Chest CT", "chest CT"), Role.STUDIED, (span("Chest CT"), span("chest CT"))),
        Entity(Kind.MODALITY, "MRI", ("MRI",), Role.MENTIONED, (span("MRI"),)),
        Entity(Kind.DATASET, "RIVER-5", ("RIVER-5",), Role.USED, (span("RIVER-5"),)),
        Entity(Kind.METRIC, "Dice", ("Dice",), Role.REPORTED, (span("Dice"),)),
    ),
    relations=(("pebble attention", Predicate.PART_OF, "BrookNet"),),
    results=(
        Result(
            "BrookNet",
            "Dice",
            84.1,
            "%",
            "RIVER-5",
            kind=ResultKind.SCORE,
            printed="84.10",
            normalised=0.841,
            span=span("84.10"),
            sentence=_THIRD,
        ),
    ),
    sizes=(Size(12, "scans", "RIVER-5"),),
    links=Links(code=("https://github.com/brook/net",)),
    claims=(
        Claim(None, "proposed", "BrookNet", confidence=0.9, sentence=_FIRST, mentions=(span("BrookNet", 1),)),
        Claim(None, "proposed", "pebble attention", confidence=0.8, sentence=_FIRST),
        Claim(None, "used", "U-Net", confidence=0.7, sentence=_FIRST),
        Claim(None, "studied", "gallstone", confidence=0.6, sentence=_SECOND),
        Claim(None, "studied", "chest CT", sentence=_SECOND),
        Claim(None, "mentioned", "MRI", status=Status.BACKGROUND, sentence=_SECOND),
        Claim(None, "used", "RIVER-5", sentence=_THIRD),
        Claim(None, "reported", "Dice", sentence=_THIRD),
        Claim("pebble attention", "partOf", "BrookNet", confidence=0.5, sentence=_FIRST),
        Claim("BrookNet", "appliedTo", "MRI", status=Status.NEGATED, confidence=0.5, sentence=_SECOND),
    ),
)
