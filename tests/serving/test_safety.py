"""Whatever a request says, nothing is reached that it must not reach, and nobody else has to wait for it."""

import re
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.serving.conftest import GRAPH
from tests.serving.fuzzing import send_raw
from tests.serving.server import Server, running

_RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?h ?i . ?j ?k ?l }"


class _Listener:
    """Counts who connects to a port of this machine."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/x"
        self.calls = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.calls += 1
            connection.recv(1000)
            answer = b'{"head":{"vars":["o"]},"results":{"bindings":[{"o":{"type":"literal","value":"far"}}]}}'
            head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(answer)}\r\n"
            connection.sendall(f"{head}Content-Type: application/sparql-results+json\r\n\r\n".encode() + answer)
            connection.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[_Listener]:
    one = _Listener()
    yield one
    one.close()


_PROBES = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "SELECT * { SeRvIcE <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { SERVICE # why\n<URL> { ?s ?p ?o } }",
    "SELECT * { BIND(<URL> AS ?e) SERVICE ?e { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE <URL> { ?s ?p ?o } }",
    "PREFIX e: <URL> SELECT * { SERVICE e: { ?s ?p ?o } }",
    "BASE <URL> SELECT * { SERVICE <> { ?s ?p ?o } }",
    "SELECT * FROM <URL> { ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "DESCRIBE <URL>",
    "LOAD <URL>",
]


@pytest.mark.parametrize("probe", _PROBES)
def test_no_query_reaches_out(server: Server, listener: _Listener, probe: str) -> None:
    query = probe.replace("URL", listener.url)

    answers = [
        server.query(query),
        server.ask("GET", f"/sparql?query={quote(query)}&default-graph-uri={quote(listener.url)}"),
    ]

    assert listener.calls == 0
    assert {answer.status for answer in answers} <= {200, 400, 406}
    assert all(b"root:" not in answer.body for answer in answers)


@pytest.mark.parametrize(
    "update",
    [
        "LOAD <URL>",
        "load silent <URL> INTO GRAPH <urn:x:g>",
        "CLEAR ALL;LOAD<URL>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
        "LOAD <file:///etc/passwd> INTO GRAPH <urn:x:g>",
    ],
)
def test_no_update_reaches_out(writable: Server, listener: _Listener, update: str) -> None:
    text = update.replace("URL", listener.url)

    answer = writable.ask("POST", "/update", text.encode(), content_type="application/sparql-update")

    assert answer.status == 400
    assert listener.calls == 0
    assert writable.ask("GET", "/store?graph=urn:x:g").status == 404


def test_no_document_reaches_out(writable: Server, listener: _Listener) -> None:
    context = f'{{"@context": "{listener.url}", "@id": "urn:x:a", "name": "b"}}'.encode()
    entity = f'<!DOCTYPE r [<!ENTITY e SYSTEM "{listener.url}">]><r>&e;</r>'.encode()

    assert writable.ask("PUT", "/store?graph=urn:x:c", context, content_type="application/ld+json").status == 400
    assert writable.ask("PUT", "/store?graph=urn:x:c", entity, content_type="application/rdf+xml").status == 400
    assert listener.calls == 0


def test_a_literal_that_holds_the_word_is_answered(server: Server) -> None:
    answer = server.query('SELECT ("SERVICE <http://x/> {" AS ?said) { }')

    assert "SERVICE <http://x/> {" in answer.text


def test_only_services_that_are_allowed_are_called(listener: _Listener, tmp_path: Path) -> None:
    host = re.match(r"http://[^/]+", listener.url)
    assert host is not None
    with running(GRAPH, "--workers", "1", "--allow-service", host[0], log=tmp_path / "log") as server:
        allowed = server.query(f"SELECT * {{ SERVICE <{listener.url}> {{ ?s ?p ?o }} }}")
        other = server.query(f"SELECT * {{ SERVICE <{host[0]}0/> {{ ?s ?p ?o }} }}")
        hidden = server.query(
            f"SELECT * {{ # SERVICE\n<{listener.url}> ?p ?o . \\u0053ERVICE <http://127.0.0.1:1/> {{ ?s ?q ?r }} }}"
        )

    assert "far" in allowed.text
    assert listener.calls == 1
    assert (other.status, hidden.status) == (400, 400)


def test_a_runaway_query_is_cut_off_and_others_are_answered(server: Server) -> None:
    with ThreadPoolExecutor() as threads:
        runaway = threads.submit(server.query, _RUNAWAY)
        fast = [server.query("ASK { ?s ?p ?o }") for _ in range(50)]

        assert [one.status for one in fast] == [200] * 50
        assert runaway.result().status == 504
    assert server.query("ASK {}").status == 200


def test_many_runaway_queries_do_not_keep_a_fast_one_waiting(server: Server) -> None:
    with ThreadPoolExecutor() as threads:
        runaways = [threads.submit(server.query, _RUNAWAY) for _ in range(4)]
        time.sleep(0.3)
        assert server.query("ASK {}").status == 200
        assert {one.result().status for one in runaways} <= {503, 504}


def test_a_query_that_takes_too_much_memory_ends_and_its_memory_comes_back(server: Server) -> None:
    answer = server.query("SELECT ?a ?d { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f } ORDER BY ?b ?d")

    assert answer.status == 503
    assert "memory" in answer.text
    assert server.query("ASK {}").status == 200
    assert sum(_memory(one) for one in server.workers()) < 200 << 20


def test_a_query_nested_beyond_the_engines_stack_is_refused(server: Server) -> None:
    deep = "{" * 50_000 + "}" * 50_000

    assert server.query(f"SELECT * {deep}").status == 400
    assert server.query("ASK {}").status == 200


def test_an_answer_that_is_too_long_is_refused(server: Server) -> None:
    answer = server.query("SELECT * { ?s ?p ?o . ?t ?q ?r }", "text/csv")

    assert answer.status == 422
    assert "LIMIT" in answer.text


def test_a_request_that_is_too_long_is_refused(server: Server) -> None:
    assert server.query(f"ASK {{}} #{'x' * (2 << 20)}").status == 413


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "a b", "x@localhost"]
)
def test_a_foreign_host_name_is_refused(server: Server, host: str) -> None:
    assert server.ask("GET", "/sparql?query=ASK%7B%7D", host=host).status in {400, 421}


def test_a_request_whose_head_has_no_end_is_refused(server: Server) -> None:
    request = b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * (2 << 20)

    try:
        status, _ = send_raw(server.url, request)
    except ConnectionError:  # it hung up while we still sent
        status = 431
    assert status == 431


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:1", "[::1]:8000", "LOCALHOST:80"])
def test_this_machine_is_known_by_each_of_its_names(server: Server, host: str) -> None:
    assert server.ask("GET", "/sparql?query=ASK%7B%7D", host=host).status == 200


def test_pages_of_other_origins_read_nothing_unless_they_are_allowed(server: Server) -> None:
    foreign = server.ask("GET", "/sparql?query=ASK%7B%7D", origin="https://evil.example")
    ours = server.ask("GET", "/sparql?query=ASK%7B%7D", origin="http://localhost:3000")

    assert "access-control-allow-origin" not in foreign.headers
    assert ours.headers["access-control-allow-origin"] == "http://localhost:3000"


@pytest.mark.parametrize("query", ["ASK%7B%7D", "broken", "DESCRIBE%20%3Curn:x%3E&format=x", "a&query=b"])
def test_programs_and_pages_get_the_same_answer(server: Server, query: str) -> None:
    program = server.ask("GET", f"/sparql?query={query}")
    page = server.ask("GET", f"/sparql?query={query}", origin="https://elsewhere.example")

    assert (program.status, program.body) == (page.status, page.body)
    assert "Origin" in program.headers["vary"]
    assert program.headers.items() == {
        (name, value) for name, value in page.headers.items() if not name.startswith("access-control-")
    }


@pytest.mark.parametrize(
    "path", ["/", "/sparql", "/nowhere", "/sparql?query=broken", "/pages/style.css", "/id/x", "/query"]
)
def test_every_answer_carries_the_headers_that_keep_a_browser_safe(server: Server, path: str) -> None:
    headers = server.ask("GET", path).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize(
    "path", ["/pages/../app.py", "/pages/%2e%2e/app.py", "/pages/..%2fapp.py", "/pages//etc/passwd"]
)
def test_no_file_beside_the_pages_is_served(server: Server, path: str) -> None:
    assert server.ask("GET", path).status == 404


def test_what_a_request_says_cannot_forge_a_line_of_the_log(server: Server) -> None:
    server.ask("GET", "/x%0aGET%20/forged%1b[2J")

    lines = server.log.read_bytes().splitlines()
    assert not [line for line in lines if line.startswith(b"GET /forged")]
    assert b"\x1b" not in b"".join(lines)


@pytest.mark.parametrize(
    "path", ["/sparql?query=SELECT", "/sparql?query=%FF", "/store?graph=no", "/id/%00", "/sparql?query="]
)
def test_a_bad_request_gets_one_line_and_no_trace(server: Server, path: str) -> None:
    answer = server.ask("GET", path)

    assert 400 <= answer.status < 500
    assert answer.text.startswith("error: ")
    assert answer.text.count("\n") == 1
    assert "Traceback" not in answer.text


def _memory(process: int) -> int:
    """Bytes that a process holds."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    found = re.search(r"VmRSS:\s*(\d+)", status)
    return int(found[1]) * 1024 if found else 0
