"""Packed files, archives and encodings: read as what they hold, and refused where they mean harm."""

import bz2
import codecs
import gzip
import io
import json
import lzma
import os
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.readers import read_papers


def line(title: str) -> str:
    return json.dumps({"title": title, "abstract": "Gefäße."}, ensure_ascii=False) + "\n"


def titles(*inputs: Path | str) -> list[str]:
    return [paper.title for paper in read_papers(map(str, inputs))]


def zipped(path: Path, files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress], ids=["gzip", "bzip2", "xz"])
def test_packed_files_are_told_by_their_content(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_bytes(pack((line("A") + line("B")).encode()))

    assert titles(path) == ["A", "B"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_a_byte_order_mark_tells_the_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "papers.jsonl"
    marks = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
    path.write_bytes(marks.get(encoding, b"") + (line("Größe") + line("B")).encode(encoding))

    assert titles(path) == ["Größe", "B"]


def test_utf_16_that_is_cut_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_bytes((line("A") + line("B")).encode("utf-16")[:-1])

    with pytest.raises(InputError, match="not UTF-16") as caught:
        titles(path)

    assert caught.value.place == f"{path}:2"


def test_what_is_packed_and_cut_is_named(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl.gz"
    path.write_bytes(gzip.compress(line("A").encode() * 999)[:-20])

    with pytest.raises(InputError, match="is damaged"):
        titles(path)


def test_an_archive_is_read_like_a_folder(tmp_path: Path) -> None:
    files = {
        "b/two.jsonl": line("B").encode(),
        "a.jsonl.gz": gzip.compress(line("A").encode()),
        "notes.md": b"# Notes",
        "picture.png": b"\x89PNG\0",
        ".hidden.jsonl": line("C").encode(),
        "__MACOSX/b/._two.jsonl": b"\0",
    }

    assert titles(zipped(tmp_path / "papers.zip", files)) == ["A", "B"]
    assert titles(tmp_path) == ["A", "B"]


def test_a_place_in_an_archive_is_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / "papers.zip", {"a.jsonl": b'{"title": ""}'})

    with pytest.raises(InputError) as caught:
        titles(path)

    assert caught.value.place == f"{path}/a.jsonl:1"


def test_an_archive_comes_through_a_pipe_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = zipped(tmp_path / "papers.zip", {"a.jsonl": line("A").encode()}).read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))

    assert titles("-") == ["A"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with a name are POSIX")
def test_a_pipe_longer_than_what_is_kept_of_it_is_read_whole_and_packed_too(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    content = gzip.compress("".join(line(f"{number} {os.urandom(999).hex()}") for number in range(2_000)).encode())
    writer = threading.Thread(target=lambda: pipe.write_bytes(content))
    writer.start()

    assert len(titles(pipe)) == 2_000
    writer.join()


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"../a.jsonl": b"x"}, "points out of it"),
        ({"/etc/a.jsonl": b"x"}, "points out of it"),
        ({"C:\\a.jsonl": b"x"}, "points out of it"),
        ({"a\\..\\..\\b.jsonl": b"x"}, "points out of it"),
        ({}, "holds no file"),
    ],
    ids=["up", "absolute", "drive", "backslashes", "empty"],
)
def test_archives_that_point_out_of_themselves_are_refused(
    tmp_path: Path, files: dict[str, bytes], reason: str
) -> None:
    path = tmp_path / "papers.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("good.jsonl", line("A")) if files else None
        for name, content in files.items():
            archive.writestr(name, content)
    if not files:
        path.write_bytes(zipfile_without_files())

    with pytest.raises(InputError, match=reason) as caught:
        titles(path)

    assert caught.value.place == str(path)


def zipfile_without_files() -> bytes:
    """An archive of a folder alone: it begins like any other."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.mkdir("void")
    return file.getvalue()


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "bomb.zip", {"a.jsonl": b" " * (80 << 20)})

    with pytest.raises(InputError, match="as a zip bomb does"):
        titles(path)


def test_a_bomb_in_gzip_is_stopped_while_it_unpacks(tmp_path: Path) -> None:
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(line("A").encode() + (b" " * (1 << 20) + b"\n") * 80))

    with pytest.raises(InputError, match="as a zip bomb does"):
        titles(path)


def test_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"a.jsonl": line("A").encode()}).read_bytes()

    with pytest.raises(InputError, match="cannot be looked into here"):
        titles(zipped(tmp_path / "outer.zip", {"inner.zip": inner}))
    with pytest.raises(InputError, match="is a binary file"):
        titles(_written(tmp_path / "twice.gz", gzip.compress(gzip.compress(line("A").encode()))))


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_an_archive_that_is_damaged_or_encrypted_is_named(tmp_path: Path) -> None:
    path = zipped(tmp_path / "papers.zip", {"a.jsonl": line("A").encode()})
    whole = path.read_bytes()

    path.write_bytes(whole[:-30])
    with pytest.raises(InputError, match="damaged zip archive"):
        titles(path)

    encrypted = bytearray(whole)
    encrypted[encrypted.index(b"PK\x01\x02") + 8] |= 1
    encrypted[6] |= 1
    path.write_bytes(bytes(encrypted))
    with pytest.raises(InputError, match="is encrypted; unpack it first"):
        titles(path)

    spoilt = bytearray(zipped(path, {"a.jsonl": line("A").encode()}, zipfile.ZIP_STORED).read_bytes())
    spoilt[spoilt.index(b"Gef")] ^= 1
    path.write_bytes(bytes(spoilt))
    with pytest.raises(InputError, match="is damaged"):
        titles(path)


def test_a_line_that_never_ends_is_left_out_without_filling_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    with path.open("wb") as file:
        file.write(line("A").encode())
        for _ in range(40):
            file.write(b"x" * (1 << 20))
        file.write(b"\n" + line("B").encode())
    bad: list[InputError] = []

    assert [paper.title for paper in read_papers([str(path)], on_bad=bad.append)] == ["A", "B"]
    assert [error.place for error in bad] == [f"{path}:2"]


def test_what_only_begins_like_an_archive_is_passed_over_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line("A"), "utf-8")
    (tmp_path / "other.bin").write_bytes(b"PK\x03\x04 and no more")

    assert titles(tmp_path) == ["A"]
    with pytest.raises(InputError, match="damaged zip archive"):
        titles(tmp_path / "other.bin")


def test_an_archive_that_cannot_be_read_stops_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line("A"), "utf-8")
    zipped(tmp_path / "settings.zip", {".hidden": b"x", "__MACOSX/b": b"y"})
    zipped(tmp_path / "report.docx", {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>"})
    locked = zipped(tmp_path / "locked.zip", {"b.jsonl": line("B").encode()})
    content = bytearray(locked.read_bytes())
    for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        content[content.index(signature) + flags] |= 1  # the bit that says it has a password
    locked.write_bytes(content)

    assert titles(tmp_path) == ["A"]
    with pytest.raises(InputError, match="is encrypted"):
        titles(locked)
    with pytest.raises(InputError, match=r"report\.docx: is a document of an office program; save it as plain text"):
        titles(tmp_path / "report.docx")
