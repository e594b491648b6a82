"""Rows on their way from one stage to another, each to the part that its key belongs to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.errors import GraphError
from kg.sharding.blocks import Numbers
from kg.sharding.folder import Shards

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Outbox", "hash_of", "inbox", "read_numbers", "read_rows", "send_numbers", "write_rows"]

Row = tuple[Any, ...]
Column = Sequence[Any] | Numbers


def hash_of(key: str) -> int:
    """A number of 63 bits that stands for a key, the same on every machine.

    Two of 100 million keys meet with a chance of 1 in 1,800; what meets by it must bear that.
    """
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) >> 1


class Outbox:
    """Rows that one part of a stage sends, by target.

    Args:
        targets: How many parts the receiving stage has.
        columns: Names of the columns, each with the type of its values.
    """

    def __init__(self, targets: int, /, **columns: type) -> None:
        self._rows: list[list[Row]] = [[] for _ in range(targets)]
        self._columns = columns

    def send(self, key: str, *row: Any) -> None:  # noqa: ANN401 - values of the columns
        """Send a row to where its key belongs."""
        self.send_to(hash_of(key) % len(self._rows), *row)

    def send_to(self, target: int, *row: Any) -> None:  # noqa: ANN401 - as above
        """Send a row to a part."""
        self._rows[target].append(row)

    def write(self, shards: Shards, name: str) -> None:
        """Write all that was sent: a file that holds a batch for each target.

        Raises:
            OutputError: It cannot be written.
        """
        _write(shards, name, (_columns(rows, self._columns) for rows in self._rows), self._columns)


def inbox(shards: Shards, folder: str, senders: int, target: int) -> Iterator[Row]:
    """Yield the rows that all parts of a stage sent to a target, in order of the parts.

    Raises:
        GraphError: A file is missing or cannot be read.
    """
    for name in _sent(shards, folder, senders):
        with shards.open(name) as file:
            yield from _rows(_reader(file).get_batch(target))


def write_rows(shards: Shards, name: str, rows: Iterable[Row], /, **columns: type) -> None:
    """Write rows for one reader.

    Raises:
        OutputError: The file cannot be written.
    """
    _write(shards, name, (_columns(some, columns) for some in _cut(rows)), columns)


def send_numbers(shards: Shards, name: str, targets: Numbers, count: int, /, **columns: Numbers) -> None:
    """Write rows of numbers as `Outbox` does, without making any of them a row.

    Args:
        shards: Where to write.
        name: Of the file.
        targets: Of shape (n,), the part that each row goes to.
        count: How many parts there are.
        columns: Each of shape (n,).

    Raises:
        OutputError: The file cannot be written.
    """
    sent = ([column[targets == target] for column in columns.values()] for target in range(count))
    _write(shards, name, sent, dict.fromkeys(columns, int))


def read_numbers(shards: Shards, folder: str, senders: int) -> list[Numbers]:
    """Read the columns of all files in a folder, one of each part that sent some, which hold nothing but numbers.

    Raises:
        GraphError: A file is missing or cannot be read.
    """
    found: list[list[Numbers]] = []
    for name in _sent(shards, folder, senders):
        with shards.open(name) as file:
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
    with shards.open(name) as file:
        reader = _reader(file)
        for number in range(reader.num_record_batches):
            yield from _rows(reader.get_batch(number))


_AT_ONCE = 10_000
"""Rows of a batch: what is in memory of a file that is read from start to end."""


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


def _write(shards: Shards, name: str, batches: Iterable[Sequence[Column]], columns: Mapping[str, type]) -> None:
    import pyarrow as pa  # noqa: PLC0415 - an extra

    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    schema = pa.schema([(column, types[holds]) for column, holds in columns.items()])
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with shards.writing(name) as sink, pa.ipc.new_file(sink, schema, options=options) as file:
        for values in batches:
            arrays = [pa.array(column, field.type) for column, field in zip(values, schema, strict=True)]
            file.write_batch(pa.record_batch(arrays, schema=schema))


def _reader(file: "pa.NativeFile") -> "pa.ipc.RecordBatchFileReader":
    import pyarrow as pa  # noqa: PLC0415 - an extra

    return pa.ipc.open_file(file)


def _rows(batch: "pa.RecordBatch") -> Iterator[Row]:
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)
