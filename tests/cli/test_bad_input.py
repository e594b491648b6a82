"""What a user did wrong costs one line on standard error, a status that is not 0, and nothing else."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from kg.extraction.tagger.model import CARD, NETWORK, shipped_model
from tests.cases import SAMPLE, SAMPLE_GRAPH
from tests.cli.runner import kg

GOOD = json.dumps({"id": "1", "title": "Stones in CT", "abstract": "We segment gallstones in CT."}) + "\n"
OTHER = json.dumps({"id": "1", "title": "Stones in MRI", "abstract": "We count them."}) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a good file and a graph made of it."""
    (tmp_path / "good.jsonl").write_text(GOOD, "utf-8")
    (tmp_path / "void").mkdir()
    (tmp_path / "binary.jsonl").write_bytes(b"{\0}")
    (tmp_path / "empty.jsonl").write_bytes(b"")
    (tmp_path / "latin.jsonl").write_bytes(b'{"title": "\xe9"}')
    (tmp_path / "list.jsonl").write_text("[1]\n", "utf-8")
    (tmp_path / "untitled.jsonl").write_text(GOOD + '{"abstract": "x"}\n', "utf-8")
    (tmp_path / "twice.jsonl").write_text(GOOD + OTHER, "utf-8")
    page = SAMPLE.read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "page.txt").write_text("".join(page[:30] + page[33:]), "utf-8")
    shutil.copytree(shipped_model(), tmp_path / "broken", ignore=shutil.ignore_patterns(NETWORK))
    (tmp_path / "broken" / NETWORK).write_bytes(b"no network")
    shutil.copytree(tmp_path / "broken", tmp_path / "odd")
    card = json.loads((tmp_path / "odd" / CARD).read_text("utf-8"))
    card["sha256"][NETWORK] = sha256(b"no network").hexdigest()
    (tmp_path / "odd" / CARD).write_text(json.dumps(card), "utf-8")
    (tmp_path / "other.jsonl").write_text('{"id": "2", "entities": []}\n', "utf-8")
    (tmp_path / "bad.rq").write_text("SELECT * {", "utf-8")
    (tmp_path / "bad.ttl").write_text("<a> <b>", "utf-8")
    return tmp_path


def _hear_interrupts() -> None:
    """A shell starts what it puts in the background deaf to Ctrl-C, and children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _wait_for_work(process: subprocess.Popen[str], seconds: float) -> None:
    """Wait until a process has computed for so long: on a busy machine that takes longer than by the clock."""
    stat = Path(f"/proc/{process.pid}/stat")
    if not stat.exists():  # no Linux
        time.sleep(3 * seconds)
        return
    while process.poll() is None:
        user, system = stat.read_text("utf-8").rpartition(")")[2].split()[11:13]
        if int(user) + int(system) >= seconds * os.sysconf("SC_CLK_TCK"):
            return
        time.sleep(0.05)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ("build gone.jsonl", "gone.jsonl: no such file or folder; check the path"),
        ("build void", "void: holds no file"),
        ("build empty.jsonl", "empty.jsonl: is empty"),
        ("build binary.jsonl", "binary.jsonl: is a binary file"),
        ("build latin.jsonl", "latin.jsonl:1: not UTF-8"),
        ("build list.jsonl", "list.jsonl:1: a JSON object is expected"),
        ("build untitled.jsonl", "untitled.jsonl:2: field title"),
        ("build twice.jsonl", ": its id '1' is that of another paper, at twice.jsonl:"),
        ("build page.txt", "page.txt:"),
        ("build bad.rq", "bad.rq: no known format"),
        ("build good.jsonl --from bibtx", "unknown input format 'bibtx'; did you mean bibtex?"),
        ("build good.jsonl --from bibtex", "good.jsonl: no paper was found"),
        ("build good.jsonl --out good.jsonl", "good.jsonl"),
        ("build good.jsonl -g good.jsonl", "good.jsonl"),
        ("build good.jsonl --workers 0", "--workers"),
        ("build good.jsonl --base-iri https://[bad/", "no absolute IRI"),
        ("build good.jsonl --base-iri nonsense", "nonsense: no absolute IRI"),
        ("build good.jsonl --colour", "No such option"),
        ("build", "no INPUT is given; give files of papers, or name them in kg.toml"),
        ("build good.jsonl --gaps void", "void: cannot be written"),
        ("build good.jsonl --fast --model gone", "fast reading takes no model"),
        ("build good.jsonl --fast --label X=Disease", "fast reading takes no model and no labels"),
        ("build good.jsonl --model gone --label X=Disease", "gone: no kg model and no spaCy pipeline"),
        ("build good.jsonl --model broken", "broken/tagger.onnx: the file is damaged"),
        ("build good.jsonl --model kg --label X=Disease", "kg: no kg model and no spaCy pipeline"),
        ("build good.jsonl --model odd", "odd/tagger.onnx: the file is nothing that kg can read texts with"),
        ("extract good.jsonl --model odd/tagger.onnx", "tagger.onnx: no kg model lies here (no model.json)"),
        ("extract good.jsonl --model gone", "gone: no kg model lies here (no model.json); for a spaCy pipeline also"),
        ("extract good.jsonl --model gone --label X=Illness", "'X=Illness' is not LABEL=KIND"),
        ("extract good.jsonl --model broken --workers 2", "broken/tagger.onnx: the file is damaged"),
        ("extract good.jsonl --min-confidence 2", "--min-confidence"),
        ("extract good.jsonl --entities gone", "gone: no such file or folder"),
        ("extract good.jsonl --entities list.jsonl", "list.jsonl:1: a JSON object is expected"),
        ("extract good.jsonl --entities good.jsonl", "good.jsonl:1: a paper, and no annotation"),
        ("extract good.jsonl --entities other.jsonl", "other.jsonl: has no entities for the paper '1'"),
        ("extract good.jsonl --entities good.jsonl --min-confidence 0.5", "leave out --min-confidence"),
        ("extract good.jsonl -o void", "void: cannot be written"),
        ("extract good.jsonl -o good.jsonl/x", "cannot be written"),
        ("query ASK{} -g gone", "gone: there is no graph here"),
        ("query -f gone.rq -g bad.ttl", "gone.rq: No such file"),
        ("query -f bad.rq -g good.ttl", "good.ttl: there is no graph here"),
        ("query ASK{} -g bad.ttl", "bad.ttl:1: not valid Turtle"),
        ("query ASK{} -g good.jsonl", "good.jsonl: not a known RDF file"),
        ("query", "give one of QUERY, -f FILE or --name NAME"),
        ("query --name gone", "unknown query 'gone'"),
        ("export gone", "unknown export format 'gone'"),
        ("validate gone", "gone: there is no graph here"),
        ("stats -g void", "void: there is no graph here"),
        ("flatten", "No such command"),
    ],
)
def test_bad_input_costs_one_line_and_nothing_else(folder: Path, arguments: str, line: str) -> None:
    before = contents(folder)

    done = kg(*arguments.split(), cwd=folder)

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
    assert line in done.stderr
    assert contents(folder) == before


def test_bad_input_leaves_an_existing_graph_untouched(folder: Path) -> None:
    assert kg("build", "good.jsonl", "--out", "out", cwd=folder).returncode == 0
    before = contents(folder)

    for bad in ("untitled.jsonl", "twice.jsonl", "page.txt"):
        assert kg("build", bad, "--out", "out", cwd=folder).returncode == 2

    assert contents(folder) == before


def test_bad_records_are_named_counted_and_left_out_on_request(folder: Path) -> None:
    done = kg("papers", "untitled.jsonl", "list.jsonl", "--skip-bad", cwd=folder)

    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1
    assert "skipped: untitled.jsonl:2" in done.stderr
    assert "skipped: list.jsonl:1" in done.stderr
    assert "2 bad records skipped" in done.stderr


def test_a_query_that_is_wrong_names_the_place(folder: Path) -> None:
    kg("build", "good.jsonl", cwd=folder)

    wrong = kg("query", "-f", "bad.rq", cwd=folder)
    unnamed = kg("query", "SELECT ?p { ?p kg:targetsDisease ?disease }", "--set", "disease=warts", cwd=folder)
    shapeless = kg("query", "ASK {}", "--set", "disease", cwd=folder)
    misfit = kg("query", "ASK {}", "--format", "turtle", cwd=folder)
    triples = kg("query", "CONSTRUCT WHERE { ?s ?p ?o }", "--format", "csv", cwd=folder)
    rows = kg("query", "SELECT * { ?s ?p ?o }", "--format", "turtle", cwd=folder)
    update = kg("query", "INSERT DATA { <a> <b> <c> }", cwd=folder)
    prefix = kg("query", "SELECT * { ?s foo:bar ?o }", cwd=folder)
    bare = kg("query", "papers-by-disease", cwd=folder)
    variable = kg("query", "--name", "papers-by-disease", "--set", "dis=glaucoma", cwd=folder)

    assert "not valid SPARQL: line 1, column" in wrong.stderr
    assert "nothing in the graph is named 'warts'" in unnamed.stderr
    assert "VAR=VALUE is expected" in shapeless.stderr
    assert "yes or no" in misfit.stderr
    assert "use --format turtle" in triples.stderr
    assert "not triples" in rows.stderr
    assert "only reads" in update.stderr
    assert "a prefix that is not declared" in prefix.stderr
    assert "kg query --name papers-by-disease" in bare.stderr
    assert "did you mean disease?" in variable.stderr
    for done in (wrong, unnamed, shapeless, misfit, triples, rows, update, prefix, bare, variable):
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full to stand for a full disk")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk_under_standard_output_is_said_in_one_line(unbuffered: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg", "papers", SAMPLE],
            stdout=full,
            stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONUNBUFFERED": unbuffered},
            check=False,
            text=True,
        )

    assert done.returncode == 2
    assert done.stderr.startswith("error: standard output: No space left on device")
    assert done.stderr.count("\n") == 1


def without_what_was_read(folder: Path) -> dict[str, bytes]:
    """All files but what lies beside a graph for the next build, which need not read it again."""
    return {name: one for name, one in contents(folder).items() if not name.startswith("graph/reading.sqlite")}


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")
def test_a_disk_that_fills_up_during_a_build_leaves_the_former_graph(folder: Path) -> None:
    assert kg("build", "good.jsonl", "--out", "out", cwd=folder).returncode == 0
    before = contents(folder)

    limited = f"ulimit -f 40; trap '' XFSZ; exec {sys.executable} -m kg build {SAMPLE} --fast --out out"
    done = subprocess.run(["bash", "-c", limited], cwd=folder, capture_output=True, check=False, text=True)

    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert "cannot be written" in done.stderr
    assert without_what_was_read(folder) == before


@pytest.mark.parametrize("command", [f"papers {SAMPLE} | head -c 10", "query --list | true"], ids=["much", "little"])
def test_a_reader_that_goes_away_is_no_error(command: str) -> None:
    piped = f"{sys.executable} -m kg {command}"

    done = subprocess.run(["bash", "-o", "pipefail", "-c", piped], capture_output=True, check=False, text=True)

    assert (done.returncode, done.stderr) == (0, "")


def test_an_empty_argument_is_no_folder(folder: Path) -> None:
    before = contents(folder)

    for arguments in (["build", ""], ["build", "good.jsonl", "-g", ""], ["build", "good.jsonl", "--out", ""]):
        done = kg(*arguments, cwd=folder)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert "empty" in done.stderr

    assert contents(folder) == before


def test_an_address_that_is_none_is_left_out(folder: Path) -> None:
    addresses = "https://x.org/100%zz http://[bad/x https://x.org:port/ https://x.org/#a#b https://x.org/[a]"
    (folder / "odd.jsonl").write_text(json.dumps({"title": "Odd", "abstract": f"Code: {addresses}"}), "utf-8")

    assert kg("build", "odd.jsonl", cwd=folder).returncode == 0


def test_an_interrupt_ends_a_query_that_would_never_end() -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"

    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "query", endless, "-g", SAMPLE_GRAPH],
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_hear_interrupts,  # noqa: PLW1509 - no threads run here
    )
    _wait_for_work(process, 2)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=20)

    assert (process.returncode, stderr) == (130, "error: interrupted; no file is half written\n")


def test_an_interrupt_while_a_class_is_made_ends_with_130_too(tmp_path: Path) -> None:
    script = "import kg.__main__ as m\nm._run = lambda: exec('raise KeyboardInterrupt')\nm.main()\n"
    (tmp_path / "interrupted.py").write_text(script, "utf-8")

    done = subprocess.run(
        [sys.executable, "-m", "interrupted"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (130, "error: interrupted; no file is half written\n")


def test_an_interrupt_ends_a_build_with_130_and_leaves_the_graph(folder: Path) -> None:
    kg("build", "good.jsonl", cwd=folder)
    before = contents(folder)
    many = "".join(
        json.dumps({"title": f"Paper {n}", "abstract": "We segment tumors. " * 400}) + "\n" for n in range(400)
    )
    (folder / "many.jsonl").write_text(many, "utf-8")

    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "build", "many.jsonl"],
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_hear_interrupts,  # noqa: PLW1509 - no threads run here
    )
    _wait_for_work(process, 3)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=60)

    assert process.returncode == 130
    assert stderr == "error: interrupted; no file is half written\n"
    assert without_what_was_read(folder) == before | {"many.jsonl": many.encode()}


def test_an_output_that_cannot_be_is_named(folder: Path) -> None:
    before = contents(folder)

    for arguments in (("-g", f"{os.devnull}/graph"), ("--out", f"{os.devnull}/out")):
        done = kg("build", "good.jsonl", *arguments, cwd=folder)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert os.devnull in done.stderr

    assert contents(folder) == before
