import pytest
from spacy.language import Language

from kg.extraction.abbreviations import definitions


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("We use magnetic pebble imaging (MPI).", [("magnetic pebble imaging", "MPI")]),
        ("Whole stone images (WSIs) are big.", [("Whole stone images", "WSIs")]),
        ("We train BRN (brook rock network) here.", [("brook rock network", "BRN")]),
        ("Compress-to-Explore (C2E) explores.", [("Compress-to-Explore", "C2E")]),
        ("the mean average roundness (mAR, in %) rose", [("mean average roundness", "mAR")]),
        (r"\textbf{R}iver \textbf{B}ed (RB)", [(r"\textbf{R}iver \textbf{B}ed", "RB")]),
        ("stones (Left) and pebbles (n = 5)", []),
        ("A brook. Network (BN) flows", []),
        ("an (AB", []),
        ("In pebble moss disease (DPM) of fish", [("pebble moss disease", "DPM")]),
        ("a river of stone (SR)", [("river of stone", "SR")]),
        ("moss (a plant) in disease (DPM)", []),
    ],
    ids=[
        "plain",
        "plural",
        "reversed",
        "digit",
        "aside",
        "LaTeX",
        "no short form",
        "not over a stop",
        "open bracket",
        "other order",
        "other order around a small word",
        "not over a bracket",
    ],
)
def test_finds_what_short_forms_stand_for(nlp: Language, text: str, pairs: list[tuple[str, str]]) -> None:
    doc = nlp(text)

    assert [(long.text, short.text) for long, short in definitions(doc)] == pairs
