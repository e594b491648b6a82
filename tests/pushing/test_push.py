import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import urllib3
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import FetchError, GraphError, InputError, KgError, UsageError
from kg.pipeline import build
from kg.pushing import GraphStore, Pushed, Sender, Target, UpdateEndpoint, check_address, find_credentials, push
from kg.pushing.credentials import Credentials
from kg.records import Paper
from kg.settings import Settings
from kg.store import Graph, GraphDirectory, open_graph
from tests.cli.runner import kg
from tests.pushing.servers import Front, Handler, front, hang_up, held, oxigraph, status

RIVER = Paper("river", "RiverNet", r"We propose RiverNet for CT. It writes C:\users\\u0041 and 中文 \U.")
POND = Paper("pond", "PondNet", "We propose PondNet for MRI.")
BROOK = Paper("brook", "BrookNet", "We propose BrookNet for X-ray.")
NOTE = ("http://other.example/graph", "<http://other.example/s> <http://other.example/p> 'theirs' .")


def built(folder: Path, *papers: Paper) -> Path:
    build(papers, GraphDirectory(folder), settings=Settings(fast=True))
    return folder


@pytest.fixture(scope="module")
def former(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("push") / "former", RIVER, POND)


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """PondNet is gone, BrookNet is new, RiverNet is as it was."""
    return built(tmp_path_factory.mktemp("push") / "later", RIVER, BROOK)


@pytest.fixture(scope="module")
def engine() -> Iterator[str]:
    with oxigraph() as url:
        yield url


@pytest.fixture
def server(engine: str) -> Iterator[Front]:
    """Empty but for a graph of somebody else."""
    urllib3.request("POST", f"{engine}/update", body="DROP ALL", headers={"Content-Type": "application/sparql-update"})
    urllib3.request("PUT", f"{engine}/store?graph={NOTE[0]}", body=NOTE[1], headers={"Content-Type": "text/turtle"})
    with front(engine) as server:
        yield server


@pytest.fixture
def graph(former: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(former, tmp_path / "graph"))


def target_of(server: Front, kind: str, credentials: Credentials | None = None) -> tuple[str, Target]:
    sender = Sender(credentials, pause=0.001)
    if kind == "update":
        return f"{server.url}/update", UpdateEndpoint(f"{server.url}/update", sender, chunk=2000)
    return f"{server.url}/store", GraphStore(f"{server.url}/store", sender)


def pushed(folder: Path, server: Front, kind: str = "store", *, full: bool = False) -> Pushed:
    url, target = target_of(server, kind)
    return push(folder, url, target, full=full)


def theirs_and(folder: Path) -> set[Quad]:
    parts = (NamedNode("http://other.example/s"), NamedNode("http://other.example/p"), Literal("theirs"))
    return {*open_graph(folder).quads(), Quad(*parts, NamedNode(NOTE[0]))}


@pytest.mark.parametrize("kind", ["store", "update"])
def test_a_server_holds_what_the_graph_does_and_only_changes_travel(
    graph: Path, later: Path, server: Front, kind: str
) -> None:
    assert pushed(graph, server, kind) == Pushed(replaced=3)
    assert held(server.behind) == theirs_and(graph)
    server.seen.clear()
    assert pushed(graph, server, kind) == Pushed(left=3)
    assert server.seen == []

    new = shutil.copytree(later, graph.parent / "new")
    shutil.copytree(graph / "pushed", new / "pushed")
    assert pushed(new, server, kind) == Pushed(replaced=2, deleted=1, left=1)
    assert held(server.behind) == theirs_and(new)
    assert pushed(new, server, kind, full=True) == Pushed(replaced=3)


@pytest.mark.parametrize("kind", ["store", "update"])
def test_passing_faults_are_waited_out(graph: Path, server: Front, kind: str) -> None:
    server.faults = {0: status(503, Retry_After="0"), 1: hang_up, 2: status(429), 4: status(502), 5: status(504)}

    assert pushed(graph, server, kind) == Pushed(replaced=3)
    assert held(server.behind) == theirs_and(graph)


def test_a_killed_push_goes_on_where_it_stopped(graph: Path, server: Front) -> None:
    command = [sys.executable, "-m", "kg", "push", f"{server.url}/store", "-g", str(graph)]
    server.faults = {1: lambda _: process.kill()}
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        assert process.wait() == -9
    assert held(server.behind) != theirs_and(graph)

    done = kg("push", f"{server.url}/store", "-g", graph)

    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"{server.url}/store: 2 graphs sent, 0 deleted, 1 already there\n"
    assert held(server.behind) == theirs_and(graph)


def test_a_graph_that_was_touched_before_a_failure_is_sent_again(graph: Path, later: Path, server: Front) -> None:
    pushed(graph, server)
    new = shutil.copytree(later, graph.parent / "new")
    shutil.copytree(graph / "pushed", new / "pushed")
    before = len(server.seen)

    def take_and_refuse(handler: Handler) -> None:
        urllib3.request("DELETE", server.behind + handler.path)
        handler.send(400)

    server.faults = {before: take_and_refuse}
    with pytest.raises(FetchError):
        pushed(new, server)
    shutil.rmtree(graph / "pushed")
    shutil.copytree(new / "pushed", graph / "pushed")

    pushed(graph, server)

    assert held(server.behind) == theirs_and(graph)


def test_a_line_that_a_kill_cut_off_is_no_line(graph: Path, server: Front) -> None:
    pushed(graph, server)
    journal = next((graph / "pushed").glob("*.jsonl"))
    journal.write_bytes(journal.read_bytes()[:-9])

    assert pushed(graph, server) == Pushed(replaced=1, left=2)

    journal.write_text("nonsense\n")
    with pytest.raises(GraphError, match=r"jsonl:1: not a line of a journal; remove the file"):
        pushed(graph, server)


def test_a_refusal_tells_how_far_it_came_and_how_to_go_on(graph: Path, server: Front) -> None:
    server.faults = {1: status(403)}

    done = kg("push", f"{server.url}/store", "-g", graph)

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "refused (HTTP 403 Forbidden); set KG_PUSH_TOKEN" in done.stderr
    assert "1 of 3 graphs are done; the same command goes on from there" in done.stderr


def test_credentials_are_shown_to_the_server_and_to_nobody_else(
    graph: Path, server: Front, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_PUSH_TOKEN", "s3cret")
    with front(engine) as elsewhere:
        server.faults = {1: status(307, Location=f"{elsewhere.url}/store?token=s3cret")}
        done = kg("push", f"{server.url}/store", "-g", graph)

        assert [request.authorization for request in server.seen] == ["Bearer s3cret"] * 2
        assert elsewhere.seen == []
    assert done.returncode == 2
    assert "redirects are not followed" in done.stderr
    assert "s3cret" not in done.stderr
    assert all(b"s3cret" not in path.read_bytes() for path in (graph / "pushed").iterdir())


def test_a_server_that_repeats_a_password_does_not_print_it(graph: Path, server: Front) -> None:
    credentials = find_credentials(server.url, {"KG_PUSH_USER": "ada", "KG_PUSH_PASSWORD": "lovelace"})
    server.faults = {0: lambda handler: handler.send(400, f"no lovelace, {handler.headers['Authorization']}".encode())}

    with pytest.raises(FetchError, match=r"no …, Basic …") as error:
        push(graph, *target_of(server, "store", credentials))

    assert "lovelace" not in str(error.value)


def test_netrc_is_read_and_the_environment_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "netrc"
    path.write_text("machine lab.example login ada password lovelace\n")
    path.chmod(0o600)
    environment = {"NETRC": str(path)}

    found = find_credentials("https://lab.example/store", environment)
    assert found is not None
    assert found.header == "Basic YWRhOmxvdmVsYWNl"
    assert "lovelace" not in repr(found)
    assert find_credentials("https://other.example/store", environment) is None
    token = find_credentials("https://lab.example/store", environment | {"KG_PUSH_TOKEN": "t"})
    assert token is not None
    assert token.header == "Bearer t"

    path.write_text("machine lab.example login ada word lovelace\n")
    with pytest.raises(InputError, match="not valid netrc") as error:
        find_credentials("https://lab.example/store", environment)
    assert "lovelace" not in str(error.value)


def test_credentials_do_not_travel_in_the_clear_unless_the_user_says_so(tmp_path: Path) -> None:
    environment = {"KG_PUSH_TOKEN": "t", "NETRC": str(tmp_path / "none")}

    with pytest.raises(UsageError, match="over http can be read on the way"):
        find_credentials("http://lab.example/store", environment)

    assert find_credentials("http://lab.example/store", environment, insecure=True)
    assert find_credentials("http://127.0.0.1:1/store", environment)


@pytest.mark.parametrize(
    "url", ["https://ada:lovelace@lab.example/", "ftp://lab.example/", "lab.example", "https://", "https://[/", "h ttp"]
)
def test_an_address_that_is_none_or_holds_credentials_is_refused(url: str) -> None:
    with pytest.raises(KgError) as error:
        check_address(url)

    assert "lovelace" not in str(error.value)


def test_only_a_graph_directory_is_pushed(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("")

    with pytest.raises(UsageError, match="only a graph directory can be pushed"):
        push(tmp_path / "a.ttl", "http://127.0.0.1/", GraphStore("http://127.0.0.1/", Sender()))


def test_backslashes_survive_an_update(tmp_path: Path, server: Front) -> None:
    text = "\\u0041 \\\\u0041 \\\\\\U00000041 \x07\\\x07u \\n\n\"'"
    quad = Quad(NamedNode("u:s"), NamedNode("u:p"), Literal(text), NamedNode("u:g"))
    path = tmp_path / "triples"
    with path.open("w+b") as file:
        file.writelines(Graph.of([quad]).triples_of(NamedNode("u:g")))
        UpdateEndpoint(f"{server.url}/update", Sender()).replace("u:g", file)

    assert quad in held(server.behind)
