"""``kg papers``: papers of any format and number in, JSON Lines out; what there was to see is told beside them."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kg.readers import READERS
from tests.cli.runner import kg

RIS = "TY  - JOUR\nTI  - {title}\nAB  - {abstract}\nDO  - 10.5555/{number}\nER  - \n"


def ris(number: int, abstract: str = "We count.", title: str = "Stones") -> str:
    return RIS.format(number=number, abstract=abstract, title=f"{title} {number}")


def test_help_names_every_format() -> None:
    shown = kg("papers", "--help").stdout

    assert not [name for name in READERS if name not in shown]


def test_one_paper_of_two_formats_comes_once_and_contradictions_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.ris").write_text(ris(1), "utf-8")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("b.bib", "@article{x, title={Stones 1}, abstract={We weigh them.}, doi={10.5555/1}}")

    done = kg("papers", "a.ris", "b.zip", cwd=tmp_path)

    (paper,) = map(json.loads, done.stdout.splitlines())
    assert paper["abstract"] == "We weigh them."
    assert done.stderr == "b.zip/b.bib:1 and a.ris:1 are one paper, but differ in abstract; the first is taken\n"


def test_contradictions_beyond_ten_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.ris").write_text("".join(map(ris, range(13))), "utf-8")
    (tmp_path / "b.ris").write_text("".join(ris(number, "We weigh.") for number in range(13)), "utf-8")

    lines = kg("papers", "a.ris", "b.ris", cwd=tmp_path).stderr.splitlines()

    assert len(lines) == 11
    assert lines[-1] == "3 more papers whose records differ"


def test_papers_without_an_abstract_are_kept_and_counted(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title,year,authors\nStones,2024,Ada Weir\nRivers,2023,Bo Ford\n", "utf-8")

    done = kg("papers", "a.csv", cwd=tmp_path)

    assert [json.loads(line)["abstract"] for line in done.stdout.splitlines()] == ["", ""]
    assert done.stderr == "papers without an abstract, of which nothing is claimed: 2\n"


@pytest.mark.parametrize("output", [(), ("-o", "out.jsonl")], ids=["standard output", "file"])
def test_a_bad_record_at_the_end_stops_all_before_anything_is_written(tmp_path: Path, output: tuple[str, ...]) -> None:
    (tmp_path / "a.ris").write_text(ris(1), "utf-8")
    (tmp_path / "b.ris").write_text(ris(2) + "TY  - JOUR\nTI  - cut", "utf-8")
    (tmp_path / "out.jsonl").write_text("former", "utf-8")

    done = kg("papers", "a.ris", "b.ris", *output, cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: b.ris:6: the record is cut short")
    assert (tmp_path / "out.jsonl").read_text("utf-8") == "former"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.ris", "b.ris", "out.jsonl"]

    skipped = kg("papers", "a.ris", "b.ris", "--skip-bad", *output, cwd=tmp_path)

    assert skipped.returncode == 0
    assert "1 bad record skipped" in skipped.stderr


_MEASURE = """
import pathlib, re, sys
from kg.readers import read_papers
count = sum(1 for _ in read_papers([sys.argv[1]]))
print(count, re.search(r"VmHWM:\\s*(\\d+)", pathlib.Path("/proc/self/status").read_text())[1])
"""
"""Not ``getrusage``: a process inherits the peak of the one that starts it."""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells the peak of a process there")
def test_memory_does_not_grow_with_the_number_of_papers(tmp_path: Path) -> None:
    peaks = []
    for count in (500, 12_000):
        path = tmp_path / f"{count}.ris"
        path.write_text("".join(ris(number, "We count the stones. " * 200) for number in range(count)), "utf-8")
        printed = subprocess.check_output([sys.executable, "-c", _MEASURE, str(path)], text=True)
        read, kibibytes = map(int, printed.split())
        assert read == count
        peaks.append(kibibytes / 1024)

    assert path.stat().st_size > 50e6
    assert peaks[1] - peaks[0] < 25
