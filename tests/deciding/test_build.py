"""A build follows the decisions that lie in the graph's folder, whoever wrote them there."""

from pathlib import Path

from kg.ledger import Row, with_rows
from kg.pipeline import build
from kg.records import Paper
from kg.settings import Settings
from kg.store import GraphDirectory
from tests.deciding.cases import exports, node

PAPERS = (
    Paper("a", "BrookNet: finding gallstones in CT", "We propose BrookNet, a network for gallstones."),
    Paper("b", "PondNet: finding gallstones in MRI", "We propose PondNet, a network for gallstones."),
)
BASE = "https://example.org/kg/id/method/"


def test_a_file_of_decisions_put_there_is_followed_and_taken_away_is_forgotten(tmp_path: Path) -> None:
    directory, fast = GraphDirectory(tmp_path / "graph"), Settings(fast=True)
    build(PAPERS, directory, settings=fast)
    before = exports(directory, "turtle", "nquads")

    row = Row(f"{BASE}pondnet", f"{BASE}brooknet")
    directory.decisions_path.write_bytes(with_rows(b"", [row], "https://example.org/kg/id/", "2024-01-31"))
    report = build(PAPERS, directory, settings=fast)

    assert (report.added, report.changed, report.again) == (0, 0, 0)
    assert node(directory, "a", "BrookNet") == node(directory, "b", "PondNet")

    directory.decisions_path.unlink()
    build(PAPERS[:1], directory, settings=fast)
    assert exports(directory, "turtle", "nquads") == before
