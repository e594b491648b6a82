"""A folder of shards, on disk or in object storage; its files are written once, whole or not at all."""

import gzip
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from kg.errors import GraphError, OutputError, UsageError

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq
    from pyarrow.fs import FileSystem

__all__ = ["WORK", "Shards", "part_name"]

WORK: Final = "work"
"""The folder of what stages write for one another, and of what is not written to its end."""

_ROWS: Final = 100
"""Of a table, that are made objects at a time."""

_ROW_GROUP: Final = 2_000
"""Rows that are written together at least, where there are as many."""

_LEVEL: Final = 1
"""Of gzip: N-Quads repeat themselves so much that more pays little (9.1 of 100 bytes are left; 6.9 at level 6)."""


def part_name(part: int) -> str:
    """The name of a part, as engines for such files expect it.

    >>> part_name(7)
    'part-00007'
    """
    return f"part-{part:05}"


@dataclass(frozen=True, slots=True)
class Shards:
    """A folder of shards.

    Attributes:
        uri: A path, or what pyarrow opens (https://arrow.apache.org/docs/python/filesystems.html): ``s3://…``,
            ``gs://…``, ``hdfs://…``, ``fsspec+PROTOCOL://…``. Every machine that takes part must see the same.
    """

    uri: str

    @property
    def _files(self) -> "tuple[FileSystem, str]":
        # The current folder may change while the process lives; what is opened holds for a name that stands in full.
        files, root = _opened(self.uri if "://" in self.uri else str(Path(self.uri).absolute()))
        return files, root

    def __truediv__(self, name: str) -> str:
        return f"{self.uri.rstrip('/')}/{name}"

    @contextmanager
    def writing(self, name: str) -> "Iterator[pa.NativeFile]":
        """Open a file to write; it has its name when all is written.

        Raises:
            OutputError: It cannot be written.
        """
        files, root = self._files
        path = f"{root}/{name}"
        new = f"{root}/{WORK}/new/{uuid4().hex}"
        try:
            for one in (path, new):
                files.create_dir(one.rpartition("/")[0], recursive=True)
            with files.open_output_stream(new, compression=None) as sink:
                yield sink
            files.move(new, path)
        except BaseException as error:
            with suppress(OSError):
                files.delete_file(new)
            if isinstance(error, OSError):
                remedy = "check the path, rights and space"
                raise OutputError(self / name, f"cannot be written ({error})", remedy) from error
            raise

    @contextmanager
    def packing(self, name: str) -> Iterator[gzip.GzipFile]:
        """Open a file to write that is packed with gzip, to the same bytes each time.

        Raises:
            OutputError: It cannot be written.
        """
        with (
            self.writing(name) as sink,
            gzip.GzipFile(fileobj=sink, mode="wb", compresslevel=_LEVEL, filename="", mtime=0) as packed,
        ):
            yield packed

    @contextmanager
    def tabulating(self, name: str, schema: "pa.Schema") -> "Iterator[Callable[[pa.Table], None]]":
        """Open a Parquet file to write; what takes tables writes small ones together, which packs better.

        Raises:
            OutputError: It cannot be written.
        """
        import pyarrow as pa  # noqa: PLC0415 - an extra

        with self.writing(name) as sink, _parquet_writer(sink, schema) as writer:
            waiting: list[pa.Table] = []

            def write(table: pa.Table) -> None:
                waiting.append(table)
                if sum(one.num_rows for one in waiting) >= _ROW_GROUP:
                    writer.write_table(pa.concat_tables(waiting))
                    waiting.clear()

            yield write
            if waiting:
                writer.write_table(pa.concat_tables(waiting))

    def write(self, name: str, data: bytes | Iterable[bytes]) -> None:
        """Write a file.

        Raises:
            OutputError: It cannot be written.
        """
        with self.writing(name) as sink:
            for part in [data] if isinstance(data, bytes) else data:
                sink.write(part)

    def write_table(self, name: str, table: "pa.Table") -> None:
        """Write a table as Parquet.

        Raises:
            OutputError: It cannot be written.
        """
        with self.tabulating(name, table.schema) as write:
            write(table)

    @contextmanager
    def reading(self, name: str) -> "Iterator[pa.NativeFile]":
        """Open a file to read, at any place.

        Raises:
            GraphError: It is missing or damaged.
        """
        import pyarrow as pa  # noqa: PLC0415 - an extra

        files, root = self._files
        try:
            with files.open_input_file(f"{root}/{name}") as file:
                yield file
        except (OSError, pa.ArrowInvalid) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise GraphError(f"{self / name}: cannot be read ({error}); check the path and the rights") from error
            raise self.damage(name, error) from error

    def damage(self, name: str, error: object) -> GraphError:
        """The error that tells of a damaged file: what made it takes it for done, but storage may only be away."""
        reason = " ".join(str(error).split())
        return GraphError(f"{self / name}: is damaged ({reason}); if it stays so, delete {self.uri} and make it again")

    def read(self, name: str) -> bytes:
        """Read a file.

        Raises:
            GraphError: It is missing or damaged.
        """
        with self.reading(name) as file:
            return bytes(file.read())

    def read_json(self, name: str) -> Any:  # noqa: ANN401 - whatever was written
        """Read a file of JSON.

        Raises:
            GraphError: It is missing or damaged.
        """
        try:
            return json.loads(self.read(name))
        except ValueError as error:
            raise self.damage(name, error) from error

    def rows(self, name: str, *columns: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a table that was written as Parquet.

        Few are made at a time: as objects they take several times the room.

        Raises:
            GraphError: It is missing or damaged.
        """
        import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

        with self.reading(name) as file:
            table = pq.ParquetFile(file, page_checksum_verification=True)
            for batch in table.iter_batches(_ROWS, columns=list(columns)):
                yield from zip(*(batch[column].to_pylist() for column in columns), strict=True)

    def has(self, name: str) -> bool:
        """Tell whether a file is there."""
        files, root = self._files
        return bool(files.get_file_info(f"{root}/{name}").is_file)

    def names(self, folder: str) -> list[str]:
        """The names of the files in a folder, in order; none if there is no such folder."""
        from pyarrow.fs import FileSelector  # noqa: PLC0415 - an extra

        files, root = self._files
        found = files.get_file_info(FileSelector(f"{root}/{folder}", allow_not_found=True))
        return sorted(f"{folder}/{one.base_name}" for one in found if one.is_file and one.base_name[0] != ".")

    def drop(self, folder: str) -> None:
        """Delete a folder with all it holds, if it is there."""
        files, root = self._files
        with suppress(FileNotFoundError):
            files.delete_dir(f"{root}/{folder}")


def _parquet_writer(sink: "pa.NativeFile", schema: "pa.Schema") -> "pq.ParquetWriter":
    import pyarrow.parquet as pq  # noqa: PLC0415 - an extra

    return pq.ParquetWriter(sink, schema, compression="zstd", write_page_checksum=True)


@cache
def _opened(uri: str) -> Any:  # noqa: ANN401 - a pair that pyarrow does not type
    try:
        from pyarrow.fs import FileSystem  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise UsageError("shards need pyarrow; install it with: pip install 'kg[parquet]'") from error
    try:
        return FileSystem.from_uri(uri)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"{uri}: cannot be opened ({error}); give a folder, or a URI such as s3://bucket/kg"
        ) from error
