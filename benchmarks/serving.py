"""How many requests a second `kg serve` answers beside `oxigraph serve`, on one store and in one run.

    python -m benchmarks.serving GRAPH

GRAPH is a graph directory. Both servers run on this machine with the client, which so takes its share; no answers are
cached. Each measure is the best of three.
"""

import argparse
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

from kg.namespaces import PREFIXES
from kg.queries import named_queries
from kg.store import GraphDirectory, open_graph

_CONNECTIONS = 8
_SECONDS = 4.0
_ROUNDS = 3
_CHUNKED = re.compile(rb"transfer-encoding:\s*chunked", re.IGNORECASE)
_LENGTH = re.compile(rb"content-length:\s*(\d+)", re.IGNORECASE)


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("graph", type=Path)
    graph: Path = parser.parse_args().graph
    queries = _queries(graph)
    lookups = [f"SELECT ?p ?o {{ <{iri}> ?p ?o }}" for iri in _subjects(graph)]
    print(f"{'requests a second':<44} {'kg serve':>10} {'oxigraph':>10} {'ratio':>7}")
    with _kg(graph) as ours, _oxigraph(graph) as theirs:
        for name, texts in {**{name: [text] for name, text in queries.items()}, "one subject": lookups}.items():
            rates = [(_rate(ours, texts), _rate(theirs, texts)) for _ in range(_ROUNDS)]
            best = [max(column) for column in zip(*rates, strict=True)]
            print(f"{name:<44} {best[0]:>10.1f} {best[1]:>10.1f} {best[0] / best[1]:>7.2f}", flush=True)


def _queries(graph: Path) -> dict[str, str]:
    """The named queries with all prefixes declared: other servers know none."""
    del graph
    declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    return {query.name: declared + query.text for query in named_queries()}


def _subjects(graph: Path) -> list[str]:
    rows = open_graph(graph).select("SELECT DISTINCT ?s { ?s a skos:Concept } ORDER BY ?s LIMIT 500")
    return [row["s"].value for row in rows if row["s"] is not None]


@contextmanager
def _kg(graph: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "kg", "serve", "-g", str(graph), "--port", "0", "--quiet", "--timeout", "600"]
    command += ["--workers", str(_CONNECTIONS)]  # as many at a time as the other takes
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)  # noqa: S603 - our own
    try:
        said = process.stderr.readline() if process.stderr else ""
        yield f"{re.findall(r'http://[^ ]+/', said)[0]}sparql"
    finally:
        process.terminate()
        process.wait()


@contextmanager
def _oxigraph(graph: Path) -> Iterator[str]:
    """The other server, on a copy of the store: it does not share one."""
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(GraphDirectory(graph).store_path(), Path(folder) / "store")
        command = [str(Path(sys.executable).parent / "oxigraph"), "serve-read-only", "--location", f"{folder}/store"]
        options = ["--bind", f"127.0.0.1:{port}", "--union-default-graph"]
        process = subprocess.Popen([*command, *options], stderr=subprocess.DEVNULL)  # noqa: S603
        try:
            _wait(port)
            yield f"http://127.0.0.1:{port}/query"
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


def _rate(url: str, texts: Sequence[str]) -> float:
    """Requests a second over several connections that stay open."""
    counts = [0] * _CONNECTIONS
    end = time.perf_counter() + _SECONDS
    begun = time.perf_counter()
    threads = [threading.Thread(target=_ask, args=(url, texts, counts, one, end)) for one in range(_CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - begun)


def _ask(url: str, texts: Sequence[str], counts: list[int], number: int, end: float) -> None:
    parts = urlsplit(url)
    requests = [_request(parts.netloc, parts.path, text) for text in texts]
    with socket.create_connection((parts.hostname or "", parts.port or 80)) as connection:
        at = number
        while time.perf_counter() < end:
            connection.sendall(requests[at % len(requests)])
            _receive(connection)
            counts[number] += 1
            at += _CONNECTIONS


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
