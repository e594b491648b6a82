"""Fetching from a real server on this machine that answers, and fails, as the services do."""

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.cli.fetching import _SERVICES
from kg.errors import FetchError, RecordError, UsageError
from kg.fetching import SERVICES, Asker, Cache, Client, Wanted, fetch
from kg.readers import read_papers
from kg.records import Paper
from tests.cli.runner import kg
from tests.fetching import server
from tests.fetching.server import Service, made_papers
from tests.readers import writers

PAPERS = made_papers(250)
KINDS = sorted(SERVICES)
REQUESTS = {"arxiv": 3, "pubmed": 3, "openalex": 3, "crossref": 3}
"""How many a list of 250 papers takes: pages of a hundred, or a search and batches of two hundred."""
STONES = Wanted(query="stones")


def asker(
    service: Service, folder: Path, *, timeout: float = 5, max_age: float = 7, notes: list[str] | None = None
) -> Asker:
    identity = {"tool": "kg"} if service.kind == "pubmed" else {}
    client = Client("kg/test", interval=0.002, timeout=timeout, identity=identity)
    return Asker(service.url, client, Cache(folder, max_age), (notes if notes is not None else []).append)


def fetched(
    service: Service,
    folder: Path,
    wanted: Wanted = STONES,
    *,
    limit: int | None = None,
    notes: list[str] | None = None,
    timeout: float = 5,
) -> list[Paper]:
    said = [] if notes is None else notes
    ask = asker(service, folder, timeout=timeout, notes=said)
    return list(fetch(SERVICES[service.kind], wanted, ask, limit=limit, on_note=said.append))


def titles(papers: Sequence[Paper]) -> list[str]:
    return [paper.title for paper in papers]


@pytest.mark.parametrize("kind", KINDS)
def test_a_search_gives_all_papers_once_and_asks_nothing_twice(tmp_path: Path, kind: str) -> None:
    notes: list[str] = []
    with Service(kind, PAPERS) as service:
        papers = fetched(service, tmp_path, notes=notes)
        again = fetched(service, tmp_path)

    assert titles(papers) == titles(PAPERS)
    assert papers == again
    assert len(service.asked) == len(set(service.asked)) == REQUESTS[kind]
    assert not notes


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "fault",
    [
        server.status(429, Retry_After="0"),
        server.status(500),
        server.status(503),
        server.cut,
        server.hang_up,
        server.garbage(""),
        server.garbage("<!DOCTYPE html><html><body>Welcome to our new site!</body></html>"),
        server.garbage('{"results": "moved"}'),
        server.garbage('<feed xmlns="http://www.w3.org/2005/Atom"><entry>'),
        server.garbage('<feed xmlns="http://www.w3.org/2005/Atom"/>{'),
    ],
    ids=["429", "500", "503", "cut", "hang up", "empty", "html", "moved", "truncated", "mixed"],
)
def test_faults_pass(tmp_path: Path, kind: str, fault: server.Fault) -> None:
    with Service(kind, PAPERS, {0: fault, 2: fault, 3: fault}) as service:
        papers = fetched(service, tmp_path)

    assert titles(papers) == titles(PAPERS)
    assert len(service.answered) == len(set(service.answered)) == REQUESTS[kind]
    assert len(service.asked) == REQUESTS[kind] + 3


def test_a_service_that_is_silent_is_asked_again(tmp_path: Path) -> None:
    with Service("arxiv", PAPERS, {1: server.silence}) as service:
        papers = fetched(service, tmp_path, timeout=0.3)

    assert titles(papers) == titles(PAPERS)
    assert service.asked[1] == service.asked[2]


def test_an_empty_page_in_the_middle_of_a_list_is_asked_for_again(tmp_path: Path) -> None:
    empty = server.garbage(writers.arxiv_atom([], total=250))
    with Service("arxiv", PAPERS, {1: empty}) as service:
        assert titles(fetched(service, tmp_path)) == titles(PAPERS)


def test_a_service_may_ask_to_be_left_alone(tmp_path: Path) -> None:
    with Service("arxiv", PAPERS, {1: server.status(429, Retry_After="1")}) as service:
        start = time.monotonic()
        assert len(fetched(service, tmp_path)) == 250

    assert time.monotonic() - start >= 1


def test_one_that_asks_to_be_left_alone_for_long_is_named_and_the_rest_is_kept(tmp_path: Path) -> None:
    with Service("arxiv", PAPERS, {2: server.status(503, Retry_After="7200")}) as service:
        with pytest.raises(FetchError, match=r"503 .*asks to wait 7200 s\); run the same command later") as caught:
            fetched(service, tmp_path)
        assert caught.value.place == service.url + service.asked[2]
        assert len(service.asked) == 3

        assert titles(fetched(service, tmp_path)) == titles(PAPERS)
        assert len(service.asked) == 4


def test_one_that_never_answers_is_given_up(tmp_path: Path) -> None:
    with (
        Service("crossref", PAPERS, dict.fromkeys(range(99), server.status(500))) as service,
        pytest.raises(FetchError, match=r"no usable answer \(HTTP 500 .*\); run the same command later"),
    ):
        fetched(service, tmp_path)

    assert len(service.asked) == 6


def test_no_connection_is_one_line(tmp_path: Path) -> None:
    with Service("arxiv", PAPERS) as service:
        pass

    with pytest.raises(FetchError, match=r"no usable answer \(no connection\)"):
        fetched(service, tmp_path)


def test_a_refusal_is_not_repeated_and_shows_no_key(tmp_path: Path) -> None:
    with Service(
        "pubmed", PAPERS, {0: server.garbage('{"error":"API key invalid","api-key":"s3cret"}', 400)}
    ) as service:
        client = Client("kg/test", interval=0, timeout=5, identity={"tool": "kg"}, key=("api_key", "s3cret"))
        ask = Asker(service.url, client, Cache(tmp_path, 7), print)
        with pytest.raises(FetchError, match=r"refused .*API key invalid") as caught:
            list(fetch(SERVICES["pubmed"], STONES, ask, on_note=print))

    assert "api_key=s3cret" in service.asked[0]
    assert "s3cret" not in str(caught.value)
    assert not list(tmp_path.rglob("*"))


def test_a_list_that_shifts_between_pages_gives_no_paper_twice(tmp_path: Path) -> None:
    with Service("arxiv", PAPERS) as service:

        def shift(handler: server._Handler) -> None:
            service.papers = [*made_papers(251)[250:], *PAPERS]
            del service.faults[1]
            service.asked.pop()
            handler.do_GET()

        service.faults[1] = shift
        papers = fetched(service, tmp_path)

    assert titles(papers) == titles(PAPERS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_limit_is_kept_and_no_more_is_asked_for(tmp_path: Path, kind: str) -> None:
    with Service(kind, PAPERS) as service:
        assert titles(fetched(service, tmp_path, limit=3)) == titles(PAPERS[:3])

    assert len(service.asked) == (2 if kind == "pubmed" else 1)


@pytest.mark.parametrize(
    ("kind", "ids", "numbers"),
    [
        ("arxiv", ("2401.00003", "https://arxiv.org/abs/2401.00001v1", "2401.99999"), [1, 3]),
        ("pubmed", ("PMID: 90000002", "90000001", "90000001", "1"), [1, 2]),
        ("openalex", ("W2", "https://doi.org/10.5555/stone.3", "90000001", "W999"), [2, 3, 1]),
        ("crossref", ("doi:10.5555/stone.7", "10.5555/gone"), [7]),
    ],
)
def test_papers_are_fetched_by_id_and_those_that_are_not_there_are_named(
    tmp_path: Path, kind: str, ids: tuple[str, ...], numbers: list[int]
) -> None:
    notes: list[str] = []
    with Service(kind, PAPERS) as service:
        papers = fetched(service, tmp_path, Wanted(ids), notes=notes)

    assert titles(papers) == [f"Stone {number} of the River" for number in numbers]
    assert [note.rpartition(": ")[2] for note in notes] == [SERVICES[kind].normal(ids[-1])]


def test_what_cannot_be_asked_is_said_at_once(tmp_path: Path) -> None:
    with Service("arxiv", PAPERS) as service:
        ask = asker(service, tmp_path)
        with pytest.raises(RecordError, match="is not of the form"):
            fetch(SERVICES["arxiv"], Wanted(("nonsense",)), ask, on_note=print)
        with pytest.raises(UsageError, match="nothing is asked for"):
            fetch(SERVICES["arxiv"], Wanted(), ask, on_note=print)
        with pytest.raises(UsageError, match="cannot be asked for an ORCID"):
            fetch(SERVICES["arxiv"], Wanted(author="0000-0002-1825-0097"), ask, on_note=print)

    assert not service.asked


def test_more_than_a_service_lists_is_refused_before_it_is_fetched(tmp_path: Path) -> None:
    many = server.garbage(writers.crossref_json(PAPERS[:100], total=123_456))
    with (
        Service("crossref", PAPERS, {0: many}) as service,
        pytest.raises(UsageError, match=r"123,456 papers match, of which Crossref lists 10,000; narrow"),
    ):
        fetched(service, tmp_path)

    assert len(service.asked) == 1


def test_old_answers_are_asked_for_anew(tmp_path: Path) -> None:
    with Service("arxiv", PAPERS[:5]) as service:
        ask = asker(service, tmp_path, max_age=0)
        for _ in range(2):
            assert len(list(fetch(SERVICES["arxiv"], STONES, ask, on_note=print))) == 5

    assert len(service.asked) == 2


def test_requests_keep_their_distance(tmp_path: Path) -> None:
    with Service("arxiv", PAPERS) as service:
        client = Client("kg/test", interval=0.1, timeout=5, identity={})
        ask = Asker(service.url, client, Cache(tmp_path, 7), print)
        start = time.monotonic()
        list(fetch(SERVICES["arxiv"], STONES, ask, on_note=print))

    assert time.monotonic() - start >= 0.2  # three requests, two distances


def test_the_command_knows_every_service() -> None:
    assert set(_SERVICES) == set(SERVICES)


def arguments_for(service: Service, folder: Path, *more: str) -> list[str]:
    base = ["fetch", service.kind, "--base-url", service.url, "--interval", "0.01"]
    return [*base, "--cache", str(folder / "cache"), "-o", str(folder / "papers.jsonl"), *more]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="what cannot be caught is POSIX")
@pytest.mark.parametrize("kind", KINDS)
def test_a_fetch_that_was_killed_goes_on_where_it_was(tmp_path: Path, kind: str) -> None:
    with Service(kind, PAPERS, {2: server.silence}) as service:
        asked = arguments_for(service, tmp_path, "--query", "stones")
        with subprocess.Popen([sys.executable, "-m", "kg", *asked], stderr=subprocess.PIPE) as first:
            while len(service.asked) < 3 and first.poll() is None:
                time.sleep(0.01)
            first.send_signal(signal.SIGKILL)
        before = list(service.answered)
        assert first.returncode == -signal.SIGKILL
        assert len(before) == 2
        assert not (tmp_path / "papers.jsonl").exists()

        done = kg(*asked)

    assert done.returncode == 0
    assert done.stderr == f"{SERVICES[kind].title}: 250 papers\n"
    assert titles(list(read_papers([str(tmp_path / "papers.jsonl")]))) == titles(PAPERS)
    assert len(service.answered) == len(set(service.answered)) == REQUESTS[kind]


def test_the_command_names_itself_its_version_and_a_contact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ids.txt").write_text("10.5555/stone.7\n\n10.5555/stone.9\n", "utf-8")
    monkeypatch.setenv("KG_CONTACT", "ada@example.org")
    monkeypatch.setenv("OPENALEX_API_KEY", "s3cret")
    with Service("openalex", PAPERS) as service:
        asked = arguments_for(service, tmp_path, "--ids", str(tmp_path / "ids.txt"), "--id", "W1")
        assert kg(*asked).returncode == 0

    (agent,) = service.agents
    assert agent.startswith("kg/")
    assert "mailto:ada@example.org" in agent
    assert all("mailto=ada%40example.org" in one for one in service.asked)
    assert not any("s3cret" in one for one in service.asked)  # a mirror is not told a key
    assert len(list(read_papers([str(tmp_path / "papers.jsonl")]))) == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--id", "1", "--query", "x"], "leave out --query and --author"),
        (["--ids", "gone.txt"], "gone.txt: No such file"),
        ([], "nothing is asked for"),
        (["--id", "nonsense"], "is not of the form"),
        (["--query", "x", "--contact", "me\nX-Header: 1"], "is no mail address"),
        (["--query", "x", "--base-url", "file:///etc/passwd"], "does not begin with http"),
    ],
)
def test_bad_usage_is_one_line(tmp_path: Path, arguments: list[str], message: str) -> None:
    done = kg("fetch", "pubmed", "--cache", tmp_path, *arguments)

    assert done.returncode == 2
    assert message in done.stderr
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
