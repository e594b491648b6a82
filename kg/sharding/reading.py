"""Files read in parts, and the records of one paper, wherever they stand, made one."""

import io
import json
from array import array
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlsplit

from kg.errors import InputError
from kg.readers import Located, Source, find_files, keys_of, merged, read_records, sources_of_file
from kg.readers.packing import Packed
from kg.records import decode_paper, encode
from kg.sharding.blocks import blocks_of
from kg.sharding.engines import Counts
from kg.sharding.exchange import hash_of, inbox, read_numbers, read_rows, send_numbers, sending, write_rows
from kg.sharding.folder import part_name
from kg.sharding.job import File, Job

__all__ = ["QUARANTINE", "Quarantine", "files_of", "match", "merge", "read", "send", "size_of"]

QUARANTINE = "quarantine"
"""The folder with a line of JSON for each record that was left out."""

_FILE = 1 << 40
"""Records of a file are numbered from its number times this on."""


def files_of(inputs: Sequence[str]) -> tuple[File, ...]:
    """Find all files that inputs name, each once: paths, folders, globs, or URIs of object storage.

    Raises:
        InputError: A path or URI does not exist, or holds no file.
    """
    return tuple(dict.fromkeys(file for one in inputs for file in (_remote(one) if "://" in one else _local(one))))


def _local(typed: str) -> Iterator[File]:
    return ((str(path), optional) for path, optional in find_files([typed]))


def _remote(uri: str) -> Iterator[File]:
    from pyarrow.fs import FileSelector, FileSystem, FileType  # noqa: PLC0415 - an extra

    try:
        files, path = FileSystem.from_uri(uri)
        kind = files.get_file_info(path).type
        found = files.get_file_info(FileSelector(path, recursive=True)) if kind is FileType.Directory else ()
    except (OSError, ValueError) as error:
        raise InputError(uri, f"cannot be opened ({error})", "check the URI and the rights") from error
    if kind is FileType.NotFound:
        raise InputError(uri, "no such file or folder", "check the URI")
    names = sorted(one.path for one in found if one.is_file and not one.base_name.startswith("."))
    if kind is FileType.Directory and not names:
        raise InputError(uri, "holds no file", "give a folder with files of papers")
    yield from ([(_beside(uri, name), True) for name in names] if kind is FileType.Directory else [(uri, False)])


def _beside(uri: str, path: str) -> str:
    """The URI of a file of the same file system; an absolute path stands behind the host, another begins with it."""
    parts = urlsplit(uri)
    where = f"{parts.netloc}{quote(path)}" if path.startswith("/") else quote(path)
    return f"{parts.scheme}://{where}{f'?{parts.query}' if parts.query else ''}"


def size_of(path: str) -> int:
    """The size of a file in bytes."""
    if "://" not in path:
        return Path(path).stat().st_size
    from pyarrow.fs import FileSystem  # noqa: PLC0415 - an extra

    files, name = FileSystem.from_uri(path)
    return int(files.get_file_info(name).size)


def read(job: Job, part: int) -> Counts:
    """Read the records of a file, and note the keys by which others may be of the same papers."""
    counts = {"records": 0}
    keys, numbers = array("q"), array("q")  # of all records of a file, so that they must be small
    bad = Quarantine(job)

    def rows() -> Iterator[tuple[str, str]]:
        for record in read_records(_sources(*job.files[part]), job.reader, bad):
            number = part * _FILE + counts["records"]
            for key in keys_of(record.paper):
                keys.append(hash_of(key))
                numbers.append(number)
            counts["records"] += 1
            yield record.place, encode(record.paper)

    write_rows(job.shards, f"{job.work('read')}/{part_name(part)}", rows(), place=str, paper=str)
    write_rows(
        job.shards, f"{job.work('read-keys')}/{part_name(part)}", zip(keys, numbers, strict=True), key=int, record=int
    )
    bad.write(f"read-{part_name(part)}")
    return counts | {"bad": len(bad.rows)}


def _sources(path: str, optional: bool) -> list[Source]:
    if "://" not in path:
        return sources_of_file(Path(path), optional=optional)
    return [Source(path, partial(_open, path), optional)]


def _open(uri: str) -> Packed:
    from pyarrow.fs import FileSystem  # noqa: PLC0415 - an extra

    files, path = FileSystem.from_uri(uri)
    try:
        return Packed(io.BufferedReader(files.open_input_stream(path, compression=None)))
    except OSError as error:
        raise InputError(uri, f"cannot be read ({error})", "check the URI and the rights") from error


def match(job: Job, _: int) -> Counts:
    """Find the records that may be of one paper; others need not meet."""
    records, first = blocks_of(*read_numbers(job.shards, job.work("read-keys"), len(job.files)))
    files, shared = records // _FILE, records != first
    send_numbers(
        job.shards,
        f"{job.work('match')}/{part_name(0)}",
        files[shared],
        len(job.files),
        record=records[shared],
        first=first[shared],
    )
    return {}


def send(job: Job, part: int) -> Counts:
    """Send each record of a file to where its paper is put together: that of its first record."""
    first: dict[int, int] = dict(inbox(job.shards, job.work("match"), 1, part))
    name = f"{job.work('send')}/{part_name(part)}"
    with sending(job.shards, name, job.parts, record=int, place=str, paper=str) as out:
        for at, (place, paper) in enumerate(read_rows(job.shards, f"{job.work('read')}/{part_name(part)}")):
            number = part * _FILE + at
            lead = first.get(number, number)
            out.send_to((lead // _FILE + lead % _FILE) % job.parts, number, place, paper)
    return {}


def merge(job: Job, part: int) -> Counts:
    """Make one paper of its records."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    rows = sorted(inbox(job.shards, job.work("send"), len(job.files), part))
    notes: list[str] = []
    bad = Quarantine(job)
    papers = list(merged((Located(place, decode_paper(paper)) for _, place, paper in rows), bad, notes.append))
    columns = {
        "key": [one.key for one in papers],
        "id": [one.id for one in papers],
        "paper": [encode(one) for one in papers],
    }
    job.shards.write_table(
        f"records/{part_name(part)}.parquet", pa.table(columns, pa.schema([(name, pa.string()) for name in columns]))
    )
    bad.write(f"merge-{part_name(part)}")
    bare = sum(not one.abstract for one in papers)
    return {"papers": len(papers), "bad": len(bad.rows), "contradictions": len(notes), "without abstract": bare}


class Quarantine:
    """Takes the errors of bad records, if they shall be skipped."""

    def __init__(self, job: Job) -> None:
        self._shards, self._skip = job.shards, job.skip_bad
        self.rows: list[dict[str, str]] = []

    def __call__(self, error: InputError) -> None:
        """Take note of a record, or raise its error."""
        if not self._skip:
            raise error
        self.rows.append({"place": error.place, "reason": error.reason, "remedy": error.remedy})

    def write(self, name: str) -> None:
        """List them, if there are any."""
        if self.rows:
            lines = (f"{json.dumps(row, ensure_ascii=False)}\n".encode() for row in self.rows)
            self._shards.write(f"{QUARANTINE}/{name}.jsonl", lines)
