"""Rows on their way from one stage to another, each to the part that its key belongs to."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kg.errors import GraphError
from kg.sharding.blocks import Numbers
from kg.sharding.folder import Shards

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Outbox", "hash_of", "inbox", "read_numbers", "read_rows", "send_numbers", "sending", "write_rows"]

_AT_ONCE: Final = 2_000
"""Rows that are in memory at a time, of a file that is written or read from start to end."""

_EACH: Final = 20
"""Rows that come together for each target, at least and on average, before they are written: batches pack badly."""

_TARGETS: Final = b"targets"

Row = tuple[Any, ...]
Column = Sequence[Any] | Numbers


def hash_of(key: str) -> int:
    """A number of 63 bits that stands for a key, the same on every machine.

    Two of 100 million keys meet with a chance of 1 in 1,800; what meets by it must bear that.
    """
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) >> 1


class Outbox:
    """Rows that one part of a stage sends, by target; `sending` makes one.

    Args:
        targets: How many parts the receiving stage has.
        write: Takes the rows of one target after the other, as often as there are many.
    """

    def __init__(self, targets: int, write: Callable[[Sequence[Row]], None]) -> None:
        self._rows: list[list[Row]] = [[] for _ in range(targets)]
        self._write = write
        self._most = max(_AT_ONCE, _EACH * targets)
        self._count = 0

    def send(self, key: str, *row: Any) -> None:  # noqa: ANN401 - values of the columns
        """Send a row to where its key belongs."""
        self.send_to(hash_of(key) % len(self._rows), *row)

    def send_to(self, target: int, *row: Any) -> None:  # noqa: ANN401 - as above
        """Send a row to a part."""
        self._rows[target].append(row)
        self._count += 1
        if self._count == self._most:
            self.flush()

    def flush(self) -> None:
        """Write what has come together."""
        for rows in self._rows:
            self._write(rows)
            rows.clear()
        self._count = 0


@contextmanager
def sending(shards: Shards, name: str, targets: int, /, **columns: type) -> Iterator[Outbox]:
    """Open a file of rows for the parts of another stage, in rounds of one batch for each.

    Args:
        shards: Where it is written.
        name: Of the file.
        targets: How many parts the receiving stage has.
        columns: Names of the columns, each with the type of its values.

    Raises:
        OutputError: It cannot be written.
    """
    with _writing(shards, name, columns, targets) as write:
        out = Outbox(targets, lambda rows: write(_columns(rows, columns)))
        yield out
        out.flush()


def inbox(shards: Shards, folder: str, senders: int, target: int) -> Iterator[Row]:
    """Yield the rows that all parts of a stage sent to a target, in order of the parts.

    Raises:
        GraphError: A file is missing or cannot be read.
    """
    for name in _sent(shards, folder, senders):
        with shards.reading(name) as file:
            reader = _reader(file)
            for number in range(target, reader.num_record_batches, int(reader.schema.metadata[_TARGETS])):
                yield from _rows(reader.get_batch(number))


def write_rows(shards: Shards, name: str, rows: Iterable[Row], /, **columns: type) -> None:
    """Write rows for one reader.

    Raises:
        OutputError: The file cannot be written.
    """
    with _writing(shards, name, columns) as write:
        for some in _cut(rows):
            write(_columns(some, columns))


def send_numbers(shards: Shards, name: str, targets: Numbers, count: int, /, **columns: Numbers) -> None:
    """Write rows of numbers as `sending` does, without making any of them a row.

    Args:
        shards: Where to write.
        name: Of the file.
        targets: Of shape (n,), the part that each row goes to.
        count: How many parts there are.
        columns: Each of shape (n,).

    Raises:
        OutputError: The file cannot be written.
    """
    with _writing(shards, name, dict.fromkeys(columns, int), count) as write:
        for target in range(count):
            write([column[targets == target] for column in columns.values()])


def read_numbers(shards: Shards, folder: str, senders: int) -> list[Numbers]:
    """Read the columns of all files in a folder, one of each part that sent some, which hold nothing but numbers.

    Raises:
        GraphError: A file is missing or cannot be read.
    """
    found: list[list[Numbers]] = []
    for name in _sent(shards, folder, senders):
        with shards.reading(name) as file:
            found.append([column.to_numpy() for column in _reader(file).read_all().columns])
    return [np.concatenate(columns) for columns in zip(*found, strict=True)]


def _sent(shards: Shards, folder: str, senders: int) -> list[str]:
    """The files that parts sent: what is not there yet, or no more, must not look like nothing to say."""
    names = shards.names(folder)
    if len(names) != senders:
        reason = f"{len(names)} files of {senders} parts are there; something else has made or deleted some"
        raise GraphError(f"{shards / folder}: {reason}; say again what makes the shards, alone")
    return names


def read_rows(shards: Shards, name: str) -> Iterator[Row]:
    """Read such rows.

    Raises:
        GraphError: The file is missing or cannot be read.
    """
    with shards.reading(name) as file:
        reader = _reader(file)
        for number in range(reader.num_record_batches):
            yield from _rows(reader.get_batch(number))


def _cut(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    yield batch


def _columns(rows: Sequence[Row], columns: Mapping[str, type]) -> Sequence[Column]:
    return list(zip(*rows, strict=True)) if rows else [()] * len(columns)


@contextmanager
def _writing(
    shards: Shards, name: str, columns: Mapping[str, type], targets: int = 1
) -> "Iterator[Callable[[Sequence[Column]], None]]":
    """Open a file to write; what takes the columns of a batch writes it."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    fields = [(column, types[holds]) for column, holds in columns.items()]
    schema = pa.schema(fields, metadata={_TARGETS: str(targets)})
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with shards.writing(name) as sink, pa.ipc.new_file(sink, schema, options=options) as file:

        def write(values: Sequence[Column]) -> None:
            arrays = [pa.array(column, field.type) for column, field in zip(values, schema, strict=True)]
            file.write_batch(pa.record_batch(arrays, schema=schema))

        yield write


def _reader(file: "pa.NativeFile") -> "pa.ipc.RecordBatchFileReader":
    import pyarrow as pa  # noqa: PLC0415 - an extra

    return pa.ipc.open_file(file)


def _rows(batch: "pa.RecordBatch") -> Iterator[Row]:
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)
