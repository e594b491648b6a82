"""Decisions about the claims of the shared small paper, as somebody might write them by hand or a page save them."""

import json
from pathlib import Path
from typing import Any

from kg.linking import link
from kg.mapping import Iris, Run
from kg.rdf import Quad
from kg.records import Annotation, ClaimDecision, Paper
from kg.reviewing import Standing, apply, parse_claim_decisions
from kg.store.validation import validate
from kg.vocabulary import shipped_vocabulary
from tests.cases import ANNOTATION, PAPER
from tests.mapping.cases import quads_of as mapped_quads

__all__ = ["FILE", "decided", "line", "lines", "parsed", "quads_of", "said"]

FILE = Path("claims.decisions.jsonl")
_IRIS, _RUN = Iris(), Run("0", "v", "c")


def said(subject: str | None, predicate: str, obj: str, status: str = "asserted") -> dict[str, Any]:
    return {"subject": subject, "predicate": predicate, "object": obj, "status": status}


def line(name: str, verdict: str, claim: dict[str, Any] | None = None, **more: Any) -> str:  # noqa: ANN401 - JSON
    """One decision; what is given as None is left out."""
    common = {"paper": PAPER.key, "author": "Ada Weir", "date": "2026-03-09T14:05:00Z"}
    whole = {"id": name, "verdict": verdict, "claim": claim, **common, **more}
    return json.dumps({key: value for key, value in whole.items() if value is not None})


def lines(*told: str) -> bytes:
    return "".join(f"{one}\n" for one in told).encode()


def parsed(*told: str) -> list[ClaimDecision]:
    return parse_claim_decisions(lines(*told), FILE)


def decided(*told: str, paper: Paper = PAPER, annotation: Annotation = ANNOTATION) -> Annotation:
    """The annotation under these decisions."""
    return apply(paper, annotation, Standing(parsed(*told)).of(paper))


def quads_of(annotation: Annotation, paper: Paper = PAPER) -> set[Quad]:
    """The graph of one paper, seen to be valid."""
    linking = link([annotation], shipped_vocabulary())
    quads = set(mapped_quads([(paper, annotation)], linking, _RUN, _IRIS))
    assert validate(quads) == []
    return quads
