"""Texts read by several processes: in order, a few at a time, and all of them whatever dies."""

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count, islice
from pathlib import Path
from random import Random

import psutil
import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.errors import InputError, UsageError
from kg.pipeline import annotate_in_json, capacity, reading
from kg.pipeline.processes import AHEAD, Died, in_order
from kg.records import Annotation, Paper, decode_paper, encode
from kg.settings import Settings
from kg.store import GraphDirectory
from tests.cases import PAPER

FAST = Settings(fast=True)
DEATHS = int(os.environ.get("DEATHS", "1"))
"""How often a process is killed (``make crash-test``: 5)."""
TEXTS = int(os.environ.get("TEXTS", "90"))


def doubling() -> Callable[[int], int]:
    return lambda number: 2 * number


def touchy() -> Callable[[int], int]:
    """Begin what dies of 7, and cannot do with 30."""

    def work(number: int) -> int:
        if number == 7:
            os.kill(os.getpid(), signal.SIGKILL)
        if number == 30:
            raise InputError("30", "is too much", "take less")
        return number

    return work


def stillborn() -> Callable[[int], int]:
    sys.exit(3)


def unreadable(_: Settings) -> Callable[[tuple[Paper | str, object]], str]:
    """Begin what finds nothing in a paper, and dies of one that is deadly."""

    def read(task: tuple[Paper | str, object]) -> str:
        paper = decode_paper(task[0]) if isinstance(task[0], str) else task[0]
        if "deadly" in paper.title:
            os.kill(os.getpid(), signal.SIGKILL)
        return encode(Annotation(paper.id))

    return read


def papers(number: int) -> list[Paper]:
    """Texts of some length, each another."""
    return [
        Paper(f"p{one}", f"Paper {one}: {PAPER.title}", f"{PAPER.abstract} It takes {one} s on {one % 7} GPUs. " * 3)
        for one in range(number)
    ]


def children(process: psutil.Process) -> list[psutil.Process]:
    """The workers among the processes of a process."""
    return [one for one in process.children() if any("spawn_main" in word for word in one.cmdline())]


def test_items_are_taken_a_few_ahead_of_need_and_no_process_stays() -> None:
    taken = count()
    made = in_order(doubling, iter(taken.__next__, None), 1)

    assert list(islice(made, 50)) == list(range(0, 100, 2))
    assert next(taken) <= 50 + AHEAD
    assert len(children(psutil.Process())) == 1
    made.close()
    assert children(psutil.Process()) == []


def test_an_item_that_kills_is_found_and_all_others_come_in_order_until_one_fails() -> None:
    made = in_order(touchy, range(40), 2)
    first = list(islice(made, 30))

    assert first == [*range(7), Died(7, "killed by SIGKILL"), *range(8, 30)]
    with pytest.raises(InputError, match="30: is too much; take less"):
        next(made)
    assert children(psutil.Process()) == []


def test_processes_that_do_not_start_are_not_started_forever() -> None:
    with pytest.raises(UsageError, match=r"end as they start \(exit status 3\); free memory"):
        list(in_order(stillborn, range(9), 2))


def command(folder: Path, *arguments: str) -> list[str]:
    (folder / "papers.jsonl").write_text("".join(f"{encode(one)}\n" for one in papers(90)), "utf-8")
    return [sys.executable, "-m", "kg", "extract", "papers.jsonl", "--fast", *arguments]


def begun(process: subprocess.Popen[str], workers: int) -> list[psutil.Process]:
    """Wait for the processes that a command starts."""
    driver = psutil.Process(process.pid)
    while len(found := children(driver)) < workers:
        time.sleep(0.02)
        assert process.poll() is None
    return found


def test_what_is_read_is_the_same_when_processes_die_in_the_middle() -> None:
    random, made = Random(secrets.randbits(32)), list[str | None]()
    moments = random.sample(range(TEXTS - AHEAD), DEATHS)
    for one in annotate_in_json(papers(TEXTS), settings=FAST, workers=2):
        made.append(one)
        if len(made) in moments:
            random.choice(children(psutil.Process())).kill()

    assert made == list(annotate_in_json(papers(TEXTS), settings=FAST, workers=1))
    assert len(made) == TEXTS


@pytest.mark.parametrize(
    ("sent", "end"),
    [
        (signal.SIGINT, (130, "error: interrupted; no file is half written\n")),
        (signal.SIGTERM, (143, "error: terminated; no file is half written\n")),
        (signal.SIGKILL, (-signal.SIGKILL, "")),
    ],
)
def test_no_process_outlives_the_command(tmp_path: Path, sent: signal.Signals, end: tuple[int, str]) -> None:
    """Ctrl-C reaches all processes of a terminal, other signals only one."""
    arguments = command(tmp_path, "-o", "made.jsonl", "--workers", "2")
    process = subprocess.Popen(arguments, cwd=tmp_path, text=True, stderr=subprocess.PIPE, start_new_session=True)
    found = begun(process, 2)

    (os.killpg if sent == signal.SIGINT else os.kill)(process.pid, sent)
    _, said = process.communicate()

    assert (process.returncode, said) == end
    _, alive = psutil.wait_procs(found, timeout=20)
    assert alive == []
    if sent != signal.SIGKILL:
        assert [one.name for one in tmp_path.iterdir()] == ["papers.jsonl"]


@pytest.fixture
def _deadly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_encoding_reader", unreadable)


@pytest.mark.usefixtures("_deadly")
def test_a_deadly_text_is_named_or_left_out_of_the_graph(tmp_path: Path) -> None:
    three = [Paper("a", "One", "x"), Paper("b", "A deadly one", "x"), Paper("c", "Another", "x")]
    file, graph = tmp_path / "papers.jsonl", tmp_path / "graph"
    file.write_text("".join(f"{encode(one)}\n" for one in three), "utf-8")
    arguments = ["build", str(file), "-g", str(graph), "--fast", "--workers", "2"]

    with pytest.raises(InputError, match=r"paper b: cannot be read: 3 processes .* \(killed by SIGKILL\); free memory"):
        CliRunner().invoke(cli, arguments, catch_exceptions=False, standalone_mode=False)
    done = CliRunner().invoke(cli, [*arguments, "--skip-bad"])

    assert done.exit_code == 0, done.output
    assert "1 bad record skipped" in done.stderr
    assert "2 papers (2 added, 0 changed)" in done.stderr
    assert "paper b" in json.loads((graph / "quarantine.jsonl").read_text("utf-8"))["place"]
    assert sorted(paper.id for paper, _ in GraphDirectory(graph).records()) == ["a", "c"]


def test_few_texts_are_read_by_one_process_and_many_by_as_many_as_there_is_room_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = list[int]()

    def pool(_begin: object, items: Iterator[object], workers: int) -> Iterator[str]:
        asked.append(workers)
        return (str(len(asked)) for _ in items)

    monkeypatch.setattr(reading, "_encoding_reader", unreadable)
    monkeypatch.setattr(reading, "in_order", pool)
    monkeypatch.setattr(reading, "room", lambda: 4)
    each = capacity.texts_for_another(FAST)

    for number in (1, 2 * each - 1, 2 * each, 3 * each, 9 * each):
        made = list(
            annotate_in_json((Paper(str(one), "Title", "") for one in range(number)), settings=FAST, workers=None)
        )
        assert len(made) == number

    assert asked == [2, 3, 4]


def test_there_is_room_for_one_process_at_least_and_for_no_more_than_processors() -> None:
    assert 1 <= capacity.room() <= (os.cpu_count() or 1)
