"""Measure the making of shards: what each stage costs, the memory of each process, and the bytes that are written.

    python tools/benchmark_sharding.py INPUT... --shards DIR [--fast] [--engine ray] [--workers N]

Times are processor seconds of the parts, wherever they ran; peak memory is that of each process that ran parts. DIR
must be new. Cost per million abstracts: 1,000 times what is printed per 1,000.
"""

import argparse
import os
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.settings import Settings
from kg.sharding import Engine, LocalEngine, Shards, build_shards
from kg.sharding.engines import Counts, Work
from kg.sharding.ray_engine import RayEngine

_KIB_A_MB = 1024


@dataclass(frozen=True)
class _Timed:
    """Work that tells what it cost, beside what it did."""

    work: Work

    def __call__(self, part: int) -> Counts:
        before = time.process_time_ns()
        counts = self.work(part)
        cost = time.process_time_ns() - before
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return {**counts, "#cost": cost, "#process": os.getpid(), "#memory": memory}


class _Measured:
    """An engine that keeps what the work of each stage costs."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.cost: Counter[str] = Counter()
        self.wall: Counter[str] = Counter()
        self.memory: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))  # by stage and process

    def run(self, work: Work, parts: Iterable[int]) -> Iterator[Counts]:
        """Do all parts."""
        stage = work.args[1].name  # type: ignore[attr-defined]  # a partial of the stage
        begun = time.monotonic_ns()
        for counts in self._engine.run(_Timed(work), parts):
            self.cost[stage] += counts["#cost"]
            peaks = self.memory[stage]
            peaks[counts["#process"]] = max(peaks[counts["#process"]], counts["#memory"])
            yield {name: value for name, value in counts.items() if not name.startswith("#")}
        self.wall[stage] += time.monotonic_ns() - begun


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="+")
    parser.add_argument("--shards", required=True)
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--engine", choices=("local", "ray"), default="local")
    parser.add_argument("--workers", type=int, default=1)
    asked = parser.parse_args()
    begun = time.monotonic()
    with RayEngine() if asked.engine == "ray" else LocalEngine(asked.workers) as engine:
        joined, measured = time.monotonic(), _Measured(engine)
        report = build_shards(
            asked.inputs, Shards(asked.shards), settings=Settings(fast=asked.fast), skip_bad=True, engine=measured
        )
        ended = time.monotonic()
    thousands = report.papers / 1000
    print(f"{report.papers} papers, {report.concepts} concepts, {report.claims} claims")
    print(f"{ended - joined:.1f} s, and {joined - begun:.1f} s until the engine was there")
    print(f"{'stage':10}{'core s / 1000':>15}{'wall s':>10}  peak MB by then")
    for stage, cost in measured.cost.items():
        peaks = sorted(one // _KIB_A_MB for one in measured.memory[stage].values())
        print(f"{stage:10}{cost / 1e9 / thousands:15.2f}{measured.wall[stage] / 1e9:10.1f}  {peaks}")
    print(f"{'all':10}{measured.cost.total() / 1e9 / thousands:15.2f}{measured.wall.total() / 1e9:10.1f}")
    driver = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _KIB_A_MB
    print(f"peak memory: this process {driver} MB")
    for folder in sorted(Path(asked.shards).iterdir()):
        size = sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())
        print(f"{folder.name:14}{size / thousands / 1e6:10.2f} MB / 1000")


if __name__ == "__main__":
    main()
