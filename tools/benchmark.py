"""Time the commands against their bars, each pair in one run, and print medians and ratios.

``kg --help`` may take 3 times as long as importing click; ``kg build`` of the sample, validation included, 3
times as long as ``kg extract`` of it.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "examples" / "author-page.txt"
ROUNDS = 5


def seconds(command: list[str]) -> float:
    """Run a command to its end and time it as a whole process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def compare(name: str, one: list[str], other: list[str], *, bar: float, rounds: int = ROUNDS) -> bool:
    """Time two commands in turns; tell whether the first stays within its bar."""
    pairs = [(seconds(one), seconds(other)) for _ in range(rounds)]
    first, second = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    within = first <= bar * second
    times = f"{first:.2f} s against {second:.2f} s, {first / second:.2f} times"
    print(f"{name}: {times}; bar {bar} {'met' if within else 'NOT met'}")
    return within


def main() -> int:
    """Run all comparisons; 1 where a bar is missed."""
    kg = [str(Path(sys.executable).with_name("kg"))]
    with tempfile.TemporaryDirectory() as folder:
        graph, out = Path(folder, "graph"), Path(folder, "annotations.jsonl")
        build = ["sh", "-c", f"rm -rf {graph}; exec {kg[0]} build {SAMPLE} -g {graph}"]
        extract = [*kg, "extract", str(SAMPLE), "-o", str(out)]
        help_ = compare(
            "kg --help / import click", [*kg, "--help"], [sys.executable, "-c", "import click"], bar=3, rounds=15
        )
        build_ = compare("kg build / kg extract", build, extract, bar=3)
    return 0 if help_ and build_ else 1


if __name__ == "__main__":
    sys.exit(main())
