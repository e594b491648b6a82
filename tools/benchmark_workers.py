"""Time reading by one and by two processes beside bare busy ones, and measure the memory they take.

    python tools/benchmark_workers.py TEXTS.jsonl [COUNT] [--fast]
    python tools/benchmark_workers.py TEXTS.jsonl.gz COUNT --memory [--build] [--fast]

Two processes must reach 0.85 of the gain that two bare busy processes have over one on the same machine, in turns with
them. With ``--memory``, what is told is the most that the command, and each process that it starts, ever had; it should
not grow with COUNT.
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import psutil

ROUNDS = 3
BUSY = 8.0
"""Seconds of work of a bare busy process, about as long as a round of reading."""
BAR = 0.85
MEGABYTE = 1 << 20


def papers(texts: Path, count: int) -> Iterator[str]:
    """Give records as lines; those that have a text in place of title and abstract begin with the title."""
    with (gzip.open if texts.suffix == ".gz" else open)(texts, "rt", encoding="utf-8") as file:
        for line in islice(file, count):
            record = json.loads(line)
            title, _, abstract = record.pop("text", "").partition("\n")
            yield json.dumps({"title": title, "abstract": abstract} | record) + "\n"


def busy(turns: int) -> None:
    """Do nothing that needs anything but a processor."""
    for _ in range(turns):
        sum(range(1000))


def turns_of(seconds: float) -> int:
    """Tell how often a busy process turns in some seconds."""
    start = time.perf_counter()
    busy(20_000)
    return int(20_000 * seconds / (time.perf_counter() - start))


def bare(turns: int, workers: int) -> None:
    """Let bare busy processes share work."""
    processes = [get_context("spawn").Process(target=busy, args=(turns // workers,)) for _ in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


def command(file: Path, workers: int, *options: str, verb: str = "extract") -> list[str]:
    """Give the command that reads papers."""
    made = ("-g", f"{file}.graph") if verb == "build" else ("-o", f"{file}.{workers}")
    return [sys.executable, "-m", "kg", verb, str(file), *made, "--workers", str(workers), *options]


def read(file: Path, workers: int, *options: str) -> None:
    """Read papers."""
    subprocess.run(command(file, workers, *options), check=True, stderr=subprocess.DEVNULL)


def seconds(work: Callable[[], object]) -> float:
    """Time work."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(file: Path, *options: str) -> int:
    """Print what two processes gain, bare and reading, in turns; 1 where the bar is missed."""
    turns, reached = turns_of(BUSY), list[float]()
    for _ in range(ROUNDS):
        one, two = (seconds(partial(bare, turns, workers)) for workers in (1, 2))
        alone, both = (seconds(partial(read, file, workers, *options)) for workers in (1, 2))
        reached.append((alone / both) / (one / two))
        print(
            f"bare: {one:.1f} s, {two:.1f} s, gain {one / two:.2f}; reading: {alone:.1f} s, {both:.1f} s, "
            f"gain {alone / both:.2f}, which is {reached[-1]:.2f} of it"
        )
    same = Path(f"{file}.1").read_bytes() == Path(f"{file}.2").read_bytes()
    print(f"{median(reached):.2f} of the gain (bar {BAR}); the results are{'' if same else ' NOT'} the same")
    return 0 if same and median(reached) >= BAR else 1


def memory(words: list[str]) -> int:
    """Print the most memory that a command, and each of the processes it starts, had; its exit status."""
    most = dict[int, int]()
    with psutil.Popen(words, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            for one in (process, *process.children()):
                most[one.pid] = max(most.get(one.pid, 0), resident(one))
            time.sleep(0.1)
    for pid, size in most.items():
        print(f"{'driver' if pid == process.pid else 'process'} {pid}: {size / MEGABYTE:.0f} MB")
    return int(process.returncode)


def resident(process: psutil.Process) -> int:
    """Bytes that a process has in memory, 0 where it has just ended."""
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def main() -> int:
    """Do what is asked for; 1 where the bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--fast", action="store_true", help="read with rules alone")
    parser.add_argument("--memory", action="store_true", help="measure memory in place of time")
    parser.add_argument("--build", action="store_true", help="measure that of kg build, not of kg extract")
    asked = parser.parse_args()
    options = ["--fast"] if asked.fast else []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "papers.jsonl"
        with file.open("w", encoding="utf-8") as written:
            written.writelines(papers(asked.texts, asked.count))
        if not asked.memory:
            return compare(file, *options)
        return memory(command(file, 2, *options, verb="build" if asked.build else "extract"))


if __name__ == "__main__":
    sys.exit(main())
