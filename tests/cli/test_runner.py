"""The two doors through which tests run ``kg`` lead to the same command."""

import os
from pathlib import Path

import pytest

from tests.cases import SAMPLE
from tests.cli.runner import kg, kg_process


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ((), 0),
        (("papers", SAMPLE), 0),
        (("query", "ASK { ?p a kg:Disease }", "-g", "void.nq"), 0),
        (("validate", "wrong.ttl"), 1),
        (("papers", "void.nq", "-o", ""), 2),
        (("papers", "gone.jsonl"), 2),
        (("papers", "void.nq", "-o", f"{os.devnull}/papers"), 2),
    ],
    ids=["help", "papers", "query", "no", "bad usage", "bad input", "bad output"],
)
def test_a_process_of_its_own_prints_the_same_and_ends_alike(
    arguments: tuple[str | Path, ...], status: int, tmp_path: Path
) -> None:
    (tmp_path / "void.nq").touch()
    (tmp_path / "wrong.ttl").write_text("<urn:p> a <https://example.org/kg/ns#Paper> .", "utf-8")

    here, there = kg(*arguments, cwd=tmp_path), kg_process(*arguments, cwd=tmp_path)

    assert here.returncode == there.returncode == status
    assert (here.stdout, here.stderr) == (there.stdout, there.stderr)
    assert here.stdout + here.stderr
