"""How fast `kg serve` answers beside `oxigraph serve`, on one store and in one run.

    python -m benchmarks.serving GRAPH [ROUNDS]

GRAPH is a graph directory. Both servers run on this machine with the client, which so takes its share, and answer the
same requests over as many connections that stay open; no answers are cached. They take turns, a second each or until
every connection has had an answer, so that what else the machine does burdens both; of a question that takes seconds,
fewer turns over fewer connections. Told are the medians over the rounds; a ratio is what they do by what we do:
requests in a second of ours by theirs, or processor time for a request of theirs by ours.
"""

import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from typing import Final, NamedTuple
from urllib.parse import quote, urlsplit

from kg.namespaces import PREFIXES
from kg.queries import named_queries
from kg.store import GraphDirectory, open_graph

_CONNECTIONS: Final = 8
_SECONDS: Final = 1.0
_ROUNDS: Final = 5
_FEW: Final = 2
"""Connections and rounds for a question that takes longer than a turn should."""
_LOOKUPS: Final = "look-ups of one subject"
_CHUNKED: Final = re.compile(rb"transfer-encoding:\s*chunked", re.IGNORECASE)
_LENGTH: Final = re.compile(rb"content-length:\s*(\d+)", re.IGNORECASE)


class _Server(NamedTuple):
    """A server that runs: where it takes queries, and the process that it began as."""

    url: str
    process: int


class _Turn(NamedTuple):
    """Requests a second, and milliseconds of the processor for each, in all processes of the server."""

    rate: float
    cost: float


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("graph", type=Path)
    parser.add_argument("rounds", type=int, nargs="?", default=_ROUNDS)
    arguments = parser.parse_args()
    measures = {_LOOKUPS: _lookups(arguments.graph)} | {name: [text] for name, text in _queries().items()}
    print(f"{'':<36}{'requests a second':^28}{'ms of processor for each':^28}")
    print(f"{'':<36}" + f"{'kg':>10}{'oxigraph':>10}{'ratio':>8}" * 2)
    with _kg(arguments.graph) as ours, _oxigraph(arguments.graph) as theirs:
        ratios = {}
        for name, texts in measures.items():
            slow = 1 / _turn(theirs, texts[:1], 1).rate > _SECONDS
            connections, rounds = (_FEW, _FEW) if slow else (_CONNECTIONS, arguments.rounds)
            turns = [(_turn(ours, texts, connections), _turn(theirs, texts, connections)) for _ in range(rounds)]
            ratios[name] = _compare(name, turns)
    ratios.pop(_LOOKUPS)
    low, high = min(ratios.values()), max(ratios.values())
    print(f"named queries: {low:.2f} to {high:.2f}, median {median(ratios.values()):.2f}")


def _queries() -> Mapping[str, str]:
    """The named queries with all prefixes declared: other servers know none."""
    declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    return {query.name: declared + query.text for query in named_queries()}


def _lookups(graph: Path) -> Sequence[str]:
    rows = open_graph(graph).select("SELECT DISTINCT ?s { ?s a skos:Concept } ORDER BY ?s LIMIT 500")
    return [f"SELECT ?p ?o {{ <{row['s'].value}> ?p ?o }}" for row in rows if row["s"] is not None]


def _compare(name: str, rounds: Sequence[tuple[_Turn, _Turn]]) -> float:
    """Print a line of the table, and give the ratio of the rates."""
    ours, theirs = ([turns[side] for turns in rounds] for side in (0, 1))
    rate = median(our.rate / their.rate for our, their in rounds)
    cost = sum(their.cost for their in theirs) / max(sum(our.cost for our in ours), 1e-9)
    rates, costs = ([median(turn[column] for turn in side) for side in (ours, theirs)] for column in (0, 1))
    numbers = f"{rates[0]:>10.1f}{rates[1]:>10.1f}{rate:>8.2f}{costs[0]:>10.3f}{costs[1]:>10.3f}{cost:>8.2f}"
    print(f"{name:<36}{numbers}", flush=True)
    return rate


@contextmanager
def _kg(graph: Path) -> Iterator[_Server]:
    command = [sys.executable, "-m", "kg", "serve", "-g", str(graph), "--port", "0", "--quiet", "--timeout", "600"]
    command += ["--workers", str(_CONNECTIONS)]  # as many at a time as the other takes
    command += ["--max-result", "4095", "--memory", "4096"]  # the other knows no limits
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)  # noqa: S603 - our own
    try:
        said = process.stderr.readline() if process.stderr else ""
        yield _Server(f"{re.findall(r'http://[^ ]+/', said)[0]}sparql", process.pid)
    finally:
        process.terminate()
        process.wait()


@contextmanager
def _oxigraph(graph: Path) -> Iterator[_Server]:
    """The other server, on a copy of the store: it does not share one."""
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(GraphDirectory(graph).store_path(), Path(folder) / "store")
        command = [str(Path(sys.executable).parent / "oxigraph"), "serve-read-only", "--location", f"{folder}/store"]
        options = ["--bind", f"127.0.0.1:{port}", "--union-default-graph"]
        process = subprocess.Popen([*command, *options], stderr=subprocess.DEVNULL)  # noqa: S603
        try:
            _wait(port)
            yield _Server(f"http://127.0.0.1:{port}/query", process.pid)
        finally:
            process.terminate()
            process.wait()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("oxigraph does not start")


def _turn(server: _Server, texts: Sequence[str], connections: int) -> _Turn:
    """Ask over several connections that stay open."""
    counts = [0] * connections
    before, begun = _processor_time(server.process), time.perf_counter()
    end = begun + _SECONDS
    threads = [threading.Thread(target=_ask, args=(server.url, texts, counts, one, end)) for one in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds, spent = time.perf_counter() - begun, _processor_time(server.process) - before
    return _Turn(sum(counts) / seconds, 1000 * spent / sum(counts))


def _processor_time(server: int) -> float:
    """Seconds of the processor that a server and its workers have had (proc(5): stat, fields 14 and 15)."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            number, _, rest = stat.read_text().partition(" (")
            fields = rest.rpartition(") ")[2].split()
            if str(server) in {number, fields[1]}:
                ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _ask(url: str, texts: Sequence[str], counts: list[int], number: int, end: float) -> None:
    parts = urlsplit(url)
    requests = [_request(parts.netloc, parts.path, text) for text in texts]
    with socket.create_connection((parts.hostname or "", parts.port or 80)) as connection:
        at = number
        while time.perf_counter() < end:
            connection.sendall(requests[at % len(requests)])
            _receive(connection)
            counts[number] += 1
            at += len(counts)


def _request(host: str, path: str, text: str) -> bytes:
    accept = "application/sparql-results+json"
    return f"GET {path}?query={quote(text, safe='')} HTTP/1.1\r\nHost: {host}\r\nAccept: {accept}\r\n\r\n".encode()


def _receive(connection: socket.socket) -> None:
    data = bytearray()
    while b"\r\n\r\n" not in data:
        data += connection.recv(1 << 18)
    head, _, body = bytes(data).partition(b"\r\n\r\n")
    if b" 200 " not in head[:15]:
        raise RuntimeError(head.decode("latin-1"))
    if _CHUNKED.search(head):
        tail = body
        while not tail.endswith(b"0\r\n\r\n"):
            tail = tail[-16:] + connection.recv(1 << 18)
        return
    length = _LENGTH.search(head)
    left = int(length[1]) - len(body) if length else 0
    while left > 0:
        left -= len(connection.recv(min(left, 1 << 18)))


if __name__ == "__main__":
    main()
