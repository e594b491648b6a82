"""Does `kg serve` stand good, bad and hostile requests, many at a time?

    python -m benchmarks.endurance GRAPH [REQUESTS]

Tells how often each kind of request got which status, how much memory all processes hold after each half, and what a
fast query takes alone and beside runaway ones. Exits with 1 where something is not as it should be: a 5xx but 503 and
504, a wrong answer, or memory that grows by more than a tenth in the second half.
"""

import argparse
import http.client
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from kg.queries import named_queries
from kg.store import open_graph

_AT_A_TIME: Final = 32
_FAST: Final = 50
_RUNAWAY: Final = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
_GREEDY: Final = "SELECT ?a ?d { ?a ?p ?b . ?c ?q ?d } ORDER BY ?b ?d"
_LIMITS: Final = frozenset({503, 504})


@dataclass(frozen=True)
class _Kind:
    """A kind of request.

    Attributes:
        share: How often it comes, against the others.
        statuses: What it may be answered with, beside the limits.
    """

    share: float
    method: str
    path: str
    body: bytes | None
    headers: Mapping[str, str]
    statuses: frozenset[int]
    answer: bytes | None = None


def main() -> None:
    """Run, and tell."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("graph", type=Path)
    parser.add_argument("requests", type=int, nargs="?", default=10_000)
    arguments = parser.parse_args()
    with _server(arguments.graph) as (url, process):
        kinds = _kinds(arguments.graph)
        good = _throw(url, kinds, arguments.requests // 2, seed=1)
        first = _memory(process)
        good &= _throw(url, kinds, arguments.requests - arguments.requests // 2, seed=2)
        second = _memory(process)
        print(f"memory of all processes: {first >> 20} MB after the first half, {second >> 20} MB after the second")
        alone, beside = _latency(url), _beside_runaways(url)
        print(f"a fast query, median: {alone * 1000:.1f} ms alone, {beside * 1000:.1f} ms beside a runaway one")
    sys.exit(0 if good and second <= 1.1 * first else 1)


def _kinds(graph: Path) -> dict[str, _Kind]:
    """Good requests with the answer that is due, and others with the statuses that are."""
    opened = open_graph(graph)
    kinds = {
        query.name: _get(query.text, 200, share=1, answer=_normal(opened.query(query.text).serialize("json")))
        for query in named_queries()
    }
    look = "SELECT ?p ?o { <https://example.org/kg/id/method/u-net> ?p ?o }"
    return kinds | {
        "look-up": _get(look, 200, share=20, answer=_normal(opened.query(look).serialize("json"))),
        "page": _Kind(3, "GET", "/id/method/u-net", None, {"Accept": "text/html"}, frozenset({200, 404})),
        "description": _Kind(2, "GET", "/sparql", None, {}, frozenset({200})),
        "malformed": _get("SELECT * { ?s ?p", 400, share=5),
        "not UTF-8": _Kind(2, "GET", "/sparql?query=%FF", None, {}, frozenset({400})),
        "SERVICE": _get("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 400, share=4),
        "too deep": _get("SELECT * " + "{" * 20_000 + "}" * 20_000, 400, share=0.2),
        "too long": _Kind(0.3, "POST", "/sparql", b"#" * (20 << 20), _QUERY, frozenset({413})),
        "too much": _get("SELECT * { ?s ?p ?o . ?s ?q ?r . ?s ?t ?u }", 422, share=0.1),
        "runaway": _get(_RUNAWAY, 504, share=0.1),
        "greedy": _get(_GREEDY, 503, share=0.1),
        "update": _Kind(3, "POST", "/update", b"CLEAR ALL", _UPDATE, frozenset({403})),
        "write": _Kind(2, "PUT", "/store?default", b"<urn:a> a <urn:b> .", _TURTLE, frozenset({403})),
        "no such path": _Kind(3, "GET", "/../../etc/passwd", None, {}, frozenset({404})),
        "foreign host": _Kind(2, "GET", "/sparql", None, {"Host": "evil.example"}, frozenset({421})),
        "wrong method": _Kind(2, "DELETE", "/sparql", None, {}, frozenset({405})),
    }


_QUERY: Final = {"Content-Type": "application/sparql-query"}
_UPDATE: Final = {"Content-Type": "application/sparql-update"}
_TURTLE: Final = {"Content-Type": "text/turtle"}


def _get(query: str, status: int, *, share: float, answer: bytes | None = None) -> _Kind:
    return _Kind(share, "POST", "/sparql", query.encode(), _QUERY, frozenset({status}), answer)


def _normal(answer: bytes) -> bytes:
    """An answer whose rows may come in any order, as a sorted list of its parts."""
    return b"".join(sorted(re.split(rb"(?<=\}\}),", answer.rstrip(b"]}")))).replace(b",", b"")


def _throw(url: str, kinds: Mapping[str, _Kind], number: int, seed: int) -> bool:
    """Send requests of all kinds, and print how they were answered; False if one was answered wrongly."""
    names = random.Random(seed).choices(list(kinds), [kind.share for kind in kinds.values()], k=number)  # noqa: S311
    local = threading.local()
    begun = time.perf_counter()
    with ThreadPoolExecutor(_AT_A_TIME) as threads:
        statuses = list(threads.map(lambda name: _send(local, url, kinds[name]), names))
    seconds = time.perf_counter() - begun
    told = Counter(zip(names, statuses, strict=True))
    print(f"{number} requests in {seconds:.0f} s, {_AT_A_TIME} at a time")
    wrong = 0
    for (name, status), times in sorted(told.items()):
        due = status in kinds[name].statuses or status in _LIMITS
        wrong += 0 if due else times
        print(f"  {name:<40} {status:>4} {times:>6}{'' if due else '  WRONG'}")
    return wrong == 0


def _send(local: threading.local, url: str, kind: _Kind) -> int:
    """Send one request on this thread's connection; -1 for an answer that is not the right one."""
    parts = urlsplit(url)
    for _ in range(2):
        if getattr(local, "connection", None) is None:
            local.connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
        try:
            local.connection.request(kind.method, kind.path, kind.body, dict(kind.headers))
            answer = local.connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):  # the server has closed it, as it may
            local.connection.close()
            local.connection = None
            continue
        right = answer.status != http.HTTPStatus.OK or kind.answer is None or _normal(body) == kind.answer
        return answer.status if right else -1
    return 413 if kind.body and len(kind.body) > 1 << 24 else 0  # it hung up while we still sent


def _latency(url: str) -> float:
    local = threading.local()
    kind = _get("ASK { ?s a kg:Paper }", 200, share=0)
    times = []
    for _ in range(_FAST):
        begun = time.perf_counter()
        if _send(local, url, kind) != http.HTTPStatus.OK:
            raise RuntimeError("a fast query was not answered")
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def _beside_runaways(url: str) -> float:
    runaway = threading.Thread(target=_send, args=(threading.local(), url, _get(_RUNAWAY, 504, share=0)))
    runaway.start()
    time.sleep(0.5)
    try:
        return _latency(url)
    finally:
        runaway.join()


@contextmanager
def _server(graph: Path) -> Iterator[tuple[str, int]]:
    command = [sys.executable, "-m", "kg", "serve", "-g", str(graph), "--port", "0", "--quiet", "--timeout", "10"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)  # noqa: S603 - our own
    try:
        said = process.stderr.readline() if process.stderr else ""
        yield re.findall(r"http://[^ ]+/", said)[0], process.pid
    finally:
        process.terminate()
        process.wait()


def _memory(server: int) -> int:
    """Bytes that the server and its workers hold."""
    listed = subprocess.run(  # noqa: S603
        ["ps", "-o", "rss=", "--pid", str(server), "--ppid", str(server)],  # noqa: S607
        capture_output=True, check=True, text=True,
    )  # fmt: skip
    return sum(map(int, listed.stdout.split())) * 1024


if __name__ == "__main__":
    main()
