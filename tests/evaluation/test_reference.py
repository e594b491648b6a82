"""Every figure is that of the project's reference scorer, which stands outside the repository."""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.evaluation import Evaluation, Resampling, evaluate, one_source, read_annotations
from kg.readers import read_papers
from kg.records import ROLES, Kind
from tests.cases import SHARED

SCORER = SHARED / "eval" / "score.py"
CORPUS = SHARED / "corpus"

pytestmark = pytest.mark.skipif(not SCORER.exists(), reason="the reference scorer is not here")


def spoilt(record: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """A record such as a middling reader would give: some is missing, some is wrong, some is too much."""
    entities = [one for one in record["entities"] if chance.random() > 0.15]
    for one in entities:
        if chance.random() < 0.2:
            one["role"] = chance.choice([role.value for role in ROLES[Kind(one["type"])]])
        if chance.random() < 0.2:
            one["surfaces"] = [surface.partition(" ")[2] or f"{surface} thing" for surface in one["surfaces"]]
        if chance.random() < 0.1 and " " in one["name"]:
            one["surfaces"].append(one["name"].split()[-1])
    names = {one["name"] for one in entities}
    relations = [one for one in record["relations"] if {one[0], one[2]} <= names and chance.random() > 0.2]
    if len(entities) > 1:
        subject, obj = chance.sample(sorted(names), 2)
        relations.append([subject, chance.choice(["partOf", "basedOn", "comparedWith"]), obj])
    faults: tuple[dict[str, Any], ...] = ({"metric": "luck"}, {"method": None}, {"kind": "gain"}, {"value": 1.5}, {})
    results = [one | chance.choice(faults) for one in record["results"] if chance.random() > 0.2]
    links = {key: [one for one in urls if chance.random() > 0.3] for key, urls in record["links"].items()}
    chance.shuffle(entities)
    return record | {"entities": entities, "relations": relations, "results": results, "links": links}


def reference(*files: Path | str) -> dict[str, Any]:
    found = subprocess.check_output([sys.executable, SCORER, *files, "--json"], encoding="utf-8")
    return {key: value for key, value in json.loads(found).items() if isinstance(value, int | list)}


def ours(texts: Path, gold: Path, predicted: Path, also: Path | None = None) -> Evaluation:
    return evaluate(
        {paper.id: paper.text for paper in read_papers([str(texts)])},
        read_annotations(one_source(str(gold))),
        read_annotations(one_source(str(predicted))),
        also=read_annotations(one_source(str(also))) if also else None,
        resampling=Resampling(times=10),
    )


def as_reference(outcome: Evaluation) -> dict[str, Any]:
    assert outcome.rows is not None
    figures = {
        str(one.measure): pytest.approx((one.counts.precision, one.counts.recall, one.counts.f1), abs=6e-5)
        for one in outcome.figures
    }
    return figures | {"rows_working": outcome.rows.working, "rows": outcome.rows.papers}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", ["med-dev", "mix-dev"])
def test_figures_on_a_spoilt_copy_of_the_gold_are_the_reference_scorers(name: str, seed: int, tmp_path: Path) -> None:
    texts, gold = (CORPUS / f"{name}.{what}.jsonl" for what in ("texts", "gold"))
    chance = random.Random(seed)
    records = [spoilt(json.loads(line), chance) for line in gold.read_text("utf-8").splitlines()]
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text("".join(f"{json.dumps(one)}\n" for one in records[1:]), "utf-8")

    assert reference(texts, gold, predicted) == as_reference(ours(texts, gold, predicted))


def test_two_annotators_measured_against_each_other_get_the_reference_scorers_figures() -> None:
    texts, gold, other = (CORPUS / f"seed-dev.{what}.jsonl" for what in ("texts", "gold", "gold2"))

    for also in (None, other):
        options = ("--also", also) if also else ()
        expected = reference(texts, gold, other, *options)
        assert expected == as_reference(ours(texts, gold, other, also))
