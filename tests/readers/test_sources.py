import gzip
import io
import json
import os
import sys
import threading
from pathlib import Path

import pytest

from kg.errors import InputError, UnknownNameError
from kg.readers import read_papers


def line(title: str, abstract: str = "text", **fields: object) -> str:
    return json.dumps({"title": title, "abstract": abstract, **fields}) + "\n"


def test_files_folders_and_globs_are_read_in_order_and_other_files_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    (folder / "deeper").mkdir(parents=True)
    (folder / "b.jsonl").write_text(line("B"), "utf-8")
    (folder / "deeper" / "c.txt").write_text("\ufeff" + line("C"), "utf-8")
    (folder / "notes.md").write_text("# Notes", "utf-8")
    (folder / "package.json").write_text('{"name": "stones"}', "utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG\0")
    single = tmp_path / "a.jsonl"
    single.write_text(line("A") + "\n" + line("A2"), "utf-8")

    titles = [paper.title for paper in read_papers([str(single), str(folder)])]

    assert titles == ["A", "A2", "B", "C"]
    assert [paper.title for paper in read_papers([str(tmp_path / "*.jsonl")])] == ["A", "A2"]


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line("A").encode())))

    assert [paper.title for paper in read_papers(["-"])] == ["A"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are POSIX")
def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_text(line("A"), "utf-8"))
    writer.start()

    assert [paper.title for paper in read_papers([str(pipe)])] == ["A"]
    writer.join()


def test_a_line_that_is_not_utf_8_can_be_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(line("A").encode() + b'{"title": "\xe9", "abstract": "b"}\n' + line("B").encode())
    bad: list[InputError] = []

    assert [paper.title for paper in read_papers([str(path)], on_bad=bad.append)] == ["A", "B"]
    assert [error.place for error in bad] == [f"{path}:2"]


def test_one_paper_from_two_files_comes_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.jsonl").write_text(line("A", id="1"), "utf-8")

    assert len(list(read_papers([str(tmp_path)]))) == 1


@pytest.mark.parametrize(
    ("content", "where", "reason"),
    [
        (b"", "", "is empty"),
        (b" \n\n", "", "is empty"),
        (b'{"title": "\0"}', "", "binary"),
        (gzip.compress(b"x\0" * 99), "", "binary"),
        (b"%PDF-1.7\nDear reader,\n", "", "is a PDF; give its record"),
        (line("A").encode() + b'{"title": "\xe9", "abstract": "b"}\n', ":2", "not UTF-8"),
        (b"Dear reader,\n", "", "no known format"),
        (b"[1, 2]\n", ":1", "a JSON object is expected"),
        (line("A").encode() + b"{]\n", ":2", "not JSON"),
        (b'{"abstract": "A"}\n', ":1", "field title"),
    ],
    ids=["empty", "blank", "nul", "gzip", "pdf", "latin-1", "a letter", "list", "malformed", "no title"],
)
def test_what_cannot_be_read_is_named_with_its_place(tmp_path: Path, content: bytes, where: str, reason: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(content)

    with pytest.raises(InputError, match=reason) as caught:
        list(read_papers([str(path)]))

    assert caught.value.place == f"{path}{where}"


def test_missing_inputs_are_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    for missing in ("gone.txt", "*.nothing", "empty"):
        with pytest.raises(InputError):
            read_papers([str(tmp_path / missing)])


def test_an_unknown_format_lists_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="did you mean jsonl"):
        read_papers(["x"], reader="json")


def test_lines_may_end_as_on_old_macs(tmp_path: Path) -> None:
    """Excel on a Mac still writes such tables."""
    (tmp_path / "a.csv").write_bytes(b'Title,Abstract\rStones,We count.\rPebbles,"We \rweigh."\r')
    (tmp_path / "a.ris").write_bytes(b"TY  - JOUR\rTI  - Sand\rAU  - Weir, Ada\rER  - \r")

    assert [paper.title for paper in read_papers([str(tmp_path)])] == ["Stones", "Pebbles", "Sand"]


def test_lines_that_end_in_mixed_ways_are_counted_as_an_editor_does(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(f"{line('A')}{line('B').strip()}\r\n\r{line('C').strip()}\rno record\n".encode())

    with pytest.raises(InputError, match=r"a\.jsonl:5: "):
        list(read_papers([str(path)]))


def test_standard_input_cannot_be_named_twice() -> None:
    with pytest.raises(InputError, match="names standard input twice"):
        read_papers(["-", "a.bib", "-"])
