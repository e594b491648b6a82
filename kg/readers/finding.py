"""The sources that a user's words name: files, folders, globs, zip archives, pipes and standard input."""

import glob
import io
import shutil
import sys
import tempfile
import weakref
import zipfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import BinaryIO, cast

from kg.errors import InputError
from kg.readers.packing import DAMAGE, ZIP, Packed, check_swelling
from kg.readers.source import Source

__all__ = ["find_files", "find_sources", "sources_in", "sources_of_file"]

_REPLAYED = 1 << 20
"""Bytes at the start of a pipe that can be read again: enough to tell a format by, packed or not."""
_SIGNATURES = 64
"""Bytes that hold every signature looked for; a pipe is waited for until so many have come."""
_MEMBERS = 100_000
_OFFICE = "[Content_Types].xml"
"""What an archive holds that is a document of Word, Excel or PowerPoint (ECMA-376, part 2)."""
_ENCRYPTED = 0x1
"""Bit 0 of a member's flags (APPNOTE.TXT 4.4.4, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT)."""


def find_sources(inputs: Iterable[str]) -> list[Source]:
    """Find the sources of the inputs as typed by a user.

    Raises:
        InputError: A path does not exist, a glob matches nothing, a folder holds no file, or an archive is
            damaged, encrypted, or made to do harm, or standard input is named twice.
    """
    inputs = list(inputs)
    if inputs.count("-") > 1:
        raise InputError("-", "names standard input twice", "give it once; it can be read only once")
    return [source for one in inputs for source in _sources_of(one)]


def find_files(inputs: Iterable[str]) -> list[tuple[Path, bool]]:
    """Find the files of the inputs, each with whether it merely lies in a folder, and may hold something else.

    Raises:
        InputError: A path does not exist or is no file, a glob matches nothing, or a folder holds no file.
    """
    return [file for one in inputs for file in _files_of(one)]


def sources_of_file(path: Path, *, optional: bool) -> list[Source]:
    """Find the sources of a file of `find_files`: itself, or what it holds if it is an archive.

    Raises:
        InputError: It cannot be read, or is an archive that is damaged, encrypted, or made to do harm.
    """
    return _in_file(path, optional=optional)


def _sources_of(typed: str) -> list[Source]:
    if typed == "-":
        return _in_pipe("standard input", cast("io.BufferedReader", sys.stdin.buffer))
    path = Path(typed)
    if typed and path.exists() and not path.is_dir() and not path.is_file():
        return _in_pipe(typed, _open(path), close=True)
    return [source for file, optional in _files_of(typed) for source in _in_file(file, optional=optional)]


def _files_of(typed: str) -> list[tuple[Path, bool]]:
    if not typed:
        raise InputError("INPUT", "is empty", "give a file, a folder, a glob, or -")
    path = Path(typed)
    if path.is_dir():
        return [(one, True) for one in _in_folder(path)]
    if not path.exists() and glob.has_magic(typed):
        found = sorted(Path(one) for one in glob.glob(typed, recursive=True))  # noqa: PTH207 - an absolute glob too
        if not found:
            raise InputError(typed, "matches no file", "check the pattern")
        return [(one, False) for one in found if one.is_file()]
    if not path.exists():
        raise InputError(typed, "no such file or folder", "check the path")
    if not path.is_file():
        raise InputError(typed, "is no file or folder", "save it to a file first")
    return [(path, False)]


def _in_folder(folder: Path) -> list[Path]:
    files = sorted(one for one in folder.rglob("*") if one.is_file() and not one.name.startswith("."))
    if not files:
        raise InputError(str(folder), "holds no file", "give a folder with files of papers")
    return files


def sources_in(path: Path) -> list[Source]:
    """Find the sources of a file that may be something else than papers; where it cannot be read, none."""
    try:
        return _in_file(path, optional=True)
    except InputError:
        return []


def _in_file(path: Path, *, optional: bool = False) -> list[Source]:
    with _open(path) as file:
        is_archive = file.read(len(ZIP)) == ZIP
    if is_archive:
        return _in_archive(str(path), _open(path), optional=optional)
    return [Source(str(path), lambda: Packed(_open(path)), optional)]


def _open(path: Path) -> io.BufferedReader:
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(str(path), error.strerror or str(error), "check the path") from error


def _in_pipe(place: str, stream: io.BufferedReader, *, close: bool = False) -> list[Source]:
    """What comes through a pipe is read as it comes; only an archive, whose list stands last, is stored first."""
    pipe = _Pipe(place, stream)
    if close:
        weakref.finalize(pipe, stream.close)
    with pipe() as file:
        is_archive = file.read(_SIGNATURES).startswith(ZIP)
    if not is_archive:
        return [Source(place, lambda: Packed(pipe()))]
    stored = tempfile.TemporaryFile()  # noqa: SIM115 - the sources read from it
    with pipe() as file:
        shutil.copyfileobj(file, stored)
    return _in_archive(place, stored, optional=False)


def _in_archive(place: str, file: BinaryIO, *, optional: bool) -> list[Source]:
    """An archive of one file is that file; one of many is like a folder: it may hold other things than papers.

    One that merely lies in a folder, and holds nothing that could be read, is such a thing itself.
    """
    try:
        archive = zipfile.ZipFile(file)
    except zipfile.BadZipFile as error:
        file.close()
        if optional:  # other programs' files begin like archives too
            return []
        raise InputError(place, f"is a damaged zip archive ({error})", "get the file anew") from error
    weakref.finalize(archive, file.close)
    if _OFFICE in archive.namelist():
        archive.close()
        if optional:
            return []
        raise InputError(
            place, "is a document of an office program", "save it as plain text, or as CSV if it is a table"
        )
    members = [one for one in archive.infolist() if not one.is_dir() and _is_shown(one.filename)]
    if optional and not any(_is_readable(one) for one in members):
        return []
    _check(place, members)
    members.sort(key=lambda one: one.filename)
    return [
        Source(f"{place}/{one.filename}", partial(_open_member, place, archive, one), optional or len(members) > 1)
        for one in members
    ]


def _is_shown(name: str) -> bool:
    """Hidden files are passed over, as in folders, and what macOS adds to an archive too."""
    parts = PurePosixPath(name).parts
    return ".." in parts or not any(part.startswith((".", "__MACOSX")) for part in parts)


def _is_readable(member: zipfile.ZipInfo) -> bool:
    return not member.flag_bits & _ENCRYPTED


def _check(place: str, members: list[zipfile.ZipInfo]) -> None:
    if not members:
        raise InputError(place, "is a zip archive that holds no file", "give one with files of papers")
    if len(members) > _MEMBERS:
        raise InputError(place, f"holds more than {_MEMBERS} files", "unpack it first, and give the folder")
    for one in members:
        if _points_out(one.filename):
            raise InputError(place, f"holds a file that points out of it, {one.filename!r}", "leave it out")
        if not _is_readable(one):
            raise InputError(f"{place}/{one.filename}", "is encrypted", "unpack it first")
    check_swelling(place, sum(one.compress_size for one in members), sum(one.file_size for one in members))


def _points_out(name: str) -> bool:
    """Nothing is ever written under these names; an archive that has them was still made to do harm."""
    path = PureWindowsPath(name)  # it knows both kinds of stroke
    return ".." in path.parts or bool(path.root or path.drive)


def _open_member(place: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Packed:
    try:
        return Packed(archive.open(member), member.compress_size)  # type: ignore[arg-type]  # an IO[bytes] is one
    except DAMAGE as error:
        raise InputError(f"{place}/{member.filename}", f"cannot be unpacked ({error})", "unpack it first") from error


class _Pipe:
    """A stream that can be read once; each call reads from its start as long as only the start was read."""

    def __init__(self, place: str, stream: io.BufferedReader) -> None:
        self._place, self.stream = place, stream
        self.start = b""
        self.beyond = False

    def __call__(self) -> BinaryIO:
        if self.beyond:
            raise InputError(self._place, "can be read only once", "save it to a file first")
        return io.BufferedReader(_Replay(self))


class _Replay(io.RawIOBase):
    """Reads first what was read before, and then on; the stream below stays open."""

    def __init__(self, pipe: _Pipe) -> None:
        self._pipe, self._at = pipe, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what io passes
        pipe = self._pipe
        if self._at < len(pipe.start):
            read = pipe.start[self._at : self._at + len(buffer)]
        else:
            read = pipe.stream.read1(len(buffer))  # what has come, without waiting for more
            if len(pipe.start) + len(read) > _REPLAYED:
                pipe.beyond = True
            elif not pipe.beyond:
                pipe.start += read
        self._at += len(read)
        buffer[: len(read)] = read
        return len(read)
