"""What the server tells a worker to do, and what comes back, as they pass through the pipes between them.

A job is one MessagePack message after its length. A reply is a head in MessagePack and a body, after both lengths:
the body goes to the client as it is, and is never read on the way.
"""

import struct
from typing import Final

import msgspec

__all__ = [
    "HEAD",
    "LENGTH",
    "PASSED",
    "Around",
    "Ask",
    "Count",
    "Describe",
    "Explore",
    "Job",
    "Named",
    "Page",
    "ReadAll",
    "ReadGraph",
    "Reading",
    "Remove",
    "Reply",
    "Snapshot",
    "Update",
    "WorkerSettings",
    "Write",
    "Writing",
    "decode_job",
    "decode_reply",
    "decode_settings",
    "encode",
]

PASSED: Final = 0

LENGTH: Final = struct.Struct("!I")
HEAD: Final = struct.Struct("!II")

encode: Final = msgspec.msgpack.Encoder().encode


class WorkerSettings(msgspec.Struct, frozen=True):
    """What a worker is started with.

    Attributes:
        writes: Folder of the store to write; None for a worker that only reads.
        timeout: Seconds for one job.
        memory: Bytes that the process may take for its data.
        max_result: Bytes of the longest answer.
        services: Beginnings of the addresses that SERVICE may call.
    """

    writes: str | None
    timeout: float
    memory: int
    max_result: int
    services: tuple[str, ...]


class Ask(msgspec.Struct, frozen=True, tag=True):
    """Run a query.

    Attributes:
        default: Graphs the request names for the default graph; None with ``named`` None if it names no graphs.
        named: Graphs the request names for ``GRAPH``.
        result_type: Media type for rows, and yes or no; None if the client takes none there is.
        rdf_type: Media type for triples; likewise.
    """

    text: str
    default: tuple[str, ...] | None
    named: tuple[str, ...] | None
    result_type: str | None
    rdf_type: str | None


class ReadGraph(msgspec.Struct, frozen=True, tag=True):
    """Write out a graph; ``None`` is the default graph, the union of all if ``union``."""

    graph: str | None
    union: bool
    rdf_type: str


class ReadAll(msgspec.Struct, frozen=True, tag=True):
    """Write out all graphs, apart."""

    rdf_type: str


class Describe(msgspec.Struct, frozen=True, tag=True):
    """Tell in RDF what the graph says of the first of these nodes that it knows."""

    iris: tuple[str, ...]
    rdf_type: str


class Page(msgspec.Struct, frozen=True, tag=True):
    """Tell it on a page in HTML; ``bases`` are the beginnings of IRIs that this server answers for."""

    iris: tuple[str, ...]
    bases: tuple[str, ...]


class Explore(msgspec.Struct, frozen=True, tag=True):
    """Write the explorer: the page that ``kg export html`` makes, which asks here for what is not among its nodes."""

    nodes: int


class Around(msgspec.Struct, frozen=True, tag=True):
    """Tell what the explorer shows of the first of these nodes that is known, and of neighbours from ``start`` on."""

    iris: tuple[str, ...]
    start: int


class Named(msgspec.Struct, frozen=True, tag=True):
    """Name nodes that have a text in their name."""

    text: str


class Count(msgspec.Struct, frozen=True, tag=True):
    """Count what VoID tells, as JSON."""


class Update(msgspec.Struct, frozen=True, tag=True):
    """Run an update; ``default`` and ``named`` as in `Ask`."""

    text: str
    default: tuple[str, ...] | None
    named: tuple[str, ...] | None


class Write(msgspec.Struct, frozen=True, tag=True):
    """Add a document to a graph, or put it in its place."""

    graph: str | None
    base: str
    content_type: str
    body: bytes
    replace: bool


class Remove(msgspec.Struct, frozen=True, tag=True):
    """Remove a graph."""

    graph: str | None


class Snapshot(msgspec.Struct, frozen=True, tag=True):
    """Copy the store to a folder that is not there yet."""

    target: str


Reading = Ask | ReadGraph | ReadAll | Describe | Page | Explore | Around | Named | Count
Writing = Update | Write | Remove | Snapshot


class Job(msgspec.Struct, frozen=True):
    """A task with where to read, and whether the client takes gzip.

    Attributes:
        begin_by: When, in seconds of the machine's monotonic clock, it is passed over if it has not begun; 0: never.
    """

    store: str
    gzip: bool
    task: Reading | Writing
    begin_by: float = 0.0


class Reply(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a job went.

    Attributes:
        status: As in HTTP; 410 where the store is gone, 507 where memory was short, 599 for a fault of ours, and
            `PASSED` for a job that came too late to begin.
        media: Of the body.
        gzip: The body is compressed.
        detail: What went wrong, on one line.
        last: The worker ends, and takes no further job.
    """

    status: int
    media: str = ""
    gzip: bool = False
    detail: str = ""
    last: bool = False


decode_job: Final = msgspec.msgpack.Decoder(Job).decode
decode_reply: Final = msgspec.msgpack.Decoder(Reply).decode
decode_settings: Final = msgspec.json.Decoder(WorkerSettings).decode
